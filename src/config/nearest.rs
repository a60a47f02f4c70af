//! Finds the valid name closest to a mistyped one.

use strsim::levenshtein;

/// Maximum edit distance at which two names still count as similar.
const MOST_EDITS: usize = 3;

/// Returns the name with the smallest edit distance to `word`, if it is close enough. The first of
/// several equally close names wins.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names
        .into_iter()
        .map(|name| (levenshtein(word, name), name));
    let (edits, name) = scored.min_by_key(|(edits, _)| *edits)?;
    (edits <= MOST_EDITS && edits < name.len()).then_some(name)
}

/// Returns the "did you mean" ending of an error message, or an empty string if `near` is `None`.
pub fn meant(near: Option<&str>) -> String {
    near.map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let names = ["accent", "caption", "selection"];
        for (word, found) in [
            ("acent", Some("accent")),
            ("Caption", Some("caption")),
            ("selecton", Some("selection")),
            ("wallpaper", None),
        ] {
            assert_eq!(nearest(word, names), found, "{word}");
        }
    }
}
