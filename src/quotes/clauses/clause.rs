//! From where to where a reported clause runs: around its cue, to the sentence's end, or before
//! another report that is joined to it.

use super::sentence::{Clause, Sentence};
use crate::language::Roles;
use crate::model::Rule;
use crate::quotes::mentions::mention::Mention;
use crate::quotes::words::lexicon::SAYING;
use crate::quotes::words::tokens::{Kind, Token};

/// No real clause has more tokens.
const LONGEST: usize = 300;

impl Sentence<'_> {
    /// A cue set off by a comma, with its speaker in `from..to`: at the head, the end or inside.
    pub(crate) fn set_off(
        &self,
        cue: usize,
        mention: Mention,
        from: usize,
        to: usize,
        rule: Rule,
    ) -> Option<Clause> {
        let inside = self.is_set_off(from);
        if from <= self.content_start() && !inside {
            let comma = (to..self.limit(to).min(to + 14)).find(|&at| self.is_comma(at))?;
            return self.right(cue, mention, comma + 1, rule);
        }
        if !inside {
            return None;
        }
        let follower = self.kind(to);
        let clause = match follower {
            _ if self.is_carried(to) => (self.first, self.end_before(from)),
            Some(Kind::Comma) if to + 2 < self.last => (self.first, self.last),
            _ => match (to..self.limit(to)).find(|&at| self.kind(at) == Some(Kind::Comma)) {
                // `…, kata Kim kepada Putin, …`
                Some(comma) if comma + 3 < self.last && self.adjunct(to, comma) => {
                    (self.first, self.last)
                }
                _ => (self.first, self.end_before(from)),
            },
        };
        self.build(cue, mention, clause, rule, None)
    }

    /// Whether `from..to` is an adjunct (a time, a place, to whom).
    fn adjunct(&self, from: usize, to: usize) -> bool {
        from < to
            && self.is_at(
                from,
                Roles::PREPOSITION.with(Roles::TIME).with(Roles::ADDRESS),
            )
    }

    /// `A, X said, B`: the words before and behind.
    pub(crate) fn inserted(
        &self,
        cue: usize,
        mention: Mention,
        left: usize,
        comma: usize,
    ) -> Option<Clause> {
        if self.is_set_off(left) {
            let rest = self.last.saturating_sub(comma + 1);
            let opens = self.is_at(
                comma + 1,
                Roles::PARTICIPLE
                    .with(Roles::COORDINATOR)
                    .with(Roles::SUBORDINATOR)
                    .with(Roles::PREPOSITION)
                    .with(Roles::RELATIVE),
            ) || mention.first > cue && self.tells_of_speaker(comma + 1);
            let first = (self.first..left)
                .rev()
                .take(LONGEST)
                .find(|&at| self.kind(at) == Some(Kind::Semicolon))
                .map_or(self.first, |at| at + 1);
            let clause = if rest >= 2 && !opens {
                (first, self.last)
            } else {
                (first, self.end_before(left))
            };
            return self.build(cue, mention, clause, Rule::ClauseEnd, None);
        }
        None
    }

    /// Whether the words at `at`, behind the speaker's name and a comma, tell who that is: `a baker`,
    /// `owner of the shop`.
    fn tells_of_speaker(&self, at: usize) -> bool {
        let office = Roles::OFFICE.with(Roles::PERSON_NOUN);
        self.is_at(at, Roles::ARTICLE)
            || self.kind(at) == Some(Kind::Lower) && self.is_at(at, office)
    }

    /// The whole sentence, with its cue and speaker in it.
    pub(crate) fn whole(&self, cue: usize, mention: Mention, rule: Rule) -> Option<Clause> {
        self.build(cue, mention, (self.first, self.last), rule, None)
    }

    pub(crate) fn left(&self, cue: usize, mention: Mention, left: usize) -> Option<Clause> {
        if !self.is_set_off(left) {
            return None;
        }
        let clause = (self.first, self.end_before(left));
        (!self.is_circumstance(clause))
            .then(|| self.build(cue, mention, clause, Rule::ClauseEnd, None))
            .flatten()
    }

    /// Whether a clause is no more than the circumstances of another: `One year after the letter`.
    fn is_circumstance(&self, (first, last): (usize, usize)) -> bool {
        const OPENING: usize = 3;
        let when = |at: usize| {
            self.is_at(at, Roles::SUBORDINATOR) && !self.is_at(at, Roles::COMPLEMENTISER)
        };
        !self.comma_opens_clause
            && (first..last.min(first + OPENING)).any(when)
            && !(first..last).any(|at| self.is_comma(at) || self.kind(at) == Some(Kind::Quote))
    }

    /// `…, X said in a statement.`
    pub(crate) fn left_with_adjunct(
        &self,
        cue: usize,
        mention: Mention,
        left: usize,
        next: usize,
    ) -> Option<Clause> {
        let adjunct = self.is_at(
            next,
            Roles::PREPOSITION
                .with(Roles::TIME)
                .with(Roles::SUBORDINATOR),
        ) || next == cue + 1 && mention.first == next;
        adjunct.then(|| self.left(cue, mention, left)).flatten()
    }

    pub(crate) fn right(
        &self,
        cue: usize,
        mention: Mention,
        first: usize,
        rule: Rule,
    ) -> Option<Clause> {
        let last = self.clause_end(first);
        self.build(cue, mention, (first, last), rule, None)
    }

    pub(crate) fn right_with(
        &self,
        cue: usize,
        mention: Mention,
        first: usize,
        addressee: Option<(usize, usize)>,
    ) -> Option<Clause> {
        let last = self.clause_end(first);
        self.build(cue, mention, (first, last), Rule::Clause, addressee)
    }

    /// A report of the words in `first..last`, where they are enough to be one.
    pub(crate) fn reports(
        &self,
        cue: usize,
        mention: Mention,
        span: (usize, usize),
        rule: Rule,
    ) -> Option<Clause> {
        self.build(cue, mention, span, rule, None)
    }

    fn build(
        &self,
        cue: usize,
        mention: Mention,
        (first, last): (usize, usize),
        rule: Rule,
        addressee: Option<(usize, usize)>,
    ) -> Option<Clause> {
        const ADVERBIAL: usize = 4;
        if last <= first || last - first > LONGEST {
            return None;
        }
        // `mengatakan bahwa, jika hujan turun, …`
        let first = first + usize::from(first < last && self.is_comma(first));
        // `Last month, the office warned …`: nothing but an adverbial stands before.
        let adverbial = Roles::TIME
            .with(Roles::PREPOSITION)
            .with(Roles::SUBORDINATOR);
        if last <= cue && last - first <= ADVERBIAL && self.is_at(first, adverbial) {
            return None;
        }
        let words = self
            .tokens
            .get(first..last)?
            .iter()
            .filter(|t| t.is_word() || t.kind == Kind::Quote)
            .take(2)
            .count();
        let quoted = self.tokens[first..last]
            .iter()
            .any(|t| t.kind == Kind::Quote);
        (words >= 2 || quoted).then_some(Clause {
            first,
            last,
            cue,
            mention,
            addressee,
            rule,
        })
    }

    /// Where a clause that begins at `first` ends: at the sentence's end, or before another report
    /// that is joined to it.
    fn clause_end(&self, first: usize) -> usize {
        let mut at = first + 1;
        // What runs on for longer is no clause, and is not read to its end for each cue in it.
        let limit = self.last.min(first + LONGEST + 1);
        while at < limit {
            if self.kind(at) == Some(Kind::Semicolon) || self.is_carried(at) {
                return at;
            }
            // `… that the vote was fair even though turnout was low`: the reporter concedes it.
            if self.is_at(at, Roles::CONCESSIVE) && self.kind(at) == Some(Kind::Lower) {
                return self.end_before(at);
            }
            if self.is_cue(at)
                && self.is_at(at, SAYING.with(Roles::PARTICIPLE))
                && let Some(comma) = self.closes_with(first, at)
            {
                return comma;
            }
            if self.is_cue(at)
                && self.is_at(at, SAYING.with(Roles::PARTICIPLE))
                && (self.comma_opens_clause || !self.is_at(at - 1, Roles::PREPOSITION))
                && self.takes_clause(at)
                && let Some(cut) = self.cut(first, at)
            {
                return cut;
            }
            at += 1;
        }
        self.last
    }

    /// The comma before the one who carries the report that began at `first`, where the cue at `cue`
    /// closes the sentence: `…, state media LKNA reported on Monday`.
    fn closes_with(&self, first: usize, cue: usize) -> Option<usize> {
        const REACH: usize = 7;
        let adjunct = Roles::PREPOSITION.with(Roles::TIME);
        let closes = cue + 1 >= self.last
            || self.is_at(cue + 1, adjunct) && cue + REACH > self.last && !self.has_finite(cue + 1);
        let lowest = first.max(cue.saturating_sub(REACH));
        let comma = (lowest..cue).rev().find(|&at| !self.names_medium(at))?;
        let named = self.at(cue - 1).is_some_and(Token::is_capital);
        (closes && named && comma + 1 < cue && self.is_comma(comma)).then_some(comma)
    }

    /// Whether the word at `at` may stand in the name of a medium or before it.
    fn names_medium(&self, at: usize) -> bool {
        let leads = Roles::ARTICLE
            .with(Roles::ORGANISATION)
            .with(Roles::AGENCY)
            .with(Roles::DETERMINER);
        self.at(at).is_some_and(|t| {
            t.is_capital() || t.is(leads) || t.is(Roles::OFFICE.with(Roles::PLACE))
        })
    }

    /// Whether the comma at `comma` ends what is reported, and only tells behind it who carried the
    /// report: `…, seperti dilansir Harian Lareng, Senin`, `…, lapor Harian Lareng`.
    fn is_carried(&self, comma: usize) -> bool {
        const REACH: usize = 16;
        if !self.is_comma(comma) || comma + REACH < self.last {
            return false;
        }
        let likened = Roles::PREPOSITION
            .with(Roles::SUBORDINATOR)
            .with(Roles::BACK_REFERENCE);
        let carries = Roles::CARRIER.with(Roles::ACCORDING);
        let mut at = comma + 1;
        if self.is_at(at, likened) && self.is_at(at + 1, carries) {
            at += 1;
        }
        let inverted = Roles::INVERTED.with(Roles::ACCORDING);
        if self.kind(at) != Some(Kind::Lower) || !self.is_at(at, carries.with(inverted)) {
            return false;
        }
        let leads = Roles::AGENT
            .with(Roles::PREPOSITION)
            .with(Roles::DOCUMENT)
            .with(Roles::ORGANISATION)
            .with(Roles::ADVERB);
        let name = (at + 1..self.last)
            .find(|&at| self.kind(at) != Some(Kind::Lower) || !self.is_at(at, leads));
        name.and_then(|at| self.at(at))
            .is_some_and(|token| token.is_capital() && !token.is(Roles::TIME))
            && !(at + 1..self.last).any(|at| {
                let said = self.kind(at) == Some(Kind::Quote) || self.is_cue(at);
                said || self.is_at(at, Roles::FINITE)
            })
    }

    /// Whether words that can be a clause follow the cue at `cue`: not so in `would add $84 billion`.
    fn takes_clause(&self, cue: usize) -> bool {
        !self.is_at(cue, Roles::NEEDS_COMPLEMENT)
            || self.comma_opens_clause
            || self.complement(cue + 1).is_some()
            || self.kind(cue + 1) == Some(Kind::Quote)
            || self.has_finite(cue + 1)
    }

    /// Where the report at `cue` begins, if it is joined to the clause before it rather than inside.
    fn cut(&self, first: usize, cue: usize) -> Option<usize> {
        let lowest = first.max(cue.saturating_sub(8));
        for at in (lowest..cue).rev() {
            if self.kind(at) == Some(Kind::Quote) {
                return None;
            }
            if self.is_at(at, Roles::COORDINATOR.with(Roles::SUBORDINATOR))
                && self.kind(at) == Some(Kind::Lower)
            {
                let comma = at > first && self.is_set_off(at);
                let direct = at + 1 == cue || at + 2 == cue && self.is_at(at + 1, Roles::AUXILIARY);
                return (comma || direct).then_some(if comma { self.end_before(at) } else { at });
            }
            if self.is_comma(at) {
                return (at + 1 == cue || self.is_at(cue, Roles::PARTICIPLE)).then_some(at);
            }
        }
        None
    }
}
