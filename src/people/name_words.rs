//! The words of all languages that stand beside names, or in the names of bodies.

use foldhash::{HashMap, HashSet};

use super::spelling::even;
use crate::language::{Packs, Roles};
use crate::text::fold;

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
    /// Small words inside the names of people (`van`, `bin`).
    pub(super) particle: HashSet<Box<str>>,
    /// Words that join equals (`dan`), which the name of a body may spare.
    pub(super) joint: HashSet<Box<str>>,
    /// Words of grammar that open a description at the head of a sentence (`Para ahli`).
    pub(super) grammar: HashSet<Box<str>>,
    /// Words that stand in small letters in a report, each in the one spelling by which names are
    /// compared.
    pub(super) small: HashSet<Box<str>>,
    /// How verbs begin that no list names, in that spelling.
    pub(super) verb_starts: Vec<Box<str>>,
    /// Common given names, which by themselves may be anyone's.
    pub(super) given: HashSet<Box<str>>,
    /// What stands between two names of one person (`atau`).
    pub(super) otherwise: HashSet<Box<str>>,
    /// What a nickname follows (`akrab disapa`); may be several words.
    pub(super) nickname: Vec<Box<str>>,
    /// What a government is called beside the name of its country.
    pub(super) government: Vec<Box<str>>,
    /// What may be left out at the end of a body's or an office's name (`RI`).
    pub(super) home: Vec<Box<str>>,
    /// Words for one kind of body, with the one that stands for all.
    pub(super) same_body: HashMap<Box<str>, Box<str>>,
}

impl NameWords {
    /// The words of all languages together: a corpus mixes them, and names travel.
    pub(super) fn of(packs: &Packs) -> Self {
        let mut all = Self::default();
        let entries = || packs.iter().flat_map(|pack| &pack.people.entries);
        let phrases = |roles: Roles| {
            let having = entries().filter(move |(_, own)| own.any(roles));
            having.map(|(phrase, _)| phrase.clone())
        };
        all.agency.extend(phrases(Roles::AGENCY));
        all.place.extend(phrases(Roles::PLACE));
        all.otherwise.extend(phrases(Roles::OTHERWISE));
        let nicknames = entries().filter(|(_, own)| own.any(Roles::NICKNAME));
        let nicknames = nicknames.filter(|(_, own)| !own.any(Roles::NAMING));
        all.nickname
            .extend(nicknames.map(|(phrase, _)| phrase.clone()));
        // The longest first, so that `akrab disapa` is found before `disapa`.
        all.nickname
            .sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        all.nickname.dedup();
        // Phrases (`kepala dinas`) are in the lists by their words, too.
        for (word, roles) in entries().filter(|(word, _)| !word.contains(' ')) {
            all.add(word, *roles);
        }
        for pack in packs.iter() {
            let joint = pack.speech.entries.iter();
            let joint = joint.filter(|(_, roles)| roles.any(Roles::COORDINATOR));
            all.joint.extend(joint.map(|(word, _)| word.clone()));
            let small = pack
                .speech
                .entries
                .iter()
                .map(|(word, _)| even(word).into());
            all.small.extend(small);
            let starts = pack.speech.verb_prefixes.iter();
            all.verb_starts
                .extend(starts.map(|start| even(start).into()));
            let grammar = Roles::DETERMINER
                .with(Roles::ARTICLE)
                .with(Roles::FUNCTION)
                .with(Roles::PREPOSITION)
                .with(Roles::SUBORDINATOR)
                .with(Roles::OPENER)
                .with(Roles::FINITE);
            let grammar = pack
                .speech
                .entries
                .iter()
                .filter(|(_, roles)| roles.any(grammar));
            all.grammar.extend(grammar.map(|(word, _)| word.clone()));
            all.government
                .extend(pack.people.governments.iter().cloned());
            all.home.extend(pack.people.home.iter().cloned());
            for same in &pack.people.same_bodies {
                let pairs = same.iter().skip(1).zip(same.iter().take(1).cycle());
                all.same_body
                    .extend(pairs.map(|(word, one)| (word.clone(), one.clone())));
            }
        }
        all
    }

    fn add(&mut self, word: &str, roles: Roles) {
        let told = Roles::FEMALE.with(Roles::MALE);
        let other = Roles::OFFICE
            .with(Roles::HONORIFIC)
            .with(Roles::PRONOUN)
            .with(Roles::PERSON_NOUN)
            .with(Roles::KIN);
        for (set, is_of) in [
            (
                &mut self.before,
                roles.any(Roles::OFFICE.with(Roles::HONORIFIC)),
            ),
            (&mut self.behind, roles.any(Roles::SUFFIX)),
            (&mut self.kin, roles.any(Roles::KIN)),
            (&mut self.institution, roles.any(Roles::ORGANISATION)),
            (&mut self.particle, roles.any(Roles::PARTICLE)),
            (&mut self.given, roles.any(told) && !roles.any(other)),
        ] {
            if is_of {
                set.insert(word.into());
            }
        }
    }

    /// Whether the folded words of a name are or end in a place.
    pub(super) fn ends_in_place(&self, parts: &[Box<str>]) -> bool {
        parts.last().is_some_and(|last| self.place.contains(last))
            || parts.len() > 1 && self.is_place(parts)
    }

    /// Whether the folded words of a name are that of a place.
    pub(super) fn is_place(&self, parts: &[Box<str>]) -> bool {
        /// Words of a place's name at most.
        const LONGEST: usize = 4;
        match parts {
            [one] => self.place.contains(one),
            _ => parts.len() <= LONGEST && self.place.contains(parts.join(" ").as_str()),
        }
    }

    /// Whether a folded word may begin the name of a body or of a government.
    pub(super) fn begins_body(&self, word: &str) -> bool {
        let begins = |phrase: &Box<str>| phrase.split(' ').next() == Some(word);
        self.is_body(word)
            || self.government.iter().any(begins)
            || self.same_body.keys().any(begins)
    }

    /// Whether a folded word begins the name of a body.
    pub(super) fn is_body(&self, word: &str) -> bool {
        self.institution.contains(word)
    }

    /// Whether a folded word stands before names as an office or a form of address.
    pub(super) fn stands_before(&self, word: &str) -> bool {
        self.before.contains(word)
    }

    /// Whether letters, in the one spelling by which names are compared, are a word of a report's
    /// sentence.
    pub(super) fn is_small_word(&self, letters: &str) -> bool {
        /// Letters of a verb that no list names at least.
        const VERB: usize = 6;
        let mut starts = self.verb_starts.iter();
        let verb = letters.len() >= VERB && starts.any(|start| letters.starts_with(&**start));
        verb || self.small.contains(letters)
    }

    /// What follows the words for a nickname: `Nana itu` of `pria yang akrab disapa Nana itu`.
    pub(super) fn behind_nickname<'a>(&self, written: &'a str) -> Option<&'a str> {
        self.nickname.iter().find_map(|phrase| {
            let at = written.find(&**phrase)?;
            let rest = written.get(at + phrase.len()..)?;
            let is_word = at == 0 || written.get(..at)?.ends_with(' ');
            rest.strip_prefix(' ').filter(|_| is_word)
        })
    }

    /// The words of a body's or an office's name without those that may be left out at the end.
    pub(super) fn without_home<'a>(&self, parts: &'a [Box<str>]) -> &'a [Box<str>] {
        let ending = self.home.iter().find_map(|home| {
            let words = home.split(' ').count();
            let kept = parts.len().checked_sub(words).filter(|kept| *kept > 0)?;
            let last = parts.get(kept..)?;
            last.iter()
                .map(|part| &**part)
                .eq(home.split(' '))
                .then_some(kept)
        });
        ending.and_then(|kept| parts.get(..kept)).unwrap_or(parts)
    }

    /// The words by which a body is compared: without those that join, `RI` at the end, and what
    /// a government is called; the kind of body by one word.
    pub(super) fn body(&self, parts: &[Box<str>]) -> Vec<Box<str>> {
        let governed = self.government.iter().find_map(|government| {
            let words = government.split(' ').count();
            let own = parts.get(..words)?.iter().map(|part| &**part);
            let land = parts.get(words..).filter(|land| self.is_place(land))?;
            own.eq(government.split(' ')).then_some(land)
        });
        let parts = self.without_home(governed.unwrap_or(parts));
        let parts = parts.iter().filter(|part| !self.joint.contains(*part));
        let parts: Vec<Box<str>> = parts.cloned().collect();
        // The longest phrase first: `pasukan pertahanan` before `pasukan`.
        let longest = (1..=parts.len().min(3)).rev().find_map(|words| {
            let kind = self.same_body.get(parts.get(..words)?.join(" ").as_str())?;
            Some((words, kind))
        });
        match longest {
            Some((words, kind)) => {
                let rest = parts.into_iter().skip(words);
                kind.split(' ').map(Box::from).chain(rest).collect()
            }
            None => parts,
        }
    }

    /// An office by the keys under which it is looked up: as a whole, and by the short form in
    /// brackets (`Menteri Sosial (Mensos)`).
    pub(super) fn offices(&self, written: &str) -> Vec<Box<str>> {
        let (long, short) = match written.split_once('(') {
            Some((long, rest)) => (long, rest.split(')').next()),
            None => (written, None),
        };
        let key = |words: &str| -> Option<Box<str>> {
            let parts: Vec<Box<str>> = crate::text::words(words)
                .map(|word| fold(word.text).into())
                .collect();
            let kept = self.without_home(&parts);
            (!kept.is_empty()).then(|| kept.join(" ").into())
        };
        [key(long), short.and_then(key)]
            .into_iter()
            .flatten()
            .collect()
    }
}
