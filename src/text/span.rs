//! Byte spans into one text, and their conversion to offsets in Unicode scalar values.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in one article's text.
///
/// Both ends lie on character boundaries of that text. `u32` suffices, because a text is cut at 16
/// MiB when it is read.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ByteSpan {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset one past the last byte; never below `start`.
    pub end: u32,
}

impl ByteSpan {
    /// Creates the span `start..end`. An inverted pair becomes the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end.max(start) as u32,
        }
    }

    /// Returns the length of the span in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Returns whether the span is empty.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the span as a range of `usize`, for indexing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the part of `text` under the span, or the empty string if the span does not fit
    /// `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Returns whether `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether the byte at `offset` lies inside this span.
    pub fn covers(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }

    /// Returns whether the two spans share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that contains this one and `other`.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Returns the span without the white space at its edges. `text` is the text that the span
    /// refers to.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let whole = self.of(text);
        let start = self.start as usize + (whole.len() - whole.trim_start().len());
        Self::new(start, start + whole.trim().len())
    }
}

impl From<Range<usize>> for ByteSpan {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Converts byte offsets to offsets in Unicode scalar values, in one forward pass.
///
/// An offset smaller than the previous one restarts the pass from the beginning, so sort many
/// offsets first. A byte inside a character counts as the start of that character.
pub struct CharOffsets<'a> {
    text: &'a str,
    byte: usize,
    chars: usize,
}

impl<'a> CharOffsets<'a> {
    /// Creates a converter at the start of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            chars: 0,
        }
    }

    /// Returns the number of Unicode scalar values before the byte offset `byte`. An offset past
    /// the end gives the length of the text.
    pub fn at(&mut self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if byte < self.byte {
            (self.byte, self.chars) = (0, 0);
        }
        let bytes = &self.text.as_bytes()[self.byte..byte];
        // Every scalar value has exactly one byte that is not a continuation byte (10xxxxxx).
        self.chars += bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        self.byte = byte;
        self.chars
    }

    /// Returns `span` as a range counted in Unicode scalar values.
    pub fn span(&mut self, span: ByteSpan) -> Range<usize> {
        let start = self.at(span.start as usize);
        start..self.at(span.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalar_offsets_count_characters_not_bytes() {
        let text = "\u{feff}a“b”\r\nc";
        let mut walk = CharOffsets::new(text);
        let quote = text.find('b').map(|at| ByteSpan::new(at, at + 1)).unwrap();
        assert_eq!(walk.span(quote), 3..4);
        assert_eq!(walk.at(text.len()), 8);
        assert_eq!(walk.at(0), 0, "a step back starts again");
    }

    #[test]
    fn a_span_outside_the_text_is_empty_words() {
        assert_eq!(ByteSpan::new(3, 9).of("abc"), "");
        assert_eq!(ByteSpan::new(1, 2).of("“"), "", "inside a character");
    }

    #[test]
    fn trim_leaves_no_white_space_at_the_edges() {
        let text = " \u{a0}kata Kim\n";
        assert_eq!(ByteSpan::new(0, text.len()).trim(text).of(text), "kata Kim");
    }
}
