//! To whom something was said: `kata Rina kepada wartawan`, `told reporters`.

use crate::language::Roles;
use crate::quotes::mentions::mention::{Mention, MentionKind};
use crate::quotes::mentions::phrase::{self};
use crate::quotes::words::lexicon::CUE;
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// The one spoken to, in tokens: behind the cue at `cue` and its speaker, or in the adverbial that
/// opens the sentence at `first`.
pub(crate) fn addressee(
    tokens: Tokens<'_>,
    cue: usize,
    mention: Option<&Mention>,
    (first, last): (usize, usize),
) -> Option<(usize, usize)> {
    let behind = mention.map_or(cue + 1, |mention| mention.last.max(cue + 1));
    if tokens.get(cue)?.is(Roles::TELLING)
        && let Some(told) = phrase::after(tokens, cue + 1, last)
        && mention.is_none_or(|mention| mention.first < cue)
    {
        return told.parts.first().copied();
    }
    // `urged residents to …`: what they are urged to do.
    if tokens.get(cue)?.is(Roles::URGING) {
        return None;
    }
    // `vowed to build …`: a verb, no one.
    let vows = tokens[cue].is(Roles::NEEDS_COMPLEMENT);
    let found =
        behind_cue(tokens, behind, last).filter(|&(first, _)| !vows || tokens[first].is_capital());
    found.or_else(|| {
        let subject = mention
            .filter(|mention| mention.last > mention.first)
            .map_or(cue, |mention| mention.first.min(cue));
        // `Rina kepada wartawan, menyebutkan …`
        let behind = mention.and_then(|mention| mention.parts.last().copied());
        let between = behind
            .filter(|part| part.1 < cue && tokens.get(part.1).is_some_and(is_address))
            .and_then(|part| told(tokens, part.1 + 1, cue));
        if between.is_some() {
            return between;
        }
        opening(tokens, first, subject)
    })
}

/// `… kata Rina [dalam suratnya] kepada X`: before any sign, clause or further cue.
fn behind_cue(tokens: Tokens<'_>, from: usize, last: usize) -> Option<(usize, usize)> {
    const REACH: usize = 12;
    let at = (from..last.min(from + REACH))
        .take_while(|&at| {
            tokens[at].is_word()
                && !(tokens[at].kind == Kind::Lower
                    && tokens[at].is(CUE.with(Roles::COMPLEMENTISER).with(Roles::FINITE)))
        })
        .find(|&at| is_address(&tokens[at]))?;
    // `in response to a question`: a common noun counts right behind the speaker alone.
    let is_near = at == from || tokens[from..at].iter().any(|t| t.is(Roles::DOCUMENT));
    told(tokens, at + 1, last).filter(|&(first, _)| is_near || tokens[first].is_capital())
}

/// `Dalam suratnya kepada X, Kim mengatakan …`: in the phrase that opens the sentence.
fn opening(tokens: Tokens<'_>, first: usize, last: usize) -> Option<(usize, usize)> {
    const REACH: usize = 12;
    if !tokens.get(first)?.is(Roles::PREPOSITION) {
        return None;
    }
    let at = (first..last.min(first + REACH))
        .take_while(|&at| tokens[at].is_word())
        .find(|&at| tokens[at].is(Roles::ADDRESS))?;
    told(tokens, at + 1, last)
}

fn is_address(token: &Token) -> bool {
    token.kind == Kind::Lower && token.is(Roles::ADDRESS)
}

/// The name behind a preposition of address, or the common noun where nothing but it follows.
fn told(tokens: Tokens<'_>, at: usize, last: usize) -> Option<(usize, usize)> {
    let found = phrase::after(tokens, at, last)?;
    let ends = tokens
        .get(found.last)
        .filter(|_| found.last < last)
        .is_none_or(|token| !token.is_word() || token.is(Roles::PREPOSITION.with(Roles::TIME)));
    let plain = found.kind == MentionKind::Description && ends && found.last - found.first <= 4;
    (found.kind == MentionKind::Name || plain)
        .then(|| found.parts.first().copied())
        .flatten()
}
