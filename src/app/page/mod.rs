//! An article laid out as rows of a text column: a header made from its structure, then its parts.
//! Every row is a span, so that everything shown can be found, selected and traced to its source.

mod build;
mod caret;

pub use caret::Step;

use std::borrow::Cow;

use crate::config::Numbers;
use crate::model::Article;
use crate::text::ByteSpan;

/// The appearance of a part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The article's address.
    Link,
    /// The line above the headline.
    Kicker,
    /// The headline.
    Title,
    /// Outlet, date, byline and source.
    Meta,
    /// The rule below the header.
    Rule,
    /// A summary.
    Standfirst,
    /// A picture's caption or credit.
    Caption,
    /// A heading in the body.
    Subhead,
    /// Running text.
    Paragraph,
    /// Text that belongs to the web page and not to the article.
    Furniture,
    /// A notice of the program.
    Note,
}

impl Look {
    /// Returns the indent of parts with this appearance, in columns.
    pub fn indent(self) -> u16 {
        match self {
            Self::Caption | Self::Furniture => 2,
            _ => 0,
        }
    }

    /// Returns whether parts with this appearance are in the header, which may repeat words of the
    /// body.
    pub fn is_head(self) -> bool {
        matches!(self, Self::Title | Self::Kicker | Self::Meta | Self::Link)
    }
}

/// One part of the page: a block of the text, or words made from the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The appearance.
    pub look: Look,
    /// The span of its words in the article's text or, beyond the end of the text, in the page's
    /// own words.
    pub span: ByteSpan,
}

/// One row of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The index of its part.
    pub part: u32,
    /// The span of its words. Empty if it has none.
    pub span: ByteSpan,
    /// The content of the row.
    pub kind: RowKind,
}

/// The content of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Words.
    Words,
    /// Nothing.
    Blank,
    /// The rule below the header.
    Rule,
    /// A placeholder for this number of folded blocks.
    Fold(u32),
}

/// A position on the page that stays valid in a new layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The index of the part.
    pub part: u32,
    /// The byte offset, counted as in [`Part::span`].
    pub at: u32,
}

/// Whether furniture is folded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Furniture {
    /// Furniture is folded.
    #[default]
    Folded,
    /// Furniture is shown.
    Shown,
}

impl Numbers {
    /// Returns the label of an utterance's number.
    pub fn label(self, number: usize) -> String {
        match self {
            Self::Brackets => format!("[{number}]"),
            Self::Raised => number
                .to_string()
                .chars()
                .filter_map(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10)? as usize))
                .collect(),
        }
    }
}

/// The settings for the layout of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Width of the text in columns.
    pub width: u16,
    /// Whether furniture is folded.
    pub furniture: Furniture,
    /// How quotations are numbered.
    pub numbers: Numbers,
}

/// A number before a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The byte offset in the text before which the number is shown.
    pub at: usize,
    /// The index of its utterance in `Utterances::all`.
    pub utterance: usize,
    /// The label that is shown.
    pub label: String,
}

/// An article laid out as a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The settings of the layout.
    pub setting: Setting,
    /// The parts in the order shown.
    pub parts: Vec<Part>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The numbers of quotations, in the order of the text.
    pub marks: Vec<Mark>,
    /// The page's own words, which are not in the article's text.
    own: String,
    /// Length of the article's text in bytes, which is the offset of the page's own words.
    base: usize,
}

impl Page {
    /// Returns the words of a span of this page.
    pub fn words<'a>(&'a self, article: &'a Article, span: ByteSpan) -> &'a str {
        let (start, end) = (span.start as usize, span.end as usize);
        match (start.checked_sub(self.base), end.checked_sub(self.base)) {
            (Some(start), Some(end)) if end > start => self.own.get(start..end).unwrap_or(""),
            _ => span.of(&article.text),
        }
    }

    /// Returns the part of a row.
    pub fn part(&self, row: &Row) -> Option<&Part> {
        self.parts.get(row.part as usize)
    }

    /// Returns the spot at which a row begins.
    pub fn spot_of_row(&self, row: usize) -> Spot {
        self.rows.get(row).map_or(Spot::default(), |row| Spot {
            part: row.part,
            at: row.span.start,
        })
    }

    /// Returns the row that contains a spot, or the nearest row before it if the spot is folded.
    pub fn row_of(&self, spot: Spot) -> usize {
        let after = self.rows.partition_point(|row| {
            let first = Spot {
                part: row.part,
                at: row.span.start,
            };
            first <= spot
        });
        after.saturating_sub(1)
    }

    /// Returns the spot of a byte offset in the article's text, or `None` if it is not shown. A
    /// part of the body is preferred to the header, which may repeat its words.
    pub fn spot_of(&self, at: usize) -> Option<Spot> {
        let holds = |part: &Part| part.span.covers(at);
        let body = self
            .parts
            .iter()
            .position(|part| holds(part) && !part.look.is_head());
        let part = body.or_else(|| self.parts.iter().position(holds))?;
        Some(Spot {
            part: part as u32,
            at: at as u32,
        })
    }

    /// Returns the words between two spots for copying: wrapped lines are joined, and parts are
    /// separated by a blank line. Furniture is included only if it is shown.
    pub fn copy(&self, article: &Article, from: Spot, to: Spot) -> String {
        let (from, to) = (from.min(to), from.max(to));
        let parts = (0..).zip(&self.parts).filter(|(index, part)| {
            (from.part..=to.part).contains(index) && !self.is_hidden(part) && !part.span.is_empty()
        });
        let words = parts.map(|(index, part)| {
            let start = if index == from.part {
                from.at
            } else {
                part.span.start
            };
            let end = if index == to.part {
                to.at
            } else {
                part.span.end
            };
            let span = ByteSpan {
                start,
                end: end.max(start),
            };
            crate::text::squeeze(self.words(article, span))
        });
        words
            .filter(|words: &Cow<'_, str>| !words.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    /// Returns whether a part is folded.
    pub fn is_hidden(&self, part: &Part) -> bool {
        part.look == Look::Furniture && self.setting.furniture == Furniture::Folded
    }

    /// Returns the utterance of the first number in a span of the text.
    pub fn mark_in(&self, span: ByteSpan) -> Option<usize> {
        let after = self
            .marks
            .partition_point(|mark| mark.at < span.start as usize);
        let mark = self.marks.get(after)?;
        (mark.at < span.end as usize).then_some(mark.utterance)
    }

    /// Returns the utterance of the last number before a byte offset in the text.
    pub fn last_mark_before(&self, at: usize) -> Option<usize> {
        let after = self.marks.partition_point(|mark| mark.at < at);
        Some(self.marks.get(after.checked_sub(1)?)?.utterance)
    }

    /// Returns the first and the last spot.
    pub fn ends(&self) -> (Spot, Spot) {
        let last = self.parts.len().saturating_sub(1);
        let end = self.parts.get(last).map_or(0, |part| part.span.end);
        let first = Spot {
            part: 0,
            at: self.parts.first().map_or(0, |part| part.span.start),
        };
        (
            first,
            Spot {
                part: last as u32,
                at: end,
            },
        )
    }
}
