//! `--query`: selects articles and quotations by a query.

use std::sync::atomic::AtomicBool;

use crate::model::{Article, ArticleId, Corpus};
use crate::search::{Context, Facts, Fault, Index, Node, Order, Query, Test, filter, highlights};
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

/// The quotations of one article that a query selects.
pub(super) enum KeptQuotes {
    /// All: the query has no part about quotations.
    All,
    /// Those with these indices, in ascending order.
    These(Vec<u32>),
}

impl KeptQuotes {
    /// Returns the quotations that match every part of the query about quotations (`speaker:`,
    /// `said:`). A part that the article matches in another way does not restrict them.
    pub fn of(query: &Query, article: &Article) -> Self {
        let parts = match &query.root {
            Some(Node::And(parts)) => parts.as_slice(),
            Some(part) => std::slice::from_ref(part),
            None => &[],
        };
        let mut kept = Self::All;
        for part in parts {
            let part = Query {
                root: Some(part.clone()),
                sort: None,
            };
            if !speaks_of_quotes(&part) {
                continue;
            }
            let found = highlights(&part, article).quotes;
            if !found.is_empty() {
                kept = kept.and(found);
            }
        }
        kept
    }

    fn and(self, found: Vec<u32>) -> Self {
        Self::These(match self {
            Self::All => found,
            Self::These(known) => known.into_iter().filter(|at| found.contains(at)).collect(),
        })
    }

    /// Returns whether the quotation with this index is selected.
    pub fn holds(&self, index: u32) -> bool {
        match self {
            Self::All => true,
            Self::These(places) => places.binary_search(&index).is_ok(),
        }
    }
}

fn speaks_of_quotes(query: &Query) -> bool {
    let mut terms = query.positive_terms().into_iter();
    terms.any(|term| matches!(term.test, Test::Speaker(..) | Test::Said(_)))
}
