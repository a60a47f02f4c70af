//! Key lines laid out for the kernel: by length, 32 side by side.

use std::ops::Range;

use super::kernel::{Begin, Case, Column, LANES, LONGEST_PATTERN, Scores, bound, most};
use super::processor;
use super::query::Pattern;

/// Longer lines take the slow path; they are rare, and a block is as wide as its longest line.
const LONGEST_LINE: usize = 512;

/// Lines of printable ASCII, without accents, in blocks of 32 of like length.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    columns: Vec<Column>,
    /// Where each block's columns begin; one more for the end.
    starts: Vec<u32>,
    /// The number of the line in each lane.
    slots: Vec<u32>,
    /// The letters of the line in each lane, as [`letters`] gives them.
    letters: Vec<u64>,
}

/// A pattern as the kernel takes it.
pub(super) struct Needle<'a> {
    bytes: &'a [u8],
    /// As typed, where its case counts.
    cased: Option<&'a [u8]>,
    letters: u64,
}

/// What is known of the scores of a block's lanes without working them out.
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
}

/// Whether a line without accents can stand in a block.
pub(super) fn fits(bare: &str) -> bool {
    bare.len() <= LONGEST_LINE && bare.bytes().all(|b| matches!(b, b' '..=b'~'))
}

/// A bit for each letter and digit, the others sharing the rest: a line without all of a
/// pattern's bits does not match.
fn letters(folded: impl Iterator<Item = u8>) -> u64 {
    folded.fold(0, |set, b| {
        set | 1
            << match b {
                b'a'..=b'z' => b - b'a',
                b'0'..=b'9' => 26 + (b - b'0'),
                other => 36 + other % 28,
            }
    })
}

impl Blocks {
    /// Lays out lines given with their numbers; each [`fits`].
    pub(super) fn new(mut lines: Vec<(u32, String)>) -> Self {
        lines.sort_by_key(|(number, line)| (line.len(), *number));
        let mut blocks = Self {
            starts: vec![0],
            ..Self::default()
        };
        for block in lines.chunks(LANES) {
            let start = blocks.columns.len();
            let width = block.last().map_or(0, |(_, line)| line.len());
            blocks.columns.resize(start + width, [0; LANES]);
            let columns = blocks.columns.get_mut(start..).unwrap_or_default();
            for (lane, (number, line)) in block.iter().enumerate() {
                for (column, byte) in columns.iter_mut().zip(line.bytes()) {
                    column[lane] = byte;
                }
                blocks.slots.push(*number);
                let folded = line.bytes().map(|b| b.to_ascii_lowercase());
                blocks.letters.push(letters(folded));
            }
            blocks.starts.push(blocks.columns.len() as u32);
        }
        blocks
    }

    /// The number of blocks.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The lanes of a block that hold a line, as a bit each.
    pub(super) fn lanes(&self, block: usize) -> u32 {
        let lines = self.slots.len().saturating_sub(block * LANES);
        if lines >= LANES {
            u32::MAX
        } else {
            (1 << lines) - 1
        }
    }

    /// The number of the line in a lane.
    pub(super) fn line(&self, block: usize, lane: usize) -> u32 {
        self.slots.get(block * LANES + lane).copied().unwrap_or(0)
    }

    /// Those of the `alive` lanes of a block that hold the pattern's letters in their order.
    pub(super) fn matching(&self, block: usize, needle: &Needle, alive: u32) -> u32 {
        match self.able(block, needle, alive) {
            0 => 0,
            able => {
                let columns = self.columns(block);
                able & match needle.cased {
                    Some(cased) => processor::matching(columns, cased, Case::AsTyped),
                    None => processor::matching(columns, needle.bytes, Case::Folded),
                }
            }
        }
    }

    /// What the lanes of a block, all of which match, cannot score more than.
    pub(super) fn bounds(&self, block: usize, needle: &Needle) -> Bounds {
        let of = |starts, is_tight| bound(needle.bytes, starts, is_tight);
        let [
            Some(loose),
            Some(loose_start),
            Some(tight),
            Some(tight_start),
        ] = [
            of(false, false),
            of(true, false),
            of(false, true),
            of(true, true),
        ]
        else {
            return Bounds {
                scores: [most(needle.bytes); LANES],
                exact: 0,
            };
        };
        let columns = self.columns(block);
        let head = columns.get(..needle.bytes.len() * 2).unwrap_or(columns);
        let first = needle.bytes.get(..1).unwrap_or_default();
        let start = head.get(..1).unwrap_or_default();
        let starts = processor::matching(start, first, Case::Folded);
        let from_start = processor::tight(head, needle.bytes, Begin::Line);
        let from_word = processor::tight(columns, needle.bytes, Begin::Word);
        let kinds = [loose, tight, loose_start, tight_start];
        let exact = (from_start & starts) | (from_word & !starts);
        let has = |lanes: u32, lane: usize| (lanes >> lane & 1) as usize;
        Bounds {
            scores: std::array::from_fn(|lane| kinds[has(starts, lane) * 2 + has(exact, lane)]),
            exact,
        }
    }

    /// Those of the `alive` lanes of a block that hold the pattern as it stands.
    pub(super) fn containing(&self, block: usize, needle: &Needle, alive: u32) -> u32 {
        match self.able(block, needle, alive) {
            0 => 0,
            able => able & processor::containing(self.columns(block), needle.bytes),
        }
    }

    /// Those of the `alive` lanes of a block that hold the pattern's letters in any order.
    fn able(&self, block: usize, needle: &Needle, alive: u32) -> u32 {
        // A 0 in a pattern would match what fills a lane behind its line.
        if alive == 0 || !needle.bytes.iter().all(|b| matches!(b, b' '..=b'~')) {
            return 0;
        }
        let first = block * LANES;
        let letters = self.letters.get(first..).unwrap_or_default().iter();
        let wanted = needle.letters;
        let able = letters
            .take(LANES)
            .enumerate()
            .fold(0, |able, (lane, set)| {
                able | u32::from(set & wanted == wanted) << lane
            });
        able & alive
    }

    /// The scores of a block's lanes.
    pub(super) fn scores(&self, block: usize, needle: &Needle) -> Scores {
        processor::scores(self.columns(block), needle.bytes)
    }

    /// The scores of at most 32 lanes from anywhere, in the order given: few survivors of many
    /// blocks cost one block's work.
    pub(super) fn gathered_scores(&self, lanes: &[(usize, usize)], needle: &Needle) -> Scores {
        let width = lanes
            .iter()
            .map(|(block, _)| self.range(*block).len())
            .max();
        let mut columns = vec![[0; LANES]; width.unwrap_or(0)];
        for (to, (block, lane)) in lanes.iter().take(LANES).enumerate() {
            for (column, source) in columns.iter_mut().zip(self.columns(*block)) {
                column[to] = source.get(*lane).copied().unwrap_or(0);
            }
        }
        processor::scores(&columns, needle.bytes)
    }

    fn range(&self, block: usize) -> Range<usize> {
        let start = self.starts.get(block).copied().unwrap_or(0);
        let end = self.starts.get(block + 1).copied().unwrap_or(start);
        start as usize..end as usize
    }

    fn columns(&self, block: usize) -> &[Column] {
        self.columns.get(self.range(block)).unwrap_or_default()
    }
}
