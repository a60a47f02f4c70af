//! Exit codes, and how a failure is told.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::language::PackError;
use crate::library::LibraryError;
use crate::model::{Fault, Issue};
use crate::text::printable;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Something was found.
    Found,
    /// Nothing was found.
    Nothing,
    /// A usage error, or a named path that is missing or unreadable.
    Usage,
    /// Faults in records below the paths.
    Faults,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Found => 0,
            Outcome::Nothing => 1,
            Outcome::Usage => 2,
            Outcome::Faults => 3,
        })
    }
}

/// The outcome of a command that wrote `rows` records, by the gravest of its faults.
pub(super) fn judge(rows: usize, issues: &[Issue]) -> Outcome {
    if issues.iter().any(|issue| issue.fault == Fault::NamedPath) {
        Outcome::Usage
    } else if !issues.is_empty() {
        Outcome::Faults
    } else if rows == 0 {
        Outcome::Nothing
    } else {
        Outcome::Found
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// Writing failed.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
    /// A language pack is faulty.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A library cannot be used.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// What was asked for cannot be done.
    #[error("{0}")]
    Usage(String),
}

/// Tells a failure on standard error. A closed pipe is success: the reader had enough.
pub(super) fn report(error: &Error) -> Outcome {
    match error {
        Error::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Found,
        error => {
            tell(&error.to_string());
            Outcome::Usage
        }
    }
}

/// One line on standard error.
pub(super) fn tell(message: &str) {
    // Where the terminal is gone there is nobody left to tell.
    let _ = writeln!(io::stderr(), "kutip: {}", printable(message));
}

/// The same where a person reads it: scripts have the exit code.
pub(super) fn remark(message: &str) {
    if io::stderr().is_terminal() {
        tell(message);
    }
}

/// So many of something that takes an `s` when there are several.
pub(super) fn counted(count: usize, one: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {one}{ending}")
}
