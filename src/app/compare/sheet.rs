//! The layout of compared passages: side by side in columns of equal width, or under one another
//! with shared words aligned. A strip is one row of the screen.

use super::line::{Line, Signs, Strip};
use super::pieces::{Growing, pieces, signs_of, wrapped};
use super::stack;
use crate::model::Corpus;
use crate::relate::Row;

/// Columns of the screen between two columns of words: a rule with a space on each side.
pub const GAP: u16 = 3;
/// Minimum width in which a passage can be read, in columns of the screen.
const NARROWEST: u16 = 30;
/// Width of the screen below which passages are placed under one another, in columns.
const BESIDE: u16 = 100;
/// Columns of the screen before a line of passages one below the other: the letter of its side.
pub const LABEL: u16 = 4;

/// The arrangement of passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Side by side.
    #[default]
    Beside,
    /// Under one another, with shared words aligned.
    Under,
}

impl Form {
    /// Returns the form that suits a screen of `width` columns and a comparison of `columns` sides.
    pub fn for_screen(width: u16, columns: usize) -> Self {
        if width < BESIDE || column_width(width, columns) < NARROWEST {
            Self::Under
        } else {
            Self::Beside
        }
    }
}

/// The layout of a comparison.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The arrangement of passages.
    pub form: Form,
    /// The rows of the screen.
    pub strips: Vec<Strip>,
}

/// Returns the width of each of `columns` equal columns on a screen of `width` columns.
pub fn column_width(width: u16, columns: usize) -> u16 {
    let count = columns.max(1) as u16;
    width.saturating_sub(GAP * (count - 1) + 2) / count
}

impl Sheet {
    /// Lays rows out on `width` columns of the screen.
    pub fn new(
        (corpus, rows): (&Corpus, &[Row]),
        form: Form,
        (width, columns): (u16, usize),
        signs: Signs,
    ) -> Self {
        let mut strips = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            // A single row of quotations needs no number.
            if rows.len() > 1 {
                strips.push(Strip::Rule(place));
            }
            match form {
                Form::Beside => beside(
                    corpus,
                    row,
                    column_width(width, columns),
                    signs,
                    &mut strips,
                ),
                Form::Under => {
                    let room = width.saturating_sub(LABEL + 1);
                    strips.extend(stack::under(corpus, row, room, signs));
                }
            }
            if place + 1 < rows.len() {
                strips.push(Strip::Blank);
            }
        }
        Self { form, strips }
    }

    /// Returns the indices of the strips at which passages begin.
    pub fn starts(&self) -> impl Iterator<Item = usize> {
        let strips = self.strips.iter().enumerate();
        strips.filter_map(|(at, strip)| matches!(strip, Strip::Rule(_)).then_some(at))
    }

    /// Returns the index of the row that a strip belongs to.
    pub fn row_at(&self, strip: usize) -> Option<usize> {
        let upto = self.strips.get(..=strip)?;
        upto.iter().rev().find_map(|strip| match strip {
            Strip::Rule(row) => Some(*row),
            _ => None,
        })
    }
}

fn beside(corpus: &Corpus, row: &Row, width: u16, signs: Signs, strips: &mut Vec<Strip>) {
    let signs = signs_of(row, signs);
    let columns: Vec<Option<Vec<Line>>> = row
        .columns
        .iter()
        .map(|column| {
            let column = column.as_ref()?;
            let text = &corpus.get(column.passage.article)?.text;
            let whole = Growing::of(&pieces(text, column), signs);
            Some(wrapped(&whole, width))
        })
        .collect();
    let height = columns.iter().flatten().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let lines = columns.iter().map(|column| {
            let lines = column.as_ref()?;
            Some(lines.get(at).cloned().unwrap_or_default())
        });
        strips.push(Strip::Beside(lines.collect()));
    }
}
