//! Boards: views that take the whole screen instead of the panes. A board is a comparison, a matrix
//! or a timeline.

use super::command::Context;
use super::compare::Compare;
use super::compare::sheet::Form;
use super::matrix::Matrix;
use super::timeline::Timeline;

/// A view that takes the whole screen instead of the panes.
#[derive(Clone, Debug)]
pub enum Board {
    /// A comparison of passages, side by side or under one another.
    Compare(Box<Compare>),
    /// A matrix: how often each outlet quotes each speaker.
    Matrix(Box<Matrix>),
    /// A timeline: how many statements were published when.
    Timeline(Box<Timeline>),
}

impl Board {
    /// Returns the contexts in which a key pressed on this board is looked up, innermost first.
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Compare(_) => &[Context::Compare, Context::Global],
            Self::Matrix(_) => &[Context::Matrix, Context::Global],
            Self::Timeline(_) => &[Context::Timeline, Context::Global],
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

/// Number of screen rows below the last speaker of a matrix: a rule and the totals.
pub const MATRIX_FOOT: u16 = 2;

/// Number of screen rows of a timeline besides its bars and its list: title, series, axis, dates and
/// a rule.
const TIMELINE_HEAD: u16 = 5;
/// Minimum and maximum number of screen rows that bars are high.
const BARS: (u16, u16) = (3, 14);
/// Minimum number of screen rows for a timeline that shows bars.
const BARS_FROM: u16 = 14;

/// Returns the number of screen rows that the bars of a timeline are high, on a board of `height`
/// rows: a third of them, or none where the list needs them.
pub fn bar_rows(height: u16) -> u16 {
    if height < BARS_FROM {
        0
    } else {
        (height / 3).saturating_sub(1).clamp(BARS.0, BARS.1)
    }
}

/// Returns the number of screen rows above the list of a timeline whose bars are `bars` rows high.
pub fn timeline_head(bars: u16) -> u16 {
    match bars {
        0 => 2,
        rows => TIMELINE_HEAD + rows,
    }
}
