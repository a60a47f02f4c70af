//! What can be asked about the words of a corpus.

use std::sync::Arc;

use crate::model::ArticleId;
use crate::people::PersonId;
use crate::relate::survey::Survey;
use crate::search::Keyword;

/// Maximum number of lines that are returned. Nobody reads more, and a list of them must be made
/// within the time of a key.
pub const MAX_LINES: usize = 5_000;
/// What is asked about the words of a corpus.
#[derive(Clone, Debug)]
pub struct WordQuestion {
    /// The keyword, or `None` if only the words that are typical of the selection are asked for.
    pub keyword: Option<Keyword>,
    /// Which text is read.
    pub scope: TextScope,
    /// Whose words are asked for. The others are the rest with which they are compared.
    pub whose: Whose,
    /// The order of the lines.
    pub order: LineOrder,
    /// The survey, which knows who speaks. Without it, nobody is told from the others.
    pub survey: Option<Arc<Survey>>,
}

/// Which text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextScope {
    /// The words of quotations.
    #[default]
    Quotes,
    /// The whole text without page furniture.
    Text,
}

/// Whose words are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Those of everybody. There is no rest.
    #[default]
    Everybody,
    /// The quotations of a person.
    Person(PersonId),
    /// Those in these articles, which are sorted.
    Articles(Arc<[ArticleId]>),
}

impl Whose {
    /// Returns whether there is a rest to compare with.
    pub fn has_rest(&self) -> bool {
        *self != Self::Everybody
    }
}

/// The order of the lines of a concordance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LineOrder {
    /// By the three words to the right, nearest first.
    #[default]
    Right,
    /// By the three words to the left, nearest first.
    Left,
    /// In the order of the corpus.
    Corpus,
}

impl LineOrder {
    /// Returns the next order in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::Corpus,
            Self::Corpus => Self::Right,
        }
    }

    /// Returns the name of the order for users.
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "by three words to the right",
            Self::Left => "by three words to the left",
            Self::Corpus => "as read",
        }
    }
}
