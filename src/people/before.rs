//! What stands right before a name.

use super::name::NameWords;
use crate::text::{ByteSpan, fold};

/// Words before a name that are looked at.
const OFFICE_WORDS: usize = 5;
/// Bytes before a name that have these: a text without a space is not read again for each name.
const REACH: usize = 256;

/// What stands right before a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// An office, by its word, folded: `presiden` in `Presiden RI Budi Wanara`.
    Office(Box<str>),
    /// The first word of a body's name.
    Body,
    /// Anything else.
    Other,
}

impl Before {
    /// Tells what stands before a name: an office, with what it is in charge of at most between
    /// them, or the first word of a body that has the name's first words (`Kepala Badan Perencanaan
    /// Sari`).
    pub(super) fn of(text: &str, name: ByteSpan, beside: &NameWords) -> Self {
        let start = name.start as usize;
        let from = text.floor_char_boundary(start.saturating_sub(REACH));
        let before = text.get(from..start).unwrap_or("");
        let before = before.strip_suffix(' ').unwrap_or("");
        let words = before.rsplit(char::is_whitespace).take(OFFICE_WORDS);
        // `Perdana Menteri (PM)`.
        let words = words.map(|word| word.trim_matches(['(', ')']));
        let mut words = words
            .take_while(|word| word.ends_with(char::is_alphabetic))
            .take_while(|word| word.starts_with(char::is_uppercase) || beside.stands_before(word))
            .map(fold)
            .peekable();
        if words.peek().is_some_and(|word| beside.is_body(word)) {
            return Self::Body;
        }
        let office = words.find(|word| beside.stands_before(word));
        office.map_or(Self::Other, |word| Self::Office(word.into()))
    }
}
