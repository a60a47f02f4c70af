//! One change to what is kept. Each names one entry and its new value, so that the change which
//! undoes it has the same shape.

use serde::{Deserialize, Serialize};

use super::{Anchor, Note};
use crate::model::ContentKey;

/// A note's identifier: unique over all readers of one library.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteId(pub Box<str>);

/// What a user decided about a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PersonChoice {
    /// The name is another name of this person.
    Join(Box<str>),
    /// The name is not another name of this person.
    Split(Box<str>),
}

/// A new value for one entry; `None` and `false` take the entry away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "entry")]
pub enum Change {
    /// An article was read, or is unread again.
    Read(ContentKey, bool),
    /// An article bears a tag, or no longer.
    Tag(ContentKey, Box<str>, bool),
    /// A letter marks a place.
    Mark(char, Option<Anchor>),
    /// A note on a passage.
    Note(NoteId, Option<Note>),
    /// A passage lies on the compare tray, at this position.
    Tray(Anchor, Option<u32>),
    /// A passage belongs to a named collection, at this position.
    Collected(Box<str>, Anchor, Option<u32>),
    /// Who a name stands for.
    Person(Box<str>, Option<PersonChoice>),
    /// A query under a name.
    Query(Box<str>, Option<Box<str>>),
    /// Where reading stopped: a byte offset in the text.
    Position(ContentKey, Option<u32>),
    /// When an article was last opened, in seconds since 1970 UTC.
    Visit(ContentKey, Option<i64>),
}

impl Change {
    /// The kinds: the first words of entries.
    pub(super) const KINDS: [&str; 10] = [
        "read",
        "tag",
        "mark",
        "note",
        "tray",
        "collected",
        "person",
        "query",
        "position",
        "visit",
    ];

    /// The entry that it is about: equal for two changes where the later replaces the earlier.
    pub fn entry(&self) -> String {
        match self {
            Self::Read(article, _) => format!("read {article}"),
            Self::Tag(article, tag, _) => format!("tag {article} {tag}"),
            Self::Mark(letter, _) => format!("mark {letter}"),
            Self::Note(NoteId(id), _) => format!("note {id}"),
            Self::Tray(place, _) => format!("tray {}", passage(place)),
            Self::Collected(name, place, _) => format!("collected {} {name}", passage(place)),
            Self::Person(name, _) => format!("person {name}"),
            Self::Query(name, _) => format!("query {name}"),
            Self::Position(article, _) => format!("position {article}"),
            Self::Visit(article, _) => format!("visit {article}"),
        }
    }

    /// Whether it takes its entry away.
    pub fn is_removal(&self) -> bool {
        match self {
            Self::Read(_, on) | Self::Tag(_, _, on) => !on,
            Self::Mark(_, place) => place.is_none(),
            Self::Note(_, note) => note.is_none(),
            Self::Tray(_, at) | Self::Collected(_, _, at) | Self::Position(_, at) => at.is_none(),
            Self::Person(_, choice) => choice.is_none(),
            Self::Query(_, query) => query.is_none(),
            Self::Visit(_, at) => at.is_none(),
        }
    }

    /// Whether it can be undone. Where one read and what one opened is remembered, not decided.
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
