//! Types for the rows of a comparison on the screen, and for how differing words are marked.

use std::ops::Range;

use crate::relate::Standing;

/// How words that differ between the compared passages are marked on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Differing words are not marked.
    None,
    /// Differing words are marked by style.
    #[default]
    Styled,
    /// Differing words are marked by style, and `+…+` also encloses words that no other passage
    /// has.
    Written,
}

/// Words of one passage on one row of the screen, each with its relation to the other passages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The text of the line.
    pub text: String,
    /// Byte ranges of `text` in ascending order, each with the relation of its words to the other
    /// passages.
    pub marks: Vec<(Range<usize>, Standing)>,
    /// Whether the words report what was said in other words, so that they are drawn in italics.
    pub is_reported: bool,
}

/// One row of the screen in a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strip {
    /// A horizontal rule above a row of matching passages. Holds the index of that row in
    /// `Compare::rows`.
    Rule(usize),
    /// Lines of passages that are side by side: one entry per column, `None` if the column has no
    /// matching passage.
    Beside(Vec<Option<Line>>),
    /// A line of one passage, if passages are under one another. Holds the index of its column, and
    /// the parts of the line, each with the screen column where it begins.
    Under(usize, Vec<(u16, Line)>),
    /// An empty row.
    Blank,
}
