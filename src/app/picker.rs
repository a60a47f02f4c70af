//! A picker: a list above everything else, such as help, palette, faults and history. All pickers
//! share one state and one way of moving and filtering.

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

/// One line of a picker, in three columns. An empty column takes no space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The first column: keys, a date or a label.
    pub lead: String,
    /// The main text.
    pub text: String,
    /// The text at the right edge.
    pub note: String,
    /// The text of a second row. If any item has one, every item takes two rows.
    pub below: String,
    /// The part of the text on which all items are aligned.
    pub focus: Option<ByteSpan>,
    /// The action of choosing the item.
    pub choice: Choice,
}

/// The action of choosing an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing: the item is only read.
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
    /// Opens an entry of the library.
    Kept(Box<keeping::Entry>),
    /// Opens an entry of the tray, if it is in this corpus.
    Laid(Box<Laid>),
    /// Opens an article at a quotation.
    Quote(QuoteId),
    /// Opens a comparison of the wordings of an utterance.
    Variant(VariantId),
}

impl Choice {
    /// Returns the article or quotation that the choice leads to.
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
    /// Keys move the cursor and choose items.
    Off,
    /// Letters narrow the list.
    On,
    /// Letters narrow the list from the beginning, and leaving the filter closes the picker.
    Always,
}

/// A list above everything else.
#[derive(Clone, Debug)]
pub struct Picker {
    /// The heading.
    pub title: String,
    /// The message for an empty list.
    pub empty: String,
    /// The items.
    pub items: Vec<Item>,
    /// The indices of the shown items.
    pub shown: Vec<usize>,
    /// The current item and the first visible one, as indices into `shown`.
    pub cursor: Cursor,
    /// The text typed to narrow the list.
    pub input: Input,
    /// Whether keys are typed into `input`.
    pub typing: Typing,
    /// Maximum width in columns.
    pub widest: u16,
}

/// The default maximum width in columns.
const USUAL: u16 = 100;

impl Picker {
    /// Creates a picker that shows all `items`.
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

    /// Sets the maximum width in columns.
    #[must_use]
    pub fn wide(mut self, columns: u16) -> Self {
        self.widest = columns;
        self
    }

    /// Returns the number of rows of each item.
    pub fn rows(&self) -> usize {
        let has_two = |item: &Item| !item.below.is_empty();
        // The items of one list are alike, so the first ones are enough.
        1 + usize::from(self.items.iter().take(3).any(has_two))
    }

    /// Makes the picker start with typing.
    #[must_use]
    pub fn typed(mut self) -> Self {
        self.typing = Typing::Always;
        self
    }

    /// Returns the current item.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(*self.shown.get(self.cursor.at)?)
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.shown.len(), height);
    }

    /// Shows the items that contain every typed word. Items that begin with the typed text come
    /// first.
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

    /// Replaces the items. The typed text and the position in the list stay.
    pub fn renew(&mut self, items: Vec<Item>) {
        if items != self.items {
            self.items = items;
            let was = self.cursor;
            self.narrow();
            self.cursor = was;
        }
    }

    /// Returns the words to highlight in a column.
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
