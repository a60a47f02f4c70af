//! The names of an article: every mention in its running text, joined into people and bodies, so
//! that a surname, an acronym or an office leads to the fullest name.

use crate::quotes::words::lexicon::SAYING;
use std::hash::BuildHasherDefault;

use super::offices::{is_of_office, past_bracket};
use super::phrase::pointed;
use crate::language::Roles;
use crate::quotes::words::lexicon::{WordHash, WordMap};
use crate::quotes::words::name_words::{TITLE, is_name_word, is_name_word_at, run, strip};
use crate::quotes::words::reading::Reading;
use crate::quotes::words::tokens::{Kind, Token, Tokens};
use crate::text::ByteSpan;

/// A person or body in one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameId(pub u32);

/// The gender of someone, as far as words that stand beside a name or for it tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gender {
    /// Nothing tells.
    #[default]
    Unknown,
    /// A woman.
    Female,
    /// A man.
    Male,
}

impl Gender {
    /// By whether words of the one or the other kind stand there.
    pub fn of(female: bool, male: bool) -> Self {
        match (female, male) {
            (true, false) => Self::Female,
            (false, true) => Self::Male,
            _ => Self::Unknown,
        }
    }

    /// This one, or `other` where nothing tells.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::Unknown { other } else { self }
    }

    /// Whether both are known and the same.
    pub fn agrees(self, other: Self) -> bool {
        self != Self::Unknown && self == other
    }

    /// Whether both are known and differ.
    pub fn clashes(self, other: Self) -> bool {
        self != Self::Unknown && other != Self::Unknown && self != other
    }
}

/// What is known of one.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// The fullest form.
    pub fullest: ByteSpan,
    /// Its words, hashed, as a range of `Names::words`.
    words: (u32, u32),
    /// How often it is named.
    pub count: u32,
    /// How often elsewhere than at the head of a sentence, where a capital proves nothing.
    pub inner: u32,
    /// Where it is named first.
    pub first: u32,
    /// Whether an office or form of address stands before it somewhere.
    pub titled: bool,
    /// Whether it is named beside a cue, or with an age: surely someone who can speak.
    pub voice: bool,
    /// Whether it is in capitals alone or begins like a body's name.
    pub is_body: bool,
    /// How many words beside it or in it tell of a woman, less those that tell of a man.
    female: i16,
}

impl Name {
    fn is_single(&self) -> bool {
        self.words.1 - self.words.0 == 1
    }

    /// Of how many words it is.
    pub fn len(&self) -> usize {
        (self.words.1 - self.words.0) as usize
    }

    /// Whether it has several words.
    fn is_long(&self) -> bool {
        self.len() > 1
    }
}

/// The names that share a word, newest last. Few do; a bound keeps hostile texts linear.
#[derive(Clone, Copy, Debug, Default)]
struct Sharing {
    ids: [NameId; Self::MOST],
    len: usize,
}

impl Sharing {
    const MOST: usize = 8;

    fn push(&mut self, id: NameId) {
        let known = self.get().iter().position(|known| *known == id);
        let gone = known.or((self.len == Self::MOST).then_some(0));
        if let Some(gone) = gone {
            self.ids.copy_within(gone + 1..self.len, gone);
            self.len -= 1;
        }
        self.ids[self.len] = id;
        self.len += 1;
    }

    fn get(&self) -> &[NameId] {
        &self.ids[..self.len]
    }
}

/// The names of one article.
#[derive(Debug, Default)]
pub(crate) struct Names {
    all: Vec<Name>,
    /// The words of all names.
    words: Vec<WordHash>,
    /// Each word's names.
    by_word: WordMap<Sharing>,
    /// Who bears an office.
    by_office: WordMap<NameId>,
    /// Who bears an office that is written in small letters, where only one does.
    by_plain_office: WordMap<Option<NameId>>,
    /// Whom a short form in brackets stands for.
    by_short: WordMap<NameId>,
    /// Whose nickname a word is.
    by_nick: WordMap<NameId>,
    /// The offices whose bearer's name is set off from them, and where that name begins.
    borne: (usize, Vec<WordHash>),
    /// Names of which a line's end cuts a word; hardly ever any.
    broken: Vec<NameId>,
    /// Whether a capital alone makes no name.
    pub nouns_capitalised: bool,
}

impl Names {
    /// Collects the names of a whole article: first those inside sentences, where a capital means
    /// a name, then those at the head of one, where it may not.
    pub fn collect(reading: &Reading<'_>) -> Self {
        /// Names of an article, as a rule no more.
        const USUAL: usize = 32;
        let mut names = Self {
            all: Vec::with_capacity(USUAL),
            words: Vec::with_capacity(2 * USUAL),
            by_word: WordMap::with_capacity_and_hasher(2 * USUAL, BuildHasherDefault::default()),
            nouns_capitalised: reading.lexicon.nouns_capitalised,
            ..Self::default()
        };
        let mut initial = Vec::with_capacity(USUAL);
        for paragraph in &reading.paragraphs {
            let tokens = reading.of(*paragraph);
            let mut end = 0;
            for at in reading.capitals(*paragraph) {
                if at < end || !is_name_word(&tokens[at]) {
                    continue;
                }
                // `Ibunda Rina Halim`: someone else than Rina.
                let next = tokens.get(at + 1).filter(|_| tokens[at].is(Roles::KIN));
                if next.is_some_and(|t| t.is(Roles::KNOWN_SPEAKER)) {
                    continue;
                }
                end = run(&tokens, at).max(at + 1);
                if is_initial(tokens, at) {
                    initial.push((tokens, at, end));
                } else {
                    names.add_run(reading, tokens, (at, end));
                }
            }
        }
        for (tokens, at, end) in initial {
            let first = names.trimmed(reading, tokens, (at, end));
            names.add_run(reading, tokens, (first, end));
        }
        names.link_shortened(reading.text);
        names
    }

    /// Links one word by which someone is named beside a cue to the one long name of which a word begins
    /// with it: `Wira` for `Wiradarma Halim`.
    fn link_shortened(&mut self, text: &str) {
        const SHORTEST: usize = 4;
        let short = |name: &&Name| {
            name.is_single() && name.voice && !name.is_body && name.fullest.len() >= SHORTEST
        };
        let mut found = Vec::new();
        for name in self.all.iter().filter(short) {
            let word = name.fullest.of(text);
            let begins = |long: &Name| {
                let mut words = long.fullest.of(text).split_whitespace();
                words.any(|one| one.len() > word.len() && one.starts_with(word))
            };
            let mut longs = (0_u32..).zip(&self.all);
            let mut longs = longs
                .by_ref()
                .filter(|(_, long)| long.is_long() && !long.is_body && begins(long));
            if let (Some((id, _)), None) = (longs.next(), longs.next())
                && let [hash] = *self.own_words(name)
            {
                found.push((hash, NameId(id)));
            }
        }
        self.by_nick.extend(found);
    }

    /// Where a name at the head of a sentence begins: behind a common word that only the sentence
    /// gave a capital (`Praktis Bima …`).
    fn trimmed(
        &self,
        reading: &Reading<'_>,
        tokens: Tokens<'_>,
        (first, last): (usize, usize),
    ) -> usize {
        let head = &tokens[first];
        let known = head.is(TITLE)
            || is_given_name(head)
            || self.by_word.contains_key(&head.hash)
            || last == first + 2 && opens_clause(reading, head, tokens.get(last));
        let tail = tokens
            .get(first + 1)
            .is_some_and(|next| self.by_word.contains_key(&next.hash));
        // `Clara Winter said`: whoever speaks is named in full. With two names behind it, the word may
        // be what they are (`Pedangdut Clara Winter`).
        let mut behind = tokens[last..].iter();
        let verb = behind.find(|t| !(t.kind == Kind::Lower && t.is(Roles::AUXILIARY)));
        let speaks = verb.is_some_and(|t| t.kind == Kind::Lower && t.is(SAYING));
        let speaks = (speaks || is_told_of(tokens, last))
            && last == first + 2
            && !tokens[first + 1].is(Roles::PLACE);
        let joined = !tokens.get(first + 1).is_some_and(is_name_word);
        if last > first + 1 && !known && tail && !speaks && !joined {
            first + 1
        } else {
            first
        }
    }

    fn add_run(
        &mut self,
        reading: &Reading<'_>,
        tokens: Tokens<'_>,
        (first, last): (usize, usize),
    ) {
        let Some((begin, end)) = strip(tokens, first, last) else {
            self.note_office_apart(tokens, first, last);
            return;
        };
        let gender = gender_beside(tokens, first, (begin, end));
        let id = self.add(&tokens[begin..end], gender);
        let of_office = is_of_office(tokens, first, end);
        let titled = !of_office && has_title(tokens, (first, begin, end));
        let initial = is_initial(tokens, first);
        let heard = tokens[begin..end]
            .iter()
            .any(|t| t.is(Roles::KNOWN_SPEAKER));
        let aged = tokens.get(end).is_some_and(|t| t.kind == Kind::Open)
            && tokens
                .get(end + 1)
                .is_some_and(|t| t.kind == Kind::Number && t.span().len() <= 2)
            && tokens.get(end + 2).is_some_and(|t| t.kind == Kind::Close);
        if let Some(name) = self.all.get_mut(id.0 as usize) {
            name.titled |= titled;
            name.voice |= heard || aged;
            name.first = name.first.min(tokens[begin].start);
            let agency = tokens[first..begin].iter().any(|t| t.is(Roles::AGENCY));
            name.is_body |= agency || begin == first && is_thing(reading, tokens, (first, end));
            name.inner += u32::from(!initial || begin > first);
            name.female = name.female.saturating_add(match gender {
                Gender::Female => 1,
                Gender::Male => -1,
                Gender::Unknown => 0,
            });
        }
        if of_office {
            return;
        }
        self.note_short_offices(tokens, (first, begin, end), id);
        self.note_offices(tokens, (first, begin, end), id);
        self.note_plain_offices(tokens, (first, end), id);
        self.note_bracketed(tokens, (begin, end), id);
        self.note_nicknamed(tokens, (begin, end), id);
    }

    /// Notes the bearer of an office that stands as one word in the bracket before the name, or behind
    /// its comma.
    fn note_short_offices(
        &mut self,
        tokens: Tokens<'_>,
        (first, begin, end): (usize, usize, usize),
        id: NameId,
    ) {
        // `Menteri Perdagangan (Mendag) Rina Halim`
        let close = first
            .checked_sub(1)
            .filter(|&at| tokens[at].kind == Kind::Close);
        let office = close.and_then(|close| {
            let open = close.checked_sub(2)?;
            let inner = tokens.get(close - 1)?;
            (tokens[open].kind == Kind::Open && inner.is(Roles::OFFICE)).then_some(inner.hash)
        });
        if let Some(office) = office.filter(|_| begin == first) {
            self.by_office.insert(office, id);
        }
        // `Rina Halim, kuasa hukum Bima Sakti, …`
        let apposed = tokens.get(end).filter(|t| t.kind == Kind::Comma);
        let delegate = apposed.and_then(|_| tokens.get(end + 1));
        if let Some(office) = delegate.filter(|t| t.is(Roles::DELEGATE)) {
            self.by_office.insert(office.hash, id);
        }
    }

    /// Notes the bearer of an office in small letters beside the run `first..end`: `the auditor Rina Halim`,
    /// `a forensic auditor, Rina Halim, …`, `Rina Halim, 41, a forensic auditor, …`.
    fn note_plain_offices(&mut self, tokens: Tokens<'_>, (first, end): (usize, usize), id: NameId) {
        const REACH: usize = 8;
        let office = |t: &Token| {
            let other = Roles::HONORIFIC
                .with(Roles::ORGANISATION)
                .with(Roles::TERRITORY)
                .with(Roles::DELEGATE)
                .with(Roles::KIN);
            t.kind == Kind::Lower && t.is(Roles::OFFICE.with(Roles::PERSON_NOUN)) && !t.is(other)
        };
        let comma = |at: usize| tokens.get(at).is_some_and(|t| t.kind == Kind::Comma);
        let before = first.checked_sub(1);
        let before = before.map(|at| if comma(at) { at.wrapping_sub(1) } else { at });
        let ahead = before.and_then(|at| tokens.get(at)).filter(|t| office(t));
        let aged = tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Number) && comma(end + 2);
        let begin = if aged { end + 3 } else { end + 1 };
        let ends = Roles::PREPOSITION.with(Roles::RELATIVE).with(SAYING);
        let apposed = tokens.get(begin..tokens.len().min(begin + REACH));
        let apposed = apposed.filter(|_| comma(end)).unwrap_or_default();
        let apposed = apposed
            .iter()
            .take_while(|t| t.kind == Kind::Lower && !t.is(ends));
        let behind = apposed.filter(|t| office(t)).last();
        for office in ahead.into_iter().chain(behind) {
            let bearer = self.by_plain_office.entry(office.hash).or_insert(Some(id));
            if *bearer != Some(id) {
                *bearer = None;
            }
        }
    }

    /// Notes the short name in the bracket behind the name `begin..end`.
    fn note_bracketed(&mut self, tokens: Tokens<'_>, (begin, end): (usize, usize), id: NameId) {
        // `Korean Central News Agency (KCNA)`, `Saifullah Yusuf (Gus Ipul)`
        if tokens.get(end).is_some_and(|t| t.kind == Kind::Open)
            && is_name_word_at(&tokens, end + 1)
        {
            let close = run(&tokens, end + 1);
            let inner = &tokens[end + 1..close.max(end + 1)];
            // `Aimar (Artificial Intelligence MARI)` tells what the name stands for.
            let expands = inner.len() > 2 && inner.iter().any(|t| t.kind == Kind::Upper);
            if tokens.get(close).is_some_and(|t| t.kind == Kind::Close)
                && close - end <= 4
                && !expands
            {
                for token in inner {
                    self.link(token.hash, id);
                    self.by_short.insert(token.hash, id);
                }
                // `Saiful Yusran (Gus Iful)`, where Gus Iful is named beside a cue.
                let heard = inner.len() == 2
                    && end - begin > 1
                    && inner
                        .iter()
                        .all(|t| t.is(Roles::KNOWN_SPEAKER) && !t.is(TITLE.with(Roles::PLACE)));
                if heard || inner.first().is_some_and(|t| t.is(Roles::HONORIFIC)) {
                    self.note_nickname(inner, id);
                }
            }
        }
    }

    /// Notes whose nickname follows or stands before the name `begin..end`: `Rina Halim yang akrab
    /// disapa Nana`, `Nana, sapaan akrab Rina Halim`.
    fn note_nicknamed(&mut self, tokens: Tokens<'_>, (begin, end): (usize, usize), id: NameId) {
        const REACH: usize = 3;
        let joins = Roles::RELATIVE
            .with(Roles::COORDINATOR)
            .with(Roles::AUXILIARY);
        let Some(nick) = (end..tokens.len().min(end + REACH + 1))
            .take_while(|&at| {
                let before = at.checked_sub(1).filter(|&before| before >= end);
                before.is_none_or(|at| tokens[at].kind == Kind::Comma || tokens[at].is(joins))
            })
            .find(|&at| tokens[at].kind == Kind::Lower && tokens[at].is(Roles::NICKNAME))
        else {
            return;
        };
        let stop = run(&tokens, nick + 1);
        let named = strip(tokens, nick + 1, stop).filter(|_| stop > nick + 1);
        let Some((a, b)) = named else {
            return;
        };
        let apart = tokens[end].kind == Kind::Comma;
        if !tokens[nick].is(Roles::NAMING) {
            self.note_nickname(&tokens[a..b], id);
        } else if apart && b - a > 1 {
            let full = self.add(&tokens[a..b], Gender::Unknown);
            self.note_nickname(&tokens[begin..end], full);
        }
    }

    fn note_nickname(&mut self, words: &[Token], id: NameId) {
        for token in words.iter().filter(|t| !t.is(Roles::HONORIFIC)) {
            self.by_nick.insert(token.hash, id);
        }
    }

    /// Whose nickname these words are.
    fn nicknamed(&self, tokens: &[Token]) -> Option<NameId> {
        let mut own = tokens.iter();
        let mut words = own
            .by_ref()
            .filter(|t| t.is_word() && !t.is(Roles::HONORIFIC));
        let id = *self.by_nick.get(&words.next()?.hash)?;
        words
            .all(|t| self.by_nick.get(&t.hash) == Some(&id))
            .then_some(id)
    }

    /// Notes who bears the offices before a name: `Ketua Rina Halim`; in `Ketua Tagana Lareng, Rina
    /// Halim` the one behind the comma, and in `politisi Lareng itu` no one who is named there.
    fn note_offices(
        &mut self,
        tokens: Tokens<'_>,
        (first, begin, end): (usize, usize, usize),
        id: NameId,
    ) {
        let place = tokens[begin].start as usize;
        if self.borne.0 == place && !self.borne.1.is_empty() {
            for office in std::mem::take(&mut self.borne.1) {
                self.by_office.insert(office, id);
            }
            if let Some(name) = self.all.get_mut(id.0 as usize) {
                name.titled = true;
            }
        }
        let led = first
            .checked_sub(1)
            .filter(|&at| tokens[at].kind == Kind::Lower);
        let from = led
            .filter(|&at| tokens[at].is(Roles::OFFICE))
            .unwrap_or(first);
        if !tokens[from..end].iter().any(|t| t.is(Roles::OFFICE)) {
            return;
        }
        let offices = tokens[from..begin].iter().filter(|t| t.is(Roles::OFFICE));
        let points = tokens
            .get(past_bracket(tokens, end, tokens.len()))
            .is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::DEMONSTRATIVE));
        if points || pointed(tokens, from, (end, tokens.len()), &[(begin, end)]).is_some() {
            return;
        }
        if !self.note_office_apart(tokens, from, end) {
            for token in offices.filter(|t| t.is_capital()) {
                self.by_office.insert(token.hash, id);
            }
        }
    }

    /// Keeps the offices in `first..last` for the name that a comma sets off from them, if one
    /// follows: `Wali Kota Lareng, dr. Rina Halim`.
    fn note_office_apart(&mut self, tokens: Tokens<'_>, first: usize, last: usize) -> bool {
        const BRACKET: usize = 8;
        let sign = tokens.get(last).map(|t| t.kind);
        // `Senator Lareng (SL) Rina Halim`
        let close = (last + 1..tokens.len().min(last + BRACKET))
            .find(|&at| tokens[at].kind == Kind::Close)
            .filter(|_| sign == Some(Kind::Open));
        let mut begin = close.unwrap_or(last) + 1;
        while tokens
            .get(begin)
            .is_some_and(|t| t.kind == Kind::Stop || t.is(Roles::HONORIFIC))
        {
            begin += 1;
        }
        let follows = tokens
            .get(begin)
            .filter(|next| is_name_word(next) && !next.is(TITLE));
        let joined = close.is_some() || sign == Some(Kind::Comma);
        let Some(next) = follows.filter(|_| joined) else {
            return false;
        };
        let offices = tokens[first..last].iter().filter(|t| t.is(Roles::OFFICE));
        // Names inside sentences are known before those at their heads.
        let stop = run(&tokens, begin).max(begin + 1);
        let known = strip(tokens, begin, stop)
            .and_then(|(a, b)| self.find(&words(tokens.get(a..b)?).collect::<Vec<_>>()));
        if let Some(id) = known {
            for token in offices.clone() {
                self.by_office.insert(token.hash, id);
            }
            if let Some(name) = self.all.get_mut(id.0 as usize) {
                name.titled |= offices.clone().next().is_some();
            }
            return offices.count() > 0;
        }
        self.borne = (next.start as usize, offices.map(|t| t.hash).collect());
        !self.borne.1.is_empty()
    }

    fn add(&mut self, tokens: &[Token], gender: Gender) -> NameId {
        let broken = tokens.iter().any(|t| t.is(Roles::BROKEN));
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => ByteSpan {
                start: first.start,
                end: last.base_end(),
            },
            _ => ByteSpan::default(),
        };
        // They stay where they are first written, unless a longer form is known.
        let first = self.words.len();
        self.words.extend(words(tokens));
        let range = (first as u32, self.words.len() as u32);
        let known = self.known(tokens, &self.words[first..]);
        // `Lady Moore` is not `Sir Tom Moore`.
        let known = known.filter(|&id| !gender.clashes(self.gender(id)));
        let id = known.unwrap_or(NameId(self.all.len() as u32));
        for at in first..self.words.len() {
            self.by_word.entry(self.words[at]).or_default().push(id);
        }
        let Some(name) = known.and_then(|id| self.all.get_mut(id.0 as usize)) else {
            self.all.push(Name {
                fullest: span,
                words: range,
                count: 1,
                inner: 0,
                first: span.start,
                titled: false,
                voice: false,
                is_body: looks_like_body(tokens),
                female: 0,
            });
            if broken {
                self.broken.push(id);
            }
            return id;
        };
        name.count += 1;
        let same = range.1 - range.0 == name.words.1 - name.words.0;
        if same && !broken && self.broken.contains(&id) {
            // `Danny Coale`, where a line's end cut it before.
            name.fullest = span;
            self.broken.retain(|other| *other != id);
        }
        if range.1 - range.0 > name.words.1 - name.words.0 {
            name.fullest = span;
            name.words = range;
            name.is_body |= tokens.first().is_some_and(|t| t.is(Roles::ORGANISATION));
        } else {
            self.words.truncate(first);
        }
        id
    }

    /// The name that `tokens` already stand for; `words` are theirs.
    fn known(&self, tokens: &[Token], words: &[WordHash]) -> Option<NameId> {
        let short = match words {
            [word] => self.by_short.get(word).copied(),
            _ => None,
        };
        // `KPK` is not the `Gedung KPK` that is named for it, nor `Oman` the `Oman Society`.
        let upper = words.len() == 1 && tokens.first().is_some_and(names_itself);
        let found = |id: &NameId| {
            let known = self.get(*id);
            !upper || known.is_some_and(|known| known.is_single() || !known.is_body)
        };
        short.or_else(|| self.find(words).filter(found))
    }

    fn link(&mut self, word: WordHash, id: NameId) {
        self.by_word.entry(word).or_default().push(id);
    }

    fn own_words(&self, name: &Name) -> &[WordHash] {
        let (first, last) = name.words;
        self.words
            .get(first as usize..last as usize)
            .unwrap_or_default()
    }

    fn sharing(&self, word: WordHash) -> &[NameId] {
        self.by_word.get(&word).map_or(&[], Sharing::get)
    }

    /// The name that these words stand for: all of them in it, or all of it in them.
    fn find(&self, words: &[WordHash]) -> Option<NameId> {
        let (first, last) = (words.first()?, words.last()?);
        let candidates = [*last, *first].into_iter();
        candidates
            .flat_map(|word| self.sharing(word).iter().rev().copied())
            .find(|id| {
                self.all.get(id.0 as usize).is_some_and(|name| {
                    let own = self.own_words(name);
                    holds(own, words)
                        || name.is_long() && holds(words, own)
                        || name.is_single()
                            && words.len() <= 4
                            && (Some(first) == own.first() || Some(last) == own.last())
                            && !name.is_body
                })
            })
    }

    /// The name behind a mention's tokens.
    pub fn resolve(&self, tokens: &[Token]) -> Option<NameId> {
        if !self.by_nick.is_empty()
            && let Some(id) = self.nicknamed(tokens)
        {
            return Some(id);
        }
        let mut own = words(tokens);
        if let (Some(word), None) = (own.next(), own.next()) {
            let list = self.sharing(word).iter().rev().copied();
            // `KPK` is not the `Gedung KPK` that is named for it.
            let is_short = tokens.first().is_some_and(names_itself);
            if is_short && list.len() > 0 {
                let is_just = |id: &NameId| {
                    let name = self.get(*id);
                    name.is_some_and(|name| self.own_words(name) == [word])
                };
                let short = self.by_short.get(&word).copied();
                if let Some(id) = short.or_else(|| list.clone().find(is_just)) {
                    return Some(id);
                }
            }
            return list.max_by_key(|id| {
                let name = &self.all[id.0 as usize];
                // `Obama` is not the `Obama Administration`.
                (name.is_long(), !name.is_body, name.count)
            });
        }
        let own: Vec<WordHash> = words(tokens).collect();
        self.find(&own)
    }

    /// Who bears the office that a token names.
    pub fn bearer(&self, office: WordHash) -> Option<NameId> {
        let known = |id: &NameId| self.is_voice(*id) || self.get(*id).is_some_and(Name::is_long);
        let plain = || {
            self.by_plain_office
                .get(&office)
                .copied()
                .flatten()
                .filter(known)
        };
        self.by_office.get(&office).copied().or_else(plain)
    }

    /// The person whom the text before the byte `place` names most, the first of several.
    pub fn most_named(&self, place: u32) -> Option<NameId> {
        let persons = (0..self.all.len() as u32).map(NameId);
        let persons = persons.filter(|&id| self.is_person(id));
        let named = persons.filter_map(|id| Some((id, self.get(id)?)));
        let before = named.filter(|(_, name)| name.first < place);
        let most = before.max_by_key(|(_, name)| (name.count, std::cmp::Reverse(name.first)));
        most.map(|(id, _)| id)
    }

    /// Whether a name is surely someone who speaks: heard beside a cue, titled, or given an age.
    pub fn is_voice(&self, id: NameId) -> bool {
        self.get(id)
            .is_some_and(|name| name.voice || name.titled && !name.is_body)
    }

    /// Whether a name is likely a person's.
    pub fn is_person(&self, id: NameId) -> bool {
        self.get(id).is_some_and(|name| {
            let by_look = if self.nouns_capitalised {
                name.voice || name.is_long() && name.female != 0
            } else {
                name.is_long() || name.inner > 0
            };
            // `90 C`
            let letter = name.fullest.len() < 2;
            !name.is_body && !letter && (name.titled || by_look)
        })
    }

    /// The gender of one, as far as it is known.
    pub fn gender(&self, id: NameId) -> Gender {
        let told = self.get(id).map_or(0, |name| name.female);
        Gender::of(told > 0, told < 0)
    }

    /// Whether it is likely a body rather than a person.
    pub fn is_body(&self, id: NameId) -> bool {
        self.get(id).is_some_and(|name| name.is_body)
    }

    /// Whether it is a name at all rather than a common word at the head of a sentence.
    pub fn is_real(&self, id: NameId) -> bool {
        let alone = |name: &Name| name.inner > 0 && (!self.nouns_capitalised || name.voice);
        self.get(id)
            .is_some_and(|name| name.is_long() || alone(name) || name.is_body)
    }

    pub fn get(&self, id: NameId) -> Option<&Name> {
        self.all.get(id.0 as usize)
    }
}

/// Whether the name `first..end` has a definite article before it and nothing behind it that would take it:
/// `The Harriers were late`. In a language whose articles tell, no person's has.
fn is_thing(reading: &Reading<'_>, tokens: Tokens<'_>, (first, end): (usize, usize)) -> bool {
    let article = first.checked_sub(1).and_then(|at| tokens.get(at));
    let named = tokens.get(first).is_some_and(is_name_word);
    let verb = Roles::FINITE
        .with(Roles::AUXILIARY)
        .with(Roles::PREPOSITION)
        .with(Roles::COORDINATOR)
        .with(SAYING);
    let closes = tokens.get(end).is_none_or(|next| match next.kind {
        Kind::Lower => next.is(verb) && !next.is(Roles::OFFICE.with(Roles::NOMINAL)),
        kind => matches!(kind, Kind::Comma | Kind::Stop),
    });
    let told = !reading.lexicon.adverb_endings.is_empty();
    told && named && closes && article.is_some_and(|t| t.is(Roles::DEFINITE))
}

/// Whether a word is a common given name, and nothing else.
fn is_given_name(token: &Token) -> bool {
    let other = TITLE
        .with(Roles::PERSON_NOUN)
        .with(Roles::KIN)
        .with(Roles::PRONOUN);
    token.is(Roles::FEMALE.with(Roles::MALE)) && !token.is(other)
}

/// Whether a name of two words opens its clause, in a language that has a small class of words before a
/// subject and puts the verb behind it: `Yvonda Hiller was certain`, but `Sadly Hiller was certain`.
fn opens_clause(reading: &Reading<'_>, head: &Token, next: Option<&Token>) -> bool {
    let lexicon = reading.lexicon;
    let verb = Roles::FINITE.with(Roles::AUXILIARY).with(Roles::COPULA);
    let word = head.span().of(reading.text);
    let mut endings = lexicon.adverb_endings.iter();
    !lexicon.adverb_endings.is_empty()
        && head.kind == Kind::Capital
        && head.roles.is_empty()
        && !endings.any(|ending| word.ends_with(&**ending))
        && next.is_some_and(|t| t.kind == Kind::Lower && t.is(verb))
}

/// Whether a comma behind the name that ends at `last` opens what is said of someone: `Rina Halim, an
/// attorney for the city, …`, `Rina Halim, 41, …`.
fn is_told_of(tokens: Tokens<'_>, last: usize) -> bool {
    let told = Roles::BARE_ARTICLE
        .with(Roles::OFFICE)
        .with(Roles::PERSON_NOUN)
        .with(Roles::RELATIVE);
    let comma = tokens.get(last).is_some_and(|t| t.kind == Kind::Comma);
    comma
        && tokens.get(last + 1).is_some_and(|t| {
            t.kind == Kind::Lower && t.is(told) && !t.is(Roles::DEFINITE)
                || t.kind == Kind::Number && t.span().len() == 2
        })
}

/// The gender that the words before the name in `begin..end` tell of, or its own first: the last, and
/// one that stands alone, is a surname (`Ilhan Omar`, `Omar`).
pub(crate) fn gender_beside(
    tokens: Tokens<'_>,
    first: usize,
    (begin, end): (usize, usize),
) -> Gender {
    let title = Roles::OFFICE.with(Roles::HONORIFIC);
    let tells = |t: &Token| t.kind == Kind::Lower || t.is(title);
    let before = first.checked_sub(1).and_then(|at| tokens.get(at));
    let from = first - usize::from(before.is_some_and(tells));
    let given = begin + usize::from(end > begin + 1);
    let words = tokens.get(from..given).unwrap_or_default();
    let any = |roles| words.iter().any(|t| t.is(roles) && !t.is(Roles::PRONOUN));
    // `Grace Hospital`
    let last = end.checked_sub(1).and_then(|at| tokens.get(at));
    if last.is_some_and(|t| t.is(Roles::ORGANISATION) && !t.is(Roles::OFFICE)) {
        return Gender::Unknown;
    }
    Gender::of(any(Roles::FEMALE), any(Roles::MALE))
}

/// Whether the sentence alone may have given the word at `at` its capital.
fn is_initial(tokens: Tokens<'_>, at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_none_or(|before| {
            // `“…,” Rina said`: the sentence goes on.
            let goes_on = before.kind == Kind::Quote && before.is(Roles::ENDS_IN_COMMA);
            !goes_on
                && matches!(
                    before.kind,
                    Kind::Stop | Kind::Quote | Kind::Colon | Kind::Other | Kind::Dash
                )
        })
}

/// The words of a mention, hashed.
fn words(tokens: &[Token]) -> impl Iterator<Item = WordHash> + '_ {
    let words = tokens.iter().filter(|token| token.is_word());
    words.map(|token| token.hash)
}

/// Whether one word names a body or a place rather than a longer name that it stands in.
fn names_itself(token: &Token) -> bool {
    let place = token.is(Roles::PLACE) && !token.is(Roles::ORGANISATION);
    token.kind == Kind::Upper || place && token.is_capital()
}

/// Whether all of `some` stand in `all`.
fn holds(all: &[WordHash], some: &[WordHash]) -> bool {
    some.len() <= all.len() && some.iter().all(|word| all.contains(word))
}

/// Whether a name is by its words that of a body or a place.
fn looks_like_body(tokens: &[Token]) -> bool {
    let first = tokens.first();
    let last = tokens.last();
    let joint = |t: &Token| t.kind == Kind::Lower && t.is(Roles::BODY_PARTICLE);
    first.is_some_and(|t| t.is(Roles::ORGANISATION) || t.kind == Kind::Upper)
        || last.is_some_and(|t| t.is(Roles::ORGANISATION.with(Roles::BODY_END)))
        || tokens.iter().all(|t| t.is(Roles::PLACE))
        || tokens.iter().any(joint)
}

/// Whether an office, a title or an age stands beside the name `begin..end` in the run at `first`.
fn has_title(tokens: Tokens<'_>, (first, begin, end): (usize, usize, usize)) -> bool {
    let title = |t: &Token| t.is(Roles::OFFICE.with(Roles::HONORIFIC)) && !t.is(Roles::TERRITORY);
    tokens[first..begin].iter().any(title)
        || first > 0 && tokens[first - 1].kind == Kind::Lower && title(&tokens[first - 1])
        || tokens.get(end).is_some_and(|t| t.kind == Kind::Comma)
            && tokens.get(end + 1).is_some_and(|t| {
                t.kind == Kind::Lower && t.is(Roles::OFFICE)
                    // `Rina Halim, who leads the union`
                    || t.is(Roles::RELATIVE) && t.is(Roles::PRONOUN)
                    || t.kind == Kind::Number && t.span().len() == 2
            })
}
