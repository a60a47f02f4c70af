//! Reports by a finite verb or a participle: its subject, whether it reports at all, and the clause that
//! it governs.

use super::sentence::{Clause, REACH, Sentence};
use crate::language::Roles;
use crate::model::Rule;
use crate::quotes::mentions::mention::{Mention, MentionKind, is_someone};
use crate::quotes::mentions::phrase::{self};
use crate::quotes::mentions::relay;
use crate::quotes::mentions::subject;
use crate::quotes::words::lexicon::{CLAUSAL, SAYING};
use crate::quotes::words::tokens::Kind;

/// What stands around a verb of saying.
struct Governed {
    /// The first word behind the verb and what belongs to it.
    next: usize,
    /// Where the words before the subject end.
    left: usize,
    /// To whom it was said, in tokens.
    addressee: Option<(usize, usize)>,
    participle: bool,
}

impl Sentence<'_> {
    /// A finite verb or participle of saying.
    pub(crate) fn active(&self, cue: usize) -> Option<Clause> {
        if let Some(clause) = self.likened_to(cue) {
            return Some(clause);
        }
        let relayed = relay::speaker(self.tokens, self.first, cue);
        if self.is_passive(cue) {
            let asked = self.is_at(cue, Roles::ASKED);
            if let Some(clause) = self.told_by(cue).filter(|_| !asked) {
                return Some(clause);
            }
            if relayed.is_none() {
                return self.drops(cue, "it is a passive or has no subject");
            }
        }
        if relayed.is_none() && self.is_infinitive_of(cue) {
            return self.drops(cue, "a preposition governs it");
        }
        if self.is_at(cue, Roles::NOMINAL) && !self.is_verb(cue) {
            return self.drops(cue, "the word is a noun here");
        }
        let participle = self.is_at(cue, Roles::PARTICIPLE) && !self.is_at(cue, SAYING);
        let subject = relayed
            .map(|relayed| (relayed, cue))
            .or_else(|| self.subject(cue, participle));
        let Some((mention, left)) = subject else {
            return self.drops(cue, "it has no subject");
        };
        let (next, addressee) = self.behind_verb(cue, &mention);
        if let Some(why) = self.reports_nothing(cue, &mention, next) {
            return self.drops(cue, why);
        }
        let governed = Governed {
            next: if !self.comma_opens_clause && mention.first < cue {
                self.past_circumstance(next)
            } else {
                next
            },
            left,
            addressee,
            participle,
        };
        self.governed(cue, mention, &governed)
    }

    /// `As the Gazette reported on Monday, …`
    fn likened_to(&self, cue: usize) -> Option<Clause> {
        const REACH: usize = 8;
        // `As the two groups continue to face off, …`
        let plain = self.is_at(cue, Roles::VERB.with(Roles::NEEDS_COMPLEMENT));
        if self.comma_opens_clause
            || !self.is_at(self.first, Roles::LIKENS)
            || !plain
            || self.opens_infinitive(cue + 1)
        {
            return None;
        }
        let found = subject::before(self.tokens, self.first + 1, cue)?;
        let comma = (cue + 1..self.limit(cue).min(cue + REACH)).find(|&at| self.is_comma(at))?;
        self.right(cue, found, comma + 1, Rule::AccordingTo)
    }

    /// Whether an infinitive opens at `at`: `to face off`.
    pub(crate) fn opens_infinitive(&self, at: usize) -> bool {
        let verb = Roles::ARTICLE.with(Roles::DETERMINER).with(Roles::PRONOUN);
        !self.comma_opens_clause
            && !self.verb_second
            && self.is_at(at, Roles::ADDRESS)
            && self.kind(at + 1) == Some(Kind::Lower)
            && !self.is_at(at + 1, verb)
    }

    /// Whether the word at `cue` is an infinitive that a preposition governs.
    fn is_infinitive_of(&self, cue: usize) -> bool {
        cue > self.first
            && self.kind(cue - 1) == Some(Kind::Lower)
            && self.is_at(cue - 1, Roles::PREPOSITION)
            && !self.nouns_capitalised
    }

    /// Whether the word at `cue` has no subject that acts: `will be maintained`, `when asked`.
    fn is_passive(&self, cue: usize) -> bool {
        // `But asked how it was done, she smiled.`
        if cue <= self.content_start() && self.is_at(cue, Roles::ASKED) && !self.comma_opens_clause
        {
            return true;
        }
        let before = cue.checked_sub(1).filter(|&at| at >= self.first);
        !self.is_at(cue, Roles::PARTICIPLE)
            && before.is_some_and(|at| {
                self.is_at(at, Roles::COPULA)
                    || !self.comma_opens_clause && self.is_at(at, Roles::SUBORDINATOR)
            })
    }

    /// `were told by Rina Halim that …`
    fn told_by(&self, cue: usize) -> Option<Clause> {
        if !self.is_at(cue + 1, Roles::AGENT) {
            return None;
        }
        let mention = phrase::after(self.tokens, cue + 2, self.limit(cue))?;
        let first = self.complement(mention.last)?;
        self.right(cue, mention, first, Rule::ClausePassive)
    }

    /// The first word behind the verb at `cue`, its subject and the one spoken to; and that one.
    fn behind_verb(&self, cue: usize, mention: &Mention) -> (usize, Option<(usize, usize)>) {
        let mut next = if mention.first > cue {
            mention.last
        } else {
            cue + 1
        };
        let mut addressee = None;
        if self.is_at(cue, Roles::TELLING)
            && let Some(told) = phrase::after(self.tokens, next, self.limit(cue))
        {
            next = told.last;
            addressee = told.parts.first().copied();
        }
        let stays = Roles::COMPLEMENTISER
            .with(Roles::NEGATION)
            .with(Roles::PRONOUN)
            .with(Roles::FINITE);
        while self.is_at(next, Roles::AUXILIARY.with(Roles::TIME))
            && !self.is_at(next, stays)
            && (self.kind(next) == Some(Kind::Lower) || self.is_at(next, Roles::TIME))
            && !self.comma_opens_clause
        {
            next += 1;
        }
        (next, addressee)
    }

    /// Why the verb at `cue` reports nothing, whatever follows it at `next`.
    fn reports_nothing(&self, cue: usize, mention: &Mention, next: usize) -> Option<&'static str> {
        // `Hal ini menunjukkan bahwa …` reports nothing said.
        let guarded = self.is_at(cue, Roles::NEEDS_COMPLEMENT) && !self.is_at(cue, Roles::VERB);
        let back = self.comma_opens_clause && self.is_at(mention.first, Roles::BACK_REFERENCE);
        if mention.kind == MentionKind::Description && back && guarded {
            return Some("its subject points back at what was said");
        }
        if cue
            .checked_sub(1)
            .is_some_and(|at| self.is_at(at, Roles::MODAL))
        {
            return Some("it only may be");
        }
        if self.is_at(cue, Roles::FINDING) && !self.is_source(mention) {
            return Some("only a study or a report tells by this verb");
        }
        // `asked not to be named` asks for nothing that is reported.
        let for_oneself = self.is_at(cue, Roles::QUOTING.with(Roles::URGING))
            && self.is_at(next, Roles::NEGATION)
            && self.is_at(next + 1, Roles::ADDRESS);
        (for_oneself || self.is_denied(cue, mention, next)).then_some("it is denied")
    }

    /// Whether the verb at `cue` is denied, and is itself no denial with a clause.
    fn is_denied(&self, cue: usize, mention: &Mention, next: usize) -> bool {
        let near = (self.first..cue)
            .rev()
            .take_while(|&at| at + 1 == cue || self.is_at(at + 1, Roles::AUXILIARY))
            .any(|at| self.is_at(at, Roles::NEGATION));
        if self.is_at(cue, Roles::DENIAL) {
            return near && self.complement(next).is_none();
        }
        let from = mention.parts.last().map_or(cue, |part| part.1);
        let far = self.comma_opens_clause
            && mention.kind != MentionKind::Description
            && (from..cue).any(|at| self.is_at(at, Roles::NEGATION));
        near || far
    }

    /// The clause that a verb with its subject governs: behind it or before it.
    fn governed(&self, cue: usize, mention: Mention, governed: &Governed) -> Option<Clause> {
        let Governed {
            next,
            left,
            addressee,
            participle,
        } = *governed;
        // `said the office, a body that …`
        let told = mention.first > cue && !self.comma_opens_clause && self.is_comma(next);
        let complement = self.complement(next).filter(|&first| first - next <= 13);
        if let Some(first) = complement.filter(|_| !told) {
            return self.right_with(cue, mention, first, addressee);
        }
        if !self.is_at(cue, CLAUSAL) {
            return self.drops(
                cue,
                "it takes marked words alone, or a clause behind a conjunction",
            );
        }
        let opens = mention.first < cue && left <= self.content_start();
        let behind = opens.then(|| self.behind_opening_adjunct(next)).flatten();
        if let Some(first) = behind.or_else(|| self.behind_circumstance(cue, next)) {
            return self.right_with(cue, mention, first, addressee);
        }
        match self.kind(next) {
            None | Some(Kind::Semicolon) => self.left(cue, mention, left),
            Some(Kind::Colon) => self.right_with(cue, mention, next + 1, addressee),
            Some(Kind::Comma | Kind::Dash)
                if self.comma_opens_clause && !participle && left <= cue =>
            {
                self.right_with(cue, mention, next + 1, addressee)
            }
            Some(Kind::Comma | Kind::Dash) => self.inserted(cue, mention, left, next),
            Some(_) if self.takes_bare(cue, next) => self.right_with(cue, mention, next, addressee),
            Some(_) if self.is_apposed(&mention) || self.is_modified(&mention) => {
                self.drops(cue, "no clause follows it")
            }
            Some(_) => self
                .left_with_adjunct(cue, mention, left, next)
                .or_else(|| self.drops(cue, "no clause follows it, and none that ends before it")),
        }
    }

    /// Who says it, and where the words before the subject end.
    fn subject(&self, cue: usize, participle: bool) -> Option<(Mention, usize)> {
        let start = self.first.max(cue.saturating_sub(REACH));
        let before = cue.checked_sub(1).filter(|&at| at >= self.first);
        // `The office is saying that …`, `He’s claiming that …`
        let contracted = Roles::POSSESSIVE.with(Roles::POSSESSIVE_CURLY);
        let progresses = before.is_some_and(|at| {
            self.is_at(at, Roles::AUXILIARY)
                || self.is_at(at, Roles::PRONOUN) && self.is_at(at, contracted)
        });
        // `Ia senang, seraya berharap …`
        let accompanies = self.comma_opens_clause
            && before.is_some_and(|at| {
                self.is_at(at, Roles::SUBORDINATOR)
                    && self.is_at(at, Roles::AUXILIARY)
                    && self.kind(at) == Some(Kind::Lower)
                    && self.is_set_off(at)
            });
        if accompanies {
            let head = phrase::at_head(self.tokens, self.first, cue);
            return Some((head.unwrap_or_else(|| Mention::implied(cue)), cue - 1));
        }
        if let Some(subject) = self.shared_subject(start, cue, participle) {
            return Some(subject);
        }
        if participle && !progresses || before.is_some_and(|at| self.is_at(at, Roles::COORDINATOR))
        {
            let left = before.map_or(cue, |at| if self.is_comma(at) { at } else { at + 1 });
            return Some((Mention::implied(cue), left));
        }
        let inverts = before
            .is_none_or(|at| matches!(self.kind(at), Some(Kind::Comma | Kind::Dash | Kind::Quote)));
        let from = if self.nouns_capitalised {
            phrase::after(self.tokens, cue + 1, self.limit(cue))
        } else {
            None
        };
        if let Some(found) = from.filter(|found| inverts || self.stands_alone(found)) {
            return Some((found, cue));
        }
        if inverts && !self.comma_opens_clause {
            let behind = self.inverted_subject(start, cue);
            if let Some(found) = behind.filter(|_| before.is_some()) {
                return Some((found, cue));
            }
            if self.is_set_off(cue) {
                // `…, urged residents to …`
                let apposed = subject::before(self.tokens, start, cue);
                let named = apposed.filter(|found| !found.parts.is_empty());
                let left = named
                    .as_ref()
                    .map_or(cue, |found| self.before_office(found));
                return Some((named.unwrap_or_else(|| Mention::implied(cue)), left));
            }
        }
        let found = subject::before(self.tokens, start, cue)?;
        let left = self.before_office(&found);
        Some((found, left))
    }

    /// The subject that the verb at `cue` has from a preposition or from the verb before it.
    fn shared_subject(
        &self,
        start: usize,
        cue: usize,
        participle: bool,
    ) -> Option<(Mention, usize)> {
        let governed = participle
            .then(|| self.governed_subject(start, cue))
            .flatten();
        if let Some(found) = governed {
            let left = found.first;
            return Some((found, left));
        }
        let joint = self.joined_before(cue)?;
        Some((Mention::implied(cue), joint))
    }

    /// The conjunction before the auxiliaries of the verb at `cue`, which has the subject of the verb before:
    /// `has three boats but has said …`.
    fn joined_before(&self, cue: usize) -> Option<usize> {
        let lead = (self.first..cue)
            .rev()
            .find(|&at| !self.is_at(at, Roles::AUXILIARY))?;
        let apart = lead + 1 < cue && !self.comma_opens_clause;
        let joint = self.kind(lead) == Some(Kind::Lower) && self.is_at(lead, Roles::COORDINATOR);
        (apart && joint).then_some(lead)
    }

    /// The subject of a participle at `cue` that a preposition governs together with it: `with the Harbor
    /// Council warning that …`.
    fn governed_subject(&self, start: usize, cue: usize) -> Option<Mention> {
        const REACH: usize = 3;
        if self.comma_opens_clause || self.is_set_off(cue) {
            return None;
        }
        let found = subject::before(self.tokens, start, cue)?;
        let article = |at: &usize| self.is_at(*at, Roles::BARE_ARTICLE);
        let first = (self.first..found.first).rev().find(|at| !article(at))?;
        let governs = self.kind(first) == Some(Kind::Lower)
            && self.is_at(first, Roles::PREPOSITION)
            && !self.is_at(first, Roles::ADDRESS.with(Roles::DOCUMENT));
        // `in an interview with Rina Halim saying`: not her.
        let document =
            (first.saturating_sub(REACH)..first).any(|at| self.is_at(at, Roles::DOCUMENT));
        let named = found.kind == MentionKind::Name && is_someone(self.tokens, &found);
        (governs && named && !document).then_some(found)
    }

    /// The subject behind the verb at `cue`, if nothing else can stand there: `…, said Ann Selby.`
    fn inverted_subject(&self, start: usize, cue: usize) -> Option<Mention> {
        let found = phrase::after(self.tokens, cue + 1, self.limit(cue))?;
        let closes = self.at(found.last).is_none_or(|t| {
            matches!(t.kind, Kind::Comma | Kind::Stop)
                || t.is(Roles::PREPOSITION.with(Roles::TIME).with(Roles::RELATIVE))
        });
        let described = found.kind == MentionKind::Description;
        let clause =
            described && (self.has_finite(found.first) || self.opens_with_subject(start, cue));
        let owner = Roles::POSSESSIVE.with(Roles::POSSESSIVE_CURLY);
        let possessed = described && self.is_at(found.first, owner);
        let part = found.parts.last().filter(|_| !described);
        let trailing = part.is_some_and(|part| {
            (part.1..found.last)
                .any(|at| self.kind(at) == Some(Kind::Lower) && !self.is_at(at, Roles::OFFICE))
        });
        // `described it as …`: an object.
        let thing = found.kind == MentionKind::Pronoun && self.is_at(found.first, Roles::NEUTER);
        let fits = closes
            && !thing
            && !trailing
            && !possessed
            && !clause
            && !self.is_at(found.first, Roles::OPENER)
            && !self.is_at(cue, Roles::URGING.with(Roles::TELLING).with(Roles::ASKED));
        fits.then_some(found)
    }

    /// Where the words end before a speaker and the office that a comma sets off from the name:
    /// `…, the ministry's spokesman, Rina Halim, said`.
    fn before_office(&self, found: &Mention) -> usize {
        let name = found.first;
        if found.kind != MentionKind::Name || !self.is_set_off(name) {
            return name;
        }
        let office = (self.first..name - 1)
            .rev()
            .take(REACH)
            .take_while(|&at| !self.is_comma(at) && self.kind(at) != Some(Kind::Quote))
            .last();
        let is_office = |first: usize| {
            let words = self.tokens.get(first..name - 1).unwrap_or(&[]);
            words.iter().any(|t| t.is(Roles::OFFICE))
                && !words
                    .iter()
                    .any(|t| t.is(Roles::FINITE.with(Roles::AUXILIARY)))
        };
        match office {
            Some(first) if first > self.first && is_office(first) => first,
            _ => name,
        }
    }

    /// Whether the sentence opens with a name and what is said of it, so that the verb at `cue`
    /// already has its subject: `Rina Halim, the owner, said many of …`.
    fn opens_with_subject(&self, start: usize, cue: usize) -> bool {
        let first = self.content_start();
        !self.has_finite(first)
            && subject::before(self.tokens, start, cue).is_some_and(|found| {
                // `Founder and chief brewer, Nia Moore, from Lareng, said the course …`
                let words = self.tokens.get(first..found.first).unwrap_or_default();
                let opens = found.first == first || words.iter().any(|t| t.is(Roles::OFFICE));
                found.kind == MentionKind::Name && opens
            })
    }

    /// Whether a document, or those who study, are the subject of a verb: `A study by the council`.
    fn is_source(&self, mention: &Mention) -> bool {
        let source = Roles::DOCUMENT
            .with(Roles::ORGANISATION)
            .with(Roles::FINDER);
        let words = self.tokens.get(mention.first..mention.last);
        let told = words.is_some_and(|words| words.iter().any(|t| t.is(source)));
        let sentence = self.tokens.get(self.content_start()..mention.first);
        told || sentence.is_some_and(|words| words.iter().any(|t| t.is(Roles::DOCUMENT)))
    }

    /// Whether a phrase behind a verb is its subject: a sign or complementiser follows.
    fn stands_alone(&self, found: &Mention) -> bool {
        let plain =
            found.kind != MentionKind::Description || self.is_at(found.first, Roles::DETERMINER);
        plain
            && self
                .at(found.last)
                .is_none_or(|t| matches!(t.kind, Kind::Comma | Kind::Colon | Kind::Quote))
    }
}
