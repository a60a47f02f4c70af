//! What the readers of the formats emit, and how they claim a file.

use std::io;
use std::ops::ControlFlow;

use crate::ingest::Given;
use crate::ingest::input::describe;
use crate::ingest::own::Own;
use crate::model::{Block, Format};

/// One article as its format provides it, before its structure is found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Text of the article, as the format gives it.
    pub text: String,
    /// Metadata that the format gives besides the text.
    pub given: Given,
    /// Name of the record in its file, such as its number, if the file holds several records.
    pub record: Option<String>,
    /// Line where the record begins, counted from 1.
    pub line: Option<u32>,
    /// The parts of the text, such as title and paragraphs, if the format marks them.
    pub blocks: Option<Vec<Block>>,
    /// The kutip command that wrote the record, if kutip itself wrote it.
    pub(in crate::ingest) own: Option<Own>,
}

/// One result of reading a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A record that is an article.
    Record(Box<Record>),
    /// A record, or the rest of the file, that cannot be read.
    Fault {
        /// Name of the record in its file, such as its number, if the file holds several records.
        record: Option<String>,
        /// Line where the fault is, counted from 1, if it is known.
        line: Option<u32>,
        /// What is wrong, as a message for the user.
        reason: String,
    },
    /// A fault that may not occur if the same bytes are read again. What was read of the file is
    /// shown, but not cached.
    Transient {
        /// Name of the record in its file, such as its number, if the file holds several records.
        record: Option<String>,
        /// What is wrong, as a message for the user.
        reason: String,
    },
    /// The file cannot be opened at all. Holds the reason.
    Unreadable(String),
    /// A record, or a whole file, that is neither an article nor faulty, such as a picture in an
    /// archive.
    Skipped {
        /// Name of the record in its file, such as its number, if the file holds several records.
        record: Option<String>,
        /// Why it is skipped, as a message for the user.
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

/// What a callback returns to tell the reader of a format whether to continue or to stop.
pub type Flow = ControlFlow<()>;
/// A callback that receives the results of one format, in file order.
pub type Emit<'e> = dyn FnMut(Found) -> Flow + 'e;

/// A callback that receives the results of any format, each with the format.
pub type EmitAny<'e> = dyn FnMut(Format, Found) -> Flow + 'e;

/// How certain a format is that it can read a file. The file is read in the format with the highest
/// claim; of several formats with the same claim, in the one that is listed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// The file is not in this format.
    No,
    /// The format can read the file, but only if no other format claims it.
    Fallback,
    /// The file's name suggests this format, and its content does not contradict it.
    Name,
    /// The file's content shows this format.
    Content,
}

/// Emits a fault for the error that ended reading early, if there was one. Must be called after the
/// article that was read until then was emitted.
pub(super) fn emit_read_error(error: Option<&io::Error>, emit: &mut Emit) -> Flow {
    let Some(error) = error else {
        return Flow::Continue(());
    };
    let reason = format!("{}; what came before it was read", describe(error));
    emit(Found::fault(reason))
}
