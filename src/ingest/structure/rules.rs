//! The rules that detect structure, compiled from data: the page words of language packs and the
//! layouts of outlets.

use std::path::Path;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::cues::Cues;
use super::layout::Layouts;
use crate::language::{Calendar, DayMonth, Lang, PackError, Packs, PageWords};
use crate::model::BlockKind;

/// The compiled rules that detect structure.
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

    /// Compiles the rules of `packs` and the embedded layouts, extended by those in a user's folder
    /// in the way that [`Packs::load`] extends languages.
    ///
    /// # Errors
    /// Returns the first file that cannot be read or compiled.
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

    /// Returns the digests of the language packs and of the layouts, which identify these rules.
    /// They change if the user adds or changes a language or a layout.
    pub fn digest(&self) -> [[u8; 32]; 2] {
        [self.packs.digest(), self.layouts.digest()]
    }

    /// Returns the order of day and month in numeric dates of a language. For an unknown language,
    /// it is day first.
    pub(super) fn order(&self, language: Option<Lang>) -> DayMonth {
        language
            .and_then(|lang| self.packs.get(lang))
            .map(|pack| pack.dates.order)
            .unwrap_or_default()
    }
}

/// Returns whether blocks of this kind belong to the header of an article when they are above its
/// body.
pub(super) fn is_header(kind: BlockKind) -> bool {
    !matches!(
        kind,
        BlockKind::Paragraph | BlockKind::Subhead | BlockKind::Furniture
    )
}

/// Builds the automaton that finds furniture and bylines inside paragraphs by the `words` with
/// which they begin.
fn inline_automaton(words: &[Box<str>]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words.iter().map(|word| &**word))
        .expect("word lists of packs stay far below the automaton's limits")
}
