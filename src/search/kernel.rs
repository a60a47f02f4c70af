//! The clever room: `SkimMatcherV2::fuzzy_match` for 32 lines at once.
//!
//! A block holds 32 lines of printable ASCII side by side: its first column is the first byte of
//! each line, as it is written; what needs small letters folds a column as it goes. Plain loops
//! over the lanes of a column compile to vector instructions; which ones is decided in
//! [`super::processor`].
//!
//! [`matching`] and [`scores`] give exactly what fuzzy-matcher's `SkimMatcherV2::default()` gives
//! for a line it has not seen before, its oddities included: it keeps two rows of its matrix and
//! leaves in each what the row two letters earlier wrote, so cells to the left of a letter's first
//! place hold the values of the letter two before. [`tight`] and [`bound`] tell the score of the
//! best lines, and what the others do not reach, for a tenth of the work. A property test compares
//! all of it with fuzzy-matcher.
#![allow(
    clippy::inline_always,       // the instructions are chosen by the caller's features
    clippy::needless_range_loop  // lanes of several arrays in step, which is what vectorises
)]

/// Columns after which a walk looks whether all of its lines are found: most lines hold a common
/// letter near their beginning.
const AT_ONCE: usize = 16;
/// All lanes of a walk's state.
const EVERY: Column = [0xff; LANES];
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

/// Which letters are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Capitals of the line and small letters of the pattern.
    Folded,
    /// Those of the same case.
    AsTyped,
}

impl Case {
    #[inline(always)]
    fn read(self, column: &Column) -> Column {
        match self {
            Self::Folded => folded(column),
            Self::AsTyped => *column,
        }
    }
}

/// Where a tight run may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// At the line's start.
    Line,
    /// At the line's start and behind what is neither letter nor digit.
    Word,
}

/// The column in small letters.
#[inline(always)]
fn folded(column: &Column) -> Column {
    let mut folded = *column;
    for lane in 0..LANES {
        let is_capital = column[lane].wrapping_sub(b'A') < 26;
        folded[lane] |= if is_capital { 0x20 } else { 0 };
    }
    folded
}

/// A bit for each lane whose byte is odd.
#[inline(always)]
fn bits(lanes: &Column) -> u32 {
    let lanes = lanes.iter().enumerate();
    lanes.fold(0, |all, (lane, byte)| all | u32::from(*byte & 1) << lane)
}

/// A walk whose pattern has a length that the compiler knows keeps its state in registers: that
/// halves the time for the words that people type.
macro_rules! of_known_length {
    ($walk:ident($columns:expr, $pattern:expr, $more:expr)) => {
        match $pattern {
            [] => u32::MAX,
            [a] => $walk::<1>($columns, &[*a], $more),
            [a, b] => $walk::<2>($columns, &[*a, *b], $more),
            [a, b, c] => $walk::<3>($columns, &[*a, *b, *c], $more),
            [a, b, c, d] => $walk::<4>($columns, &[*a, *b, *c, *d], $more),
            [a, b, c, d, e] => $walk::<5>($columns, &[*a, *b, *c, *d, *e], $more),
            [a, b, c, d, e, f] => $walk::<6>($columns, &[*a, *b, *c, *d, *e, *f], $more),
            longer => $walk::<LONGEST_PATTERN>($columns, longer, $more),
        }
    };
}

/// The lanes whose line holds the letters of `pattern` in their order, as a bit each.
#[inline(always)]
pub(super) fn matching(columns: &[Column], pattern: &[u8], case: Case) -> u32 {
    of_known_length!(walk_matching(columns, pattern, case))
}

#[inline(always)]
fn walk_matching<const N: usize>(columns: &[Column], pattern: &[u8], case: Case) -> u32 {
    let letters = pattern.len().min(N);
    // reached[i]: 0xff in the lanes where the letters up to the ith have been met.
    let mut reached = [[0_u8; LANES]; N];
    for some in columns.chunks(AT_ONCE) {
        for column in some {
            let column = case.read(column);
            // From the last letter down, so that one column serves one letter.
            for i in (0..letters).rev() {
                let before = if i == 0 { EVERY } else { reached[i - 1] };
                let mut here = reached[i];
                for lane in 0..LANES {
                    let equal = if column[lane] == pattern[i] { 0xff } else { 0 };
                    here[lane] |= before[lane] & equal;
                }
                reached[i] = here;
            }
        }
        if reached[letters - 1] == EVERY {
            break;
        }
    }
    bits(&reached[letters - 1])
}

/// The lanes whose line holds `pattern` as it stands, as a bit each.
#[inline(always)]
pub(super) fn containing(columns: &[Column], pattern: &[u8]) -> u32 {
    of_known_length!(walk_containing(columns, pattern, ()))
}

#[inline(always)]
fn walk_containing<const N: usize>(columns: &[Column], pattern: &[u8], (): ()) -> u32 {
    let letters = pattern.len().min(N);
    // runs[i]: 0xff in the lanes where the letters up to the ith end at the last column.
    let mut runs = [[0_u8; LANES]; N];
    let mut found = [0; LANES];
    for column in columns {
        let column = folded(column);
        for i in (0..letters).rev() {
            let before = if i == 0 { EVERY } else { runs[i - 1] };
            let mut here = runs[i];
            for lane in 0..LANES {
                let equal = if column[lane] == pattern[i] { 0xff } else { 0 };
                here[lane] = before[lane] & equal;
            }
            runs[i] = here;
        }
        for lane in 0..LANES {
            found[lane] |= runs[letters - 1][lane];
        }
    }
    bits(&found)
}

/// The lanes whose line holds `pattern` tightly: from such a beginning on, each letter right behind
/// the one before or behind one [hard](is_hard) separator. No alignment of letters and digits gets
/// more than such a one, and one that is not tight gets less.
#[inline(always)]
pub(super) fn tight(columns: &[Column], pattern: &[u8], begin: Begin) -> u32 {
    of_known_length!(walk_tight(columns, pattern, begin))
}

#[inline(always)]
fn walk_tight<const N: usize>(columns: &[Column], pattern: &[u8], begin: Begin) -> u32 {
    let letters = pattern.len().min(N);
    // runs[i]: 0xff in the lanes where the letters up to the ith end at the last column;
    // open[i]: where the next letter may stand at this one.
    let mut runs = [[0_u8; LANES]; N];
    let mut open = [[0_u8; LANES]; N];
    let mut start = EVERY;
    let mut found = [0; LANES];
    for column in columns {
        let column = folded(column);
        let mut hard = [0_u8; LANES];
        for lane in 0..LANES {
            hard[lane] = if is_hard(column[lane]) { 0xff } else { 0 };
        }
        for i in (0..letters).rev() {
            let before = if i == 0 { start } else { open[i - 1] };
            let (mut run, mut next) = (runs[i], open[i]);
            for lane in 0..LANES {
                let equal = if column[lane] == pattern[i] { 0xff } else { 0 };
                let here = before[lane] & equal;
                next[lane] = here | (run[lane] & hard[lane]);
                run[lane] = here;
            }
            (runs[i], open[i]) = (run, next);
        }
        for lane in 0..LANES {
            found[lane] |= runs[letters - 1][lane];
        }
        start = match begin {
            Begin::Line => [0; LANES],
            Begin::Word => hard,
        };
    }
    bits(&found)
}

/// What gives the letter behind it the most.
#[inline(always)]
fn is_hard(c: u8) -> bool {
    // `[\]` and `{|}` differ in one bit, `(` and `)` in another.
    let bracket = (c & !0x20).wrapping_sub(b'[') < 3 || (c | 1) == b')';
    bracket || c == b' ' || c == b'/'
}

#[inline(always)]
fn is_word(c: u8) -> bool {
    c.wrapping_sub(b'a') < 26 || c.wrapping_sub(b'0') < 10
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

/// What a line that matches cannot score more than, by whether it begins with the first letter and
/// whether it holds the pattern [tightly](tight), from there or else from a word's start on. A tight
/// line scores just this; `None` where the pattern has other signs than letters and digits.
///
/// The first letter is worth [`MATCH`] and its place, less [`GAP_EXTENSION`]; each further one
/// as much as a letter right behind, or the start of a word one sign on. Both come to 20: to stand
/// apart in any other way costs at least one. The lanes' cells that hold what older rows left
/// there are scores of fewer letters.
pub(super) fn bound(pattern: &[u8], starts: bool, is_tight: bool) -> Option<i16> {
    let is_plain = pattern.iter().all(|letter| is_word(*letter));
    let place = if starts { FIRST } else { AFTER_HARD };
    let further = (MATCH + CONSECUTIVE) * (count(pattern) - 1);
    is_plain.then_some(GAP_EXTENSION + place + MATCH + further - i16::from(!is_tight))
}

/// What no line can score more than.
pub(super) fn most(pattern: &[u8]) -> i16 {
    (MATCH + AFTER_HARD) * count(pattern) + AFTER_HARD
}

/// Letters of a pattern, of which there are no more than [`LONGEST_PATTERN`].
fn count(pattern: &[u8]) -> i16 {
    i16::try_from(pattern.len()).unwrap_or(i16::MAX / 64)
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
        let column = &folded(column);
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
        let behind = if is_hard(c) { AFTER_HARD } else { AFTER_SOFT };
        bonus[lane] = if is_word(c) { 0 } else { behind };
    }
    bonus
}
