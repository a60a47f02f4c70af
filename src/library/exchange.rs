//! The library as JSON Lines, one entry a line, for sharing, version control and restoring.

use std::io::{self, BufRead, Write};

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
        /// The number of the line, from 1.
        line: usize,
        /// The error of the JSON parser.
        reason: serde_json::Error,
    },
}

/// Writes every entry as one line of JSON, in a stable order.
///
/// # Errors
/// Returns the errors of `out`.
pub fn export(state: &State, out: &mut impl Write) -> io::Result<()> {
    for entry in state.entries() {
        write_json(&entry, out)?;
    }
    Ok(())
}

/// Reads the changes that [`export`] wrote. Skips empty lines.
///
/// # Errors
/// Fails at the first line that is not an entry, and then returns no change at all.
pub fn import(input: impl BufRead) -> Result<Vec<Change>, ImportError> {
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
