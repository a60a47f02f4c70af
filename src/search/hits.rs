//! The result of a filter run.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::order::Order;
use crate::model::ArticleId;

/// How many are put in order at once: more than any screen shows.
pub(super) const BEST: usize = 100;

/// The articles that satisfy a query: by score, best first, equal ones in the current sort. A
/// query with an order of its own, or without fuzzy words, gives the current sort alone.
#[derive(Debug, Default)]
pub struct Hits {
    ids: Vec<ArticleId>,
}

/// The first of the articles that satisfy a query: what [`Hits`] begins with.
#[derive(Debug, Default)]
pub struct Best {
    /// The first hundred, in order.
    pub ids: Vec<ArticleId>,
    /// How many articles satisfy the query.
    pub count: usize,
}

/// What hits are sorted by: score downwards, place, article.
pub(super) type Key = (Reverse<i32>, u32, u32);

pub(super) fn key((score, id): (i32, ArticleId), order: &Order) -> Key {
    (Reverse(score), order.place(id), id.0)
}

/// Leaves the best hundred, in no order.
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
    /// Puts all in order; `None` where it was cancelled. One score after the other, so that a
    /// newer question need not wait for the whole.
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

    /// How many articles satisfy the query.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// The first hundred, in order.
    pub fn best(&self) -> &[ArticleId] {
        self.ids.get(..BEST).unwrap_or(&self.ids)
    }

    /// All, in order.
    pub fn ids(&self) -> &[ArticleId] {
        &self.ids
    }
}
