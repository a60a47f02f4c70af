//! An overlay: a list above everything else, with a kind that gives it its own keys or width.

use super::command::Context;
use super::picker::Picker;
use super::survey::Concordance;
use super::timeline::Shown;

/// A list above everything else.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The list.
    pub picker: Picker,
    /// The kind of list.
    pub kind: Kind,
}

/// The kind of an overlay, with its data.
#[derive(Clone, Debug, Default)]
pub enum Kind {
    /// A list without keys of its own.
    #[default]
    Plain,
    /// A list of whole sentences, which takes more columns.
    Wide,
    /// The tray.
    Tray,
    /// A timeline.
    Timeline(Shown),
    /// The occurrences of a keyword.
    Keyword(Concordance),
}

/// Width in columns of an overlay whose lines are whole sentences.
const WIDE: u16 = 180;

impl Overlay {
    /// Creates an overlay of a kind with its own keys or width.
    pub fn new(picker: Picker, kind: Kind) -> Self {
        Self { picker, kind }
    }

    /// Returns the contexts in which a key is looked up, innermost first.
    pub fn contexts(&self) -> &'static [Context] {
        match self.kind {
            Kind::Plain => &[Context::Picker],
            Kind::Wide | Kind::Tray | Kind::Keyword(_) => &[Context::Tray, Context::Picker],
            Kind::Timeline(_) => &[Context::Timeline, Context::Tray, Context::Picker],
        }
    }

    /// Returns the maximum width in columns.
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
