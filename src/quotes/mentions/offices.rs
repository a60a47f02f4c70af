//! The names in a noun phrase, and who bears the office or heads the body that it names.

use super::mention::{Mention, MentionKind, span_of};
use crate::language::Roles;
use crate::quotes::words::name_words::{TITLE, is_name_word, joins_charges, run, strip};
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// The names in a noun phrase: the first, and those joined to it by `and`.
pub(crate) fn names_in(
    tokens: Tokens<'_>,
    first: usize,
    last: usize,
) -> Option<Vec<(usize, usize)>> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut at = first;
    while at < last {
        if tokens[at].kind == Kind::Open {
            let close = (at..last).find(|&close| tokens[close].kind == Kind::Close);
            at = close.map_or(last, |close| close + 1);
            if glosses_office(tokens, &parts, (first, at, last)) {
                parts.clear();
            }
            continue;
        }
        let addressed =
            tokens[at].is(Roles::HONORIFIC) && tokens.get(at + 1).is_some_and(is_name_word);
        if !is_name_word(&tokens[at]) && !addressed {
            at += 1;
            continue;
        }
        let end = run(&tokens, at).clamp(at + 1, last);
        // `Kepala Pusat Data, Informasi, dan …`: the charges of an office.
        if end < last && joins_charges(&tokens, end) {
            at = end;
            continue;
        }
        // `Instagram @rina_halim`: where the account is, not who it is.
        let follows = tokens.get(end).filter(|_| end < last);
        if end - at == 1 && follows.is_some_and(|next| next.kind == Kind::Account) {
            at = end;
            continue;
        }
        if let Some((a, b)) = strip(tokens, at, end) {
            let last_part = parts.last().copied();
            if last_part.is_some_and(|part| {
                leads_to(tokens, part, (at, a))
                    || is_described(tokens, part, (at, a, b), last)
                    || is_numbered(tokens, first, part, (at, a, b))
                    || is_titled(tokens, first, part, (at, a))
            }) {
                parts.pop();
            }
            let owner =
                tokens[b - 1].is(Roles::POSSESSIVE.with(Roles::POSSESSIVE_CURLY)) && end < last;
            if owner {
                at = end;
                continue;
            }
            let joined = parts.is_empty()
                || (parts[parts.len() - 1].1..a).any(|i| tokens[i].is(Roles::COORDINATOR));
            if joined {
                parts.push((a, b));
            }
        }
        at = end;
    }
    (!parts.is_empty()).then_some(parts)
}

/// Whether the bracket that ends at `at` tells of the office before it, whose bearer follows:
/// `Direktur PT Angkutan (PTA) Rina Halim`.
fn glosses_office(
    tokens: Tokens<'_>,
    parts: &[(usize, usize)],
    (first, at, last): (usize, usize, usize),
) -> bool {
    let inner = tokens.get(parts.last().map_or(first, |part| part.1)..at);
    let glosses = inner.is_some_and(|inner| {
        let mut words = inner.iter().filter(|t| t.is_word()).peekable();
        words.peek().is_some() && words.all(|t| t.is(Roles::OFFICE) && !t.is(Roles::ORGANISATION))
    });
    let follows = at < last && tokens.get(at).is_some_and(is_name_word);
    names_bearer(tokens, first, parts, at) || glosses && follows
}

/// Whether the name `first..end` tells whose the office behind it is, in a phrase that an article opens:
/// `the former Lareng Coast chief minister`.
pub(crate) fn is_of_office(tokens: Tokens<'_>, first: usize, end: usize) -> bool {
    const REACH: usize = 3;
    let before = tokens.get(first.saturating_sub(REACH)..first);
    let mut before = before.unwrap_or_default().iter().rev();
    let article = before.find(|t| t.kind != Kind::Lower || t.is(Roles::BARE_ARTICLE));
    let office = tokens
        .get(end)
        .is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::OFFICE.with(Roles::PERSON_NOUN)));
    let plain = tokens.get(end + 1).is_none_or(|t| !is_name_word(t));
    office && plain && article.is_some_and(|t| t.is(Roles::BARE_ARTICLE))
}

/// Whether `part` belongs to the office between it and the run at `at`, in which the name begins at
/// `name`: `Opposition leader Ann Selby`.
fn leads_to(tokens: Tokens<'_>, part: (usize, usize), (at, name): (usize, usize)) -> bool {
    let between = &tokens[part.1..at];
    let body = Roles::ORGANISATION.with(Roles::PLACE);
    // `Rina Halim and captain Ann Selby`
    let lead = &tokens[part.0];
    let joined = between.first().is_some_and(|t| t.is(Roles::COORDINATOR));
    if joined && !lead.is(body) && lead.kind != Kind::Upper {
        return false;
    }
    between.iter().all(|t| t.kind == Kind::Lower)
        && !tokens[name].is(body)
        && tokens[name].kind != Kind::Upper
        && between
            .last()
            .is_some_and(|t| t.is(Roles::OFFICE.with(Roles::PERSON_NOUN)))
}

/// Whether `part` and the common words behind it tell what the one is whose name `a..b` ends the phrase:
/// `Lareng County deputy medical examiner Rina Halim`.
fn is_described(
    tokens: Tokens<'_>,
    part: (usize, usize),
    (at, a, b): (usize, usize, usize),
    last: usize,
) -> bool {
    const LONGEST: usize = 4;
    let between = tokens.get(part.1..at).unwrap_or_default();
    let common = |t: &Token| t.kind == Kind::Lower && (t.roles.is_empty() || t.is(Roles::OFFICE));
    let body = TITLE.with(Roles::BODY_END);
    let office = |t: &Token| t.is(Roles::OFFICE);
    // `Newly elected Lareng Mayor Rina Halim`
    let opens = part.1 == part.0 + 1 && tokens[part.0].roles.is_empty();
    let titled = opens && tokens[at..a].iter().any(office);
    (1..=LONGEST).contains(&between.len())
        && between.iter().all(common)
        && (between.iter().any(office) && a == at || titled)
        && b == last
        && b - a == 2
        && !tokens[a..b].iter().any(|t| t.is(body))
}

/// Whether `part` and the number behind it belong to the office of the name `a..b` in the run at `at`:
/// `Kanit PJR 8 Lareng AKP Rina Halim`.
fn is_numbered(
    tokens: Tokens<'_>,
    first: usize,
    part: (usize, usize),
    (at, a, b): (usize, usize, usize),
) -> bool {
    let between = &tokens[part.1..at];
    let office = tokens[first..part.0].iter().any(|t| t.is(Roles::OFFICE));
    let numbers = between.iter().all(|t| t.kind == Kind::Number);
    let placed = tokens[at..a].iter().any(|t| t.is(Roles::PLACED));
    let body = tokens[part.0].is(Roles::ORGANISATION);
    office && numbers && between.len() == 1 && (b - a > 1 || body) && !placed
}

/// Whether `part`, by its look a name, belongs to the title of an office that goes on to the run at
/// `at`, in which the name begins at `name`: `Direktur Penyakit Tidak Menular dr. Rina Halim`,
/// `Menteri Sekretaris Negara (Mensesneg) sekaligus Juru Bicara Presiden Rina Halim`.
fn is_titled(
    tokens: Tokens<'_>,
    first: usize,
    part: (usize, usize),
    (at, name): (usize, usize),
) -> bool {
    let led = tokens[first..part.0].iter().any(|t| t.is(Roles::OFFICE));
    let heard = tokens[part.0..part.1]
        .iter()
        .any(|t| t.is(Roles::KNOWN_SPEAKER));
    let between = &tokens[part.1..at];
    // A shorter one may be a syllable of a name (`Simon Tak Leung`).
    let within = |t: &Token| {
        let grammar = Roles::NEGATION
            .with(Roles::PREPOSITION)
            .with(Roles::AUXILIARY);
        t.is_capital() && t.is(grammar) && t.span().len() > 3
    };
    let capitals = !between.is_empty() && between.iter().all(within);
    let adverb = |t: &Token| t.kind == Kind::Lower && t.is(Roles::AUXILIARY);
    let office = tokens[at].is(Roles::OFFICE) && name > at;
    let joined = |t: &Token| t.is(Roles::COORDINATOR) || t.kind == Kind::Comma;
    let doubled = office && between.iter().any(adverb) && !between.iter().any(joined);
    led && !heard && (capitals || doubled)
}

/// Whether the name so far belongs to the office or body before the bracket that ends at `at`,
/// where another name follows.
fn names_bearer(tokens: Tokens<'_>, first: usize, parts: &[(usize, usize)], at: usize) -> bool {
    let Some(&(a, b)) = parts.first() else {
        return false;
    };
    let body = tokens[a].is(Roles::ORGANISATION) || tokens[a].kind == Kind::Upper;
    let office = tokens[first..b]
        .iter()
        .any(|t| t.is(Roles::OFFICE.with(Roles::ORGANISATION)));
    let heard = tokens[a..b].iter().any(|t| t.is(Roles::KNOWN_SPEAKER));
    (body || office && !heard)
        && tokens.get(at).is_some_and(is_name_word)
        && strip(tokens, at, run(&tokens, at))
            .is_some_and(|(begin, _)| !tokens[begin].is(Roles::ORGANISATION.with(Roles::PLACE)))
}

/// Whether the name in a phrase that opens with an office is the body or the place that the office
/// belongs to, so that its bearer may follow: `juru bicara Gugus Tugas, Alamsyah`.
pub(crate) fn names_body(tokens: Tokens<'_>, first: usize, parts: &[(usize, usize)]) -> bool {
    let &[(a, b)] = parts else {
        return false;
    };
    let words = &tokens[a..b];
    let whole = |token: &Token| token.is(Roles::ORGANISATION) && token.is(Roles::PLACE);
    let before = tokens[..a].last().filter(|_| a > first);
    let before = before.filter(|token| !whole(token));
    let placed = b - a == 1 && before.is_some_and(|t| t.is(Roles::PLACED.with(Roles::PLACE)));
    let led = tokens[first..a]
        .iter()
        .any(|t| t.is(Roles::OFFICE.with(Roles::ORGANISATION)));
    led && (placed
        || words[0].is(Roles::ORGANISATION.with(Roles::PLACE))
        || before.is_some_and(|t| t.is(Roles::ORGANISATION))
        || words.iter().all(|t| t.kind == Kind::Upper))
}

/// A name set off by commas behind an office: `Kepala Dusun Nglahar, Kelurahan Sumbersari, Wahyu`.
pub(crate) fn behind_comma(
    tokens: Tokens<'_>,
    first: usize,
    last: usize,
    end: usize,
) -> Option<Mention> {
    let leads = Roles::OFFICE.with(Roles::ORGANISATION);
    if !(first..last).any(|at| tokens[at].is(leads)) {
        return None;
    }
    set_off(tokens, first, last, end)
}

/// The first name of a person that a comma sets off behind `first..last`.
fn set_off(tokens: Tokens<'_>, first: usize, last: usize, end: usize) -> Option<Mention> {
    let mut comma = past_bracket(tokens, last, end);
    for _ in 0..4 {
        if tokens.get(comma).filter(|_| comma < end)?.kind != Kind::Comma {
            return None;
        }
        let begin = comma + 1;
        if comma == last
            && let Some(found) = titled_behind(tokens, (first, begin), end)
        {
            return Some(found);
        }
        let opens_name = |token: &&Token| is_name_word(token) || token.is(Roles::HONORIFIC);
        tokens
            .get(begin)
            .filter(|_| begin < end)
            .filter(opens_name)?;
        let stop = run(&tokens, begin).min(end);
        // `Kepala Dusun Karang, Kelurahan Lareng, Rina Halim`
        if tokens[begin].is(Roles::TERRITORY) {
            comma = stop;
            continue;
        }
        // `Kepala Pusat Data, Informasi dan Komunikasi Bencana, Rina Halim`: what the office is of.
        if let Some(next) = charges_end(tokens, stop, end) {
            comma = next;
            continue;
        }
        if let Some((a, b)) = strip(tokens, begin, stop).filter(|&(a, b)| {
            let place = Roles::ORGANISATION.with(Roles::PLACE);
            let ends = tokens[b - 1].is(Roles::PLACE) && !tokens[a].is(Roles::KNOWN_SPEAKER);
            !tokens[a].is(place) && !ends
        }) {
            return Some(Mention {
                kind: MentionKind::Name,
                span: span_of(tokens, a, b),
                parts: vec![(a, b)],
                first,
                last: stop,
            });
        }
        comma = stop;
    }
    None
}

/// The name that an office in small letters at `begin` leads to, where a comma closes it: `anggota tim
/// lain, ahli gizi Rina Halim, …`.
fn titled_behind(
    tokens: Tokens<'_>,
    (first, begin): (usize, usize),
    end: usize,
) -> Option<Mention> {
    const REACH: usize = 3;
    let plain = |t: &Token| t.kind == Kind::Lower && (t.roles.is_empty() || t.is(Roles::OFFICE));
    let office = tokens.get(begin)?;
    let name = (begin..end.min(begin + REACH)).find(|&at| !plain(&tokens[at]))?;
    let stop = run(&tokens, name).min(end);
    let (a, b) = strip(tokens, name, stop).filter(|_| stop > name)?;
    let comma = tokens.get(stop).filter(|_| stop < end)?;
    let person = b - a > 1 && !tokens[a].is(Roles::ORGANISATION.with(Roles::PLACE));
    let led = office.kind == Kind::Lower && office.is(Roles::OFFICE) && a == name;
    (led && person && comma.kind == Kind::Comma).then(|| Mention {
        kind: MentionKind::Name,
        span: span_of(tokens, a, b),
        parts: vec![(a, b)],
        first,
        last: stop,
    })
}

/// The comma behind the capitals that `and` joins to those before `at`, if one is there.
fn charges_end(tokens: Tokens<'_>, at: usize, end: usize) -> Option<usize> {
    const REACH: usize = 8;
    let joint = tokens.get(at).filter(|_| at < end)?;
    let next = tokens.get(at + 1).filter(|next| next.is_capital())?;
    let titled = next.is(Roles::OFFICE.with(Roles::HONORIFIC));
    (joint.is(Roles::COORDINATOR) && !titled).then_some(())?;
    (at + 1..end.min(at + REACH))
        .find(|&at| !tokens[at].is_capital())
        .filter(|&at| tokens[at].kind == Kind::Comma)
}

/// The name set off behind an office whose own name is that of its body: `Ketua Tagana Lareng,
/// Yasri`. By its look the body's may be a person's, so that only one who is heard elsewhere, or has
/// a name of several words, is taken for the bearer.
pub(crate) fn apposed_name(
    tokens: Tokens<'_>,
    first: usize,
    parts: &[(usize, usize)],
    (last, end): (usize, usize),
) -> Option<Mention> {
    let &[(a, b)] = parts else {
        return None;
    };
    let led = tokens[first..a].iter().any(|t| t.is(Roles::OFFICE));
    let heard =
        |from: usize, to: usize| tokens[from..to].iter().any(|t| t.is(Roles::KNOWN_SPEAKER));
    if heard(a, b) || !(led || names_post(&tokens[a..b])) {
        return None;
    }
    let found = set_off(tokens, first, last, end)?;
    let &(from, to) = found.parts.first()?;
    let office = tokens[last..from]
        .iter()
        .any(|t| t.is(Roles::OFFICE) && !t.is(Roles::HONORIFIC));
    let comma = tokens[last..from].iter().filter(|t| t.kind == Kind::Comma);
    let body = tokens[first..a]
        .iter()
        .any(|t| t.is(Roles::ORGANISATION) && !t.is(Roles::PLACE));
    let charges = tokens[last..from].iter().any(|t| t.is(Roles::COORDINATOR));
    let sure = led && (body || heard(from, to)) || closes(tokens, (from, to), end);
    (!office && (comma.count() == 1 || charges) && sure).then_some(found)
}

/// Whether `words`, by their look a name, are too many for a person's and name a body or place behind
/// their first: an office that no list has (`Bintara Kaji Cepat Sudin Gulkarmat Jakarta Timur`).
fn names_post(words: &[Token]) -> bool {
    const SHORTEST: usize = 4;
    let body = Roles::ORGANISATION.with(Roles::PLACE).with(Roles::OFFICE);
    let named = |token: &Token| token.is(body) || token.kind == Kind::Upper;
    words.len() >= SHORTEST && words[1..].iter().any(named)
}

/// Whether the name `from..to` has several words and nothing behind it that would go on with it.
pub(crate) fn closes(tokens: Tokens<'_>, (from, to): (usize, usize), end: usize) -> bool {
    let next = tokens.get(to).filter(|_| to < end);
    let adjunct = Roles::PREPOSITION
        .with(Roles::TIME)
        .with(Roles::SUBORDINATOR);
    to - from > 1 && next.is_none_or(|next| !next.is_word() || next.is(adjunct))
}

/// Behind the bracket that opens at `at`, if one does.
pub(crate) fn past_bracket(tokens: Tokens<'_>, at: usize, end: usize) -> usize {
    const REACH: usize = 8;
    if tokens.get(at).is_none_or(|t| t.kind != Kind::Open) {
        return at;
    }
    let close = (at..end.min(at + REACH)).find(|&close| tokens[close].kind == Kind::Close);
    close.map_or(at, |close| close + 1)
}
