//! Words as numbers: each word of a passage with the hash of its folded form and of its stem. All
//! comparing in this room is done over these; the words themselves stay in the text.

use crate::language::WordLists;
use crate::text::{ByteSpan, fold, words};

/// One word of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its place in the article's text.
    pub(crate) span: ByteSpan,
    /// The hash of its folded form.
    pub(crate) word: u32,
    /// The hash of its stem.
    pub(crate) stem: u32,
    /// Whether it carries grammar rather than matter.
    pub(crate) is_stop: bool,
    /// Whether it begins with a digit.
    pub(crate) is_number: bool,
    /// Whether it begins with a capital.
    pub(crate) is_capital: bool,
    /// What parts it from the word before.
    pub(crate) gap: Gap,
}

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// It opens a sentence or the passage, where a capital tells nothing.
    Opens,
    /// A comma, a bracket or the like.
    Sign,
    /// Only spaces.
    Space,
    /// A hyphen: both are parts of one word.
    Hyphen,
}

/// Adds the words of the passage at `span` of `text`, in order. `lists` is `None` where no pack
/// knows the language: then nothing is a stop word and every word is its own stem. A hyphen parts
/// words here, so that `Jong-un` and `Jong Un` read alike; an apostrophe vanishes (`Ma'ruf`,
/// `Ma’ruf`).
pub(super) fn tokens(
    text: &str,
    (span, lists): (ByteSpan, Option<&WordLists>),
    found: &mut Vec<Token>,
) {
    let passage = span.of(text);
    let mut folded = String::new();
    let mut before = 0;
    for word in words(passage) {
        let gap = passage.get(before..word.span.start as usize).unwrap_or("");
        let gap = if before > 0 && gap == " " {
            Gap::Space
        } else if before == 0 || gap.contains(['.', '!', '?', ':', '"', '“', '”', '\n']) {
            Gap::Opens
        } else if gap.bytes().all(|byte| byte == b' ') {
            Gap::Space
        } else {
            Gap::Sign
        };
        before = word.span.end as usize;
        let mut start = span.start as usize + word.span.start as usize;
        for (index, part) in word.text.split(['-', '‐', '‑']).enumerate() {
            fold_word(part, &mut folded);
            let word = hash(folded.as_bytes());
            let stem = lists.map_or(&*folded, |lists| lists.stem(&folded));
            let is_stem = stem.len() == folded.len();
            found.push(Token {
                span: ByteSpan::new(start, start + part.len()),
                word,
                stem: if is_stem { word } else { hash(stem.as_bytes()) },
                is_stop: lists.is_some_and(|lists| lists.is_stop(&folded)),
                is_number: part.starts_with(|c: char| c.is_ascii_digit()),
                is_capital: part.chars().next().is_some_and(char::is_uppercase),
                gap: if index > 0 { Gap::Hyphen } else { gap },
            });
            // The hyphen itself: one byte, or three for the typographic ones.
            start += part.len();
            start += text
                .get(start..)
                .map_or(0, |rest| rest.chars().next().map_or(0, char::len_utf8));
        }
    }
}

/// The words of one passage, in order; see [`tokens`].
pub(super) fn tokens_of(text: &str, span: ByteSpan, lists: Option<&WordLists>) -> Vec<Token> {
    let mut found = Vec::with_capacity(span.len() / 6);
    tokens(text, (span, lists), &mut found);
    found
}

/// Writes the folded form of one word without its apostrophes; without a detour for plain letters,
/// which most are.
fn fold_word(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
        if into.contains('\'') {
            into.retain(|c| c != '\'');
        }
    } else {
        into.extend(fold(word).chars().filter(|c| *c != '\''));
    }
}

/// FNV-1a with a final mix (that of `MurmurHash3`), so that the low bits may serve as a sample.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    mix(sum)
}

/// One hash out of two, in which their order counts.
pub(crate) fn pair(first: u32, second: u32) -> u32 {
    mix(u64::from(first) << 32 | u64::from(second))
}

fn mix(mut sum: u64) -> u32 {
    sum = (sum ^ (sum >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    sum = (sum ^ (sum >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (sum ^ (sum >> 33)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<u32> {
        let all = ByteSpan::new(0, text.len());
        tokens_of(text, all, None).iter().map(|t| t.word).collect()
    }

    #[test]
    fn spellings_of_one_word_read_alike() {
        for (a, b) in [
            ("Jong-un", "Jong Un"),
            ("Ma’ruf", "Ma'ruf"),
            ("Müller", "muller"),
            ("Jong‑un", "jong un"),
        ] {
            assert_eq!(words_of(a), words_of(b), "{a} and {b}");
        }
    }

    #[test]
    fn every_token_lies_on_its_letters() {
        let text = "“Ayo,” kata Kim Jong‑un. Rusia-Korut";
        let found = tokens_of(text, ByteSpan::new(0, text.len()), None);
        let shown: Vec<_> = found.iter().map(|t| t.span.of(text)).collect();
        assert_eq!(
            shown,
            ["Ayo", "kata", "Kim", "Jong", "un", "Rusia", "Korut"]
        );
        let opens: Vec<_> = found.iter().filter(|t| t.gap == Gap::Opens).collect();
        assert_eq!(
            opens.len(),
            3,
            "the passage, the words after the marks, the sentence"
        );
    }
}
