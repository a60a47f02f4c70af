//! What takes the whole screen instead of the panes: a comparison, a matrix.

use super::command::Context;
use super::compare::Compare;
use super::compare::sheet::Form;
use super::matrix::Matrix;

/// One of them.
#[derive(Clone, Debug)]
pub enum Board {
    /// Passages side by side.
    Compare(Box<Compare>),
    /// Story × outlet × speaker.
    Matrix(Box<Matrix>),
}

impl Board {
    /// Where keys are looked up.
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Compare(_) => &[Context::Compare, Context::Global],
            Self::Matrix(_) => &[Context::Matrix, Context::Global],
        }
    }
}

/// Rows above the passages of a comparison: its title, the headings, a rule.
pub fn compare_head(compare: &Compare) -> u16 {
    match compare.sheet.form {
        Form::Beside => 5,
        Form::Under => 2 + compare.columns.len() as u16,
    }
}

/// Rows above the speakers of a matrix: its title, the story, the outlets, a rule.
pub const MATRIX_HEAD: u16 = 4;
