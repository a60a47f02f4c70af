//! Lays out key lines for the SIMD kernel: sorted by length, in blocks of 32 lines side by side.
//! Each of the 32 positions is a lane.

use std::borrow::Cow;
use std::ops::Range;

use super::kernel::{Column, LANES};
use super::needle::{Needle, letters};

/// Maximum length of a line in a block, in bytes. A block is as wide as its longest line, so longer
/// lines, which are rare, are kept outside and matched one by one.
const LONGEST_LINE: usize = 512;

/// Key lines that are printable ASCII once accents are removed, in blocks of 32 lines of similar
/// length.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    columns: Vec<Column>,
    /// Start of each block in `columns`, with one more entry for the end.
    starts: Vec<u32>,
    /// The number of the line in each lane, one block after the other.
    slots: Vec<u32>,
    /// Letter set of the line in each lane, as [`letters`] computes it.
    letters: Vec<u64>,
}

/// Returns whether an unaccented line can be stored in a block.
pub(super) fn fits(bare: &str) -> bool {
    bare.len() <= LONGEST_LINE && bare.bytes().all(|b| matches!(b, b' '..=b'~'))
}

impl Blocks {
    /// Lays out lines, each given with its number. Every line must satisfy [`fits`].
    pub(super) fn new(mut lines: Vec<(u32, Cow<str>)>) -> Self {
        lines.sort_by_key(|(number, line)| (line.len(), *number));
        let widest = |block: &[(u32, Cow<str>)]| block.last().map_or(0, |(_, line)| line.len());
        let columns = lines.chunks(LANES).map(widest).sum();
        let mut blocks = Self {
            columns: Vec::with_capacity(columns),
            starts: vec![0],
            slots: Vec::with_capacity(lines.len()),
            letters: Vec::with_capacity(lines.len()),
        };
        for block in lines.chunks(LANES) {
            let start = blocks.columns.len();
            blocks.columns.resize(start + widest(block), [0; LANES]);
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

    /// Returns the number of blocks.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Returns a mask of the lanes that hold a line. Only the last block has empty lanes.
    pub(super) fn lanes(&self, block: usize) -> u32 {
        let lines = self.slots.len().saturating_sub(block * LANES);
        if lines >= LANES {
            u32::MAX
        } else {
            (1 << lines) - 1
        }
    }

    /// Returns the number of the line in one lane of a block.
    pub(super) fn line(&self, block: usize, lane: usize) -> u32 {
        self.slots.get(block * LANES + lane).copied().unwrap_or(0)
    }

    /// Returns a mask of those `candidates` lanes of a block whose line contains all letters of the
    /// pattern, in any order.
    pub(super) fn prefilter(&self, block: usize, needle: &Needle, candidates: u32) -> u32 {
        if candidates == 0 {
            return 0;
        }
        let first = block * LANES;
        let letters = self.letters.get(first..).unwrap_or_default().iter();
        let wanted = needle.letters();
        let prefilter = letters
            .take(LANES)
            .enumerate()
            .fold(0, |prefilter, (lane, set)| {
                prefilter | u32::from(set & wanted == wanted) << lane
            });
        prefilter & candidates
    }

    fn range(&self, block: usize) -> Range<usize> {
        let start = self.starts.get(block).copied().unwrap_or(0);
        let end = self.starts.get(block + 1).copied().unwrap_or(start);
        start as usize..end as usize
    }

    /// Returns the columns of a block: the first column holds the first byte of each line, and so
    /// on.
    pub(super) fn columns(&self, block: usize) -> &[Column] {
        self.columns.get(self.range(block)).unwrap_or_default()
    }
}
