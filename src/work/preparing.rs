//! What a filter needs of a corpus, made behind it: a key is answered from what is there.

use std::sync::Arc;

use super::filtering::Shared;
use super::{background, latest::Latest};
use crate::model::Corpus;
use crate::search::{Index, Order, Sort};

/// A snapshot of a corpus, laid out for the filter.
#[derive(Clone, Debug, Default)]
pub(super) struct Prepared {
    pub(super) corpus: Corpus,
    pub(super) index: Index,
    pub(super) order: Order,
    ties: Option<Sort>,
}

impl Prepared {
    /// Whether a question about `corpus` can be answered from it, though perhaps not about the
    /// articles that came since.
    pub(super) fn is_of(&self, corpus: &Corpus, ties: Sort) -> bool {
        self.ties == Some(ties) && corpus.continues(&self.corpus)
    }

    /// What is to be prepared next, from what is.
    fn next(&self, corpus: Corpus, ties: Sort) -> Self {
        let index = if corpus.continues(&self.corpus) {
            self.index.extended(&corpus)
        } else {
            Index::of(&corpus)
        };
        Self {
            index,
            order: Order::of(&corpus, ties),
            ties: Some(ties),
            corpus,
        }
    }
}

/// Starts what prepares the newest corpus that it is asked for, in the order of equal scores.
pub(super) fn preparer(filter: Arc<Shared>) -> Latest<(Corpus, Sort)> {
    let mut prepared = Prepared::default();
    Latest::start(move |(corpus, ties), _| {
        prepared = background::apart(|| prepared.next(corpus, ties));
        filter.take_prepared(prepared.clone());
    })
}
