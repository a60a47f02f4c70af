//! Whom the text speaks of: the one for whom `dia`, `he` or a bare verb stands.

use super::lexicon::WordHash;
use super::name_words::{TITLE, is_name_word, run, strip};
use super::names::{NameId, Names};
use super::offices::{names_body, past_bracket};
use super::phrase::{self, Mention, Said};
use super::tokens::{Kind, Token};
use crate::language::Roles;
use crate::text::{ByteSpan, Spans};

/// Who can be meant by `dia` later on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// A person with a name.
    Person,
    /// One who is described, without a name: whom the next sentence names takes the place.
    Someone,
    /// A body, a document or a thing: what it says does not push a person out of mind.
    Thing,
}

impl Voice {
    /// Who a mention is, as far as its words tell.
    pub fn of(mention: &Mention, tokens: &[Token], names: &Names) -> Self {
        let words = tokens.get(mention.first..mention.last).unwrap_or(&[]);
        let is_thing = match mention.said {
            Said::Name => mention
                .parts
                .first()
                .and_then(|&(a, b)| names.resolve(tokens.get(a..b)?))
                .is_some_and(|id| names.is_body(id)),
            Said::Description => {
                let office = words.iter().any(|t| t.is(Roles::OFFICE));
                let document = words.first().is_some_and(|t| t.is(Roles::DOCUMENT));
                document || words.len() == 1 && !office && words[0].kind == Kind::Lower
            }
            Said::Pronoun | Said::Implied => false,
        };
        match mention.said {
            _ if is_thing => Self::Thing,
            Said::Description => Self::Someone,
            _ => Self::Person,
        }
    }
}

/// The people at the centre of attention, newest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Focus {
    /// The last person spoken of, or the last speaker.
    person: Spans,
    /// Whether that is surely a person.
    is_known: bool,
    /// The last subject of any kind.
    any: Spans,
    /// The last body that was spoken of or spoke.
    body: Spans,
    /// The last two who were named together.
    pair: Spans,
    /// Who spoke last in this sentence.
    sentence: Spans,
    /// The person whom this sentence names at its head.
    subject: Spans,
    /// Speakers without a name, by the first word of their description.
    unnamed: Vec<(WordHash, ByteSpan)>,
}

impl Focus {
    /// A new sentence begins; `tokens` run from its first word on.
    pub fn enter(&mut self, tokens: &[Token], names: &Names) {
        self.sentence = Spans::default();
        self.subject = Spans::default();
        let Some((id, outright)) = subject(tokens, names) else {
            return;
        };
        if let Some(name) = names.get(id) {
            if names.is_voice(id) || outright && !self.is_known && names.is_person(id) {
                self.person = name.fullest.into();
                self.is_known |= names.is_voice(id);
            }
            self.any = name.fullest.into();
            self.sentence = name.fullest.into();
            if names.is_body(id) {
                self.body = name.fullest.into();
            }
            if outright && names.is_person(id) {
                self.subject = name.fullest.into();
            }
        }
    }

    /// Someone spoke.
    pub fn spoke(&mut self, speakers: &[ByteSpan], voice: Voice) {
        if speakers.is_empty() {
            return;
        }
        if voice != Voice::Thing || !self.is_known {
            self.person = speakers.into();
            self.is_known = voice == Voice::Person;
        }
        self.any = speakers.into();
        self.sentence = speakers.into();
        if voice == Voice::Thing {
            self.body = speakers.into();
        }
        if speakers.len() > 1 {
            self.pair = speakers.into();
        }
    }

    /// Keeps a description, so that `sumber tersebut` leads back to `sumber yang dekat dengan …`.
    pub fn remember(&mut self, mention: &Mention, tokens: &[Token]) {
        // An article has few unnamed sources; a bound keeps hostile texts linear.
        const KEPT: usize = 16;
        let words = tokens.get(mention.first..mention.last).unwrap_or(&[]);
        let described = mention.said == Said::Description;
        let Some(head) = head_of(words).filter(|_| described) else {
            return;
        };
        let points = words.last().is_some_and(|t| t.is(Roles::DEMONSTRATIVE));
        if !points && words.len() > 2 {
            self.unnamed.truncate(KEPT - 1);
            self.unnamed.insert(0, (head.hash, mention.span));
        }
    }

    /// Who is meant without a name.
    pub fn who(&self) -> Spans {
        self.person.clone()
    }

    /// Who speaks in a mention, as the fullest names.
    pub fn speakers(&self, mention: &Mention, tokens: &[Token], names: &Names) -> Spans {
        match mention.said {
            Said::Name if heads_common(mention, tokens, names) => {
                let whole = phrase::description(tokens, mention.first, mention.last);
                self.described(&whole, tokens, names)
            }
            Said::Name => mention
                .parts
                .iter()
                .map(|&(a, b)| {
                    heads(mention, tokens, names).unwrap_or_else(|| named(tokens, a, b, names))
                })
                .collect(),
            Said::Implied if !self.sentence.is_empty() => self.sentence.clone(),
            Said::Implied => self.person.clone(),
            Said::Pronoun => self.pronoun(mention, tokens),
            Said::Description => self.described(mention, tokens, names),
        }
    }

    fn pronoun(&self, mention: &Mention, tokens: &[Token]) -> Spans {
        let token = tokens.get(mention.first);
        if token.is_some_and(|t| t.is(Roles::PLURAL)) && !self.pair.is_empty() {
            return self.pair.clone();
        }
        if !self.subject.is_empty() {
            self.subject.clone()
        } else if self.person.is_empty() {
            self.any.clone()
        } else {
            self.person.clone()
        }
    }

    fn described(&self, mention: &Mention, tokens: &[Token], names: &Names) -> Spans {
        let words = tokens.get(mention.first..mention.last).unwrap_or(&[]);
        let offices = words.iter().filter(|t| t.is(Roles::OFFICE));
        let points = words.last().is_some_and(|t| t.is(Roles::DEMONSTRATIVE));
        let bare = words.iter().all(|t| {
            t.is(Roles::OFFICE
                .with(Roles::DETERMINER)
                .with(Roles::DEMONSTRATIVE))
                || t.is_capital() && t.is(Roles::PLACE)
        });
        // `Anggota Majelis Partai Karang itu`: many bear such an office; the one in mind is meant.
        let in_mind = points && !bare && self.is_known && self.person.len() == 1;
        if (bare || points) && !in_mind {
            let bearer = offices
                .clone()
                .find_map(|t| names.bearer(t.hash))
                .filter(|&id| names.is_person(id));
            if let Some(name) = bearer.and_then(|id| names.get(id)) {
                return name.fullest.into();
            }
        }
        let is_office = |t: &Token| t.kind == Kind::Lower && t.is(Roles::OFFICE);
        let definite = words.len() == 2 && words[0].is(Roles::ARTICLE);
        let office_alone = words.get(1).is_some_and(is_office);
        // `sumber tersebut`, `the spokesman` of one who was described before.
        let known = head_of(words)
            .and_then(|head| self.unnamed.iter().find(|(hash, _)| *hash == head.hash));
        if let Some((_, span)) = known.filter(|_| points || definite) {
            return (*span).into();
        }
        // `The minister said` of one who was named without the office.
        if definite && office_alone && self.is_known && self.person.len() == 1 {
            return self.person.clone();
        }
        // `perusahaan itu` is the company; `juru bicara perusahaan itu` speaks for it.
        let body = |t: &Token| t.kind == Kind::Lower && t.is(Roles::ORGANISATION);
        let office = words.iter().any(|t| t.is(Roles::OFFICE));
        if points && !office && words.iter().any(body) && !self.body.is_empty() {
            return self.body.clone();
        }
        let document = words.first().is_some_and(|t| t.is(Roles::DOCUMENT));
        if points && !document && !self.person.is_empty() {
            return self.person.clone();
        }
        mention.span.into()
    }
}

/// The office that a mention names where its name is but a part of a body's: `Kepala Rutan Pondok
/// Lareng`, in an article that names the `Rutan Wanita Pondok Lareng`.
fn heads(mention: &Mention, tokens: &[Token], names: &Names) -> Option<ByteSpan> {
    let &[(a, b)] = mention.parts.as_slice() else {
        return None;
    };
    let led = tokens
        .get(mention.first..a)
        .is_some_and(|words| words.first().is_some_and(|t| t.is(Roles::OFFICE)));
    let whole = names.resolve(tokens.get(a..b)?)?;
    let larger = names.is_body(whole) && names.get(whole)?.len() > b - a;
    if led && larger && b - a > 1 {
        return Some(phrase::span_of(tokens, mention.first, b));
    }
    // `juru bicara Kementerian Laut`: who speaks for a body, without a name.
    // Two words behind the last of its own may be someone's name.
    let known_body = tokens[a].is(Roles::ORGANISATION.with(Roles::PLACE));
    let plain = tokens[a..b]
        .iter()
        .rev()
        .take_while(|t| !t.is(TITLE))
        .count()
        < 2;
    let speaks = led && b == mention.last && known_body && plain && names.is_body(whole);
    let body = speaks && names_body(tokens, mention.first, &mention.parts);
    let office = tokens.get(mention.first)?.hash;
    let known = names.bearer(office).filter(|&id| names.is_person(id));
    (body && known.is_none()).then(|| phrase::span_of(tokens, mention.first, b))
}

/// Whether the name of a mention is a common word that only its sentence gave a capital, and more
/// words tell what it is: `Tiga penggugat`, `Layanan keuangan Lareng`.
fn heads_common(mention: &Mention, tokens: &[Token], names: &Names) -> bool {
    let &[(a, b)] = mention.parts.as_slice() else {
        return false;
    };
    let word = &tokens[a];
    let opens = a == mention.first && b == a + 1 && word.kind == Kind::Capital;
    let plain = !word.is(Roles::HEARD) && word.roles.is_empty();
    let follows = tokens.get(b).filter(|_| b < mention.last);
    let told = follows.is_some_and(|next| {
        let apart = Roles::AUXILIARY
            .with(Roles::ADVERB)
            .with(Roles::SUBORDINATOR);
        let of = Roles::ORIGIN.with(Roles::AGENT).with(Roles::LOCATIVE);
        let adjunct = next.is(apart) || next.is(Roles::PREPOSITION) && !next.is(of);
        next.kind == Kind::Lower && !adjunct
    });
    let real = |id: NameId| names.is_real(id) || names.is_voice(id);
    opens && plain && told && !names.resolve(&tokens[a..b]).is_some_and(real)
}

/// The word by which a description is known again: the first that only tells of it.
fn head_of(words: &[Token]) -> Option<&Token> {
    let mut words = words.iter();
    words.find(|t| !t.is(Roles::DETERMINER.with(Roles::ARTICLE)))
}

/// The fullest name for the name in `first..last`.
pub(super) fn named(tokens: &[Token], first: usize, last: usize, names: &Names) -> ByteSpan {
    let words = tokens.get(first..last).unwrap_or(&[]);
    let kin = words.first().is_some_and(|t| t.is(Roles::KIN));
    let known = names.resolve(words).filter(|_| !kin);
    if let Some(name) = known.and_then(|id| names.get(id)) {
        return name.fullest;
    }
    match (words.first(), words.last()) {
        (Some(a), Some(b)) => ByteSpan {
            start: a.start,
            end: b.base_end(),
        },
        _ => ByteSpan::default(),
    }
}

/// The name that a sentence speaks of: at its head or behind an adverbial, or else one that is
/// named here for the first time. Whether it was named outright or only introduced.
fn subject(tokens: &[Token], names: &Names) -> Option<(NameId, bool)> {
    let end = tokens
        .iter()
        .position(|t| t.kind == Kind::Quote)
        .unwrap_or(tokens.len())
        .min(60);
    let mut first = past_openers(tokens, 0, end);
    // `Lebih lanjut, Rina menanggapi …`
    if first > 0 && tokens.get(first).is_some_and(|t| t.kind == Kind::Comma) {
        first = past_openers(tokens, first + 1, end);
    }
    // `Ia …` goes on with whoever is in mind, and so does `…, kata dia, …`.
    let goes_on = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|t| t.is(Roles::PRONOUN.with(Roles::PLURAL)))
    };
    if goes_on(first) || (0..end).any(|at| is_told_by_pronoun(tokens, at)) {
        return None;
    }
    if points_on(tokens, first, end) {
        return None;
    }
    if let Some(id) = head(tokens, first, end, names) {
        return Some((id, true));
    }
    // `Kehangatan juga dirasakan Nita, mahasiswa asal …`
    let named_first = introduced(&tokens[..end], names);
    let listed = || lists_guests(&tokens[..end], names);
    if let Some(id) = named_first.filter(|&id| names.is_voice(id)) {
        return (!listed()).then_some((id, false));
    }
    let mut at = first;
    for _ in 0..3 {
        let Some(comma) = (at..end).find(|&i| tokens[i].kind == Kind::Comma) else {
            break;
        };
        at = past_openers(tokens, comma + 1, end);
        if goes_on(at) {
            return introduced(&tokens[..at], names).map(|id| (id, false));
        }
        if let Some(id) = head(tokens, at, end, names) {
            let guest = tokens[at].is(Roles::OFFICE) && listed();
            return (!guest).then_some((id, true));
        }
    }
    named_first.map(|id| (id, false))
}

/// Whether the phrase at `at` points at someone in mind: `Anggota Komisi V dari Lareng itu …`.
fn points_on(tokens: &[Token], at: usize, end: usize) -> bool {
    let led = Roles::OFFICE.with(Roles::ORGANISATION);
    if !tokens.get(at).is_some_and(|t| t.is(led)) {
        return false;
    }
    let stop = run(tokens, at);
    let named = (stop > at).then(|| strip(tokens, at, stop)).flatten();
    stop > at && phrase::pointed(tokens, at, (stop, end), named.as_slice()).is_some()
}

/// Whether a cue with a pronoun for its speaker, or inside it, begins at `at`: what the sentence
/// names is then part of what is said.
fn is_told_by_pronoun(tokens: &[Token], at: usize) -> bool {
    tokens[at].is(Roles::CLITIC)
        || tokens[at].is(Roles::INVERTED.with(Roles::ACCORDING))
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Lower && next.is(Roles::PRONOUN))
}

/// Behind the conjunctions and adverbs that stand at `at`.
fn past_openers(tokens: &[Token], at: usize, end: usize) -> usize {
    (at..end)
        .find(|&at| {
            !tokens[at].is(Roles::OPENER.with(Roles::COORDINATOR))
                || tokens[at].is(Roles::DETERMINER)
        })
        .unwrap_or(end)
}

fn head(tokens: &[Token], at: usize, end: usize, names: &Names) -> Option<NameId> {
    let mut at = at;
    if tokens.get(at)?.is(Roles::DETERMINER) {
        at += 1;
    }
    if !tokens
        .get(at)
        .filter(|_| at < end)
        .is_some_and(|t| is_name_word(t) || t.is(Roles::HONORIFIC))
    {
        return None;
    }
    let stop = run(tokens, at).max(at + 1);
    // `Ketua Dewan Laut Nasional (DLN) itu …`
    let behind = past_bracket(tokens, stop, end);
    if tokens
        .get(behind)
        .is_some_and(|t| t.is(Roles::DEMONSTRATIVE))
    {
        return None;
    }
    // `Ketua DPRD Lareng, Rina Halim, …`
    let borne = tokens[at]
        .is(Roles::OFFICE)
        .then(|| phrase::after(tokens, at, end))
        .flatten()
        .filter(|found| found.said == Said::Name && found.last > stop)
        .and_then(|found| found.parts.first().copied())
        .and_then(|(a, b)| names.resolve(tokens.get(a..b)?))
        .filter(|&id| names.is_person(id));
    if borne.is_some() {
        return borne;
    }
    let Some((a, b)) = strip(tokens, at, stop) else {
        // `Co-founder sekaligus Pembina Komunitas Bersepeda (KB) Rina Halim yakin …`
        let behind = phrase::after(tokens, at, end)
            .filter(|found| found.said == Said::Name)
            .and_then(|found| found.parts.first().copied())
            .and_then(|(a, b)| names.resolve(tokens.get(a..b)?))
            .filter(|&id| names.is_voice(id));
        let bearer = || {
            tokens[at..stop]
                .iter()
                .filter(|t| t.is(Roles::OFFICE))
                .find_map(|t| names.bearer(t.hash))
        };
        return behind.or_else(bearer);
    };
    let id = names.resolve(&tokens[a..b])?;
    names.is_real(id).then_some(id)
}

/// Whether these tokens name several by their offices, one after another: `Turut hadir Menteri
/// Pangan Rina Halim, Gubernur Bima Sakti, …`. None of them is whom the text goes on to speak of.
fn lists_guests(tokens: &[Token], names: &Names) -> bool {
    let is_guest = |at: usize| {
        let stop = run(tokens, at);
        let led = tokens[at].is_capital() && tokens[at].is(Roles::OFFICE);
        strip(tokens, at, stop)
            .filter(|&(a, _)| led && a > at)
            .and_then(|(a, b)| names.resolve(tokens.get(a..b)?))
            .is_some_and(|id| names.is_person(id) && names.is_voice(id))
    };
    let mut guests = (1..tokens.len()).filter(|&at| {
        tokens[at].is(Roles::OFFICE)
            && matches!(tokens[at - 1].kind, Kind::Comma | Kind::Lower)
            && is_guest(at)
    });
    let first = guests.next();
    let next = guests.next();
    first.is_some() && next.is_some_and(|at| tokens[at - 1].kind == Kind::Comma)
}

/// A person who is named for the first time in these tokens.
fn introduced(tokens: &[Token], names: &Names) -> Option<NameId> {
    let mut at = 0;
    while at < tokens.len() {
        if !is_name_word(&tokens[at]) {
            at += 1;
            continue;
        }
        let stop = run(tokens, at).max(at + 1);
        if let Some((a, b)) = strip(tokens, at, stop) {
            let id = names.resolve(&tokens[a..b]);
            let new = id.filter(|&id| {
                names.is_person(id)
                    && names
                        .get(id)
                        .is_some_and(|name| name.first == tokens[a].start)
            });
            let behind = past_bracket(tokens, stop, tokens.len());
            let points = tokens
                .get(behind)
                .is_some_and(|t| t.is(Roles::DEMONSTRATIVE));
            let led = at.checked_sub(1).and_then(|before| tokens.get(before));
            if new.is_some()
                && !points
                && !led.is_some_and(|t| t.is(Roles::PREPOSITION) && !t.is(Roles::AGENT))
            {
                return new;
            }
        }
        at = stop;
    }
    None
}
