//! Writes and reads the library as JSON Lines, one entry a line, for sharing, version control and
//! restoring.

use std::io::{self, BufRead, Write};

use super::label_studio::Task;
use super::{Change, State};
use crate::text::write_json;

/// The reason why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The input cannot be read.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
    /// A line is not an entry of a library.
    #[error("line {line}: no entry of a library: {reason}")]
    Line {
        /// The number of the line, counted from 1.
        line: usize,
        /// The error of the JSON parser.
        reason: serde_json::Error,
    },
    /// A list is none of tasks of Label Studio.
    #[error("no list of tasks of Label Studio: {0}")]
    Tasks(serde_json::Error),
    /// A task cannot be understood.
    #[error("task {number}: {reason}")]
    Task {
        /// The number of the task, from 1.
        number: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// Writes every entry of the library to `out` as one line of JSON, in a stable order.
///
/// # Errors
/// Returns the errors of `out`.
pub fn export(state: &State, out: &mut impl Write) -> io::Result<()> {
    for entry in state.entries() {
        write_json(&entry, out)?;
    }
    Ok(())
}

/// Reads the changes that [`export`] wrote, one on a line, or those that people made in tasks for
/// Label Studio, which are one JSON array. Skips empty lines.
///
/// # Errors
/// Fails at the first line or task that cannot be understood, and then returns no change at all.
pub fn import(mut input: impl BufRead) -> Result<Vec<Change>, ImportError> {
    if is_array(&mut input)? {
        return import_tasks(input);
    }
    let mut changes = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let change = serde_json::from_str(&line).map_err(|reason| ImportError::Line {
            line: index + 1,
            reason,
        })?;
        changes.push(change);
    }
    Ok(changes)
}

/// Returns whether the input begins with `[`. Consumes nothing.
fn is_array(input: &mut impl BufRead) -> io::Result<bool> {
    let first = input.fill_buf()?.trim_ascii_start().first();
    Ok(first == Some(&b'['))
}

fn import_tasks(input: impl BufRead) -> Result<Vec<Change>, ImportError> {
    let tasks: Vec<Task> = serde_json::from_reader(input).map_err(ImportError::Tasks)?;
    let mut changes = Vec::new();
    for (task, number) in tasks.iter().zip(1..) {
        let corrections = task.corrections();
        changes.extend(corrections.map_err(|reason| ImportError::Task { number, reason })?);
    }
    Ok(changes)
}
