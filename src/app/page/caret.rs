//! Moves the caret, which is the end of a selection, over a page by cells, words and rows.

use super::{Page, Row, RowKind, Spot};
use crate::model::Article;
use crate::text::cells;

/// A motion of the caret on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Moves one cell, which is a displayed character, towards the beginning.
    Left,
    /// Moves one cell, which is a displayed character, towards the end.
    Right,
    /// Moves to the beginning of the current or previous word.
    WordLeft,
    /// Moves to the beginning of the next word.
    WordRight,
    /// Moves to the beginning of the row.
    LineStart,
    /// Moves to the end of the row.
    LineEnd,
    /// Moves to a row, in the same column if possible.
    Row(usize),
}

impl Page {
    /// Returns the spot that a step from `spot` reaches. At the beginning and the end of the page,
    /// the caret stays where it is.
    pub fn step(&self, article: &Article, spot: Spot, step: Step) -> Spot {
        let row = self.row_of(spot);
        match step {
            Step::Left => self.previous(article, row, spot),
            Step::Right => self.next(article, row, spot),
            Step::WordLeft => self.walk(article, spot, Self::previous),
            Step::WordRight => self.walk(article, spot, Self::next),
            Step::LineStart => self.spot_of_row(row),
            Step::LineEnd => self.last_of(article, row),
            Step::Row(to) => self.same_column(article, spot, to),
        }
    }

    fn starts(&self, article: &Article, row: usize) -> Vec<u32> {
        let words = self.rows.get(row).map(|row| (row.span.start, row.span));
        words.map_or_else(Vec::new, |(start, span)| {
            cells(self.words(article, span))
                .map(|cell| start + cell.start as u32)
                .collect()
        })
    }

    fn last_of(&self, article: &Article, row: usize) -> Spot {
        let mut spot = self.spot_of_row(row);
        spot.at = self.starts(article, row).last().copied().unwrap_or(spot.at);
        spot
    }

    fn next(&self, article: &Article, row: usize, spot: Spot) -> Spot {
        let next = self
            .starts(article, row)
            .into_iter()
            .find(|at| *at > spot.at);
        match next {
            Some(at) => Spot { at, ..spot },
            None => self
                .words_row(row + 1..self.rows.len())
                .map_or(spot, |row| self.spot_of_row(row)),
        }
    }

    fn previous(&self, article: &Article, row: usize, spot: Spot) -> Spot {
        let mut starts = self.starts(article, row).into_iter();
        match starts.rfind(|at| *at < spot.at) {
            Some(at) => Spot { at, ..spot },
            None => self
                .words_row((0..row).rev())
                .map_or(spot, |row| self.last_of(article, row)),
        }
    }

    /// Repeats `step` until the caret is at the beginning of a word, and returns that spot.
    fn walk(
        &self,
        article: &Article,
        from: Spot,
        step: impl Fn(&Self, &Article, usize, Spot) -> Spot,
    ) -> Spot {
        let mut spot = from;
        loop {
            let next = step(self, article, self.row_of(spot), spot);
            if next == spot || self.begins_word(article, next) {
                return next;
            }
            spot = next;
        }
    }

    fn begins_word(&self, article: &Article, spot: Spot) -> bool {
        let row = self.row_of(spot);
        let Some(start) = self.rows.get(row).map(|row| row.span.start) else {
            return true;
        };
        let span = crate::text::ByteSpan {
            start,
            end: spot.at.max(start),
        };
        let before = self.words(article, span);
        let here = crate::text::ByteSpan {
            start: spot.at,
            end: self.rows.get(row).map_or(spot.at, |row| row.span.end),
        };
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        is_space(before.chars().next_back()) && !is_space(self.words(article, here).chars().next())
    }

    /// Returns the first of the given rows that contains words, or `None` if none does.
    pub fn words_row(&self, mut rows: impl Iterator<Item = usize>) -> Option<usize> {
        let has_words = |row: &Row| row.kind == RowKind::Words;
        rows.find(|row| self.rows.get(*row).is_some_and(has_words))
    }

    fn same_column(&self, article: &Article, spot: Spot, to: usize) -> Spot {
        let row = self.row_of(spot);
        let starts = self.starts(article, row);
        let column = starts.partition_point(|at| *at < spot.at);
        let to = to.min(self.rows.len().saturating_sub(1));
        // Blank rows are skipped in the direction of the motion.
        let target = if to >= row {
            self.words_row(to..self.rows.len())
        } else {
            self.words_row((0..=to).rev())
        };
        let Some(target) = target else {
            return spot;
        };
        let starts = self.starts(article, target);
        let at = starts.get(column.min(starts.len().saturating_sub(1)));
        Spot {
            at: at.copied().unwrap_or(self.spot_of_row(target).at),
            ..self.spot_of_row(target)
        }
    }

    /// Returns the spot directly after the displayed character at `spot`.
    pub fn cell_end(&self, article: &Article, spot: Spot) -> Spot {
        let row = self.rows.get(self.row_of(spot));
        let end = row.and_then(|row| {
            let words = self.words(article, row.span);
            let start = row.span.start;
            cells(words)
                .find(|cell| start + cell.end as u32 > spot.at)
                .map(|cell| start + cell.end as u32)
        });
        Spot {
            at: end.unwrap_or(spot.at),
            ..spot
        }
    }
}
