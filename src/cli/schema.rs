//! `kutip schema`: prints the JSON Schema of the records that a command prints.

use std::io::Write;

use clap::builder::PossibleValuesParser;

use super::outcome::{Error, Outcome};
use crate::export::{CONTRACT, Printed, contract};

/// Arguments of `kutip schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The command whose records are described; all of them if omitted
    #[arg(value_name = "COMMAND", value_parser = names())]
    command: Option<String>,
}

fn names() -> PossibleValuesParser {
    CONTRACT.iter().map(|printed| printed.name).into()
}

/// Prints the schema.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let wanted = args.command.as_deref();
    let printed = wanted.and_then(|name| CONTRACT.iter().find(|printed| printed.name == name));
    let schema = printed.map_or_else(contract, Printed::schema);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{schema:#}")?;
    Ok(Outcome::Found)
}
