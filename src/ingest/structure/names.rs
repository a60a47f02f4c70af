//! Names in bylines: told from other words by capitals and length, split where several stand.

use crate::text::ByteSpan;

/// Words that join two names.
const JOINTS: &[&str] = &[" dan ", " and ", " & ", " und "];

/// Whether `words` look like one person's name: one to six words, each with a capital or a known
/// particle, no digits.
pub(super) fn is_name(words: &str) -> bool {
    let mut count = 0;
    for word in words.split_whitespace() {
        count += 1;
        let first = word.chars().next();
        let particle = matches!(
            word,
            "bin" | "binti" | "de" | "van" | "von" | "al" | "der" | "da" | "di" | "la" | "el"
        );
        let plain = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‘'));
        if !plain || !(first.is_some_and(char::is_uppercase) || particle && count > 1) {
            return false;
        }
    }
    (1..=6).contains(&count) && words.len() <= 60
}

/// Whether `words` begin as a name does.
pub(super) fn opens_with_name(words: &str) -> bool {
    words.chars().next().is_some_and(char::is_uppercase)
}

/// The names in `span` of `text`, in order: split at commas, slashes and joining words.
pub(super) fn split(text: &str, span: ByteSpan, is_other: impl Fn(&str) -> bool) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut pieces = vec![span];
    for joint in JOINTS {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| split_at(text, piece, joint))
            .collect();
    }
    for piece in pieces {
        let mut start = piece.start as usize;
        for part in piece.of(text).split([',', '/', ';', '|', '(', ')']) {
            let name = ByteSpan::new(start, start + part.len()).trim(text);
            start += part.len() + 1;
            let words = name.of(text).trim_end_matches('.');
            if is_name(words) && !is_other(words) && words.len() > 2 {
                found.push(ByteSpan::new(
                    name.start as usize,
                    name.start as usize + words.len(),
                ));
            }
        }
    }
    found
}

fn split_at(text: &str, piece: ByteSpan, joint: &str) -> Vec<ByteSpan> {
    let mut start = piece.start as usize;
    let parts = piece.of(text).split(joint);
    parts
        .map(|part| {
            let span = ByteSpan::new(start, start + part.len());
            start += part.len() + joint.len();
            span
        })
        .collect()
}
