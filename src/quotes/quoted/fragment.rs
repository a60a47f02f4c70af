//! Marked words inside the reporter's own sentence: whose they are, where a verb of saying governs
//! them (`called it “reckless”`). Those inside a reported clause take its speaker instead.

use super::direct::{self, Cue};
use crate::language::Roles;
use crate::model::Rule;
use crate::quotes::mentions::mention::MentionKind;
use crate::quotes::mentions::phrase;
use crate::quotes::words::lexicon::SAYING;
use crate::quotes::words::marks::Pair;
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// How far a verb governs marked words.
const REACH: usize = 24;

/// The cue that governs the marked words at `at` in the sentence that begins at `first`; none for
/// titles, names and words that no one is said to have used.
pub(crate) fn cue(
    tokens: Tokens<'_>,
    first: usize,
    at: usize,
    pair: &Pair,
    text: &str,
    verb_second: bool,
) -> Option<Cue> {
    if direct::is_headed(pair.inner.of(text)) && !(verb_second && is_called(tokens, at)) {
        return None;
    }
    let start = (first..at)
        .rev()
        .take(REACH * 4)
        .find(|&i| direct::ends_report(&tokens[i]) || tokens[i].kind == Kind::Colon)
        .map_or(first, |i| i + 1);
    let verb = (start..at)
        .rev()
        .take(REACH)
        .take_while(|&i| !tokens[i].is(Roles::RELATIVE.with(Roles::NICKNAME)))
        .find(|&i| governs(tokens, start, i))?;
    // `Rina used strong words to condemn the “outrage”`
    let infinitive = verb > start && tokens[verb - 1].is(Roles::ADDRESS);
    let mention = if infinitive {
        phrase::at_head(tokens, start, verb)?
    } else {
        direct::speaker_at(tokens, start, verb, at, verb_second)?
    };
    let someone = |t: &Token| t.is_capital() || t.is(Roles::OFFICE.with(Roles::PERSON_NOUN));
    let words = tokens.get(mention.first..mention.last).unwrap_or_default();
    let told = mention.kind != MentionKind::Description || words.iter().any(someone);
    told.then_some(Cue {
        at: verb,
        mention: Some(mention),
        rule: Rule::Labelled,
    })
}

/// Whether the marked words at `at` stand where a title would not, in a language whose nouns all have a
/// capital: behind an indefinite article, `als` or `von` (`sprach von einem „Offenbarungseid“`).
fn is_called(tokens: Tokens<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_some_and(|t| {
        let indefinite = t.is(Roles::DETERMINER) && !t.is(Roles::DEFINITE);
        t.kind == Kind::Lower && (indefinite || t.is(Roles::SUBORDINATOR.with(Roles::ORIGIN)))
    })
}

/// Whether the token at `at` is a verb of saying with someone's words as its object.
fn governs(tokens: Tokens<'_>, start: usize, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|&before| before >= start);
    let stands = |roles: Roles| {
        before.is_some_and(|before| tokens[before].is(roles) && !tokens[before].is(Roles::ADDRESS))
    };
    tokens[at].kind == Kind::Lower
        && tokens[at].is(SAYING.with(Roles::PARTICIPLE))
        && !stands(
            // `has been described as “…”`: by nobody who is named.
            Roles::ARTICLE
                .with(Roles::COPULA)
                .with(Roles::NEGATION)
                .with(Roles::PREPOSITION),
        )
}
