//! Answers `text:` from the term index: finds the articles that may contain some words.
//!
//! `text:` matches the words as typed, also inside longer words. So the first term of a phrase must
//! end a term of the article, the last must begin one, and those between must be whole terms. A
//! single term may be anywhere inside a term. Where needed, the remaining articles are checked
//! against their text.

use rayon::prelude::*;

use super::Terms;
use super::build::{SegmentTerms, terms_of};
use crate::model::ArticleId;
use crate::search::query::Pattern;

/// The articles that may contain the words of a `text:` pattern, with their scores.
#[derive(Clone, Debug)]
pub(crate) struct TextHits {
    /// BM25 score of each indexed article; `None` if it lacks the terms. A dense list, because
    /// every remaining article is looked up.
    scores: Vec<Option<f32>>,
    /// Whether every article with a score surely contains the words, so that its text need not be
    /// checked.
    is_settled: bool,
}

impl TextHits {
    /// Returns the BM25 score of an article, or `None` if it lacks the terms.
    pub(crate) fn score(&self, id: ArticleId) -> Option<f32> {
        *self.scores.get(id.0 as usize)?
    }

    /// Returns whether the article was indexed when the pattern was looked up.
    pub(crate) fn covers(&self, id: ArticleId) -> bool {
        (id.0 as usize) < self.scores.len()
    }

    /// Returns whether every article with a score is certain to contain the words.
    pub(crate) fn is_settled(&self) -> bool {
        self.is_settled
    }
}

/// Finds the articles that may contain the words of `pattern`. Returns `None` if the pattern has no
/// term.
pub(crate) fn find(terms: &Terms, pattern: &Pattern) -> Option<TextHits> {
    let mut wanted: Vec<String> = Vec::new();
    terms_of(pattern.folded(), &mut |term: &str| {
        wanted.push(term.to_owned());
    });
    let is_settled =
        pattern.cased().is_none() && matches!(&*wanted, [one] if one == pattern.folded());
    if wanted.is_empty() {
        return None;
    }
    let needles = needles(&wanted);
    let counted: Vec<Vec<_>> = terms
        .segments()
        .par_iter()
        .map(|segment| holding_all(segment, &needles))
        .collect();
    // A phrase counts as one term, which occurs as often as its rarest word.
    let holding = counted.iter().map(Vec::len).sum();
    let mut scores = vec![None; terms.articles()];
    for (id, count) in counted.into_iter().flatten() {
        if let Some(slot) = scores.get_mut(id.0 as usize) {
            *slot = Some(terms.bm25(holding, count, terms.length(id)));
        }
    }
    Some(TextHits { scores, is_settled })
}

/// Returns, for each term of a phrase, the substring to search for in a dictionary. A line feed in
/// it marks the edge of a term.
fn needles(wanted: &[String]) -> Vec<String> {
    let last = wanted.len() - 1;
    let edge = |is_edge: bool| if is_edge { "\n" } else { "" };
    let needle =
        |(at, term): (usize, &String)| format!("{}{term}{}", edge(at > 0), edge(at < last));
    wanted.iter().enumerate().map(needle).collect()
}

/// Returns the articles of a segment that contain a matching term for every needle, each with the
/// count of its rarest needle.
fn holding_all(segment: &SegmentTerms, needles: &[String]) -> Vec<(ArticleId, u32)> {
    let mut counts = needles.iter().map(|needle| counts(segment, needle));
    let mut least = counts.next().unwrap_or_default();
    for counts in counts {
        for (least, count) in least.iter_mut().zip(counts) {
            *least = count.min(*least);
        }
    }
    let ids = (segment.first()..).map(ArticleId);
    ids.zip(least).filter(|(_, count)| *count > 0).collect()
}

/// Returns, for each article of a segment, how often it contains terms that match the needle.
fn counts(segment: &SegmentTerms, needle: &str) -> Vec<u32> {
    let mut counts = vec![0; segment.len()];
    let mut last = None;
    for at in memchr::memmem::find_iter(segment.dictionary().as_bytes(), needle) {
        // A needle with an edge begins at the line feed before its term.
        let inside = at + usize::from(needle.starts_with('\n'));
        let number = segment.number_at(inside);
        if last.replace(number) == Some(number) {
            continue;
        }
        for (id, count) in segment.postings_at(number) {
            if let Some(slot) = counts.get_mut((id.0 - segment.first()) as usize) {
                *slot += count;
            }
        }
    }
    counts
}
