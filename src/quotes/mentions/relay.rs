//! Whose words a medium gives: `The Lareng Post quoted Ann Selby as saying …`.

use super::mention::{Mention, MentionKind};
use super::phrase::{self};
use super::subject;
use crate::language::Roles;
use crate::quotes::words::lexicon::SAYING;
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// How far before the cue of the words that it gives a verb of relaying may stand.
const REACH: usize = 24;

/// Whether the word at `at` is a verb of relaying with a medium before it in the sentence that
/// begins at `start`, not a passive.
pub(crate) fn is_relay(tokens: Tokens<'_>, start: usize, at: usize) -> bool {
    // `was quoted`; `kata Rina, mengutip …` and `kata Rina mengutip …` tell where Rina has it from.
    let other = |before: &Token| before.is(Roles::FINITE) || before.kind == Kind::Comma;
    let cue = SAYING.with(Roles::INVERTED).with(Roles::CLITIC);
    let is_taken = |read: usize| {
        let token = &tokens[read];
        let word = token.kind == Kind::Lower || read == start;
        token.kind == Kind::Quote || word && token.is(cue)
    };
    (start + 1..start + REACH).contains(&at)
        && tokens[at].kind == Kind::Lower
        && tokens[at].is(Roles::RELAY)
        && !other(&tokens[at - 1])
        && !(start..at).any(is_taken)
}

/// Who speaks by the cue at `cue` where another is said to give the words: `… quoted Ann Selby as
/// saying`, `Ann Selby, quoted by the Post as saying`, `mengutip Rina Halim yang mengatakan`.
pub(crate) fn speaker(tokens: Tokens<'_>, start: usize, cue: usize) -> Option<Mention> {
    let joint = cue.checked_sub(1).filter(|&joint| joint > start)?;
    let relays = if tokens[joint].kind == Kind::Lower && tokens[joint].is(Roles::RELATIVE) {
        Roles::RELAY
    } else if tokens[cue].is(Roles::PARTICIPLE) {
        Roles::RELAY.with(Roles::CARRIER)
    } else {
        return None;
    };
    let verb = (start + 1..=joint)
        .rev()
        .take(REACH)
        .find(|&at| tokens[at].kind == Kind::Lower && tokens[at].is(relays))?;
    let mention = if is_relay(tokens, start, verb) {
        phrase::after(tokens, verb + 1, cue)
    } else {
        subject::before(tokens, start, verb)
    };
    mention.filter(|found| found.kind != MentionKind::Description)
}

/// The medium before the verb of relaying at `verb`.
pub(crate) fn medium(tokens: Tokens<'_>, start: usize, verb: usize) -> Option<(usize, usize)> {
    let found = subject::before(tokens, start, verb)?;
    (found.kind == MentionKind::Name)
        .then(|| found.parts.first().copied())
        .flatten()
}
