//! `kutip keys`: every command of the reader with its default keys.

use super::outcome::{Error, Outcome};
use super::output::OutputArgs;
use crate::app::command::{COMMANDS, Info};
use crate::export::{Column, Row};

const COLUMNS: &[Column] = &[
    Column::left("command"),
    Column::left("keys"),
    Column::left("context"),
    Column::left("group"),
    Column::left("summary"),
];

/// Arguments of `kutip keys`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists commands; one that has other keys elsewhere has a record for each.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let written = args.output.write(COLUMNS, COMMANDS.iter().flat_map(rows))?;
    Ok(if written == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

fn rows(info: &Info) -> Vec<Row> {
    let bound = info.keys.iter().map(|(contexts, keys)| {
        let names: Vec<_> = contexts.iter().map(|context| context.name()).collect();
        row(info, keys, &names.join(" "))
    });
    let rows: Vec<_> = bound.collect();
    // A command without keys is reached through the palette.
    if rows.is_empty() {
        vec![row(info, "", "")]
    } else {
        rows
    }
}

fn row(info: &Info, keys: &str, context: &str) -> Row {
    let mut row = Row::new();
    row.set("command", info.name)
        .set("keys", keys)
        .set("context", context)
        .set("group", info.group.name())
        .set("summary", info.summary);
    row
}
