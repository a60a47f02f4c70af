//! The names that the user has joined or split by hand. They take precedence over every rule.

use serde::{Deserialize, Serialize};

/// A decision of the user about names, as they are written.
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
    /// The names belong to two people, even if the rules would join them.
    Apart {
        /// One name.
        a: Box<str>,
        /// The other name.
        b: Box<str>,
    },
    /// In one article, a name means this person.
    Here {
        /// The article's key.
        article: Box<str>,
        /// The name in that article.
        name: Box<str>,
        /// The person meant, by any name of the person.
        person: Box<str>,
    },
}

/// All decisions of the user, oldest first. If two are about the same names, the later one counts.
/// Removing one from the list undoes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Joins(pub Vec<Join>);
