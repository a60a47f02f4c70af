//! The names that the user has joined or split by hand. They take precedence over every rule.

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use super::kind::PersonKind;
use crate::text::ByteSpan;

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
    /// A person is shown by another name.
    Called {
        /// The person, by any name.
        person: Box<str>,
        /// The name to be shown.
        name: Box<str>,
    },
    /// A name is that of a person or a body.
    Sort {
        /// The person or body, by any name.
        person: Box<str>,
        /// What it is.
        kind: PersonKind,
    },
    /// A quotation was checked.
    Said {
        /// The article's key.
        article: Box<str>,
        /// The quotation in the article's text.
        span: ByteSpan,
        /// Who speaks it.
        by: SaidBy,
    },
}

/// Who speaks a quotation, by the user's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SaidBy {
    /// The one who was found.
    Found,
    /// The person with this name.
    Name(Box<str>),
    /// Nobody who is known.
    Nobody,
}

impl SaidBy {
    /// The names used in records.
    pub const NAMES: [&str; 3] = ["accepted", "changed", "nobody"];

    /// Returns the name used in records.
    pub fn name(&self) -> &'static str {
        let [accepted, changed, nobody] = Self::NAMES;
        match self {
            Self::Found => accepted,
            Self::Name(_) => changed,
            Self::Nobody => nobody,
        }
    }
}

/// All decisions of the user, oldest first. If two are about the same names, the later one counts.
/// Removing one from the list undoes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Joins(pub Vec<Join>);

/// Checked quotations by the key of their article, each with who speaks it.
pub(crate) type Checked<'a> = HashMap<&'a str, Vec<(ByteSpan, &'a SaidBy)>>;

impl Joins {
    /// Returns the checked quotations.
    pub(crate) fn checked(&self) -> Checked<'_> {
        let mut checked = Checked::default();
        for join in &self.0 {
            if let Join::Said { article, span, by } = join {
                checked.entry(article).or_default().push((*span, by));
            }
        }
        checked
    }
}
