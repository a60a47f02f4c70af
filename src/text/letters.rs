//! Scans and hashes ASCII letters eight at a time, packed in one `u64`. Nearly all text is ASCII,
//! so a word is read once for its length, its capitals and its hash.

use super::fold_char;

/// Returns a `u64` whose eight bytes all equal `byte`.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A mask of the highest bit of each of eight bytes.
const HIGH: u64 = all(0x80);

/// A mask of the bits that turn ASCII capitals into small letters, in each of eight bytes. Setting
/// them leaves digits, and the hyphens and apostrophes inside words, as they are.
const SMALL: u64 = all(b'a' - b'A');

/// The seed of the hash function: an odd number with irregular bits.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// A run of consecutive ASCII letters and digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Length of the run in bytes.
    pub len: usize,
    /// Number of capital letters in the run.
    pub capitals: u32,
    /// Hash of the run, as [`hash`] computes it.
    pub hash: u64,
}

/// Returns the run of ASCII letters and digits that starts at byte `at`. It ends at byte `end` at
/// the latest and may be empty.
#[inline]
pub fn run(bytes: &[u8], at: usize, end: usize) -> Run {
    let bytes = bytes.get(..end).unwrap_or(bytes);
    let mut run = Run::default();
    loop {
        let eight = load(bytes, at + run.len);
        let plain = eight & !HIGH;
        let capitals = between(plain, b'A', b'Z') & !eight;
        let letters = between(plain | SMALL, b'a', b'z') | between(plain, b'0', b'9');
        let others = HIGH & !(letters & !eight);
        let len = others.trailing_zeros() as usize / 8;
        // All bits below the lowest byte that is no letter.
        let inside = ((others & others.wrapping_neg()) >> 7).wrapping_sub(1);
        run.len += len;
        // Sums the bytes in the highest one: not every processor has an instruction that counts
        // bits.
        let marks = (capitals & inside) >> 7;
        run.capitals += (marks.wrapping_mul(all(1)) >> 56) as u32;
        if len > 0 {
            run.hash = more(run.hash, small(eight) & inside);
        }
        if len < 8 {
            return run;
        }
    }
}

/// Returns the hash of the bytes `at..end`, ignoring the case of ASCII letters. Letters beyond
/// ASCII must be folded already. Costs one multiplication per eight bytes.
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

/// Returns the hash of a whole word, ignoring case and accents.
pub fn hash_word(word: &str) -> u64 {
    if word.is_ascii() {
        return hash(word.as_bytes(), 0, word.len());
    }
    let folded: String = word.chars().map(fold_char).collect();
    hash(folded.as_bytes(), 0, folded.len())
}

/// Converts the ASCII capitals among eight bytes to small letters. The bytes of other letters stay
/// as they are.
#[inline]
fn small(eight: u64) -> u64 {
    eight | SMALL & !(eight >> 2)
}

/// Returns `hash` mixed with the bits of `by`. Every input bit affects every output bit, so hash
/// tables may use the low bits.
#[inline]
pub fn more(hash: u64, by: u64) -> u64 {
    let product = u128::from(hash ^ by ^ SEED) * u128::from(SEED);
    (product >> 64) as u64 ^ product as u64
}

/// Returns the eight bytes from offset `at` on as one number, with zeros past the end of the text.
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

/// Returns a mask of all bits of the first `len` of eight bytes.
#[inline]
fn first(len: usize) -> u64 {
    if len < 8 { (1 << (8 * len)) - 1 } else { !0 }
}

/// Returns a mask with the highest bit set in each of eight bytes that lies in `low..=high`. All
/// bytes must be ASCII.
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
