//! A list over everything else, and what it is for where it has keys or room of its own.

use super::command::Context;
use super::picker::Picker;
use super::survey::Concordance;
use super::timeline::Shown;

/// A list over everything else.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The list.
    pub picker: Picker,
    /// What it is for.
    pub kind: Kind,
}

/// What an overlay is for, with what it lists.
#[derive(Clone, Debug, Default)]
pub enum Kind {
    /// Nothing of its own.
    #[default]
    Plain,
    /// Whole sentences: it takes more room.
    Wide,
    /// The tray.
    Tray,
    /// A timeline.
    Timeline(Shown),
    /// The places of a keyword.
    Keyword(Concordance),
}

/// Columns of an overlay that has whole sentences in its lines.
const WIDE: u16 = 180;

impl Overlay {
    /// An overlay with keys or room of its own.
    pub fn new(picker: Picker, kind: Kind) -> Self {
        Self { picker, kind }
    }

    /// Where keys are looked up, nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        match self.kind {
            Kind::Plain => &[Context::Picker],
            Kind::Wide | Kind::Tray | Kind::Keyword(_) => &[Context::Tray, Context::Picker],
            Kind::Timeline(_) => &[Context::Timeline, Context::Tray, Context::Picker],
        }
    }

    /// Columns that it takes at most.
    pub fn columns(&self) -> u16 {
        match self.kind {
            Kind::Plain | Kind::Keyword(_) => self.picker.widest,
            Kind::Wide | Kind::Tray | Kind::Timeline(_) => WIDE,
        }
    }
}

impl From<Picker> for Overlay {
    fn from(picker: Picker) -> Self {
        Self::new(picker, Kind::Plain)
    }
}
