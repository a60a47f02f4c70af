//! `kutip check`: one record per fault, or per skipped record, or counts of both.

use super::outcome::{Error, Outcome, counted, outcome_of};
use super::output::OutputArgs;
use super::paths::PathArgs;
use crate::export::{Column, FaultRecord, SkippedRecord, Tally};
use crate::model::{Issue, Skipped};

const COLUMNS: &[Column] = &[
    Column::left("path"),
    Column::left("record"),
    Column::right("line"),
    Column::left("reason"),
];

const SUMMARY_COLUMNS: &[Column] = &[
    Column::left("format"),
    Column::left("outcome"),
    Column::left("reason"),
    Column::right("records"),
];

/// Arguments of `kutip check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    paths: PathArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// List what was skipped instead: records that are not articles, and are not faults
    #[arg(long, conflicts_with = "summary")]
    skipped: bool,
    /// Count instead what was read, passed over or faulty, by the format that each file has
    #[arg(long)]
    summary: bool,
}

/// Lists faults.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let loaded = args.paths.load()?.loaded;
    if args.summary {
        let tally = Tally::of(&loaded.corpus, &loaded.skipped, &loaded.issues);
        args.output.write(SUMMARY_COLUMNS, tally.records())?;
    } else if args.skipped {
        let rows = loaded.skipped.iter().map(skipped);
        let nothing = "nothing was passed over";
        args.output.write_or(COLUMNS, rows, nothing)?;
    } else {
        let rows = loaded.issues.iter().map(fault);
        let nothing = format!("{}, no faults", counted(loaded.corpus.len(), "article"));
        args.output.write_or(COLUMNS, rows, &nothing)?;
    }
    // A corpus without articles and without faults counts as clean.
    Ok(outcome_of(1, &loaded.issues))
}

fn fault(issue: &Issue) -> FaultRecord<'_> {
    FaultRecord {
        path: &issue.path,
        record: issue.record.as_deref(),
        line: issue.line,
        reason: issue.told().into_owned(),
    }
}

fn skipped(skipped: &Skipped) -> SkippedRecord<'_> {
    SkippedRecord {
        path: &skipped.path,
        record: skipped.record.as_deref(),
        reason: skipped.told().into_owned(),
    }
}
