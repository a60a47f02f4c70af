//! Boards: views that take the whole screen instead of the panes. A board is a comparison or a
//! matrix.

use super::command::Context;
use super::compare::Compare;
use super::compare::sheet::Form;
use super::matrix::Matrix;

/// A view that takes the whole screen instead of the panes.
#[derive(Clone, Debug)]
pub enum Board {
    /// A comparison of passages, side by side or under one another.
    Compare(Box<Compare>),
    /// The matrix of one story: how often each outlet quotes each speaker.
    Matrix(Box<Matrix>),
}

impl Board {
    /// Returns the contexts in which a key pressed on this board is looked up, innermost first.
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Compare(_) => &[Context::Compare, Context::Global],
            Self::Matrix(_) => &[Context::Matrix, Context::Global],
        }
    }
}

/// Returns the number of screen rows above the passages of a comparison: its title, the headings
/// and a rule.
pub fn compare_head(compare: &Compare) -> u16 {
    match compare.sheet.form {
        Form::Beside => 5,
        Form::Under => 2 + compare.columns.len() as u16,
    }
}

/// Number of screen rows above the first speaker of a matrix: its title, the story, the outlets and
/// a rule.
pub const MATRIX_HEAD: u16 = 4;
