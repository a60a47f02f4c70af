//! Faults and skipped files of a load, each with its location.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Format;

/// A fault in one record. The rest of the corpus is not affected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Path of the file, as the user named it.
    pub path: Arc<str>,
    /// The record within the file, if the file has many.
    pub record: Option<Box<str>>,
    /// Format that the record was read as.
    pub format: Format,
    /// Line number, counted from 1, if one can be named.
    pub line: Option<u32>,
    /// Whether a path that the user named failed, or a record below it.
    pub fault: Fault,
    /// The reason of the fault and, if it helps, what to try.
    pub reason: Box<str>,
    /// Number of records of the file that have this fault. If very many have it, one issue
    /// represents all of them.
    pub count: u32,
}

impl Issue {
    /// Returns the number of faulty records.
    pub fn count_all(issues: &[Self]) -> usize {
        issues.iter().map(|issue| issue.count as usize).sum()
    }

    /// Returns the reason, with the number of records if there are several.
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

/// The severity of a fault. Decides the exit code.
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
    /// Path of the file.
    pub path: Arc<str>,
    /// The record within the file, if the file has many.
    pub record: Option<Box<str>>,
    /// Format that the record was read as.
    pub format: Format,
    /// The reason for skipping it.
    pub reason: Box<str>,
    /// Number of records of the file that were skipped for this reason.
    pub count: u32,
}

impl Skipped {
    /// Returns the reason, with the number of records if there are several.
    pub fn told(&self) -> Cow<'_, str> {
        told(&self.reason, self.count)
    }
}
