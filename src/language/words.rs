//! The `[words]` section of a pack: stop words, by which a language is detected and terms are
//! weighed; affixes that are cut off to find a stem (`mendukung` and `dukungan` give `dukung`); and
//! the titles of roundups.

use std::collections::HashSet;

use serde::Deserialize;

use crate::text::fold;

/// The `[words]` section of a language pack, as it is written in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WordsFile {
    stop: Vec<String>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    roundups: Vec<String>,
}

/// Minimum length of a stem, in bytes. An affix is not cut off if less is left, because a shorter
/// stem fits too many words.
const MIN_STEM: usize = 4;

/// The stop words, affixes and roundup titles of one language.
#[derive(Clone, Debug, Default)]
pub struct WordLists {
    stop: HashSet<Box<str>, foldhash::fast::RandomState>,
    prefixes: Affixes,
    suffixes: Affixes,
    roundups: Vec<Box<str>>,
}

/// Prefixes or suffixes, the longest first, so that `menge-` is tried before `me-`. Each has with
/// it its first byte (a prefix) or last byte (a suffix), which rules most of them out quickly.
type Affixes = Vec<(u8, Box<str>)>;

impl WordLists {
    pub(super) fn compile(file: &WordsFile) -> Self {
        Self {
            roundups: file
                .roundups
                .iter()
                .map(|title| fold(title).into())
                .collect(),
            stop: file.stop.iter().map(|word| fold(word).into()).collect(),
            prefixes: affixes(&file.prefixes, <[u8]>::first),
            suffixes: affixes(&file.suffixes, <[u8]>::last),
        }
    }

    /// Returns the stop words of the language, folded.
    pub fn stop_words(&self) -> impl Iterator<Item = &str> {
        self.stop.iter().map(|word| &**word)
    }

    /// Returns whether a folded word is a stop word: one that carries grammar and no content.
    pub fn is_stop(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    /// Returns whether a title begins like that of a roundup, an article that gathers other stories
    /// (`Top 3`). `title` has to be folded, with one space between words and `#` for each number.
    pub fn is_roundup(&self, title: &str) -> bool {
        let mut starts = self.roundups.iter();
        starts.any(|start| {
            let rest = title.strip_prefix(&**start);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }

    /// Returns a folded word without at most one suffix and one prefix of the language. The result
    /// is a rough stem, found without a dictionary: it is for comparing words, not for display.
    pub fn stem<'a>(&self, folded: &'a str) -> &'a str {
        let last = folded.as_bytes().last();
        let stem = strip((folded, last), &self.suffixes, str::strip_suffix);
        let first = stem.as_bytes().first();
        strip((stem, first), &self.prefixes, str::strip_prefix)
    }
}

fn affixes(list: &[String], edge: impl Fn(&[u8]) -> Option<&u8>) -> Affixes {
    let folded = list.iter().map(|affix| Box::from(fold(affix)));
    let mut list: Affixes = folded
        .filter_map(|affix: Box<str>| Some((*edge(affix.as_bytes())?, affix)))
        .collect();
    list.sort_by(|(_, a), (_, b)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    list
}

/// Returns `word` without the longest of `affixes` that it has, or unchanged if it has none. `edge`
/// is the byte of `word` at the side where the affixes are cut off, and `cut` removes one affix.
fn strip<'a, 'b>(
    (word, edge): (&'a str, Option<&u8>),
    affixes: &'b Affixes,
    cut: impl Fn(&'a str, &'b str) -> Option<&'a str>,
) -> &'a str {
    let shorter = affixes.iter().find_map(|(byte, affix)| {
        let rest = (edge == Some(byte)).then(|| cut(word, affix))??;
        (rest.len() >= MIN_STEM).then_some(rest)
    });
    shorter.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use crate::language::{Lang, Packs};

    #[test]
    fn german_forms_of_one_word_share_a_stem() {
        let packs = Packs::embedded();
        let de = &packs.get("de".parse().unwrap()).unwrap().words;
        for (a, b) in [
            ("forderungen", "fordert"),
            ("stadte", "stadt"),
            ("gefordert", "forderte"),
        ] {
            assert_eq!(de.stem(a), de.stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn a_roundup_is_known_by_how_its_title_begins() {
        let packs = Packs::embedded();
        let id = &packs.get(Lang::ID).unwrap().words;
        for (title, is_roundup) in [
            ("top # tekno harga ponsel", true),
            ("terpopuler", true),
            ("topan # melanda kota", false),
            ("artikel terpopuler", false),
        ] {
            assert_eq!(id.is_roundup(title), is_roundup, "{title}");
        }
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        let packs = Packs::embedded();
        let id = &packs.get(Lang::ID).unwrap().words;
        for (a, b) in [
            ("mendukung", "dukungan"),
            ("keamanannya", "aman"),
            ("persahabatan", "sahabat"),
            ("digelar", "menggelar"),
            ("terjalinnya", "dijalin"),
        ] {
            assert_eq!(id.stem(a), id.stem(b), "{a} and {b}");
        }
        assert_eq!(id.stem("beras"), "beras", "too little would be left");
    }
}
