//! Reloads a corpus in the background, and maps each article of the shown corpus to the reloaded
//! one.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::engine::load_until;
use super::failing::{Failed, Work, attempt};
use super::latest::LatestWorker;
use super::{ContentKeys, Engine, Loaded};
use crate::export::Tally;
use crate::ingest::{Progress, Request};
use crate::model::{Article, ArticleId, ContentKey, Corpus, Issue};

/// The corpus that is shown while its files are reloaded.
#[derive(Clone, Debug)]
pub struct ReloadRequest {
    /// The corpus that is shown now.
    pub corpus: Corpus,
    /// The content keys of the articles of `corpus`, as far as they are known.
    pub keys: ContentKeys,
}

/// A corpus that was loaded again, and how it differs from the one shown before.
#[derive(Clone, Debug, Default)]
pub struct Reloaded {
    /// The corpus as it was loaded again.
    pub corpus: Corpus,
    /// The content keys of the articles of `corpus`.
    pub keys: ContentKeys,
    /// Files and records that could not be read.
    pub issues: Vec<Issue>,
    /// Number of files and records that are not articles, by reason.
    pub skipped: Tally,
    /// The new identifier of each article of the corpus shown before.
    pub moves: Moves,
    /// Number of articles that were added, changed or removed.
    pub changes: Changes,
}

/// Number of articles that differ between two loads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Number of articles that are new.
    pub added: usize,
    /// Number of articles that have changed.
    pub changed: usize,
    /// Number of articles that no longer exist.
    pub removed: usize,
}

/// A report of a reload.
#[derive(Clone, Debug)]
pub enum ReloadReport {
    /// How far the reload has come.
    Progress(Progress),
    /// The reload is complete. Not sent after a cancellation.
    Done(Box<Reloaded>),
    /// The reload failed. The corpus shown before stays.
    Failed(Failed),
}

/// Maps the articles of one load to those of a later one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves(Vec<Option<ArticleId>>);

impl Moves {
    /// Returns the identifier of the article in the later load, or `None` if the article no longer
    /// exists.
    pub fn get(&self, id: ArticleId) -> Option<ArticleId> {
        self.0.get(id.0 as usize).copied().flatten()
    }
}

impl Reloaded {
    /// Compares the corpus of `old` with a newly loaded one, and finds for each old article its
    /// successor. Takes one pass over each corpus.
    pub fn of(old: &ReloadRequest, loaded: Loaded) -> Self {
        let corpus = loaded.corpus;
        let keys = ContentKeys::of(&corpus);
        let mut found = Self {
            issues: loaded.issues,
            skipped: Tally::of(&Corpus::default(), &loaded.skipped, &[]),
            ..Self::default()
        };
        let old_keys = old.keys.extended(&old.corpus);
        let places = ArticleIndex::of(&corpus, &keys);
        let mut is_known = vec![false; corpus.len()];
        for (id, article) in old.corpus.iter() {
            let moved = places.find(article, old_keys.get(id));
            match moved.and_then(|id| corpus.get(id)) {
                None => found.changes.removed += 1,
                Some(now) if now != article => found.changes.changed += 1,
                Some(_) => {}
            }
            if let Some(known) = moved.and_then(|id| is_known.get_mut(id.0 as usize)) {
                *known = true;
            }
            found.moves.0.push(moved);
        }
        found.changes.added = is_known.iter().filter(|known| !**known).count();
        Self {
            corpus,
            keys,
            ..found
        }
    }
}

impl Changes {
    /// Returns whether nothing has changed.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// An index of the articles of a corpus by their identifier (`Article::key`) and by their text.
struct ArticleIndex<'a> {
    corpus: &'a Corpus,
    by_name: HashMap<&'a str, ArticleId>,
    by_text: HashMap<ContentKey, ArticleId>,
}

impl<'a> ArticleIndex<'a> {
    fn of(corpus: &'a Corpus, keys: &ContentKeys) -> Self {
        let mut by_text = HashMap::new();
        for (id, _) in corpus.iter() {
            if let Some(key) = keys.get(id) {
                by_text.entry(key).or_insert(id);
            }
        }
        let by_name = corpus.iter().map(|(id, article)| (&*article.key, id));
        Self {
            corpus,
            by_name: by_name.collect(),
            by_text,
        }
    }

    fn find(&self, article: &Article, key: Option<ContentKey>) -> Option<ArticleId> {
        let by_name = self.by_name.get(&*article.key).copied();
        let named = by_name.and_then(|id| self.corpus.get(id));
        if named.is_some_and(|now| now.text == article.text) {
            return by_name;
        }
        let by_text = key.and_then(|key| self.by_text.get(&key).copied());
        // A changed file keeps its identity, even if there is a copy of its earlier content.
        // Records of one file are numbered, so a record inserted before others changes their keys;
        // content therefore comes first.
        if article.record.is_some() {
            by_text.or(by_name)
        } else {
            by_name.or(by_text)
        }
    }
}

/// A worker thread that loads a request again on demand. Dropping it cancels a running reload.
#[derive(Debug)]
pub struct Reloader {
    waiting: LatestWorker<ReloadRequest>,
}

impl Reloader {
    /// Starts the thread, which calls `on` with each report. `request` names what to reload.
    pub fn start(
        engine: Arc<Engine>,
        request: Request,
        on: impl Fn(ReloadReport) + Send + Sync + 'static,
    ) -> Self {
        let waiting = LatestWorker::start(move |old: ReloadRequest, cancel| {
            let progress = |progress, _| on(ReloadReport::Progress(progress));
            let reload = || {
                let loaded = load_until(&engine, &request, (cancel, &progress));
                let is_wanted = !cancel.load(Ordering::Relaxed);
                is_wanted.then(|| Box::new(Reloaded::of(&old, loaded)))
            };
            match attempt(Work::Reload, reload) {
                Ok(Some(reloaded)) => on(ReloadReport::Done(reloaded)),
                Ok(None) => {}
                Err(failed) => on(ReloadReport::Failed(failed)),
            }
        });
        Self { waiting }
    }

    /// Submits a reload and cancels a running one.
    pub fn submit(&self, request: ReloadRequest) {
        self.waiting.submit(request);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article((key, text): (&str, &str)) -> Article {
        Article {
            key: key.into(),
            record: key.split_once('#').map(|(_, record)| record.into()),
            text: text.into(),
            ..Article::default()
        }
    }

    #[test]
    fn articles_are_followed_by_name_and_by_text() {
        let cases: [(&[_], &[_], &[_], _); 6] = [
            (&[("a", "1")], &[("a", "1")], &[Some(0)], (0, 0, 0)),
            (&[("a", "1")], &[("b", "1")], &[Some(0)], (0, 1, 0)),
            (
                &[("a", "1"), ("b", "2")],
                &[("b", "2")],
                &[None, Some(0)],
                (0, 0, 1),
            ),
            // The file has changed, and there is a copy of its earlier content.
            (
                &[("a", "1")],
                &[("0", "1"), ("a", "2")],
                &[Some(1)],
                (1, 1, 0),
            ),
            // A record was inserted before others.
            (
                &[("f#1", "1"), ("f#2", "2")],
                &[("f#1", "0"), ("f#2", "1"), ("f#3", "2")],
                &[Some(1), Some(2)],
                (1, 2, 0),
            ),
            (&[], &[("a", "1")], &[], (1, 0, 0)),
        ];
        for (old, new, moves, (added, changed, removed)) in cases {
            let corpus =
                |all: &[_]| Corpus::from_articles(all.iter().copied().map(article).collect());
            let request = ReloadRequest {
                corpus: corpus(old),
                keys: ContentKeys::default(),
            };
            let loaded = Loaded {
                corpus: corpus(new),
                ..Loaded::default()
            };
            let reloaded = Reloaded::of(&request, loaded);
            let moves = moves.iter().map(|at| at.map(ArticleId)).collect();
            assert_eq!(reloaded.moves, Moves(moves), "{old:?} {new:?}");
            let changes = Changes {
                added,
                changed,
                removed,
            };
            assert_eq!(reloaded.changes, changes, "{old:?} {new:?}");
        }
    }
}
