//! A pattern as the kernel takes it.

use super::kernel::{Begin, Case, Column, LANES, LONGEST_PATTERN, Scores, bound, most};
use super::processor;
use super::query::Pattern;

/// A bit for each letter and digit, the others sharing the rest: a line without all of a
/// pattern's bits does not match.
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

/// A pattern that lines side by side are asked for.
pub(super) struct Needle<'a> {
    bytes: &'a [u8],
    /// As typed, where its case counts.
    cased: Option<&'a [u8]>,
    letters: u64,
}

/// What is known of the scores of lines side by side without working them out.
pub(super) struct Bounds {
    /// What each lane cannot score more than.
    pub(super) scores: Scores,
    /// The lanes that score just that, as a bit each.
    pub(super) exact: u32,
}

impl<'a> Needle<'a> {
    /// `None` where the pattern is too long for the kernel.
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

    /// The number of its letters.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether any line side by side can match: the 0 in a pattern would match what fills a lane
    /// behind its line.
    pub(super) fn is_plain(&self) -> bool {
        self.bytes.iter().all(|b| matches!(b, b' '..=b'~'))
    }

    /// A bit for each of its letters, as [`letters`] gives them.
    pub(super) fn letters(&self) -> u64 {
        self.letters
    }

    /// The lanes that hold the letters in their order.
    pub(super) fn matching(&self, columns: &[Column]) -> u32 {
        match self.cased {
            Some(cased) => processor::matching(columns, cased, Case::AsTyped),
            None => processor::matching(columns, self.bytes, Case::Folded),
        }
    }

    /// The lanes that hold the pattern as it stands.
    pub(super) fn containing(&self, columns: &[Column]) -> u32 {
        processor::containing(columns, self.bytes)
    }

    /// The scores of lanes, all of which match.
    pub(super) fn scores(&self, columns: &[Column]) -> Scores {
        processor::scores(columns, self.bytes)
    }

    /// What lanes, all of which match, cannot score more than.
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
