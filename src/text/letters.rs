//! The letters of a text eight at a time, as one number: nearly all of a text are letters of ASCII,
//! and each word of it is read and hashed here once.

use super::fold_char;

/// The same byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte.
const HIGH: u64 = all(0x80);

/// What makes a capital of ASCII small, and leaves digits and the signs inside words as they are.
const SMALL: u64 = all(b'a' - b'A');

/// An odd number without a pattern.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Letters and digits of ASCII that follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// How many they are.
    pub len: usize,
    /// How many of them are capitals.
    pub capitals: u32,
    /// What [`hash`] says of them.
    pub hash: u64,
}

/// The run at `at`, which ends at `end` at the latest.
#[inline]
pub fn run(bytes: &[u8], at: usize, end: usize) -> Run {
    let mut run = Run::default();
    loop {
        let from = at + run.len;
        let eight = load(bytes, from);
        let plain = eight & !HIGH;
        let capitals = between(plain, b'A', b'Z') & !eight;
        let letters = between(plain | SMALL, b'a', b'z') | between(plain, b'0', b'9');
        let others = HIGH & !(letters & !eight);
        let len = others.trailing_zeros() as usize / 8;
        let len = len.min(end.saturating_sub(from));
        run.len += len;
        // Sums the bytes in the highest: not every processor is sure to count bits at once.
        let marks = (capitals & first(len)) >> 7;
        run.capitals += (marks.wrapping_mul(all(1)) >> 56) as u32;
        if len > 0 {
            run.hash = more(run.hash, small(eight) & first(len));
        }
        if len < 8 {
            return run;
        }
    }
}

/// The hash of a word, whether its letters are capitals of ASCII or not. What is beyond ASCII must
/// be folded already. Multiplies once for eight letters.
#[inline]
pub fn hash(bytes: &[u8], at: usize, end: usize) -> u64 {
    let (mut hash, mut from) = (0, at);
    while from < end {
        let eight = load(bytes, from);
        hash = more(hash, small(eight) & first(end - from));
        from += 8;
    }
    hash
}

/// The hash of a whole word: words that a reader takes for the same hash alike.
pub fn hash_word(word: &str) -> u64 {
    if word.is_ascii() {
        return hash(word.as_bytes(), 0, word.len());
    }
    let folded: String = word.chars().map(fold_char).collect();
    hash(folded.as_bytes(), 0, folded.len())
}

/// Without capitals of ASCII; the bytes of other letters stay as they are.
#[inline]
fn small(eight: u64) -> u64 {
    eight | SMALL & !(eight >> 2)
}

/// Extends a hash. Every bit of what comes in changes all that come out, so that tables may take
/// the low ones.
#[inline]
pub fn more(hash: u64, by: u64) -> u64 {
    let product = u128::from(hash ^ by ^ SEED) * u128::from(SEED);
    (product >> 64) as u64 ^ product as u64
}

/// Eight bytes of a text; behind its end are zeros.
#[inline]
fn load(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk().map_or_else(
        || {
            let last = rest.iter().rev();
            last.fold(0, |eight, byte| eight << 8 | u64::from(*byte))
        },
        |eight| u64::from_le_bytes(*eight),
    )
}

/// All bits of the first `len` bytes.
#[inline]
fn first(len: usize) -> u64 {
    if len < 8 { (1 << (8 * len)) - 1 } else { !0 }
}

/// The highest bit of each byte that is `low` to `high`; no byte may be above ASCII.
#[inline]
fn between(eight: u64, low: u8, high: u8) -> u64 {
    (eight + all(0x80 - low)) & !(eight + all(0x7f - high)) & HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_beyond_ascii_differ() {
        let [one, other] = ["一", "丠"].map(|word| hash(word.as_bytes(), 0, word.len()));
        assert_ne!(one, other);
    }

    proptest! {
        #[test]
        fn a_run_is_what_its_bytes_say(text in "[a-zA-Z0-9]{0,20}.{0,6}[@-{0-:é]{0,12}", at in 0..8_usize, end in 0..32_usize) {
            let bytes = text.as_bytes();
            let rest = bytes.get(at..end.min(bytes.len())).unwrap_or_default();
            let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let capitals = rest[..len].iter().filter(|b| b.is_ascii_uppercase()).count() as u32;
            let hash = hash(rest, 0, len);
            prop_assert_eq!(run(bytes, at, end), Run { len, capitals, hash });
        }

        #[test]
        fn a_hash_depends_on_the_letters_alone(word in "[a-zA-Z0-9'.-]{0,24}", around in ".{0,12}") {
            let small = word.to_ascii_lowercase();
            let text = format!("{around}{word}{around}");
            let (at, end) = (around.len(), around.len() + word.len());
            prop_assert_eq!(hash(text.as_bytes(), at, end), hash(small.as_bytes(), 0, small.len()));
            let longer = format!("{small}a");
            prop_assert_ne!(hash(longer.as_bytes(), 0, longer.len()), hash(small.as_bytes(), 0, small.len()));
        }
    }
}
