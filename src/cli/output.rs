//! The output of records: format, width and limit.

use std::io::{self, BufWriter, IsTerminal};

use clap::{Args, ValueEnum};

use super::outcome::{Error, tell_on_terminal};
use crate::export::{Column, Format, Group, Row, Writer};

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
    /// Write at most this many records
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// The names of formats on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// Main columns, fitted to the terminal
    #[default]
    Table,
    /// Complete records, one JSON object a line
    Jsonl,
    /// Complete records, comma-separated
    Csv,
}

impl OutputArgs {
    /// Writes `rows` to standard output, up to the limit. Returns how many were written.
    pub fn write(
        &self,
        columns: &'static [Column],
        rows: impl IntoIterator<Item = Row>,
    ) -> Result<usize, Error> {
        self.write_or(columns, rows, NOTHING)
    }

    /// Writes `rows` like [`Self::write`], with `nothing` as the message if a table has no rows.
    pub fn write_or(
        &self,
        columns: &'static [Column],
        rows: impl IntoIterator<Item = Row>,
        nothing: &str,
    ) -> Result<usize, Error> {
        let mut writer = self.writer(columns);
        for row in rows.into_iter().take(self.limit.unwrap_or(usize::MAX)) {
            writer.write(&row)?;
        }
        let written = writer.finish()?;
        self.tell_if_empty(written, nothing);
        Ok(written)
    }

    fn tell_if_empty(&self, written: usize, nothing: &str) {
        if written == 0 && self.format == FormatName::Table {
            tell_on_terminal(nothing);
        }
    }

    /// Writes groups: in a table one line for each member, in the other formats one record for
    /// each group.
    pub fn write_groups(
        &self,
        columns: &'static [Column],
        groups: impl IntoIterator<Item = Group>,
    ) -> Result<usize, Error> {
        let lead = columns.first().map_or("", |column| column.field);
        let groups = groups.into_iter().take(self.limit.unwrap_or(usize::MAX));
        let rows = groups.flat_map(|group| match self.format {
            FormatName::Table => group.lines(lead),
            FormatName::Jsonl | FormatName::Csv => vec![group.whole()],
        });
        let mut writer = self.writer(columns);
        for row in rows {
            writer.write(&row)?;
        }
        let written = writer.finish()?;
        self.tell_if_empty(written, NOTHING);
        Ok(written)
    }

    /// Creates a writer to standard output.
    fn writer(&self, columns: &'static [Column]) -> Writer<'static> {
        let format = match self.format {
            FormatName::Table => Format::Table,
            FormatName::Jsonl => Format::Jsonl,
            FormatName::Csv => Format::Csv,
        };
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
