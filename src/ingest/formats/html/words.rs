//! Compares texts of a page by their letters and digits only.

/// Returns the letters and digits of a text in lower case, for comparing texts that differ in white
/// space and punctuation.
pub(super) fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns whether two texts have the same letters and digits in the same order. A text without
/// letters and digits equals no other.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    let fold = |text: &'_ str| letters(text);
    let one = fold(one);
    !one.is_empty() && one == fold(other)
}
