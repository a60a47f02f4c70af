//! `kutip check`: one record per fault, and what was passed over.

use std::collections::BTreeMap;
use std::path::Path;

use super::outcome::{Error, Outcome, judge};
use super::output::OutputArgs;
use super::session::PathArgs;
use crate::export::{Column, Row};
use crate::model::{Issue, Skipped};
use crate::work::Loaded;

const COLUMNS: &[Column] = &[
    Column::left("path"),
    Column::left("record"),
    Column::right("line"),
    Column::left("reason"),
];

const SUMMARY_COLUMNS: &[Column] = &[
    Column::left("ending"),
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
    /// List what was passed over instead: no articles, but no faults
    #[arg(long, conflicts_with = "summary")]
    skipped: bool,
    /// Count instead, by the files' endings: what was read, what was passed over, what has faults
    #[arg(long)]
    summary: bool,
}

/// Lists faults.
pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let loaded = args.paths.load()?.loaded;
    if args.summary {
        args.output.write(SUMMARY_COLUMNS, summary(&loaded))?;
    } else if args.skipped {
        args.output
            .write(COLUMNS, loaded.skipped.iter().map(skipped_row))?;
    } else {
        args.output
            .write(COLUMNS, loaded.issues.iter().map(issue_row))?;
    }
    // No article and no fault is clean: there was nothing to find fault with.
    Ok(judge(1, &loaded.issues))
}

fn issue_row(issue: &Issue) -> Row {
    let mut row = Row::new();
    row.set("path", &*issue.path)
        .set("record", issue.record.as_deref())
        .set("line", issue.line)
        .set("reason", &*issue.reason);
    row
}

fn skipped_row(skipped: &Skipped) -> Row {
    let mut row = Row::new();
    row.set("path", &*skipped.path)
        .set("record", skipped.record.as_deref())
        .set("reason", &*skipped.reason);
    row
}

/// How many records of each ending were read, passed over or faulty, by the kind of reason.
fn summary(loaded: &Loaded) -> Vec<Row> {
    let mut counts: BTreeMap<(String, &str, &str), usize> = BTreeMap::new();
    let mut add = |path: &str, outcome, reason| {
        *counts.entry((ending(path), outcome, reason)).or_default() += 1;
    };
    for (_, article) in loaded.corpus.iter() {
        add(&article.path, "read", "");
    }
    for skipped in &loaded.skipped {
        add(&skipped.path, "passed over", kind(&skipped.reason));
    }
    for issue in &loaded.issues {
        add(&issue.path, "fault", kind(&issue.reason));
    }
    let rows = counts
        .into_iter()
        .map(|((ending, outcome, reason), count)| {
            let mut row = Row::new();
            row.set("ending", ending)
                .set("outcome", outcome)
                .set("reason", Some(reason).filter(|reason| !reason.is_empty()))
                .set("records", count);
            row
        });
    rows.collect()
}

/// The ending of a file's name in small letters, with its dot; empty where it has none.
fn ending(path: &str) -> String {
    let ending = Path::new(path).extension();
    ending.map_or_else(String::new, |ending| {
        format!(".{}", ending.to_string_lossy().to_lowercase())
    })
}

/// A reason as far as it is the same for all records: without places, numbers and names.
fn kind(reason: &str) -> &str {
    let is_own =
        |word: &str| word.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '`' | '.'));
    let head = reason.split([':', ';', '(']).next().unwrap_or(reason);
    let own = head.split(' ').find(|word| is_own(word));
    let end = own.and_then(|word| head.find(word)).unwrap_or(head.len());
    head.get(..end).unwrap_or(head).trim()
}
