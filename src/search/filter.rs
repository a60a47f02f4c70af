//! Runs a query over a corpus and returns the matching articles, best first.

use std::cmp::Reverse;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::evaluate::{Called, Facts, FoundText, Tester};
use super::hits::{BEST, Best, Hits, Key, ids, keep_best, key};
use super::index::Index;
use super::order::Order;
use super::query::{Query, Test};
use super::selection::{CandidateMask, Selection, WordResult};
use super::speakers::called;
use super::stripe::{Run, Stripe, narrowed, stripes};
use super::subsumption::is_subsumed_by;
use super::terms::{Terms, find};
use crate::model::Corpus;

/// The context of a filter run: all of its inputs besides the query and the corpus.
pub struct Context<'a> {
    /// Facts from the library and the stories.
    pub facts: &'a dyn Facts,
    /// The current sort, which decides between equal scores.
    pub order: &'a Order,
    /// Set by a newer query to cancel this run.
    pub cancel: &'a AtomicBool,
    /// The term index, if it is ready. It makes `text:` fast and ranks it by BM25. Without it, or
    /// for articles that it lacks, every text is searched.
    pub terms: Option<&'a Terms>,
}

/// Returns the articles of `corpus` that satisfy `query`, or `None` if the run was cancelled.
///
/// `index` holds the key lines of `corpus` or of an earlier snapshot. Articles beyond the index are
/// left out.
pub fn filter(query: &Query, corpus: &Corpus, index: &Index, context: &Context) -> Option<Hits> {
    Filter::default().run(query, corpus, index, context)
}

/// Matches are copied to their own stripes if they are at most this fraction (1/4) of the lines
/// that were searched.
const NARROW_FRACTION: usize = 4;

/// A filter that keeps the result of its last run, so that a query that grows by a letter searches
/// only the previous matches. Gives the same results as [`filter`], as long as it is used for one
/// load.
#[derive(Debug, Default)]
pub struct Filter {
    stripes: Arc<[Stripe]>,
    articles: usize,
    last: Option<LastRun>,
}

/// The matches of a query, with an upper bound for each score.
#[derive(Debug)]
struct LastRun {
    query: Query,
    /// The hits of the term index for each `text:` pattern.
    texts: Vec<FoundText>,
    /// The numbers of the speakers whom each `speaker:` test names.
    called: Vec<Called>,
    /// The lines that were searched.
    stripes: Arc<[Stripe]>,
    selections: Vec<Selection>,
    /// The results of each fuzzy word of the query, by stripe.
    words: Vec<Vec<WordResult>>,
}

impl Filter {
    /// Runs `query` and returns all matches, like [`filter`]. A cancelled run leaves the kept
    /// result of the last run unchanged.
    pub fn run(
        &mut self,
        query: &Query,
        corpus: &Corpus,
        index: &Index,
        context: &Context,
    ) -> Option<Hits> {
        self.compute_matches(query, corpus, index, context)?;
        self.all(corpus, context)
    }

    /// Runs `query` and returns only the best hundred matches, the same ones as [`Self::run`].
    /// Computes scores only where they can matter. [`Self::all`] returns the rest.
    pub fn best(
        &mut self,
        query: &Query,
        corpus: &Corpus,
        index: &Index,
        context: &Context,
    ) -> Option<Best> {
        self.compute_matches(query, corpus, index, context)?;
        let last = self.last.as_ref()?;
        let count = last
            .selections
            .iter()
            .map(|some| len(&some.candidates))
            .sum();
        let reach = match query.sort {
            None => hundredth(&last.selections),
            // The query sets the order, so scores do not matter.
            Some(_) => i32::MIN,
        };
        let mut keys = self.keys_within(reach..=i32::MAX, corpus, context)?;
        // A line whose score bound is below the hundredth score cannot come before it.
        if let Some((Reverse(last), ..)) = keys.last().filter(|_| keys.len() == BEST)
            && *last < reach
        {
            let rest = *last..=reach - 1;
            keys.extend(self.keys_within(rest, corpus, context)?);
            keys.sort_unstable();
            keys.truncate(BEST);
        }
        Some(Best {
            ids: ids(keys),
            count,
        })
    }

    /// Returns all matches of the last run in order, or `None` if cancelled or if there was no run.
    pub fn all(&self, corpus: &Corpus, context: &Context) -> Option<Hits> {
        let all = |selection: &Selection| selection.candidates.clone();
        let keys = self.keys(corpus, context, (all, |_| {}))?;
        Hits::sorted(keys, context.cancel)
    }

    /// Copies the last matches to their own stripes if they are few, so that the next letter costs
    /// only as much as these. Takes too long for a key press; call it between two.
    pub fn narrow(&mut self, context: &Context) {
        let Some(last) = &mut self.last else {
            return;
        };
        let left: usize = last
            .selections
            .iter()
            .map(|some| len(&some.candidates))
            .sum();
        let all: usize = last.stripes.iter().map(|stripe| len(&stripe.all())).sum();
        if left <= all / NARROW_FRACTION
            && let Some(stripes) = narrowed(&last.stripes, &last.selections, context.cancel)
        {
            let unknown = |stripe: &Stripe| Selection::unknown(stripe.all());
            last.selections = stripes.iter().map(unknown).collect();
            last.stripes = stripes.into();
            last.words.clear();
        }
    }

    /// Computes the matches of the query and keeps them in `self.last`.
    fn compute_matches(
        &mut self,
        query: &Query,
        corpus: &Corpus,
        index: &Index,
        context: &Context,
    ) -> Option<()> {
        if self.articles != index.len() {
            *self = Self {
                stripes: stripes(index).into(),
                articles: index.len(),
                last: None,
            };
        }
        let last = self.last.as_ref();
        let last = last.filter(|last| is_subsumed_by(query, &last.query));
        let texts = find_texts(query, context);
        let called = find_called(query, context);
        let tester = tester(corpus, context, (&texts, &called));
        let stripes = Arc::clone(last.map_or(&self.stripes, |last| &last.stripes));
        let same = self.last.as_ref();
        let same = same.filter(|same| Arc::ptr_eq(&same.stripes, &stripes));
        let select = |(place, stripe): (usize, &Stripe)| {
            if context.cancel.load(Ordering::Relaxed) {
                return None;
            }
            let candidates = last.and_then(|last| last.selections.get(place));
            let candidates =
                candidates.map_or_else(|| stripe.all(), |selection| selection.candidates.clone());
            let before = same.and_then(|same| same.words.get(place));
            let mut words = Vec::new();
            let mut run = Run {
                tester: &tester,
                before: before.map_or(&[], Vec::as_slice),
                now: Some(&mut words),
            };
            let selection = match &query.root {
                Some(root) => stripe.select(root, candidates, &mut run),
                None => Selection::of(candidates),
            };
            Some((selection, words))
        };
        let selected = stripes.par_iter().enumerate().map(select);
        let (selections, words) = selected.collect::<Option<_>>()?;
        self.last = Some(LastRun {
            query: query.clone(),
            texts,
            called,
            stripes,
            selections,
            words,
        });
        Some(())
    }

    /// Returns the keys of the best hundred matches whose score bound lies within `bounds`, in
    /// order.
    fn keys_within(
        &self,
        bounds: RangeInclusive<i32>,
        corpus: &Corpus,
        context: &Context,
    ) -> Option<Vec<Key>> {
        let within = |selection: &Selection| selection.within(&bounds);
        let keys = self.keys(corpus, context, (within, keep_best))?;
        let mut best = keys.concat();
        keep_best(&mut best);
        best.sort_unstable();
        Some(best)
    }

    /// Returns the sort keys of the matches that `choose` selects, by stripe. `keep` may shorten
    /// the keys of each stripe.
    fn keys(
        &self,
        corpus: &Corpus,
        context: &Context,
        (choose, keep): (
            impl Fn(&Selection) -> CandidateMask + Sync,
            impl Fn(&mut Vec<Key>) + Sync,
        ),
    ) -> Option<Vec<Vec<Key>>> {
        let last = self.last.as_ref()?;
        let tester = tester(corpus, context, (&last.texts, &last.called));
        // An explicit sort takes precedence over scores.
        let root = last.query.root.as_ref();
        let root = root.filter(|_| last.query.sort.is_none());
        let keys_of = |stripe: &Stripe, candidates: &[u32], selection: &Selection| -> Vec<Key> {
            let scored = stripe.scored(candidates, selection);
            scored.map(|hit| key(hit, context.order)).collect()
        };
        let stripes = last.stripes.par_iter().zip(&last.selections);
        let keys = stripes.map(|(stripe, selection)| {
            if context.cancel.load(Ordering::Relaxed) {
                return None;
            }
            let candidates = choose(selection);
            if candidates.iter().all(|word| *word == 0) {
                return Some(Vec::new());
            }
            let mut keys;
            if let Some(root) = root {
                let (known, unknown) = selection.parted(&candidates);
                keys = keys_of(stripe, &known, selection);
                if unknown.iter().any(|word| *word != 0) {
                    let scored = stripe.score(root, unknown, &tester);
                    keys.extend(keys_of(stripe, &scored.candidates, &scored));
                }
            } else {
                keys = keys_of(stripe, &candidates, &Selection::of(candidates.clone()));
            }
            keep(&mut keys);
            Some(keys)
        });
        keys.collect()
    }
}

/// Returns the number of candidate lines.
fn len(candidates: &[u32]) -> usize {
    candidates
        .iter()
        .map(|word| word.count_ones() as usize)
        .sum()
}

/// Returns about the hundredth highest score bound, or the lowest number if there are fewer than a
/// hundred.
fn hundredth(selections: &[Selection]) -> i32 {
    /// Higher bounds are rare and are counted as this one.
    const HIGHEST: i32 = 2047;
    let none = || vec![0_usize; HIGHEST as usize + 1];
    let counts = selections.par_iter().fold(none, |mut counts, selection| {
        for bound in selection.candidate_scores() {
            let place = usize::try_from(bound.min(HIGHEST)).unwrap_or(0);
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
        counts
    });
    let counts = counts.reduce(none, |sum, more| {
        sum.iter().zip(more).map(|(a, b)| a + b).collect()
    });
    let mut left = BEST;
    let highest = (1..=HIGHEST).rev().zip(counts.into_iter().rev());
    let mut reaches = highest.skip_while(|(_, count)| {
        left = left.saturating_sub(*count);
        left > 0
    });
    reaches.next().map_or(i32::MIN, |(bound, _)| bound)
}

fn tester<'a>(
    corpus: &'a Corpus,
    context: &'a Context,
    (texts, called): (&'a [FoundText], &'a [Called]),
) -> Tester<'a> {
    Tester {
        corpus,
        facts: context.facts,
        texts,
        called,
    }
}

/// Looks up each `text:` pattern of the query in the term index, including those under `NOT`.
fn find_texts(query: &Query, context: &Context) -> Vec<FoundText> {
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

/// Looks up whom each `speaker:` test of the query names, including those under `NOT`.
fn find_called(query: &Query, context: &Context) -> Vec<Called> {
    let speakers = context.facts.speakers();
    let tests = query.terms().into_iter().map(|term| &term.test);
    let tests = tests.filter(|test| matches!(test, Test::Speaker(..)));
    tests
        .map(|test| (test.clone(), called(test, speakers)))
        .collect()
}
