//! The results that formats emit, and their claims on a file.

use std::io;
use std::ops::ControlFlow;

use crate::ingest::Given;
use crate::ingest::input::describe;
use crate::model::{Block, Format};

/// One article as its format provides it, before its structure is found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Text, unchanged.
    pub text: String,
    /// Metadata that the format gives besides the text.
    pub given: Given,
    /// Name of the record, if the file holds several.
    pub record: Option<String>,
    /// Line where the record begins, counted from 1.
    pub line: Option<u32>,
    /// Parts of the text, if the format marks them.
    pub blocks: Option<Vec<Block>>,
}

/// A result that a format emits.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// An article.
    Record(Box<Record>),
    /// A record, or the rest of the file, that cannot be read.
    Fault {
        /// Name of the record, if the file holds several.
        record: Option<String>,
        /// Line of the fault, counted from 1.
        line: Option<u32>,
        /// Reason of the fault.
        reason: String,
    },
    /// A fault that may not occur if the same bytes are read again. What was read of the file is
    /// shown, but not cached.
    Transient {
        /// Name of the record, if the file holds several.
        record: Option<String>,
        /// Reason of the fault.
        reason: String,
    },
    /// The file cannot be opened at all.
    Unreadable(String),
    /// Something that is neither an article nor a fault.
    Skipped {
        /// Name of the record, if the file holds several.
        record: Option<String>,
        /// Reason for skipping it.
        reason: String,
    },
}

impl Found {
    /// Returns a fault of the file as a whole.
    pub fn fault(reason: impl Into<String>) -> Self {
        Self::Fault {
            record: None,
            line: None,
            reason: reason.into(),
        }
    }
}

/// Whether the receiver wants more.
pub type Flow = ControlFlow<()>;
/// Receives the results of a format, in file order.
pub type Emit<'e> = dyn FnMut(Found) -> Flow + 'e;

/// Receives the results of any format, with the format.
pub type Tell<'e> = dyn FnMut(Format, Found) -> Flow + 'e;

/// How certain a format is that it can read a file. The format with the highest claim reads it; of
/// equal ones, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// The file is not in this format.
    No,
    /// Any file may be in this format, if no other claims it.
    Fallback,
    /// The file's name suggests this format, and its content does not contradict it.
    Name,
    /// The file's content shows this format.
    Content,
}

/// Reports, after an article, that reading it ended early.
pub(super) fn emit_broken_off(error: Option<&io::Error>, emit: &mut Emit) -> Flow {
    let Some(error) = error else {
        return Flow::Continue(());
    };
    let reason = format!("{}; what came before is shown", describe(error));
    emit(Found::fault(reason))
}
