//! Lines that are typed to give something a name or words: a tag, a note, a query's name, a shell
//! command, a person.

use crate::library::{Anchor, NoteId};
use crate::model::ContentKey;

/// What a line is typed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A tag of an article.
    Tag(ContentKey),
    /// A note on a passage; the note that is rewritten, where there is one.
    Note(Anchor, Option<NoteId>),
    /// The name under which the filter is saved.
    Query(String),
    /// The command that gets these words.
    Pipe(String),
    /// The person for whom a name stands, too.
    Join(Box<str>),
    /// The name under which the tray is put aside.
    Collection,
    /// The word that is looked for in quotations.
    Keyword,
}

impl Ask {
    /// What stands before the line.
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
