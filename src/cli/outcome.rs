//! Exit codes, and messages on standard error.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::OnceLock;

use crate::language::PackError;
use crate::library::LibraryError;
use crate::model::{Fault, Issue};
use crate::text::printable;

/// The outcome of a command, which determines the exit code.
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
    /// There is nothing to read, which is no fault.
    #[error("{0}")]
    Nothing(String),
}

/// Reports a failure on standard error and returns its outcome. A closed pipe counts as success:
/// the receiving program has read enough.
pub(super) fn report(error: &Error) -> Outcome {
    match error {
        Error::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Found,
        Error::Nothing(message) => {
            notify(message);
            Outcome::Nothing
        }
        error => {
            tell(&error.to_string());
            Outcome::Usage
        }
    }
}

/// How much is written to standard error besides errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    /// Nothing: `--quiet`.
    Quiet,
    /// Faults, notices, and progress on a terminal.
    #[default]
    Usual,
    /// What was read, and from where: `--verbose`.
    Verbose,
}

static VERBOSITY: OnceLock<Verbosity> = OnceLock::new();

impl Verbosity {
    /// Sets the verbosity of the process. Only the first call counts.
    pub fn set(self) {
        let _ = VERBOSITY.set(self);
    }

    /// Returns the verbosity of the process.
    pub fn get() -> Self {
        VERBOSITY.get().copied().unwrap_or_default()
    }
}

/// Writes an error to standard error. Further lines of it are details, and are indented.
pub(super) fn tell(message: &str) {
    let mut lines = message.lines();
    let first = lines.next().unwrap_or_default();
    let mut told = format!("kutip: {}\n", printable(first));
    for line in lines {
        told.extend(["  ", &*printable(line), "\n"]);
    }
    // If standard error is closed, there is nowhere to report that.
    let _ = io::stderr().write_all(told.as_bytes());
}

/// Writes a fault of the input or a notice to standard error, unless `--quiet` is given.
pub(super) fn notify(message: &str) {
    if Verbosity::get() > Verbosity::Quiet {
        tell(message);
    }
}

/// Writes a message to standard error if `--verbose` is given.
pub(super) fn tell_verbose(message: &str) {
    if Verbosity::get() == Verbosity::Verbose {
        tell(message);
    }
}

/// Writes a notice to standard error if that is a terminal. Scripts use the exit code instead.
pub(super) fn tell_on_terminal(message: &str) {
    if io::stderr().is_terminal() {
        notify(message);
    }
}

/// Writes the faults of a load to standard error. With `--quiet`, writes only those of paths that
/// the user named.
pub(super) fn tell_issues(issues: &[Issue]) {
    for issue in issues {
        match issue.fault {
            Fault::NamedPath => tell(&issue.to_string()),
            Fault::Record => notify(&issue.to_string()),
        }
    }
}

/// Returns a count with its noun, which gets an `s` unless the count is 1.
pub(super) fn counted(count: usize, one: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {one}{ending}")
}
