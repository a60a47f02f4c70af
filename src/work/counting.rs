//! Counts the articles that saved queries select, without using the filter's thread.

use std::sync::atomic::AtomicBool;

use super::failing::{Failed, Work, attempt};
use super::{LibraryFacts, Tagged};
use crate::model::Corpus;
use crate::search::{Context, Index, Order, Query, Sort, SortKey, filter};

/// The number of articles that each saved query selects, with the source text of the query.
pub type Counts = Vec<(Box<str>, usize)>;

/// A request to count the articles that some queries select.
#[derive(Clone, Debug)]
pub struct CountRequest {
    /// The queries, each as source text and parsed.
    pub queries: Vec<(Box<str>, Query)>,
    /// Corpus to search.
    pub corpus: Corpus,
    /// Facts of the library about the articles of the corpus.
    pub facts: LibraryFacts,
}

/// Counts the articles that each query selects, on a new thread, and passes the counts to `on`. The
/// filter's thread is not used, because saved queries are few and nobody waits for the counts.
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
        facts: &request.facts,
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
