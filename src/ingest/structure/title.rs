//! The title: the line above the body that fits it best, what the record gives, or a short form of
//! the first sentence.

use std::collections::HashSet;

use crate::ingest::Given;
use crate::language::Cue;
use crate::model::{BlockKind, Excerpt, Title};
use crate::text::{ByteSpan, fold, words};

use super::header::{Page, has_inner_stop};
use super::role::Role;

/// Words of a derived title: about what fits one line of a list.
const DERIVED_WORDS: std::ops::RangeInclusive<usize> = 5..=14;

/// What stands below the title often repeats its words: a lower line must be better by this much.
const UPPER: i32 = 5;

/// Bytes of the body whose words a title is compared with.
const SAMPLE: usize = 1_500;

impl Page<'_> {
    /// Chooses the title among the units above the body.
    pub(super) fn find_title(&mut self, given: &Given) {
        if let Some(wanted) = given.title.as_deref() {
            let wanted = fold(wanted.trim());
            let near = self.units.len().min(60);
            self.title = (0..near).find(|at| {
                let words = self.words(*at);
                words.len() < 400 && fold(words) == wanted
            });
            if let Some(at) = self.title.filter(|at| *at >= self.body.start) {
                self.body.start = at + 1;
                self.body.end = self.body.end.max(self.body.start);
            }
            return;
        }
        let vocabulary = self.vocabulary();
        let mut best: Option<(i32, usize)> = None;
        for at in 0..self.body.start.min(self.units.len()) {
            if let Some(score) = self.title_score(at, &vocabulary)
                && best.is_none_or(|(known, _)| score > known + UPPER)
            {
                best = Some((score, at));
            }
        }
        self.title = best.map(|(_, at)| at);
    }

    fn vocabulary(&self) -> HashSet<String> {
        let Some(first) = self.units.get(self.body.start) else {
            return HashSet::new();
        };
        let start = first.span.start as usize;
        let mut end = (start + SAMPLE).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let sample = self.text.get(start..end).unwrap_or_default();
        words(sample)
            .filter(|word| word.text.len() > 3)
            .map(|word| stem(word.text))
            .collect()
    }

    /// How well unit `at` would do as the title; `None` where it cannot be one.
    fn title_score(&self, at: usize, vocabulary: &HashSet<String>) -> Option<i32> {
        let unit = self.units.get(at)?;
        let text = self.words(at);
        let count = text.split_whitespace().count();
        let section = self
            .rules
            .cues
            .opening(text)
            .is_some_and(|o| o.is_whole() && o.is(Cue::Section));
        if !unit.is_text() || section || text.len() > 250 || text.len() < 8 || count < 2 {
            return None;
        }
        let long: Vec<_> = words(text).filter(|word| word.text.len() > 3).collect();
        let shared = long
            .iter()
            .filter(|word| vocabulary.contains(&stem(word.text)))
            .count();
        let share = (shared * 10).checked_div(long.len()).unwrap_or(0);
        let near = |role: Role| (at + 1..=at + 5).any(|i| self.role(i) == Some(role));
        let mut score = i32::try_from(share + shared.min(4) + count.min(8)).unwrap_or(0);
        score += if near(Role::Date) || near(Role::Byline) {
            5
        } else {
            0
        };
        score += if at > 0 && self.role(at - 1) == Some(Role::Date) {
            4
        } else {
            0
        };
        score -= if unit.is_bullet() { 12 } else { 0 };
        score -= if text.ends_with('.') { 6 } else { 0 };
        score -= if has_inner_stop(text) { 4 } else { 0 };
        score -= if self.is_byline(at) { 10 } else { 0 };
        score -= if self.role(at + 1) == Some(Role::PhotoCredit) {
            8
        } else {
            0
        };
        (score > 0).then_some(score)
    }

    /// The title as the structure has it.
    pub(super) fn finish_title(&mut self, given: &Given) {
        if let Some(unit) = self.title.and_then(|at| self.units.get(at)) {
            self.structure.title = Some(Title {
                text: Excerpt::Span(unit.span),
                derived: false,
            });
        } else if let Some(title) = given
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty())
        {
            self.structure.title = Some(Title {
                text: Excerpt::Given(title.trim().into()),
                derived: false,
            });
        } else {
            self.structure.title = self.derived().map(|span| Title {
                text: Excerpt::Span(span),
                derived: true,
            });
        }
    }

    /// The beginning of the first paragraph behind its dateline, cut where a clause ends.
    fn derived(&self) -> Option<ByteSpan> {
        let first = self
            .structure
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph);
        let start = self
            .structure
            .dateline
            .as_ref()
            .map_or(0, |dateline| dateline.span.end);
        let block = first
            .map(|block| block.span)
            .find(|span| span.end > start)?;
        let span = ByteSpan {
            start: block.start.max(start),
            end: block.end,
        }
        .trim(self.text);
        let end = clause_end(span.of(self.text));
        Some(ByteSpan::new(
            span.start as usize,
            span.start as usize + end,
        ))
        .filter(|span| !span.is_empty())
    }
}

/// A word's first letters: enough to know `mengatakan` from `dikatakan` no more, but `Putin's` as
/// `Putin`.
fn stem(word: &str) -> String {
    fold(word).chars().take(7).collect()
}

/// Where to cut the first sentence of `words` so that it reads like a title.
fn clause_end(text: &str) -> usize {
    let (mut clause, mut last, mut count) = (None, 0, 0);
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + word.len();
        count += 1;
        if count > *DERIVED_WORDS.end() {
            break;
        }
        let bare = word.trim_end_matches([
            '.', ',', ';', ':', '!', '?', '…', '”', '"', '’', '-', '–', '—',
        ]);
        last = if bare.is_empty() {
            last
        } else {
            start + bare.len()
        };
        let stop = word.len() > bare.len();
        let sentence = stop
            && bare.len() > 3
            && word
                .trim_end_matches(['”', '"', '’'])
                .ends_with(['.', '?', '!']);
        if sentence || end == text.len() {
            return last;
        }
        if stop && count >= *DERIVED_WORDS.start() {
            clause = Some(last);
        }
    }
    clause.unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_title_ends_with_a_clause() {
        for (text, title) in [
            (
                "Presiden Rimbara menerima undangan, kata juru bicara.",
                "Presiden Rimbara menerima undangan, kata juru bicara",
            ),
            (
                "Warga Kota Ambar kian resah. Terbaru, hujan turun.",
                "Warga Kota Ambar kian resah",
            ),
            (
                "Gubernur meresmikan jembatan baru di hulu, yang dibangun selama lima tahun oleh pemerintah kota dan para warga desa.",
                "Gubernur meresmikan jembatan baru di hulu",
            ),
        ] {
            assert_eq!(&text[..clause_end(text)], title);
        }
    }
}
