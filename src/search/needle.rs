//! A search pattern in the form that the SIMD kernel needs.

use super::kernel::{Begin, Case, Column, LANES, LONGEST_PATTERN, Scores, bound, most};
use super::processor;
use super::query::Pattern;

/// Returns the letter set of a folded text: one bit for each letter and digit; other characters
/// share the remaining bits. A line that lacks a bit of a pattern does not match it.
pub(super) fn letters(folded: impl Iterator<Item = u8>) -> u64 {
    folded.fold(0, |set, b| {
        set | 1
            << match b {
                b'a'..=b'z' => b - b'a',
                b'0'..=b'9' => 26 + (b - b'0'),
                other => 36 + other % 28,
            }
    })
}

/// A search pattern prepared for the SIMD kernel.
pub(super) struct Needle<'a> {
    bytes: &'a [u8],
    /// The pattern as typed, if it is case-sensitive.
    cased: Option<&'a [u8]>,
    letters: u64,
}

/// Upper bounds for the scores of the lines in a block. They are found without computing the
/// scores.
pub(super) struct Bounds {
    /// Upper bound for the score of the line in each lane.
    pub(super) scores: Scores,
    /// Mask of the lanes that score exactly their bound.
    pub(super) exact: u32,
}

impl<'a> Needle<'a> {
    /// Prepares `pattern`. Returns `None` if it is empty or too long for the kernel.
    pub(super) fn new(pattern: &'a Pattern) -> Option<Self> {
        let bytes = pattern.folded().as_bytes();
        let cased = pattern.cased().map(str::as_bytes);
        let is_short = |bytes: &[u8]| (1..=LONGEST_PATTERN).contains(&bytes.len());
        (is_short(bytes) && cased.is_none_or(is_short)).then(|| Self {
            bytes,
            cased,
            letters: letters(bytes.iter().copied()),
        })
    }

    /// Returns the length of the folded pattern in bytes.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns whether the pattern is printable ASCII. Otherwise no block line can match, and a 0
    /// in the pattern would even match the padding after a line.
    pub(super) fn is_plain(&self) -> bool {
        self.bytes.iter().all(|b| matches!(b, b' '..=b'~'))
    }

    /// Returns the letter set of the pattern, as [`letters`] computes it.
    pub(super) fn letters(&self) -> u64 {
        self.letters
    }

    /// Returns a mask of the lanes whose line contains the letters of the pattern in order.
    pub(super) fn matching(&self, columns: &[Column]) -> u32 {
        match self.cased {
            Some(cased) => processor::matching(columns, cased, Case::AsTyped),
            None => processor::matching(columns, self.bytes, Case::Folded),
        }
    }

    /// Returns a mask of the lanes whose line contains the folded pattern as a substring.
    pub(super) fn containing(&self, columns: &[Column]) -> u32 {
        processor::containing(columns, self.bytes)
    }

    /// Returns the fuzzy scores of the lines in all lanes. Meaningful only for lanes that match.
    pub(super) fn scores(&self, columns: &[Column]) -> Scores {
        processor::scores(columns, self.bytes)
    }

    /// Returns upper bounds for the fuzzy scores of the lines in all lanes. Meaningful only for
    /// lanes that match.
    pub(super) fn bounds(&self, columns: &[Column]) -> Bounds {
        let of = |starts, is_tight| bound(self.bytes, starts, is_tight);
        let [
            Some(loose),
            Some(tight),
            Some(loose_start),
            Some(tight_start),
        ] = [
            of(false, false),
            of(false, true),
            of(true, false),
            of(true, true),
        ]
        else {
            return Bounds {
                scores: [most(self.bytes); LANES],
                exact: 0,
            };
        };
        let head = columns.get(..self.bytes.len() * 2).unwrap_or(columns);
        let first = self.bytes.get(..1).unwrap_or_default();
        let start = head.get(..1).unwrap_or_default();
        let starts = processor::matching(start, first, Case::Folded);
        let from_start = processor::tight(head, self.bytes, Begin::Line);
        let from_word = processor::tight(columns, self.bytes, Begin::Word);
        let kinds = [loose, tight, loose_start, tight_start];
        let exact = (from_start & starts) | (from_word & !starts);
        let has = |lanes: u32, lane: usize| (lanes >> lane & 1) as usize;
        Bounds {
            scores: std::array::from_fn(|lane| kinds[has(starts, lane) * 2 + has(exact, lane)]),
            exact,
        }
    }
}
