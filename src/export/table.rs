//! Writes tables. For people, they fit a width: the wide columns share the space that the narrow ones
//! leave, and long cells are cut with `…`. For programs, cells are complete and separated by tabs.

use std::io::{self, Write};

use super::Row;
use crate::text::{self, clip, printable, squeeze};

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name of the record's field.
    pub field: &'static str,
    /// The alignment of its cells.
    pub align: Align,
    /// The form of its cells.
    pub shape: Shape,
}

/// The form in which the cells of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Unchanged.
    AsIs,
    /// Date and time of day, without seconds and time zone, to save space.
    Moment,
}

/// The alignment of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the left, for words.
    Left,
    /// To the right, for numbers.
    Right,
}

impl Column {
    /// Creates a column of words.
    pub const fn left(field: &'static str) -> Self {
        Self {
            field,
            align: Align::Left,
            shape: Shape::AsIs,
        }
    }

    /// Creates a column of dates, with the time of day where it is known.
    pub const fn moment(field: &'static str) -> Self {
        Self {
            field,
            align: Align::Left,
            shape: Shape::Moment,
        }
    }

    /// Creates a column of numbers.
    pub const fn right(field: &'static str) -> Self {
        Self {
            field,
            align: Align::Right,
            shape: Shape::AsIs,
        }
    }
}

/// Number of rows that determine the widths of the columns. Later rows are fitted into these
/// widths, so that a table of any length needs little memory.
const MEASURED: usize = 500;
/// Number of blank cells between two columns.
const GAP: usize = 2;

/// A table that is being written.
pub struct Table {
    columns: &'static [Column],
    /// The width to fit. `None` separates the cells by tabs.
    width: Option<usize>,
    waiting: Vec<Vec<String>>,
    widths: Option<Vec<usize>>,
    /// Whether the names of the fields are written. Only for a table with tabs.
    has_head: bool,
}

impl Table {
    /// Creates a table of `columns` for a screen that is `width` columns wide.
    pub fn new(columns: &'static [Column], width: usize) -> Self {
        Self {
            width: Some(width),
            ..Self::tabs(columns)
        }
    }

    /// Creates a table of `columns` whose cells are complete and separated by tabs. Its first line
    /// has the names of the fields. No cell contains a tab or a line end.
    pub fn tabs(columns: &'static [Column]) -> Self {
        Self {
            columns,
            width: None,
            waiting: Vec::new(),
            widths: None,
            has_head: false,
        }
    }

    /// Adds one record.
    ///
    /// # Errors
    /// Returns the errors of `out`.
    pub fn add(&mut self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        let is_fitted = self.width.is_some();
        let cells = self.columns.iter().map(|column| {
            let cell = one_line(&row.cell(column.field));
            if is_fitted {
                column.shape.write(cell)
            } else {
                cell
            }
        });
        let cells: Vec<_> = cells.collect();
        if let Some(widths) = &self.widths {
            return write_line(&cells, widths, self.columns, out);
        }
        self.waiting.push(cells);
        if self.waiting.len() >= MEASURED {
            self.flush(out)?;
        }
        Ok(())
    }

    /// Writes the rows that are still buffered. Writes nothing for a table without rows.
    ///
    /// # Errors
    /// Returns the errors of `out`.
    pub fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let Some(width) = self.width else {
            return self.flush_tabs(out);
        };
        let head: Vec<_> = self
            .columns
            .iter()
            .map(|c| c.field.to_uppercase())
            .collect();
        let mut wanted: Vec<_> = head
            .iter()
            .map(|cell| usize::from(text::width(cell)))
            .collect();
        for cells in &self.waiting {
            for (width, cell) in wanted.iter_mut().zip(cells) {
                *width = (*width).max(text::width(cell).into());
            }
        }
        let widths = fit(&wanted, width);
        write_line(&head, &widths, self.columns, out)?;
        for cells in self.waiting.drain(..) {
            write_line(&cells, &widths, self.columns, out)?;
        }
        self.widths = Some(widths);
        Ok(())
    }

    /// Writes the buffered rows as lines of cells that are separated by tabs, after the names of
    /// the fields if nothing was written before.
    fn flush_tabs(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.has_head {
            let names: Vec<_> = self.columns.iter().map(|column| column.field).collect();
            writeln!(out, "{}", names.join("\t"))?;
            self.has_head = true;
        }
        for cells in self.waiting.drain(..) {
            writeln!(out, "{}", cells.join("\t"))?;
        }
        Ok(())
    }
}

impl Shape {
    fn write(self, cell: String) -> String {
        match (self, cell.split_once('T')) {
            (Self::Moment, Some((date, time))) => match time.get(..5) {
                Some(minute) => format!("{date} {minute}"),
                None => cell,
            },
            _ => cell,
        }
    }
}

/// Returns a cell as one line without control sequences, safe for a terminal.
fn one_line(cell: &str) -> String {
    squeeze(&printable(cell)).into_owned()
}

/// Returns widths that fit into `width`. Narrow columns keep their wanted width; the wide ones
/// share the rest equally.
fn fit(wanted: &[usize], width: usize) -> Vec<usize> {
    let room = width.saturating_sub(GAP * wanted.len().saturating_sub(1));
    if wanted.iter().sum::<usize>() <= room {
        return wanted.to_vec();
    }
    // The largest cap under which all columns together fit.
    let fits = |cap: usize| wanted.iter().map(|w| (*w).min(cap)).sum::<usize>() <= room;
    let cap = (0..=room).rev().find(|cap| fits(*cap)).unwrap_or(0);
    let mut widths: Vec<_> = wanted.iter().map(|w| (*w).min(cap.max(1))).collect();
    let spare = room.saturating_sub(widths.iter().sum());
    // The remainder from rounding goes to the widest column, which is cut most.
    let widest = (0..wanted.len()).max_by_key(|i| wanted.get(*i));
    if let Some(width) = widest.and_then(|widest| widths.get_mut(widest)) {
        *width += spare;
    }
    widths
}

fn write_line(
    cells: &[String],
    widths: &[usize],
    columns: &[Column],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = String::new();
    for (index, (cell, column)) in cells.iter().zip(columns).enumerate() {
        let width = widths.get(index).copied().unwrap_or_default();
        let cell = clip(cell, u16::try_from(width).unwrap_or(u16::MAX));
        let blank = " ".repeat(width.saturating_sub(text::width(&cell).into()));
        let gap = if index == 0 { "" } else { "  " };
        line.push_str(gap);
        match column.align {
            Align::Left => line.extend([&*cell, &*blank]),
            Align::Right => line.extend([&*blank, &*cell]),
        }
    }
    writeln!(out, "{}", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_separate_complete_cells() {
        const COLUMNS: &[Column] = &[Column::left("title"), Column::moment("published")];
        let long = "kata ".repeat(200);
        let mut table = Table::tabs(COLUMNS);
        let mut out = Vec::new();
        let rows = 1_200;
        for _ in 0..rows {
            let mut row = Row::default();
            row.set("title", format!("{long}\takhir\nnya"))
                .set("published", "2024-02-20T19:42:00+07:00");
            table.add(&row, &mut out).unwrap();
        }
        table.flush(&mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        let mut lines = written.lines();
        assert_eq!(lines.next(), Some("title\tpublished"));
        let line = format!("{long}akhir nya\t2024-02-20T19:42:00+07:00");
        assert!(lines.clone().all(|own| own == line), "{:?}", lines.next());
        assert_eq!(lines.count(), rows);
    }

    #[test]
    fn lines_fit_the_width_whatever_stands_in_them() {
        const COLUMNS: &[Column] = &[Column::left("title"), Column::right("words")];
        for width in [0, 1, 5, 12, 20, 80] {
            let mut table = Table::new(COLUMNS, width);
            let mut out = Vec::new();
            for title in [
                "日本語の見出し日本語の見出し",
                "a\u{1b}[31m\nb",
                "Judul yang panjang sekali ini",
            ] {
                let mut row = Row::default();
                row.set("title", title).set("words", 1234);
                table.add(&row, &mut out).unwrap();
            }
            table.flush(&mut out).unwrap();
            let written = String::from_utf8(out).unwrap();
            assert_eq!(written.lines().count(), 4, "{written}");
            for line in written.lines() {
                assert!(
                    usize::from(text::width(line)) <= width.max(4),
                    "{width}: {line:?}"
                );
                assert!(!line.contains('\u{1b}'));
            }
        }
    }
}
