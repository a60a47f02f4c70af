//! Writes on one row of the screen, cell by cell. Text is clipped, and control characters are never
//! written raw.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{cells, clip, laid_width};

/// A pen: a write position on a row of the screen, and the end of that row.
pub struct Pen<'a> {
    buf: &'a mut Buffer,
    x: u16,
    y: u16,
    end: u16,
}

impl<'a> Pen<'a> {
    /// Creates a pen at the beginning of row `row` of `area`. Nothing is drawn outside the area or
    /// outside the screen.
    pub fn new(buf: &'a mut Buffer, area: Rect, row: u16) -> Self {
        let y = area.y.saturating_add(row);
        let is_inside = row < area.height && y < buf.area.bottom();
        let end = area.right().min(buf.area.right());
        Self {
            buf,
            x: area.x,
            y,
            end: if is_inside { end } else { area.x },
        }
    }

    /// Returns the number of columns left on the row.
    pub fn room(&self) -> u16 {
        self.end.saturating_sub(self.x)
    }

    /// Returns the column of the screen where the pen writes next.
    pub fn x(&self) -> u16 {
        self.x
    }

    /// Moves the pen forward to a column of the screen, counted from its left edge. Never moves the
    /// pen back.
    pub fn to(&mut self, x: u16) {
        self.x = self.x.max(x);
    }

    /// Writes text in one style. What does not fit on the row is left out.
    pub fn put(&mut self, words: &str, style: Style) {
        self.put_each(words, |_| style);
    }

    /// Writes text in one style. If it does not fit into `max` columns, it is cut and ends with
    /// `…`.
    pub fn put_clipped(&mut self, words: &str, max: u16, style: Style) {
        self.put(&clip(words, max.min(self.room())), style);
    }

    /// Writes text. `style` returns the style of a cell for the byte offset of the cell in `words`.
    /// Runs of plain spaces are kept, because the program aligns columns with them.
    pub fn put_each(&mut self, words: &str, style: impl Fn(usize) -> Style) {
        for cell in cells(words) {
            let style = style(cell.start);
            for _ in 0..cell.repeats(words) {
                if cell.width > self.room() {
                    return;
                }
                let columns = usize::from(cell.width);
                self.buf
                    .set_stringn(self.x, self.y, &cell.shown, columns, style);
                self.x += cell.width;
            }
        }
    }

    /// Writes text at the right end of the row, and makes the row end before it. Writes nothing if
    /// it does not fit.
    pub fn put_right(&mut self, words: &str, style: Style) {
        let columns = laid_width(words);
        if columns <= self.room() {
            let (x, end) = (self.x, self.end);
            self.x = end - columns;
            let at = self.x;
            self.put(words, style);
            (self.x, self.end) = (x, at);
        }
    }

    /// Repeats `sign` up to the end of the row.
    pub fn fill(&mut self, sign: &str, style: Style) {
        while self.room() > 0 {
            self.put(sign, style);
        }
    }
}

/// Returns whether one of the ranges contains `at`. `ends` returns the start and the end of a
/// range. The ranges must be sorted and must not overlap.
pub fn covers<T>(ranges: &[T], at: usize, ends: impl Fn(&T) -> (usize, usize)) -> bool {
    index_at(ranges, at, ends).is_some()
}

/// Returns the index of the range that contains `at`, or `None` if none does. `ends` returns the
/// start and the end of a range. The ranges must be sorted and must not overlap.
pub fn index_at<T>(ranges: &[T], at: usize, ends: impl Fn(&T) -> (usize, usize)) -> Option<usize> {
    let after = ranges.partition_point(|range| ends(range).0 <= at);
    let index = after.checked_sub(1)?;
    ranges
        .get(index)
        .filter(|range| at < ends(range).1)
        .map(|_| index)
}
