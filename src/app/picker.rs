//! A picker: a list to choose from, shown above the panes, such as help, palette, faults and
//! history. All pickers share one state and one way of moving and filtering.

use super::command::Command;
use super::cursor::{Cursor, Motion};
use super::find::Needle;
use super::input::Input;
use super::library_data;
use super::tray::{Entry, TrayItem};
use crate::model::{ArticleId, QuoteId};
use crate::people::PersonId;
use crate::relate::{StoryId, VariantId};
use crate::text::{ByteSpan, head, laid_width};

/// An item of a picker: one line in three columns. An empty column takes no space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The text of the first column, such as keys, a date or a label.
    pub lead: String,
    /// The main text, in the second column.
    pub text: String,
    /// The text of the third column, at the right edge.
    pub note: String,
    /// The text of a second row, or empty. If any item has one, every item takes two rows.
    pub below: String,
    /// The span of `text` at which all items are aligned, such as a keyword, if they are.
    pub focus: Option<ByteSpan>,
    /// The parts of the item that have a style of their own.
    pub inks: Vec<Ink>,
    /// What happens when the user chooses the item.
    pub choice: Choice,
}

/// A part of an item that is drawn in a style of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Whether the part is in the first column or in the main text.
    pub column: InkColumn,
    /// The span of the part in the text of that column.
    pub span: ByteSpan,
    /// What the part is, which decides about its style.
    pub shade: Shade,
}

/// The columns of an item that can have parts with a style of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InkColumn {
    /// The first column.
    Lead,
    /// The main text.
    Text,
}

/// What a part of an item is, if it has a style of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// The name of a speaker with this hue, or of an unknown one.
    Speaker(Option<usize>),
    /// Speech that is reported in other words.
    Reported,
    /// Words around what the item is about.
    Context,
}

impl Ink {
    /// Creates an ink for a part of the first column, from byte `start` to byte `end`.
    pub fn of_lead(start: usize, end: usize, shade: Shade) -> Self {
        Self {
            column: InkColumn::Lead,
            span: ByteSpan::new(start, end),
            shade,
        }
    }

    /// Creates an ink for a part of the main text, from byte `start` to byte `end`.
    pub fn of_text(start: usize, end: usize, shade: Shade) -> Self {
        Self {
            column: InkColumn::Text,
            ..Self::of_lead(start, end, shade)
        }
    }
}

/// What happens when the user chooses an item of a picker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing happens: the item is only for reading.
    #[default]
    Nothing,
    /// Runs a command.
    Run(Command),
    /// Opens an article.
    Open(ArticleId),
    /// Opens an article at a span within a quotation.
    Passage(QuoteId, ByteSpan),
    /// Opens an article at a span of its text.
    Place(ArticleId, ByteSpan),
    /// Shows the occurrences of a word.
    Word(Box<str>),
    /// Lists the quotations of a speaker.
    Speaker(PersonId),
    /// One of the names of a speaker, by its place among them.
    Alias(PersonId, usize),
    /// Joins two speakers who may be one.
    Join(PersonId, PersonId),
    /// Accepts the speaker under review.
    Accept,
    /// Says that another one speaks the quotation under review.
    Candidate(Box<str>),
    /// Lists the articles of a story.
    Story(StoryId),
    /// Filters the list by an outlet, which is an index into the outlets of the survey.
    Outlet(usize),
    /// Opens an entry of the library, such as a note.
    LibraryEntry(Box<library_data::LibraryEntry>),
    /// Opens the article of an item on the tray, if it is in this corpus.
    TrayItem(Box<TrayItem>),
    /// Opens an article at a quotation.
    Quote(QuoteId),
    /// Opens a comparison of the wordings of an utterance.
    Variant(VariantId),
}

impl Choice {
    /// Returns the article or quotation that the choice opens, as an entry for the tray. Returns
    /// `None` for a choice that opens neither.
    pub fn entry(&self) -> Option<Entry> {
        match self {
            Self::Passage(id, _) | Self::Quote(id) => Some(Entry::Quote(*id)),
            Self::Open(id) | Self::Place(id, _) => Some(Entry::Article(*id)),
            Self::TrayItem(item) => item.entry,
            _ => None,
        }
    }
}

impl Item {
    /// Returns the parts of a column that have a style of their own.
    pub fn inks(&self, column: InkColumn) -> impl Iterator<Item = &Ink> {
        self.inks.iter().filter(move |ink| ink.column == column)
    }
}

/// Whether letters are typed into a picker's filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// Keys move the cursor and choose items; letters are not typed.
    Off,
    /// Letters are typed into the filter, which narrows the list.
    On,
    /// Letters are typed into the filter as soon as the picker opens, and leaving the filter closes
    /// the picker.
    Always,
}

/// A list to choose from, shown above the panes.
#[derive(Clone, Debug)]
pub struct Picker {
    /// The heading of the list.
    pub title: String,
    /// The message that is shown if there are no items.
    pub empty: String,
    /// All items, including those that the filter hides.
    pub items: Vec<Item>,
    /// The items that pass the filter, as indices into `items`, in the order in which they are
    /// shown.
    pub shown: Vec<usize>,
    /// The current item and the first visible one, as indices into `shown`.
    pub cursor: Cursor,
    /// The text that the user types to narrow the list.
    pub input: Input,
    /// Whether letters are typed into `input`.
    pub typing: Typing,
    /// Maximum width of the picker, in columns of the screen.
    pub widest: u16,
    /// The width of the columns of the picker, as far as its items are known.
    pub measure: Measure,
}

/// Maximum width of a picker that sets no other, in columns of the screen.
const DEFAULT_WIDTH: u16 = 180;

/// The widths that the columns of a picker need, in columns of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Width of the widest first column.
    pub lead: u16,
    /// Width of the widest text, with the third column beside it or the second row below it.
    pub rest: u16,
}

impl Measure {
    /// Number of items that are measured. More would cost more than a key may.
    const ITEMS: usize = 1000;
    /// Maximum number of bytes of a text that are measured: more than the widest screen shows.
    const BYTES: usize = 1000;
    /// Number of columns of an item that hold no words: the edge, the bar, gaps between columns.
    const BETWEEN: u16 = 8;

    fn of(items: &[Item]) -> Self {
        let mut measure = Self::default();
        for item in items.iter().take(Self::ITEMS) {
            let of = |words: &str| laid_width(head(words, Self::BYTES));
            let note = of(&item.note);
            let rest = of(&item.text).saturating_add(note).max(of(&item.below));
            measure.lead = measure.lead.max(of(&item.lead));
            measure.rest = measure.rest.max(rest);
        }
        measure
    }

    /// Returns the width of a picker in which nothing is cut.
    pub fn whole(self) -> u16 {
        self.lead
            .saturating_add(self.rest)
            .saturating_add(Self::BETWEEN)
    }

    /// Returns the width of the first column in a picker that is `columns` wide inside its edges.
    /// If there is not enough room for everything, the first column gets at most a fifth, because
    /// the text beside it says more.
    pub fn lead_in(self, columns: u16) -> u16 {
        if self.whole() <= columns + 2 {
            return self.lead;
        }
        self.lead.min((columns / 5).max(MIN_LEAD))
    }
}

/// Width that the first column of a picker may always take, in columns of the screen.
const MIN_LEAD: u16 = 20;

impl Picker {
    /// Creates a picker that shows all `items`. `title` is its heading, `empty` the message if
    /// there are no items.
    pub fn new(title: &str, empty: &str, items: Vec<Item>) -> Self {
        Self {
            title: title.to_owned(),
            empty: empty.to_owned(),
            shown: (0..items.len()).collect(),
            measure: Measure::of(&items),
            items,
            cursor: Cursor::default(),
            input: Input::default(),
            typing: Typing::Off,
            widest: DEFAULT_WIDTH,
        }
    }

    /// Returns the picker with this maximum width in columns of the screen.
    #[must_use]
    pub fn wide(mut self, columns: u16) -> Self {
        self.widest = columns;
        self
    }

    /// Returns the number of screen rows that each item takes: two if items have a second row, else
    /// one.
    pub fn rows(&self) -> usize {
        let has_two = |item: &Item| !item.below.is_empty();
        // The items of one list are alike, so the first ones are enough.
        1 + usize::from(self.items.iter().take(3).any(has_two))
    }

    /// Returns the picker in the mode in which letters are typed as soon as it opens.
    #[must_use]
    pub fn typed(mut self) -> Self {
        self.typing = Typing::Always;
        self
    }

    /// Returns the item at the cursor, or `None` if no item is shown.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(*self.shown.get(self.cursor.at)?)
    }

    /// Returns whether each item has a trend: when and how it is quoted.
    pub fn has_trends(&self) -> bool {
        let first = self.items.first().map(|item| &item.choice);
        matches!(
            first,
            Some(Choice::Speaker(_) | Choice::Story(_) | Choice::Outlet(_))
        )
    }

    /// Moves the cursor by a motion, with pages of `height` items.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.shown.len(), height);
    }

    /// Shows only the items that contain every typed word. Items that begin with the typed text
    /// come first.
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

    /// Replaces the items. The typed text and the cursor's position stay.
    pub fn replace_items(&mut self, items: Vec<Item>) {
        if items != self.items {
            self.items = items;
            self.measure = Measure::of(&self.items);
            let was = self.cursor;
            self.narrow();
            self.cursor = was;
        }
    }

    /// Returns the typed words, so that they can be highlighted in the items.
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
