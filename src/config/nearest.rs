//! Finds the valid name closest to a mistyped one.

/// Maximum edit distance at which two names still count as similar.
const MOST_EDITS: usize = 3;

/// Returns the name with the smallest edit distance to `word`, if it is close enough. The first of
/// several equally close names wins.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.into_iter().map(|name| (edits(word, name), name));
    let (edits, name) = scored.min_by_key(|(edits, _)| *edits)?;
    (edits <= MOST_EDITS && edits < name.len()).then_some(name)
}

/// Returns the "did you mean" ending of an error message, or an empty string if `near` is `None`.
pub fn meant(near: Option<&str>) -> String {
    near.map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

/// Computes the Levenshtein distance with a single row (Wagner and Fischer).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(0);
            let best = (corner + usize::from(x != *y)).min(above + 1).min(left + 1);
            corner = above;
            if let Some(cell) = row.get_mut(j) {
                *cell = left;
            }
            left = best;
        }
        if let Some(last) = row.last_mut() {
            *last = left;
        }
    }
    row.last().copied().unwrap_or(0)
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
