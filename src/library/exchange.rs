//! A library as JSON Lines: one entry a line, to be shared, versioned and brought back.

use std::io::{self, BufRead, Write};

use super::{Change, State};
use crate::text::write_json;

/// Why a line cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The input cannot be read.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
    /// A line is no entry.
    #[error("line {line}: no entry of a library: {reason}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: serde_json::Error,
    },
}

/// Writes every entry as one line of JSON, in a stable order.
///
/// # Errors
/// Those of `out`.
pub fn export(state: &State, out: &mut impl Write) -> io::Result<()> {
    for entry in state.entries() {
        write_json(&entry, out)?;
    }
    Ok(())
}

/// Reads what [`export`] wrote. Empty lines are passed over.
///
/// # Errors
/// The first line that is no entry: nothing is taken then.
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
