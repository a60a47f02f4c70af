//! Finds the structure of an article: its parts, as spans of its text. The rules for this are data:
//! the page words of the language packs and the layouts of outlets.

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

/// The structure that was found in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detected {
    /// Structure of the article.
    pub structure: Structure,
    /// Language of the body, if it could be detected.
    pub language: Option<Lang>,
}

impl Rules {
    /// Finds the structure of an article from its text. `given` is the metadata that its record
    /// gives.
    pub fn find(&self, text: &str, given: &Given) -> Detected {
        let mut page = header::PageState::new(self, text);
        page.find_body();
        page.find_title(given);
        page.read_header();
        page.read_body();
        page.read_tail();
        let language = page.language(given);
        page.find_outlet(given);
        page.find_date(given);
        page.finish(given);
        Detected {
            structure: page.structure,
            language,
        }
    }
}
