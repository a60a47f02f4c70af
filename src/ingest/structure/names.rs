//! Recognises the names of people in bylines by capitals and length, and splits lists of names.

use crate::text::ByteSpan;

/// Returns whether `words` look like one person's name: one to six words, each of them capitalised
/// or a known particle, without digits.
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

/// Returns whether `words` begin like a name: with a capital.
pub(super) fn opens_with_name(words: &str) -> bool {
    words.chars().next().is_some_and(char::is_uppercase)
}

/// Returns the names of people in `span` of `text`, in order. The span is split at commas, slashes
/// and the conjunctions `and`. A name is left out if `is_other` returns true for it.
pub(super) fn split(
    text: &str,
    span: ByteSpan,
    and: &[Box<str>],
    is_other: impl Fn(&str) -> bool,
) -> Vec<ByteSpan> {
    let words = span.of(text);
    let offset = span.start as usize;
    let mut found = Vec::new();
    let mut take = |from: usize, to: usize| {
        let name = ByteSpan::new(offset + from, offset + to).trim(text);
        let bare = name.of(text).trim_end_matches('.');
        if bare.len() > 2 && is_name(bare) && !is_other(bare) {
            let start = name.start as usize;
            found.push(ByteSpan::new(start, start + bare.len()));
        }
    };
    let mut from = 0;
    for word in words.split([' ', '\u{a0}', ',', '/', ';', '|', '(', ')']) {
        let at = word.as_ptr() as usize - words.as_ptr() as usize;
        let end = at + word.len();
        if and.iter().any(|joint| **joint == *word) {
            take(from, at);
            from = end;
        } else if words
            .get(end..)
            .is_some_and(|rest| rest.starts_with([',', '/', ';', '|', '(', ')']))
        {
            take(from, end);
            from = end + 1;
        }
    }
    take(from.min(words.len()), words.len());
    found
}
