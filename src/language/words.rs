//! The `[words]` section: stop words, by which a language is told and terms are weighed, and the
//! affixes that hide one stem from another (`mendukung`, `dukungan`).

use std::collections::HashSet;

use serde::Deserialize;

use crate::text::fold;

/// `[words]` as it stands in a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WordsFile {
    stop: Vec<String>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    roundups: Vec<String>,
}

/// Letters that a stem keeps: what is shorter says too little to stand for a word.
const MIN_STEM: usize = 4;

/// A language's word lists.
#[derive(Clone, Debug, Default)]
pub struct WordLists {
    stop: HashSet<Box<str>, foldhash::fast::RandomState>,
    prefixes: Affixes,
    suffixes: Affixes,
    roundups: Vec<Box<str>>,
}

/// Affixes with the byte that stands at the edge of the word, by which most are told at once; the
/// longest first, so that `menge-` goes before `me-`.
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

    /// The stop words, folded.
    pub fn stop_words(&self) -> impl Iterator<Item = &str> {
        self.stop.iter().map(|word| &**word)
    }

    /// Whether a folded word carries grammar rather than matter.
    pub fn is_stop(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    /// Whether a title begins like that of a piece that gathers other stories (`Top 3`). `title` is
    /// folded, its words parted by one space, `#` for a number.
    pub fn is_roundup(&self, title: &str) -> bool {
        let mut starts = self.roundups.iter();
        starts.any(|start| {
            let rest = title.strip_prefix(&**start);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }

    /// What is left of a folded word without one suffix and one prefix of the language: for
    /// comparing words, not for showing. A rough stem, by design: it knows no dictionary.
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

/// `word` without the longest of `affixes` that it has; `edge` is its byte there.
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
