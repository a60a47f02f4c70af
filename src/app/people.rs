//! What the lists by which people are decided about by hand have to know.

use crate::model::QuoteId;
use crate::people::PersonId;

/// A list of speakers, and which of them are chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speakers {
    /// The speakers to which the list is limited, or `None` for all.
    pub only: Option<Vec<PersonId>>,
    /// The chosen speakers.
    pub chosen: Vec<PersonId>,
}

/// A walk through quotations whose speaker is not certain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The quotations, in the order of the list and of the text.
    pub quotes: Vec<QuoteId>,
    /// The place of the current one.
    pub at: usize,
}

impl Review {
    /// Returns the current quotation.
    pub fn current(&self) -> Option<QuoteId> {
        self.quotes.get(self.at).copied()
    }

    /// Goes `steps` quotations forward, or back if negative. Returns whether there is one.
    pub fn go(&mut self, steps: isize) -> bool {
        let at = self.at.checked_add_signed(steps);
        let at = at.filter(|at| *at < self.quotes.len());
        self.at = at.unwrap_or(self.at);
        at.is_some()
    }
}
