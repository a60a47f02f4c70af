//! Questions that the reader asks in the prompt, where the user types the answer: a tag, a note,
//! the name of a query or a collection, a shell command, a person, a keyword.

use crate::library::{Anchor, NoteId};
use crate::model::ContentKey;

/// A question that the user answers by typing a line in the prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Asks for a tag to add to the article with this content key, or to remove if the article has
    /// it.
    Tag(ContentKey),
    /// Asks for the text of a note on the passage at this anchor. Holds the identifier of the note
    /// if an existing one is edited.
    Note(Anchor, Option<NoteId>),
    /// Asks for the name under which to save the filter. Holds the words of the filter.
    Query(String),
    /// Asks for a shell command to run. Holds the text that the command gets as its standard input.
    Pipe(String),
    /// Asks for a second name of the person whom the open article calls by this name.
    Join(Box<str>),
    /// Asks for the name by which a speaker is shown. Holds a name that texts have.
    Called(Box<str>),
    /// Asks for the name of the collection to which the tray is moved.
    Collection,
    /// Asks for the keyword to look for in quotations and texts.
    Keyword,
}

impl Ask {
    /// Returns the label that the prompt shows before the typed answer, such as `tag `.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Tag(_) => "tag ",
            Self::Note(..) => "note ",
            Self::Query(_) => "save the filter as ",
            Self::Pipe(_) => "| ",
            Self::Join(_) => "the same person as ",
            Self::Called(_) => "show the speaker as ",
            Self::Collection => "put the tray aside as ",
            Self::Keyword => "word ",
        }
    }
}
