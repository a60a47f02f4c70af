//! What formats come upon, and how sure they are of a file.

use std::io;
use std::ops::ControlFlow;

use crate::ingest::Given;
use crate::ingest::input::describe;
use crate::model::{Block, Format};

/// One article as its format gives it, before its structure is found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its text, unchanged.
    pub text: String,
    /// What the format says of it beside the text.
    pub given: Given,
    /// Which record of the file, where the format holds many.
    pub record: Option<String>,
    /// The line where it begins, counted from 1.
    pub line: Option<u32>,
    /// The parts of the text, where the format knows them.
    pub blocks: Option<Vec<Block>>,
}

/// What a format comes upon.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// An article.
    Record(Box<Record>),
    /// A record, or the rest of the file, that cannot be read.
    Fault {
        /// Which record, where the file has many.
        record: Option<String>,
        /// Its line, counted from 1.
        line: Option<u32>,
        /// What is wrong.
        reason: String,
    },
    /// A fault that another reading of the same bytes may not have: what was read of the file is
    /// shown, but not remembered.
    Transient {
        /// Which record, where the file has many.
        record: Option<String>,
        /// What is wrong.
        reason: String,
    },
    /// The file cannot be opened at all.
    Unreadable(String),
    /// What is no article and no fault.
    Skipped {
        /// Which record, where the file has many.
        record: Option<String>,
        /// Why it was passed over.
        reason: String,
    },
}

impl Found {
    /// A fault of the file as a whole.
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
/// Takes what a format comes upon, in the order of the file.
pub type Emit<'e> = dyn FnMut(Found) -> Flow + 'e;

/// Takes what any format comes upon, with the format.
pub type Tell<'e> = dyn FnMut(Format, Found) -> Flow + 'e;

/// How sure a format is that a file is its own. The surest reads it; of equals, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Not its own.
    No,
    /// Anything may be, where nothing else claims it.
    Fallback,
    /// The name says so, and the content does not speak against it.
    Name,
    /// The content says so.
    Content,
}

/// Tells, behind an article, that reading it ended early.
pub(super) fn emit_broken_off(error: Option<&io::Error>, emit: &mut Emit) -> Flow {
    let Some(error) = error else {
        return Flow::Continue(());
    };
    let reason = format!("{}; what came before is shown", describe(error));
    emit(Found::fault(reason))
}
