//! `--query`: parses a query and selects articles by it.

use std::sync::atomic::AtomicBool;

use crate::model::{ArticleId, Corpus};
use crate::search::{Context, Facts, Fault, Index, Order, Query, filter};
use crate::text::printable;

/// Parses a query, with dates relative to today. An error shows the position of the fault.
pub(super) fn parse(typed: &str) -> Result<Query, String> {
    let today = chrono::Local::now().date_naive();
    Query::parse(typed, today).map_err(|fault| mark(typed, &fault))
}

/// Returns the fault and the query, with `^` under the wrong part.
fn mark(typed: &str, fault: &Fault) -> String {
    use unicode_width::UnicodeWidthStr;
    let before = typed.get(..fault.span.start as usize).unwrap_or_default();
    let wrong = printable(fault.span.of(typed)).width().max(1);
    format!(
        "{fault}\n\n  {}\n  {}{}",
        printable(typed),
        " ".repeat(printable(before).width()),
        "^".repeat(wrong)
    )
}

/// Returns the articles that match `query`, in the order that it asks for, else in the order of the
/// corpus.
pub(super) fn matching(query: &Query, corpus: &Corpus, facts: &impl Facts) -> Vec<ArticleId> {
    let order = query
        .sort
        .map_or_else(Order::as_read, |sort| Order::of(corpus, sort));
    let context = Context {
        facts,
        order: &order,
        cancel: &AtomicBool::new(false),
        terms: None,
    };
    let hits = filter(query, corpus, &Index::of(corpus), &context).unwrap_or_default();
    let mut ids = hits.ids().to_vec();
    if query.sort.is_none() {
        ids.sort_unstable();
    }
    ids
}
