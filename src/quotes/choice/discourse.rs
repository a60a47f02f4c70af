//! Whom the text has spoken of: the ones for whom `dia`, `he`, a description or a bare verb can stand.

use super::evidence::{Evidence, Feature};
use super::referent::{self, head_of};
use super::topic;
use crate::language::Roles;
use crate::quotes::mentions::mention::{Mention, MentionKind};
use crate::quotes::mentions::names::{Gender, Names};
use crate::quotes::words::lexicon::WordHash;
use crate::quotes::words::tokens::{Kind, Token, Tokens};
use crate::text::{ByteSpan, Spans};

/// What kind of speaker can be meant later on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// A person with a name.
    Person,
    /// One who is described, without a name: whom the next sentence names takes the place.
    Someone,
    /// A body by its name.
    Body,
    /// A document or a thing: what it says does not push a person out of mind.
    Thing,
}

impl Voice {
    /// Who a mention is, as far as its words tell.
    pub fn of(mention: &Mention, tokens: Tokens<'_>, names: &Names) -> Self {
        let words = tokens.get(mention.first..mention.last).unwrap_or(&[]);
        match mention.kind {
            MentionKind::Name => {
                let part = mention.parts.first();
                let name = part.and_then(|&(a, b)| names.resolve(tokens.get(a..b)?));
                match name {
                    Some(id) if names.is_body(id) => Self::Body,
                    _ => Self::Person,
                }
            }
            MentionKind::Description => {
                let office = words.iter().any(|t| t.is(Roles::OFFICE));
                let document = words.first().is_some_and(|t| t.is(Roles::DOCUMENT));
                let is_common = |t: &Token| t.kind == Kind::Lower;
                let alone = words.len() == 1 && !office && words.first().is_some_and(is_common);
                if document || alone {
                    Self::Thing
                } else {
                    Self::Someone
                }
            }
            MentionKind::Pronoun | MentionKind::Implied => Self::Person,
        }
    }

    fn is_no_person(self) -> bool {
        matches!(self, Self::Body | Self::Thing)
    }
}

/// Someone whom the text has spoken of.
#[derive(Clone, Debug)]
struct Referent {
    speakers: Spans,
    voice: Voice,
    gender: Gender,
    /// Whether the text shows elsewhere that they can speak.
    is_voice: bool,
    has_spoken: bool,
    /// Whether the last sentence about them tells that they were arrested or hurt.
    suffers: bool,
}

impl Referent {
    /// What speaks for and against them, so far behind the newest.
    fn evidence(&self, behind: usize) -> Evidence {
        let place = match behind {
            0 => Feature::InMind,
            1 => Feature::SecondInMind,
            _ => Feature::LongAgo,
        };
        Evidence::of(place)
            .and_if(!self.is_voice, Feature::NotYetHeard)
            .and_if(self.has_spoken, Feature::HasSpoken)
            .and_if(self.suffers, Feature::Suffers)
            .and_if(self.voice == Voice::Body, Feature::IsBody)
            .and_if(self.voice == Voice::Thing, Feature::IsThing)
            .and_if(self.voice == Voice::Someone, Feature::IsUnnamed)
    }
}

/// How far from the head of a sentence the verb of its subject is looked for.
const SUBJECT_REACH: usize = 12;

/// For whom the words at a verb can stand, and what speaks for that.
pub(crate) type Meant = (Spans, Evidence);

/// The people at the centre of attention.
#[derive(Clone, Debug, Default)]
pub(crate) struct DiscourseState {
    /// Whom the text has spoken of as speakers or subjects, newest first.
    people: Vec<Referent>,
    /// The last subject of any kind.
    any: Spans,
    /// The last body that was spoken of or spoke.
    body: Spans,
    /// The last two who were named together.
    pair: Spans,
    /// The last two whom `and` joined at the head of a sentence: those meant by `both`.
    together: Spans,
    /// Who spoke last.
    last: Spans,
    /// Who spoke last in this sentence, or is its subject.
    sentence: Spans,
    /// The person whom this sentence names at its head.
    subject: Spans,
    /// Speakers without a name, by the first word of their description.
    unnamed: Vec<(WordHash, ByteSpan)>,
    /// Who issued a document, by the word for it.
    issued: Vec<(WordHash, Spans)>,
}

impl DiscourseState {
    /// Older ones are not meant by a pronoun; a bound keeps hostile texts linear.
    const KEPT: usize = 5;

    /// A new sentence begins, of these tokens, which together have `roles`.
    pub fn enter(&mut self, tokens: Tokens<'_>, roles: Roles, names: &Names) {
        self.sentence = Spans::default();
        self.subject = Spans::default();
        if roles.any(Roles::COORDINATOR)
            && let Some(pair) = topic::together(tokens, names)
        {
            self.together = pair;
        }
        let Some((id, outright)) = topic::subject(tokens, roles, names) else {
            return;
        };
        let Some(name) = names.get(id) else {
            return;
        };
        let fullest: Spans = name.fullest.into();
        // `The Harriers lost again and coach Tom Hill is tired of it.`
        if names.is_body(id)
            && !names.nouns_capitalised
            && let Some(other) = topic::introduced(tokens, names)
            && let Some(person) = names.get(other)
        {
            let (voice, gender) = (Voice::Person, names.gender(other));
            self.speak_of(&person.fullest.into(), voice, gender, names.is_voice(other));
        }
        if names.is_voice(id) || outright && names.is_person(id) {
            let initials = name.len() == 1 && names.is_body(id);
            self.speak_of(
                &fullest,
                if initials { Voice::Body } else { Voice::Person },
                names.gender(id),
                names.is_voice(id),
            );
        }
        let suffering = |t: &Token| t.kind == Kind::Lower && t.is(Roles::SUFFERING);
        let head = tokens.iter().take(SUBJECT_REACH);
        // `has not been charged`
        let mut negated = head.clone().take_while(|t| t.kind != Kind::Quote);
        let negated = negated.any(|t| t.is(Roles::NEGATION));
        if let Some(newest) = self
            .people
            .first_mut()
            .filter(|one| one.speakers == fullest)
        {
            newest.suffers = !negated && head.take_while(|t| t.kind != Kind::Quote).any(suffering);
        }
        self.any = fullest.clone();
        self.sentence = fullest.clone();
        if names.is_body(id) {
            self.body = fullest.clone();
        }
        if outright && names.is_person(id) {
            self.subject = fullest;
        }
    }

    /// Someone spoke.
    pub fn spoke(&mut self, speakers: &Spans, voice: Voice, gender: Gender) {
        if speakers.is_empty() {
            return;
        }
        self.speak_of(speakers, voice, gender, !voice.is_no_person());
        self.last = speakers.clone();
        if let Some(newest) = self.people.first_mut() {
            newest.has_spoken = true;
        }
        self.any = speakers.clone();
        self.sentence = speakers.clone();
        if voice.is_no_person() {
            self.body = speakers.clone();
        }
        if speakers.len() > 1 {
            self.pair = speakers.clone();
        }
    }

    /// Puts someone before all others.
    fn speak_of(&mut self, speakers: &Spans, voice: Voice, gender: Gender, is_voice: bool) {
        let known = self.people.iter().position(|one| one.speakers == *speakers);
        let mut one = known.map_or_else(
            || Referent {
                speakers: speakers.clone(),
                voice,
                gender,
                is_voice: false,
                has_spoken: false,
                suffers: false,
            },
            |at| self.people.remove(at),
        );
        one.is_voice |= is_voice;
        one.suffers = false;
        one.gender = one.gender.or(gender);
        // Who was named once is no less a person for being described.
        if one.voice != Voice::Person {
            one.voice = voice;
        }
        self.people.insert(0, one);
        self.people.truncate(Self::KEPT);
    }

    /// Keeps a description, so that `sumber tersebut` leads back to `sumber yang dekat dengan …`.
    pub fn remember(&mut self, mention: &Mention, tokens: Tokens<'_>) {
        // An article has few unnamed sources; a bound keeps hostile texts linear.
        const KEPT: usize = 16;
        let words = tokens.get(mention.first..mention.last).unwrap_or(&[]);
        let described = mention.kind == MentionKind::Description;
        let Some(head) = head_of(words).filter(|_| described) else {
            return;
        };
        let points = words.last().is_some_and(|t| t.is(Roles::DEMONSTRATIVE));
        if !points && words.len() > 2 {
            let span = referent::described_span(tokens, mention);
            self.unnamed.truncate(KEPT - 1);
            self.unnamed.insert(0, (head.hash, span));
        }
    }

    /// Keeps who issued a document, so that `the email` leads back to them.
    pub fn note_issued(&mut self, document: WordHash, speakers: &Spans) {
        // An article has few; a bound keeps hostile texts linear.
        const KEPT: usize = 8;
        self.issued.truncate(KEPT - 1);
        self.issued.insert(0, (document, speakers.clone()));
    }

    /// Whether these spoke last.
    pub fn spoke_last(&self, speakers: &Spans) -> bool {
        self.last == *speakers
    }

    /// Who can be meant without a word.
    pub fn in_mind(&self) -> impl Iterator<Item = Meant> + '_ {
        let people = self.people.iter().enumerate();
        people.map(|(behind, one)| {
            let last = one.voice == Voice::Body && one.speakers == self.last;
            let evidence = one.evidence(behind).and_if(last, Feature::SpokeLast);
            (one.speakers.clone(), evidence)
        })
    }

    /// For whom a mention can stand, as the fullest names.
    pub fn meant(&self, mention: &Mention, tokens: Tokens<'_>, names: &Names) -> Vec<Meant> {
        match mention.kind {
            MentionKind::Name => self.named(mention, tokens, names),
            MentionKind::Implied => self.implied(),
            MentionKind::Pronoun => self.pronoun(mention, tokens, names),
            MentionKind::Description => self.described(mention, tokens, names),
        }
    }

    fn named(&self, mention: &Mention, tokens: Tokens<'_>, names: &Names) -> Vec<Meant> {
        if referent::heads_common(mention, tokens, names) {
            let whole =
                crate::quotes::mentions::phrase::description(tokens, mention.first, mention.last);
            return self.described(&whole, tokens, names);
        }
        let speakers = mention.parts.iter().map(|&(a, b)| {
            referent::heads(mention, tokens, names)
                .unwrap_or_else(|| referent::named(tokens, a, b, names))
        });
        vec![(
            speakers.collect(),
            referent::name_evidence(mention, tokens, names),
        )]
    }

    fn implied(&self) -> Vec<Meant> {
        let implied = Evidence::of(Feature::Implied);
        let mut meant = Vec::with_capacity(self.people.len() + 1);
        if !self.sentence.is_empty() {
            meant.push((
                self.sentence.clone(),
                implied.and(Feature::SpokeHere).and(Feature::InMind),
            ));
        }
        meant.extend(
            self.in_mind()
                .map(|(one, evidence)| (one, evidence.with(implied))),
        );
        meant
    }

    fn pronoun(&self, mention: &Mention, tokens: Tokens<'_>, names: &Names) -> Vec<Meant> {
        let pronoun = Evidence::of(Feature::Pronoun);
        let roles = |roles| tokens.get(mention.first).is_some_and(|t| t.is(roles));
        let plural = roles(Roles::PLURAL);
        let gender = Gender::of(roles(Roles::FEMALE), roles(Roles::MALE));
        let thing = roles(Roles::NEUTER);
        let mut meant = Vec::with_capacity(self.people.len() + 3);
        if plural && !self.pair.is_empty() {
            meant.push((self.pair.clone(), pronoun.and(Feature::NamedTogether)));
        }
        if roles(Roles::BOTH) && !self.together.is_empty() {
            meant.push((self.together.clone(), pronoun.and(Feature::NamedTogether)));
        }
        // `es heißt`: whoever says it, no person.
        let nobody = |one: &Referent| {
            thing
                && one.is_known_person()
                && (names.nouns_capitalised || one.gender != Gender::Unknown)
        };
        for (behind, one) in self
            .people
            .iter()
            .enumerate()
            .filter(|(_, one)| !nobody(one))
        {
            let evidence = pronoun
                .with(one.evidence(behind))
                .and_if(one.speakers == self.subject, Feature::SubjectHere)
                .and_if(
                    one.voice.is_no_person() && !thing && !plural,
                    Feature::PersonMeant,
                )
                .and_if(!one.voice.is_no_person() && thing, Feature::ThingMeant)
                .and_if(gender.agrees(one.gender), Feature::GenderAgrees)
                .and_if(gender.clashes(one.gender), Feature::GenderClashes)
                .and_if(!plural && one.speakers.len() > 1, Feature::NumberClashes)
                .and_if(plural && one.is_one_person(), Feature::NumberClashes);
            meant.push((one.speakers.clone(), evidence));
        }
        if self.people.is_empty() && !self.any.is_empty() {
            meant.push((self.any.clone(), pronoun.and(Feature::LastOfAny)));
        }
        meant
    }

    fn described(&self, mention: &Mention, tokens: Tokens<'_>, names: &Names) -> Vec<Meant> {
        let words = tokens.get(mention.first..mention.last).unwrap_or(&[]);
        let told = Evidence::of(Feature::Described);
        let span = referent::described_span(tokens, mention);
        let mut meant = vec![(span.into(), told)];
        let what = Description::of(words);
        let known = || self.people.first().is_some_and(Referent::is_known_person);
        // `Anggota Majelis Partai Karang itu`: many bear such an office; the one in mind is meant.
        let in_mind = what.is(Trait::Points) && !what.is(Trait::Bare) && known();
        let office = [Trait::Bare, Trait::Points, Trait::Delegate, Trait::Person];
        if office.into_iter().any(|one| what.is(one)) && !in_mind {
            // `police` are no one person.
            let offices = words
                .iter()
                .filter(|t| t.is(Roles::OFFICE) && !t.is(Roles::BODY_OFFICE));
            let bearer = offices
                .filter_map(|t| names.bearer(t.hash))
                .find(|&id| names.is_person(id));
            let bearer = bearer.and_then(|id| names.get(id));
            meant.extend(bearer.map(|name| (name.fullest.into(), told.and(Feature::BearsOffice))));
        }
        // `pria yang akrab disapa Nana`
        let nick = words
            .iter()
            .position(|t| t.kind == Kind::Lower && t.is(Roles::NICKNAME));
        let nick = nick
            .and_then(|at| words.get(at + 1))
            .filter(|t| t.is_capital());
        let called = nick.and_then(|t| names.get(names.resolve(std::slice::from_ref(t))?));
        let called = called.filter(|name| name.len() > 1 || !known());
        meant.extend(called.map(|name| (name.fullest.into(), told.and(Feature::SameDescription))));
        // `sumber tersebut`, `the spokesman` of one who was described before.
        let same = head_of(words)
            .and_then(|head| self.unnamed.iter().find(|(hash, _)| *hash == head.hash));
        if let Some((_, span)) = same.filter(|_| what.is(Trait::Points) || what.is(Trait::Definite))
        {
            meant.push(((*span).into(), told.and(Feature::SameDescription)));
        }
        // `the email read`: the words of whoever issued it.
        let points = what.is(Trait::Points) || what.is(Trait::Definite);
        if let Some(who) = self.issuer(words).filter(|_| points || words.len() == 1) {
            meant.push((who.clone(), told.and(Feature::SameDescription)));
        }
        // `perusahaan itu` is the company; `juru bicara perusahaan itu` speaks for it.
        let body = |t: &Token| t.kind == Kind::Lower && t.is(Roles::ORGANISATION);
        if what.is(Trait::Points)
            && !what.is(Trait::Office)
            && words.iter().any(body)
            && !self.body.is_empty()
        {
            meant.push((self.body.clone(), told.and(Feature::LastBody)));
        }
        // `The minister said` of one who was named without the office.
        let definite =
            what.is(Trait::Definite) && what.is(Trait::DefiniteOffice) || what.is(Trait::Person);
        if what.is(Trait::Points) && !what.is(Trait::Document) || definite && known() {
            self.point_back(&what, told.and(Feature::PointedAt), &mut meant);
        }
        meant
    }

    /// Who issued the document that a description points at (`the email`, or `pernyataan itu` as one
    /// phrase).
    fn issuer(&self, words: &[Token]) -> Option<&Spans> {
        let head = head_of(words)?;
        let mut issued = self.issued.iter();
        let found = if head.is(Roles::BACK_REFERENCE) && words.len() == 1 {
            issued.next()
        } else {
            issued.find(|(hash, _)| head.is(Roles::DOCUMENT) && *hash == head.hash)
        };
        found.map(|(_, who)| who)
    }

    /// Adds the people whom a description can point back at.
    fn point_back(&self, what: &Description, told: Evidence, meant: &mut Vec<Meant>) {
        for (behind, one) in self.people.iter().enumerate() {
            let evidence = told
                .with(one.evidence(behind))
                .and_if(what.gender.agrees(one.gender), Feature::GenderAgrees)
                .and_if(what.gender.clashes(one.gender), Feature::GenderClashes)
                .and_if(one.speakers.len() > 1, Feature::NumberClashes);
            meant.push((one.speakers.clone(), evidence));
        }
    }
}

impl Referent {
    fn is_known_person(&self) -> bool {
        self.voice == Voice::Person && self.speakers.len() == 1
    }

    fn is_one_person(&self) -> bool {
        self.is_known_person()
    }
}

/// What a description tells of the one it stands for.
struct Description {
    traits: u16,
    gender: Gender,
}

/// One thing that a description tells.
#[derive(Clone, Copy)]
enum Trait {
    /// It points at someone known: `pejabat itu`.
    Points,
    /// It is nothing but an office.
    Bare,
    /// It is an article and one word.
    Definite,
    /// That word is an office.
    DefiniteOffice,
    /// A definite article and common words tell of one person: `the former nurse`.
    Person,
    /// An office is among its words.
    Office,
    /// It is of one who speaks for another: `kuasa hukum Rina Halim`.
    Delegate,
    /// It is of a document.
    Document,
}

impl Description {
    fn of(words: &[Token]) -> Self {
        let nominal = Roles::OFFICE
            .with(Roles::DETERMINER)
            .with(Roles::DEMONSTRATIVE);
        let is_bare = |t: &Token| t.is(nominal) || t.is_capital() && t.is(Roles::PLACE);
        let is_office = |t: &Token| t.is(Roles::OFFICE) && !t.is(Roles::BODY_OFFICE);
        let any = |roles| words.iter().any(|t| t.is(roles));
        let opens = |roles| words.first().is_some_and(|t| t.is(roles));
        let points = words.last().is_some_and(|t| t.is(Roles::DEMONSTRATIVE));
        // `a spokesman` is nobody who was spoken of.
        let anyone = opens(Roles::BARE_ARTICLE) && !opens(Roles::DEFINITE);
        let traits = [
            (Trait::Points, points),
            (Trait::Bare, words.iter().all(is_bare) && !anyone),
            (Trait::Definite, words.len() == 2 && opens(Roles::DEFINITE)),
            (Trait::DefiniteOffice, words.get(1).is_some_and(is_office)),
            (Trait::Person, tells_of_person(words)),
            (Trait::Office, any(Roles::OFFICE)),
            (Trait::Delegate, any(Roles::DELEGATE)),
            (Trait::Document, opens(Roles::DOCUMENT)),
        ];
        let traits = traits.into_iter().filter(|(_, holds)| *holds);
        Self {
            traits: traits.fold(0, |all, (one, _)| all | 1 << one as u16),
            gender: Gender::of(any(Roles::FEMALE), any(Roles::MALE)),
        }
    }

    fn is(&self, one: Trait) -> bool {
        self.traits & 1 << one as u16 != 0
    }
}

/// Whether a definite article and common words tell of one person: `the former nurse`, `the Florida
/// fan`, `the 36-year-old`.
fn tells_of_person(words: &[Token]) -> bool {
    const LONGEST: usize = 5;
    let [article, before @ .., head] = words else {
        return false;
    };
    let body = Roles::ORGANISATION
        .with(Roles::BODY_OFFICE)
        .with(Roles::POSSESSIVE)
        .with(Roles::POSSESSIVE_CURLY);
    let common = |t: &Token| {
        !t.is(body) && (t.kind == Kind::Lower || t.kind == Kind::Number || t.is_capital())
    };
    let office = Roles::PERSON_NOUN.with(Roles::OFFICE);
    // `der Rentner`, `die frühere Weltmeisterin`
    let noun = |t: &Token| t.is_capital() && !t.is(Roles::KIN);
    let own = words.len() == 2 && head.is(office) || head.is(Roles::PERSON_NOUN);
    let told = noun(head) && own && !head.is(body);
    let person = head.is(office) && head.kind == Kind::Lower || told;
    article.is(Roles::DEFINITE)
        && words.len() <= LONGEST
        && before.iter().all(common)
        && (person && !head.is(Roles::BODY_OFFICE) || head.kind == Kind::Number)
}
