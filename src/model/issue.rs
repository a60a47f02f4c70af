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
    /// What is wrong and, where it helps, what to try.
    pub reason: Box<str>,
    /// How many records of the file it stands for: where there are very many, one of a kind does
    /// for all.
    pub count: u32,
}

impl Issue {
    /// How many records are faulty.
    pub fn count_all(issues: &[Self]) -> usize {
        issues.iter().map(|issue| issue.count as usize).sum()
    }

    /// What is wrong, and with how many.
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
    /// A failure of the program itself, of which no file is known to be the cause.
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
    /// Format that it was read as.
    pub format: Format,
    /// Why it was skipped.
    pub reason: Box<str>,
    /// How many records of the file it stands for.
    pub count: u32,
}

impl Skipped {
    /// Why it was passed over, and how many like it.
    pub fn told(&self) -> Cow<'_, str> {
        told(&self.reason, self.count)
    }
}
