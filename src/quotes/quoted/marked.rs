//! The marked words of a sentence: which are utterances, which cue stands beside each, and where
//! they bound the clauses around them.

use super::direct::{self, Cue};
use super::fragment;
use crate::language::Roles;
use crate::model::{QuoteKind, Rule};
use crate::quotes::clauses::sentence::Clause;
use crate::quotes::words::reading::Reading;
use crate::quotes::words::tokens::{Kind, Tokens};

/// What was made of one quotation of a sentence before its speaker is known.
pub(crate) struct Marked {
    pub at: usize,
    /// Where its first mark stands in the text.
    pub start: u32,
    /// The sentence that it stands in, in tokens.
    pub sentence: (usize, usize),
    pub kind: QuoteKind,
    pub cue: Option<Cue>,
}

/// The quotations of a sentence with their kinds and cues.
pub(crate) fn marked(
    reading: &Reading<'_>,
    tokens: Tokens<'_>,
    first: usize,
    last: usize,
) -> Vec<Marked> {
    let mut marked: Vec<Marked> = Vec::new();
    for at in first..last {
        if tokens[at].kind != Kind::Quote {
            continue;
        }
        let Some(pair) = reading.pair(&tokens[at]) else {
            continue;
        };
        let text = reading.text;
        let after = direct::cue_after(reading, tokens, (at, last), pair);
        let before = direct::cue_before(tokens, first, at, reading.lexicon.verb_second);
        let one = |kind, cue| Marked {
            at,
            start: tokens[at].start,
            sentence: (first, last),
            kind,
            cue,
        };
        if let Some(before) = joined(&marked, tokens, at) {
            let cue = before.cue.clone();
            marked.push(one(QuoteKind::Direct, cue));
            continue;
        }
        if carries_on(&marked, tokens, at)
            && after.is_none()
            && !is_answered(&marked, before.as_ref())
        {
            marked.push(one(QuoteKind::Direct, None));
            continue;
        }
        let kind = direct::kind_of(
            tokens,
            first,
            at,
            pair,
            text,
            after.is_some(),
            before.is_some(),
        );
        let cue = match kind {
            QuoteKind::Direct => nearer(tokens, at, before, after),
            _ => fragment::cue(tokens, first, at, pair, text, reading.lexicon.verb_second),
        };
        marked.push(one(kind, cue));
    }
    marked
}

/// Which of the cues before and behind the marked words at `at` is theirs.
fn nearer(tokens: Tokens<'_>, at: usize, before: Option<Cue>, after: Option<Cue>) -> Option<Cue> {
    // `Rina said, “…,” when Bima asked her`: what follows is a clause of its own.
    let next = tokens.get(at + 1);
    let apart = next.is_some_and(|t| t.is(Roles::SUBORDINATOR));
    let asked = before.as_ref().is_some_and(|cue| cue.rule == Rule::Asked);
    // `Rina asked, “Why?” Bima replied, “No.”`: the second verb has words of its own.
    let own = after.as_ref().is_some_and(|cue| {
        let signed = tokens
            .get(cue.at + 1)
            .is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Colon));
        let marked = tokens
            .get(cue.at + 2)
            .is_some_and(|t| t.kind == Kind::Quote);
        let comma =
            next.is_some_and(|t| t.kind == Kind::Comma) || tokens[at].is(Roles::ENDS_IN_COMMA);
        signed && marked && !comma && cue.rule == Rule::NameThenVerb
    });
    if apart || asked || own {
        before.or(after)
    } else {
        after.or(before)
    }
}

/// Whether a cue of its own stands behind that of the quotation before: `“A?” tanya X, yang dijawab Y,
/// “B.”`
fn is_answered(marked: &[Marked], before: Option<&Cue>) -> bool {
    let last = marked.last().and_then(|last| last.cue.as_ref());
    let own = before.filter(|cue| cue.mention.is_some());
    last.zip(own).is_some_and(|(last, own)| own.at > last.at)
}

/// The quotation that the one at `at` is joined to by nothing but a conjunction, under one verb:
/// `chanted, “A,” and “B,”`.
fn joined<'m>(marked: &'m [Marked], tokens: Tokens<'_>, at: usize) -> Option<&'m Marked> {
    let joint = tokens.get(at.checked_sub(1)?)?;
    let last = marked.last()?;
    let under = last.cue.as_ref().is_some_and(|cue| cue.at < last.at);
    let is_and = joint.kind == Kind::Lower && joint.is(Roles::COORDINATOR);
    (last.kind == QuoteKind::Direct && under && is_and && last.at + 2 == at).then_some(last)
}

/// Whether the quotation at `at` carries on the one before it in its sentence: nothing but that
/// one's cue and speaker stand between, set off by a comma (`“A,” kata X, “B.”`).
fn carries_on(marked: &[Marked], tokens: Tokens<'_>, at: usize) -> bool {
    let Some(last) = marked.last().filter(|last| last.kind == QuoteKind::Direct) else {
        return false;
    };
    let comma = at > 0 && matches!(tokens[at - 1].kind, Kind::Comma | Kind::Dash);
    comma && at - last.at <= 16 && last.cue.as_ref().is_some_and(|cue| cue.at > last.at)
}

/// A clause has no utterance with a cue of its own in it: it ends before, or begins behind.
pub(crate) fn trim_direct(clause: &mut Clause, marked: &[Marked]) {
    let first = marked.partition_point(|mark| mark.at < clause.first);
    let last = marked.partition_point(|mark| mark.at < clause.last);
    for mark in &marked[first..last] {
        if mark.kind == QuoteKind::Direct {
            if mark.at > clause.cue {
                clause.last = mark.at;
            } else {
                clause.first = mark.at + 1;
            }
        }
    }
}
