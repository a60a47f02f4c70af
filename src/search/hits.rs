//! The result of a filter run: the first hundred at once, the rest put in order when asked for.

use std::cmp::Reverse;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::order::Order;
use crate::model::ArticleId;

/// How many are put in order at once: more than any screen shows.
const BEST: usize = 100;

/// The articles that satisfy a query: by score, best first, equal ones in the current sort. A
/// query with an order of its own, or without fuzzy words, gives the current sort alone.
#[derive(Debug, Default)]
pub struct Hits {
    /// As the stripes of the index gave them.
    runs: Vec<Run>,
    best: Vec<ArticleId>,
    ids: OnceLock<Vec<ArticleId>>,
}

/// What hits are sorted by: score downwards, place, article.
type Key = (Reverse<i32>, u32, u32);

/// Some hits, the best hundred of them first; in no order otherwise.
#[derive(Debug)]
pub(super) struct Run(Vec<Key>);

impl Run {
    /// Takes time linear in the hits, on the thread that found them.
    pub(super) fn new(scored: impl Iterator<Item = (i32, ArticleId)>, order: &Order) -> Self {
        let keys = scored.map(|(score, id)| (Reverse(score), order.place(id), id.0));
        let mut keys: Vec<_> = keys.collect();
        put_best_first(&mut keys);
        Self(keys)
    }
}

fn put_best_first(keys: &mut [Key]) {
    if keys.len() > BEST {
        keys.select_nth_unstable(BEST);
    }
}

impl Hits {
    pub(super) fn new(runs: Vec<Run>) -> Self {
        let first = runs.iter().flat_map(|run| run.0.iter().take(BEST));
        let mut first: Vec<Key> = first.copied().collect();
        put_best_first(&mut first);
        first.truncate(BEST);
        first.sort_unstable();
        Self {
            best: first.into_iter().map(|(.., id)| ArticleId(id)).collect(),
            runs,
            ids: OnceLock::new(),
        }
    }

    /// How many articles satisfy the query.
    pub fn count(&self) -> usize {
        self.runs.iter().map(|run| run.0.len()).sum()
    }

    /// The first hundred, in order. Takes no time.
    pub fn best(&self) -> &[ArticleId] {
        &self.best
    }

    /// All, in order. The first call sorts them: some tens of milliseconds for a million, so a
    /// reader shows [`Self::best`] first and calls this off the key path.
    pub fn ids(&self) -> &[ArticleId] {
        self.ids.get_or_init(|| {
            let keys = self
                .runs
                .par_iter()
                .flat_map_iter(|run| run.0.iter().copied());
            let mut keys: Vec<Key> = keys.collect();
            keys.par_sort_unstable();
            keys.into_iter().map(|(.., id)| ArticleId(id)).collect()
        })
    }
}
