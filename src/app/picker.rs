//! A list over everything else: help, palette, faults, history and whatever comes later. One
//! state, one way of moving and filtering, whatever the items mean.

use super::command::Command;
use super::cursor::{Cursor, Motion};
use super::find::Needle;
use super::input::Input;
use super::keeping;
use super::tray::{Entry, Laid};
use crate::model::{ArticleId, QuoteId};
use crate::people::PersonId;
use crate::relate::{StoryId, VariantId};
use crate::text::ByteSpan;

/// One line of a picker, in three columns. An empty column takes no room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it begins with: keys, a date, a label.
    pub lead: String,
    /// What it says.
    pub text: String,
    /// What stands at the right edge.
    pub note: String,
    /// What stands in a row of its own below; where any item has one, every item takes two rows.
    pub below: String,
    /// The part of the text on which all items are aligned.
    pub focus: Option<ByteSpan>,
    /// What choosing it does.
    pub choice: Choice,
}

/// What choosing an item does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing: it is there to be read.
    #[default]
    Nothing,
    /// Runs a command.
    Run(Command),
    /// Opens an article.
    Open(ArticleId),
    /// Opens an article at a passage of a quotation.
    Passage(QuoteId, ByteSpan),
    /// Lists what a speaker said.
    Speaker(PersonId),
    /// Lists the articles of a story.
    Story(StoryId),
    /// Opens what is kept under it.
    Kept(Box<keeping::Entry>),
    /// Opens what lies on the tray, where this corpus has it.
    Laid(Box<Laid>),
    /// Opens an article at a quotation.
    Quote(QuoteId),
    /// Lays the wordings of an utterance side by side.
    Variant(VariantId),
}

impl Choice {
    /// The article or quotation that it leads to.
    pub fn entry(&self) -> Option<Entry> {
        match self {
            Self::Passage(id, _) | Self::Quote(id) => Some(Entry::Quote(*id)),
            Self::Open(id) => Some(Entry::Article(*id)),
            Self::Laid(laid) => laid.entry,
            _ => None,
        }
    }
}

/// Whether keys are typed into a picker's filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// Keys move and choose.
    Off,
    /// Letters narrow the list.
    On,
    /// The same from the beginning: leaving the filter leaves the picker.
    Always,
}

/// A list over everything else.
#[derive(Clone, Debug)]
pub struct Picker {
    /// Its heading.
    pub title: String,
    /// What it says when it has no items.
    pub empty: String,
    /// Its items.
    pub items: Vec<Item>,
    /// Those that are shown, as places in `items`.
    pub shown: Vec<usize>,
    /// The current item and the first visible one, as places in `shown`.
    pub cursor: Cursor,
    /// What was typed to narrow it.
    pub input: Input,
    /// Whether keys go there.
    pub typing: Typing,
    /// Columns that it takes at most.
    pub widest: u16,
}

/// Columns that a picker takes where nothing else is said.
const USUAL: u16 = 100;

impl Picker {
    /// A picker over `items`, all shown.
    pub fn new(title: &str, empty: &str, items: Vec<Item>) -> Self {
        Self {
            title: title.to_owned(),
            empty: empty.to_owned(),
            shown: (0..items.len()).collect(),
            items,
            cursor: Cursor::default(),
            input: Input::default(),
            typing: Typing::Off,
            widest: USUAL,
        }
    }

    /// The same, as wide as that where the screen is.
    #[must_use]
    pub fn wide(mut self, columns: u16) -> Self {
        self.widest = columns;
        self
    }

    /// Rows that each item takes.
    pub fn rows(&self) -> usize {
        let has_two = |item: &Item| !item.below.is_empty();
        // Of one list, the items are alike: the first ones tell.
        1 + usize::from(self.items.iter().take(3).any(has_two))
    }

    /// The same, to be typed into from the beginning.
    #[must_use]
    pub fn typed(mut self) -> Self {
        self.typing = Typing::Always;
        self
    }

    /// The current item.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(*self.shown.get(self.cursor.at)?)
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.shown.len(), height);
    }

    /// Shows the items that have every word typed; those that begin with the first one come first.
    pub fn narrow(&mut self) {
        let needles = self.needles();
        let has_all = |item: &Item| {
            let mut found = Vec::new();
            needles.iter().all(|needle| {
                for column in [&item.text, &item.lead, &item.note, &item.below] {
                    needle.find(column, 0, &mut found);
                }
                !std::mem::take(&mut found).is_empty()
            })
        };
        let places = (0..).zip(&self.items);
        self.shown = places
            .filter(|(_, item)| has_all(item))
            .map(|(at, _)| at)
            .collect();
        let typed = self.input.text().trim().to_lowercase();
        if !typed.is_empty() {
            let begins = |at: &usize| {
                let item = self.items.get(*at);
                !item.is_some_and(|item| item.text.to_lowercase().starts_with(&typed))
            };
            self.shown.sort_by_key(begins);
        }
        self.cursor = Cursor::default();
    }

    /// Shows other items: what was typed, and the place in the list, stay.
    pub fn renew(&mut self, items: Vec<Item>) {
        if items != self.items {
            self.items = items;
            let was = self.cursor;
            self.narrow();
            self.cursor = was;
        }
    }

    /// What lights up in a column.
    pub fn needles(&self) -> Vec<Needle> {
        self.input
            .text()
            .split_whitespace()
            .map(Needle::new)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_narrows_by_every_word_in_any_column() {
        let item = |lead: &str, text: &str| Item {
            lead: lead.into(),
            text: text.into(),
            ..Item::default()
        };
        let items = vec![
            item("s", "sort by date"),
            item("gg", "go to the top"),
            item("z", "date of today"),
        ];
        let mut picker = Picker::new("", "", items);
        for (typed, shown) in [
            ("date", &[2, 0][..]),
            ("date s", &[0]),
            ("gg", &[1]),
            ("q", &[]),
        ] {
            picker.input = Input::new(typed);
            picker.narrow();
            assert_eq!(picker.shown, shown, "{typed}");
        }
    }
}
