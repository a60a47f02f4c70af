//! Formats counts, such as `3 articles`, in the user's language.

use crate::config::Interface;

/// A kind of thing that is counted on the screen. Each kind has a singular and a plural form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Articles, as in `3 articles`.
    Articles,
    /// Quotations, as in `3 quotes`.
    Quotes,
    /// Texts that are not copies of one another, as in `3 independent texts`.
    Texts,
    /// Articles other than the one described, as in `3 others`.
    Others,
    /// Passages in a collection, as in `3 passages`.
    Passages,
    /// Statements, as in `3 statements`.
    Statements,
    /// Speakers, as in `3 speakers`.
    Speakers,
    /// Stories, as in `3 stories`.
    Stories,
    /// Wordings of one utterance, as in `3 wordings`.
    Wordings,
}

impl Counted {
    /// Returns a count with the name of the counted things in the user's language, such as
    /// `3 articles`.
    pub fn words(self, count: usize, interface: &Interface) -> String {
        let (one, many) = match self {
            Self::Articles => ("1 article", "{0} articles"),
            Self::Quotes => ("1 quote", "{0} quotes"),
            Self::Texts => ("1 independent text", "{0} independent texts"),
            Self::Others => ("1 other", "{0} others"),
            Self::Passages => ("1 passage", "{0} passages"),
            Self::Speakers => ("1 speaker", "{0} speakers"),
            Self::Stories => ("1 story", "{0} stories"),
            Self::Statements => ("1 statement", "{0} statements"),
            Self::Wordings => ("1 wording", "{0} wordings"),
        };
        let words = if count == 1 { one } else { many };
        interface.fill(words, &[&count.to_string()])
    }
}
