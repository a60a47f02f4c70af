//! One sentence: its reporting cues, and the clause that each of them governs.

use super::phrase::{self, Mention, Said};
use super::relay;
use super::subject;
use super::tokens::{Kind, Token};
use crate::language::Roles;
use crate::model::Rule;
use crate::text::ByteSpan;

/// A verb of saying with a subject.
pub(super) const SAYING: Roles = Roles::VERB
    .with(Roles::GUARDED)
    .with(Roles::QUOTING)
    .with(Roles::TELLING)
    .with(Roles::URGING);

/// Any word by which speech is reported.
pub(super) const CUE: Roles = SAYING
    .with(Roles::INVERTED)
    .with(Roles::CLITIC)
    .with(Roles::PASSIVE)
    .with(Roles::PARTICIPLE)
    .with(Roles::ACCORDING)
    .with(Roles::RELAY);

/// Cues that take a clause, not only a quotation.
const CLAUSAL: Roles = Roles::VERB
    .with(Roles::GUARDED)
    .with(Roles::TELLING)
    .with(Roles::URGING)
    .with(Roles::PARTICIPLE);

/// How far rules look from a cue; no real sentence needs more, and hostile ones stay linear.
const REACH: usize = 80;

#[cfg(test)]
thread_local! {
    /// How many tokens sentences have read, so that a test can tell how the work grows.
    pub(super) static READS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// A reported clause and its cue.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// The clause in tokens.
    pub first: usize,
    pub last: usize,
    /// The cue.
    pub cue: usize,
    pub mention: Mention,
    /// To whom it was said, in tokens.
    pub addressee: Option<(usize, usize)>,
    pub rule: Rule,
}

/// A sentence in its paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence<'a> {
    pub text: &'a str,
    /// How unknown verbs begin, in a language that marks them at the front.
    pub verb_prefixes: &'a [Box<str>],
    /// The whole paragraph's tokens.
    pub tokens: &'a [Token],
    pub first: usize,
    /// One past the last token, its full stop excluded.
    pub last: usize,
    pub comma_opens_clause: bool,
    pub nouns_capitalised: bool,
}

impl Sentence<'_> {
    pub(super) fn at(&self, at: usize) -> Option<&Token> {
        #[cfg(test)]
        READS.set(READS.get() + 1);
        self.tokens
            .get(at)
            .filter(|_| at >= self.first && at < self.last)
    }

    pub(super) fn is_at(&self, at: usize, roles: Roles) -> bool {
        self.at(at).is_some_and(|token| token.is(roles))
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.at(at).map(|token| token.kind)
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Comma | Kind::Dash))
    }

    /// Whether the words before `at` are set off from it: by a comma, or by one inside the mark
    /// that closes them (`“…,” she said`).
    pub(super) fn is_set_off(&self, at: usize) -> bool {
        at > self.first && (self.is_comma(at - 1) || self.is_at(at - 1, Roles::ENDS_IN_COMMA))
    }

    /// One past the words that end before `at`, without the comma that sets them off.
    pub(super) fn end_before(&self, at: usize) -> usize {
        at - usize::from(self.is_comma(at - 1))
    }

    /// Whether a cue's own place in the sentence fits: small letters, or the sentence's first word.
    pub fn is_cue(&self, at: usize) -> bool {
        self.at(at).is_some_and(|token| {
            token.is(CUE)
                && !(at > self.first && self.is_at(at - 1, Roles::ARTICLE))
                && (token.kind == Kind::Lower
                    || at == self.content_start() && token.kind == Kind::Capital)
        })
    }

    /// The first word behind conjunctions and adverbs that open the sentence.
    pub(super) fn content_start(&self) -> usize {
        let mut at = self.first;
        while self.is_at(at, Roles::OPENER.with(Roles::COORDINATOR))
            && !self.is_at(at, CUE)
            && at < self.first + 4
        {
            at += 1;
            if self.kind(at) == Some(Kind::Comma) {
                at += 1;
            }
        }
        at
    }

    /// The clause that the cue at `cue` governs, if it governs one.
    pub fn clause(&self, cue: usize) -> Option<Clause> {
        let token = *self.at(cue)?;
        if token.is(Roles::ACCORDING) {
            return if token.is(Roles::CLITIC) {
                self.by_clitic(cue)
            } else {
                self.according(cue)
            };
        }
        if token.is(Roles::PASSIVE) && cue <= self.content_start() {
            return self.passive(cue);
        }
        if token.is(Roles::CLITIC) {
            // `…, nilainya dapat mencapai …`: the noun, not the cue.
            let noun = token.is(Roles::NOMINAL) && self.at(cue + 1).is_some();
            if noun && !self.is_comma(cue + 1) {
                return None;
            }
            return self.set_off(cue, implied(cue + 1), cue, cue + 1, Rule::Clitic);
        }
        if token.is(Roles::INVERTED) && !token.is(SAYING) {
            let mention = phrase::after(self.tokens, cue + 1, self.limit(cue))?;
            // `Demikian dikutip dari …` tells whose report it is, and who speaks in none.
            let carried = self.is_at(cue + 1, Roles::CARRIER);
            let named = mention.said == Said::Name && cue > self.content_start();
            if carried && !named {
                return None;
            }
            if self.nouns_capitalised
                && mention.said == Said::Description
                && !self.tokens[mention.first].is_capital()
                && !self.tokens[mention.first].is(Roles::DETERMINER)
            {
                return None;
            }
            let last = mention.last;
            if token.is(Roles::NOMINAL) && !self.is_said(cue, &mention) {
                return None;
            }
            return self.set_off(cue, mention, cue, last, Rule::ClauseInverted);
        }
        if token.is(SAYING.with(Roles::PARTICIPLE)) {
            return self.active(cue);
        }
        if relay::is_relay(self.tokens, self.first, cue) {
            return self.relayed(cue);
        }
        None
    }

    /// Whether a cue that is a noun as well (`nilai`, `protes`) has a speaker behind it rather than
    /// whatever else a noun is followed by: someone, and then nothing but an adjunct.
    fn is_said(&self, cue: usize, mention: &Mention) -> bool {
        let someone = mention.said != Said::Description
            || self
                .tokens
                .get(mention.first..mention.last)
                .is_some_and(|words| {
                    let points = words.last().is_some_and(|t| t.is(Roles::DEMONSTRATIVE));
                    words.iter().any(|t| t.is(Roles::OFFICE)) || points && words.len() > 1
                });
        let adjunct = Roles::PREPOSITION
            .with(Roles::TIME)
            .with(Roles::SUBORDINATOR)
            .with(Roles::AUXILIARY);
        let closes = self.at(mention.last).is_none_or(|next| {
            matches!(next.kind, Kind::Comma | Kind::Open | Kind::Quote) || next.is(adjunct)
        });
        // `Lanjut Rina, …`, but `Protes Rina terhadap …`
        let heard = self.is_at(mention.first, Roles::HEARD) && self.is_comma(mention.last);
        someone && closes && (self.kind(cue) == Some(Kind::Lower) || heard)
    }

    pub(super) fn limit(&self, at: usize) -> usize {
        self.last.min(at + REACH)
    }

    /// `menurut X, …` at the head, at the end or inside.
    fn according(&self, cue: usize) -> Option<Clause> {
        let mut mention = phrase::after(self.tokens, cue + 1, self.limit(cue))?;
        // `Nach Angaben der Feuerwehr begann …`: the verb of the clause comes second.
        if self.nouns_capitalised && mention.said == Said::Name {
            let verb = (mention.first + 1..mention.last)
                .find(|&at| self.is_plain(at) && self.tokens[at - 1].is_capital());
            mention.last = verb.unwrap_or(mention.last);
        }
        let last = mention.last;
        if cue <= self.content_start() {
            let mut open = last;
            // The rest of the phrase runs to its comma: `Menurut Kim di Pyongyang, …`.
            if !self.is_comma(open) {
                if let Some(comma) =
                    (open..self.limit(open).min(open + 14)).find(|&at| self.is_comma(at))
                {
                    open = self.past_apposition(self.past_time(comma));
                } else if !self.nouns_capitalised {
                    return self.right(cue, mention, open, Rule::AccordingTo);
                }
            }
            open = self.past_apposition(open);
            let first = if self.is_comma(open) { open + 1 } else { open };
            return self.right(cue, mention, first, Rule::AccordingTo);
        }
        if self.only_carries(cue) {
            return None;
        }
        self.set_off(cue, mention.clone(), cue, last, Rule::AccordingTo)
            .or_else(|| self.within(cue, mention, last, Rule::AccordingTo))
    }

    /// `Menurutnya, …`, `…, menurutnya, …`
    fn by_clitic(&self, cue: usize) -> Option<Clause> {
        if cue <= self.content_start() && !self.is_set_off(cue) {
            // `Menurutnya lagi, …`
            let spaced = self.is_at(cue + 1, Roles::AUXILIARY) && self.is_comma(cue + 2);
            let next = cue + 1 + usize::from(spaced);
            let first = next + usize::from(self.is_comma(next));
            return self.right(cue, implied(cue + 1), first, Rule::Clitic);
        }
        self.set_off(cue, implied(cue + 1), cue, cue + 1, Rule::Clitic)
            .or_else(|| self.within(cue, implied(cue + 1), cue + 1, Rule::Clitic))
    }

    /// `Hal itu menurut Rina didorong …`: a speaker named within the clause without any sign.
    fn within(&self, cue: usize, mention: Mention, last: usize, rule: Rule) -> Option<Clause> {
        // What a relative or dependent clause reports is but a part of the sentence.
        let hangs = Roles::RELATIVE
            .with(Roles::COORDINATOR)
            .with(Roles::SUBORDINATOR)
            .with(Roles::COMPLEMENTISER)
            .with(Roles::PREPOSITION);
        let before = self.at(cue.checked_sub(1)?)?;
        let inside = self.comma_opens_clause
            && self.kind(cue) == Some(Kind::Lower)
            && before.is_word()
            && !before.is(hangs)
            && mention.said != Said::Description
            && cue - self.first <= 8
            && self.at(last).is_some_and(|t| t.kind == Kind::Lower)
            && !(self.first..self.last).any(|at| self.kind(at) == Some(Kind::Quote));
        inside.then(|| self.whole(cue, mention, rule)).flatten()
    }

    /// The comma behind the relative clause or office that follows the comma at `comma`: `, who …, `,
    /// `, Ketua Panitia Lareng, `.
    fn past_apposition(&self, comma: usize) -> usize {
        const REACH: usize = 20;
        let office = self
            .at(comma + 1)
            .is_some_and(|t| t.is_capital() && t.is(Roles::OFFICE));
        if !self.is_comma(comma) || !office && !self.is_at(comma + 1, Roles::RELATIVE) {
            return comma;
        }
        (comma + 2..self.limit(comma).min(comma + REACH))
            .find(|&at| self.is_comma(at))
            .filter(|_| !office || !self.has_finite(comma + 1))
            .unwrap_or(comma)
    }

    /// Whether the words at `cue` tell by whom a quotation and its speaker were reported: `“…,” she
    /// said, according to the Lareng Post`.
    pub(super) fn only_carries(&self, cue: usize) -> bool {
        const REACH: usize = 12;
        let Some(comma) = cue.checked_sub(1).filter(|&at| self.is_comma(at)) else {
            return false;
        };
        let lowest = self.first.max(comma.saturating_sub(REACH));
        let quote = (lowest..comma)
            .rev()
            .take_while(|&at| self.kind(at) != Some(Kind::Comma))
            .find(|&at| self.kind(at) == Some(Kind::Quote));
        let said = SAYING.with(Roles::INVERTED).with(Roles::CLITIC);
        self.is_at(cue, Roles::ACCORDING)
            && quote.is_some_and(|quote| (quote + 1..comma).any(|at| self.is_at(at, said)))
    }

    /// The comma behind the times and dates that follow the comma at `comma`: `, Senin (3/2/2025), …`.
    fn past_time(&self, comma: usize) -> usize {
        const REACH: usize = 10;
        let mut open = comma;
        while self.is_at(open + 1, Roles::TIME) {
            let next = (open + 2..self.limit(open).min(open + REACH)).find(|&at| self.is_comma(at));
            let Some(next) = next else {
                break;
            };
            open = next;
        }
        open
    }

    /// `Ditegaskan X, … bahwa …` at the head of a sentence.
    fn passive(&self, cue: usize) -> Option<Clause> {
        let mention = phrase::after(self.tokens, cue + 1, self.limit(cue))?;
        let last = mention.last;
        let first = self
            .complement(last)
            .or_else(|| self.is_comma(last).then_some(last + 1))?;
        self.right(cue, mention, first, Rule::ClausePassive)
    }

    /// `mengutip pernyataan X bahwa …`.
    fn relayed(&self, cue: usize) -> Option<Clause> {
        relay::medium(self.tokens, self.first, cue)?;
        let found = phrase::after(self.tokens, cue + 1, self.limit(cue))?;
        let mention = Some(found).filter(|found| found.said == Said::Name)?;
        let first = self.complement(mention.last)?;
        self.right(cue, mention, first, Rule::Clause)
    }

    /// Where the clause begins behind a complementiser within a few words from `at`.
    pub(super) fn complement(&self, at: usize) -> Option<usize> {
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
        let found = (at..reach).find(|&i| {
            self.is_at(i, Roles::COMPLEMENTISER) && self.kind(i) == Some(Kind::Lower)
                || self.is_cue(i)
                || self.kind(i) == Some(Kind::Quote)
        })?;
        let apart = !self.comma_opens_clause
            || !self.is_comma(at)
            || found == at + 1
            || self.opens_adjunct(at + 1);
        (self.is_at(found, Roles::COMPLEMENTISER) && apart).then_some(found + 1)
    }

    /// Whether an adjunct begins at `at`: a place, a time, a circumstance, something in brackets.
    fn opens_adjunct(&self, at: usize) -> bool {
        let adjunct = Roles::PREPOSITION
            .with(Roles::TIME)
            .with(Roles::SUBORDINATOR);
        self.is_at(at, adjunct) || matches!(self.kind(at), Some(Kind::Open | Kind::Number))
    }

    /// A finite verb or participle of saying.
    fn active(&self, cue: usize) -> Option<Clause> {
        let participle = self.is_at(cue, Roles::PARTICIPLE) && !self.is_at(cue, SAYING);
        let infinitive = cue > self.first
            && self.kind(cue - 1) == Some(Kind::Lower)
            && self.is_at(cue - 1, Roles::PREPOSITION);
        let relayed = relay::speaker(self.tokens, self.first, cue);
        if infinitive && relayed.is_none() && !self.nouns_capitalised {
            return None;
        }
        // `will be maintained`, `when asked`
        let before = cue.checked_sub(1).filter(|&at| at >= self.first);
        let passive = !self.is_at(cue, Roles::PARTICIPLE)
            && before.is_some_and(|at| {
                self.is_at(at, Roles::COPULA)
                    || !self.comma_opens_clause && self.is_at(at, Roles::SUBORDINATOR)
            });
        if passive && relayed.is_none() {
            return None;
        }
        if self.is_at(cue, Roles::NOMINAL) && !self.is_verb(cue) {
            return None;
        }
        let denied = (self.first..cue)
            .rev()
            .take_while(|&at| at + 1 == cue || self.is_at(at + 1, Roles::AUXILIARY))
            .any(|at| self.is_at(at, Roles::NEGATION));
        let (mention, left) = match relayed {
            Some(relayed) => (relayed, cue),
            None => self.subject(cue, participle)?,
        };
        // `Hal ini menunjukkan bahwa …` reports nothing said.
        let guarded = self.is_at(cue, Roles::GUARDED) && !self.is_at(cue, Roles::VERB);
        let back = self.comma_opens_clause && self.is_at(mention.first, Roles::BACK_REFERENCE);
        if mention.said == Said::Description && back && guarded {
            return None;
        }
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
        while self.is_at(next, Roles::AUXILIARY.with(Roles::TIME))
            && !self.is_at(
                next,
                Roles::COMPLEMENTISER
                    .with(Roles::NEGATION)
                    .with(Roles::PRONOUN),
            )
            && (self.kind(next) == Some(Kind::Lower) || self.is_at(next, Roles::TIME))
            && !self.comma_opens_clause
            && !self.is_at(next, Roles::FINITE)
        {
            next += 1;
        }
        // `asked not to be named` asks for nothing that is reported.
        let for_oneself = self.is_at(cue, Roles::QUOTING.with(Roles::URGING))
            && self.is_at(next, Roles::NEGATION)
            && self.is_at(next + 1, Roles::ADDRESS);
        if denied || for_oneself {
            return None;
        }
        if !self.comma_opens_clause && mention.first < cue {
            next = self.past_circumstance(next);
        }
        // `said the office, a body that …`
        let told = mention.first > cue && !self.comma_opens_clause && self.is_comma(next);
        if let Some(first) = self
            .complement(next)
            .filter(|&first| first - next <= 13 && !told)
        {
            return self.right_with(cue, mention, first, addressee);
        }
        if !self.is_at(cue, CLAUSAL) {
            return None;
        }
        if let Some(first) = self.behind_circumstance(cue, next) {
            return self.right_with(cue, mention, first, addressee);
        }
        match self.kind(next) {
            None => self.left(cue, mention, left),
            Some(Kind::Colon) => self.right_with(cue, mention, next + 1, addressee),
            Some(Kind::Comma | Kind::Dash)
                if self.comma_opens_clause && !participle && left <= cue =>
            {
                self.right_with(cue, mention, next + 1, addressee)
            }
            Some(Kind::Comma | Kind::Dash) => self.inserted(cue, mention, left, next),
            Some(_) if self.takes_bare(cue, next) => self.right_with(cue, mention, next, addressee),
            Some(_) if self.is_apposed(&mention) || self.is_modified(&mention) => None,
            Some(_) => self.left_with_adjunct(cue, mention, left, next),
        }
    }

    /// Whether the words before the verb are more than its subject: `…, an approach Rina described
    /// as …`.
    fn is_modified(&self, mention: &Mention) -> bool {
        let Some(&(name, _)) = mention.parts.first().filter(|_| mention.said == Said::Name) else {
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
    fn is_apposed(&self, mention: &Mention) -> bool {
        let first = self.content_start();
        self.comma_opens_clause
            && self.is_set_off(mention.first)
            && self.tokens.get(first..mention.first).is_some_and(|words| {
                words.iter().any(|t| t.is(Roles::OFFICE)) && !self.has_finite(first)
            })
    }

    /// Behind the circumstance of its saying that stands between a verb and its clause without a
    /// sign: `said on Monday he would …`, `said in a statement the bridge was …`.
    fn past_circumstance(&self, next: usize) -> usize {
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
            .is_some_and(|t| (t.is(subject) || t.is_capital()) && !t.is(Roles::COMPLEMENTISER));
        if opens { at } else { next }
    }

    /// Where the clause begins behind the circumstances of its saying, which a comma ends:
    /// `mengatakan kepada wartawan di Lareng, Senin (3/2), …`, `mengatakan dalam suratnya, …`.
    fn behind_circumstance(&self, cue: usize, next: usize) -> Option<usize> {
        const REACH: usize = 14;
        const SHORTEST: usize = 4;
        let plain = self.is_at(cue, Roles::VERB) && !self.is_at(cue, Roles::GUARDED);
        if !self.comma_opens_clause || !plain || !self.is_at(next, Roles::PREPOSITION) {
            return None;
        }
        let comma = (next..self.limit(next).min(next + REACH)).find(|&at| self.is_comma(at))?;
        let told = Roles::ADDRESS.with(Roles::DOCUMENT);
        let behind = self.past_time(comma);
        let tells = behind > comma || (next..comma).any(|at| self.is_at(at, told));
        (tells && behind + SHORTEST < self.last).then_some(behind + 1)
    }

    /// Whether a cue that is a noun as well (`states`, `comments`) stands as a verb does: behind
    /// someone or something that speaks.
    fn is_verb(&self, cue: usize) -> bool {
        let Some(before) = cue.checked_sub(1).and_then(|at| self.at(at)) else {
            return false;
        };
        let possessive = Roles::POSSESSIVE.with(Roles::POSSESSIVE_CURLY);
        let speaks = Roles::PRONOUN
            .with(Roles::AUXILIARY)
            .with(Roles::OFFICE)
            .with(Roles::DOCUMENT)
            .with(Roles::ORGANISATION);
        let named = before.is_capital()
            && (before.is(Roles::HEARD) || cue > self.first + 1)
            && before.kind != Kind::Number;
        (named || before.is(speaks) || matches!(before.kind, Kind::Comma | Kind::Close))
            && !before.is(possessive)
    }

    /// Whether the verb at `cue` takes the words from `next` on as a clause without a mark.
    fn takes_bare(&self, cue: usize, next: usize) -> bool {
        let token = self.tokens[cue];
        let follower = self.tokens[next];
        if token.is(Roles::URGING) {
            return true;
        }
        if !token.is(Roles::VERB
            .with(Roles::GUARDED)
            .with(Roles::TELLING)
            .with(Roles::PARTICIPLE))
            || follower.is(Roles::BACK_REFERENCE) && !self.tells_of(cue, next)
        {
            return false;
        }
        if follower.is(Roles::CLAUSE_SUBJECT) {
            return true;
        }
        // `pledged to …`
        if follower.is(Roles::ADDRESS) && !self.comma_opens_clause {
            let told = token.is(Roles::TELLING) && next > cue + 1;
            let vows = token.is(Roles::GUARDED) && !token.is(Roles::QUOTING);
            return (told || vows) && self.kind(next) == Some(Kind::Lower);
        }
        if self.opens_with_adjunct(cue, next) || self.aims(cue, next) {
            return true;
        }
        if follower.is(Roles::NOUN_OBJECT) && !token.is(Roles::GUARDED) && self.comma_opens_clause {
            return self.is_predicated(next);
        }
        if follower.is(Roles::NOUN_OBJECT)
            || follower.is(Roles::PREPOSITION.with(Roles::SUBORDINATOR))
                && !follower.is(Roles::COMPLEMENTISER)
        {
            return false;
        }
        if token.is(Roles::GUARDED) || token.is(Roles::QUOTING) && !token.is(Roles::VERB) {
            return self.has_finite(next) || !token.is(Roles::QUOTING) && self.has_verb(next);
        }
        true
    }

    /// Whether something is said of what a back reference at `next` points at: `menilai hal itu
    /// keliru`, not `menyampaikan hal itu kepada wartawan`.
    fn tells_of(&self, cue: usize, next: usize) -> bool {
        if self.comma_opens_clause {
            return !self.is_at(cue, Roles::GUARDED) && self.is_plain(next + 1);
        }
        self.has_finite(next) || self.opens_with_pronoun(cue, next)
    }

    /// Whether the word at `at` is a common word that plays no part in a report.
    fn is_plain(&self, at: usize) -> bool {
        self.at(at)
            .is_some_and(|token| token.kind == Kind::Lower && token.roles.is_empty())
    }

    /// Whether something is said of the noun at `next` before anything else hangs on it: `tudingan
    /// itu tidak benar`, not `alasan yang tidak benar`.
    fn is_predicated(&self, next: usize) -> bool {
        const REACH: usize = 10;
        let hangs = Roles::RELATIVE
            .with(Roles::SUBORDINATOR)
            .with(Roles::PREPOSITION)
            .with(Roles::COMPLEMENTISER)
            .with(Roles::COORDINATOR);
        (next + 1..self.limit(next).min(next + REACH))
            .take_while(|&at| {
                (!self.is_at(at, hangs) || self.is_at(at, Roles::LOCATIVE)) && !self.is_comma(at)
            })
            .any(|at| {
                self.kind(at) == Some(Kind::Lower)
                    && !self.is_at(at, Roles::MANNER)
                    && (self.is_at(next, Roles::DETERMINER) && self.is_verbal(at)
                        || self.is_at(
                            at,
                            Roles::FINITE.with(Roles::AUXILIARY).with(Roles::NEGATION),
                        ))
            })
    }

    /// Whether a pronoun and what is said of it follow a plain verb: `says it means …`.
    fn opens_with_pronoun(&self, cue: usize, next: usize) -> bool {
        let signs = Roles::PREPOSITION
            .with(Roles::COORDINATOR)
            .with(Roles::SUBORDINATOR)
            .with(Roles::TIME)
            .with(Roles::OPENER);
        !self.is_at(cue, Roles::GUARDED)
            && self.is_at(next, Roles::PRONOUN)
            && self.kind(next + 1) == Some(Kind::Lower)
            && !self.is_at(next + 1, signs)
    }

    /// Whether a purpose or topic opens what is said (`mengatakan untuk tahun ini kuotanya cukup`,
    /// `berharap untuk menang`): a plain verb of saying has no such adjunct of its own.
    fn aims(&self, cue: usize, next: usize) -> bool {
        self.comma_opens_clause
            && !self.is_at(cue, Roles::GUARDED)
            && self.is_at(next, Roles::PURPOSE)
    }

    /// Whether the words from `next` on are a clause behind an adverbial of its own: `berharap
    /// dengan pekerjaannya, ia bisa membantu`.
    fn opens_with_adjunct(&self, cue: usize, next: usize) -> bool {
        const REACH: usize = 12;
        let hopes = self.comma_opens_clause && !self.is_at(cue, Roles::GUARDED);
        if !hopes || !self.is_at(next, Roles::PREPOSITION) {
            return false;
        }
        (next..self.limit(next).min(next + REACH))
            .find(|&at| self.is_comma(at))
            .is_some_and(|comma| {
                self.is_verbal(comma + 1) || self.has_finite(comma + 1) || self.has_verb(comma + 1)
            })
    }

    /// Whether a finite verb shows within the next words: they are a clause, not an object.
    pub(super) fn has_finite(&self, next: usize) -> bool {
        let finite = Roles::FINITE.with(Roles::AUXILIARY).with(Roles::NEGATION);
        self.clause_words(next).any(|at| self.is_at(at, finite)) || self.is_resumed(next, finite)
    }

    /// Whether the noun at `next` is taken up behind its relative clause: `uang yang disita itu dapat
    /// dipakai`.
    fn is_resumed(&self, next: usize, finite: Roles) -> bool {
        const REACH: usize = 20;
        self.comma_opens_clause
            && (next..self.limit(next).min(next + REACH))
                .take_while(|&at| !self.is_comma(at))
                .any(|at| self.is_at(at, Roles::DEMONSTRATIVE) && self.is_at(at + 1, finite))
    }

    /// Whether a word that is built like a verb shows behind the one at `next`, in the same reach.
    fn has_verb(&self, next: usize) -> bool {
        self.clause_words(next)
            .any(|at| at > next && self.is_verbal(at))
    }

    /// The words in small letters from `next` on that can belong to one clause.
    fn clause_words(&self, next: usize) -> impl Iterator<Item = usize> {
        const REACH: usize = 14;
        (next..self.limit(next).min(next + REACH))
            .take_while(|&at| {
                !self.is_at(at, Roles::RELATIVE)
                    && !matches!(
                        self.kind(at),
                        Some(Kind::Comma | Kind::Semicolon | Kind::Colon)
                    )
            })
            .filter(|&at| self.kind(at) == Some(Kind::Lower))
    }

    /// Whether the word at `at` is built like a verb (`mengguncang`) and is not governed by a
    /// preposition, as an infinitive is.
    fn is_verbal(&self, at: usize) -> bool {
        // Shorter words that begin alike are mostly nouns: `berita`, `diskusi`, `mental`.
        const SHORTEST: usize = 8;
        /// The shortest word behind a prefix.
        const STEM: usize = 5;
        let governed = Roles::PREPOSITION.with(Roles::SUBORDINATOR);
        let Some(token) = self.at(at).filter(|token| token.roles.is_empty()) else {
            return false;
        };
        let word = token.span().of(self.text);
        self.verb_prefixes.iter().any(|prefix| {
            word.len() >= SHORTEST.min(prefix.len() + STEM) && word.starts_with(&**prefix)
        }) && !(at > self.first && self.is_at(at - 1, governed))
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
            return Some((head.unwrap_or_else(|| implied(cue)), cue - 1));
        }
        if participle && !progresses || before.is_some_and(|at| self.is_at(at, Roles::COORDINATOR))
        {
            let left = before.map_or(cue, |at| if self.is_comma(at) { at } else { at + 1 });
            return Some((implied(cue), left));
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
            if let Some(found) = phrase::after(self.tokens, cue + 1, self.limit(cue)) {
                let behind = found.last;
                let closes = self.at(behind).is_none_or(|t| {
                    matches!(t.kind, Kind::Comma | Kind::Stop)
                        || t.is(Roles::PREPOSITION.with(Roles::TIME).with(Roles::RELATIVE))
                });
                let clause = found.said == Said::Description
                    && (self.has_finite(found.first) || self.opens_with_subject(start, cue));
                let owner = Roles::POSSESSIVE.with(Roles::POSSESSIVE_CURLY);
                let trailing = found.said == Said::Name
                    && found.parts.last().is_some_and(|part| {
                        (part.1..found.last).any(|at| {
                            self.kind(at) == Some(Kind::Lower) && !self.is_at(at, Roles::OFFICE)
                        })
                    });
                let possessed = found.said == Said::Description && self.is_at(found.first, owner);
                if closes
                    && !trailing
                    && !possessed
                    && !clause
                    && !self.is_at(found.first, Roles::OPENER)
                    && !self.is_at(cue, Roles::URGING.with(Roles::TELLING))
                    && before.is_some()
                {
                    return Some((found, cue));
                }
            }
            if self.is_set_off(cue) {
                // `…, urged residents to …`
                let apposed = subject::before(self.tokens, start, cue);
                let named = apposed.filter(|found| !found.parts.is_empty());
                let left = named
                    .as_ref()
                    .map_or(cue, |found| self.before_office(found));
                return Some((named.unwrap_or_else(|| implied(cue)), left));
            }
        }
        let found = subject::before(self.tokens, start, cue)?;
        let left = self.before_office(&found);
        Some((found, left))
    }

    /// Where the words end before a speaker and the office that a comma sets off from the name:
    /// `…, the ministry's spokesman, Rina Halim, said`.
    fn before_office(&self, found: &Mention) -> usize {
        let name = found.first;
        if found.said != Said::Name || !self.is_set_off(name) {
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
            && subject::before(self.tokens, start, cue)
                .is_some_and(|found| found.said == Said::Name && found.first == first)
    }

    /// Whether a phrase behind a verb is its subject: a sign or complementiser follows.
    fn stands_alone(&self, found: &Mention) -> bool {
        let plain = found.said != Said::Description || self.is_at(found.first, Roles::DETERMINER);
        plain
            && self
                .at(found.last)
                .is_none_or(|t| matches!(t.kind, Kind::Comma | Kind::Colon | Kind::Quote))
    }
}

pub(super) fn implied(at: usize) -> Mention {
    Mention {
        said: Said::Implied,
        span: ByteSpan::default(),
        parts: Vec::new(),
        first: at,
        last: at,
    }
}
