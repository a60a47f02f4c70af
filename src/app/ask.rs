//! Questions that a typed line answers: a tag, a note, the name of a query or a collection, a shell
//! command, a person, a keyword.

use crate::library::{Anchor, NoteId};
use crate::model::ContentKey;

/// The question that a typed line answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A tag for an article.
    Tag(ContentKey),
    /// A note on a passage, with the identifier of the note if an existing one is edited.
    Note(Anchor, Option<NoteId>),
    /// The name under which to save the filter. Holds the words of the filter.
    Query(String),
    /// The shell command to run. Holds the text for its standard input.
    Pipe(String),
    /// The person whom a name stands for as well. Holds the name.
    Join(Box<str>),
    /// The name of the collection in which to put the tray aside.
    Collection,
    /// The keyword to look for in quotations.
    Keyword,
}

impl Ask {
    /// Returns the label in front of the line.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Tag(_) => "tag ",
            Self::Note(..) => "note ",
            Self::Query(_) => "save the filter as ",
            Self::Pipe(_) => "| ",
            Self::Join(_) => "the same person as ",
            Self::Collection => "put the tray aside as ",
            Self::Keyword => "word in quotes ",
        }
    }
}
