//! Parses names as they are written: removes titles and brackets, unifies spellings, recognises
//! initials, and decides whether one name may be a short form of another.

use std::collections::HashSet;

use crate::language::{Packs, Roles};
use crate::text::{fold, words};

/// Words that occur beside names without being part of them, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct NameWords {
    /// Offices and honorifics, which precede a name (`Presiden`, `Dr`).
    pub(super) before: HashSet<Box<str>>,
    /// Degrees and similar words, which follow a name (`S.H.`, `Jr.`).
    pub(super) behind: HashSet<Box<str>>,
    /// Words that occur in the names of institutions (`Kementerian`, `Bank`).
    pub(super) institution: HashSet<Box<str>>,
    /// Words for a news agency that precede its name (`kantor berita`). An entry may be several
    /// words.
    pub(super) agency: Vec<Box<str>>,
    /// Names of places. They distinguish agencies, but are not names of agencies themselves.
    pub(super) place: HashSet<Box<str>>,
    /// Words for relatives of the person whose name follows (`Istri`).
    pub(super) kin: HashSet<Box<str>>,
}

impl NameWords {
    /// Returns the words of all languages together, because a corpus mixes them and names occur in
    /// all of them.
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

    /// Returns whether the folded words of a name are a place or end in one.
    fn is_place(&self, parts: &[Box<str>]) -> bool {
        parts.last().is_some_and(|last| self.place.contains(last))
            || self.place.contains(parts.join(" ").as_str())
    }

    /// Returns whether a folded word begins the name of a body.
    pub(super) fn is_body(&self, word: &str) -> bool {
        self.institution.contains(word)
    }

    /// Returns whether a folded word is an office or a form of address that precedes names.
    pub(super) fn stands_before(&self, word: &str) -> bool {
        self.before.contains(word)
    }
}

/// The kind of thing that a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// A person's name of at least two words, which identifies the person anywhere.
    Full,
    /// A single word, which identifies a person only together with the full name.
    Short,
    /// An institution, or an abbreviation of one (`KCNA`).
    Institution,
    /// An office or a description (`sumber di Istana`), which means another person in every
    /// article.
    Description,
}

/// A parsed name.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The kind of name.
    pub(super) kind: NameKind,
    /// The words of the name, folded and without titles. An initial is one letter.
    pub(super) parts: Vec<Box<str>>,
    /// The words of `parts`, each in the unified spelling by which it is compared.
    evened: Vec<Box<str>>,
    /// The key of the name. Names with equal keys are spellings of one name.
    pub(super) key: Box<str>,
    /// The abbreviation in brackets after the name: `KCNA` of `Korean Central News Agency (KCNA)`.
    pub(super) letters: Option<Box<str>>,
    /// The name of a news agency alone: `KCNA` of `kantor berita Korut KCNA`.
    pub(super) agency: Option<Box<str>>,
    /// Whether the name is a place or ends in one (`DKI Jakarta`).
    pub(super) is_place: bool,
}

impl Name {
    /// Parses a written name. Returns `None` if no letter is left.
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

    /// Returns whether this name may be a short form of `full`: its words occur there in the same
    /// order, an initial stands for any word that it begins, and at least one word of `full` is
    /// missing or shortened.
    pub(super) fn may_shorten(&self, full: &Self) -> bool {
        let mut rest = full.words();
        self.parts.len() <= full.parts.len()
            && self.key != full.key
            && self.words().all(|part| rest.any(|other| fits(part, other)))
    }

    /// Records the abbreviation in brackets after the name, if none is known yet.
    pub(super) fn add_letters(&mut self, letters: &str) {
        self.letters
            .get_or_insert_with(|| even(&fold(letters)).into());
    }

    /// Returns the key of the name without its first `words` words.
    pub(super) fn key_behind(&self, words: usize) -> Box<str> {
        let rest = self.evened.get(words..).unwrap_or(&[]);
        rest.concat().into()
    }

    fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let evened = self.evened.iter();
        let words = self.parts.iter().zip(evened);
        words.map(|(folded, evened)| Word { folded, evened })
    }

    /// Returns whether this name shortens `full` only in the middle or by initials. First and last
    /// word are equal, so the two may be one person even if no article contains both.
    pub(super) fn has_ends_of(&self, full: &Self) -> bool {
        let (first, full_first) = (self.words().next(), full.words().next());
        let begins = first
            .zip(full_first)
            .is_some_and(|(first, full)| fits(first, full));
        self.parts.len() > 1 && begins && self.evened.last() == full.evened.last()
    }
}

/// A folded word of a name, with its unified spelling.
#[derive(Clone, Copy)]
struct Word<'a> {
    folded: &'a str,
    evened: &'a str,
}

/// Returns whether two words are equal, or one is an initial of the other.
fn fits(part: Word, word: Word) -> bool {
    let is_initial = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some() && letters.next().is_none()
    };
    let begins =
        |part: Word, word: Word| is_initial(part.folded) && word.folded.starts_with(part.folded);
    part.evened == word.evened || begins(part, word) || begins(word, part)
}

/// Returns the unified spelling of a folded word: doubled letters become single (`Zelenskyy`), and
/// `y` becomes `i` (`Dmitry`, `Dmitri`).
fn even(part: &str) -> String {
    let mut even = String::with_capacity(part.len());
    for c in part.chars().map(|c| if c == 'y' { 'i' } else { c }) {
        if !even.ends_with(c) {
            even.push(c);
        }
    }
    even
}

/// Returns the name without the brackets after it, and their content if it is an abbreviation.
fn without_brackets(written: &str) -> (&str, Option<&str>) {
    let Some((bare, rest)) = written.split_once('(') else {
        return (written, None);
    };
    let inside = rest.split(')').next().unwrap_or(rest).trim();
    let bare = if bare.trim().is_empty() { inside } else { bare };
    (bare, is_letters(inside).then_some(inside))
}

/// Returns the name of a news agency alone (`AFP` of `kantor berita AFP`): an abbreviation, or one
/// word that is not a place.
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

/// Returns whether a word is an abbreviation: at least two capitals, possibly with digits.
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
