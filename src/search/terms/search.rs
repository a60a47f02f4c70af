//! `text:` by the term index: the articles that may hold some words, found by their terms.
//!
//! `text:` means the words as they stand, inside longer words too. So the first term of a phrase
//! must end a term of the article, the last must begin one, those between must be whole; a single
//! one may stand anywhere in a term. What that leaves is checked against the text where it has to.

use rayon::prelude::*;

use super::Terms;
use super::build::{SegmentTerms, terms_of};
use crate::model::ArticleId;
use crate::search::query::Pattern;

/// The articles that may hold a pattern's words.
#[derive(Clone, Debug)]
pub(crate) struct TextHits {
    /// The score by BM25 of each article of the index; `None` where it does not hold the terms.
    /// Every article that is left is asked for.
    scores: Vec<Option<f32>>,
    /// Whether the terms settle it, or the text has to be looked at.
    is_settled: bool,
}

impl TextHits {
    /// The score of an article; `None` where it does not hold the terms.
    pub(crate) fn score(&self, id: ArticleId) -> Option<f32> {
        *self.scores.get(id.0 as usize)?
    }

    /// Whether the article is in the index.
    pub(crate) fn covers(&self, id: ArticleId) -> bool {
        (id.0 as usize) < self.scores.len()
    }

    /// Whether an article with a score holds the words for certain.
    pub(crate) fn is_settled(&self) -> bool {
        self.is_settled
    }
}

/// The articles that may hold the pattern's words; `None` where it has no term to go by.
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
    // A phrase counts as one term: how often its rarest word stands in the article.
    let holding = counted.iter().map(Vec::len).sum();
    let mut scores = vec![None; terms.articles()];
    for (id, count) in counted.into_iter().flatten() {
        if let Some(slot) = scores.get_mut(id.0 as usize) {
            *slot = Some(terms.bm25(holding, count, terms.length(id)));
        }
    }
    Some(TextHits { scores, is_settled })
}

/// What to look for in a dictionary for each term; a line end stands at the edges of a term.
fn needles(wanted: &[String]) -> Vec<String> {
    let last = wanted.len() - 1;
    let edge = |is_edge: bool| if is_edge { "\n" } else { "" };
    let needle =
        |(at, term): (usize, &String)| format!("{}{term}{}", edge(at > 0), edge(at < last));
    wanted.iter().enumerate().map(needle).collect()
}

/// The articles of a segment that hold a term for each needle, with the count of the rarest.
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

/// How often each article of a segment holds terms in which the needle stands.
fn counts(segment: &SegmentTerms, needle: &str) -> Vec<u32> {
    let mut counts = vec![0; segment.len()];
    let mut last = None;
    for at in memchr::memmem::find_iter(segment.dictionary().as_bytes(), needle) {
        // A needle with an edge begins on the line end before its term.
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
