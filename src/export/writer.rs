//! The writer for records of any kind, as a table, JSON Lines or CSV.

use std::io::{self, Write};

use super::csv::{BYTE_ORDER_MARK, Columns};
use super::{Column, Record, Row, Table};
use crate::text::write_json;

/// The format of written records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A table for people, with the main columns only.
    #[default]
    Table,
    /// The same columns for programs, with complete cells that are separated by tabs.
    Tabs,
    /// One complete JSON object per line.
    Jsonl,
    /// Comma-separated values with a header line; complete.
    Csv(Mark),
}

/// What CSV begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// The header line.
    #[default]
    None,
    /// A byte-order mark, by which Excel knows that it is UTF-8.
    ByteOrder,
}

/// A writer of records, one by one.
pub struct Writer<'a> {
    out: Box<dyn Write + 'a>,
    shape: Shape,
    rows: usize,
}

enum Shape {
    Table(Table),
    Jsonl,
    Csv(Mark),
    /// CSV whose first line is written.
    Lines(Columns),
}

impl<'a> Writer<'a> {
    /// Creates a writer to `out`. Only a table uses `columns` and the screen's `width` in columns.
    pub fn new(
        out: impl Write + 'a,
        format: Format,
        columns: &'static [Column],
        width: usize,
    ) -> Self {
        let shape = match format {
            Format::Table => Shape::Table(Table::new(columns, width)),
            Format::Tabs => Shape::Table(Table::tabs(columns)),
            Format::Jsonl => Shape::Jsonl,
            Format::Csv(mark) => Shape::Csv(mark),
        };
        Self {
            out: Box::new(out),
            shape,
            rows: 0,
        }
    }

    /// Writes one record. All records of one writer must have the same fields.
    ///
    /// # Errors
    /// Returns the errors of the output; a closed pipe is `BrokenPipe`.
    pub fn write<R: Record>(&mut self, record: &R) -> io::Result<()> {
        match &mut self.shape {
            Shape::Table(table) => table.add(&Row::of(record), &mut self.out)?,
            Shape::Jsonl => write_json(record, &mut self.out)?,
            Shape::Csv(mark) => {
                let row = Row::of(record);
                let columns = Columns::of::<R>(&row);
                if *mark == Mark::ByteOrder {
                    self.out.write_all(BYTE_ORDER_MARK.as_bytes())?;
                }
                columns.write_head(&mut self.out)?;
                columns.write(&row, &mut self.out)?;
                self.shape = Shape::Lines(columns);
            }
            Shape::Lines(columns) => columns.write(&Row::of(record), &mut self.out)?,
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes one row of a table. Other formats have complete records, and write nothing.
    ///
    /// # Errors
    /// Returns the errors of the output.
    pub fn write_row(&mut self, row: &Row) -> io::Result<()> {
        if let Shape::Table(table) = &mut self.shape {
            table.add(row, &mut self.out)?;
            self.rows += 1;
        }
        Ok(())
    }

    /// Writes what is still buffered and returns the number of records.
    ///
    /// # Errors
    /// Returns the errors of the output.
    pub fn finish(mut self) -> io::Result<usize> {
        if let Shape::Table(table) = &mut self.shape {
            table.flush(&mut self.out)?;
        }
        self.out.flush()?;
        Ok(self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize, schemars::JsonSchema)]
    struct Titled {
        title: &'static str,
    }

    #[test]
    fn nothing_raw_reaches_the_output_and_json_gives_it_back() {
        const COLUMNS: &[Column] = &[Column::left("title")];
        let text = "a\u{1b}]0;x\u{7}\u{9b}31m\u{202e}b\0,\"c\"\nd\u{e0041}";
        let row = Titled { title: text };
        let csv = Format::Csv(Mark::None);
        for format in [Format::Table, Format::Tabs, Format::Jsonl, csv] {
            let mut out = Vec::new();
            let mut writer = Writer::new(&mut out, format, COLUMNS, 80);
            writer.write(&row).unwrap();
            assert_eq!(writer.finish().unwrap(), 1);
            let written = String::from_utf8(out).unwrap();
            assert!(
                !written.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}')),
                "{format:?}: {written:?}"
            );
            if format == Format::Jsonl {
                let back: serde_json::Value = serde_json::from_str(&written).unwrap();
                assert_eq!(back["title"], text);
            }
        }
    }
}
