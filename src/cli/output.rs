//! How records leave: format, width, colour.

use std::io::{self, BufWriter, IsTerminal};

use clap::{Args, ValueEnum};

use super::outcome::{Error, remark};
use crate::export::{Column, Format, Group, Row, Writer};

/// What is told where a table would have no rows.
const NOTHING: &str = "nothing found";

/// How records are written.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct OutputArgs {
    /// How to write records
    #[arg(long, value_enum, default_value_t)]
    pub format: FormatName,
    /// No colours (as with the environment's `NO_COLOR`)
    #[arg(long)]
    pub no_color: bool,
    /// Write so many records at most
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
    /// Writes `rows` to standard output, as many as are asked for; returns their number.
    pub fn write(
        &self,
        columns: &'static [Column],
        rows: impl IntoIterator<Item = Row>,
    ) -> Result<usize, Error> {
        self.write_or(columns, rows, NOTHING)
    }

    /// The same, with what is told instead of a table without rows.
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
        self.tell_if_none(written, nothing);
        Ok(written)
    }

    fn tell_if_none(&self, written: usize, nothing: &str) {
        if written == 0 && self.format == FormatName::Table {
            remark(nothing);
        }
    }

    /// Writes groups: a table has a line for each member, the other formats a record each.
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
        self.tell_if_none(written, NOTHING);
        Ok(written)
    }

    /// A writer to standard output.
    fn writer(&self, columns: &'static [Column]) -> Writer<'static> {
        let format = match self.format {
            FormatName::Table => Format::Table,
            FormatName::Jsonl => Format::Jsonl,
            FormatName::Csv => Format::Csv,
        };
        // Not line-buffered: a million short lines would be a million system calls.
        let out = BufWriter::with_capacity(64 << 10, io::stdout());
        Writer::new(out, format, columns, screen_width())
    }
}

/// Where nothing tells: wide enough for every table, narrow enough for a printed page.
const USUAL_WIDTH: usize = 100;

/// The terminal's width, else what `COLUMNS` says.
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
