//! Exit codes, and messages on standard error.

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

/// Returns the outcome of a command that wrote `rows` records. The most serious fault decides.
pub(super) fn outcome_of(rows: usize, issues: &[Issue]) -> Outcome {
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

/// The reason why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// Writing failed.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
    /// A language pack is faulty.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The library cannot be used.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The arguments ask for something that cannot be done.
    #[error("{0}")]
    Usage(String),
}

/// Reports a failure on standard error and returns its outcome. A closed pipe counts as success:
/// the receiving program has read enough.
pub(super) fn report(error: &Error) -> Outcome {
    match error {
        Error::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Found,
        error => {
            tell(&error.to_string());
            Outcome::Usage
        }
    }
}

/// Writes one line to standard error.
pub(super) fn tell(message: &str) {
    // If standard error is closed, there is nowhere to report that.
    let _ = writeln!(io::stderr(), "kutip: {}", printable(message));
}

/// Writes one line to standard error if it is a terminal. Scripts use the exit code instead.
pub(super) fn tell_on_terminal(message: &str) {
    if io::stderr().is_terminal() {
        tell(message);
    }
}

/// Returns a count with its noun, which gets an `s` unless the count is 1.
pub(super) fn counted(count: usize, one: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {one}{ending}")
}
