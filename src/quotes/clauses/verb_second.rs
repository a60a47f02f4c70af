//! Reports in a language whose finite verb comes second (`Am Montag sagte sie, dass …`): the clause
//! that is reported before or behind the part of the sentence in which the verb stands.

use super::sentence::{Clause, Sentence};
use crate::language::Roles;
use crate::model::Rule;
use crate::quotes::mentions::mention::Mention;
use crate::quotes::mentions::verb_second::{self, Part, REACH};
use crate::quotes::words::tokens::{Kind, Token};

impl Sentence<'_> {
    /// The clause that the verb at `cue` reports.
    pub(crate) fn by_second_verb(&self, cue: usize) -> Option<Clause> {
        let part = Part::of(self.tokens, (self.first, self.last), cue);
        let before = self.finite_words(part.first, cue);
        // `wie immer gefordert würde`
        if before.iter().any(|t| t.is(Roles::COPULA)) || self.is_at(cue + 1, Roles::COPULA) {
            return self.drops(cue, "it is a passive");
        }
        if before.iter().any(|t| t.is(Roles::NEGATION)) && !self.is_at(cue, Roles::DENIAL) {
            return self.drops(cue, "it is denied");
        }
        // `hinzu kommen die Kosten`
        if self.is_at(cue, Roles::VERB_PARTICLE) && self.at(cue + 1).is_some_and(Token::is_word) {
            return self.drops(cue, "a verb of its own follows the particle");
        }
        // `Es sei falsch, zu glauben, dass …`
        if cue > part.first && self.is_at(cue - 1, Roles::INFINITIVE) {
            return self.drops(cue, "it is an infinitive");
        }
        if self.is_at(cue, Roles::NEEDS_PARTICLE) && !self.has_particle(cue, part) {
            return self.drops(cue, "it reports only with its particle");
        }
        if self.is_at(part.first, Roles::LIKENS) && part.first < cue {
            return self.likened(cue, part);
        }
        let set_off = part.first == part.finite && part.first > self.first;
        let apposed = || verb_second::opens_with_apposition(self.tokens, self.first, part);
        let found = if set_off {
            verb_second::behind(self.tokens, part, self.last)
        } else {
            None
        };
        // `Die Zahl, die lange stieg, sinke, sagte Rina Halim`, but `Rina Halim, die Leiterin, sagte`.
        let someone = |found: &Mention| {
            found.first == part.finite + 1 && verb_second::speaks(self.tokens, found)
        };
        if let Some(found) = found.filter(|found| someone(found) || !apposed()) {
            return self.behind_words(cue, part, found);
        }
        let Some(found) = verb_second::subject(self.tokens, (self.first, self.last), cue) else {
            return self.drops(cue, "it has no subject");
        };
        let Some(first) = self.reported_from(cue, part.last.max(found.last)) else {
            return self.drops(cue, "no clause follows it");
        };
        // `Alle Welt fragte sich, …`
        let thinks = (cue + 1..part.last).any(|at| self.is_at(at, Roles::REFLEXIVE));
        if thinks && !self.is_at(first - 1, Roles::COMPLEMENTISER) {
            return self.drops(cue, "with a reflexive it tells of no speech");
        }
        self.right(cue, found, first, Rule::Clause)
    }

    /// Whether the particle of the verb at `cue` ends its part of the sentence: `räumte … ein`.
    fn has_particle(&self, cue: usize, part: Part) -> bool {
        (cue + 1..part.last).any(|at| {
            let closes = at + 1 >= part.last || self.is_at(at + 1, Roles::COORDINATOR);
            closes && self.is_at(at, Roles::VERB_PARTICLE)
        })
    }

    fn finite_words(&self, first: usize, last: usize) -> &[Token] {
        self.tokens.get(first..last).unwrap_or_default()
    }

    /// `…, wie Rina Halim mitteilte`, `Wie Rina Halim mitteilte, …`
    fn likened(&self, cue: usize, part: Part) -> Option<Clause> {
        let Some(found) = verb_second::nominative(self.tokens, part.first + 1, cue) else {
            return self.drops(cue, "it has no subject");
        };
        if part.first <= self.content_start() {
            let first = part.last + 1;
            return self.right(cue, found, first, Rule::AccordingTo);
        }
        let first = self.left_start(part.first);
        self.reports(cue, found, (first, part.first - 1), Rule::ClauseEnd)
    }

    /// `…, sagte Rina Halim`, `Der Zaun, sagte Rina Halim, fehle`
    fn behind_words(&self, cue: usize, part: Part, found: Mention) -> Option<Clause> {
        let next = part.last + 1;
        let comma = self.kind(part.last) == Some(Kind::Comma);
        // `…, sagte sie, dass …`, `…, sagte sie: …`
        let right = self.kind(part.last) == Some(Kind::Colon)
            || comma && self.is_at(next, Roles::COMPLEMENTISER);
        if right && let Some(first) = self.reported_from(cue, part.last) {
            return self.right(cue, found, first, Rule::Clause);
        }
        let first = self.left_start(part.first);
        let goes_on = Roles::FINITE
            .with(Roles::SUBJUNCTIVE)
            .with(Roles::AUXILIARY);
        let last = if comma && self.is_at(next, goes_on) {
            self.last
        } else {
            part.first - 1
        };
        self.reports(cue, found, (first, last), Rule::ClauseInverted)
    }

    /// Where the words begin that end before `at` and that someone is said to have spoken.
    fn left_start(&self, at: usize) -> usize {
        let ends = |at: &usize| {
            matches!(self.kind(*at), Some(Kind::Colon | Kind::Semicolon))
                || self.is_at(*at, Roles::ENDS_IN_STOP)
        };
        let before = (self.first..at).rev().take(REACH * 2).find(ends);
        before.map_or(self.first, |at| at + 1)
    }

    /// Where the clause begins that a sign at or behind `sign` opens.
    fn reported_from(&self, cue: usize, sign: usize) -> Option<usize> {
        const SIGNS: usize = 4;
        let plain = self.is_at(cue, Roles::VERB) && !self.is_at(cue, Roles::NEEDS_COMPLEMENT);
        if self.kind(sign) == Some(Kind::Colon) {
            return (sign + 1 < self.last).then_some(sign + 1);
        }
        let commas = (sign..self.limit(sign)).filter(|&at| self.is_comma(at));
        let mut main = None;
        for comma in commas.take(SIGNS) {
            let next = comma + 1;
            if self.is_at(next, Roles::COMPLEMENTISER) {
                return Some(next + 1);
            }
            // `…, da der Ort noch nicht abgesucht sei`: why, not what.
            if !plain && self.is_at(next, Roles::SUBORDINATOR) {
                continue;
            }
            let end = (next..self.limit(next)).find(|&at| self.is_comma(at));
            let end = end.unwrap_or(self.last);
            let reported = self.is_subjunctive(next, end);
            let infinitive = !plain && self.is_infinitive(next, end);
            if (reported || infinitive) && !self.is_at(next, Roles::PURPOSE) {
                main = Some(next);
                break;
            }
        }
        let opens = sign + 1;
        let hangs = Roles::SUBORDINATOR
            .with(Roles::LIKENS)
            .with(Roles::RELATIVE);
        let bare = plain && self.is_comma(sign) && !self.is_at(opens, hangs);
        main.or_else(|| bare.then_some(opens))
    }

    /// Whether the words in `first..last` are set in the mood of what is only reported.
    pub(crate) fn is_subjunctive(&self, first: usize, last: usize) -> bool {
        let mood = Roles::SUBJUNCTIVE.with(Roles::CONDITIONAL);
        (first..last).any(|at| self.is_at(at, mood) && self.kind(at) == Some(Kind::Lower))
            || self.has_subjunctive_verb(first, last)
    }

    /// Whether nothing but the mood of its verbs says that the sentence is only reported.
    pub(crate) fn is_free_indirect(&self) -> bool {
        let reports =
            |at: usize| self.is_at(at, Roles::SUBJUNCTIVE) && self.kind(at) == Some(Kind::Lower);
        self.verb_second && (self.first..self.last).any(reports)
    }

    /// `der Zaun fehle`: an unknown word in -e right behind a noun phrase, where no noun follows.
    fn has_subjunctive_verb(&self, first: usize, last: usize) -> bool {
        let subject = verb_second::phrase_end(self.tokens, first, last);
        let behind = if self.is_at(first, Roles::PRONOUN) {
            first + 1
        } else {
            subject
        };
        if behind == first || behind >= last {
            return false;
        }
        let is_verb = |token: &Token| {
            let word = token.span().of(self.text);
            token.kind == Kind::Lower
                && token.roles.is_empty()
                && word.ends_with('e')
                && !word.ends_with("te")
        };
        let noun = self
            .at(behind + 1)
            .is_some_and(|t| t.is_capital() && behind + 1 < last);
        self.at(behind).is_some_and(is_verb) && !noun
    }

    /// `Messwerte gefälscht zu haben`
    fn is_infinitive(&self, first: usize, last: usize) -> bool {
        const ENDS: usize = 2;
        (first..last)
            .rev()
            .take(ENDS + 1)
            .any(|at| self.is_at(at, Roles::INFINITIVE))
            || last < self.last && self.is_infinitive(first, self.last)
    }

    /// A speaker that stands before its postposition: `dem Bericht zufolge`, `nach Polizei|angaben`.
    pub(crate) fn by_postposition(&self, cue: usize) -> Option<Clause> {
        let part = Part::of(self.tokens, (self.first, self.last), cue);
        let lead = self.is_at(part.first, Roles::PREPOSITION);
        let first = part.first + usize::from(lead);
        if first >= cue {
            return self.drops(cue, "no one is named before it");
        }
        // `Die Truppen konnten eigenen Angaben zufolge …`: who stands before the verb.
        let source = (first..cue).find(|&at| verb_second::phrase_end(self.tokens, at, cue) == cue);
        let subject = source.and_then(|at| verb_second::nominative(self.tokens, part.first, at));
        let subject = subject.filter(|_| !lead);
        let found = subject.unwrap_or_else(|| verb_second::mention(self.tokens, first, cue));
        // `…, der zufolge …`
        if self
            .finite_words(first, cue)
            .iter()
            .all(|t| t.is(Roles::DETERMINER))
        {
            return self.drops(cue, "no one is named before it");
        }
        if part.first <= self.content_start() {
            return self.right(cue, found, cue + 1, Rule::AccordingTo);
        }
        if self.kind(cue + 1) == Some(Kind::Comma) && cue + 3 < self.last {
            return self.reports(cue, found, (self.first, self.last), Rule::AccordingTo);
        }
        let first = self.left_start(part.first);
        self.reports(cue, found, (first, part.first - 1), Rule::AccordingTo)
    }
}
