//! What stands between a verb of saying and its clause: when, where and to whom it was said.

use super::sentence::Sentence;
use crate::language::Roles;
use crate::quotes::mentions::mention::{Mention, MentionKind};
use crate::quotes::words::tokens::Kind;

impl Sentence<'_> {
    /// Whether the words before the verb are more than its subject: `…, an approach Rina described
    /// as …`.
    pub(crate) fn is_modified(&self, mention: &Mention) -> bool {
        let Some(&(name, _)) = mention
            .parts
            .first()
            .filter(|_| mention.kind == MentionKind::Name)
        else {
            return false;
        };
        !self.comma_opens_clause
            && (mention.first..name).any(|at| {
                self.kind(at) == Some(Kind::Lower)
                    && self.at(at).is_some_and(|t| t.roles.is_empty())
            })
    }

    /// Whether what stands before the speaker is the office that the name is set off from, not a
    /// clause of its own: `Kepala Dinas Lareng, Rina Halim, mengatakan …`.
    pub(crate) fn is_apposed(&self, mention: &Mention) -> bool {
        let first = self.content_start();
        self.comma_opens_clause
            && self.is_set_off(mention.first)
            && self.tokens.get(first..mention.first).is_some_and(|words| {
                words.iter().any(|t| t.is(Roles::OFFICE)) && !self.has_finite(first)
            })
    }

    /// Behind the circumstance of its saying that stands between a verb and its clause without a
    /// sign: `said on Monday he would …`, `said in a statement the bridge was …`.
    pub(crate) fn past_circumstance(&self, next: usize) -> usize {
        let told = Roles::TIME.with(Roles::DOCUMENT);
        if self.is_at(next, Roles::COMPLEMENTISER) {
            return next;
        }
        let mut at = next;
        if self.is_at(at, Roles::PREPOSITION) && !self.is_at(at, told) {
            at += 1;
        }
        while self.is_at(at, Roles::ARTICLE.with(Roles::DETERMINER)) && at <= next + 1 {
            at += 1;
        }
        if !self.is_at(at, told) {
            return next;
        }
        while self.is_at(at, told) {
            at += 1;
        }
        let subject = Roles::PRONOUN
            .with(Roles::DETERMINER)
            .with(Roles::HONORIFIC);
        let opens = self
            .at(at)
            .is_some_and(|t| t.is(subject.with(Roles::COMPLEMENTISER)) || t.is_capital());
        if opens { at } else { next }
    }

    /// Where a clause begins that opens with an adjunct of its own: `said since the day he left, he was
    /// ill`.
    pub(crate) fn behind_opening_adjunct(&self, next: usize) -> Option<usize> {
        const REACH: usize = 20;
        let adjunct = Roles::PREPOSITION.with(Roles::SUBORDINATOR);
        if self.comma_opens_clause
            || !self.is_at(next, adjunct)
            || self.is_at(next, Roles::DOCUMENT)
        {
            return None;
        }
        let comma = (next..self.limit(next).min(next + REACH)).find(|&at| self.is_comma(at))?;
        let subject = Roles::PRONOUN
            .with(Roles::DETERMINER)
            .with(Roles::HONORIFIC);
        let opens = self.at(comma + 1).is_some_and(|t| {
            (t.is(subject) || t.is_capital()) && !t.is(Roles::RELATIVE.with(Roles::TIME))
        });
        (opens && self.has_finite(comma + 1)).then_some(next)
    }

    /// Where the clause begins behind the circumstances of its saying, which a comma ends:
    /// `mengatakan kepada wartawan di Lareng, Senin (3/2), …`, `mengatakan dalam suratnya, …`.
    pub(crate) fn behind_circumstance(&self, cue: usize, next: usize) -> Option<usize> {
        const REACH: usize = 14;
        const SHORTEST: usize = 4;
        let plain = self.is_at(cue, Roles::VERB) && !self.is_at(cue, Roles::NEEDS_COMPLEMENT);
        if !self.comma_opens_clause || !plain || !self.is_at(next, Roles::PREPOSITION) {
            return None;
        }
        let comma = (next..self.limit(next).min(next + REACH)).find(|&at| self.is_comma(at))?;
        let told = Roles::ADDRESS.with(Roles::DOCUMENT);
        let behind = self.past_time(comma);
        let tells = behind > comma || (next..comma).any(|at| self.is_at(at, told));
        (tells && behind + SHORTEST < self.last).then_some(behind + 1)
    }

    /// Where the clause begins behind a complementiser within a few words from `at`.
    pub(crate) fn complement(&self, at: usize) -> Option<usize> {
        // Only adjuncts stand between a verb and its complementiser.
        let adjunct = self.is_comma(at)
            || self.kind(at) == Some(Kind::Open)
            || self.is_at(
                at,
                Roles::PREPOSITION
                    .with(Roles::TIME)
                    .with(Roles::OPENER)
                    .with(Roles::SUBORDINATOR),
            );
        let urging = at > self.first && self.is_at(at - 1, Roles::URGING);
        let reach = if adjunct && !urging {
            self.limit(at).min(at + 16)
        } else {
            at + 1
        };
        // `mengatakan meskipun …, pasar sulit dibuka jika …`: the condition is a part of what is said.
        let depends = self.comma_opens_clause
            && self.is_at(at, Roles::SUBORDINATOR)
            && !self.is_at(at, Roles::COMPLEMENTISER);
        let found = (at..reach).find(|&i| {
            let opens = self.is_at(i, Roles::COMPLEMENTISER) && self.kind(i) == Some(Kind::Lower);
            opens && !(depends && self.is_at(i, Roles::SUBORDINATOR))
                || self.is_cue(i)
                || self.kind(i) == Some(Kind::Quote)
        })?;
        // `announced last week so that …`
        let so =
            found > at && self.is_at(found - 1, Roles::SUBORDINATOR) && !self.comma_opens_clause;
        let apart = !self.comma_opens_clause && !so
            || self.comma_opens_clause && !self.is_comma(at)
            || found == at + 1
            || self.opens_adjunct(at + 1);
        (self.is_at(found, Roles::COMPLEMENTISER) && apart && !self.is_relative(at, found))
            .then_some(found + 1)
    }

    /// Whether the conjunction at `found` opens a relative clause to the words from `at` on, which a verb of
    /// promising governs: `agreed on a plan that could …`.
    fn is_relative(&self, at: usize, found: usize) -> bool {
        let verb = Roles::AUXILIARY.with(Roles::FINITE).with(Roles::COPULA);
        !self.comma_opens_clause
            && !self.verb_second
            && found > at
            && at
                .checked_sub(1)
                .is_some_and(|cue| self.is_at(cue, Roles::VOWING))
            && self.is_at(found, Roles::RELATIVE)
            && self.kind(found + 1) == Some(Kind::Lower)
            && self.is_at(found + 1, verb)
            && !self.is_at(found + 1, Roles::DETERMINER.with(Roles::PRONOUN))
    }

    /// Whether an adjunct begins at `at`: a place, a time, a circumstance, something in brackets.
    pub(crate) fn opens_adjunct(&self, at: usize) -> bool {
        let adjunct = Roles::PREPOSITION
            .with(Roles::TIME)
            .with(Roles::SUBORDINATOR);
        self.is_at(at, adjunct) || matches!(self.kind(at), Some(Kind::Open | Kind::Number))
    }
}
