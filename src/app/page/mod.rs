//! An article laid out as rows of a text column: a header made from its structure, then its parts.
//! Every row is a span, so that whatever is shown can be found, selected and traced.

mod build;
mod caret;

pub use caret::Step;

use std::borrow::Cow;

use crate::config::Numbers;
use crate::model::Article;
use crate::text::ByteSpan;

/// What a part of the page looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The article's address.
    Link,
    /// The line above the headline.
    Kicker,
    /// The headline.
    Title,
    /// Outlet, date, byline, source.
    Meta,
    /// Under the header.
    Rule,
    /// A summary.
    Standfirst,
    /// A picture's caption or credit.
    Caption,
    /// A heading in the body.
    Subhead,
    /// Running text.
    Paragraph,
    /// What belongs to the page, not to the article.
    Furniture,
    /// The program's own words.
    Note,
}

impl Look {
    /// Columns by which such a part is set in.
    pub fn indent(self) -> u16 {
        match self {
            Self::Caption | Self::Furniture => 2,
            _ => 0,
        }
    }

    /// Whether such a part stands in the header, which may repeat words of the body.
    pub fn is_head(self) -> bool {
        matches!(self, Self::Title | Self::Kicker | Self::Meta | Self::Link)
    }
}

/// One part of the page: a block of the text, or words made from the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it looks like.
    pub look: Look,
    /// Where its words stand: in the article's text or, behind its end, in the page's own words.
    pub span: ByteSpan,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which part it belongs to.
    pub part: u32,
    /// Its words; empty where it has none.
    pub span: ByteSpan,
    /// What is on it.
    pub kind: RowKind,
}

/// What is on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Words.
    Words,
    /// Nothing.
    Blank,
    /// A line under the header.
    Rule,
    /// So many folded blocks.
    Fold(u32),
}

/// A place on the page that survives a new layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Which part.
    pub part: u32,
    /// The byte, in the terms of [`Part::span`].
    pub at: u32,
}

/// Whether page furniture is folded away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Furniture {
    /// It is.
    #[default]
    Folded,
    /// It is shown.
    Shown,
}

impl Numbers {
    /// The sign of one utterance.
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

/// How a page is to be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Columns of the text.
    pub width: u16,
    /// What becomes of furniture.
    pub furniture: Furniture,
    /// How quotations are numbered.
    pub numbers: Numbers,
}

/// A number before a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The byte of the text before which it stands.
    pub at: usize,
    /// Its utterance, as a place in `Utterances::all`.
    pub utterance: usize,
    /// What is shown.
    pub label: String,
}

/// A laid-out article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// How it was laid out.
    pub setting: Setting,
    /// Its parts in the order shown.
    pub parts: Vec<Part>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The numbers in it, by place.
    pub marks: Vec<Mark>,
    /// Words that are not in the article's text.
    own: String,
    /// The length of the article's text: where the page's own words begin.
    base: usize,
}

impl Page {
    /// The words under a span of this page.
    pub fn words<'a>(&'a self, article: &'a Article, span: ByteSpan) -> &'a str {
        let (start, end) = (span.start as usize, span.end as usize);
        match (start.checked_sub(self.base), end.checked_sub(self.base)) {
            (Some(start), Some(end)) if end > start => self.own.get(start..end).unwrap_or(""),
            _ => span.of(&article.text),
        }
    }

    /// The part of a row.
    pub fn part(&self, row: &Row) -> Option<&Part> {
        self.parts.get(row.part as usize)
    }

    /// The place where a row begins.
    pub fn spot_of_row(&self, row: usize) -> Spot {
        self.rows.get(row).map_or(Spot::default(), |row| Spot {
            part: row.part,
            at: row.span.start,
        })
    }

    /// The row on which a place is, or the nearest before it where the place is folded away.
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

    /// The place of a byte of the article's text; `None` where it is not shown. A body part goes
    /// before the header, which may repeat its words.
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

    /// The words between two places, as a reader would type them: lines joined, parts separated
    /// by a blank line. Furniture counts only where it is shown.
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

    /// Whether a part is folded away.
    pub fn is_hidden(&self, part: &Part) -> bool {
        part.look == Look::Furniture && self.setting.furniture == Furniture::Folded
    }

    /// The utterance of the first number in a stretch of text.
    pub fn mark_in(&self, span: ByteSpan) -> Option<usize> {
        let after = self
            .marks
            .partition_point(|mark| mark.at < span.start as usize);
        let mark = self.marks.get(after)?;
        (mark.at < span.end as usize).then_some(mark.utterance)
    }

    /// The utterance of the last number before a byte of the text.
    pub fn last_mark_before(&self, at: usize) -> Option<usize> {
        let after = self.marks.partition_point(|mark| mark.at < at);
        Some(self.marks.get(after.checked_sub(1)?)?.utterance)
    }

    /// The first and the last place.
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
