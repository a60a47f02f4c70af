//! Finds the title of an article: the best line above the body, the title that the record gives, or
//! a short form of the first sentence.

use crate::ingest::Given;
use crate::model::{BlockKind, Excerpt, Title};
use crate::text::{ByteSpan, fold, head, letters, words};

use super::extent::has_inner_stop;
use super::header::PageState;
use super::units::Role;

/// Minimum and maximum number of words of a title that is derived from the first sentence. The
/// maximum is about what fits one line of a list.
const DERIVED_WORDS: std::ops::RangeInclusive<usize> = 5..=14;

/// A line becomes the title instead of the best line above it only if its score is higher by more
/// than this. The lines below a title often repeat its words.
const MIN_SCORE_LEAD: usize = 5;

/// Number of bytes at the start of the body whose words a possible title is compared with.
const SAMPLE: usize = 1_500;

impl PageState<'_> {
    /// Finds the line that is the title, and stores its index in `title`. If the record gives a
    /// title, this is the line with the same words. Otherwise it is the best line above the body.
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
        let fits: Vec<usize> = (0..self.body.start)
            .filter(|at| self.may_be_title(*at))
            .collect();
        if let [_, _, ..] = *fits {
            self.title = self.best_title(&fits);
        } else {
            self.title = fits.first().copied();
        }
    }

    /// Returns whether the line with index `at` may be the title: it has the length of a title, and
    /// is no section, name or list item.
    fn may_be_title(&self, at: usize) -> bool {
        let Some(unit) = self.units.get(at).filter(|unit| unit.is_text()) else {
            return false;
        };
        let size = 8..=250;
        let text = self.words(at);
        size.contains(&text.len())
            && !unit.is_bullet()
            && text.split_whitespace().nth(1).is_some()
            && !self.is_section(text)
            && !self.is_byline(at)
    }

    /// Returns the index of the line with the best title score. `fits` are the indices of the lines
    /// to choose from, in ascending order.
    fn best_title(&self, fits: &[usize]) -> Option<usize> {
        let vocabulary = self.vocabulary();
        let mut best: Option<(usize, usize)> = None;
        for at in fits.iter().copied() {
            let score = self.title_score(at, &vocabulary);
            if best.is_none_or(|(known, _)| score > known + MIN_SCORE_LEAD) {
                best = Some((score, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// Returns the stems of the longer words at the start of the body, as sorted hashes.
    fn vocabulary(&self) -> Vec<u64> {
        let start = self
            .units
            .get(self.body.start)
            .map_or(0, |unit| unit.span.start as usize);
        let body = self.text.get(start..).unwrap_or_default();
        let mut stems: Vec<u64> = stems(head(body, SAMPLE)).collect();
        stems.sort_unstable();
        stems
    }

    /// Returns a score that says how well the line with index `at` fits as the title, by the words
    /// that it shares with the body and by its position. `vocabulary` holds the stems of the body.
    fn title_score(&self, at: usize, vocabulary: &[u64]) -> usize {
        let text = self.words(at);
        let count = text.split_whitespace().count();
        let (mut long, mut shared) = (0, 0);
        for stem in stems(text) {
            long += 1;
            shared += usize::from(vocabulary.binary_search(&stem).is_ok());
        }
        let share = (shared * 10).checked_div(long).unwrap_or(0);
        let near =
            (at + 1..=at + 5).any(|i| matches!(self.role(i), Some(Role::Date | Role::Byline)));
        let dated = at > 0 && self.role(at - 1) == Some(Role::Date);
        let mut score = share + shared.min(4) + count.min(8);
        for (holds, weight) in [(near, 5), (dated, 4)] {
            score += if holds { weight } else { 0 };
        }
        let against = [
            (text.ends_with('.'), 6),
            (has_inner_stop(text), 4),
            (self.role(at + 1) == Some(Role::PhotoCredit), 8),
        ];
        for (holds, weight) in against {
            score = score.saturating_sub(if holds { weight } else { 0 });
        }
        score
    }

    /// Stores the title in the structure: the line that was found, or else the title that the
    /// record gives, or else one that is derived from the first paragraph.
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

    /// Returns `end`, the byte at which a derived title is to be cut from `words`, moved back so
    /// that the title does not end with function words (`untuk`, `the`).
    fn without_grammar(&self, words: &str, mut end: usize) -> usize {
        let cut = words.get(end..).is_some_and(|rest| rest.starts_with(' '));
        let pack = self.language.and_then(|lang| self.rules.packs.get(lang));
        let Some(pack) = pack.filter(|_| cut) else {
            return end;
        };
        while let Some((before, last)) = words.get(..end).and_then(|kept| kept.rsplit_once(' ')) {
            if !pack.words.is_stop(&last.to_lowercase()) {
                break;
            }
            end = before.trim_end().len();
        }
        end
    }

    /// Returns the span of a title that is derived from the text: the beginning of the first
    /// paragraph after its dateline, cut where a clause ends.
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
        let words = span.of(self.text);
        let end = self.without_grammar(words, clause_end(words));
        Some(ByteSpan::new(
            span.start as usize,
            span.start as usize + end,
        ))
        .filter(|span| !span.is_empty())
    }
}

/// Returns a hash of the first letters of each longer word of `text`, folded. This is enough to
/// match `Putin's` with `Putin`.
fn stems(text: &str) -> impl Iterator<Item = u64> + '_ {
    const LETTERS: usize = 7;
    let long = words(text).filter(|word| word.text.len() > 3);
    long.map(|word| {
        let head = word.text.get(..LETTERS).filter(|head| head.is_ascii());
        let stem = head.or_else(|| {
            let (end, _) = word.text.char_indices().nth(LETTERS)?;
            word.text.get(..end)
        });
        letters::hash_word(stem.unwrap_or(word.text))
    })
}

/// Returns the byte offset at which to cut the first sentence of `text` so that it reads like a
/// title.
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
