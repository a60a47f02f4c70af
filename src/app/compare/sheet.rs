//! The layout of compared passages: side by side in columns of equal width, or under one another
//! with shared words aligned. A strip is one row of the screen.

use super::line::{Line, Signs, Strip};
use super::pieces::{LineBuilder, reports, signs_of, spoken_pieces, wrapped};
use super::stack;
use crate::model::Corpus;
use crate::relate::Row;

/// Number of screen columns between two columns of words: a rule with a space on each side.
pub const GAP: u16 = 3;
/// Minimum width in which a passage can be read, in columns of the screen.
const NARROWEST: u16 = 30;
/// Minimum width of the screen at which passages are side by side, in columns. On a narrower screen
/// they are under one another.
const BESIDE: u16 = 100;
/// Width of the label (`A`, `B`) before each line if passages are under one another, in columns of
/// the screen.
pub const LABEL: u16 = 4;

/// How the passages of a comparison are arranged on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Passages are side by side, each side in its own column.
    #[default]
    Beside,
    /// Passages are under one another, with shared words aligned vertically.
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

/// The layout of a comparison on the screen.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// How the passages are arranged.
    pub form: Form,
    /// The strips of the layout from top to bottom. Each is one row of the screen.
    pub strips: Vec<Strip>,
}

/// Returns the width of each of `columns` equal columns on a screen of `width` columns.
pub fn column_width(width: u16, columns: usize) -> u16 {
    let count = columns.max(1) as u16;
    width.saturating_sub(GAP * (count - 1) + 2) / count
}

impl Sheet {
    /// Lays rows of passages out in the arrangement `form`. `width` is that of the screen,
    /// `columns` is the number of compared columns, and `signs` says how differing words are
    /// marked.
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
                    let mut under = stack::under(corpus, row, room, signs);
                    mark_reported(corpus, row, &mut under);
                    strips.extend(under);
                }
            }
            if place + 1 < rows.len() {
                strips.push(Strip::Blank);
            }
        }
        Self { form, strips }
    }

    /// Returns the index of each strip that is the rule above a row of passages.
    pub fn starts(&self) -> impl Iterator<Item = usize> {
        let strips = self.strips.iter().enumerate();
        strips.filter_map(|(at, strip)| matches!(strip, Strip::Rule(_)).then_some(at))
    }

    /// Returns the index of the row of passages to which the strip at an index belongs.
    pub fn row_at(&self, strip: usize) -> Option<usize> {
        let upto = self.strips.get(..=strip)?;
        upto.iter().rev().find_map(|strip| match strip {
            Strip::Rule(row) => Some(*row),
            _ => None,
        })
    }
}

/// Marks the lines of passages that report what was said in other words.
fn mark_reported(corpus: &Corpus, row: &Row, strips: &mut [Strip]) {
    for strip in strips {
        if let Strip::Under(at, lines) = strip
            && let Some(Some(column)) = row.columns.get(*at)
            && reports(corpus, column)
        {
            for (_, line) in lines {
                line.is_reported = true;
            }
        }
    }
}

fn beside(corpus: &Corpus, row: &Row, width: u16, signs: Signs, strips: &mut Vec<Strip>) {
    let signs = signs_of(row, signs);
    let columns: Vec<Option<Vec<Line>>> = row
        .columns
        .iter()
        .map(|column| {
            let column = column.as_ref()?;
            let mut whole = LineBuilder::of(&spoken_pieces(corpus, column), signs);
            whole.is_reported = reports(corpus, column);
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
