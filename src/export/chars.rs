//! Converts byte offsets of a text into offsets in Unicode scalar values, in any order.

use crate::text::ByteSpan;

/// Number of bytes between two stored offsets. A look-up counts at most this many.
const STEP: usize = 1024;

/// An index of the characters of one text. It is built in one pass. A look-up takes constant time,
/// unlike [`crate::text::CharOffsets`], which starts over for each step back.
#[derive(Clone, Debug, Default)]
pub struct CharIndex(Box<[u32]>);

impl CharIndex {
    /// Builds the index of `text`.
    pub fn of(text: &str) -> Self {
        let mut before = 0;
        let steps = text.as_bytes().chunks(STEP).map(|chunk| {
            let start = before;
            before += count(chunk) as u32;
            start
        });
        Self(steps.collect())
    }

    /// Returns the start and end of `span` in scalar values. `text` must be the indexed text.
    pub fn span(&self, text: &str, span: ByteSpan) -> (usize, usize) {
        (
            self.at(text, span.start as usize),
            self.at(text, span.end as usize),
        )
    }

    fn at(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        let step = byte / STEP;
        let rest = text.as_bytes().get(step * STEP..byte).unwrap_or_default();
        // A text whose length is a multiple of the step has no chunk for its end.
        match self.0.get(step) {
            Some(before) => *before as usize + count(rest),
            None => count(text.as_bytes().get(..byte).unwrap_or_default()),
        }
    }
}

/// Returns the number of characters that begin in `bytes`: all bytes begin one, except continuation
/// bytes (10xxxxxx).
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_where_a_walk_finds_it() {
        let text = "\u{feff}a“b”\r\nc ".repeat(500);
        let index = CharIndex::of(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.at(&text, byte), chars, "{byte}");
        }
        assert_eq!(index.at(&text, text.len()), text.chars().count());
        assert_eq!(CharIndex::of("").at("", 7), 0);
    }
}
