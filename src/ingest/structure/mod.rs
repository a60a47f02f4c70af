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
mod tail;
#[cfg(test)]
mod tests;
mod title;
mod units;
mod votes;

use std::path::Path;

use super::Given;
use crate::language::{Calendar, DayMonth, Lang, PackError, Packs, PageWords};
use crate::model::{BlockKind, Structure};

use cues::Cues;
use layout::Layouts;
pub use votes::settle_dates;

/// What was found in one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The parts.
    pub structure: Structure,
    /// The language of the body, where it could be told.
    pub language: Option<Lang>,
}

/// The compiled rules by which structure is found: language packs and page layouts.
#[derive(Debug)]
pub struct Rules {
    packs: Packs,
    calendar: Calendar,
    cues: Cues,
    layouts: Layouts,
    inline: aho_corasick::AhoCorasick,
    page: PageWords,
}

impl Rules {
    /// Compiles the rules of `packs` and the embedded layouts.
    pub fn new(packs: &Packs) -> Self {
        Self::load(packs, None)
            .unwrap_or_else(|error| unreachable!("an embedded layout is checked by tests: {error}"))
    }

    /// Compiles the rules of `packs` and the embedded layouts, extended by those of a user's
    /// folder as [`Packs::load`] extends languages.
    ///
    /// # Errors
    /// Names the first file that cannot be read or compiled.
    pub fn load(packs: &Packs, user: Option<&Path>) -> Result<Self, PackError> {
        let page = PageWords::merged(packs);
        Ok(Self {
            calendar: Calendar::new(packs),
            cues: Cues::new(&page),
            layouts: Layouts::load(user)?,
            inline: body::inline_automaton(&page.inline),
            page,
            packs: packs.clone(),
        })
    }

    /// What tells these rules from any others: a user's language or layout changes it.
    pub fn digest(&self) -> [[u8; 32]; 2] {
        [self.packs.digest(), self.layouts.digest()]
    }

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

    /// The order of day and month in numbers of a language; day first where it is not known.
    fn order(&self, language: Option<Lang>) -> DayMonth {
        language
            .and_then(|lang| self.packs.get(lang))
            .map(|pack| pack.dates.order)
            .unwrap_or_default()
    }
}

/// The kind of block that a part of the header becomes.
fn is_header(kind: BlockKind) -> bool {
    !matches!(
        kind,
        BlockKind::Paragraph | BlockKind::Subhead | BlockKind::Furniture
    )
}
