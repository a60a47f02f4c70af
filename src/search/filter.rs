//! From a query to the articles that satisfy it, best first.

use std::sync::atomic::{AtomicBool, Ordering};

use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;

use super::evaluate::{Candidate, Facts};
use super::index::{Index, Line};
use super::order::Order;
use super::query::{Node, Query};
use crate::model::{ArticleId, Corpus};

/// Articles are tested in runs of this many between two looks at the cancel mark.
const RUN: usize = 1024;

/// What a filter run needs beside query and corpus.
pub struct Context<'a> {
    /// What other rooms know.
    pub facts: &'a dyn Facts,
    /// The current sort: decides between equal scores.
    pub order: &'a Order,
    /// Set by a newer query to end this run.
    pub cancel: &'a AtomicBool,
}

impl Context<'_> {
    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// The articles that satisfy a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    ids: Vec<ArticleId>,
}

impl Hits {
    /// How many articles satisfy the query.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// All of them: by score, best first, equal ones in the current sort. A query with an order of
    /// its own, or without fuzzy words, gives the current sort alone.
    pub fn ids(&self) -> &[ArticleId] {
        &self.ids
    }
}

/// The articles of `corpus` that satisfy `query`; `None` where it was cancelled. `index` holds the
/// lines of `corpus` or of an earlier snapshot; articles beyond it are left out.
pub fn filter(query: &Query, corpus: &Corpus, index: &Index, context: &Context) -> Option<Hits> {
    Filter::default().run(query, corpus, index, context)
}

/// A filter that remembers its last run, so that a query that grows by a letter is answered from
/// the last survivors. Gives what [`filter`] gives.
#[derive(Debug, Default)]
pub struct Filter {}

impl Filter {
    /// As [`filter`].
    pub fn run(
        &mut self,
        query: &Query,
        corpus: &Corpus,
        index: &Index,
        context: &Context,
    ) -> Option<Hits> {
        let lines: Vec<_> = index.lines().collect();
        let runs: Vec<_> = lines
            .par_chunks(RUN)
            .map(|run| score_run(query.root.as_ref(), run, corpus, context))
            .collect::<Option<_>>()?;
        let mut scored: Vec<_> = runs.into_iter().flatten().collect();
        let by_score = query.sort.is_none();
        scored.par_sort_by_key(|(score, id)| {
            let score = if by_score {
                std::cmp::Reverse(*score)
            } else {
                std::cmp::Reverse(0)
            };
            (score, context.order.place(*id), *id)
        });
        let ids = scored.into_iter().map(|(_, id)| id).collect();
        (!context.is_cancelled()).then_some(Hits { ids })
    }
}

fn score_run(
    root: Option<&Node>,
    run: &[(ArticleId, Line)],
    corpus: &Corpus,
    context: &Context,
) -> Option<Vec<(i64, ArticleId)>> {
    if context.is_cancelled() {
        return None;
    }
    // A fresh matcher: one that served other lines scores patterns such as `aaa` by its history.
    let score = |&(id, line): &(ArticleId, Line)| {
        let article = corpus.get(id)?;
        let candidate = Candidate {
            id,
            article,
            line,
            facts: context.facts,
        };
        let Some(root) = root else {
            return Some((0, id));
        };
        Some((candidate.score(root, &SkimMatcherV2::default())?, id))
    };
    Some(run.iter().filter_map(score).collect())
}
