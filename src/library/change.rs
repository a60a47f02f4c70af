//! Changes to the library. Each change names one entry and its new value. So the change that undoes
//! another has the same form.

use serde::{Deserialize, Serialize};

use super::{Anchor, Note};
use crate::model::ContentKey;
use crate::people::PersonKind;

/// The identifier of a note, unique among all processes that share a library.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteId(pub Box<str>);

/// The user's decision about a name: whether it belongs to a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PersonChoice {
    /// The name is another name of this person.
    Join(Box<str>),
    /// The name is not another name of this person.
    Split(Box<str>),
}

/// A user's decision about the speaker of a quotation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerChoice {
    /// The speaker that was found is the right one.
    Accepted,
    /// This person speaks.
    Named(Box<str>),
    /// Nobody who is known speaks.
    Nobody,
}

/// A change of one entry of the library to a new value. The values `None` and `false` remove the
/// entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "entry")]
pub enum Change {
    /// Marks an article as read (`true`) or unread.
    Read(ContentKey, bool),
    /// Adds a tag to an article (`true`) or removes it.
    Tag(ContentKey, Box<str>, bool),
    /// Sets the mark with this letter to a passage, or removes it. The user can jump to a mark.
    Mark(char, Option<Anchor>),
    /// Writes the note with this identifier, or removes it.
    Note(NoteId, Option<Note>),
    /// Puts a passage on the compare tray at this position in its order, or removes it.
    Tray(Anchor, Option<u32>),
    /// Puts a passage into the collection with this name at this position in its order, or removes
    /// it.
    Collected(Box<str>, Anchor, Option<u32>),
    /// Stores the user's decision that a name belongs to a person or does not, or removes it.
    Person(Box<str>, Option<PersonChoice>),
    /// Gives the person with a name another name to be shown by.
    Called(Box<str>, Option<Box<str>>),
    /// Sets whether a name is that of a person or a body.
    Sort(Box<str>, Option<PersonKind>),
    /// Decides who speaks a quotation.
    Speaker(Anchor, Option<SpeakerChoice>),
    /// Saves the text of a query under a name, or removes it.
    Query(Box<str>, Option<Box<str>>),
    /// Stores where in the article the user stopped reading, as a byte offset in the text.
    Position(ContentKey, Option<u32>),
    /// Stores when the user last opened the article, in seconds since 1970 UTC.
    Visit(ContentKey, Option<i64>),
}

impl Change {
    /// The kinds of change, which are the first words of [`Change::entry`].
    pub(super) const KINDS: [&str; 13] = [
        "read",
        "tag",
        "mark",
        "note",
        "tray",
        "collected",
        "person",
        "called",
        "sort",
        "speaker",
        "query",
        "position",
        "visit",
    ];

    /// Returns the name of the entry that this change sets, such as `tag` with the article and the
    /// tag. Of two changes with equal names, the later replaces the earlier.
    pub fn entry(&self) -> String {
        match self {
            Self::Read(article, _) => format!("read {article}"),
            Self::Tag(article, tag, _) => format!("tag {article} {tag}"),
            Self::Mark(letter, _) => format!("mark {letter}"),
            Self::Note(NoteId(id), _) => format!("note {id}"),
            Self::Tray(place, _) => format!("tray {}", passage(place)),
            Self::Collected(name, place, _) => format!("collected {} {name}", passage(place)),
            Self::Person(name, _) => format!("person {name}"),
            Self::Called(name, _) => format!("called {name}"),
            Self::Sort(name, _) => format!("sort {name}"),
            Self::Speaker(place, _) => format!("speaker {}", passage(place)),
            Self::Query(name, _) => format!("query {name}"),
            Self::Position(article, _) => format!("position {article}"),
            Self::Visit(article, _) => format!("visit {article}"),
        }
    }

    /// Returns whether this change removes its entry.
    pub fn is_removal(&self) -> bool {
        match self {
            Self::Read(_, on) | Self::Tag(_, _, on) => !on,
            Self::Mark(_, place) => place.is_none(),
            Self::Note(_, note) => note.is_none(),
            Self::Tray(_, at) | Self::Collected(_, _, at) | Self::Position(_, at) => at.is_none(),
            Self::Person(_, choice) => choice.is_none(),
            Self::Called(_, name) => name.is_none(),
            Self::Sort(_, kind) => kind.is_none(),
            Self::Speaker(_, choice) => choice.is_none(),
            Self::Query(_, query) => query.is_none(),
            Self::Visit(_, at) => at.is_none(),
        }
    }

    /// Returns whether this change can be undone. Reading positions and visits cannot: they are
    /// recorded automatically, not decided by the user.
    pub fn is_undoable(&self) -> bool {
        !matches!(self, Self::Position(..) | Self::Visit(..))
    }
}

fn passage(place: &Anchor) -> String {
    match place.span {
        Some(span) => format!("{} {}-{}", place.article, span.start, span.end),
        None => place.article.to_string(),
    }
}
