//! One sentence: its reporting cues, and the clause that each of them governs.

use crate::language::Roles;
use crate::model::Rule;
use crate::quotes::mentions::mention::{Mention, MentionKind};
use crate::quotes::mentions::phrase::{self};
use crate::quotes::mentions::relay;
use crate::quotes::mentions::verb_second::{self, ends_part};
use crate::quotes::trace::Trace;
use crate::quotes::words::lexicon::{CUE, SAYING};
use crate::quotes::words::reading::Reading;
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// How far rules look from a cue; no real sentence needs more, and hostile ones stay linear.
pub(crate) const REACH: usize = 80;

#[cfg(test)]
thread_local! {
    /// How many tokens sentences have read, so that a test can tell how the work grows.
    pub(crate) static READS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// A reported clause and its cue.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
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
pub(crate) struct Sentence<'a> {
    pub text: &'a str,
    /// How unknown verbs begin, in a language that marks them at the front.
    pub verb_prefixes: &'a [Box<str>],
    /// How regular pasts end.
    pub verb_endings: &'a [Box<str>],
    /// The whole paragraph's tokens.
    pub tokens: Tokens<'a>,
    pub first: usize,
    /// One past the last token, its full stop excluded.
    pub last: usize,
    /// What its words can do, all together: a rule that asks for none of it has nothing to find.
    pub roles: Roles,
    pub comma_opens_clause: bool,
    pub nouns_capitalised: bool,
    /// Whether the finite verb comes second.
    pub verb_second: bool,
    pub trace: Option<&'a Trace>,
}

impl<'a> Sentence<'a> {
    /// The sentence in the tokens `first..last` of a paragraph.
    pub fn new(
        reading: &'a Reading<'a>,
        tokens: Tokens<'a>,
        (first, last): (usize, usize),
    ) -> Self {
        let lexicon = reading.lexicon;
        let end = last.checked_sub(1).and_then(|at| tokens.get(at));
        let stopped = end.is_some_and(|token| token.kind == Kind::Stop);
        let words = tokens.get(first..last).unwrap_or_default();
        Self {
            text: reading.text,
            verb_prefixes: &lexicon.verb_prefixes,
            verb_endings: &lexicon.verb_endings,
            tokens,
            first,
            last: last - usize::from(stopped),
            roles: words
                .iter()
                .fold(Roles::NONE, |all, token| all.with(token.roles)),
            comma_opens_clause: lexicon.comma_opens_clause,
            nouns_capitalised: lexicon.nouns_capitalised,
            verb_second: lexicon.verb_second,
            trace: reading.trace,
        }
    }
}

impl Sentence<'_> {
    pub(crate) fn at(&self, at: usize) -> Option<&Token> {
        #[cfg(test)]
        READS.set(READS.get() + 1);
        self.tokens
            .get(at)
            .filter(|_| at >= self.first && at < self.last)
    }

    pub(crate) fn is_at(&self, at: usize, roles: Roles) -> bool {
        self.at(at).is_some_and(|token| token.is(roles))
    }

    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.at(at).map(|token| token.kind)
    }

    pub(crate) fn is_comma(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Comma | Kind::Dash))
    }

    /// Whether the words before `at` are set off from it: by a comma, or by one inside the mark
    /// that closes them (`“…,” she said`).
    pub(crate) fn is_set_off(&self, at: usize) -> bool {
        at > self.first && (self.is_comma(at - 1) || self.is_at(at - 1, Roles::ENDS_IN_COMMA))
    }

    /// One past the words that end before `at`, without the comma that sets them off.
    pub(crate) fn end_before(&self, at: usize) -> usize {
        at - usize::from(self.is_comma(at - 1))
    }

    /// Whether a cue's own place in the sentence fits: small letters, or the sentence's first word.
    pub fn is_cue(&self, at: usize) -> bool {
        self.at(at).is_some_and(|token| {
            token.is(CUE)
                && !(at > self.first && self.is_at(at - 1, Roles::ARTICLE))
                && !self.is_adjective(at)
                && (token.kind == Kind::Lower
                    || at == self.content_start() && token.kind == Kind::Capital)
        })
    }

    /// Whether an article and an adverb before the word at `at` make it an adjective: `a heavily criticised
    /// plan`.
    fn is_adjective(&self, at: usize) -> bool {
        at > self.first + 1
            && self.is_at(at - 1, Roles::ADVERB)
            && self.kind(at - 1) == Some(Kind::Lower)
            && self.is_at(at - 2, Roles::BARE_ARTICLE)
    }

    /// The first word behind conjunctions and adverbs that open the sentence.
    pub(crate) fn content_start(&self) -> usize {
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

    /// No clause: tells the trace why the cue at `cue` led to nothing.
    pub(crate) fn drops<T>(&self, cue: usize, why: &str) -> Option<T> {
        if let (Some(trace), Some(token)) = (self.trace, self.tokens.get(cue)) {
            trace.note(token.span(), format!("no report: {why}"));
        }
        None
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
        if token.is(Roles::POSTPOSED) {
            return self.by_postposition(cue);
        }
        let opens = cue <= self.content_start() || self.is_likened(cue);
        if token.is(Roles::PASSIVE) && !token.is(Roles::CLITIC) && (opens || self.is_told_back(cue))
        {
            return self.passive(cue);
        }
        if token.is(Roles::CLITIC) {
            // `…, nilainya dapat mencapai …`: the noun, not the cue.
            let noun = token.is(Roles::NOMINAL) && self.at(cue + 1).is_some();
            if noun && !self.is_comma(cue + 1) {
                return self.drops(cue, "the word is a noun here");
            }
            // `Diungkapkannya persoalan ini …`
            if token.is(Roles::PASSIVE) && cue <= self.content_start() && !self.is_comma(cue + 1) {
                return self.right(cue, Mention::implied(cue + 1), cue + 1, Rule::Clitic);
            }
            return self.set_off(cue, Mention::implied(cue + 1), cue, cue + 1, Rule::Clitic);
        }
        if token.is(Roles::INVERTED) && !token.is(SAYING) {
            return self.inverted(cue);
        }
        if self.verb_second && token.is(SAYING) {
            return self.by_second_verb(cue);
        }
        if token.is(SAYING.with(Roles::PARTICIPLE)) {
            return self.active(cue);
        }
        if relay::is_relay(self.tokens, self.first, cue) {
            return self.relayed(cue);
        }
        self.told_in_document(cue)
            .or_else(|| self.drops(cue, "a passive reports only at the head of its sentence"))
    }

    /// `…, kata Rina Halim`: a cue that its speaker follows.
    fn inverted(&self, cue: usize) -> Option<Clause> {
        let end = self.limit(cue);
        let found = if self.verb_second {
            // `…, so Rina Halim`, but `So zählten die Schulen …`
            let apart = cue
                .checked_sub(1)
                .is_some_and(|at| ends_part(self.tokens, at));
            verb_second::named_at(self.tokens, cue + 1, end).filter(|_| apart)
        } else {
            phrase::after(self.tokens, cue + 1, end)
        };
        let Some(mention) = found else {
            return self.drops(cue, "no one is named behind it");
        };
        // `demikian bunyi maklumat itu`
        let likens = self.is_at(cue, Roles::BACK_REFERENCE)
            && self.is_at(cue + 1, Roles::INVERTED.with(Roles::CLITIC));
        // `Demikian dikutip dari …` tells whose report it is, and who speaks in none.
        let carried = self.is_at(cue + 1, Roles::CARRIER);
        let named = mention.kind == MentionKind::Name && cue > self.content_start();
        if likens || carried && !named {
            return self.drops(cue, "it points back at what was said");
        }
        let noun = self.nouns_capitalised
            && mention.kind == MentionKind::Description
            && !self.at(mention.first).is_some_and(Token::is_capital)
            && !self.is_at(mention.first, Roles::DETERMINER);
        // `Namun, tegas Rina tidak semua bisa …`
        let opened =
            cue > self.first && cue == self.content_start() && self.kind(cue) == Some(Kind::Lower);
        let known = self.is_at(mention.first, Roles::KNOWN_SPEAKER);
        if opened && known && self.is_at(mention.last, Roles::NEGATION.with(Roles::PRONOUN)) {
            let first = mention.last;
            return self.right(cue, mention, first, Rule::ClauseInverted);
        }
        if noun || self.is_at(cue, Roles::NOMINAL) && !self.is_said(cue, &mention) {
            return self.drops(cue, "what follows it is no speaker");
        }
        let last = mention.last;
        self.set_off(cue, mention, cue, last, Rule::ClauseInverted)
    }

    pub(crate) fn limit(&self, at: usize) -> usize {
        self.last.min(at + REACH)
    }

    /// Whether the passive at `cue` opens the sentence behind a word of its own: `Seperti disampaikan
    /// Rina, …`. What a medium carried is none of its own.
    fn is_likened(&self, cue: usize) -> bool {
        let start = self.content_start();
        cue == start + 1
            && self.is_at(start, Roles::PREPOSITION)
            && !self.is_at(cue, Roles::CARRIER)
    }

    /// Whether what is told by the passive at `cue` is pointed at before it, and told behind it: `Hal itu
    /// ditegaskan oleh Rina Halim, … bahwa …`.
    fn is_told_back(&self, cue: usize) -> bool {
        let start = self.content_start();
        self.is_at(start, Roles::BACK_REFERENCE)
            && cue <= start + 2
            && self.behind_that(cue).is_some()
    }

    /// `Dalam siaran pers Dinas Air tanggal 5 Juni, disebutkan bahwa …`
    fn told_in_document(&self, cue: usize) -> Option<Clause> {
        let that =
            self.is_at(cue + 1, Roles::COMPLEMENTISER) && !self.is_at(cue + 1, Roles::SUBORDINATOR);
        let start = self.content_start();
        let document = start + 1;
        let told = self.is_at(start, Roles::PREPOSITION) && self.is_at(document, Roles::DOCUMENT);
        if !that || !told || !self.is_at(cue, Roles::PASSIVE) {
            return None;
        }
        let found = phrase::after(self.tokens, document + 1, cue)?;
        (found.kind == MentionKind::Name && found.first == document + 1)
            .then(|| self.right(cue, found, cue + 2, Rule::ClausePassive))
            .flatten()
    }

    /// Where the clause begins behind the conjunction that follows the verb at `cue` and its agent.
    fn behind_that(&self, cue: usize) -> Option<usize> {
        const REACH: usize = 20;
        let that = |at: &usize| {
            self.is_at(*at, Roles::COMPLEMENTISER) && !self.is_at(*at, Roles::SUBORDINATOR)
        };
        (cue + 1..self.limit(cue).min(cue + REACH))
            .find(that)
            .map(|at| at + 1)
    }

    /// `Ditegaskan X, … bahwa …`, `Ditegaskan, …` at the head of a sentence.
    fn passive(&self, cue: usize) -> Option<Clause> {
        if self.is_comma(cue + 1) {
            return self.right(cue, Mention::implied(cue + 1), cue + 2, Rule::ClausePassive);
        }
        let Some(mention) = phrase::after(self.tokens, cue + 1, self.limit(cue)) else {
            return self.drops(cue, "no one is named behind it");
        };
        let last = mention.last;
        let first = self
            .complement(last)
            .or_else(|| self.behind_that(cue))
            .or_else(|| self.is_comma(last).then_some(last + 1));
        let Some(first) = first else {
            return self.drops(cue, "no clause follows it");
        };
        self.right(cue, mention, first, Rule::ClausePassive)
    }

    /// `mengutip pernyataan X bahwa …`.
    fn relayed(&self, cue: usize) -> Option<Clause> {
        relay::medium(self.tokens, self.first, cue)?;
        let found = phrase::after(self.tokens, cue + 1, self.limit(cue))?;
        let mention = Some(found).filter(|found| found.kind == MentionKind::Name)?;
        let first = self.complement(mention.last)?;
        self.right(cue, mention, first, Rule::Clause)
    }
}
