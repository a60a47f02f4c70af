//! Who stands beside a cue: the noun phrase before or behind a reporting verb, and the name in it.

use super::mention::{Mention, MentionKind, span_of};
use super::offices::{apposed_name, behind_comma, closes, names_body, names_in};
use crate::language::Roles;
use crate::quotes::words::name_words::{is_name_word, joins_body, joins_charges, run, strip};
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// What ends a noun phrase to the right of a cue.
const ENDS_AFTER: Roles = Roles::PREPOSITION
    .with(Roles::SUBORDINATOR)
    .with(Roles::TIME)
    .with(Roles::COMPLEMENTISER)
    .with(Roles::VERB)
    .with(Roles::NEEDS_COMPLEMENT)
    .with(Roles::CARRIER)
    .with(Roles::FINITE)
    .with(Roles::ADDRESS);

/// The speaker behind a cue: `kata [Rina Halim]`, `said [the minister]`. Of a document, the one whose
/// words it has: `demikian bunyi pesan dari [Dinas Kesehatan Bogor]`.
pub(crate) fn after(tokens: Tokens<'_>, at: usize, end: usize) -> Option<Mention> {
    let found = noun_phrase(tokens, at, end)?;
    let mut source = author(tokens, &found, end);
    while let Some(at) = source {
        let Some(next) = noun_phrase(tokens, at, end) else {
            break;
        };
        if next.kind == MentionKind::Name {
            return Some(next);
        }
        source = author(tokens, &next, end);
    }
    let last = match found.kind {
        MentionKind::Description => of_whom(tokens, found.last, end),
        _ => found.last,
    };
    Some(if last > found.last {
        description(tokens, found.first, last)
    } else {
        found
    })
}

/// Where the author is named of a document that a description tells of.
fn author(tokens: Tokens<'_>, found: &Mention, end: usize) -> Option<usize> {
    let words = tokens.get(found.first..found.last)?;
    let someone = |t: &Token| {
        t.is_capital() || t.is(Roles::OFFICE.with(Roles::ORGANISATION).with(Roles::ARTICLE))
    };
    let document =
        found.kind == MentionKind::Description && words.iter().any(|t| t.is(Roles::DOCUMENT));
    if document && let Some(at) = voiced_by(tokens, found) {
        return Some(at);
    }
    let is_document = document
        && !words
            .iter()
            .any(|t| t.kind == Kind::Lower && t.is(Roles::RELATIVE))
        && tokens.get(found.last)?.is(Roles::PREPOSITION);
    let next = found.last + 1;
    (is_document && next < end && tokens.get(next).is_some_and(someone)).then_some(next)
}

/// Where the one is named by whom a document is told to have been given: `pernyataan bersama yang
/// dibacakan [Rina Halim]`.
pub(crate) fn voiced_by(tokens: Tokens<'_>, found: &Mention) -> Option<usize> {
    let relative = (found.first + 1..found.last)
        .find(|&at| tokens[at].kind == Kind::Lower && tokens[at].is(Roles::RELATIVE))?;
    let verb = tokens.get(relative + 1).filter(|t| t.kind == Kind::Lower)?;
    let agent = usize::from(tokens.get(relative + 2)?.is(Roles::AGENT));
    let next = relative + 2 + agent;
    let named = tokens.get(next).filter(|_| next < found.last)?;
    // Who has received it says nothing.
    let other = Roles::AUXILIARY.with(Roles::FINITE).with(Roles::CARRIER);
    let place = named.is(Roles::PLACE) && !named.is(Roles::ORGANISATION);
    let someone = named.is_capital() && !named.is(Roles::TIME) && !place;
    (!verb.is(other) && someone).then_some(next)
}

/// The noun phrase that begins at `at`, as a name where it has one.
fn noun_phrase(tokens: Tokens<'_>, at: usize, end: usize) -> Option<Mention> {
    let mut at = at;
    while at < end && skips(&tokens[at]) {
        at += 1;
    }
    let token = tokens.get(at).filter(|_| at < end)?;
    if !token.is_word() {
        return None;
    }
    if token.is(Roles::PRONOUN) {
        return Some(pronoun(tokens, at));
    }
    let last = extent(tokens, at, end);
    if last == at {
        return None;
    }
    if let Some(called) = called(tokens, at, last) {
        return Some(called);
    }
    let named = names_in(tokens, at, last);
    if token.kind == Kind::Lower
        && let Some(last) = pointed(
            tokens,
            at,
            (last, end),
            named.as_deref().unwrap_or_default(),
        )
    {
        return Some(description(tokens, at, last));
    }
    if let Some(found) = behind_charges(tokens, named.as_deref(), (at, last), end) {
        return Some(found);
    }
    let named = named.filter(|parts| {
        let article = token.is(Roles::BARE_ARTICLE);
        !(speaks_for(tokens, at, parts)
            || (article || is_adjective(tokens, parts, last)) && owns_more(tokens, parts, last)
            || points(tokens, at, last)
            || comes_from(tokens, at, parts))
    });
    match named {
        Some(parts) => named_phrase(tokens, parts, (at, last), end),
        None => Some(unnamed_phrase(tokens, (at, last), end)),
    }
}

/// The name that a comma sets off from an office whose charges look like names: `Deputi Bidang
/// Pengelolaan dan Pengembangan Usaha, Rina Halim, …`
fn behind_charges(
    tokens: Tokens<'_>,
    parts: Option<&[(usize, usize)]>,
    (at, last): (usize, usize),
    end: usize,
) -> Option<Mention> {
    let heard = |&(a, b): &(usize, usize)| tokens[a..b].iter().any(|t| t.is(Roles::KNOWN_SPEAKER));
    let charges = parts.is_some_and(|parts| parts.len() > 1 && !parts.iter().any(heard));
    if !charges || !tokens[at].is(Roles::OFFICE) {
        return None;
    }
    let found = behind_comma(tokens, at, last, end)?;
    let closed = found.parts.iter().all(|&part| closes(tokens, part, end));
    closed.then_some(found)
}

/// The noun phrase `at..last` that holds the names `parts`: of those, or of who is named behind it.
fn named_phrase(
    tokens: Tokens<'_>,
    parts: Vec<(usize, usize)>,
    (at, last): (usize, usize),
    end: usize,
) -> Option<Mention> {
    let bearer = if names_body(tokens, at, &parts) {
        behind_comma(tokens, at, last, end)
    } else {
        apposed_name(tokens, at, &parts, (last, end))
    };
    if bearer.is_some() {
        return bearer;
    }
    let (first, stop) = (parts.first()?.0, parts.last()?.1);
    Some(Mention {
        kind: MentionKind::Name,
        span: span_of(tokens, first, stop),
        parts,
        first: at,
        last,
    })
}

/// The noun phrase `at..last` without a name: of who is named behind it, or a description.
fn unnamed_phrase(tokens: Tokens<'_>, (at, last): (usize, usize), end: usize) -> Mention {
    // `Kepala Dinas Kesehatan Bogor, Rina Halim, …`: the name behind the office.
    if let Some(found) =
        behind_comma(tokens, at, last, end).or_else(|| of_body(tokens, at, last, end))
    {
        return found;
    }
    let last = described(tokens, at, last, end);
    let document = tokens[at..last].iter().any(|t| t.is(Roles::DOCUMENT));
    let last = if document {
        last
    } else {
        of_whom(tokens, last, end)
    };
    behind_comma(tokens, at, last, end).unwrap_or_else(|| description(tokens, at, last))
}

/// Whether the name in a phrase is of the one for whom someone else speaks: `kuasa hukum Rina Halim`.
fn speaks_for(tokens: Tokens<'_>, first: usize, parts: &[(usize, usize)]) -> bool {
    let name = parts.first().map_or(first, |part| part.0);
    let before = name.checked_sub(1).filter(|&at| at >= first);
    before.is_some_and(|at| tokens.get(at).is_some_and(|t| t.is(Roles::DELEGATE)))
}

pub(crate) fn description(tokens: Tokens<'_>, first: usize, last: usize) -> Mention {
    Mention {
        kind: MentionKind::Description,
        span: span_of(tokens, first, last),
        parts: vec![(first, last)],
        first,
        last,
    }
}

/// The name that someone is told to bear in `first..last`: `warga Lareng bernama [Rina Halim]`.
fn called(tokens: Tokens<'_>, first: usize, last: usize) -> Option<Mention> {
    let at = (first + 1..last)
        .find(|&at| tokens[at].kind == Kind::Lower && tokens[at].is(Roles::NAMING))?;
    let other = Roles::KNOWN_SPEAKER.with(Roles::FINITE);
    let (a, b) = strip(tokens, at + 1, run(&tokens, at + 1).min(last))?;
    (!tokens[first..at].iter().any(|t| t.is(other))).then(|| Mention {
        kind: MentionKind::Name,
        span: span_of(tokens, a, b),
        parts: vec![(a, b)],
        first,
        last,
    })
}

/// The end of a description that goes on behind `last` and points at someone: `anggota Komisi V
/// dari Lareng itu`, `eks pemain Lareng, Suta, dan Karang ini`. A person named in it is the speaker.
pub(crate) fn pointed(
    tokens: Tokens<'_>,
    first: usize,
    (last, end): (usize, usize),
    named: &[(usize, usize)],
) -> Option<usize> {
    const REACH: usize = 14;
    let head = tokens.get(first).filter(|t| !t.is(Roles::DOCUMENT))?;
    let joint = tokens.get(last).filter(|_| last < end)?;
    let lists = joint.kind == Kind::Comma && !named.is_empty() && head.is(Roles::OFFICE);
    let belongs = joint.kind == Kind::Lower && joint.is(Roles::RELATIVE.with(Roles::ORIGIN));
    let body = named.is_empty() || names_body(tokens, first, named);
    if !(lists || belongs && body) {
        return None;
    }
    let goes_on = |token: &Token| {
        let listed = is_name_word(token) || token.is(Roles::COORDINATOR);
        let ends = Roles::SUBORDINATOR
            .with(Roles::TIME)
            .with(Roles::COMPLEMENTISER);
        if lists {
            listed || token.kind == Kind::Comma
        } else {
            token.is_word() && !token.is(ends)
        }
    };
    let stop = (last + 1..end.min(last + REACH))
        .find(|&at| points(tokens, first, at + 1) || !goes_on(&tokens[at]))
        .filter(|&at| points(tokens, first, at + 1))?;
    let closes = tokens
        .get(stop + 1)
        .filter(|_| stop + 1 < end)
        .is_none_or(|next| !next.is_word() || next.is(ENDS_AFTER));
    closes.then_some(stop + 1)
}

fn skips(token: &Token) -> bool {
    token.kind == Kind::Lower
        && token.is(Roles::AUXILIARY.with(Roles::AGENT))
        && !token.is(Roles::PRONOUN)
}

pub(crate) fn pronoun(tokens: Tokens<'_>, at: usize) -> Mention {
    Mention {
        kind: MentionKind::Pronoun,
        span: tokens[at].span(),
        parts: vec![(at, at + 1)],
        first: at,
        last: at + 1,
    }
}

/// Where the noun phrase that begins at `at` ends: at a sign, a preposition, a time, a verb.
fn extent(tokens: Tokens<'_>, at: usize, end: usize) -> usize {
    let mut last = at;
    while last < end {
        let token = &tokens[last];
        match token.kind {
            Kind::Lower if !joins_body(&tokens, at, last) && ends_at_word(tokens, at, last) => {
                break;
            }
            Kind::Comma if last > at && joins_charges(&tokens, last) => last += 1,
            // Right behind the cue it can only be a name: `kata Hari`.
            Kind::Capital | Kind::Upper if token.is(Roles::TIME) && last > at => break,
            Kind::Lower | Kind::Capital | Kind::Upper | Kind::Account | Kind::Number => last += 1,
            Kind::Stop
                if token.span().len() == 1
                    && tokens[last - usize::from(last > at)]
                        .is(Roles::ABBREVIATION.with(Roles::HONORIFIC))
                    && tokens[last - usize::from(last > at)].end == token.start =>
            {
                last += 1;
            }
            Kind::Stop
                if last > at
                    && tokens[last - 1].span().len() == 1
                    && tokens[last - 1].is_capital()
                    && tokens.get(last + 1).is_some_and(Token::is_capital) =>
            {
                last += 1;
            }
            // `Amerika Serikat (AS) dan sekutunya`
            Kind::Open if last > at => {
                let close = (last + 1..end.min(last + 6)).find(|&c| tokens[c].kind == Kind::Close);
                match close {
                    Some(close)
                        if tokens.get(close + 1).is_some_and(|next| {
                            next.is(Roles::COORDINATOR)
                                || next.is_capital() && !next.is(Roles::TIME)
                        }) =>
                    {
                        last = close + 1;
                    }
                    _ => break,
                }
            }
            _ => break,
        }
    }
    last
}

/// Whether the noun phrase that begins at `at` ends before the word in small letters at `last`.
fn ends_at_word(tokens: Tokens<'_>, at: usize, last: usize) -> bool {
    let token = &tokens[last];
    if token.is(Roles::RELATIVE) {
        return true;
    }
    let Some(before) = last.checked_sub(1).filter(|_| last > at) else {
        let opens = Roles::PREPOSITION.with(Roles::SUBORDINATOR);
        return token.is(opens.with(Roles::COMPLEMENTISER));
    };
    let before = &tokens[before];
    // `kata perempuan berusia 50 tahun itu`
    if token.is(Roles::TIME) && before.kind == Kind::Number {
        return false;
    }
    // `begründete der Präsident seine Haltung`: another phrase begins.
    let determiner = token.is(Roles::DETERMINER) && !token.is(Roles::PARTICLE.with(Roles::OFFICE));
    if before.is_capital() && determiner {
        return true;
    }
    // `pernyataan bersama yang dibacakan Rina`
    let relative = tokens.get(last + 1).is_some_and(|t| t.is(Roles::RELATIVE));
    if token.is(Roles::PREPOSITION) && before.is(Roles::DOCUMENT) && relative {
        return false;
    }
    // `according to media reports`
    let according = at.checked_sub(1).and_then(|at| tokens.get(at));
    let source = according.is_some_and(|t| t.is(Roles::ACCORDING));
    if source && token.is(Roles::NOMINAL) && before.kind == Kind::Lower {
        return false;
    }
    // `a report by the ministry`: the noun, not the verb.
    // So is it in `a new report by the ministry`.
    let led = tokens[at].is(Roles::ARTICLE);
    let plain = |t: &Token| t.kind == Kind::Lower && !t.is(ENDS_AFTER.with(Roles::PRONOUN));
    let adjective = led && plain(before) && tokens[at + 1..last].iter().all(plain);
    if token.is(Roles::DOCUMENT) && (before.is(Roles::ARTICLE) || adjective) {
        return false;
    }
    token.is(ENDS_AFTER.with(Roles::PRONOUN)) && !token.is(Roles::OFFICE.with(Roles::PARTICLE))
}

/// A description runs on over `yang dekat dengan …` to the next sign.
fn described(tokens: Tokens<'_>, first: usize, last: usize, end: usize) -> usize {
    let mut last = last;
    if tokens.get(last).is_some_and(|t| t.is(Roles::RELATIVE)) {
        while last < end
            && tokens[last].is_word()
            && !tokens[last].is(Roles::SUBORDINATOR.with(Roles::TIME))
        {
            last += 1;
            // `perempuan yang akrab disapa Rina ini kepada wartawan`
            if points(tokens, first, last) && tokens.get(last).is_some_and(|t| t.is(ENDS_AFTER)) {
                break;
            }
        }
    }
    last
}

/// Where a description ends that goes on with what the one described is of: `the former mayor [of
/// Lareng]`, `seorang pejabat [dari Dinas Air]`.
fn of_whom(tokens: Tokens<'_>, last: usize, end: usize) -> usize {
    let of = Roles::BODY_PARTICLE.with(Roles::ORIGIN).with(Roles::AGENT);
    let joint = tokens.get(last).filter(|_| last + 1 < end);
    let next = tokens.get(last + 1);
    let told = |t: &Token| is_name_word(t) || t.is(Roles::ARTICLE.with(Roles::ORGANISATION));
    if joint.is_some_and(|t| t.kind == Kind::Lower && t.is(of)) && next.is_some_and(told) {
        extent(tokens, last + 1, end)
    } else {
        last
    }
}

/// The pronoun or name that opens the sentence at `start`, behind conjunctions and adverbs.
pub(crate) fn at_head(tokens: Tokens<'_>, start: usize, end: usize) -> Option<Mention> {
    let opener = Roles::OPENER.with(Roles::COORDINATOR);
    let first = (start..end).find(|&at| !tokens[at].is(opener) || tokens[at].is(Roles::PRONOUN))?;
    let head = &tokens[first];
    if head.is(Roles::PRONOUN) {
        return Some(pronoun(tokens, first));
    }
    let named = is_name_word(head) || head.is(Roles::HONORIFIC.with(Roles::DETERMINER));
    after(tokens, first, end).filter(|found| named && found.kind == MentionKind::Name)
}

/// The speaker in the segment `first..last`, which ends right before the cue.
pub(crate) fn phrase(tokens: Tokens<'_>, first: usize, last: usize) -> Option<Mention> {
    let predicate = tokens[first..last].first().is_some_and(trails);
    let first = opening_of(tokens, first, last)?;
    // `she said in Parliament, then added`
    let opens = tokens[first];
    if last > first + 1 && opens.is(Roles::PRONOUN) && !opens.is(Roles::DETERMINER) {
        return Some(pronoun(tokens, first));
    }
    if let Some(called) = called(tokens, first, last) {
        return Some(called);
    }
    let head = head_end(tokens, first, last);
    if let Some(found) = behind_place(tokens, first, head, last) {
        return Some(found);
    }
    if let Some(parts) = names_in(tokens, first, head).filter(|parts| {
        let pointed = points(tokens, first, head)
            || points(tokens, first, last) && names_body(tokens, first, parts);
        !pointed
            && !speaks_for(tokens, first, parts)
            && !owns_more(tokens, parts, head)
            && !comes_from(tokens, first, parts)
    }) {
        let (a, b) = (parts[0].0, parts[parts.len() - 1].1);
        return Some(Mention {
            kind: MentionKind::Name,
            span: span_of(tokens, a, b),
            parts,
            first,
            last,
        });
    }
    // `their chants`: the cue is the noun that an article stands before.
    if last == first + 1 && tokens[first].is(Roles::ARTICLE) {
        return None;
    }
    let office = |t: &Token| t.is(Roles::OFFICE);
    if is_predicate(tokens, first, last) || predicate && !tokens[first..last].iter().any(office) {
        return None;
    }
    Some(description(
        tokens,
        first,
        description_end(tokens, first, last),
    ))
}

/// Whether the words `first..last` are what a sentence says of its subject rather than one that speaks.
fn is_predicate(tokens: Tokens<'_>, first: usize, last: usize) -> bool {
    // `akan sangat sulit berharap`: what an auxiliary opens, or a verb alone, is no subject.
    let verb = Roles::FINITE.with(Roles::CARRIER).with(Roles::PASSIVE);
    // `Sempat mengaku lelah, Rina …`
    let adverb = tokens[first].is_capital() && tokens[first].is(Roles::AUXILIARY);
    let verbal = tokens[first].kind == Kind::Lower && tokens[first].is(verb);
    let alone = last - first == 1 && (verbal || adverb);
    // `whose book “Benches” came out in January, argues`
    let finite = verbal && tokens[first].is(Roles::FINITE) && !tokens[first].is(Roles::OFFICE);
    // `… and renewed his pledge to attend`
    let [lead, next] = [first, first + 1].map(|at| tokens.get(at).filter(|_| at < last));
    let verb = lead.is_some_and(|t| t.kind == Kind::Lower && t.roles.is_empty());
    let transitive = verb
        && next.is_some_and(|t| {
            let leads = Roles::ARTICLE.with(Roles::DETERMINER);
            t.kind == Kind::Lower && t.is(leads) && !t.is(Roles::OFFICE.with(Roles::DEMONSTRATIVE))
        });
    alone || finite || transitive
}

/// Where the description of the segment `first..last` ends, before a verb or right behind the word that
/// points.
fn description_end(tokens: Tokens<'_>, first: usize, last: usize) -> usize {
    // `A voice is then heard saying`, `producers had this to say`
    let ends = Roles::COPULA.with(Roles::FINITE).with(Roles::RELATIVE);
    let verb = (first + 1..last).find(|&at| tokens[at].kind == Kind::Lower && tokens[at].is(ends));
    let verb = verb.filter(|&at| !tokens[at].is(Roles::RELATIVE));
    // `agensi tersebut menyatakan tidak akan …`
    let points = (first + 2..verb.unwrap_or(last)).find(|&at| {
        let next = tokens.get(at).filter(|t| t.kind == Kind::Lower);
        points(tokens, first, at) && next.is_some_and(|t| !t.is(Roles::RELATIVE))
    });
    points.or(verb).unwrap_or(last)
}

/// Where the phrase of the segment `first..last` begins: behind conjunctions and adverbs, and behind
/// what an opening preposition governs.
fn opening_of(tokens: Tokens<'_>, first: usize, last: usize) -> Option<usize> {
    let mut first = first;
    while first < last
        && (tokens[first].is(Roles::OPENER.with(Roles::COORDINATOR)) || trails(&tokens[first]))
        && !tokens[first].is(Roles::DETERMINER.with(Roles::PRONOUN))
    {
        first += 1;
    }
    if first >= last {
        return None;
    }
    if tokens[first].is(Roles::PREPOSITION
        .with(Roles::SUBORDINATOR)
        .with(Roles::TIME))
    {
        // `Dalam suratnya Kim …`: the last name or description before the verb.
        let begin = (first..last)
            .rev()
            .take_while(|&at| {
                is_name_word(&tokens[at])
                    || tokens[at].is(Roles::COORDINATOR.with(Roles::PARTICLE))
                    || tokens[at].kind == Kind::Close
            })
            .last()?;
        first = begin;
    }
    Some(first)
}

/// The name behind the place of the office that a phrase opens with: `Direktur Pelabuhan di Lareng
/// Rina Halim`, `Minister for Food Affairs Rina Halim`.
fn behind_place(tokens: Tokens<'_>, first: usize, head: usize, last: usize) -> Option<Mention> {
    /// Words of a charge between an office and its bearer.
    const CHARGE: usize = 3;
    let office = tokens[first..head].iter().any(|t| t.is(Roles::OFFICE));
    let joint = Roles::LOCATIVE
        .with(Roles::BODY_PARTICLE)
        .with(Roles::ORIGIN);
    if head + 2 >= last || !office || !tokens[head].is(joint) {
        return None;
    }
    // `MEC for health Dr Rina Halim`
    let begin = (head + 1..last.min(head + CHARGE + 2))
        .find(|&at| is_name_word(&tokens[at]) || tokens[at].is(Roles::HONORIFIC))?;
    let stop = run(&tokens, begin);
    let (a, b) = strip(tokens, begin, stop).filter(|_| stop == last)?;
    let charged = begin > head + 1
        && b - a > 1
        && tokens[head].is(Roles::BODY_PARTICLE)
        && !tokens[head..begin].iter().any(|t| t.is(Roles::ARTICLE))
        && !tokens[a..b].iter().any(|t| t.is(Roles::ORGANISATION));
    let body = |token: &Token| token.is(Roles::PLACE) || token.kind == Kind::Upper;
    let place = tokens[head + 1..a].last().map(body);
    let named = tokens[a..b].iter().any(|t| t.is(Roles::KNOWN_SPEAKER));
    let placed = place.is_some_and(|place| place || named);
    (charged || placed && b - a > 1).then(|| Mention {
        kind: MentionKind::Name,
        span: span_of(tokens, a, b),
        parts: vec![(a, b)],
        first,
        last,
    })
}

/// The name behind the body or place that the office in `first..last` is at: `kata ekonom dari CSIS
/// Rina Halim`, `kata kepala tim di Kantor Lareng, Rina Halim`.
fn of_body(tokens: Tokens<'_>, first: usize, last: usize, end: usize) -> Option<Mention> {
    const REACH: usize = 8;
    let joint = tokens.get(last).filter(|_| last < end)?;
    if joint.kind != Kind::Lower || !joint.is(Roles::LOCATIVE.with(Roles::ORIGIN)) {
        return None;
    }
    let stop = run(&tokens, last + 1).min(end);
    if closes(tokens, (last, stop), end)
        && let Some(found) = behind_place(tokens, first, last, stop)
    {
        return Some(found);
    }
    let ends = Roles::SUBORDINATOR
        .with(Roles::TIME)
        .with(Roles::RELATIVE)
        .with(Roles::ADDRESS);
    let comma = (last + 1..end.min(last + REACH))
        .find(|&at| !tokens[at].is_word() || tokens[at].is(ends))
        .filter(|&at| tokens[at].kind == Kind::Comma)?;
    let found = behind_comma(tokens, first, comma, end)?;
    let &(a, b) = found.parts.first()?;
    let body = Roles::ORGANISATION.with(Roles::PLACED);
    let sure = tokens[a..b].iter().any(|t| t.is(Roles::KNOWN_SPEAKER))
        || tokens[last..comma].iter().any(|t| t.is(body));
    let near = !tokens[comma + 1..a].iter().any(|t| t.kind == Kind::Comma);
    (sure && near && closes(tokens, (a, b), end)).then_some(found)
}

/// Whether a phrase points at someone by a description: `politisi Partai Hanura itu`.
fn points(tokens: Tokens<'_>, first: usize, last: usize) -> bool {
    last > first + 1
        && tokens[last - 1].is(Roles::DEMONSTRATIVE)
        && !is_name_word(&tokens[last - 1])
}

/// Whether the name in a phrase is but the place that the one spoken of belongs to: `sejumlah warga
/// asal Makassar`.
fn comes_from(tokens: Tokens<'_>, first: usize, parts: &[(usize, usize)]) -> bool {
    let &[(a, b)] = parts else {
        return false;
    };
    let plain = Roles::OPENER
        .with(Roles::COORDINATOR)
        .with(Roles::DETERMINER);
    let is_place = |token: &Token| token.is(Roles::PLACE) && !token.is(Roles::ORGANISATION);
    tokens[a..b].iter().all(is_place)
        && tokens[first..a]
            .iter()
            .any(|t| t.kind == Kind::Lower && !t.is(plain))
}

/// Whether common words follow the name in its phrase, as in `the Trump campaign`: then the name
/// is not the speaker. Adverbs and brackets do not count.
fn owns_more(tokens: Tokens<'_>, parts: &[(usize, usize)], head: usize) -> bool {
    let behind = parts.last().map_or(head, |part| part.1);
    // `a Harbor Council spokesperson`, `the former Harbor captain`
    let before = parts.first().and_then(|part| tokens.get(..part.0));
    let before = before.unwrap_or_default().iter().rev();
    let article = before
        .take_while(|t| t.kind == Kind::Lower || t.is(Roles::BARE_ARTICLE))
        .any(|t| t.is(Roles::BARE_ARTICLE));
    let common = |t: &Token| t.kind == Kind::Lower && t.is(Roles::OFFICE.with(Roles::PERSON_NOUN));
    if article && behind < head && head.checked_sub(1).is_some_and(|at| common(&tokens[at])) {
        return true;
    }
    // `Drs Hendro sutantyo`: the rest of a name in small letters.
    let begin = parts.first().map_or(behind, |part| part.0);
    if begin > 0 && tokens[begin - 1].is(Roles::HONORIFIC) && tokens[begin - 1].is_capital() {
        return false;
    }
    // `the Indian embassy`, `the Lareng report's authors`, `Larengian officials`
    let next = tokens.get(behind).filter(|_| behind < head);
    let place = |t: &Token| t.is(Roles::PLACE) && !t.is(Roles::ORGANISATION);
    let placed = parts.iter().all(|&(a, b)| tokens[a..b].iter().all(place));
    let office = |t: &Token| t.kind == Kind::Lower && t.is(Roles::OFFICE);
    // `Marfin bank officials`
    let more = tokens.get(behind + 1).filter(|_| behind + 1 < head);
    let body = |t: &Token| is_noun(t) && t.is(Roles::ORGANISATION);
    let bodied = next.is_some_and(body) && more.is_some_and(|t| t.kind == Kind::Lower);
    if bodied || next.is_some_and(|t| (article || placed) && is_noun(t) || placed && office(t)) {
        return true;
    }
    // `Rina Halim (23) seorang pedagang`: what follows is said of the name.
    // `Rina akan datang sekaligus meminta`: and so is a predicate.
    let apart = |token: &Token| {
        let ends = Roles::DETERMINER.with(Roles::FINITE).with(Roles::NEGATION);
        token.kind == Kind::Number || token.kind == Kind::Lower && token.is(ends)
    };
    // `Rina Halim Head of Lareng Finance`
    if behind < head && tokens[behind].is_capital() && tokens[behind].is(Roles::OFFICE) {
        return false;
    }
    let head = (behind..head)
        .find(|&at| apart(&tokens[at]) && !tokens[at - 1].is(Roles::COORDINATOR))
        .unwrap_or(head);
    let mut depth = 0;
    tokens[behind..head].iter().any(|token| {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            _ => {}
        }
        depth == 0 && token.kind == Kind::Lower && token.roles.is_empty()
    })
}

/// Whether the name in a phrase is but that of a land, and words in small letters go on with it:
/// `Larengian officials`.
fn is_adjective(tokens: Tokens<'_>, parts: &[(usize, usize)], last: usize) -> bool {
    let place = |t: &Token| t.is(Roles::PLACE) && !t.is(Roles::ORGANISATION);
    parts.iter().all(|&(a, b)| {
        let common = tokens.get(b).filter(|_| b < last);
        let noun =
            common.is_some_and(|t| t.kind == Kind::Lower && (t.roles.is_empty() || is_noun(t)));
        noun && tokens[a..b].iter().all(place)
    })
}

/// Whether a word in small letters is a noun for a body, a document, a charge or people.
fn is_noun(token: &Token) -> bool {
    let noun = Roles::ORGANISATION
        .with(Roles::DOCUMENT)
        .with(Roles::FINDER)
        .with(Roles::PORTFOLIO)
        .with(Roles::PERSON_NOUN);
    let other = Roles::AUXILIARY
        .with(Roles::PREPOSITION)
        .with(Roles::OFFICE);
    token.kind == Kind::Lower && token.is(noun) && !token.is(other)
}

/// Where the head of a noun phrase ends: before its first preposition or relative clause.
fn head_end(tokens: Tokens<'_>, first: usize, last: usize) -> usize {
    (first + 1..last)
        .find(|&at| {
            tokens[at].kind == Kind::Lower
                && tokens[at].is(Roles::PREPOSITION
                    .with(Roles::RELATIVE)
                    .with(Roles::SUBORDINATOR))
                && !tokens[at].is(Roles::COORDINATOR)
                && !(tokens[at].is(Roles::PARTICLE)
                    && tokens[at - 1].is_capital()
                    && tokens.get(at + 1).is_some_and(is_name_word)
                    && !tokens[at].is(Roles::PREPOSITION))
                && !joins_body(&tokens, first, at)
        })
        .unwrap_or(last)
}

/// Whether a word may follow a noun phrase and is no part of it: `sudah`, `today`.
pub(crate) fn trails(token: &Token) -> bool {
    token.kind == Kind::Lower
        && token.is(Roles::AUXILIARY.with(Roles::ADVERB).with(Roles::DAY))
        && !token.is(Roles::PRONOUN)
}
