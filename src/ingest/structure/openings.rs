//! Searches a text for any of many words that are rare in it, at one place or at all. For speed,
//! words are compared only where the next three letters begin one of them.

use std::collections::HashMap;

/// A set of words to search for, ignoring ASCII case. If several words begin at the same position,
/// the longest one is found.
#[derive(Debug)]
pub(super) struct Openings {
    /// For each three letters, the words that begin with them, the longest first, each with its
    /// index.
    by_letters: HashMap<Letters, Vec<Word>, foldhash::fast::RandomState>,
    /// One bit for each [`Letters`] value, which is set if a word begins with these letters.
    begun: Box<[u64; Letters::ALL / 64]>,
    /// The words of fewer than three bytes, which are tried at every position.
    short: Vec<Word>,
}

/// A word and its index in the list from which [`Openings`] were made.
type Word = (Box<str>, usize);

/// A place in a text where one of the words was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    /// Index of the word.
    pub word: usize,
}

/// Three letters of a text as a number of 15 bits, ignoring case. Some other characters give the
/// same number as a letter, so an equal number does not prove equal letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Letters(usize);

impl Letters {
    const ALL: usize = 1 << 15;

    /// The first three letters of `bytes`, or `None` if it has fewer.
    #[inline]
    fn first_of(bytes: &[u8]) -> Option<Self> {
        let letters = bytes.first_chunk::<3>()?.iter();
        Some(letters.copied().fold(Self(0), Self::followed_by))
    }

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
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut openings = Self {
            by_letters: HashMap::default(),
            begun: Box::new([0; Letters::ALL / 64]),
            short: Vec::new(),
        };
        for (index, word) in words.into_iter().enumerate() {
            let words = match Letters::first_of(word.as_bytes()) {
                Some(letters) => {
                    let (at, bit) = letters.bit();
                    openings.begun[at] |= bit;
                    openings.by_letters.entry(letters).or_default()
                }
                None => &mut openings.short,
            };
            let place = words.partition_point(|(known, _)| known.len() >= word.len());
            words.insert(place, (word.into(), index));
        }
        openings
    }

    /// Returns the longest word that begins at byte `start` of `text`, or `None` if none does.
    pub(super) fn at(&self, text: &str, start: usize) -> Option<Found> {
        let rest = text.as_bytes().get(start..)?;
        let is_begun = |letters: &Letters| {
            let (at, bit) = letters.bit();
            self.begun[at] & bit != 0
        };
        let long = Letters::first_of(rest).filter(is_begun);
        let long = long.and_then(|letters| self.by_letters.get(&letters));
        let mut words = long.into_iter().flatten().chain(&self.short);
        let (word, index) = words.find(|(word, _)| {
            let head = rest.get(..word.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
        })?;
        Some(Found {
            start,
            end: start + word.len(),
            word: *index,
        })
    }

    /// Returns the places of the words in `text`, in text order and without overlaps.
    pub(super) fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Found> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let at = self.next(text.as_bytes(), from)?;
                let found = self.at(text, at);
                from = found.map_or(at + 1, |found| found.end.max(at + 1));
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
        if !self.short.is_empty() {
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
    use aho_corasick::{AhoCorasick, MatchKind};
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
                let plain = plain.find_iter(&text).map(|found| Found {
                    start: found.start(),
                    end: found.end(),
                    word: found.pattern().as_usize(),
                });
                let openings = Openings::new(words.iter().copied());
                let found: Vec<_> = openings.find_iter(&text).collect();
                prop_assert_eq!(found, plain.collect::<Vec<_>>());
            }
        }
    }
}
