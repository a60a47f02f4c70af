//! Finds the valid name closest to a mistyped one.

use strsim::levenshtein;

/// Maximum number of edits (inserted, removed or replaced letters) between two names that still
/// count as similar.
const MAX_EDITS: usize = 3;

/// Returns the one of `names` with the smallest edit distance to `word`, or `None` if none is
/// similar. The first of several equally close names wins.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names
        .into_iter()
        .map(|name| (levenshtein(word, name), name));
    let (edits, name) = scored.min_by_key(|(edits, _)| *edits)?;
    (edits <= MAX_EDITS && edits < name.len()).then_some(name)
}

/// Returns the end of an error message that suggests the name `near` (`; did you mean …?`), or an
/// empty string if it is `None`.
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
