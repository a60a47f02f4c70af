//! Counts on the screen, in the user's language.

use crate::config::Interface;

/// A thing that is counted. Each has a singular and a plural form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Articles.
    Articles,
    /// Quotations.
    Quotes,
    /// Texts that were not copied from one another.
    Texts,
    /// Other articles.
    Others,
    /// Passages in the library.
    Passages,
    /// Wordings of one utterance.
    Wordings,
}

impl Counted {
    /// Returns the count in words, such as `3 articles`.
    pub fn words(self, count: usize, interface: &Interface) -> String {
        let (one, many) = match self {
            Self::Articles => ("1 article", "{0} articles"),
            Self::Quotes => ("1 quote", "{0} quotes"),
            Self::Texts => ("1 independent text", "{0} independent texts"),
            Self::Others => ("1 other", "{0} others"),
            Self::Passages => ("1 passage", "{0} passages"),
            Self::Wordings => ("1 wording", "{0} wordings"),
        };
        let words = if count == 1 { one } else { many };
        interface.fill(words, &[&count.to_string()])
    }
}
