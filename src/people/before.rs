//! Classifies the words directly before a name: an office, the name of a body, or neither.

use super::name::NameWords;
use crate::text::{ByteSpan, fold};

/// Number of words before a name that are examined.
const OFFICE_WORDS: usize = 5;
/// Number of bytes before a name within which these words are searched. The bound keeps a text
/// without spaces from being read again for each name.
const REACH: usize = 256;

/// The class of the words directly before a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// An office, as a folded word: `presiden` in `Presiden RI Budi Wanara`.
    Office(Box<str>),
    /// The first word of the name of a body, such as an agency.
    Body,
    /// Anything else.
    Other,
}

impl Before {
    /// Classifies the words before a name. An office may be separated from the name by what it is
    /// in charge of. A body's name may continue with the first words of the name (`Kepala Badan
    /// Perencanaan Sari`).
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
