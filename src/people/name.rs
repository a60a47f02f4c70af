//! Names as they are written, taken apart: titles and brackets off, spellings evened out, initials
//! known, and the question whether one name may be short for another.

use std::collections::HashSet;

use crate::language::{Packs, Roles};
use crate::text::{fold, words};

/// Words that stand beside names without being part of them, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct NameWords {
    /// Offices and honorifics: before a name (`Presiden`, `Dr`).
    pub(super) before: HashSet<Box<str>>,
    /// Degrees and the like: behind a name (`S.H.`, `Jr.`).
    pub(super) behind: HashSet<Box<str>>,
    /// Words that make a name that of an institution (`Kementerian`, `Bank`).
    pub(super) institution: HashSet<Box<str>>,
    /// What a news agency is called before its name (`kantor berita`); may be several words.
    pub(super) agency: Vec<Box<str>>,
    /// Places, by which an agency is told from others and no name of its own.
    pub(super) place: HashSet<Box<str>>,
    /// Words that make another person of the one whose name follows (`Istri`).
    pub(super) kin: HashSet<Box<str>>,
}

impl NameWords {
    /// The words of all languages together: a corpus mixes them, and names travel.
    pub(super) fn of(packs: &Packs) -> Self {
        let mut all = Self::default();
        let entries = || packs.iter().flat_map(|pack| &pack.people.entries);
        let agencies = entries().filter(|(_, roles)| roles.any(Roles::AGENCY));
        all.agency
            .extend(agencies.map(|(phrase, _)| phrase.clone()));
        let places = entries().filter(|(_, roles)| roles.any(Roles::PLACE));
        all.place.extend(places.map(|(place, _)| place.clone()));
        // Phrases (`kepala dinas`) are in the lists by their words, too.
        for (word, roles) in entries().filter(|(word, _)| !word.contains(' ')) {
            if roles.any(Roles::OFFICE.with(Roles::HONORIFIC)) {
                all.before.insert(word.clone());
            }
            if roles.any(Roles::SUFFIX) {
                all.behind.insert(word.clone());
            }
            if roles.any(Roles::KIN) {
                all.kin.insert(word.clone());
            }
            if roles.any(Roles::ORGANISATION) {
                all.institution.insert(word.clone());
            }
        }
        all
    }

    /// Whether the folded words of a name are or end in a place.
    fn is_place(&self, parts: &[Box<str>]) -> bool {
        parts.last().is_some_and(|last| self.place.contains(last))
            || self.place.contains(parts.join(" ").as_str())
    }

    /// Whether a folded word begins the name of a body.
    pub(super) fn is_body(&self, word: &str) -> bool {
        self.institution.contains(word)
    }

    /// Whether a folded word stands before names as an office or a form of address.
    pub(super) fn stands_before(&self, word: &str) -> bool {
        self.before.contains(word)
    }
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// Two words or more of a person's name: enough to know the person by anywhere.
    Full,
    /// One word: enough only beside the full name.
    Short,
    /// An institution, or letters that stand for one (`KCNA`).
    Institution,
    /// An office or a description (`sumber di Istana`): somebody else in every article.
    Description,
}

/// A name as it is written, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// What it is the name of.
    pub(super) kind: NameKind,
    /// Its words, folded, without titles; an initial is one letter.
    pub(super) parts: Vec<Box<str>>,
    /// `parts`, each in the one spelling by which it is compared.
    evened: Vec<Box<str>>,
    /// Names of one key are spellings of one name.
    pub(super) key: Box<str>,
    /// The letters in brackets behind it: `KCNA` of `Korean Central News Agency (KCNA)`.
    pub(super) letters: Option<Box<str>>,
    /// What a news agency is called by itself: `KCNA` of `kantor berita Korut KCNA`.
    pub(super) agency: Option<Box<str>>,
    /// Whether it is or ends in a place (`DKI Jakarta`).
    pub(super) is_place: bool,
}

impl Name {
    /// Takes a written name apart; `None` where no letter is left.
    pub(super) fn parse(written: &str, beside: &NameWords) -> Option<Self> {
        let (bare, letters) = without_brackets(written);
        // A comma parts a name from degrees or an office: `Budi Santoso, S.H.`
        let bare = bare.split(',').next().unwrap_or(bare);
        let all: Vec<Box<str>> = words(bare)
            .flat_map(|word| {
                fold(word.text)
                    .split('-')
                    .map(Box::from)
                    .collect::<Vec<_>>()
            })
            .map(|part: Box<str>| part.replace('\'', "").into())
            .collect();
        let agency = agency_in(bare, beside);
        let parts = without_titles(&all, beside);
        let kind = match agency {
            Some(_) => NameKind::Institution,
            None => kind_of(bare, parts, beside),
        };
        let parts = if parts.is_empty() { &all } else { parts };
        let evened: Vec<Box<str>> = parts.iter().map(|part| even(part).into()).collect();
        let key = evened.concat();
        (!key.is_empty()).then(|| Self {
            kind,
            parts: parts.to_vec(),
            evened,
            key: key.into(),
            letters: letters.map(|letters| even(&fold(letters)).into()),
            agency: agency.map(|name| even(&fold(name)).into()),
            is_place: beside.is_place(parts),
        })
    }

    /// Whether this name may be short for `full`: its words stand in it in the same order, an
    /// initial for any word that it begins, and something of `full` is left out or shortened.
    pub(super) fn may_shorten(&self, full: &Self) -> bool {
        let mut rest = full.words();
        self.parts.len() <= full.parts.len()
            && self.key != full.key
            && self.words().all(|part| rest.any(|other| fits(part, other)))
    }

    /// Puts down the letters that stand in brackets behind it, where none are known.
    pub(super) fn add_letters(&mut self, letters: &str) {
        self.letters
            .get_or_insert_with(|| even(&fold(letters)).into());
    }

    /// The key of the name that is left without its first `words`.
    pub(super) fn key_behind(&self, words: usize) -> Box<str> {
        let rest = self.evened.get(words..).unwrap_or(&[]);
        rest.concat().into()
    }

    fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let evened = self.evened.iter();
        let words = self.parts.iter().zip(evened);
        words.map(|(folded, evened)| Word { folded, evened })
    }

    /// Whether it shortens `full` only in the middle or by initials: first and last word are there,
    /// so that the two may be taken for one person without both standing in one article.
    pub(super) fn has_ends_of(&self, full: &Self) -> bool {
        let (first, full_first) = (self.words().next(), full.words().next());
        let begins = first
            .zip(full_first)
            .is_some_and(|(first, full)| fits(first, full));
        self.parts.len() > 1 && begins && self.evened.last() == full.evened.last()
    }
}

/// A word of a name, folded, and the one spelling by which it is compared.
#[derive(Clone, Copy)]
struct Word<'a> {
    folded: &'a str,
    evened: &'a str,
}

/// Whether `part` is `word`, or an initial for it, or the other way round.
fn fits(part: Word, word: Word) -> bool {
    let is_initial = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some() && letters.next().is_none()
    };
    let begins =
        |part: Word, word: Word| is_initial(part.folded) && word.folded.starts_with(part.folded);
    part.evened == word.evened || begins(part, word) || begins(word, part)
}

/// One spelling of a folded word for the several in use: doubled letters once (`Zelenskyy`), `y`
/// as `i` (`Dmitry`, `Dmitri`).
fn even(part: &str) -> String {
    let mut even = String::with_capacity(part.len());
    for c in part.chars().map(|c| if c == 'y' { 'i' } else { c }) {
        if !even.ends_with(c) {
            even.push(c);
        }
    }
    even
}

/// The name without what stands in brackets behind it, and that, where it is an abbreviation.
fn without_brackets(written: &str) -> (&str, Option<&str>) {
    let Some((bare, rest)) = written.split_once('(') else {
        return (written, None);
    };
    let inside = rest.split(')').next().unwrap_or(rest).trim();
    let bare = if bare.trim().is_empty() { inside } else { bare };
    (bare, is_letters(inside).then_some(inside))
}

/// The name of its own that a news agency has (`AFP` of `kantor berita AFP`): letters, or one word
/// that is no place.
fn agency_in<'a>(bare: &'a str, beside: &NameWords) -> Option<&'a str> {
    let folded = fold(bare);
    let mut behind = beside.agency.iter().filter_map(|phrase| {
        let rest = folded.strip_prefix(&**phrase)?;
        rest.strip_prefix(' ')
    });
    let rest = behind.next()?.trim();
    let last = bare.split_whitespace().next_back()?;
    let is_name = last.starts_with(char::is_uppercase) && !beside.place.contains(rest);
    (is_letters(last) || is_name && !rest.contains(' ')).then_some(last)
}

/// Whether a word is capitals only, as abbreviations are: two or more, with digits at most.
pub(super) fn is_letters(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && !word.contains(char::is_lowercase) && !word.contains(char::is_whitespace)
}

fn without_titles<'a>(parts: &'a [Box<str>], beside: &NameWords) -> &'a [Box<str>] {
    let start = parts
        .iter()
        .position(|part| !beside.before.contains(part))
        .unwrap_or(parts.len());
    let end = parts
        .iter()
        .rposition(|part| !beside.behind.contains(part))
        .map_or(0, |at| at + 1);
    parts.get(start..end).unwrap_or(&[])
}

fn kind_of(bare: &str, parts: &[Box<str>], beside: &NameWords) -> NameKind {
    let starts_small = bare.trim_start().starts_with(|c: char| c.is_lowercase());
    let is_of_kin = parts.first().is_some_and(|part| beside.kin.contains(part));
    let of_institution = |part: &str| beside.institution.contains(part);
    match parts.len() {
        _ if starts_small || is_of_kin => NameKind::Description,
        0 => NameKind::Description,
        1 if is_letters(bare.trim()) => NameKind::Institution,
        _ if parts.iter().any(|part| of_institution(part)) => NameKind::Institution,
        1 => NameKind::Short,
        _ => NameKind::Full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(written: &str) -> Name {
        let set = |list: &[&str]| list.iter().map(|word| Box::from(*word)).collect();
        let beside = NameWords {
            before: set(&["presiden", "dr", "menteri"]),
            behind: set(&["jr", "sh"]),
            institution: set(&["kementerian"]),
            agency: vec!["kantor berita".into()],
            place: set(&["rusia"]),
            kin: set(&["istri"]),
        };
        Name::parse(written, &beside).unwrap()
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (a, b) in [
            ("Kim Jong-un", "Kim Jong Un"),
            ("Ma'ruf Amin", "Ma’ruf Amin"),
            ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
            ("Dmitry Peskov", "Dmitri Peskov"),
            ("Presiden Budi Wanara", "Budi Wanara, S.H., M.H."),
            ("Dr. Sari Melati", "Sari Melati (42)"),
            ("KOREAN AGENCY (KA)", "Korean Agency"),
        ] {
            assert_eq!(parse(a).key, parse(b).key, "{a} and {b}");
        }
        assert_ne!(parse("Andi Wanara").key, parse("Budi Wanara").key);
    }

    #[test]
    fn a_news_agency_is_known_by_its_own_name() {
        for (written, agency) in [
            ("kantor berita AFP", Some("afp")),
            ("Kantor berita resmi Korea Utara KCNA", Some("kcna")),
            ("kantor berita Reuters", Some("reuters")),
            ("kantor berita Rusia", None),
            ("Komisi III DPR RI", None),
        ] {
            assert_eq!(parse(written).agency.as_deref(), agency, "{written}");
        }
    }

    #[test]
    fn kinds_of_names() {
        for (written, kind) in [
            ("Budi Wanara", NameKind::Full),
            ("Presiden Budi", NameKind::Short),
            ("KCNA", NameKind::Institution),
            ("Kementerian Pertanian", NameKind::Institution),
            ("Presiden", NameKind::Description),
            ("sumber di Istana", NameKind::Description),
            ("Istri Budi Wanara", NameKind::Description),
        ] {
            assert_eq!(parse(written).kind, kind, "{written}");
        }
    }

    #[test]
    fn a_name_may_shorten_another() {
        for (short, full, may, ends) in [
            ("Kim", "Kim Jong-un", true, false),
            ("Vladimir Putin", "Vladimir Vladimirovich Putin", true, true),
            ("S. Wanara", "Sari Wanara", true, true),
            ("Listyo Sigit", "Listyo Sigit Prabowo", true, false),
            ("Andi Wanara", "Budi Wanara", false, false),
            ("Budi Wanara", "Budi Wanara", false, true),
        ] {
            let (short, full) = (parse(short), parse(full));
            assert_eq!(short.may_shorten(&full), may, "{short:?}");
            assert_eq!(short.has_ends_of(&full), ends, "{short:?}");
        }
    }
}
