//! Computes where an article matches a query, for the rows on screen and the open article.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::fold_map::{FoldMap, in_order};
use super::key_line::{KeyLine, Part};
use super::passages::passages;
use super::query::{Pattern, Query, Test};
use crate::model::Article;
use crate::text::ByteSpan;

/// The ranges where an article matches. All ranges are in bytes, sorted by start, without overlaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    /// Ranges in [`Article::title`].
    pub title: Vec<Range<usize>>,
    /// Ranges in [`Article::outlet`].
    pub outlet: Vec<Range<usize>>,
    /// Ranges in the date as `YYYY-MM-DD`, or as much of it as is known.
    pub date: Vec<Range<usize>>,
    /// Ranges in the names of the quoted speakers, each once, joined by `; `.
    pub speakers: Vec<Range<usize>>,
    /// Spans in the article's text: matches of `text:` and `said:`, and the words of the other
    /// terms where the text contains them.
    pub text: Vec<ByteSpan>,
    /// The quotations that `said:` or `speaker:` matched, as indices into `Article::quotes`.
    pub quotes: Vec<u32>,
}

impl Highlights {
    /// Returns the matching ranges in one part of the key line.
    pub fn part(&self, part: Part) -> &[Range<usize>] {
        match part {
            Part::Title => &self.title,
            Part::Outlet => &self.outlet,
            Part::Date => &self.date,
            Part::Speakers => &self.speakers,
        }
    }

    /// Returns the parts of the key line that have a match.
    pub fn matched(&self) -> impl Iterator<Item = Part> {
        Part::ALL
            .into_iter()
            .filter(|part| !self.part(*part).is_empty())
    }

    fn push(&mut self, part: Part, ranges: impl IntoIterator<Item = Range<usize>>) {
        let list = match part {
            Part::Title => &mut self.title,
            Part::Outlet => &mut self.outlet,
            Part::Date => &mut self.date,
            Part::Speakers => &mut self.speakers,
        };
        list.extend(ranges);
    }

    fn merge(&mut self) {
        for list in [
            &mut self.title,
            &mut self.outlet,
            &mut self.date,
            &mut self.speakers,
        ] {
            merge(
                list,
                |range| (range.start, range.end),
                |start, end| start..end,
            );
        }
        let ends = |span: &ByteSpan| (span.start as usize, span.end as usize);
        merge(&mut self.text, ends, ByteSpan::new);
        self.quotes.sort_unstable();
        self.quotes.dedup();
    }
}

/// Computes where `article` matches `query`, including its text. Searches the whole text, so use it
/// for the open article and not for a corpus.
pub fn highlights(query: &Query, article: &Article) -> Highlights {
    let mut found = line_highlights(query, article);
    for term in &query.positive_terms() {
        match &term.test {
            Test::Speaker(pattern, _) => highlight_speaker(&mut found, article, pattern),
            Test::Said(pattern) => highlight_said(&mut found, article, pattern),
            _ => {}
        }
    }
    highlight_text(&mut found, article, query);
    found.merge();
    found
}

/// Computes where the key line of `article` (title, outlet, date, speakers) matches `query`. For
/// the rows on screen; does not search the text.
pub fn line_highlights(query: &Query, article: &Article) -> Highlights {
    let mut found = Highlights::default();
    let line = KeyLine::of(article);
    // The line is folded once and each word is searched for once: a pasted query has hundreds of
    // words, and every row is highlighted at every draw.
    let map = LazyCell::new(|| FoldMap::new(&line.text));
    let mut seen = HashSet::new();
    for term in &query.positive_terms() {
        match &term.test {
            Test::Fuzzy(pattern) if seen.insert((pattern.folded(), pattern.cased())) => {
                highlight_letters(&mut found, (&line, &map), pattern);
            }
            Test::Exact(pattern, _) => highlight_parts(&mut found, &line, pattern, &Part::ALL),
            Test::Title(pattern, _) => highlight_parts(&mut found, &line, pattern, &[Part::Title]),
            Test::Outlet(pattern, _) => {
                highlight_parts(&mut found, &line, pattern, &[Part::Outlet]);
            }
            Test::Speaker(pattern, _) => {
                highlight_parts(&mut found, &line, pattern, &[Part::Speakers]);
            }
            _ => {}
        }
    }
    found.merge();
    found
}

/// Adds the matches of a fuzzy word in the key line to `found`: the places that contain the word as
/// typed if there are any, otherwise its letters one by one.
fn highlight_letters(found: &mut Highlights, (line, map): (&KeyLine, &FoldMap), pattern: &Pattern) {
    let whole = map.find(pattern);
    if !whole.is_empty() {
        return highlight_line(found, line, &whole);
    }
    if !in_order(&line.text, pattern) {
        return;
    }
    let matched = SkimMatcherV2::default().fuzzy_indices(map.folded(), pattern.folded());
    if let Some((_, indices)) = matched {
        highlight_line(found, line, &map.letters_at(&indices));
    }
}

/// Splits matching ranges of the whole key line at the borders of its parts, and adds them to
/// `found`.
fn highlight_line(found: &mut Highlights, line: &KeyLine, ranges: &[Range<usize>]) {
    for part in Part::ALL {
        let place = line.range(part);
        let inside = ranges.iter().filter_map(|range| {
            let (start, end) = (range.start.max(place.start), range.end.min(place.end));
            (start < end).then(|| start - place.start..end - place.start)
        });
        found.push(part, inside);
    }
}

fn highlight_parts(found: &mut Highlights, line: &KeyLine, pattern: &Pattern, parts: &[Part]) {
    for part in parts {
        let words = line.text.get(line.range(*part)).unwrap_or("");
        found.push(*part, FoldMap::new(words).find(pattern));
    }
}

fn highlight_speaker(found: &mut Highlights, article: &Article, pattern: &Pattern) {
    for (index, quote) in (0..).zip(&article.quotes) {
        let mut names = quote.speakers.iter().map(|span| span.of(&article.text));
        if names.any(|name| !FoldMap::new(name).find(pattern).is_empty()) {
            found.quotes.push(index);
        }
    }
}

fn highlight_said(found: &mut Highlights, article: &Article, pattern: &Pattern) {
    for (index, quote) in (0..).zip(&article.quotes) {
        let before = found.text.len();
        highlight_span(&mut found.text, article, quote.span, &[pattern]);
        if found.text.len() > before {
            found.quotes.push(index);
        }
    }
}

fn highlight_text(found: &mut Highlights, article: &Article, query: &Query) {
    let terms = query.positive_terms();
    let words: Vec<_> = terms
        .iter()
        .filter_map(|term| match &term.test {
            Test::Fuzzy(words)
            | Test::Exact(words, _)
            | Test::Title(words, _)
            | Test::Speaker(words, _)
            | Test::Text(words) => Some(words),
            _ => None,
        })
        .collect();
    if !words.is_empty() {
        for span in passages(article) {
            highlight_span(&mut found.text, article, span, &words);
        }
    }
}

fn highlight_span(text: &mut Vec<ByteSpan>, article: &Article, span: ByteSpan, words: &[&Pattern]) {
    let map = FoldMap::new(span.of(&article.text));
    let start = span.start as usize;
    for pattern in words {
        let found = map.find(pattern).into_iter();
        text.extend(found.map(|range| ByteSpan::new(start + range.start, start + range.end)));
    }
}

/// Sorts ranges and merges those that overlap or touch.
fn merge<T>(
    list: &mut Vec<T>,
    ends: impl Fn(&T) -> (usize, usize),
    make: impl Fn(usize, usize) -> T,
) {
    let mut ranges: Vec<_> = list.iter().map(ends).collect();
    ranges.sort_unstable();
    ranges.dedup_by(|next, last| {
        let touches = next.0 <= last.1;
        last.1 = if touches { last.1.max(next.1) } else { last.1 };
        touches
    });
    *list = ranges
        .into_iter()
        .map(|(start, end)| make(start, end))
        .collect();
}
