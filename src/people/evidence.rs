//! What tells that two names are of one person or body.

use schemars::JsonSchema;
use serde::Serialize;

/// What tells that a name is of a person or body, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NameEvidence {
    /// The user said so.
    ByHand,
    /// The same name in another spelling or with other titles.
    Written,
    /// A text says so: `Joko Halim yang akrab disapa Jokoha`.
    Apposition,
    /// Letters that stand for the name: `BKN`.
    Letters,
    /// The article has the full name.
    Article,
    /// Another article of the same story has the full name.
    Story,
    /// The same office, held by nobody else then.
    Office,
    /// A shorter form of the name, and nobody else in the corpus is called so.
    Shortened,
    /// Differs by a slip of the pen.
    Spelling,
    /// Words that the page has run together with the name.
    Glued,
    /// Nearly the whole corpus means this person by the short name.
    Corpus,
}

impl NameEvidence {
    /// Returns the sentence that tells a user about it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::ByHand => "joined by hand",
            Self::Written => "the same name, written otherwise",
            Self::Apposition => "a text gives both names",
            Self::Letters => "letters that stand for the name",
            Self::Article => "the article has the full name",
            Self::Story => "an article of the same story has the full name",
            Self::Office => "the same office",
            Self::Shortened => "a shorter form, which nobody else has",
            Self::Spelling => "a slip of the pen",
            Self::Glued => "words run together with the name",
            Self::Corpus => "nearly all articles mean this person",
        }
    }
}
