//! The clever room: `SkimMatcherV2::fuzzy_match` for 32 lines at once.
//!
//! A `Block` holds 32 lines of printable ASCII side by side: its first column is the first byte
//! of each line. Plain loops over the lanes of a column compile to vector instructions; which
//! ones is decided in [`super::processor`]. Both functions here give exactly what fuzzy-matcher's
//! `SkimMatcherV2::default()` gives for a line it has not seen before, its oddities included: it
//! keeps two rows of its matrix and leaves in each what the row two letters earlier wrote, so
//! cells to the left of a letter's first place hold the values of the letter two before. A
//! property test compares the two.
#![allow(
    clippy::inline_always,       // the instructions are chosen by the caller's features
    clippy::needless_range_loop  // lanes of several arrays in step, which is what vectorises
)]

/// Lines in a block.
pub(super) const LANES: usize = 32;
/// Longer patterns take the slow path: the arrays below are of this size, on the stack.
pub(super) const LONGEST_PATTERN: usize = 48;

/// One byte of each line; 0 behind a line's end.
pub(super) type Column = [u8; LANES];
/// One score of each line.
pub(super) type Scores = [i16; LANES];

/// No alignment. Half the range, so that sums with it cannot wrap round.
const NONE: i16 = i16::MIN / 2;
// SkimScoreConfig::default() of fuzzy-matcher 0.3.7.
const MATCH: i16 = 16;
const GAP_START: i16 = -3;
const GAP_EXTENSION: i16 = -1;
const CONSECUTIVE: i16 = 4;
const AFTER_HARD: i16 = 8;
const AFTER_SOFT: i16 = 7;
const FIRST: i16 = 2 * AFTER_HARD;

/// The lanes whose line holds the letters of `pattern` in their order, as a bit each.
#[inline(always)]
pub(super) fn matching(columns: &[Column], pattern: &[u8]) -> u32 {
    let pattern = &pattern[..pattern.len().min(LONGEST_PATTERN)];
    // reached[i]: 0xff in the lanes where the first i letters have been met.
    let mut reached = [[0_u8; LANES]; LONGEST_PATTERN + 1];
    reached[0] = [0xff; LANES];
    for column in columns {
        // From the last letter down, so that one column serves one letter.
        for (i, letter) in pattern.iter().enumerate().rev() {
            let before = reached[i];
            let here = &mut reached[i + 1];
            for lane in 0..LANES {
                let equal = if column[lane] == *letter { 0xff } else { 0 };
                here[lane] |= before[lane] & equal;
            }
        }
    }
    let last = &reached[pattern.len()];
    let bits = last.iter().enumerate();
    bits.fold(0, |found, (lane, reached)| {
        found | u32::from(*reached & 1) << lane
    })
}

/// The lanes whose line holds `pattern` as it stands, as a bit each.
#[inline(always)]
pub(super) fn containing(columns: &[Column], pattern: &[u8]) -> u32 {
    if pattern.is_empty() {
        return u32::MAX;
    }
    let mut found = [0_u8; LANES];
    for window in columns.windows(pattern.len()) {
        let mut here = [0xff_u8; LANES];
        for (column, letter) in window.iter().zip(pattern) {
            for lane in 0..LANES {
                here[lane] &= if column[lane] == *letter { 0xff } else { 0 };
            }
        }
        for lane in 0..LANES {
            found[lane] |= here[lane];
        }
    }
    let bits = found.iter().enumerate();
    bits.fold(0, |all, (lane, found)| all | u32::from(*found & 1) << lane)
}

/// What the matrix row of one letter holds at the column just done.
#[derive(Clone, Copy)]
struct Row {
    /// Best score of an alignment that ends here with this letter.
    matched: Scores,
    /// Best score of one that ended before.
    skipped: Scores,
    /// The bonus that a letter right behind inherits, but where `mismatched`.
    bonus: Scores,
    /// -1 in the lanes whose cell was computed and is no match: their bonus is 0.
    mismatched: Scores,
    /// -1 in the lanes that have met this letter: left of that, cells are those two rows above.
    begun: Scores,
}

impl Row {
    const fn untouched(skipped: i16) -> Self {
        Self {
            matched: [NONE; LANES],
            skipped: [skipped; LANES],
            bonus: [0; LANES],
            mismatched: [0; LANES],
            begun: [0; LANES],
        }
    }
}

/// The score of each lane; meaningless in lanes that [`matching`] leaves out.
#[inline(always)]
pub(super) fn scores(columns: &[Column], pattern: &[u8]) -> Scores {
    let pattern = &pattern[..pattern.len().min(LONGEST_PATTERN)];
    // rows[i + 2] is letter i's; the two before are what the matrix holds at first.
    let mut rows = [Row::untouched(NONE); LONGEST_PATTERN + 2];
    for row in rows.iter_mut().skip(1).step_by(2) {
        *row = Row::untouched(GAP_EXTENSION);
    }
    rows[1].begun = [-1; LANES];
    let mut best = [NONE; LANES];
    let mut place = [FIRST; LANES];
    for column in columns {
        let mut above = rows[1];
        for (i, letter) in pattern.iter().enumerate() {
            let [two_above, _, row] = &mut rows[i..i + 3] else {
                continue;
            };
            let old = *row;
            let at = Place {
                column,
                bonus: &place,
                letter: *letter,
            };
            *row = step(&old, two_above, &above, &at);
            if i + 1 == pattern.len() {
                for lane in 0..LANES {
                    let here = row.matched[lane].max(old.matched[lane]);
                    best[lane] = best[lane].max(select(row.begun[lane], here, NONE));
                }
            }
            above = old;
        }
        place = bonus_behind(column);
    }
    best
}

/// `row` moved on from the last column to `column`. `above` is the row of the letter before, at the
/// last column; `two_above` is already at this one.
#[inline(always)]
fn step(row: &Row, two_above: &Row, above: &Row, at: &Place) -> Row {
    // A fresh row: nothing that is read can alias it, which is what lets the loop vectorise.
    let mut next = Row::untouched(NONE);
    for lane in 0..LANES {
        let equal: i16 = -i16::from(at.column[lane] == at.letter);
        let begun = row.begun[lane] | (equal & above.begun[lane]);
        let inherited = two_above.bonus[lane] & !row.mismatched[lane];
        let consecutive = inherited.max(at.bonus[lane]).max(CONSECUTIVE);
        let run = above.matched[lane] + consecutive;
        let jump = above.skipped[lane] + at.bonus[lane];
        let matched = select(equal, run.max(jump) + MATCH, NONE);
        let gap = row.matched[lane] + (GAP_START + GAP_EXTENSION);
        let skipped = gap.max(row.skipped[lane] + GAP_EXTENSION);
        next.bonus[lane] = select(equal & begun, consecutive, inherited);
        next.matched[lane] = select(begun, matched, two_above.matched[lane]);
        next.skipped[lane] = select(begun, skipped, two_above.skipped[lane]);
        next.mismatched[lane] = begun & !equal;
        next.begun[lane] = begun;
    }
    next
}

/// One column as one letter meets it.
struct Place<'a> {
    column: &'a Column,
    /// What a match here gains by what stands before it.
    bonus: &'a Scores,
    letter: u8,
}

/// `yes` where `mask` is -1, `no` where it is 0.
#[inline(always)]
fn select(mask: i16, yes: i16, no: i16) -> i16 {
    (yes & mask) | (no & !mask)
}

/// What a letter behind each byte gains by its place. Written for printable ASCII without
/// capitals: what is neither letter nor digit separates.
#[inline(always)]
fn bonus_behind(column: &Column) -> Scores {
    let mut bonus = [0; LANES];
    for lane in 0..LANES {
        let c = column[lane];
        let word = c.wrapping_sub(b'a') < 26 || c.wrapping_sub(b'0') < 10;
        // `[\]` and `{|}` differ in one bit, `(` and `)` in another.
        let bracket = (c & !0x20).wrapping_sub(b'[') < 3 || (c | 1) == b')';
        let hard = bracket || c == b' ' || c == b'/';
        let behind = if hard { AFTER_HARD } else { AFTER_SOFT };
        bonus[lane] = if word { 0 } else { behind };
    }
    bonus
}
