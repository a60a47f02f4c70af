//! The structure of an article: what stands where in its text, as spans. The rules are data: the
//! packs' page words and the layouts of outlets.

mod body;
mod byline;
mod caption;
mod cues;
mod dateline;
mod extent;
mod header;
mod layout;
mod names;
mod openings;
mod outlet;
mod published;
mod role;
mod rules;
mod tail;
#[cfg(test)]
mod tests;
mod title;
mod units;
mod votes;

use super::Given;
use crate::language::Lang;
use crate::model::Structure;

pub use rules::Rules;
pub use votes::settle_dates;

/// What was found in one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The parts.
    pub structure: Structure,
    /// The language of the body, where it could be told.
    pub language: Option<Lang>,
}

impl Rules {
    /// Finds the parts of one text. `given` is what the record says beside it.
    pub fn find(&self, text: &str, given: &Given) -> Found {
        let mut page = header::Page::new(self, text);
        page.find_body();
        page.find_title(given);
        page.read_header();
        page.read_body();
        page.read_tail();
        let language = page.language(given);
        page.find_outlet(given);
        page.find_date(given);
        page.finish(given);
        Found {
            structure: page.structure,
            language,
        }
    }
}
