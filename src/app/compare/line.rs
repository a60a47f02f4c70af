//! Lines of compared words on the screen, and how differing words are marked.

use std::ops::Range;

use crate::relate::Standing;

/// How words that differ are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Not marked.
    None,
    /// Marked by style.
    #[default]
    Styled,
    /// Marked by style, and by `+…+` around words that no other passage has.
    Written,
}

/// Words on one row, marked by how they relate to the other passages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Byte ranges of words in ascending order, each with its relation to the other passages.
    pub marks: Vec<(Range<usize>, Standing)>,
}

/// One row of the screen in a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strip {
    /// A rule above a passage, with the index of the passage's row.
    Rule(usize),
    /// One line per column, or `None` where a column has no such line.
    Beside(Vec<Option<Line>>),
    /// Lines of the column with this index, each with the column of the screen where it begins.
    Under(usize, Vec<(u16, Line)>),
    /// An empty row.
    Blank,
}
