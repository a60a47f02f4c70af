//! The lines of a concordance: each occurrence of a keyword with the words around it.

use rayon::prelude::*;

use super::count::Hit;
use super::question::{LineOrder, MAX_LINES, WordQuestion};
use crate::model::{Article, Corpus, QuoteId};
use crate::text::{ByteSpan, fold, squeeze, words};

/// Bytes of context on either side of a line: more than fits the widest screen.
const REACH: usize = 240;
/// Number of words of context by which lines are sorted.
const DEPTH: usize = 3;

/// One occurrence of a keyword. Its context begins and ends at a word, and goes beyond the edges of
/// the quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The article and, if the occurrence is in a quotation, the outermost one.
    pub hit: Hit,
    /// The words before it, with white space squeezed.
    pub left: Box<str>,
    /// The byte offset in `left` at which the quotation begins.
    pub left_edge: usize,
    /// The words found.
    pub word: Box<str>,
    /// The words after it, with white space squeezed.
    pub right: Box<str>,
    /// The byte offset in `right` at which the quotation ends.
    pub right_edge: usize,
}

impl Line {
    /// Returns the quotation that contains the occurrence, if one does.
    pub fn quote(&self) -> Option<QuoteId> {
        let index = self.hit.quote?;
        Some(QuoteId {
            article: self.hit.article,
            index,
        })
    }
}

/// Sorts occurrences and returns the lines of the first ones. Occurrences with equal words stay in
/// the order of the corpus.
pub(super) fn sorted(
    (corpus, question): (&Corpus, &WordQuestion),
    mut hits: Vec<Hit>,
) -> Vec<Line> {
    hits.par_sort_unstable();
    if question.order != LineOrder::Corpus {
        let key = |hit: &Hit| {
            let article = corpus.get(hit.article);
            article.map_or_else(Vec::new, |article| key(article, *hit, question.order))
        };
        hits.par_sort_by_cached_key(key);
    }
    hits.truncate(MAX_LINES);
    let lines = hits.par_iter().filter_map(|hit| {
        let article = corpus.get(hit.article)?;
        Some(line(article, *hit))
    });
    lines.collect()
}

fn key(article: &Article, hit: Hit, order: LineOrder) -> Vec<String> {
    let (before, after) = around(article, hit.span);
    let text = &article.text;
    if order == LineOrder::Right {
        let near = words(after.of(text)).take(DEPTH);
        return near.map(|word| fold(word.text)).collect();
    }
    let near: Vec<_> = words(before.of(text)).collect();
    let near = near.into_iter().rev().take(DEPTH);
    near.map(|word| fold(word.text)).collect()
}

/// Returns the spans before and after an occurrence that are its context. Neither cuts a word.
fn around(article: &Article, hit: ByteSpan) -> (ByteSpan, ByteSpan) {
    let text = &article.text;
    let (start, end) = (hit.range().start, hit.range().end);
    let from = text.ceil_char_boundary(start.saturating_sub(REACH));
    let to = text.floor_char_boundary(end.saturating_add(REACH));
    let before = text.get(from..start).unwrap_or("");
    let skipped = match before.find(char::is_whitespace) {
        Some(at) if from > 0 => at,
        _ => 0,
    };
    let after = text.get(end..to).unwrap_or("");
    let kept = match after.rfind(char::is_whitespace) {
        Some(at) if to < text.len() => at,
        _ => after.len(),
    };
    (
        ByteSpan::new(from + skipped, start),
        ByteSpan::new(end, end + kept),
    )
}

fn line(article: &Article, hit: Hit) -> Line {
    let (before, after) = around(article, hit.span);
    let quote = hit.quote.and_then(|at| article.quotes.get(at as usize));
    let whole = quote.map_or(before.join(after), |quote| quote.span);
    let text = &article.text;
    let part = |from: u32, to: u32| {
        let span = ByteSpan {
            start: from,
            end: to.max(from),
        };
        squeeze_inside(span.of(text))
    };
    let edge = whole.start.clamp(before.start, before.end);
    let outside = part(before.start, edge);
    let left = format!("{outside}{}", part(edge, before.end));
    let edge = whole.end.clamp(after.start, after.end);
    let inside = part(after.start, edge);
    let right = format!("{inside}{}", part(edge, after.end));
    Line {
        hit,
        left_edge: outside.len(),
        left: left.into(),
        word: squeeze(hit.span.of(text)).into(),
        right_edge: inside.len(),
        right: right.into(),
    }
}

/// Returns a text with each run of white space as one space, also at its ends, because the text is
/// joined with others.
fn squeeze_inside(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let mut was_space = false;
    for c in text.chars() {
        let is_space = c.is_whitespace();
        if !(is_space && was_space) {
            squeezed.push(if is_space { ' ' } else { c });
        }
        was_space = is_space;
    }
    squeezed
}
