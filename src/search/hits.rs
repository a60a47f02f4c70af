//! The results of a filter run.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::order::Order;
use crate::model::ArticleId;

/// Number of hits that are sorted first, before all others. It is more than a screen shows.
pub(super) const BEST: usize = 100;

/// The articles that satisfy a query, sorted by score. Equal scores follow the current sort. If the
/// query sets its own order or has no term that gives a score, only the sort decides.
#[derive(Debug, Default)]
pub struct Hits {
    ids: Vec<ArticleId>,
}

/// The first hundred articles of a result, and the number of all that satisfy the query.
#[derive(Debug, Default)]
pub struct Best {
    /// The best hundred articles, in order.
    pub ids: Vec<ArticleId>,
    /// Number of articles that satisfy the query.
    pub count: usize,
}

/// The sort key of a hit: score (highest first), place in the current sort, article.
pub(super) type Key = (Reverse<i32>, u32, u32);

pub(super) fn key((score, id): (i32, ArticleId), order: &Order) -> Key {
    (Reverse(score), order.place(id), id.0)
}

/// Removes all keys except the best hundred, which are left in no particular order.
pub(super) fn keep_best(keys: &mut Vec<Key>) {
    if keys.len() > BEST {
        keys.select_nth_unstable(BEST);
        keys.truncate(BEST);
    }
}

pub(super) fn ids(keys: Vec<Key>) -> Vec<ArticleId> {
    keys.into_iter().map(|(.., id)| ArticleId(id)).collect()
}

impl Hits {
    /// Sorts the keys of all hits, which are given in several lists, or returns `None` if `cancel`
    /// is set. Sorts one score after the other and checks `cancel` between two.
    pub(super) fn sorted(runs: Vec<Vec<Key>>, cancel: &AtomicBool) -> Option<Self> {
        let mut by_score: BTreeMap<Reverse<i32>, Vec<Key>> = BTreeMap::new();
        for run in runs {
            for same in run.chunk_by(|one, other| one.0 == other.0) {
                if let [(score, ..), ..] = same {
                    by_score.entry(*score).or_default().extend(same);
                }
            }
        }
        let mut all = Vec::new();
        for (_, mut keys) in by_score {
            if cancel.load(Ordering::Relaxed) {
                return None;
            }
            keys.par_sort_unstable();
            all.extend(ids(keys));
        }
        Some(Self { ids: all })
    }

    /// Returns the number of articles that satisfy the query.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// Returns the best hundred articles, in order.
    pub fn best(&self) -> &[ArticleId] {
        self.ids.get(..BEST).unwrap_or(&self.ids)
    }

    /// Returns all articles, in order.
    pub fn ids(&self) -> &[ArticleId] {
        &self.ids
    }
}
