//! Writing on one row of the screen: cell by cell, clipped, nothing raw.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{Cell, cells, clip};

/// A place on a row, and where the row ends.
pub struct Pen<'a> {
    buf: &'a mut Buffer,
    x: u16,
    y: u16,
    end: u16,
}

impl<'a> Pen<'a> {
    /// At the beginning of the `row`th row of `area`; nothing is drawn outside it, or outside the
    /// screen.
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

    /// Columns left.
    pub fn room(&self) -> u16 {
        self.end.saturating_sub(self.x)
    }

    /// The column of what is written next.
    pub fn x(&self) -> u16 {
        self.x
    }

    /// Goes on to a column counted from the left of the screen, never back.
    pub fn to(&mut self, x: u16) {
        self.x = self.x.max(x);
    }

    /// Writes words in one style; what does not fit is left out.
    pub fn put(&mut self, words: &str, style: Style) {
        self.put_each(words, |_| style);
    }

    /// Writes words, `…` where they do not fit `max` columns.
    pub fn put_clipped(&mut self, words: &str, max: u16, style: Style) {
        self.put(&clip(words, max.min(self.room())), style);
    }

    /// Writes words, each cell in the style of its first byte. Plain spaces are kept: columns of
    /// the program's own are made with them.
    pub fn put_each(&mut self, words: &str, style: impl Fn(usize) -> Style) {
        for cell in cells(words) {
            let style = style(cell.start);
            for _ in 0..times(words, &cell) {
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

    /// Writes words at the right end, and ends the row before them.
    pub fn put_right(&mut self, words: &str, style: Style) {
        let columns: usize = cells(words)
            .map(|cell| times(words, &cell) * usize::from(cell.width))
            .sum();
        if columns <= usize::from(self.room()) {
            let (x, end) = (self.x, self.end);
            self.x = end - columns as u16;
            let at = self.x;
            self.put(words, style);
            (self.x, self.end) = (x, at);
        }
    }

    /// Repeats a sign to the end of the row.
    pub fn fill(&mut self, sign: &str, style: Style) {
        while self.room() > 0 {
            self.put(sign, style);
        }
    }
}

/// How often a cell is drawn: a run of plain spaces space by space.
fn times(words: &str, cell: &Cell) -> usize {
    let source = words.get(cell.start..cell.end).unwrap_or("");
    if source.bytes().all(|byte| byte == b' ') {
        source.len()
    } else {
        1
    }
}

/// Whether one of the ranges, which rise and do not overlap, holds a place.
pub fn covers<T>(ranges: &[T], at: usize, ends: impl Fn(&T) -> (usize, usize)) -> bool {
    index_at(ranges, at, ends).is_some()
}

/// Which of the ranges, which rise and do not overlap, holds a place.
pub fn index_at<T>(ranges: &[T], at: usize, ends: impl Fn(&T) -> (usize, usize)) -> Option<usize> {
    let after = ranges.partition_point(|range| ends(range).0 <= at);
    let index = after.checked_sub(1)?;
    ranges
        .get(index)
        .filter(|range| at < ends(range).1)
        .map(|_| index)
}
