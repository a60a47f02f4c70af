//! Faults and skipped files of a load, each with its location.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Format;

/// A problem with one file or record, which could not be read. The rest of the corpus is not
/// affected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Path of the file, as the user named it.
    pub path: Arc<str>,
    /// The record of the file that has the fault, if the file has many.
    pub record: Option<Box<str>>,
    /// Format that the record was read as.
    pub format: Format,
    /// The line of the file, counted from 1, if one can be named.
    pub line: Option<u32>,
    /// Says whether a path that the user named has failed, or only a record below it.
    pub fault: Fault,
    /// What is wrong and, if it helps, what to try.
    pub reason: Box<str>,
    /// Number of records of the file that have this fault. If very many have it, one issue
    /// represents all of them.
    pub count: u32,
}

impl Issue {
    /// Returns the number of faulty records that the issues stand for.
    pub fn count_all(issues: &[Self]) -> usize {
        issues.iter().map(|issue| issue.count as usize).sum()
    }

    /// Returns the reason of the fault, with the number of other records that have it.
    pub fn told(&self) -> Cow<'_, str> {
        told(&self.reason, self.count)
    }
}

fn told(reason: &str, count: u32) -> Cow<'_, str> {
    match count {
        0 | 1 => Cow::Borrowed(reason),
        _ => Cow::Owned(format!("{reason} (and {} more like it)", count - 1)),
    }
}

impl Issue {
    /// Creates an issue for a failure of the program itself, which no file is known to cause.
    pub fn of_program(reason: String) -> Self {
        Self {
            path: "kutip".into(),
            record: None,
            format: Format::Unknown,
            line: None,
            fault: Fault::Record,
            reason: reason.into(),
            count: 1,
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(record) = &self.record {
            write!(f, "#{record}")?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.told())
    }
}

/// The severity of a fault, which decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// A path that the user named is missing or unreadable (exit code 2).
    NamedPath,
    /// A file or record below the named paths failed (exit code 3).
    Record,
}

/// A file or record that is neither an article nor a fault. `kutip check --skipped` lists these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Path of the file that was skipped or contains the skipped record.
    pub path: Arc<str>,
    /// The record of the file that was skipped, if the file has many.
    pub record: Option<Box<str>>,
    /// Format that the record was read as.
    pub format: Format,
    /// Why the file or record was skipped.
    pub reason: Box<str>,
    /// Number of records of the file that were skipped for this reason.
    pub count: u32,
}

impl Skipped {
    /// Returns the reason for skipping, with the number of other records that were skipped for it.
    pub fn told(&self) -> Cow<'_, str> {
        told(&self.reason, self.count)
    }
}
