//! The one spelling by which names are compared, and letters that stand for a name.

use crate::text::fold;

/// One spelling of a folded word for the several in use: doubled letters once (`Zelenskyy`), `y`
/// as `i` (`Dmitry`, `Dmitri`).
pub(super) fn even(part: &str) -> String {
    let mut even = String::with_capacity(part.len());
    for c in part.chars().map(|c| if c == 'y' { 'i' } else { c }) {
        if !even.ends_with(c) {
            even.push(c);
        }
    }
    even
}

/// The key of letters that stand for a name. In capitals, so that `ALI` is nobody called `Ali`.
pub(super) fn letters_key(letters: &str) -> Box<str> {
    even(&fold(letters)).to_uppercase().into()
}

/// Whether a word is capitals only, as abbreviations are: two or more, with digits at most.
pub(super) fn is_letters(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && !word.contains(char::is_lowercase) && !word.contains(char::is_whitespace)
}
