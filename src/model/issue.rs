//! What went wrong while a corpus was read, and what was passed over, each with its place.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Format;

/// A fault in one record; the rest of the corpus is unharmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The file, as the user named it.
    pub path: Arc<str>,
    /// Which record of it, where it has many.
    pub record: Option<Box<str>>,
    /// What it was read as.
    pub format: Format,
    /// The line, counted from 1, where one can be named.
    pub line: Option<u32>,
    /// Whether a named path failed or a record below it.
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

/// How grave a fault is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// A path that the user named is missing or unreadable (exit code 2).
    NamedPath,
    /// Something below the named paths (exit code 3).
    Record,
}

/// Something that is no article and no fault: listed by `kutip check --skipped`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The file.
    pub path: Arc<str>,
    /// Which record of it.
    pub record: Option<Box<str>>,
    /// What it was read as.
    pub format: Format,
    /// Why it was passed over.
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
