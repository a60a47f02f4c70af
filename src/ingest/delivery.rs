//! Delivers results in order, in growing batches, with unique keys.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use super::file::File;
use super::parse_cache::Outcome;
use super::report::{Progress, Report};
use crate::model::Article;

/// Number of files (or records of one file) in the first batch: about one screenful.
pub(super) const FIRST_BATCH: usize = 64;
/// Maximum number of files (or records of one file) in a batch. Every batch is a segment of the
/// corpus.
const LARGEST_BATCH: usize = 4096;

/// Delivers results in order, with unique keys.
pub(super) struct Delivery<'a> {
    pub(super) on: &'a (dyn Fn(Report) + Sync),
    keys: Keys,
    /// Number of files, or records of one file, in the next batch.
    pub(super) batch: usize,
}

/// Files that were read, in order.
pub(super) type Ready = Vec<ReadFile>;

/// A file with its outcomes.
pub(super) struct ReadFile {
    pub(super) file: File,
    pub(super) outcomes: Vec<Outcome>,
}

impl<'a> Delivery<'a> {
    pub(super) fn new(on: &'a (dyn Fn(Report) + Sync)) -> Self {
        Self {
            on,
            keys: Keys::default(),
            batch: FIRST_BATCH,
        }
    }

    pub(super) fn deliver(&mut self, ready: Ready) {
        let mut articles = Vec::with_capacity(ready.len());
        for read in ready {
            self.name_all(&read.file, read.outcomes, &mut articles);
        }
        self.tell(articles);
    }

    pub(super) fn deliver_one(&mut self, file: &File, outcomes: Vec<Outcome>) {
        let mut articles = Vec::new();
        self.name_all(file, outcomes, &mut articles);
        self.tell(articles);
    }

    fn name_all(&mut self, file: &File, outcomes: Vec<Outcome>, articles: &mut Vec<Article>) {
        for outcome in outcomes {
            match outcome {
                Outcome::Article(mut article, own) => {
                    article.key = self.keys.name(Names {
                        own,
                        file,
                        record: article.record.as_deref(),
                    });
                    articles.push(*article);
                }
                Outcome::Issue(issue) => (self.on)(Report::Issue(issue)),
                Outcome::Skipped(skipped) => (self.on)(Report::Skipped(skipped)),
            }
        }
    }

    fn tell(&self, mut articles: Vec<Article>) {
        if !articles.is_empty() {
            articles.shrink_to_fit();
            (self.on)(Report::Articles(articles));
        }
    }

    /// Delivers the records of one file in batches of the usual size.
    pub(super) fn deliver_in_batches(&mut self, file: &File, outcomes: Vec<Outcome>) {
        let mut rest = outcomes.into_iter();
        while rest.len() > 0 {
            let batch = rest.by_ref().take(self.batch).collect();
            self.deliver_one(file, batch);
            self.grow();
        }
    }

    pub(super) fn advance(&mut self, progress: Progress) {
        (self.on)(Report::Progress(progress));
        self.grow();
    }

    pub(super) fn grow(&mut self) {
        self.batch = (self.batch * 2).min(LARGEST_BATCH);
    }
}

/// The keys given so far, as hashes. A collision only makes a key longer than necessary.
#[derive(Default)]
struct Keys {
    given: HashSet<u64, foldhash::fast::RandomState>,
    repeated: HashMap<u64, u32>,
}

impl Keys {
    /// Returns the first of these names that no earlier article has: the record's own identifier,
    /// the path below the argument, the path as named, and that path with a number.
    fn name(&mut self, mut names: Names) -> Box<str> {
        let own = names.own.take();
        for name in own
            .into_iter()
            .chain(std::iter::once_with(|| names.below()))
        {
            if self.given.insert(hash(&name)) {
                return name;
            }
        }
        let whole = names.whole();
        if self.given.insert(hash(&whole)) {
            return whole;
        }
        let count = self.repeated.entry(hash(&whole)).or_insert(1);
        loop {
            *count += 1;
            let name = format!("{whole}~{count}");
            if self.given.insert(hash(&name)) {
                return name.into();
            }
        }
    }
}

/// Returns a hash that is the same in every run, so that keys are too.
fn hash(name: &str) -> u64 {
    foldhash::fast::FixedState::default().hash_one(name)
}

/// The possible names of an article, in order of preference. They are formatted only on demand,
/// because the first is nearly always free.
struct Names<'a> {
    own: Option<Box<str>>,
    file: &'a File,
    record: Option<&'a str>,
}

impl Names<'_> {
    fn below(&self) -> Box<str> {
        self.place(self.file.below())
    }

    fn whole(&self) -> Box<str> {
        self.place(&self.file.path)
    }

    fn place(&self, path: &str) -> Box<str> {
        match self.record {
            Some(record) => format!("{path}#{record}").into(),
            None => path.into(),
        }
    }
}
