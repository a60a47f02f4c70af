//! Folds a text and maps each folded letter back to its place in the source, for highlighting
//! matches.

use std::ops::Range;

use super::query::{Anchor, Pattern};
use crate::text::{fold, squeeze, unaccented};

/// A text folded letter by letter, with runs of white space reduced to one space, and with the
/// place of each letter in the source.
pub(super) struct FoldMap {
    folded: String,
    cased: String,
    /// For each byte of `folded`, the byte range of its letter in the source.
    letters: Vec<Range<u32>>,
    /// For each byte of `cased`, the byte range of its letter in the source.
    cased_letters: Vec<Range<u32>>,
}

impl FoldMap {
    pub(super) fn new(text: &str) -> Self {
        let mut map = Self {
            folded: String::with_capacity(text.len()),
            cased: String::with_capacity(text.len()),
            letters: Vec::with_capacity(text.len()),
            cased_letters: Vec::with_capacity(text.len()),
        };
        let mut buffer = [0; 4];
        let mut after_space = true;
        for (start, c) in text.char_indices() {
            let letter = start as u32..(start + c.len_utf8()) as u32;
            let source = if c.is_whitespace() {
                " "
            } else {
                &*c.encode_utf8(&mut buffer)
            };
            if after_space && source == " " {
                continue;
            }
            after_space = source == " ";
            map.folded.push_str(&fold(source));
            map.cased.push_str(&unaccented(source));
            map.letters.resize(map.folded.len(), letter.clone());
            map.cased_letters.resize(map.cased.len(), letter);
        }
        map
    }

    /// Returns the occurrences of the pattern as byte ranges of the source, from left to right
    /// without overlaps.
    pub(super) fn find(&self, pattern: &Pattern) -> Vec<Range<usize>> {
        let (text, wanted, letters) = match pattern.cased() {
            Some(cased) => (&self.cased, cased, &self.cased_letters),
            None => (&self.folded, pattern.folded(), &self.letters),
        };
        if wanted.is_empty() {
            return Vec::new();
        }
        let found = memchr::memmem::find_iter(text.as_bytes(), wanted);
        found
            .filter_map(|at| {
                let first = letters.get(at)?;
                let last = letters.get(at + wanted.len() - 1)?;
                Some(first.start as usize..last.end as usize)
            })
            .collect()
    }

    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// Returns the byte ranges in the source of the folded characters at `indices`. The indices
    /// count characters and must be in rising order.
    pub(super) fn letters_at(&self, indices: &[usize]) -> Vec<Range<usize>> {
        let mut wanted = indices.iter().peekable();
        let mut ranges = Vec::new();
        for (index, (byte, _)) in self.folded.char_indices().enumerate() {
            if wanted.next_if(|next| **next == index).is_some()
                && let Some(letter) = self.letters.get(byte)
            {
                ranges.push(letter.start as usize..letter.end as usize);
            }
        }
        ranges
    }
}

/// Returns whether `text` contains the pattern at the position that `anchor` requires.
pub(super) fn holds(text: &str, pattern: &Pattern, anchor: Anchor) -> bool {
    let text = squeeze(text);
    let stands = |text: &str, wanted: &str| match anchor {
        Anchor::Anywhere => memchr::memmem::find(text.as_bytes(), wanted.as_bytes()).is_some(),
        Anchor::Start => text.starts_with(wanted),
        Anchor::End => text.ends_with(wanted),
        Anchor::Whole => text == wanted,
    };
    match pattern.cased() {
        Some(cased) => stands(&unaccented(&text), cased),
        None => stands(&fold(&text), pattern.folded()),
    }
}

/// Returns whether `text` contains the letters of a case-sensitive `pattern` in order, in the case
/// typed. Always true for a pattern that ignores case.
pub(super) fn in_order(text: &str, pattern: &Pattern) -> bool {
    let Some(cased) = pattern.cased() else {
        return true;
    };
    if text.is_ascii() {
        // ASCII text has no accents, and this runs for many lines: avoid a copy.
        let mut letters = text.bytes();
        return cased.bytes().all(|wanted| letters.any(|b| b == wanted));
    }
    let text = unaccented(text);
    let mut letters = text.chars();
    cased.chars().all(|wanted| letters.any(|c| c == wanted))
}
