//! Searches a whole text for any of many words that are rare in it. For speed, the automaton runs
//! only at positions where the next three letters begin one of the words.

use aho_corasick::{AhoCorasick, Anchored, BuildError, Input, Match, MatchKind, StartKind};

/// A search for a set of words, ignoring ASCII case. If several words begin at the same position,
/// the longest one is found.
#[derive(Debug)]
pub(super) struct Openings {
    automaton: AhoCorasick,
    /// One bit for each [`Letters`] value, which is set if a word begins with these letters.
    begun: Box<[u64; Letters::ALL / 64]>,
    /// Whether a word has fewer than three letters, so that every position must be tried.
    has_short: bool,
}

/// Three letters of a text as a number of 15 bits, ignoring case. Some other characters give the
/// same number as a letter, so an equal number does not prove equal letters.
#[derive(Clone, Copy, Default)]
struct Letters(usize);

impl Letters {
    const ALL: usize = 1 << 15;

    #[inline]
    fn followed_by(self, byte: u8) -> Self {
        Self((self.0 << 5 | usize::from(byte & 31)) % Self::ALL)
    }

    #[inline]
    fn bit(self) -> (usize, u64) {
        (self.0 / 64, 1 << (self.0 % 64))
    }
}

impl Openings {
    pub(super) fn new(words: &[&str]) -> Result<Self, BuildError> {
        let mut begun = Box::new([0; Letters::ALL / 64]);
        for word in words {
            let letters = word.bytes().take(3).fold(Letters(0), Letters::followed_by);
            let (at, bit) = letters.bit();
            begun[at] |= bit;
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(words)?;
        let has_short = words.iter().any(|word| word.len() < 3);
        Ok(Self {
            automaton,
            begun,
            has_short,
        })
    }

    /// Returns the places of the words in `text`, in text order and without overlaps.
    pub(super) fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let at = self.next(text.as_bytes(), from)?;
                let input = Input::new(text).range(at..).anchored(Anchored::Yes);
                let found = self.automaton.find(input);
                from = found.map_or(at + 1, |found| found.end().max(at + 1));
                if found.is_some() {
                    return found;
                }
            }
        })
    }

    /// Returns the first position at or after `from` where a word may begin, or `None` if there is
    /// none.
    fn next(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let rest = bytes.get(from..).filter(|rest| !rest.is_empty())?;
        if self.has_short {
            return Some(from);
        }
        let (head, behind) = rest.split_at_checked(2)?;
        let mut letters = head.iter().copied().fold(Letters(0), Letters::followed_by);
        let place = behind.iter().position(|byte| {
            letters = letters.followed_by(*byte);
            let (at, bit) = letters.bit();
            self.begun[at] & bit != 0
        })?;
        Some(from + place)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_found_where_a_plain_search_finds_them(text in "[abA .é]{0,40}") {
            for words in [&["aba", "abab", "b.a", "éa "][..], &["ab", "b b"][..]] {
                let plain = AhoCorasick::builder()
                    .ascii_case_insensitive(true)
                    .match_kind(MatchKind::LeftmostLongest)
                    .build(words)
                    .unwrap();
                let found: Vec<_> = Openings::new(words).unwrap().find_iter(&text).collect();
                prop_assert_eq!(found, plain.find_iter(&text).collect::<Vec<_>>());
            }
        }
    }
}
