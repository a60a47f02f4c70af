//! The SIMD kernel: `SkimMatcherV2::fuzzy_match` for 32 lines at once.
//!
//! A block holds 32 lines of printable ASCII side by side: its first column is the first byte of
//! each line, in its original case. Functions that ignore case fold each column as they read it.
//! Plain loops over the lanes of a column compile to vector instructions; [`super::processor`]
//! decides which ones.
//!
//! [`matching`] and [`scores`] give exactly the result of fuzzy-matcher's
//! `SkimMatcherV2::default()` for a line that it has not seen before. This includes its quirks: it
//! keeps two rows of its matrix and leaves in each row what was written two letters earlier. So
//! cells to the left of a letter's first match hold the values of the letter two before. [`tight`]
//! and [`bound`] compute the exact score of the best lines and an upper bound for the others, at a
//! tenth of the cost. A property test compares all of this with fuzzy-matcher.
#![allow(
    clippy::inline_always,       // the instructions are chosen by the caller's features
    clippy::needless_range_loop  // lanes of several arrays in step, which is what vectorises
)]

/// Number of columns after which a scan checks whether all 32 lines match already and it can stop.
/// Most lines contain a common letter near their beginning.
const CHECK_EVERY: usize = 16;
/// A column with all lanes set.
const ALL_LANES: Column = [0xff; LANES];
/// Number of lines that the kernel handles at once, side by side: the lines of a block.
pub(super) const LANES: usize = 32;
/// Maximum pattern length in bytes. Longer patterns take the slow path, because the arrays below
/// have this size and live on the stack.
pub(super) const LONGEST_PATTERN: usize = 48;

/// The bytes at one position of the 32 lines of a block; 0 past the end of a line.
pub(super) type Column = [u8; LANES];
/// The scores of the 32 lines of a block.
pub(super) type Scores = [i16; LANES];

/// Score of a line without an alignment of the pattern. It is half the lowest number, so that sums
/// with it do not overflow.
const NONE: i16 = i16::MIN / 2;
// From SkimScoreConfig::default() of fuzzy-matcher 0.3.7.
const MATCH: i16 = 16;
const GAP_START: i16 = -3;
const GAP_EXTENSION: i16 = -1;
const CONSECUTIVE: i16 = 4;
const AFTER_HARD: i16 = 8;
const AFTER_SOFT: i16 = 7;
const FIRST: i16 = 2 * AFTER_HARD;

/// The way in which letters are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Ignores case; the pattern must be in lower case.
    Folded,
    /// Distinguishes capitals from small letters.
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

/// The positions at which a tight match may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// Only at the start of the line.
    Line,
    /// At the start of the line or after a hard separator (see [`is_hard`]).
    Word,
}

/// Folds a column to lower case.
#[inline(always)]
fn folded(column: &Column) -> Column {
    let mut folded = *column;
    for lane in 0..LANES {
        let is_capital = column[lane].wrapping_sub(b'A') < 26;
        folded[lane] |= if is_capital { 0x20 } else { 0 };
    }
    folded
}

/// Returns a mask of the lanes of a column whose byte is odd.
#[inline(always)]
fn bits(lanes: &Column) -> u32 {
    let lanes = lanes.iter().enumerate();
    lanes.fold(0, |all, (lane, byte)| all | u32::from(*byte & 1) << lane)
}

/// Calls a scan with the pattern length as a constant, so that the compiler keeps its state in
/// registers. This halves the time for words of usual length.
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

/// Returns a mask of the lanes whose line contains the letters of `pattern` in order.
#[inline(always)]
pub(super) fn matching(columns: &[Column], pattern: &[u8], case: Case) -> u32 {
    of_known_length!(walk_matching(columns, pattern, case))
}

#[inline(always)]
fn walk_matching<const N: usize>(columns: &[Column], pattern: &[u8], case: Case) -> u32 {
    let letters = pattern.len().min(N);
    // reached[i]: 0xff in the lanes that have matched the letters up to the ith.
    let mut reached = [[0_u8; LANES]; N];
    for some in columns.chunks(CHECK_EVERY) {
        for column in some {
            let column = case.read(column);
            // From the last letter down, so that one column matches only one letter.
            for i in (0..letters).rev() {
                let before = if i == 0 { ALL_LANES } else { reached[i - 1] };
                let mut here = reached[i];
                for lane in 0..LANES {
                    let equal = if column[lane] == pattern[i] { 0xff } else { 0 };
                    here[lane] |= before[lane] & equal;
                }
                reached[i] = here;
            }
        }
        if reached[letters - 1] == ALL_LANES {
            break;
        }
    }
    bits(&reached[letters - 1])
}

/// Returns a mask of the lanes whose line contains `pattern` as a substring.
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
            let before = if i == 0 { ALL_LANES } else { runs[i - 1] };
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

/// Returns a mask of the lanes whose line contains `pattern` tightly: starting where `begin`
/// allows, with each letter right after the previous one or after one [hard](is_hard) separator.
/// For patterns of letters and digits, no alignment scores higher than a tight one, and every other
/// alignment scores less.
#[inline(always)]
pub(super) fn tight(columns: &[Column], pattern: &[u8], begin: Begin) -> u32 {
    of_known_length!(walk_tight(columns, pattern, begin))
}

#[inline(always)]
fn walk_tight<const N: usize>(columns: &[Column], pattern: &[u8], begin: Begin) -> u32 {
    let letters = pattern.len().min(N);
    // runs[i]: 0xff in the lanes where the letters up to the ith end at the last column; open[i]:
    // the lanes where the next letter may follow at this column.
    let mut runs = [[0_u8; LANES]; N];
    let mut open = [[0_u8; LANES]; N];
    let mut start = ALL_LANES;
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

/// Returns whether `c` is a separator that gives the highest bonus to the letter after it.
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

/// The row of the score matrix that belongs to one letter of the pattern, at the last processed
/// column of the lines.
#[derive(Clone, Copy)]
struct Row {
    /// Best score of an alignment whose last letter is this one, matched at this column.
    matched: Scores,
    /// Best score of an alignment whose last letter is this one, matched at an earlier column.
    skipped: Scores,
    /// The bonus that a letter right after this one inherits, except in `mismatched` lanes.
    bonus: Scores,
    /// -1 in the lanes where the cell was computed and is not a match; their bonus is 0.
    mismatched: Scores,
    /// -1 in the lanes that have reached this letter. To the left of that point, cells hold the
    /// values of two rows above.
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

/// Returns the maximum score of a matching line. It depends on whether the line begins with the
/// first letter and whether it contains the pattern [tightly](tight), from there or else from the
/// start of a word. A tight line scores exactly this. Returns `None` if the pattern has characters
/// other than letters and digits.
///
/// The first letter scores [`MATCH`] plus the bonus of its place, plus [`GAP_EXTENSION`], which is
/// negative. Each further letter scores at most 20, either right after the previous letter or at
/// the start of a word one separator on. Any other gap costs at least one. Cells with values of
/// older rows are scores of fewer letters.
pub(super) fn bound(pattern: &[u8], starts: bool, is_tight: bool) -> Option<i16> {
    let is_plain = pattern.iter().all(|letter| is_word(*letter));
    let place = if starts { FIRST } else { AFTER_HARD };
    let further = (MATCH + CONSECUTIVE) * (count(pattern) - 1);
    is_plain.then_some(GAP_EXTENSION + place + MATCH + further - i16::from(!is_tight))
}

/// Returns a score that no line can exceed, whatever characters the pattern has.
pub(super) fn most(pattern: &[u8]) -> i16 {
    (MATCH + AFTER_HARD) * count(pattern) + AFTER_HARD
}

/// Returns the number of letters in a pattern, which is at most [`LONGEST_PATTERN`].
fn count(pattern: &[u8]) -> i16 {
    i16::try_from(pattern.len()).unwrap_or(i16::MAX / 64)
}

/// Returns the fuzzy score of the line in each lane. Scores are meaningless in lanes that
/// [`matching`] excludes.
#[inline(always)]
pub(super) fn scores(columns: &[Column], pattern: &[u8]) -> Scores {
    let pattern = &pattern[..pattern.len().min(LONGEST_PATTERN)];
    // rows[i + 2] belongs to letter i; the first two rows are the initial values of the matrix.
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

/// Advances `row` from the last column to the column of `at`. `above` is the row of the previous
/// letter at the last column; `two_above` is already at this column.
#[inline(always)]
fn step(row: &Row, two_above: &Row, above: &Row, at: &Place) -> Row {
    // A new row cannot alias the rows that are read, which lets the loop vectorise.
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

/// What the matrix cell of one letter at one column is computed from.
struct Place<'a> {
    column: &'a Column,
    /// The bonus for a match at this column, given by the characters before it.
    bonus: &'a Scores,
    letter: u8,
}

/// Returns `yes` if `mask` is -1, and `no` if it is 0.
#[inline(always)]
fn select(mask: i16, yes: i16, no: i16) -> i16 {
    (yes & mask) | (no & !mask)
}

/// Returns, for each byte of a column, the bonus of a letter right after it. The bytes must be
/// printable ASCII in lower case; anything except letters and digits is a separator.
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
