//! Where a place in a text is once the text was changed.

use crate::text::ByteSpan;

/// Bytes of words by which a place between two changes is looked for.
const WORDS: usize = 96;

/// How one text became another: what is the same at both ends stays where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct OffsetMap<'a> {
    old: &'a str,
    new: &'a str,
    /// Bytes that are the same at the beginning, and at the end.
    same: (usize, usize),
}

impl<'a> OffsetMap<'a> {
    /// Compares two texts. One pass over both.
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

    /// Where a byte of the old text is in the new one. Between the first change and the last, it is
    /// where its words are; where they are gone, it is at the first change.
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
            .floor_char_boundary((at + WORDS).min(self.old.len() - tail));
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
            // Changed before and behind.
            ("A\nkami siap\nB", "AA\nkami siap\nBB", "kami", "kami"),
            // Gone: where the changes begin.
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
