//! Computes the width of text on a terminal, one grapheme cluster at a time. Wrapping, clipping and
//! drawing all use the same iterator, so that they always agree.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::printable;

/// Maximum number of bytes of one grapheme cluster that are shown. The longest joined emoji take
/// 35; a stack of a thousand combining marks is cut.
const CLUSTER_BYTES: usize = 64;

/// One grapheme cluster as a terminal shows it, or one run of white space, shown as one space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Byte offset in the text of the first byte of the cell.
    pub start: usize,
    /// Byte offset in the text one past the last byte of the cell.
    pub end: usize,
    /// The characters to show for the cell: safe for a terminal, with one space for any run of
    /// white space.
    pub shown: Cow<'a, str>,
    /// Width of the cell in columns, at least one.
    pub width: u16,
}

impl Cell<'_> {
    /// Returns how often the cell is drawn where runs of plain spaces are kept: once per space, and
    /// once if it is anything else. `text` is the text of the cells.
    pub fn repeats(&self, text: &str) -> u16 {
        let source = text.get(self.start..self.end).unwrap_or("");
        if source.bytes().all(|byte| byte == b' ') {
            source.len().try_into().unwrap_or(u16::MAX)
        } else {
            1
        }
    }

    /// Returns whether the cell is white space.
    pub fn is_space(&self) -> bool {
        self.shown == " "
    }
}

/// Returns the cells (grapheme clusters) of `text` in order. A run of white space becomes one
/// space, control characters become visible signs, and clusters of zero width are left out. Takes
/// one forward pass.
pub fn cells(text: &str) -> Cells<'_> {
    Cells { text, at: 0 }
}

/// Returns the number of columns that `text` takes on screen.
pub fn width(text: &str) -> u16 {
    cells(text).fold(0, |sum, cell| sum.saturating_add(cell.width))
}

/// Returns the number of columns that `text` takes where runs of plain spaces are kept, as in text
/// that the program itself has aligned.
pub fn laid_width(text: &str) -> u16 {
    cells(text).fold(0, |sum, cell| {
        sum.saturating_add(cell.width.saturating_mul(cell.repeats(text)))
    })
}

/// Returns `text` as it is shown, cut to at most `max` columns, with `…` where it was cut. Reads no
/// more of `text` than fits.
pub fn clip(text: &str, max: u16) -> String {
    let (mut shown, mut used, mut fits) = (String::new(), 0, 0);
    for cell in cells(text) {
        if used + cell.width > max {
            shown.truncate(fits);
            if max > 0 {
                shown.push('…');
            }
            return shown;
        }
        used += cell.width;
        shown.push_str(&cell.shown);
        if used < max {
            fits = shown.len();
        }
    }
    shown
}

/// Returns at most the first `most` bytes of `text`, cut at a character boundary.
pub fn head(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or("")
}

/// The iterator that [`cells`] returns.
#[derive(Clone, Debug)]
pub struct Cells<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cells<'a> {
    /// Returns the cell at the current position if it is a single ASCII character. This is the
    /// common case; segmentation would cost twenty times as much.
    fn plain(&self) -> Option<Cell<'a>> {
        let bytes = self.text.as_bytes();
        let is_plain = bytes.get(self.at)?.is_ascii_graphic()
            && bytes.get(self.at + 1).is_none_or(u8::is_ascii);
        is_plain.then(|| Cell {
            start: self.at,
            end: self.at + 1,
            shown: Cow::Borrowed(&self.text[self.at..=self.at]),
            width: 1,
        })
    }

    fn space(&self) -> Option<Cell<'a>> {
        let rest = self.text.get(self.at..)?;
        let len = rest.len() - rest.trim_start().len();
        (len > 0).then_some(Cell {
            start: self.at,
            end: self.at + len,
            shown: Cow::Borrowed(" "),
            width: 1,
        })
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        loop {
            if let Some(cell) = self.plain().or_else(|| self.space()) {
                self.at = cell.end;
                return Some(cell);
            }
            let cluster = self.text.get(self.at..)?.graphemes(true).next()?;
            let start = self.at;
            self.at += cluster.len();
            let shown = printable(head(cluster, CLUSTER_BYTES));
            let width = shown.width().min(8) as u16;
            if width > 0 {
                return Some(Cell {
                    start,
                    end: self.at,
                    shown,
                    width,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_counts_clusters_as_a_terminal_draws_them() {
        for (text, columns) in [
            ("", 0),
            ("Kim", 3),
            ("a \r\n\t b", 3),
            ("平壤", 4),
            ("e\u{301}te\u{301}", 3),
            ("👨‍👩‍👧", 2),
            ("🇮🇩", 2),
            ("a\u{200b}b\u{feff}c", 3),
            ("\u{1b}[31m", 5),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn clipping_never_cuts_a_cluster_and_marks_what_is_gone() {
        for (text, max, shown) in [
            ("Kim", 3, "Kim"),
            ("Kim Jong-un", 6, "Kim J…"),
            ("平壤宣言", 8, "平壤宣言"),
            ("平壤宣言", 7, "平壤宣…"),
            ("平壤宣言", 6, "平壤…"),
            ("👨‍👩‍👧 ab", 3, "👨‍👩‍👧…"),
            ("Kim", 1, "…"),
            ("Kim", 0, ""),
        ] {
            assert_eq!(clip(text, max), shown, "{text} in {max}");
            assert!(width(shown) <= max);
        }
    }

    #[test]
    fn a_stack_of_marks_is_cut_to_one_short_cluster() {
        let tower = format!("a{}b", "\u{301}".repeat(10_000));
        let found: Vec<_> = cells(&tower).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].shown.len() <= CLUSTER_BYTES);
    }
}
