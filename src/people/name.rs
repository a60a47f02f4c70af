//! Names as they are written, taken apart: titles and brackets off, spellings evened out, initials
//! known, and the question whether one name may be short for another.

use std::borrow::Cow;

use super::name_words::NameWords;
use super::spelling::{even, is_letters, letters_key};
use crate::text::{fold, words};

/// The kind of a name, by which it is known how much the name alone tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NameKind {
    /// Two words or more of a person's name: enough to know the person by anywhere.
    Full,
    /// One word: enough only beside the full name.
    Short,
    /// An institution, or letters that stand for one (`KCNA`).
    Institution,
    /// An office or a description (`sumber di Istana`): somebody else in every article.
    #[default]
    Description,
}

/// A name as it is written, taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    /// The kind of the name.
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
        if let Some(letters) = account_letters(written) {
            return Self::parse(letters, beside);
        }
        // `pria yang akrab disapa Nana itu`: a name after all.
        let nickname = || beside.behind_nickname(written).map(capitals);
        let described = is_small(written).then(nickname).flatten();
        let described = described.filter(|name| !name.is_empty());
        let (bare, letters) = without_brackets(described.unwrap_or(written));
        // A comma parts a name from degrees or an office: `Budi Santoso, S.H.`
        let bare = without_apposition(bare, letters.is_some(), beside);
        let agency = agency_in(bare, beside);
        let is_list = letters.is_some() && written.contains(',');
        let all = parts_of(bare);
        let kind = match agency {
            Some(_) => NameKind::Institution,
            None => kind_of((bare, &all), is_list, beside),
        };
        let parts = own_parts((bare, all), kind, beside);
        let kind = match kind {
            _ if parts.len() > MOST_WORDS => NameKind::Description,
            NameKind::Full if parts.len() == 1 => NameKind::Short,
            kind => kind,
        };
        let evened: Vec<Box<str>> = parts.iter().map(|part| even(part).into()).collect();
        let is_own = kind == NameKind::Institution && parts.len() == 1;
        let key = if is_own && is_letters(bare.trim()) {
            letters_key(bare.trim())
        } else {
            evened.concat().into()
        };
        (!key.is_empty()).then(|| Self {
            kind,
            is_place: beside.ends_in_place(&parts),
            parts,
            evened,
            key,
            letters: letters.map(letters_key),
            agency: agency.map(|name| {
                if is_letters(name) {
                    letters_key(name)
                } else {
                    even(&fold(name)).into()
                }
            }),
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

    /// The key of the name that is left without its first `words`.
    pub(super) fn key_behind(&self, words: usize) -> Box<str> {
        let rest = self.evened.get(words..).unwrap_or(&[]);
        rest.concat().into()
    }

    /// Whether these letters are the first ones of its words.
    pub(super) fn is_spelled_by(&self, letters: &str) -> bool {
        let initials = self.evened.iter().filter_map(|part| part.chars().next());
        let initials = letters_key(&initials.collect::<String>());
        self.parts.len() > 1 && *initials == *letters
    }

    /// Whether the name as written has nothing beside the words of the name: no title, no degree,
    /// no rest of a sentence.
    pub(super) fn is_as_written(&self, written: &str) -> bool {
        let (bare, _) = without_brackets(written);
        self.kind == NameKind::Institution || parts_of(bare).len() == self.parts.len()
    }

    /// The words, each in the one spelling by which it is compared.
    pub(super) fn evened(&self) -> &[Box<str>] {
        &self.evened
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
    // Nearly no name begins so.
    let first = fold(bare.split_whitespace().next()?);
    let begins = |phrase: &Box<str>| phrase.starts_with(&*first);
    if !beside.agency.iter().any(begins) {
        return None;
    }
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

fn without_titles<'a>(parts: &'a [Box<str>], beside: &NameWords) -> &'a [Box<str>] {
    let start = parts
        .iter()
        .position(|part| !beside.before.contains(part))
        .unwrap_or(parts.len());
    // `Rina MD`: without it, too little of a name would be left.
    let end = parts
        .iter()
        .rposition(|part| !beside.behind.contains(part))
        .map_or(0, |at| at + 1)
        .max(parts.len().min(start + 2));
    parts.get(start..end).unwrap_or(&[])
}

/// A name up to its first comma; that of a body with its commas, where they stand in a list
/// (`Badan Meteorologi, Klimatologi, dan Geofisika`).
fn without_apposition<'a>(bare: &'a str, has_letters: bool, beside: &NameWords) -> &'a str {
    let Some((first, rest)) = bare.split_once(',') else {
        return bare;
    };
    let is_body = first
        .split_whitespace()
        .next()
        .is_some_and(|word| beside.is_body(&fold(word)));
    let is_list = rest
        .split_whitespace()
        .any(|word| beside.joint.contains(word));
    if (is_body || has_letters) && is_list {
        bare
    } else {
        first
    }
}

/// Whether a name as written begins with a small letter.
fn is_small(written: &str) -> bool {
    written.trim_start().starts_with(char::is_lowercase)
}

/// The capitals of a body in the name of its account (`BKN` of `@infoBKN`).
fn account_letters(written: &str) -> Option<&str> {
    let name = written.strip_prefix('@')?;
    let at = name.find(char::is_uppercase)?;
    let (before, letters) = name.split_at(at);
    let is_plain = !before.is_empty() && letters.chars().all(|c| c.is_ascii_uppercase());
    (is_plain && letters.len() > 2).then_some(letters)
}

/// The words with a capital with which `words` begin.
fn capitals(words: &str) -> &str {
    let end = words
        .split_inclusive(' ')
        .take_while(|word| word.starts_with(char::is_uppercase))
        .map(str::len)
        .sum();
    words.get(..end).unwrap_or_default().trim_end()
}

/// The folded words of a name; one that two capitalised words were run together to is parted
/// (`AnungWibowo`).
fn parts_of(bare: &str) -> Vec<Box<str>> {
    let is_apostrophe = |c: char| matches!(c, '\'' | '’' | '‘');
    let mut parts: Vec<Box<str>> = Vec::new();
    for word in words(bare) {
        for piece in word.text.split(['-', '\u{2010}', '\u{2011}']) {
            let piece = if piece.contains(is_apostrophe) {
                Cow::Owned(piece.replace(is_apostrophe, ""))
            } else {
                Cow::Borrowed(piece)
            };
            let (first, second) = piece.split_at(glue(&piece).unwrap_or(piece.len()));
            let pieces = [first, second]
                .into_iter()
                .filter(|piece| !piece.is_empty());
            parts.extend(pieces.map(|piece| Box::from(fold(piece))));
        }
    }
    parts
}

/// Where two words meet that nothing parts: a small letter before a capital, of long words
/// alone (`McCain` is one).
fn glue(word: &str) -> Option<usize> {
    /// Letters of either word at least.
    const SHORTEST: usize = 3;
    let mut before = None;
    let at = word.char_indices().find_map(|(at, c)| {
        let meets = c.is_uppercase() && before.is_some_and(char::is_lowercase);
        before = Some(c);
        meets.then_some(at)
    })?;
    let (first, second) = word.split_at(at);
    (first.starts_with(char::is_uppercase) && first.len() >= SHORTEST && second.len() >= SHORTEST)
        .then_some(at)
}

/// A person's name without what follows it in small letters (`Rina Halim lagi-lagi`).
fn without_sentence<'a>(bare: &'a str, beside: &NameWords) -> &'a str {
    let mut end = 0;
    let mut begun = false;
    for word in bare.split_inclusive(char::is_whitespace) {
        let is_capital = word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
        let folded = fold(word.trim());
        let belongs = is_capital || beside.particle.contains(&*folded);
        if begun && !belongs {
            break;
        }
        begun |= is_capital && !beside.stands_before(&folded);
        end += word.len();
    }
    bare.get(..end).unwrap_or(bare).trim_end()
}

/// The words of a name's own, folded: without titles and the rest of the sentence; those by which a
/// body is compared.
fn own_parts(
    (bare, all): (&str, Vec<Box<str>>),
    kind: NameKind,
    beside: &NameWords,
) -> Vec<Box<str>> {
    let has_small = || bare.split_whitespace().any(is_small);
    let all = match kind {
        // The words behind a person's name, where they stand in small letters, are the sentence's.
        NameKind::Full | NameKind::Short if has_small() => parts_of(without_sentence(bare, beside)),
        _ => all,
    };
    let parts = without_titles(&all, beside);
    let parts = if parts.is_empty() { &all } else { parts };
    match kind {
        NameKind::Institution => beside.body(parts),
        _ => parts.to_vec(),
    }
}

/// Words of a name at most: more are a list, or hostile.
const MOST_WORDS: usize = 24;
/// Letters of an abbreviation at most: more are a name in capitals.
const MOST_LETTERS: usize = 7;

/// What a name without brackets is the name of. `is_list` tells of one with a comma before letters
/// in brackets.
fn kind_of((bare, all): (&str, &[Box<str>]), is_list: bool, beside: &NameWords) -> NameKind {
    let parts = without_titles(all, beside);
    let starts_small = is_small(bare);
    // `tentara Larengia`: a body by its land.
    let of_land = || {
        // Nearly no name begins so.
        if !parts.first().is_some_and(|first| beside.begins_body(first)) {
            return false;
        }
        let capital = bare.split_whitespace().next_back();
        let capital = capital.is_some_and(|word| word.starts_with(char::is_uppercase));
        let body = beside.body(parts);
        let governs = body.len() < parts.len() && beside.is_place(&body);
        let first = body.first();
        let is_body = first.is_some_and(|first| beside.institution.contains(first)) || governs;
        let changed = body.first() != parts.first() && beside.ends_in_place(&body);
        capital && beside.ends_in_place(&body) && (is_body || changed)
    };
    if starts_small && of_land() {
        return NameKind::Institution;
    }
    // `Beberapa penggemar`, `Rina Halim dan Bima Sakti`
    let is_generic = || {
        let first = bare.split_whitespace().next().map(fold);
        let first = first.is_some_and(|word| beside.grammar.contains(&*word));
        let single = parts.len() < 2 || bare.split_whitespace().nth(1).is_some_and(is_small);
        let mut words = bare.split_whitespace().skip(1);
        first && single || words.any(|word| is_small(word) && beside.joint.contains(word))
    };
    let is_of_kin = parts.first().is_some_and(|part| beside.kin.contains(part));
    let of_institution = |part: &str| beside.institution.contains(part);
    match parts.len() {
        _ if starts_small || is_of_kin => NameKind::Description,
        0 => NameKind::Description,
        1 if is_letters(bare.trim()) && bare.trim().len() <= MOST_LETTERS => NameKind::Institution,
        _ if !parts.iter().any(|part| of_institution(part)) && is_generic() => {
            NameKind::Description
        }
        // A country speaks by its government.
        _ if beside.is_place(parts) || of_land() => NameKind::Institution,
        _ if parts.iter().any(|part| of_institution(part)) => NameKind::Institution,
        // What is left of a body's name: `Klimatologi, dan Geofisika (BMKG)`.
        _ if is_list => NameKind::Institution,
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
            institution: set(&["kementerian", "badan", "militer"]),
            agency: vec!["kantor berita".into()],
            place: set(&["rusia", "larengia"]),
            kin: set(&["istri"]),
            particle: set(&["bin"]),
            joint: set(&["dan"]),
            nickname: vec!["akrab disapa".into()],
            government: vec!["pemerintah".into()],
            home: vec!["ri".into(), "republik indonesia".into()],
            same_body: [("tentara".into(), "militer".into())].into_iter().collect(),
            ..NameWords::default()
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
            ("Budi Wanara lagi-lagi", "Budi Wanara"),
            (
                "Presiden Budi Wanara mengucapkan Selamat Natal",
                "Budi Wanara",
            ),
            ("Budi bin Wanara", "Budi bin Wanara dengan"),
            ("pria yang akrab disapa Wanara kepada wartawan", "Wanara"),
            ("Sari AmarangWibowo", "Sari Amarang Wibowo"),
            ("Badan Cuaca dan Laut", "Badan Cuaca Laut RI"),
            ("pemerintah Larengia", "Larengia"),
            ("tentara Larengia", "Militer Larengia"),
        ] {
            assert_eq!(parse(a).key, parse(b).key, "{a} and {b}");
        }
        assert_ne!(parse("Andi Wanara").key, parse("Budi Wanara").key);
    }

    #[test]
    fn a_news_agency_is_known_by_its_own_name() {
        for (written, agency) in [
            ("kantor berita AFP", Some("AFP")),
            ("Kantor berita resmi Korea Utara KCNA", Some("KCNA")),
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
