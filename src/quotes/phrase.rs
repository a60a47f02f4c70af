//! Who stands beside a cue: the noun phrase before or behind a reporting verb, and the name in it.

use super::names::{is_name_word, run, strip};
use super::tokens::{Kind, Token};
use crate::language::Roles;
use crate::text::ByteSpan;

/// What kind of words name a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A name.
    Name,
    /// An office or description without a name.
    Description,
    /// `dia`, `he`.
    Pronoun,
    /// Nothing but the verb: `ujarnya`, `, adding that …`.
    Implied,
}

/// The words that name a speaker, and where they stand.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub said: Said,
    /// The words at the verb; empty where the speaker is implied.
    pub span: ByteSpan,
    /// Token ranges of each speaker's name, or of the description.
    pub parts: Vec<(usize, usize)>,
    /// The whole phrase in tokens.
    pub first: usize,
    pub last: usize,
}

/// What ends a noun phrase to the right of a cue.
const ENDS_AFTER: Roles = Roles::PREPOSITION
    .with(Roles::SUBORDINATOR)
    .with(Roles::TIME)
    .with(Roles::COMPLEMENTISER)
    .with(Roles::VERB)
    .with(Roles::GUARDED)
    .with(Roles::CARRIER)
    .with(Roles::FINITE)
    .with(Roles::ADDRESS);

fn span_of(tokens: &[Token], first: usize, last: usize) -> ByteSpan {
    match (
        tokens.get(first),
        last.checked_sub(1).and_then(|at| tokens.get(at)),
    ) {
        (Some(a), Some(b)) => ByteSpan {
            start: a.start,
            end: b.base_end(),
        },
        _ => ByteSpan::default(),
    }
}

/// The speaker behind a cue: `kata [Rina Halim]`, `said [the minister]`.
pub(super) fn after(tokens: &[Token], at: usize, end: usize) -> Option<Mention> {
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
    if let Some(parts) = names_in(tokens, at, last).filter(|_| !points(tokens, at, last)) {
        if let Some(found) = names_body(tokens, at, &parts)
            .then(|| behind_comma(tokens, at, last, end))
            .flatten()
        {
            return Some(found);
        }
        let (first, stop) = (parts[0].0, parts[parts.len() - 1].1);
        return Some(Mention {
            said: Said::Name,
            span: span_of(tokens, first, stop),
            parts,
            first: at,
            last,
        });
    }
    // `Kepala Dinas Kesehatan Bogor, Rina Halim, …`: the name behind the office.
    if let Some(found) = behind_comma(tokens, at, last, end) {
        return Some(found);
    }
    let last = described(tokens, at, last, end);
    Some(Mention {
        said: Said::Description,
        span: span_of(tokens, at, last),
        parts: vec![(at, last)],
        first: at,
        last,
    })
}

fn skips(token: &Token) -> bool {
    token.kind == Kind::Lower
        && token.is(Roles::AUXILIARY.with(Roles::AGENT))
        && !token.is(Roles::PRONOUN)
}

fn pronoun(tokens: &[Token], at: usize) -> Mention {
    Mention {
        said: Said::Pronoun,
        span: tokens[at].span(),
        parts: vec![(at, at + 1)],
        first: at,
        last: at + 1,
    }
}

/// Where the noun phrase that begins at `at` ends: at a sign, a preposition, a time, a verb.
fn extent(tokens: &[Token], at: usize, end: usize) -> usize {
    let mut last = at;
    while last < end {
        let token = &tokens[last];
        match token.kind {
            Kind::Lower if token.is(Roles::RELATIVE) => break,
            Kind::Lower
                if last > at
                    && token.is(ENDS_AFTER.with(Roles::PRONOUN))
                    && !token.is(Roles::OFFICE.with(Roles::PARTICLE)) =>
            {
                break;
            }
            Kind::Lower
                if last == at
                    && token.is(Roles::PREPOSITION
                        .with(Roles::SUBORDINATOR)
                        .with(Roles::COMPLEMENTISER)) =>
            {
                break;
            }
            // Right behind the cue it can only be a name: `kata Hari`.
            Kind::Capital | Kind::Upper if token.is(Roles::TIME) && last > at => break,
            Kind::Lower | Kind::Capital | Kind::Upper | Kind::Number => last += 1,
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

/// The names in a noun phrase: the first, and those joined to it by `and`.
fn names_in(tokens: &[Token], first: usize, last: usize) -> Option<Vec<(usize, usize)>> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut at = first;
    while at < last {
        if tokens[at].kind == Kind::Open {
            let close = (at..last).find(|&close| tokens[close].kind == Kind::Close);
            at = close.map_or(last, |close| close + 1);
            // `Direktur PT Angkutan (PTA) Rina Halim`: who bears the office follows the bracket.
            if names_bearer(tokens, first, &parts, at) {
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
        let end = run(tokens, at).clamp(at + 1, last);
        if let Some((a, b)) = strip(tokens, at, end) {
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

/// Whether the name so far belongs to the office or body before the bracket that ends at `at`,
/// where another name follows.
fn names_bearer(tokens: &[Token], first: usize, parts: &[(usize, usize)], at: usize) -> bool {
    let Some(&(a, b)) = parts.first() else {
        return false;
    };
    let body = tokens[a].is(Roles::ORGANISATION) || tokens[a].kind == Kind::Upper;
    let office = tokens[first..b]
        .iter()
        .any(|t| t.is(Roles::OFFICE.with(Roles::ORGANISATION)));
    let heard = tokens[a..b].iter().any(|t| t.is(Roles::HEARD));
    (body || office && !heard) && tokens.get(at).is_some_and(is_name_word)
}

/// Whether the name in a phrase that opens with an office is the body or the place that the office
/// belongs to, so that its bearer may follow: `juru bicara Gugus Tugas, Alamsyah`.
fn names_body(tokens: &[Token], first: usize, parts: &[(usize, usize)]) -> bool {
    let &[(a, b)] = parts else {
        return false;
    };
    let words = &tokens[a..b];
    let placed = b - a == 1 && a > first && tokens[a - 1].is(Roles::PLACED.with(Roles::PLACE));
    let led = tokens[first..a]
        .iter()
        .any(|t| t.is(Roles::OFFICE.with(Roles::ORGANISATION)));
    led && (placed
        || words[0].is(Roles::ORGANISATION.with(Roles::PLACE))
        || a > first && tokens[a - 1].is(Roles::ORGANISATION)
        || words.iter().all(|t| t.kind == Kind::Upper))
}

/// A name set off by commas behind an office: `Kepala Dusun Nglahar, Kelurahan Sumbersari, Wahyu`.
fn behind_comma(tokens: &[Token], first: usize, last: usize, end: usize) -> Option<Mention> {
    let office = (first..last).any(|at| tokens[at].is(Roles::OFFICE));
    if !office {
        return None;
    }
    let mut comma = past_bracket(tokens, last, end);
    for _ in 0..4 {
        if tokens.get(comma).filter(|_| comma < end)?.kind != Kind::Comma {
            return None;
        }
        let begin = comma + 1;
        let opens_name = |token: &&Token| is_name_word(token) || token.is(Roles::HONORIFIC);
        tokens
            .get(begin)
            .filter(|_| begin < end)
            .filter(opens_name)?;
        let stop = run(tokens, begin).min(end);
        if let Some((a, b)) = strip(tokens, begin, stop)
            .filter(|&(a, _)| !tokens[a].is(Roles::ORGANISATION.with(Roles::PLACE)))
        {
            return Some(Mention {
                said: Said::Name,
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

/// Behind the bracket that opens at `at`, if one does.
fn past_bracket(tokens: &[Token], at: usize, end: usize) -> usize {
    const REACH: usize = 8;
    let opens = tokens.get(at).is_some_and(|t| t.kind == Kind::Open);
    let close = (at..end.min(at + REACH)).find(|&close| tokens[close].kind == Kind::Close);
    close.filter(|_| opens).map_or(at, |close| close + 1)
}

/// A description runs on over `yang dekat dengan …` to the next sign.
fn described(tokens: &[Token], _first: usize, last: usize, end: usize) -> usize {
    let mut last = last;
    if tokens.get(last).is_some_and(|t| t.is(Roles::RELATIVE)) {
        while last < end
            && tokens[last].is_word()
            && !tokens[last].is(Roles::SUBORDINATOR.with(Roles::TIME))
        {
            last += 1;
        }
    }
    last
}

/// The pronoun or name that opens the sentence at `start`, behind conjunctions and adverbs.
pub(super) fn at_head(tokens: &[Token], start: usize, end: usize) -> Option<Mention> {
    let opener = Roles::OPENER.with(Roles::COORDINATOR);
    let first = (start..end).find(|&at| !tokens[at].is(opener) || tokens[at].is(Roles::PRONOUN))?;
    let head = &tokens[first];
    if head.is(Roles::PRONOUN) {
        return Some(pronoun(tokens, first));
    }
    let named = is_name_word(head) || head.is(Roles::HONORIFIC);
    after(tokens, first, end).filter(|found| named && found.said == Said::Name)
}

/// The speaker before a cue at `cue`, in the clause that begins at `start`.
pub(super) fn before(tokens: &[Token], start: usize, cue: usize) -> Option<Mention> {
    let mut last = cue;
    while last > start && trails(&tokens[last - 1]) {
        last -= 1;
    }
    if last == start {
        return None;
    }
    if last - start > 1
        && tokens[last - 1].kind == Kind::Stop
        && tokens[last - 2].is(Roles::ABBREVIATION.with(Roles::SUFFIX))
    {
        last -= 1;
    }
    let token = &tokens[last - 1];
    if token.kind == Kind::Comma {
        return apposed(tokens, start, last - 1);
    }
    if token.kind == Kind::Close {
        let open = (start..last)
            .rev()
            .take(12)
            .find(|&at| tokens[at].kind == Kind::Open)?;
        return before(tokens, start, open);
    }
    if !token.is_word() {
        return None;
    }
    if token.is(Roles::PRONOUN) {
        return Some(pronoun(tokens, last - 1));
    }
    let first = opening(tokens, start, last);
    // `…, who in 2010 said …`
    let relative = first.checked_sub(1).filter(|&at| {
        at >= start
            && tokens[at].is(Roles::PRONOUN)
            && tokens[first].is(Roles::PREPOSITION.with(Roles::TIME))
    });
    match relative {
        Some(at) => Some(pronoun(tokens, at)),
        None => match adjunct(tokens, start, first, last) {
            Some(adjunct) => before(tokens, start, adjunct),
            None => phrase(tokens, first, last),
        },
    }
}

/// Where an adverbial with a relative clause begins that stands between a speaker and the cue, as
/// in `Rina [dalam kesempatan yang sama] mengatakan`; the clause is `first..last`.
fn adjunct(tokens: &[Token], start: usize, first: usize, last: usize) -> Option<usize> {
    const REACH: usize = 4;
    let relative = first.checked_sub(1).filter(|&at| {
        at > start && tokens[at].kind == Kind::Lower && tokens[at].is(Roles::RELATIVE)
    })?;
    let short = last - first <= 2 && tokens[first..last].iter().all(|t| t.kind == Kind::Lower);
    (start + 1..relative)
        .rev()
        .take(REACH)
        .find(|&at| tokens[at].is(Roles::PREPOSITION))
        .filter(|_| short)
}

fn trails(token: &Token) -> bool {
    token.kind == Kind::Lower && token.is(Roles::AUXILIARY) && !token.is(Roles::PRONOUN)
}

/// Where the segment that ends at `last` begins: behind a sign, a conjunction or the sentence.
fn opening(tokens: &[Token], start: usize, last: usize) -> usize {
    const EDGE: Roles = Roles::COMPLEMENTISER.with(Roles::RELATIVE);
    let mut first = last;
    while first > start {
        let token = &tokens[first - 1];
        match token.kind {
            _ if last - first > 60 => break,
            Kind::Lower if token.is(EDGE) => break,
            Kind::Lower
                if token.is(Roles::SUBORDINATOR)
                    && first < last
                    && !tokens[first].is(Roles::FINITE.with(Roles::PASSIVE)) =>
            {
                break;
            }
            Kind::Lower
                if token.is(Roles::COORDINATOR)
                    && first < last
                    && !is_phrase_like(tokens, start, first - 1)
                    && !joins_places(tokens, start, first - 1) =>
            {
                break;
            }
            Kind::Capital | Kind::Upper if token.is(EDGE) && !is_name_word(token) => break,
            Kind::Lower | Kind::Capital | Kind::Upper | Kind::Number => first -= 1,
            Kind::Stop if tokens[first - 1].end - tokens[first - 1].start == 1 => first -= 1,
            Kind::Close => {
                match (start..first)
                    .rev()
                    .take(12)
                    .find(|&at| tokens[at].kind == Kind::Open)
                {
                    Some(open) => first = open,
                    None => break,
                }
            }
            _ => break,
        }
    }
    first
}

/// Whether the words before a conjunction are a name or a short phrase that it joins to the next.
fn is_phrase_like(tokens: &[Token], start: usize, coordinator: usize) -> bool {
    let lowest = start.max(coordinator.saturating_sub(8));
    let mut length = 0;
    for at in (lowest..coordinator).rev() {
        let token = &tokens[at];
        match token.kind {
            Kind::Comma | Kind::Quote | Kind::Semicolon | Kind::Colon | Kind::Stop | Kind::Dash => {
                break;
            }
            Kind::Lower
                if token.is(Roles::OFFICE
                    .with(Roles::DETERMINER)
                    .with(Roles::PARTICLE)
                    .with(Roles::HONORIFIC)) => {}
            Kind::Lower if token.is(Roles::FUNCTION.with(Roles::FINITE).with(Roles::AUXILIARY)) => {
                return false;
            }
            Kind::Lower => length += 1,
            _ => {}
        }
    }
    length <= 1
}

/// Whether a conjunction joins two adverbials of one phrase: `in Virginia and around the country`.
fn joins_places(tokens: &[Token], start: usize, coordinator: usize) -> bool {
    const REACH: usize = 4;
    let is_preposition = |token: &Token| token.is(Roles::PREPOSITION);
    tokens.get(coordinator + 1).is_some_and(is_preposition)
        && tokens[start.max(coordinator.saturating_sub(REACH))..coordinator]
            .iter()
            .any(is_preposition)
}

/// The speaker in the segment `first..last`, which ends right before the cue.
fn phrase(tokens: &[Token], first: usize, last: usize) -> Option<Mention> {
    let mut first = first;
    let predicate = tokens[first..last].first().is_some_and(trails);
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
    let head = head_end(tokens, first, last);
    if let Some(parts) = names_in(tokens, first, head)
        .filter(|parts| !owns_more(tokens, parts, head) && !points(tokens, first, head))
    {
        let (a, b) = (parts[0].0, parts[parts.len() - 1].1);
        return Some(Mention {
            said: Said::Name,
            span: span_of(tokens, a, b),
            parts,
            first,
            last,
        });
    }
    // `akan sangat sulit berharap`: what an auxiliary opens, or a verb alone, is no subject.
    let verb = Roles::FINITE.with(Roles::CARRIER).with(Roles::PASSIVE);
    let alone = last - first == 1 && tokens[first].kind == Kind::Lower && tokens[first].is(verb);
    if alone || predicate && !tokens[first..last].iter().any(|t| t.is(Roles::OFFICE)) {
        return None;
    }
    Some(Mention {
        said: Said::Description,
        span: span_of(tokens, first, last),
        parts: vec![(first, last)],
        first,
        last,
    })
}

/// Whether a phrase points at someone by a description: `politisi Partai Hanura itu`.
fn points(tokens: &[Token], first: usize, last: usize) -> bool {
    last > first + 1
        && tokens[last - 1].is(Roles::DEMONSTRATIVE)
        && !is_name_word(&tokens[last - 1])
}

/// Whether common words follow the name in its phrase, as in `the Trump campaign`: then the name
/// is not the speaker. Adverbs and brackets do not count.
fn owns_more(tokens: &[Token], parts: &[(usize, usize)], head: usize) -> bool {
    let behind = parts.last().map_or(head, |part| part.1);
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

/// Where the head of a noun phrase ends: before its first preposition or relative clause.
fn head_end(tokens: &[Token], first: usize, last: usize) -> usize {
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
        })
        .unwrap_or(last)
}

/// The speaker where a comma stands before the cue: `Kepala Humas, Eka Asmadi, Kamis, mengatakan`.
fn apposed(tokens: &[Token], start: usize, comma: usize) -> Option<Mention> {
    let mut best: Option<Mention> = None;
    let mut last = comma;
    for _ in 0..10 {
        let first = segment_start(tokens, start, last);
        if let Some(found) = candidate(tokens, first, last) {
            let better = match &best {
                None => true,
                Some(known) => rank(tokens, &found) >= rank(tokens, known),
            };
            if better {
                best = Some(found);
            }
        }
        if first <= start || tokens[first - 1].kind != Kind::Comma {
            break;
        }
        last = first - 1;
    }
    best
}

fn segment_start(tokens: &[Token], start: usize, last: usize) -> usize {
    let mut first = last;
    let mut depth = 0;
    while first > start {
        match tokens[first - 1].kind {
            Kind::Close => depth += 1,
            Kind::Open if depth > 0 => depth -= 1,
            Kind::Comma | Kind::Quote | Kind::Colon | Kind::Semicolon if depth == 0 => break,
            _ => {}
        }
        first -= 1;
    }
    first
}

fn candidate(tokens: &[Token], first: usize, last: usize) -> Option<Mention> {
    let head = tokens.get(first).filter(|_| first < last)?;
    if head.is(Roles::PREPOSITION
        .with(Roles::SUBORDINATOR)
        .with(Roles::TIME)
        .with(Roles::RELATIVE)
        .with(Roles::ACCORDING)
        .with(Roles::CARRIER))
        && !head.is(Roles::OFFICE.with(Roles::DETERMINER))
        || head.kind == Kind::Number
    {
        return None;
    }
    phrase(tokens, first, last)
}

/// How much a phrase looks like the subject itself rather than what is said of it.
fn rank(tokens: &[Token], mention: &Mention) -> u8 {
    let Some(&(a, b)) = mention.parts.first().filter(|_| {
        mention.said == Said::Name && !names_body(tokens, mention.first, &mention.parts)
    }) else {
        return 0;
    };
    let plain = !tokens[a..b].iter().any(|t| t.is(super::names::TITLE));
    if b - a > 1 && plain { 2 } else { 1 }
}
