//! Where an article matches a query, for the rows that are visible.

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

/// Where an article matches. All ranges are bytes, by start, without overlaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    /// In [`Article::title`].
    pub title: Vec<Range<usize>>,
    /// In [`Article::outlet`].
    pub outlet: Vec<Range<usize>>,
    /// In the date as `YYYY-MM-DD`, as far as it is known.
    pub date: Vec<Range<usize>>,
    /// In the names of those quoted, each once, joined by `; `.
    pub speakers: Vec<Range<usize>>,
    /// In the article's text: what `text:` and `said:` found, and the words of the other terms as
    /// they stand there.
    pub text: Vec<ByteSpan>,
    /// The quotations that `said:` or `speaker:` found, as places in `Article::quotes`.
    pub quotes: Vec<u32>,
}

impl Highlights {
    /// The ranges in one part of the key line.
    pub fn part(&self, part: Part) -> &[Range<usize>] {
        match part {
            Part::Title => &self.title,
            Part::Outlet => &self.outlet,
            Part::Date => &self.date,
            Part::Speakers => &self.speakers,
        }
    }

    /// The parts of the key line that match.
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

/// Where `article` matches `query`. Looks through the article's whole text: for the article that
/// is open, not for a corpus.
pub fn highlights(query: &Query, article: &Article) -> Highlights {
    let mut found = line_highlights(query, article);
    for term in &query.positive_terms() {
        match &term.test {
            Test::Speaker(pattern, _) => light_speaker(&mut found, article, pattern),
            Test::Said(pattern) => light_said(&mut found, article, pattern),
            _ => {}
        }
    }
    light_text(&mut found, article, query);
    found.merge();
    found
}

/// Where the key line of `article` (title, outlet, date, speakers) matches `query`: for the rows
/// on the screen. Takes no look at the text.
pub fn line_highlights(query: &Query, article: &Article) -> Highlights {
    let mut found = Highlights::default();
    let line = KeyLine::of(article);
    // Folded once, and each word looked for once: a pasted query has hundreds of them, and every
    // row is lit at every draw.
    let map = LazyCell::new(|| FoldMap::new(&line.text));
    let mut seen = HashSet::new();
    for term in &query.positive_terms() {
        match &term.test {
            Test::Fuzzy(pattern) if seen.insert((pattern.folded(), pattern.cased())) => {
                light_letters(&mut found, (&line, &map), pattern);
            }
            Test::Exact(pattern, _) => light_parts(&mut found, &line, pattern, &Part::ALL),
            Test::Title(pattern, _) => light_parts(&mut found, &line, pattern, &[Part::Title]),
            Test::Outlet(pattern, _) => light_parts(&mut found, &line, pattern, &[Part::Outlet]),
            Test::Speaker(pattern, _) => {
                light_parts(&mut found, &line, pattern, &[Part::Speakers]);
            }
            _ => {}
        }
    }
    found.merge();
    found
}

/// Lights a fuzzy word: where it stands as one word, there; else letter by letter.
fn light_letters(found: &mut Highlights, (line, map): (&KeyLine, &FoldMap), pattern: &Pattern) {
    let whole = map.find(pattern);
    if !whole.is_empty() {
        return light_line(found, line, &whole);
    }
    if !in_order(&line.text, pattern) {
        return;
    }
    let matched = SkimMatcherV2::default().fuzzy_indices(map.folded(), pattern.folded());
    if let Some((_, indices)) = matched {
        light_line(found, line, &map.letters_at(&indices));
    }
}

/// Lights ranges of the whole line in the parts that they fall in.
fn light_line(found: &mut Highlights, line: &KeyLine, ranges: &[Range<usize>]) {
    for part in Part::ALL {
        let place = line.range(part);
        let inside = ranges.iter().filter_map(|range| {
            let (start, end) = (range.start.max(place.start), range.end.min(place.end));
            (start < end).then(|| start - place.start..end - place.start)
        });
        found.push(part, inside);
    }
}

fn light_parts(found: &mut Highlights, line: &KeyLine, pattern: &Pattern, parts: &[Part]) {
    for part in parts {
        let words = line.text.get(line.range(*part)).unwrap_or("");
        found.push(*part, FoldMap::new(words).find(pattern));
    }
}

fn light_speaker(found: &mut Highlights, article: &Article, pattern: &Pattern) {
    for (index, quote) in (0..).zip(&article.quotes) {
        let mut names = quote.speakers.iter().map(|span| span.of(&article.text));
        if names.any(|name| !FoldMap::new(name).find(pattern).is_empty()) {
            found.quotes.push(index);
        }
    }
}

fn light_said(found: &mut Highlights, article: &Article, pattern: &Pattern) {
    for (index, quote) in (0..).zip(&article.quotes) {
        let before = found.text.len();
        light_span(&mut found.text, article, quote.span, &[pattern]);
        if found.text.len() > before {
            found.quotes.push(index);
        }
    }
}

fn light_text(found: &mut Highlights, article: &Article, query: &Query) {
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
            light_span(&mut found.text, article, span, &words);
        }
    }
}

fn light_span(text: &mut Vec<ByteSpan>, article: &Article, span: ByteSpan, words: &[&Pattern]) {
    let map = FoldMap::new(span.of(&article.text));
    let start = span.start as usize;
    for pattern in words {
        let found = map.find(pattern).into_iter();
        text.extend(found.map(|range| ByteSpan::new(start + range.start, start + range.end)));
    }
}

/// Sorts ranges and joins those that touch.
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
