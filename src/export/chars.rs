//! Offsets in Unicode scalar values for any place of a text, in any order.

use crate::text::ByteSpan;

/// Bytes between two places whose offset is known: a look-up counts this many at most.
const STEP: usize = 1024;

/// Where the characters of one text are. Made in one walk; a look-up takes the same time wherever
/// in the text it is, unlike a walk that starts anew for each step back.
#[derive(Clone, Debug, Default)]
pub struct CharIndex(Box<[u32]>);

impl CharIndex {
    /// The index of `text`.
    pub fn of(text: &str) -> Self {
        let mut before = 0;
        let steps = text.as_bytes().chunks(STEP).map(|chunk| {
            let start = before;
            before += count(chunk) as u32;
            start
        });
        Self(steps.collect())
    }

    /// Both ends of a span over the same `text`.
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
        // A text that ends on a step has no chunk behind it.
        match self.0.get(step) {
            Some(before) => *before as usize + count(rest),
            None => count(text.as_bytes().get(..byte).unwrap_or_default()),
        }
    }
}

/// The characters that begin in `bytes`: all but continuation bytes (10xxxxxx) begin one.
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
