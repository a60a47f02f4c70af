//! Lines of compared words as they stand on the screen, and how words that differ are shown there.

use std::ops::Range;

use crate::relate::Standing;

/// How words that differ are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Not at all.
    None,
    /// By their style.
    #[default]
    Styled,
    /// By their style, and by `+…+` around what no other passage has.
    Written,
}

/// Words on one row, with how they stand to the other passages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Rising byte ranges of the words.
    pub marks: Vec<(Range<usize>, Standing)>,
}

/// One row of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strip {
    /// The beginning of a passage (its place in the rows).
    Rule(usize),
    /// A line of each column; `None` where the column has nothing of the kind.
    Beside(Vec<Option<Line>>),
    /// A line of one column: words, and the places where they begin.
    Under(usize, Vec<(u16, Line)>),
    /// Nothing.
    Blank,
}
