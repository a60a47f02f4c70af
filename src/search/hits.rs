//! The result of a filter run: the first hundred at once, the rest put in order when asked for.

use std::cmp::Reverse;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::order::Order;
use crate::model::ArticleId;

/// How many are put in order at once: more than any screen shows.
const BEST: usize = 100;
/// Hits are looked through for the best in runs of this many.
const RUN: usize = 1 << 15;

/// The articles that satisfy a query: by score, best first, equal ones in the current sort. A
/// query with an order of its own, or without fuzzy words, gives the current sort alone.
#[derive(Debug, Default)]
pub struct Hits {
    scored: Vec<Key>,
    best: Vec<ArticleId>,
    ids: OnceLock<Vec<ArticleId>>,
}

/// What hits are sorted by: score downwards, place, article.
type Key = (Reverse<i32>, u32, u32);

impl Hits {
    pub(super) fn new(scored: Vec<Vec<(i32, ArticleId)>>, order: &Order) -> Self {
        let keys = scored.into_par_iter().flatten_iter();
        let keys = keys.map(|(score, id)| (Reverse(score), order.place(id), id.0));
        let mut scored: Vec<Key> = keys.collect();
        let best = best(&mut scored);
        Self {
            scored,
            best,
            ids: OnceLock::new(),
        }
    }

    /// How many articles satisfy the query.
    pub fn count(&self) -> usize {
        self.scored.len()
    }

    /// The first hundred, in order. Takes no time.
    pub fn best(&self) -> &[ArticleId] {
        &self.best
    }

    /// All, in order. The first call sorts them: some tens of milliseconds for a million, so a
    /// reader shows [`Self::best`] first and calls this off the key path.
    pub fn ids(&self) -> &[ArticleId] {
        self.ids.get_or_init(|| {
            let mut keys = self.scored.clone();
            keys.par_sort_unstable();
            keys.into_iter().map(|(.., id)| ArticleId(id)).collect()
        })
    }
}

/// The first of `keys`, in order. Only changes the order of the others.
fn best(keys: &mut [Key]) -> Vec<ArticleId> {
    let runs = keys.par_chunks_mut(RUN).map(|run| {
        if run.len() > BEST {
            run.select_nth_unstable(BEST);
        }
        run.iter().take(BEST).copied().collect::<Vec<_>>()
    });
    let mut first = runs.flatten_iter().collect::<Vec<_>>();
    first.sort_unstable();
    first.truncate(BEST);
    first.into_iter().map(|(.., id)| ArticleId(id)).collect()
}
