//! From a query to the articles that satisfy it, best first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::evaluate::{Facts, Tester};
use super::hits::{Hits, Run};
use super::index::Index;
use super::order::Order;
use super::query::{Pattern, Query, Test};
use super::refine::refines;
use super::stripe::{Alive, Selection, Stripe, stripes};
use super::terms::{Terms, TextHits, find};
use crate::model::Corpus;

/// What a filter run needs beside query and corpus.
pub struct Context<'a> {
    /// What other rooms know.
    pub facts: &'a dyn Facts,
    /// The current sort: decides between equal scores.
    pub order: &'a Order,
    /// Set by a newer query to end this run.
    pub cancel: &'a AtomicBool,
    /// The term index, where it is ready: `text:` is then fast and ranked by BM25. Without it, or
    /// for articles that it does not hold yet, every text is looked through.
    pub terms: Option<&'a Terms>,
}

/// The articles of `corpus` that satisfy `query`; `None` where it was cancelled. `index` holds the
/// lines of `corpus` or of an earlier snapshot; articles beyond it are left out.
pub fn filter(query: &Query, corpus: &Corpus, index: &Index, context: &Context) -> Option<Hits> {
    Filter::default().run(query, corpus, index, context)
}

/// A filter that remembers its last run, so that a query that grows by a letter is answered from
/// the last survivors. Gives what [`filter`] gives, as long as it is used for one loading.
#[derive(Debug, Default)]
pub struct Filter {
    stripes: Arc<[Stripe]>,
    articles: usize,
    last: Option<(Query, Vec<Alive>)>,
}

impl Filter {
    /// As [`filter`]. A cancelled run leaves the memory of the last as it was.
    pub fn run(
        &mut self,
        query: &Query,
        corpus: &Corpus,
        index: &Index,
        context: &Context,
    ) -> Option<Hits> {
        if self.articles != index.len() {
            *self = Self {
                stripes: stripes(index).into(),
                articles: index.len(),
                last: None,
            };
        }
        let last = self.last.as_ref().filter(|(last, _)| refines(query, last));
        let survivors = last.map(|(_, alive)| alive.as_slice());
        let texts = find_texts(query, context);
        let tester = Tester {
            corpus,
            facts: context.facts,
            texts: &texts,
        };
        let selections: Vec<_> = self
            .stripes
            .par_iter()
            .enumerate()
            .map(|(place, stripe)| {
                if context.cancel.load(Ordering::Relaxed) {
                    return None;
                }
                let alive = survivors.and_then(|all| all.get(place)).cloned();
                let alive = alive.unwrap_or_else(|| stripe.all());
                Some(select(query, (stripe, alive), &tester, context.order))
            })
            .collect::<Option<_>>()?;
        let (alive, runs) = selections.into_iter().unzip();
        self.last = Some((query.clone(), alive));
        Some(Hits::new(runs))
    }
}

/// What the term index says of each `text:` of the query, those under `NOT` too.
fn find_texts(query: &Query, context: &Context) -> Vec<(Pattern, TextHits)> {
    let Some(terms) = context.terms else {
        return Vec::new();
    };
    let patterns = query
        .terms()
        .into_iter()
        .filter_map(|term| match &term.test {
            Test::Text(pattern) => Some(pattern),
            _ => None,
        });
    patterns
        .filter_map(|pattern| Some((pattern.clone(), find(terms, pattern)?)))
        .collect()
}

fn select(
    query: &Query,
    (stripe, alive): (&Stripe, Alive),
    tester: &Tester,
    order: &Order,
) -> (Alive, Run) {
    let selection = match &query.root {
        Some(root) => stripe.select(root, alive, tester),
        None => Selection::of(alive),
    };
    let scored = stripe.scored(&selection);
    let run = if query.sort.is_some() {
        // The order that was asked for goes before scores.
        Run::new(scored.map(|(_, id)| (0, id)), order)
    } else {
        Run::new(scored, order)
    };
    (selection.alive, run)
}
