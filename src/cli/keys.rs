//! `kutip keys`: lists every command of the reader with its keys.

use super::config::UserFiles;
use super::outcome::{Error, Outcome};
use super::output::OutputArgs;
use crate::app::command::{COMMANDS, Info};
use crate::app::key::sequence_name;
use crate::app::keymap::Keymap;
use crate::export::{Column, KeyRecord};

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

/// Lists commands with the user's key bindings. A command with different keys in different contexts
/// has several records.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let user = UserFiles::read();
    let (keymap, _) = Keymap::configured(&user.config.keys);
    let records = COMMANDS.iter().flat_map(|info| records(&keymap, info));
    let written = args.output.write(COLUMNS, records)?;
    Ok(if written == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}

/// Returns the records of one command: one for all contexts that share their keys, in the order of
/// contexts.
fn records(keymap: &Keymap, info: &Info) -> Vec<KeyRecord> {
    let mut bound: Vec<(String, Vec<&str>)> = Vec::new();
    for context in keymap.contexts(info.command) {
        let here = keymap.of(info.command).filter(|b| b.context == context);
        let names: Vec<_> = here.map(|bound| sequence_name(&bound.keys)).collect();
        let keys = names.join(" ");
        match bound.iter_mut().find(|(known, _)| *known == keys) {
            Some((_, contexts)) => contexts.push(context.name()),
            None => bound.push((keys, vec![context.name()])),
        }
    }
    // A command without keys can be run from the palette.
    if bound.is_empty() {
        return vec![record(info, String::new(), &[])];
    }
    let records = bound.into_iter();
    records
        .map(|(keys, contexts)| record(info, keys, &contexts))
        .collect()
}

fn record(info: &Info, keys: String, contexts: &[&str]) -> KeyRecord {
    KeyRecord {
        command: info.name,
        keys,
        context: contexts.join(" "),
        group: info.group.name(),
        summary: info.summary,
    }
}
