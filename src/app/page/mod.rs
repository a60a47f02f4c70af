//! An article laid out as rows of a text column: a header made from its structure, then its parts.
//! Each row is a span of text, so that everything shown can be found, selected and traced to its
//! source.

mod build;
mod caret;

pub use caret::Step;

use std::borrow::Cow;

use crate::config::Numbers;
use crate::model::Article;
use crate::text::ByteSpan;

/// The appearance of a part of a page, which depends on what the part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The web address of the article.
    Link,
    /// The kicker: a short line above the headline.
    Kicker,
    /// The headline.
    Title,
    /// A line about the article: outlet and date, byline, or source.
    Meta,
    /// The horizontal rule below the header.
    Rule,
    /// The standfirst: a summary below the headline.
    Standfirst,
    /// The caption or credit of a picture.
    Caption,
    /// A heading in the body.
    Subhead,
    /// A paragraph of running text.
    Paragraph,
    /// Furniture: text that belongs to the web page and not to the article, such as menus.
    Furniture,
    /// A notice of the program, for example that no running text was found.
    Note,
}

impl Look {
    /// Returns by how many columns parts with this appearance are indented.
    pub fn indent(self) -> u16 {
        match self {
            Self::Caption | Self::Furniture => 2,
            _ => 0,
        }
    }

    /// Returns whether parts with this appearance are in the header, whose words may occur in the
    /// body too.
    pub fn is_head(self) -> bool {
        matches!(self, Self::Title | Self::Kicker | Self::Meta | Self::Link)
    }
}

/// One part of the page: a block of the article's text, or a line that the page adds, such as the
/// byline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The appearance of the part.
    pub look: Look,
    /// The span of the part's words in the article's text. A span beyond the end of that text is in
    /// the text that the page adds.
    pub span: ByteSpan,
}

/// One row of the page, as it appears on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The index of the part that the row belongs to.
    pub part: u32,
    /// The span of the row's words, counted as in [`Part::span`]. Empty if the row has no words.
    pub span: ByteSpan,
    /// What the row contains.
    pub kind: RowKind,
}

/// What a row of the page contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// The row contains words.
    Words,
    /// The row is empty.
    Blank,
    /// The row is the horizontal rule below the header.
    Rule,
    /// The row stands for folded furniture. Holds the number of folded blocks.
    Fold(u32),
}

/// A position on the page that stays valid when the page is laid out again, for example in another
/// width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The index of the part that contains the position.
    pub part: u32,
    /// The byte offset of the position, counted as in [`Part::span`].
    pub at: u32,
}

/// Whether furniture, the text of the web page around the article, is folded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Furniture {
    /// Furniture is folded: one row stands for it.
    #[default]
    Folded,
    /// Furniture is shown.
    Shown,
}

impl Numbers {
    /// Returns the number of an utterance as it is shown, such as `[3]` or `³`.
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
    /// Whether furniture, the text of the web page around the article, is folded.
    pub furniture: Furniture,
    /// How the numbers of quotations are written.
    pub numbers: Numbers,
}

/// The number that is shown before a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The byte offset in the article's text before which the number is shown.
    pub at: usize,
    /// The index in `Utterances::all` of the utterance with this number.
    pub utterance: usize,
    /// The number as it is shown, such as `[3]`.
    pub label: String,
}

/// An article laid out as a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The settings for which the page was laid out.
    pub setting: Setting,
    /// The parts of the page, in the order in which they are shown.
    pub parts: Vec<Part>,
    /// The rows of the page, from top to bottom.
    pub rows: Vec<Row>,
    /// The numbers shown before quotations, in the order of the text.
    pub marks: Vec<Mark>,
    /// Text that the page adds to the article's own, such as the byline and notices.
    own: String,
    /// Length of the article's text in bytes. Spans of the added text `own` begin at this offset.
    base: usize,
}

impl Page {
    /// Returns the words of a span, from the article's text or from the text that the page adds.
    pub fn words<'a>(&'a self, article: &'a Article, span: ByteSpan) -> &'a str {
        let (start, end) = (span.start as usize, span.end as usize);
        match (start.checked_sub(self.base), end.checked_sub(self.base)) {
            (Some(start), Some(end)) if end > start => self.own.get(start..end).unwrap_or(""),
            _ => span.of(&article.text),
        }
    }

    /// Returns the part that a row belongs to.
    pub fn part(&self, row: &Row) -> Option<&Part> {
        self.parts.get(row.part as usize)
    }

    /// Returns the spot at which the row with index `row` begins.
    pub fn spot_of_row(&self, row: usize) -> Spot {
        self.rows.get(row).map_or(Spot::default(), |row| Spot {
            part: row.part,
            at: row.span.start,
        })
    }

    /// Returns the index of the row that contains a spot. If the spot is in folded furniture,
    /// returns the nearest row before it.
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

    /// Returns the spot of a byte offset in the article's text, or `None` if the page does not show
    /// it. If both the header and the body show it, returns the spot in the body.
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

    /// Returns whether a part is hidden, because it is furniture and furniture is folded.
    pub fn is_hidden(&self, part: &Part) -> bool {
        part.look == Look::Furniture && self.setting.furniture == Furniture::Folded
    }

    /// Returns the index of the utterance whose number is the first one shown in a span of the
    /// text.
    pub fn mark_in(&self, span: ByteSpan) -> Option<usize> {
        let after = self
            .marks
            .partition_point(|mark| mark.at < span.start as usize);
        let mark = self.marks.get(after)?;
        (mark.at < span.end as usize).then_some(mark.utterance)
    }

    /// Returns the index of the utterance whose number is the last one shown before a byte offset
    /// in the text.
    pub fn last_mark_before(&self, at: usize) -> Option<usize> {
        let after = self.marks.partition_point(|mark| mark.at < at);
        Some(self.marks.get(after.checked_sub(1)?)?.utterance)
    }

    /// Returns the spots at the beginning and at the end of the page.
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
