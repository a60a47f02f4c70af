//! Comparing the words of a page by their letters alone.

/// The letters and digits of a text, in small letters: for comparing what differs in white space
/// and punctuation.
pub(super) fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether two texts have the same letters in the same order.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    let fold = |text: &'_ str| letters(text);
    let one = fold(one);
    !one.is_empty() && one == fold(other)
}
