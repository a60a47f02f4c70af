//! Delivers results in order, in growing batches.

use super::file::File;
use super::parse_cache::Outcome;
use super::report::{Progress, Report};
use crate::model::Article;

/// Number of files (or records of one file) in the first batch: about one screenful.
pub(super) const FIRST_BATCH: usize = 64;
/// Maximum number of files (or records of one file) in a batch. Every batch is a segment of the
/// corpus.
const LARGEST_BATCH: usize = 4096;

/// Delivers articles in order.
pub(super) struct Delivery<'a> {
    pub(super) on: &'a (dyn Fn(Report) + Sync),
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
            batch: FIRST_BATCH,
        }
    }

    pub(super) fn deliver(&mut self, ready: Ready) {
        let mut articles = Vec::with_capacity(ready.len());
        for read in ready {
            self.name_all(&read.file, read.outcomes, &mut articles);
        }
        self.publish(articles);
    }

    pub(super) fn deliver_one(&mut self, file: &File, outcomes: Vec<Outcome>) {
        let mut articles = Vec::new();
        self.name_all(file, outcomes, &mut articles);
        self.publish(articles);
    }

    fn name_all(&self, file: &File, outcomes: Vec<Outcome>, articles: &mut Vec<Article>) {
        for outcome in outcomes {
            match outcome {
                Outcome::Article(mut article, own) => {
                    article.key = key(own, file, article.record.as_deref());
                    articles.push(*article);
                }
                Outcome::Issue(issue) => (self.on)(Report::Issue(issue)),
                Outcome::Skipped(skipped) => (self.on)(Report::Skipped(skipped)),
            }
        }
    }

    fn publish(&self, mut articles: Vec<Article>) {
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

/// Returns the key of an article: the record's own identifier, else its path below the argument.
/// Several articles may have the same; [`settle_keys`](super::settle_keys) makes it unique.
fn key(own: Option<Box<str>>, file: &File, record: Option<&str>) -> Box<str> {
    own.unwrap_or_else(|| match record {
        Some(record) => format!("{}#{record}", file.below()).into(),
        None => file.below().into(),
    })
}
