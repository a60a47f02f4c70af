//! The writer for records of any kind, as a table, JSON Lines or CSV.

use std::io::{self, Write};

use super::{Column, Row, Table};
use crate::text::{printable, write_json};

/// The format of written records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A table for people, with the main columns only.
    #[default]
    Table,
    /// One complete JSON object per line.
    Jsonl,
    /// Comma-separated values with a header line; complete.
    Csv,
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
    Csv,
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
            Format::Jsonl => Shape::Jsonl,
            Format::Csv => Shape::Csv,
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
    pub fn write(&mut self, row: &Row) -> io::Result<()> {
        match &mut self.shape {
            Shape::Table(table) => table.add(row, &mut self.out)?,
            Shape::Jsonl => write_json(row, &mut self.out)?,
            Shape::Csv => {
                if self.rows == 0 {
                    let names = row.fields().iter().map(|(name, _)| (*name).to_owned());
                    write_csv(names, &mut self.out)?;
                }
                let cells = row
                    .fields()
                    .iter()
                    .map(|(name, _)| safe_cell(&row.cell(name)));
                write_csv(cells, &mut self.out)?;
            }
        }
        self.rows += 1;
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

fn write_csv(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells.map(String::into_bytes))?;
    out.write_all(
        &writer
            .into_inner()
            .map_err(|error| io::Error::other(error.to_string()))?,
    )
}

/// Returns a CSV cell that is safe to print. CSV has no escapes and is often shown on a terminal,
/// so control characters and direction marks are made visible or removed; line ends and tabs stay.
/// JSON Lines is exact.
fn safe_cell(cell: &str) -> String {
    let lines = cell.split('\n').map(|line| {
        let parts: Vec<_> = line.split('\t').map(printable).collect();
        parts.join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_raw_reaches_the_output_and_json_gives_it_back() {
        const COLUMNS: &[Column] = &[Column::left("title")];
        let text = "a\u{1b}]0;x\u{7}\u{9b}31m\u{202e}b\0,\"c\"\nd\u{e0041}";
        let mut row = Row::new();
        row.set("title", text);
        for format in [Format::Table, Format::Jsonl, Format::Csv] {
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
