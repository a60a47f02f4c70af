//! Counting what saved queries select, beside the filter.

use std::sync::atomic::AtomicBool;

use super::{Kept, Tagged};
use crate::model::Corpus;
use crate::search::{Context, Index, Order, Query, Sort, SortKey, filter};

/// How many articles queries select, each by its name.
pub type Counts = Vec<(Box<str>, usize)>;

/// Queries whose articles are to be counted.
#[derive(Clone, Debug)]
pub struct CountRequest {
    /// The queries by name; `None` selects nothing.
    pub queries: Vec<(Box<str>, Option<Query>)>,
    /// In what.
    pub corpus: Corpus,
    /// What the library knows of it.
    pub kept: Kept,
}

/// Counts what each query selects, and hands the numbers on. Runs on a thread of its own, beside
/// the filter: saved queries are few, and nobody waits for them.
pub fn count(request: Tagged<CountRequest>, on: impl FnOnce(Tagged<Counts>) + Send + 'static) {
    std::thread::spawn(move || {
        let CountRequest {
            queries,
            corpus,
            kept,
        } = &request.value;
        let index = Index::default().extended(corpus);
        let order = Order::of(
            corpus,
            Sort {
                key: SortKey::Path,
                descending: false,
            },
        );
        let cancel = AtomicBool::new(false);
        let context = Context {
            facts: kept,
            order: &order,
            cancel: &cancel,
            terms: None,
        };
        let counted = queries.iter().map(|(name, query)| {
            let hits = query
                .as_ref()
                .and_then(|query| filter(query, corpus, &index, &context));
            (name.clone(), hits.map_or(0, |hits| hits.ids().len()))
        });
        on(request.respond(counted.collect()));
    });
}
