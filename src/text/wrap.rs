//! Wraps a paragraph into lines of a given width, as byte ranges of its text.

use std::ops::Range;

use super::width::{Cell, cells};

/// Extra columns that are drawn before one cell (for example a footnote number). A line break never
/// separates them from that cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Insert {
    /// Byte offset in the text of the cell before which the extra columns are drawn.
    pub at: usize,
    /// Number of extra columns.
    pub width: u16,
}

/// Wraps `text` into lines of at most `width` columns and returns the byte range of each, without
/// white space at its edges.
///
/// A line breaks at white space, after a hyphen, dash or slash, and between wide letters. It breaks
/// inside a word only if the word is wider than a line. `inserts` must be in text order. Takes
/// linear time. Empty text gives no lines.
pub fn wrap(text: &str, width: u16, inserts: &[Insert]) -> Vec<Range<usize>> {
    let mut lines = Lines::new(width.max(1));
    let mut inserts = inserts.iter().peekable();
    for cell in cells(text) {
        let mut extra = 0;
        while let Some(insert) = inserts.next_if(|insert| insert.at < cell.end) {
            extra += insert.width;
        }
        lines.add(&cell, extra);
    }
    lines.finish()
}

/// Characters that must not begin a line, in scripts without spaces between words. The characters
/// of [`NEVER_LAST`] must not end one.
const NEVER_FIRST: &str = "、。，．」』）】〉》！？：；”’…ー";
const NEVER_LAST: &str = "「『（【〈《“‘";

#[derive(Clone, Copy)]
struct Break {
    end: usize,
    next: usize,
    /// Number of columns from the start of the line up to `next`.
    columns: u16,
}

struct Lines {
    width: u16,
    done: Vec<Range<usize>>,
    start: usize,
    end: usize,
    columns: u16,
    last_break: Option<Break>,
    /// Whether a line must not be broken behind the last cell.
    forbids_break: bool,
    follows_letter: bool,
}

impl Lines {
    fn new(width: u16) -> Self {
        Self {
            width,
            done: Vec::new(),
            start: 0,
            end: 0,
            columns: 0,
            last_break: None,
            forbids_break: true,
            follows_letter: false,
        }
    }

    fn add(&mut self, cell: &Cell<'_>, extra: u16) {
        if cell.is_space() {
            return self.add_space(cell, extra);
        }
        let is_wide = cell.width > 1;
        if is_wide && !self.forbids_break && !NEVER_FIRST.contains(&*cell.shown) {
            self.record_break(cell.start, cell.start);
        }
        let columns = cell.width + extra;
        while self.columns > 0 && self.columns + columns > self.width {
            self.end_line(cell.start);
        }
        if self.columns == 0 {
            self.start = cell.start;
        }
        self.columns += columns;
        self.end = cell.end;
        self.forbids_break = NEVER_LAST.contains(&*cell.shown);
        // A hyphen inside a number is no break opportunity, so a date stays whole.
        if self.follows_letter && matches!(&*cell.shown, "-" | "–" | "—" | "/") {
            self.record_break(cell.end, cell.end);
        }
        self.follows_letter = cell
            .shown
            .chars()
            .next_back()
            .is_some_and(char::is_alphabetic);
    }

    fn add_space(&mut self, cell: &Cell<'_>, extra: u16) {
        if self.columns == 0 {
            return;
        }
        self.columns = self.columns.saturating_add(1 + extra);
        self.last_break = Some(Break {
            end: cell.start,
            next: cell.end,
            columns: self.columns,
        });
        self.forbids_break = true;
        self.follows_letter = false;
    }

    fn record_break(&mut self, end: usize, next: usize) {
        if self.columns > 0 {
            self.last_break = Some(Break {
                end,
                next,
                columns: self.columns,
            });
        }
    }

    fn end_line(&mut self, cell_start: usize) {
        let at = self.last_break.take().unwrap_or(Break {
            end: cell_start,
            next: cell_start,
            columns: self.columns,
        });
        self.done.push(self.start..at.end);
        self.start = at.next;
        self.columns -= at.columns.min(self.columns);
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        if self.columns > 0 && self.end > self.start {
            self.done.push(self.start..self.end);
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;

    fn lines(text: &str, columns: u16) -> Vec<&str> {
        wrap(text, columns, &[])
            .into_iter()
            .map(|line| &text[line])
            .collect()
    }

    #[test]
    fn lines_break_where_a_reader_expects() {
        let cases: &[(&str, u16, &[&str])] = &[
            ("", 10, &[]),
            ("  \n ", 10, &[]),
            ("satu dua tiga", 8, &["satu dua", "tiga"]),
            ("satu  dua\ntiga", 9, &["satu  dua", "tiga"]),
            ("berkepanjangan ya", 5, &["berke", "panja", "ngan", "ya"]),
            ("Kim Jong-un tiba", 9, &["Kim Jong-", "un tiba"]),
            ("pada 2024-03-05", 12, &["pada", "2024-03-05"]),
            ("平壤共同宣言", 5, &["平壤", "共同", "宣言"]),
            ("平壤、共同", 4, &["平", "壤、", "共同"]),
            ("di 平壤 kata", 6, &["di 平", "壤", "kata"]),
            ("👨‍👩‍👧👨‍👩‍👧", 2, &["👨‍👩‍👧", "👨‍👩‍👧"]),
        ];
        for (text, columns, expected) in cases {
            assert_eq!(&lines(text, *columns), expected, "{text:?} in {columns}");
        }
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost() {
        let text = "“Saya sangat yakin,” ujar Kim — di 平壤 — kepada e\u{301}lite 👨‍👩‍👧. \u{1b}[0m";
        for columns in 2..40 {
            let found = lines(text, columns);
            assert!(found.iter().all(|line| width(line) <= columns), "{columns}");
            let words = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(words(&found.concat()), words(text));
        }
    }

    #[test]
    fn an_insert_takes_room_and_stays_with_its_word() {
        let text = "kata Kim";
        let insert = Insert { at: 5, width: 2 };
        assert_eq!(wrap(text, 8, &[]).len(), 1);
        assert_eq!(wrap(text, 8, &[insert]), [0..4, 5..8]);
    }
}
