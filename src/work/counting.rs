//! Counting what saved queries select, beside the filter.

use std::sync::atomic::AtomicBool;

use super::failing::{Failed, Work, attempt};
use super::{LibraryFacts, Tagged};
use crate::model::Corpus;
use crate::search::{Context, Index, Order, Query, Sort, SortKey, filter};

/// How many articles queries select, each as it is written.
pub type Counts = Vec<(Box<str>, usize)>;

/// Queries whose articles are to be counted.
#[derive(Clone, Debug)]
pub struct CountRequest {
    /// The queries, as they are written and as they are read.
    pub queries: Vec<(Box<str>, Query)>,
    /// In what.
    pub corpus: Corpus,
    /// What the library knows of it.
    pub kept: LibraryFacts,
}

/// Counts what each query selects, and hands the numbers on. Runs on a thread of its own, beside
/// the filter: saved queries are few, and nobody waits for them.
pub fn count(
    request: Tagged<CountRequest>,
    on: impl FnOnce(Result<Tagged<Counts>, Failed>) + Send + 'static,
) {
    std::thread::spawn(move || {
        let counts = attempt(Work::Count(request.generation), || counts(&request.value));
        on(counts.map(|counts| request.respond(counts)));
    });
}

fn counts(request: &CountRequest) -> Counts {
    let corpus = &request.corpus;
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
        facts: &request.kept,
        order: &order,
        cancel: &cancel,
        terms: None,
    };
    let counted = request.queries.iter().map(|(words, query)| {
        let hits = filter(query, corpus, &index, &context);
        (words.clone(), hits.map_or(0, |hits| hits.ids().len()))
    });
    counted.collect()
}
