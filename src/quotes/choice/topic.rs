//! Whom a sentence speaks of: the name at its head, or one that it introduces.

use crate::language::Roles;
use crate::quotes::mentions::mention::MentionKind;
use crate::quotes::mentions::names::{NameId, Names};
use crate::quotes::mentions::offices::{is_of_office, past_bracket};
use crate::quotes::mentions::phrase::{self};
use crate::quotes::words::lexicon::{LED, SAYING};
use crate::quotes::words::name_words::{is_name_word, run, strip};
use crate::quotes::words::tokens::{Kind, Token, Tokens};
use crate::text::Spans;

/// The name that a sentence speaks of: at its head or behind an adverbial, or else one that is
/// named here for the first time. Whether it was named outright or only introduced. `roles` are what
/// the tokens have together.
pub(crate) fn subject(tokens: Tokens<'_>, roles: Roles, names: &Names) -> Option<(NameId, bool)> {
    let end = tokens
        .iter()
        .position(|t| t.kind == Kind::Quote)
        .unwrap_or(tokens.len())
        .min(60);
    let mut first = past_openers(tokens, 0, end);
    // `Lebih lanjut, Rina menanggapi …`
    if first > 0 && tokens.get(first).is_some_and(|t| t.kind == Kind::Comma) {
        first = past_openers(tokens, first + 1, end);
    }
    // `Ia …` goes on with whoever is in mind, and so does `…, kata dia, …`.
    let goes_on = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|t| t.is(Roles::PRONOUN.with(Roles::PLURAL)))
    };
    let told = roles.any(Roles::CLITIC) || roles.any(LED) && roles.any(Roles::PRONOUN);
    if goes_on(first) || told && (0..end).any(|at| is_told_by_pronoun(tokens, at)) {
        return None;
    }
    if points_on(tokens, first, end) {
        return None;
    }
    if let Some(id) = head(tokens, first, end, names) {
        return Some((id, true));
    }
    // `Kehangatan juga dirasakan Nita, mahasiswa asal …`
    let named_first = introduced(tokens.part(0..end), names);
    let listed = || lists_guests(tokens.part(0..end), names);
    if let Some(id) = named_first.filter(|&id| names.is_voice(id)) {
        return (!listed()).then_some((id, false));
    }
    let mut at = first;
    for _ in 0..3 {
        let Some(comma) = (at..end).find(|&i| tokens[i].kind == Kind::Comma) else {
            break;
        };
        at = past_openers(tokens, comma + 1, end);
        if goes_on(at) {
            return introduced(tokens.part(0..at), names).map(|id| (id, false));
        }
        if let Some(id) = head(tokens, at, end, names) {
            let guest = tokens[at].is(Roles::OFFICE) && listed();
            return (!guest).then_some((id, true));
        }
    }
    named_first.map(|id| (id, false))
}

/// Those whom `and` joins at the head of a sentence: `Captain Ann Selby and Tom Hill stood by him.`
pub(crate) fn together(tokens: Tokens<'_>, names: &Names) -> Option<Spans> {
    const REACH: usize = 10;
    let near = tokens.get(..tokens.len().min(REACH))?;
    let and = near
        .iter()
        .position(|t| t.kind == Kind::Lower && t.is(Roles::COORDINATOR))?;
    let found = phrase::at_head(tokens, 0, tokens.len().min(and + REACH))?;
    let person = |&(a, b): &(usize, usize)| {
        let id = names.resolve(tokens.get(a..b)?)?;
        let name = names.get(id).filter(|name| !name.is_body)?;
        (names.is_person(id) || name.len() > 1).then_some(name.fullest)
    };
    let joined: Spans = found.parts.iter().map_while(person).collect();
    (found.kind == MentionKind::Name && joined.len() > 1 && joined.len() == found.parts.len())
        .then_some(joined)
}

/// Whether the phrase at `at` points at someone in mind: `Anggota Komisi V dari Lareng itu …`.
fn points_on(tokens: Tokens<'_>, at: usize, end: usize) -> bool {
    let led = Roles::OFFICE.with(Roles::ORGANISATION);
    if !tokens.get(at).is_some_and(|t| t.is(led)) {
        return false;
    }
    let stop = run(&tokens, at);
    let named = (stop > at).then(|| strip(tokens, at, stop)).flatten();
    stop > at && phrase::pointed(tokens, at, (stop, end), named.as_slice()).is_some()
}

/// Whether a cue with a pronoun for its speaker, or inside it, begins at `at`: what the sentence
/// names is then part of what is said.
fn is_told_by_pronoun(tokens: Tokens<'_>, at: usize) -> bool {
    tokens[at].is(Roles::CLITIC)
        || tokens[at].is(LED)
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Lower && next.is(Roles::PRONOUN))
}

/// Behind the conjunctions and adverbs that stand at `at`.
fn past_openers(tokens: Tokens<'_>, at: usize, end: usize) -> usize {
    (at..end)
        .find(|&at| {
            !tokens[at].is(Roles::OPENER.with(Roles::COORDINATOR))
                || tokens[at].is(Roles::DETERMINER)
        })
        .unwrap_or(end)
}

fn head(tokens: Tokens<'_>, at: usize, end: usize, names: &Names) -> Option<NameId> {
    let mut at = at;
    if tokens.get(at)?.is(Roles::DETERMINER) {
        at += 1;
    }
    if !tokens
        .get(at)
        .filter(|_| at < end)
        .is_some_and(|t| is_name_word(t) || t.is(Roles::HONORIFIC))
    {
        return None;
    }
    let stop = run(&tokens, at).max(at + 1);
    // `Rina's co-founder, Ann Selby, disagreed`: not Rina.
    let owner = Roles::POSSESSIVE.with(Roles::POSSESSIVE_CURLY);
    if tokens[stop - 1].is(owner) && tokens.get(stop).is_some_and(|t| t.kind == Kind::Lower) {
        return owned(tokens, stop, end, names);
    }
    // `Direktur Rina Halim melalui Sekretaris Bima Sakti menyesalkan …`,
    // `Harbor FC manager Luis Almeida praised …`
    let leads = Roles::THROUGH.with(Roles::OFFICE);
    if tokens
        .get(stop)
        .is_some_and(|t| t.kind == Kind::Lower && t.is(leads))
    {
        let last = run(&tokens, stop + 1).min(end);
        let next = strip(tokens, stop + 1, last).filter(|_| last > stop + 1);
        let next = next.and_then(|(a, b)| names.resolve(tokens.get(a..b)?));
        if let Some(id) = next.filter(|&id| names.is_person(id)) {
            return Some(id);
        }
    }
    // `Ketua Dewan Laut Nasional (DLN) itu …`
    let behind = past_bracket(tokens, stop, end);
    if tokens
        .get(behind)
        .is_some_and(|t| t.is(Roles::DEMONSTRATIVE))
    {
        return None;
    }
    // `Ketua DPRD Lareng, Rina Halim, …`
    let is_office = tokens[at].is(Roles::OFFICE);
    let borne = is_office.then(|| named_behind(tokens, (at, end), stop, names));
    let borne = borne.flatten().filter(|&id| names.is_person(id));
    if borne.is_some() {
        return borne;
    }
    let Some((a, b)) = strip(tokens, at, stop) else {
        return of_title(tokens, (at, stop), end, names);
    };
    let id = names.resolve(&tokens[a..b])?;
    if names.is_real(id) {
        return Some(id);
    }
    described(tokens, stop, end, names)
}

/// Who bears the title `at..stop`: named behind it, or elsewhere in the article.
fn of_title(
    tokens: Tokens<'_>,
    (at, stop): (usize, usize),
    end: usize,
    names: &Names,
) -> Option<NameId> {
    // `Co-founder sekaligus Pembina Komunitas Bersepeda (KB) Rina Halim yakin …`
    let behind = named_behind(tokens, (at, end), at, names)
        .filter(|&id| names.is_voice(id) || names.is_person(id));
    let mut offices = tokens[at..stop].iter().filter(|t| t.is(Roles::OFFICE));
    behind.or_else(|| offices.find_map(|t| names.bearer(t.hash)))
}

/// The person whose name commas set off from the words in small letters at `at`.
fn owned(tokens: Tokens<'_>, at: usize, end: usize, names: &Names) -> Option<NameId> {
    const REACH: usize = 6;
    let comma = (at..end.min(at + REACH)).find(|&at| tokens[at].kind != Kind::Lower)?;
    let begin = comma + usize::from(tokens[comma].kind == Kind::Comma);
    let stop = run(&tokens, begin);
    let (a, b) = strip(tokens, begin, stop).filter(|_| stop > begin)?;
    let id = names.resolve(tokens.get(a..b)?)?;
    names.is_person(id).then_some(id)
}

/// Whose name the phrase at `at` ends in, if it goes on past `beyond`.
fn named_behind(
    tokens: Tokens<'_>,
    (at, end): (usize, usize),
    beyond: usize,
    names: &Names,
) -> Option<NameId> {
    let found = phrase::after(tokens, at, end)?;
    let (a, b) = *found.parts.first()?;
    let reaches = found.kind == MentionKind::Name && found.last > beyond;
    names.resolve(tokens.get(a..b).filter(|_| reaches)?)
}

/// The person behind what the sentence opens with, a common word that only the sentence gave its
/// capital, and what goes on with it: `Petani garam Abdul Wahid menyambut …`.
fn described(tokens: Tokens<'_>, at: usize, end: usize, names: &Names) -> Option<NameId> {
    const REACH: usize = 3;
    let plain = |t: &Token| t.kind == Kind::Lower && (t.roles.is_empty() || t.is(Roles::OFFICE));
    let first = (at..end.min(at + REACH + 1)).find(|&at| !plain(&tokens[at]))?;
    let stop = run(&tokens, first);
    let (a, b) = strip(tokens, first, stop).filter(|_| first > at && stop > first)?;
    let id = names.resolve(tokens.get(a..b)?)?;
    names.is_person(id).then_some(id)
}

/// Whether these tokens name several by their offices, one after another: `Turut hadir Menteri
/// Pangan Rina Halim, Gubernur Bima Sakti, …`. None of them is whom the text goes on to speak of.
fn lists_guests(tokens: Tokens<'_>, names: &Names) -> bool {
    let is_guest = |at: usize| {
        let stop = run(&tokens, at);
        let led = tokens[at].is_capital() && tokens[at].is(Roles::OFFICE);
        strip(tokens, at, stop)
            .filter(|&(a, _)| led && a > at)
            .and_then(|(a, b)| names.resolve(tokens.get(a..b)?))
            .is_some_and(|id| names.is_person(id) && names.is_voice(id))
    };
    let mut guests = (1..tokens.len()).filter(|&at| {
        tokens[at].is(Roles::OFFICE)
            && matches!(tokens[at - 1].kind, Kind::Comma | Kind::Lower)
            && is_guest(at)
    });
    let first = guests.next();
    let next = guests.next();
    first.is_some() && next.is_some_and(|at| tokens[at - 1].kind == Kind::Comma)
}

/// Whether a preposition governs the name that begins at `at`, maybe with common words between: `pada
/// masa Gubernur Rina Halim`. One who acts (`oleh`) is no less spoken of.
fn is_oblique(tokens: Tokens<'_>, at: usize) -> bool {
    const REACH: usize = 3;
    let ends = Roles::FINITE
        .with(Roles::AUXILIARY)
        .with(Roles::RELATIVE)
        .with(Roles::PASSIVE)
        .with(SAYING);
    let words = tokens.get(at.saturating_sub(REACH)..at).unwrap_or_default();
    let words = words
        .iter()
        .rev()
        .take_while(|t| t.kind == Kind::Lower && !t.is(ends));
    let mut governs = words.filter(|t| t.is(Roles::PREPOSITION));
    governs.next().is_some_and(|t| !t.is(Roles::AGENT))
}

/// A person who is named for the first time in these tokens.
pub(crate) fn introduced(tokens: Tokens<'_>, names: &Names) -> Option<NameId> {
    let mut at = 0;
    while at < tokens.len() {
        if !is_name_word(&tokens[at]) {
            at += 1;
            continue;
        }
        let stop = run(&tokens, at).max(at + 1);
        if let Some((a, b)) = strip(tokens, at, stop) {
            let id = names.resolve(&tokens[a..b]);
            let new = id.filter(|&id| {
                names.is_person(id)
                    && names
                        .get(id)
                        .is_some_and(|name| name.first == tokens[a].start)
            });
            let behind = past_bracket(tokens, stop, tokens.len());
            let points = tokens
                .get(behind)
                .is_some_and(|t| t.is(Roles::DEMONSTRATIVE));
            let told = is_oblique(tokens, at) || is_of_office(tokens, at, stop);
            if new.is_some() && !points && !told {
                return new;
            }
        }
        at = stop;
    }
    None
}
