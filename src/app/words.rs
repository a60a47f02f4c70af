//! What a view of words shows: lines of a keyword in its context, its dispersion, the words beside
//! it, or the words that are typical of a selection.

use std::sync::Arc;

use crate::relate::{LineOrder, Survey, TextScope, Whose, WordQuestion, WordsFound};
use crate::search::Keyword;

/// What a view of words shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordsTab {
    /// The lines of the keyword.
    #[default]
    Lines,
    /// Where and when the keyword occurs.
    Spread,
    /// The words beside the keyword.
    Beside,
    /// The words that are typical of the selection.
    Typical,
}

impl WordsTab {
    const ALL: [Self; 4] = [Self::Lines, Self::Spread, Self::Beside, Self::Typical];

    /// Returns the tab `by` places further, or back if negative.
    #[must_use]
    pub fn turned(self, by: isize) -> Self {
        let at = (self as usize).cast_signed() + by;
        let at = at.rem_euclid(Self::ALL.len().cast_signed());
        let next = Self::ALL.get(at.cast_unsigned());
        next.copied().unwrap_or_default()
    }

    /// Returns the name of the tab for users.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Spread => "where and when",
            Self::Beside => "words beside it",
            Self::Typical => "typical words",
        }
    }
}

/// What the user wants to see of words.
#[derive(Clone, Debug, Default)]
pub struct WordsWanted {
    /// The keyword as the user typed it, or empty if only typical words are asked for.
    pub typed: String,
    /// Which text is read.
    pub scope: TextScope,
    /// Whose words are shown.
    pub whose: Whose,
    /// The order of the lines.
    pub order: LineOrder,
    /// What is shown of all that was found.
    pub tab: WordsTab,
    /// The survey to which the person in `whose` belongs.
    pub survey: Option<Arc<Survey>>,
}

impl WordsWanted {
    /// Returns the question to the worker, or `None` if nothing is asked for.
    pub fn question(&self) -> Option<WordQuestion> {
        let keyword = Keyword::parse(&self.typed);
        if keyword.is_none() && !self.whose.has_rest() {
            return None;
        }
        Some(WordQuestion {
            keyword,
            scope: self.scope,
            whose: self.whose.clone(),
            order: self.order,
            survey: self.survey.clone(),
        })
    }
}

/// Whether words are shown in a new overlay or in the place of the one in which they were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// In a new overlay.
    New,
    /// In the place of the topmost overlay.
    Again,
}

/// A view of words: what was asked for, and what was found.
#[derive(Clone, Debug)]
pub struct WordsView {
    /// What was asked for.
    pub wanted: WordsWanted,
    /// What was found.
    pub found: Arc<WordsFound>,
    /// The width of the screen for which the items were made.
    pub columns: u16,
}
