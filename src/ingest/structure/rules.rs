//! The rules by which structure is found, compiled from data: the packs' page words and the layouts
//! of outlets.

use std::path::Path;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::cues::Cues;
use super::layout::Layouts;
use crate::language::{Calendar, DayMonth, Lang, PackError, Packs, PageWords};
use crate::model::BlockKind;

/// The compiled rules by which structure is found: language packs and page layouts.
#[derive(Debug)]
pub struct Rules {
    pub(super) packs: Packs,
    pub(super) calendar: Calendar,
    pub(super) cues: Cues,
    pub(super) layouts: Layouts,
    pub(super) inline: AhoCorasick,
    pub(super) page: PageWords,
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
        let page = PageWords::merged(packs.iter().map(|pack| &pack.page));
        Ok(Self {
            calendar: Calendar::new(packs),
            cues: Cues::new(&page),
            layouts: Layouts::load(user)?,
            inline: inline_automaton(&page.inline),
            page,
            packs: packs.clone(),
        })
    }

    /// What tells these rules from any others: a user's language or layout changes it.
    pub fn digest(&self) -> [[u8; 32]; 2] {
        [self.packs.digest(), self.layouts.digest()]
    }

    /// The order of day and month in numbers of a language; day first where it is not known.
    pub(super) fn order(&self, language: Option<Lang>) -> DayMonth {
        language
            .and_then(|lang| self.packs.get(lang))
            .map(|pack| pack.dates.order)
            .unwrap_or_default()
    }
}

/// The kind of block that a part of the header becomes.
pub(super) fn is_header(kind: BlockKind) -> bool {
    !matches!(
        kind,
        BlockKind::Paragraph | BlockKind::Subhead | BlockKind::Furniture
    )
}

/// The automaton that finds furniture inside paragraphs.
fn inline_automaton(words: &[Box<str>]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words.iter().map(|word| &**word))
        .expect("word lists of packs stay far below the automaton's limits")
}
