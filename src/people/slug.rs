//! Readable identifiers of people: `joko-halim`, and `joko-halim.2` for a second one of the name.

use foldhash::{HashMap, HashMapExt};

use crate::text::{fold, words};

/// Letters of an identifier at most.
const LONGEST: usize = 60;

/// Gives out identifiers, each once.
#[derive(Default)]
pub(super) struct Slugs(HashMap<Box<str>, u32>);

impl Slugs {
    pub(super) fn with_capacity(people: usize) -> Self {
        Self(HashMap::with_capacity(people))
    }

    /// Returns the identifier for the next one of this name.
    pub(super) fn next(&mut self, name: &str) -> Box<str> {
        let slug = slug(name);
        let count = self.0.entry(slug.clone()).or_default();
        *count += 1;
        match *count {
            1 => slug,
            count => format!("{slug}.{count}").into(),
        }
    }
}

/// The words of a name, folded, joined by hyphens.
fn slug(name: &str) -> Box<str> {
    let mut slug = String::with_capacity(name.len());
    for word in words(name) {
        let letters = fold(word.text);
        let letters: String = letters
            .chars()
            .filter(|c| !matches!(c, '\'' | '’'))
            .collect();
        if !slug.is_empty() && slug.len() + letters.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&letters);
    }
    if slug.is_empty() {
        slug.push('x');
    }
    slug.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_readable_and_differ() {
        let mut slugs = Slugs::default();
        for (name, id) in [
            ("Joko Halim", "joko-halim"),
            ("Ma’ruf Amír", "maruf-amir"),
            ("Kim Jong-un", "kim-jong-un"),
            ("JOKO HALIM", "joko-halim.2"),
            ("Joko Halim", "joko-halim.3"),
            ("…", "x"),
        ] {
            assert_eq!(&*slugs.next(name), id, "{name}");
        }
    }
}
