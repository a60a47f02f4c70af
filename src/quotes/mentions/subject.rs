//! The noun phrase before a reporting verb: where its segment begins, appositions set off by
//! commas, and which of them is the speaker.

use super::mention::{Mention, MentionKind, span_of};
use super::offices::names_body;
use super::phrase::trails;
use super::phrase::{after, description, phrase, pronoun, voiced_by};
use crate::language::Roles;
use crate::quotes::words::lexicon::SAYING;
use crate::quotes::words::name_words::{
    TITLE, is_name_word, joins_charges, joins_fields, run, strip,
};
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// The speaker before a cue at `cue`, in the clause that begins at `start`.
pub(crate) fn before(tokens: Tokens<'_>, start: usize, cue: usize) -> Option<Mention> {
    let mut last = cue;
    while last > start && trails(&tokens[last - 1]) {
        last -= 1;
    }
    if let Some(adverbial) = manner(tokens, start, last) {
        return before(tokens, start, adverbial);
    }
    // `Rina Halim, yang lebih dahulu mengatakan`
    if last - start > 2
        && tokens[last - 1].kind == Kind::Lower
        && tokens[last - 1].is(Roles::RELATIVE)
        && !tokens[last - 1].is(Roles::PRONOUN)
        && tokens[last - 2].kind == Kind::Comma
    {
        // `The group, which calls itself …`
        return before(tokens, start, last - 2).filter(|found| {
            let definite = tokens[found.first].is(Roles::DEFINITE);
            definite || bare_name(tokens, found.first, found.last).is_some()
        });
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
    in_segment(tokens, start, last)
}

/// Where an adverbial of two words between subject and verb begins, which ends at `last`.
fn manner(tokens: Tokens<'_>, start: usize, last: usize) -> Option<usize> {
    // `Rina secara terbuka mengatakan`, `ia dengan tenang menyebut`
    let at = last.checked_sub(2).filter(|at| *at > start)?;
    let adverbial = tokens[at].kind == Kind::Lower
        && tokens[at].is(Roles::MANNER)
        && tokens[at + 1].kind == Kind::Lower
        && !tokens[at + 1].is(Roles::PRONOUN.with(Roles::DEMONSTRATIVE));
    adverbial.then_some(at)
}

/// The speaker in the segment that ends at `last`, right before the verb.
fn in_segment(tokens: Tokens<'_>, start: usize, last: usize) -> Option<Mention> {
    let first = segment_opening(tokens, start, last);
    // `Rina Halim, kepada wartawan, mengatakan`, `Rina Halim, kepada Pos Lareng mengatakan`
    let comma = first
        .checked_sub(1)
        .filter(|&at| at > start && tokens[at].kind == Kind::Comma);
    let addressed = tokens[first].kind == Kind::Lower && tokens[first].is(Roles::ADDRESS);
    if let Some(comma) = comma.filter(|_| addressed && first < last) {
        return before(tokens, start, comma);
    }
    if let Some(found) = voice_of(tokens, first, last) {
        return Some(found);
    }
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
            None => {
                related(tokens, start, first, last).or_else(|| whole(tokens, start, first, last))
            }
        },
    }
}

/// The one through whom another speaks: `Direktur Rina Halim melalui Sekretaris Bima Sakti memastikan`.
fn voice_of(tokens: Tokens<'_>, first: usize, last: usize) -> Option<Mention> {
    let through = |&at: &usize| tokens[at].kind == Kind::Lower && tokens[at].is(Roles::THROUGH);
    let at = (first + 1..last).find(through)?;
    let found = phrase(tokens, at + 1, last)?;
    let &[(a, b)] = found.parts.as_slice() else {
        return None;
    };
    let words = tokens.get(found.first..a)?;
    let office = words.first().is_some_and(|t| t.is(Roles::OFFICE));
    (found.kind == MentionKind::Name && office && b - a > 1 && b == last).then_some(found)
}

/// The speaker in `first..last`, or the name that an office without one is set off from.
fn whole(tokens: Tokens<'_>, start: usize, first: usize, last: usize) -> Option<Mention> {
    let comma = first.checked_sub(1).filter(|&at| at > start);
    let ahead = comma.filter(|&at| tokens[at].kind == Kind::Comma);
    // `Rina Halim, SE, MM mengatakan`
    if let Some(comma) = ahead
        && is_degree(tokens, first, last)
    {
        return before(tokens, start, comma);
    }
    let found = phrase(tokens, first, last)?;
    // `Rina Halim, Ketua Perkumpulan Nelayan Lareng (PNL) mengatakan`
    let body = found.kind == MentionKind::Description
        || found.parts.first().is_some_and(|&(a, b)| {
            let body = Roles::ORGANISATION.with(Roles::PLACE);
            tokens[a].is(body) || tokens[a..b].iter().all(|t| t.kind == Kind::Upper)
        });
    let office = tokens[found.first..found.last]
        .iter()
        .any(|t| t.is(Roles::OFFICE));
    // `Rizal, vokalis grup Karang Lareng menyatakan`
    let lead = &tokens[found.first];
    let says_of = lead.kind == Kind::Lower && lead.is(Roles::OFFICE);
    let named = ahead
        .filter(|_| (body || says_of) && office)
        .and_then(|comma| set_off_name(tokens, start, comma));
    Some(named.unwrap_or(found))
}

/// Whether `first..last` is nothing but a degree: `SE`, `Sp.A`, `M.Si.`
fn is_degree(tokens: Tokens<'_>, first: usize, last: usize) -> bool {
    const LONGEST: usize = 4;
    // `Rina Halim, Sp.K, MARS`: one that no list has, behind another.
    let behind = first >= 2
        && last == first + 1
        && tokens[first].kind == Kind::Upper
        && !tokens[first].is(TITLE.with(Roles::KNOWN_SPEAKER))
        && tokens[first - 1].kind == Kind::Comma
        && tokens[first - 2].is(Roles::SUFFIX);
    last > first
        && last - first <= LONGEST
        && (tokens[first].is(Roles::SUFFIX) || behind)
        && tokens[first].is_capital()
        && tokens[first..last]
            .iter()
            .all(|t| t.kind == Kind::Stop || t.is_capital())
}

/// The name of one person that `first..last` is, with nothing but forms of address before it.
fn bare_name(tokens: Tokens<'_>, first: usize, last: usize) -> Option<Mention> {
    led_name(tokens, first, last, Roles::HONORIFIC)
}

/// The name of one person that a comma at `comma` closes, with nothing but forms of address before it.
pub(crate) fn set_off_name(tokens: Tokens<'_>, start: usize, comma: usize) -> Option<Mention> {
    bare_name(tokens, segment_start(tokens, start, comma), comma)
}

/// The name of one person that `first..last` is, with nothing but words of these `leads` before it.
fn led_name(tokens: Tokens<'_>, first: usize, last: usize, leads: Roles) -> Option<Mention> {
    let head = (first..last).find(|&at| !tokens[at].is(Roles::OPENER.with(Roles::COORDINATOR)))?;
    let stop = run(&tokens, head).min(last);
    let opens = is_name_word(&tokens[head]) || tokens[head].is(Roles::HONORIFIC);
    let (a, b) = strip(tokens, head, stop).filter(|_| stop == last && opens)?;
    let addressed = tokens[head..a]
        .iter()
        .all(|t| t.is(leads) || t.kind == Kind::Stop);
    let someone = !tokens[a].is(Roles::ORGANISATION.with(Roles::PLACE));
    (addressed && someone && (b - a > 1 || a > head || tokens[a].is(Roles::KNOWN_SPEAKER))).then(
        || Mention {
            kind: MentionKind::Name,
            span: span_of(tokens, a, b),
            parts: vec![(a, b)],
            first: head,
            last,
        },
    )
}

/// The speaker whose phrase goes on with the relative clause in `first..last`: `Seorang sumber yang
/// mengetahui perundingan mengatakan`, `People who attended the meeting said`.
fn related(tokens: Tokens<'_>, start: usize, first: usize, last: usize) -> Option<Mention> {
    const LONGEST: usize = 16;
    let relative = first.checked_sub(1).filter(|&at| {
        at > start && tokens[at].kind == Kind::Lower && tokens[at].is(Roles::RELATIVE)
    })?;
    let clause = tokens.get(first..last).filter(|clause| {
        clause.len() <= LONGEST && clause.first().is_some_and(|t| t.kind == Kind::Lower)
    })?;
    // `people who officials said`: the clause has a subject of its own.
    let verbal = Roles::FINITE.with(Roles::AUXILIARY).with(Roles::NEGATION);
    let hangs = Roles::DETERMINER
        .with(Roles::ARTICLE)
        .with(Roles::PREPOSITION);
    let own = Roles::DETERMINER.with(Roles::PRONOUN);
    let is_clause = !tokens[relative].is(Roles::COMPLEMENTISER.with(Roles::PRONOUN))
        || clause.iter().any(|t| t.is(verbal))
        || clause.iter().skip(1).any(Token::is_capital)
        || clause.iter().skip(1).any(|t| t.is(hangs));
    if tokens[first].is(own) || !is_clause || tokens[relative - 1].kind == Kind::Comma {
        return None;
    }
    let head = segment_opening(tokens, start, relative);
    // `Pernyataan bersama yang dibacakan Rina Halim menyebut …`
    let document = description(tokens, head, last);
    if tokens[head].is(Roles::DOCUMENT)
        && let Some(at) = voiced_by(tokens, &document)
    {
        return after(tokens, at, last).filter(|found| found.kind == MentionKind::Name);
    }
    let found = whole(tokens, start, head, relative)?;
    if found.first < head {
        return Some(found);
    }
    // `seorang pejabat pemerintahan Rina yang tak disebut namanya`: someone else.
    let owner = found.parts.first().is_some_and(|&(a, b)| {
        let beside = Roles::OFFICE.with(Roles::HONORIFIC).with(Roles::NICKNAME);
        let led = a > found.first && tokens[a - 1].kind == Kind::Lower;
        b - a == 1 && led && !tokens[a - 1].is(beside) && tokens[head].is(Roles::DETERMINER)
    });
    // `Pria yang akrab disapa Rina ini`: a common word with the sentence's capital.
    let points = tokens[last - 1].is(Roles::DEMONSTRATIVE)
        && found
            .parts
            .first()
            .is_some_and(|&(a, b)| b - a == 1 && !tokens[a].is(Roles::KNOWN_SPEAKER));
    if found.kind == MentionKind::Description || owner || points {
        return Some(Mention {
            kind: MentionKind::Description,
            span: span_of(tokens, found.first, last),
            parts: vec![(found.first, last)],
            last,
            ..found
        });
    }
    Some(Mention { last, ..found })
}

/// Where an adverbial with a relative clause begins that stands between a speaker and the cue, as
/// in `Rina [dalam kesempatan yang sama] mengatakan`; the clause is `first..last`.
fn adjunct(tokens: Tokens<'_>, start: usize, first: usize, last: usize) -> Option<usize> {
    const REACH: usize = 4;
    let relative = first.checked_sub(1).filter(|&at| {
        at > start && tokens[at].kind == Kind::Lower && tokens[at].is(Roles::RELATIVE)
    })?;
    let short = (1..=2).contains(&(last - first))
        && tokens[first..last].iter().all(|t| t.kind == Kind::Lower);
    (start + 1..relative)
        .rev()
        .take(REACH)
        .find(|&at| tokens[at].is(Roles::PREPOSITION))
        .filter(|_| short)
}

/// The name or description that opens a clause, before its first verb: `pemimpin Korut itu [mengirimkan
/// …]`.
pub(crate) fn opening(tokens: Tokens<'_>, (first, last): (usize, usize)) -> Option<Mention> {
    let found = after(tokens, first, last)?;
    // A description runs on to its verb; what points at someone ends it.
    let points = (first..last.min(found.last))
        .find(|&at| tokens[at].kind == Kind::Lower && tokens[at].is(Roles::DEMONSTRATIVE));
    Some(match (found.kind, points) {
        (MentionKind::Description, Some(points)) => description(tokens, first, points + 1),
        _ => found,
    })
}

/// Where the segment that ends at `last` begins: behind a sign, a conjunction or the sentence.
fn segment_opening(tokens: Tokens<'_>, start: usize, last: usize) -> usize {
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
                    && !joins_places(tokens, start, first - 1)
                    && !joins_fields(&tokens, start, first - 1) =>
            {
                break;
            }
            Kind::Capital | Kind::Upper if token.is(EDGE) && !is_name_word(token) => break,
            // `Advertisement The host said`: what stands before it is lost.
            Kind::Capital if token.is(Roles::DEFINITE) && lost_before(tokens, start, first - 1) => {
                first -= 1;
                break;
            }
            Kind::Comma if joins_charges(&tokens, first - 1) => first -= 1,
            Kind::Lower | Kind::Capital | Kind::Upper | Kind::Account | Kind::Number => first -= 1,
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

/// Whether the article with a capital at `at` begins a sentence that no sign parts from the one before.
fn lost_before(tokens: Tokens<'_>, start: usize, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|&before| before >= start);
    let follows = tokens.get(at + 1).is_some_and(Token::is_word);
    follows && before.is_some_and(|before| tokens[before].is_capital())
}

/// Whether the words before a conjunction are a name or a short phrase that it joins to the next.
fn is_phrase_like(tokens: Tokens<'_>, start: usize, coordinator: usize) -> bool {
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
fn joins_places(tokens: Tokens<'_>, start: usize, coordinator: usize) -> bool {
    const REACH: usize = 4;
    let is_preposition = |token: &Token| token.is(Roles::PREPOSITION);
    tokens.get(coordinator + 1).is_some_and(is_preposition)
        && tokens[start.max(coordinator.saturating_sub(REACH))..coordinator]
            .iter()
            .any(is_preposition)
}

/// The speaker where a comma stands before the cue: `Kepala Humas, Eka Asmadi, Kamis, mengatakan`.
fn apposed(tokens: Tokens<'_>, start: usize, comma: usize) -> Option<Mention> {
    // `A spokeswoman, asked about floods in Lareng and Karang, said`
    let comma_at = |at: &usize| tokens[*at].kind == Kind::Comma;
    let asked = (start..comma)
        .filter(comma_at)
        .find(|&at| tokens[at + 1].kind == Kind::Lower && tokens[at + 1].is(Roles::ASKED));
    if let Some(asked) = asked {
        return before(tokens, start, asked);
    }
    let mut best: Option<Mention> = None;
    let mut last = comma;
    for _ in 0..10 {
        let first = segment_start(tokens, start, last);
        let degree = best.is_none() && is_degree(tokens, first, last);
        if let Some(found) = candidate(tokens, first, last).filter(|_| !degree) {
            if let Some(known) = best.as_mut()
                && let Some(part) = joined(tokens, &found, known)
            {
                known.span = span_of(tokens, part.0, known.parts[0].1);
                known.parts.insert(0, part);
                known.first = found.first;
                break;
            }
            let better = match &best {
                None => true,
                Some(known) => {
                    let bears = bears_office(tokens, &found, known);
                    let told = tells_of(tokens, &found, known);
                    told || !bears && rank(tokens, &found) >= rank(tokens, known)
                }
            };
            if better {
                best = Some(found);
            }
        }
        if best.is_none()
            && let Some(comma) = before_title(tokens, start, first, last)
        {
            last = comma;
            continue;
        }
        if first <= start || tokens[first - 1].kind != Kind::Comma {
            break;
        }
        last = first - 1;
    }
    best
}

/// The comma before a relative clause in which marked words stand before its verb, which opens `first..last`:
/// `Rina Halim, whose book “Benches” came out in January, argues`.
fn before_title(tokens: Tokens<'_>, start: usize, first: usize, last: usize) -> Option<usize> {
    const REACH: usize = 6;
    let mark = first.checked_sub(1).filter(|&at| at > start)?;
    let verb = tokens.get(first).filter(|_| first < last)?;
    let opens = verb.kind == Kind::Lower && verb.is(Roles::FINITE);
    let marked = tokens[mark].kind == Kind::Quote && opens;
    let comma = (start + 1..mark)
        .rev()
        .take(REACH)
        .find(|&at| tokens[at].kind == Kind::Comma)?;
    let relative = tokens.get(comma + 1).is_some_and(|t| t.is(Roles::RELATIVE));
    (marked && relative).then_some(comma)
}

/// The name at the head of `found`, where the words that it is joined to tell who `known` is, a bare
/// name behind a comma: `[Rina Halim] and her co-author, Bima Sakti`.
fn joined(tokens: Tokens<'_>, found: &Mention, known: &Mention) -> Option<(usize, usize)> {
    const LONGEST: usize = 5;
    let stop = run(&tokens, found.first).min(found.last);
    let (a, b) = strip(tokens, found.first, stop).filter(|_| stop > found.first)?;
    let rest = tokens.get(stop..found.last)?;
    let other = Roles::FINITE
        .with(Roles::AUXILIARY)
        .with(Roles::PREPOSITION)
        .with(Roles::RELATIVE);
    let told = |t: &Token| t.kind == Kind::Lower && !t.is(other) && !t.is(SAYING);
    let joins = rest.first().is_some_and(|t| t.is(Roles::COORDINATOR))
        && (2..=LONGEST).contains(&rest.len())
        && rest.iter().all(told);
    let person = !tokens[a].is(Roles::ORGANISATION.with(Roles::PLACE)) && known.parts.len() == 1;
    (joins && person && bare_name(tokens, known.first, known.last).is_some()).then_some((a, b))
}

/// Whether `known`, a bare name behind a comma, bears the office that the phrase before it opens
/// with: `Ketua Tim Pembangunan Lareng, Rina Halim`.
fn bears_office(tokens: Tokens<'_>, office: &Mention, known: &Mention) -> bool {
    let named = office.parts.first().map_or(office.last, |part| part.0);
    let led = tokens[office.first..named]
        .iter()
        .any(|t| t.is(Roles::OFFICE));
    let heard = office
        .parts
        .first()
        .is_some_and(|&(a, b)| tokens[a..b].iter().any(|t| t.is(Roles::KNOWN_SPEAKER)));
    // `Kapolsek Lareng Utara, Iptu Arfin`
    let leads = Roles::HONORIFIC.with(Roles::OFFICE);
    // `Suami Rina, Bima, mengatakan`
    let kin = tokens[office.first].is(Roles::KIN);
    (led && !heard || kin)
        && known.kind == MentionKind::Name
        && led_name(tokens, known.first, known.last, leads).is_some()
}

/// Whether `known`, an office behind a comma, tells who `found` is, a bare name before it: `Rahadi,
/// Ketua Koperasi Tani Sejahtera`.
fn tells_of(tokens: Tokens<'_>, found: &Mention, known: &Mention) -> bool {
    let office = tokens.get(known.first).is_some_and(|t| t.is(Roles::OFFICE));
    let words = tokens.get(found.first..found.last).unwrap_or_default();
    let title = TITLE.with(Roles::NOUN);
    let bare = words.iter().all(|t| is_name_word(t) && !t.is(title));
    let named = known.parts.iter().any(|&(a, b)| {
        let part = tokens.get(a..b).unwrap_or_default();
        part.iter().any(|t| t.is(Roles::KNOWN_SPEAKER))
    });
    office && found.kind == MentionKind::Name && bare && !named
}

fn segment_start(tokens: Tokens<'_>, start: usize, last: usize) -> usize {
    let mut first = last;
    let mut depth = 0;
    while first > start {
        match tokens[first - 1].kind {
            Kind::Close => depth += 1,
            Kind::Open if depth > 0 => depth -= 1,
            Kind::Comma if depth == 0 && joins_charges(&tokens, first - 1) => {}
            Kind::Comma | Kind::Quote | Kind::Colon | Kind::Semicolon if depth == 0 => break,
            _ => {}
        }
        first -= 1;
    }
    first
}

fn candidate(tokens: Tokens<'_>, first: usize, last: usize) -> Option<Mention> {
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
fn rank(tokens: Tokens<'_>, mention: &Mention) -> u8 {
    let Some(&(a, b)) = mention.parts.first().filter(|_| {
        mention.kind == MentionKind::Name && !names_body(tokens, mention.first, &mention.parts)
    }) else {
        return 0;
    };
    let plain = !tokens[a..b].iter().any(|t| t.is(TITLE));
    if b - a > 1 && plain { 2 } else { 1 }
}
