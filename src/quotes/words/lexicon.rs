//! The words of one pack as one table: a text's words are looked up here once, by hash.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use crate::language::{MarkUse, NamePatterns, Pack, Packs, Roles};
use crate::text::{fold, letters};

/// A verb of saying with a subject.
pub(crate) const SAYING: Roles = Roles::VERB
    .with(Roles::NEEDS_COMPLEMENT)
    .with(Roles::QUOTING)
    .with(Roles::TELLING)
    .with(Roles::URGING);

/// Any word by which speech is reported.
pub(crate) const CUE: Roles = SAYING
    .with(Roles::INVERTED)
    .with(Roles::CLITIC)
    .with(Roles::PASSIVE)
    .with(Roles::PARTICIPLE)
    .with(Roles::ACCORDING)
    .with(Roles::POSTPOSED)
    .with(Roles::RELAY);

/// Cues that whoever speaks follows.
pub(crate) const LED: Roles = Roles::INVERTED.with(Roles::ACCORDING);

/// Cues that take a clause, not only a quotation.
pub(crate) const CLAUSAL: Roles = Roles::VERB
    .with(Roles::NEEDS_COMPLEMENT)
    .with(Roles::TELLING)
    .with(Roles::URGING)
    .with(Roles::PARTICIPLE);

/// The hash of a folded word; words that a reader takes for the same hash alike.
pub(crate) type WordHash = u64;

/// Passes word hashes through: they are mixed well enough for a table already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = letters::more(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A map from words, by their hashes.
pub(crate) type WordMap<V> = HashMap<WordHash, V, BuildHasherDefault<AsIs>>;
/// A set of words, by their hashes.
pub(crate) type WordSet = std::collections::HashSet<WordHash, BuildHasherDefault<AsIs>>;

/// A phrase behind its first word.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// The other words.
    pub rest: Box<[WordHash]>,
    /// What the whole phrase can do.
    pub roles: Roles,
}

/// The words, phrases and marks of a pack.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    slots: Vec<(WordHash, Roles)>,
    hints: Hints,
    phrases: WordMap<Vec<Phrase>>,
    /// Quotation marks that are not ASCII.
    pub marks: Vec<(char, MarkUse)>,
    /// What in a run of capitals is a name.
    pub names: NamePatterns,
    /// Whether a comma behind a reporting verb opens its clause.
    pub comma_opens_clause: bool,
    /// How regular pasts end, in a language that marks them so.
    pub verb_endings: Vec<Box<str>>,
    /// How adverbs end that are made of other words, in a language that marks them so.
    pub adverb_endings: Vec<Box<str>>,
    /// Whether a subject follows its verb behind an opening adverbial.
    pub verb_second: bool,
    /// How unknown verbs begin, in a language that marks them at the front.
    pub verb_prefixes: Vec<Box<str>>,
    /// Whether a capital alone makes no name.
    pub nouns_capitalised: bool,
    /// How words end that are surely common nouns there.
    pub noun_endings: Vec<Box<str>>,
    /// What labels a question of an interview.
    pub questions: Vec<WordHash>,
    /// What labels its answer.
    pub answers: Vec<WordHash>,
}

impl Lexicon {
    /// The words and marks of one language.
    pub fn new(pack: &Pack) -> Self {
        let mut words: WordMap<Roles> = WordMap::default();
        let mut phrases: BTreeMap<Vec<WordHash>, Roles> = BTreeMap::new();
        let stops = pack.words.stop_words().map(|word| (word, Roles::FUNCTION));
        let speech = pack.speech.entries.iter().map(|(w, r)| (&**w, *r));
        let people = pack.people.entries.iter().map(|(w, r)| (&**w, *r));
        for (entry, roles) in stops.chain(speech).chain(people) {
            let folded = fold(entry);
            if folded.contains(' ') {
                let hashes = folded.split(' ').map(letters::hash_word).collect();
                *phrases.entry(hashes).or_default() |= roles;
            } else {
                *words.entry(letters::hash_word(&folded)).or_default() |= roles;
            }
        }
        let mut by_first: WordMap<Vec<Phrase>> = WordMap::default();
        for (hashes, roles) in phrases {
            let (first, rest) = (hashes[0], hashes[1..].into());
            *words.entry(first).or_default() |= Roles::PHRASE;
            by_first
                .entry(first)
                .or_default()
                .push(Phrase { rest, roles });
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        Self {
            slots: table(&words),
            hints: Hints::of(words.keys()),
            phrases: by_first,
            marks: pack.marks.marks.clone(),
            comma_opens_clause: pack.speech.comma_opens_clause,
            verb_prefixes: pack.speech.verb_prefixes.clone(),
            verb_second: pack.speech.verb_second,
            nouns_capitalised: pack.people.nouns_capitalised,
            names: pack.names.clone(),
            verb_endings: pack.speech.verb_endings.clone(),
            adverb_endings: pack.speech.adverb_endings.clone(),
            noun_endings: pack.people.noun_endings.clone(),
            questions: hashes(&pack.speech.questions),
            answers: hashes(&pack.speech.answers),
        }
    }

    /// For texts in a language that has no pack or is not known: the marks of all `packs`, and the
    /// words and habits of none. What is between marks is quoted; who said it is not known.
    pub fn neutral(packs: &Packs) -> Self {
        let mut marks: Vec<(char, MarkUse)> = Vec::new();
        for (mark, usage) in packs.iter().flat_map(|pack| &pack.marks.marks) {
            match marks.iter_mut().find(|(known, _)| known == mark) {
                Some((_, known)) => {
                    known.opens |= usage.opens;
                    known.closes |= usage.closes;
                    known.single &= usage.single;
                }
                None => marks.push((*mark, *usage)),
            }
        }
        Self {
            slots: table(&WordMap::default()),
            hints: Hints::of(std::iter::empty()),
            marks,
            ..Self::default()
        }
    }

    /// Whether the words of a language are known, as they are with a pack.
    pub fn has_words(&self) -> bool {
        !self.phrases.is_empty() || self.slots.iter().any(|slot| slot.0 != 0)
    }

    /// What a word can do; nothing for an unknown one.
    #[inline]
    pub fn roles(&self, hash: WordHash) -> Roles {
        if !self.hints.may_hold(hash) {
            return Roles::NONE;
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(&(known, roles)) = self.slots.get(at) {
            if known == hash {
                return roles;
            }
            if known == 0 {
                break;
            }
            at = (at + 1) & mask;
        }
        Roles::NONE
    }

    /// What a word that is not known can do as a compound, by the longest office, body or the like
    /// that it ends in (`Landesbischof`, `US-Präsident`), and where that begins.
    pub fn compound(&self, word: &str) -> Option<(usize, Roles)> {
        const SHORTEST: usize = 3;
        const HEADS: Roles = Roles::OFFICE
            .with(Roles::ORGANISATION)
            .with(Roles::DOCUMENT)
            .with(Roles::PERSON_NOUN)
            .with(Roles::POSTPOSED);
        let cuts = word.char_indices().skip(2).map(|(cut, _)| cut);
        let mut heads = cuts.filter_map(|cut| {
            let head = word.get(cut..)?;
            let roles = (head.len() >= SHORTEST).then(|| self.roles(letters::hash_word(head)))?;
            roles.any(HEADS).then_some((cut, roles))
        });
        heads.next()
    }

    /// The phrases that begin with a word, longest first.
    pub fn phrases(&self, first: WordHash) -> &[Phrase] {
        self.phrases.get(&first).map_or(&[], Vec::as_slice)
    }

    /// What a character does as a quotation mark.
    pub fn mark(&self, c: char) -> Option<MarkUse> {
        self.marks
            .iter()
            .find(|(known, _)| *known == c)
            .map(|(_, usage)| *usage)
    }
}

/// Which words may be known, as a bit for each of some bits of their hashes. It stays in the
/// processor's nearest memory, where the table does not: most unknown words are told by it.
#[derive(Clone, Debug, Default)]
struct Hints {
    bits: Vec<u64>,
}

impl Hints {
    /// Bits for a word: of sixteen unknown ones, one is looked for in vain.
    const SPARSE: usize = 16;

    fn of<'a>(words: impl ExactSizeIterator<Item = &'a WordHash>) -> Self {
        let bits = (words.len() * Self::SPARSE).next_power_of_two().max(64);
        let mut hints = Self {
            bits: vec![0; bits / 64],
        };
        for hash in words {
            let (word, bit) = hints.place(*hash);
            hints.bits[word] |= bit;
        }
        hints
    }

    #[inline]
    fn may_hold(&self, hash: WordHash) -> bool {
        let (word, bit) = self.place(hash);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn place(&self, hash: WordHash) -> (usize, u64) {
        let at = hash as usize;
        ((at / 64) & (self.bits.len() - 1), 1 << (at % 64))
    }
}

/// The words of a list, hashed.
fn hashes(words: &[Box<str>]) -> Vec<WordHash> {
    let words = words.iter().map(|word| letters::hash_word(&fold(word)));
    words.collect()
}

/// An open-addressing table at most half full: it stays small, and unknown words hardly get here.
fn table(words: &WordMap<Roles>) -> Vec<(WordHash, Roles)> {
    let size = (words.len() * 2).next_power_of_two().max(16);
    let mut slots = vec![(0, Roles::NONE); size];
    for (&hash, &roles) in words {
        let mut at = hash as usize & (size - 1);
        while slots[at].0 != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = (hash, roles);
    }
    slots
}
