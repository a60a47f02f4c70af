//! Maps byte offsets in a text to offsets in a changed version of the text.

use crate::text::ByteSpan;

/// Maximum length of the old text that is looked for in the new one to map an offset between two
/// changes, in bytes.
const MATCH_LEN: usize = 96;

/// A map of byte offsets from an old text to a new one. Text that is equal at the beginning and at
/// the end keeps its position.
#[derive(Clone, Copy, Debug)]
pub(super) struct OffsetMap<'a> {
    old: &'a str,
    new: &'a str,
    /// Number of bytes that are equal at the beginning of both texts, and at their end.
    same: (usize, usize),
}

impl<'a> OffsetMap<'a> {
    /// Creates the map by comparing two texts in one pass.
    pub(super) fn between(old: &'a str, new: &'a str) -> Self {
        let alike = |(a, b): &(u8, u8)| a == b;
        let head = old.bytes().zip(new.bytes()).take_while(alike).count();
        let rest = old.len().min(new.len()) - head;
        let back = old.bytes().rev().zip(new.bytes().rev());
        let tail = back.take(rest).take_while(alike).count();
        Self {
            old,
            new,
            same: (head, tail),
        }
    }

    /// Returns the offset in the new text for a byte offset of the old one. Between the first and
    /// the last change, it is the offset of the same words or, if they no longer exist, of the
    /// first change.
    pub(super) fn apply(&self, at: usize) -> usize {
        let (head, tail) = self.same;
        if at <= head {
            return at;
        }
        if at + tail >= self.old.len() {
            return self
                .new
                .len()
                .saturating_sub(self.old.len().saturating_sub(at));
        }
        let end = self
            .old
            .floor_char_boundary((at + MATCH_LEN).min(self.old.len() - tail));
        let words = ByteSpan::new(at, end.max(at)).of(self.old);
        let words = words.lines().next().unwrap_or("").trim_end();
        let middle = self
            .new
            .get(self.new.floor_char_boundary(head)..)
            .unwrap_or("");
        let found = middle.find(words).filter(|_| !words.is_empty());
        self.new.floor_char_boundary(head) + found.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stays_with_its_words() {
        let cases = [
            ("satu dua tiga", "satu dua tiga empat", "dua", "dua"),
            ("satu dua tiga", "nol satu dua tiga", "dua", "dua"),
            ("satu dua tiga", "satu tiga", "tiga", "tiga"),
            // The text before and after the words has changed.
            ("A\nkami siap\nB", "AA\nkami siap\nBB", "kami", "kami"),
            // The words no longer exist, so the offset is where the changes begin.
            ("satu\ndua\ntiga", "satu\nempat\nlima", "dua", "empat"),
            ("xé\ny\nzü", "xè\nq\nzö", "y", "è"),
        ];
        for (old, new, from, to) in cases {
            let shift = OffsetMap::between(old, new);
            let at = shift.apply(old.find(from).unwrap());
            assert_eq!(Some(at), new.find(to), "{old:?} → {new:?}");
        }
    }
}
