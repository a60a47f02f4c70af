//! What a user has joined and split by hand. Plain data; it wins over every rule.

use serde::{Deserialize, Serialize};

/// One decision about names, as they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "join")]
pub enum Join {
    /// Both names are one person, wherever they occur.
    Same {
        /// One name.
        a: Box<str>,
        /// The other name.
        b: Box<str>,
    },
    /// The names are two people, whatever else speaks for one.
    Apart {
        /// One name.
        a: Box<str>,
        /// The other name.
        b: Box<str>,
    },
    /// In one article, a name stands for a person.
    Here {
        /// The article's key.
        article: Box<str>,
        /// The name in that article.
        name: Box<str>,
        /// The person that it stands for there, by any name.
        person: Box<str>,
    },
}

/// All decisions, oldest first: of two about the same names the later one holds. Taking one off the
/// list undoes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Joins(pub Vec<Join>);
