//! How records leave: format, width, colour.

use std::io::{self, BufWriter, IsTerminal};

use clap::{Args, ValueEnum};

use super::outcome::Error;
use crate::export::{Column, Format, Writer};

/// How records are written.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct OutputArgs {
    /// How to write records
    #[arg(long, value_enum, default_value_t)]
    pub format: FormatName,
    /// No colours (as with the environment's `NO_COLOR`)
    #[arg(long)]
    pub no_color: bool,
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
    /// A writer to standard output.
    pub fn writer(&self, columns: &'static [Column]) -> Writer<'static> {
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

/// Writes all `rows`; returns their number.
pub(super) fn write_all(
    writer: Writer,
    rows: impl IntoIterator<Item = crate::export::Row>,
) -> Result<usize, Error> {
    let mut writer = writer;
    for row in rows {
        writer.write(&row)?;
    }
    Ok(writer.finish()?)
}
