//! The output of records: format, width and limit.

use std::io::{self, BufWriter, IsTerminal};

use clap::{Args, ValueEnum};

use super::outcome::{Error, tell_on_terminal};
use crate::export::{Column, Format, Grouped, Mark, Record, Row, Writer};

/// The message if a table would have no rows.
const NOTHING: &str = "nothing found";

/// Arguments that select how records are written.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct OutputArgs {
    /// How to write records
    #[arg(long, value_enum, default_value_t)]
    pub format: FormatName,
    /// Use no colours (like the environment variable `NO_COLOR`)
    #[arg(long)]
    pub no_color: bool,
    #[command(flatten)]
    pub mark: MarkArgs,
    /// Write at most this many records
    #[arg(long, value_name = "N", value_parser = parse_limit)]
    pub limit: Option<usize>,
}

/// The argument that says how CSV begins.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct MarkArgs {
    /// Begin CSV with a byte-order mark, by which Excel knows that it is UTF-8
    #[arg(long)]
    bom: bool,
}

impl MarkArgs {
    /// Returns what CSV begins with.
    pub fn mark(self) -> Mark {
        if self.bom {
            Mark::ByteOrder
        } else {
            Mark::None
        }
    }
}

fn parse_limit(typed: &str) -> Result<usize, String> {
    let told = |_| "write a whole number, for example 10".to_owned();
    typed.parse().map_err(told)
}

/// The names of formats on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// Main columns: fitted to a terminal; complete and separated by tabs elsewhere
    #[default]
    Table,
    /// Complete records, one JSON object a line
    Jsonl,
    /// Complete records, comma-separated
    Csv,
}

impl OutputArgs {
    /// Writes `records` to standard output, up to the limit. Returns how many were written.
    pub fn write<R: Record>(
        &self,
        columns: &'static [Column],
        records: impl IntoIterator<Item = R>,
    ) -> Result<usize, Error> {
        self.write_or(columns, records, NOTHING)
    }

    /// Writes `records` like [`Self::write`], with `nothing` as the message if a table has no rows.
    pub fn write_or<R: Record>(
        &self,
        columns: &'static [Column],
        records: impl IntoIterator<Item = R>,
        nothing: &str,
    ) -> Result<usize, Error> {
        let mut writer = self.writer(columns);
        for record in self.limited(records) {
            writer.write(&record)?;
        }
        self.finish(writer, nothing)
    }

    /// Writes rows that were made for a table, up to the limit.
    pub fn write_rows(
        &self,
        columns: &'static [Column],
        rows: impl IntoIterator<Item = Row>,
    ) -> Result<usize, Error> {
        let mut writer = self.writer(columns);
        for row in self.limited(rows) {
            writer.write_row(&row)?;
        }
        self.finish(writer, NOTHING)
    }

    /// Returns whether records are written completely, with the fields that no table shows.
    pub fn is_complete(&self) -> bool {
        self.format != FormatName::Table
    }

    fn limited<T>(&self, all: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        all.into_iter().take(self.limit.unwrap_or(usize::MAX))
    }

    fn finish(&self, writer: Writer, nothing: &str) -> Result<usize, Error> {
        let written = writer.finish()?;
        self.tell_if_empty(written, nothing);
        Ok(written)
    }

    fn tell_if_empty(&self, written: usize, nothing: &str) {
        if written == 0 && self.format == FormatName::Table {
            tell_on_terminal(nothing);
        }
    }

    /// Writes groups: in JSON one record for each group, else one line for each member. In a table
    /// for people, only the first line of a group has the first column.
    pub fn write_groups<G: Grouped>(
        &self,
        columns: &'static [Column],
        groups: impl IntoIterator<Item = G>,
    ) -> Result<usize, Error> {
        let lead = columns.first().map_or("", |column| column.field);
        let mut writer = self.writer(columns);
        for group in self.limited(groups) {
            match self.format() {
                Format::Jsonl => writer.write(&group)?,
                Format::Csv(_) | Format::Tabs => {
                    for line in group.lines() {
                        writer.write(&line)?;
                    }
                }
                Format::Table => {
                    for (number, line) in group.lines().iter().enumerate() {
                        let mut row = Row::of(line);
                        if number > 0 {
                            row.set(lead, "");
                        }
                        writer.write_row(&row)?;
                    }
                }
            }
        }
        self.finish(writer, NOTHING)
    }

    /// Returns the format in which records are written. A table that no person sees is written for
    /// programs.
    fn format(&self) -> Format {
        match self.format {
            FormatName::Table if io::stdout().is_terminal() => Format::Table,
            FormatName::Table => Format::Tabs,
            FormatName::Jsonl => Format::Jsonl,
            FormatName::Csv => Format::Csv(self.mark.mark()),
        }
    }

    /// Creates a writer to standard output.
    fn writer(&self, columns: &'static [Column]) -> Writer<'static> {
        let format = self.format();
        // Block-buffered: a million short lines would otherwise be a million system calls.
        let out = BufWriter::with_capacity(64 << 10, io::stdout());
        Writer::new(out, format, columns, screen_width())
    }
}

/// The width if it is unknown, in columns: wide enough for every table, narrow enough for a printed
/// page.
const USUAL_WIDTH: usize = 100;

/// Returns the width of the terminal in columns, else the value of `COLUMNS`, else a usual width.
pub(super) fn screen_width() -> usize {
    let told = std::env::var("COLUMNS").ok();
    let told = told.and_then(|columns| columns.parse().ok());
    let terminal = || {
        let is_terminal = io::stdout().is_terminal();
        let size = is_terminal.then(crossterm::terminal::size)?.ok()?;
        Some(usize::from(size.0)).filter(|width| *width > 0)
    };
    terminal().or(told).unwrap_or(USUAL_WIDTH)
}
