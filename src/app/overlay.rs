//! An overlay: a list above the panes and boards, with a kind that gives it its own keys or width.

use super::command::Context;
use super::people::{Review, Speakers};
use super::picker::Picker;
use super::words::WordsView;
use crate::people::PersonId;

/// A list that is shown above the panes and boards.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The items of the list, and the user's position in it.
    pub picker: Picker,
    /// The kind of the list, which decides about its keys and its width.
    pub kind: Kind,
}

/// The kind of an overlay, with its data.
#[derive(Clone, Debug, Default)]
pub enum Kind {
    /// A list without keys of its own, such as help.
    #[default]
    Plain,
    /// A list of whole sentences, which is wider than other lists.
    Wide,
    /// The list of what is on the tray.
    Tray,
    /// A view of words, such as the occurrences of a keyword.
    Words(Box<WordsView>),
    /// The speakers of the corpus.
    Speakers(Speakers),
    /// One speaker's names and quotations.
    Person(PersonId),
    /// Likely joins and splits of names.
    Likely,
    /// The review of quotations whose speaker is not certain.
    Review(Review),
}

/// Maximum width of an overlay whose lines are whole sentences, in columns.
const WIDE_COLUMNS: u16 = 220;
/// Minimum width of an overlay on a screen that is wide enough, in columns. Key hints need it.
const NARROWEST: u16 = 72;

impl Overlay {
    /// Creates an overlay of the given kind.
    pub fn new(picker: Picker, kind: Kind) -> Self {
        Self { picker, kind }
    }

    /// Returns the contexts in which a key pressed in this overlay is looked up, innermost first.
    pub fn contexts(&self) -> &'static [Context] {
        match self.kind {
            Kind::Plain => &[Context::Picker],
            Kind::Wide | Kind::Tray => &[Context::Tray, Context::Picker],
            Kind::Words(_) => &[Context::Words, Context::Tray, Context::Picker],
            Kind::Speakers(_) | Kind::Likely => &[Context::Speakers, Context::Picker],
            Kind::Person(_) => &[Context::Person, Context::Tray, Context::Picker],
            Kind::Review(_) => &[Context::Review, Context::Picker],
        }
    }

    /// Returns the width of the overlay on a wide screen, in columns: what its items need, within
    /// limits.
    pub fn columns(&self) -> u16 {
        let widest = match self.kind {
            Kind::Plain | Kind::Speakers(_) | Kind::Likely | Kind::Review(_) => self.picker.widest,
            Kind::Wide | Kind::Tray | Kind::Person(_) => WIDE_COLUMNS,
            // Its views follow one another, so they have one width.
            Kind::Words(_) => return WIDE_COLUMNS,
        };
        if self.picker.has_trends() {
            return widest;
        }
        self.picker.measure.whole().max(NARROWEST).min(widest)
    }
}

impl From<Picker> for Overlay {
    fn from(picker: Picker) -> Self {
        Self::new(picker, Kind::Plain)
    }
}
