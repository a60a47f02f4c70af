//! The medium that carries what another said: named beside the report, or by a report around it.

use super::sentence::{Clause, Sentence};
use crate::language::Roles;
use crate::model::QuoteKind;
use crate::quotes::choice::referent::named;
use crate::quotes::mentions::mention::MentionKind;
use crate::quotes::mentions::phrase::{self};
use crate::quotes::mentions::relay;
use crate::quotes::search::Search;
use crate::quotes::words::lexicon::SAYING;
use crate::quotes::words::tokens::{Kind, Tokens};

impl Search<'_> {
    /// Whether what `clause` reports before its cue was said by another, so that its own speaker only
    /// carries it: `Kim mengatakan …, lapor KCNA`.
    pub fn reported_before(&mut self, begun: usize, tokens: Tokens<'_>, clause: &Clause) -> bool {
        // A sentence holds few reports; a bound keeps hostile texts linear.
        const MOST: usize = 8;
        let begun = begun.max(self.quotes.len().saturating_sub(MOST));
        let words = tokens.get(clause.first..clause.last).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return false;
        };
        let all = first.span().join(last.span());
        let spoken = self.quotes.get_mut(begun..).unwrap_or_default();
        let mut inner = spoken
            .iter_mut()
            .filter(|quote| matches!(quote.kind, QuoteKind::Indirect | QuoteKind::Mixed))
            .filter(|quote| all.contains(quote.span) && !quote.speakers.is_empty())
            .peekable();
        if clause.cue < clause.last || inner.peek().is_none() {
            return false;
        }
        let part = clause.mention.parts.first();
        let body = part.filter(|part| {
            let words = tokens.get(part.0..part.1).unwrap_or_default();
            let id = self.names.resolve(words);
            clause.mention.kind == MentionKind::Name && id.is_some_and(|id| self.names.is_body(id))
        });
        if let Some(&(a, b)) = body {
            let medium = named(tokens, a, b, self.names);
            inner.for_each(|quote| quote.via = quote.via.or(Some(medium)));
        }
        true
    }

    /// The body that only carries what another says in `clause`: `KCNA mengungkapkan, … Putin
    /// mencatat bahwa …`. The innermost speaker is the one who counts.
    pub fn carried(&self, sentence: &Sentence<'_>, clause: &Clause) -> Option<(usize, usize)> {
        let tokens = sentence.tokens;
        let part = *clause
            .mention
            .parts
            .first()
            .filter(|_| clause.mention.kind == MentionKind::Name)?;
        let inserted = clause.first < clause.cue && clause.last > clause.cue;
        let body = self
            .names
            .resolve(tokens.get(part.0..part.1)?)
            .is_some_and(|id| self.names.is_body(id));
        // `KCNA melaporkan Kim memastikan …`
        let relays = body
            && sentence.comma_opens_clause
            && tokens.get(clause.cue)?.is(Roles::NEEDS_COMPLEMENT);
        let carrier = relays || tokens.get(clause.cue)?.is(Roles::CARRIER);
        if !inserted && !body && !carrier {
            return None;
        }
        let from = clause.first.max(clause.cue + 1).max(part.1);
        let inner = (from..clause.last.min(from + 24))
            .find(|&at| sentence.is_cue(at) && tokens[at].is(SAYING))?;
        let found = sentence.clause(inner)?;
        let named = found.mention.kind == MentionKind::Name && found.first > inner;
        let marked = tokens
            .get(inner + 1..found.first)?
            .iter()
            .any(|t| t.is(Roles::COMPLEMENTISER) || t.kind == Kind::Comma);
        let subject = if inserted {
            true
        } else {
            found
                .mention
                .parts
                .first()
                .is_some_and(|part| part.0 >= from)
        };
        (named && subject && (marked || inserted || carrier)).then_some(part)
    }
}

/// The medium that a sentence names as its carrier.
pub(crate) fn via(sentence: &Sentence<'_>) -> Option<(usize, usize)> {
    let carries = Roles::CARRIER.with(Roles::RELAY);
    if !sentence.roles.any(carries.with(Roles::ACCORDING)) {
        return None;
    }
    let is_carrier = |at: &usize| {
        let token = &sentence.tokens[*at];
        token.is(carries) || token.is(Roles::ACCORDING) && sentence.only_carries(*at)
    };
    let verb = (sentence.first..sentence.last).find(is_carrier)?;
    if relay::is_relay(sentence.tokens, sentence.first, verb) {
        return relay::medium(sentence.tokens, sentence.first, verb);
    }
    if !sentence.tokens[verb].is(Roles::CARRIER.with(Roles::ACCORDING)) {
        return None;
    }
    let mut at = verb + 1;
    let end = sentence.last.min(verb + 14);
    while at < end
        && sentence.tokens[at].kind == Kind::Lower
        && sentence.tokens[at].is(Roles::AGENT)
    {
        at += 1;
    }
    if at < end
        && sentence.tokens[at].kind == Kind::Lower
        && sentence.tokens[at].is(Roles::PREPOSITION)
    {
        at += 1;
    }
    let mention = phrase::after(sentence.tokens, at, end)?;
    (mention.kind == MentionKind::Name)
        .then(|| mention.parts.first().copied())
        .flatten()
}
