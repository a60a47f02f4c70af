//! The subject of a verb that comes second (`Am Montag sagte sie, dass …`): the parts of a sentence
//! between its signs, and the noun phrase on either side of the verb.

use super::mention::{Mention, MentionKind, is_someone, span_of};
use super::offices::names_in;
use super::phrase::{description, pronoun};
use super::subject;
use crate::language::Roles;
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// How far a part of a sentence is read from its verb; real ones are shorter.
pub(crate) const REACH: usize = 40;

/// The part of a sentence that a verb stands in, between two signs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub first: usize,
    /// The finite verb: the cue itself, or the auxiliary of its participle.
    pub finite: usize,
    pub last: usize,
}

impl Part {
    pub fn of(tokens: Tokens<'_>, (start, end): (usize, usize), cue: usize) -> Self {
        let is_sign = |at: &usize| ends_part(tokens, *at);
        let lowest = start.max(cue.saturating_sub(REACH));
        let before = (lowest..cue).rev().find(is_sign);
        let first = before.map_or(lowest, |at| at + 1);
        let last = (cue + 1..end.min(cue + REACH)).find(is_sign);
        let auxiliary = |at: &usize| {
            let token = tokens.get(*at);
            token.is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::PERFECT))
        };
        Self {
            first,
            finite: (first..cue).find(auxiliary).unwrap_or(cue),
            last: last.unwrap_or(end.min(cue + REACH)),
        }
    }
}

/// Whether the token at `at` ends a part of a sentence: a sign, or marked words that are no word of
/// the reporter's own sentence.
pub(crate) fn ends_part(tokens: Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return true;
    };
    match token.kind {
        Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Dash => true,
        Kind::Quote => {
            let goes_on = |at: usize| tokens.get(at).is_some_and(Token::is_word);
            let inside = at.checked_sub(1).is_some_and(goes_on) && goes_on(at + 1);
            !inside || token.is(Roles::ENDS_IN_COMMA.with(Roles::ENDS_IN_STOP))
        }
        _ => false,
    }
}

/// Who speaks by the verb at `cue` in `start..end`: the subject before or behind it.
pub(crate) fn subject(
    tokens: Tokens<'_>,
    (start, end): (usize, usize),
    cue: usize,
) -> Option<Mention> {
    let part = Part::of(tokens, (start, end), cue);
    if let Some(found) = related(tokens, start, part, cue) {
        return Some(found);
    }
    let after = nominative(tokens, part.finite + 1, part.last);
    if let Some(after) = after.as_ref().filter(|after| follows(tokens, after, part)) {
        return Some(after.clone());
    }
    if let Some(found) = stated_in(tokens, part) {
        return Some(found);
    }
    let someone =
        after.is_some_and(|found| found.first == part.finite + 1 && speaks(tokens, &found));
    if !someone
        && opens_with_apposition(tokens, start, part)
        && let Some(found) = apposed(tokens, start, part)
    {
        return Some(found);
    }
    // `Gleich zu Beginn mahnte Präsidentin Rina Halim`: a common word with the sentence's capital.
    let before = ahead(tokens, start, part)
        .filter(|found| !(someone && opens_adverbial(tokens, found, part)));
    // `Der englischsprachigen Zeitung sagte Rina Halim: „`
    if before
        .as_ref()
        .is_some_and(|found| is_common(tokens, found))
        && let Some(after) = behind(tokens, part, end)
        && after.kind == MentionKind::Name
        && (after.first, after.last) == (part.finite + 1, part.last)
    {
        return Some(after);
    }
    before
        .or_else(|| behind(tokens, part, end))
        .or_else(|| apposed(tokens, start, part))
        .or_else(|| origin(tokens, part))
        .or_else(|| nominative(tokens, part.first, part.finite))
}

/// In what something stands: `In der Anklageschrift hieß es`. A statement has the words of whoever made it.
fn stated_in(tokens: Tokens<'_>, part: Part) -> Option<Mention> {
    let thing = tokens
        .get(part.finite + 1)
        .filter(|_| part.finite + 1 < part.last)?;
    let lead = tokens
        .get(part.first)
        .filter(|_| part.first + 3 == part.finite)?;
    let last = phrase_end(tokens, part.first + 1, part.finite);
    let words = tokens.get(part.first + 1..part.finite)?;
    let stated = thing.is(Roles::NEUTER)
        && lead.is(Roles::LOCATIVE)
        && last == part.finite
        && !words.iter().any(|t| t.is(Roles::DOCUMENT));
    stated.then(|| description(tokens, part.first + 1, last))
}

/// Whether a mention is no name, or but the word for a body behind its article: `die Zeitung`.
fn is_common(tokens: Tokens<'_>, found: &Mention) -> bool {
    let article = tokens
        .get(found.first)
        .is_some_and(|t| t.is(Roles::DETERMINER));
    let [part] = found.parts.as_slice() else {
        return found.kind == MentionKind::Description;
    };
    let body = |t: &Token| t.is(Roles::ORGANISATION) && t.kind == Kind::Capital;
    let words = tokens.get(part.0..part.1).unwrap_or_default();
    found.kind == MentionKind::Description || article && words.len() == 1 && words.iter().all(body)
}

/// Whether a body or an office with an article of the first case stands right behind the finite verb, and
/// one word before it: `Offiziell sagt die Regierung`.
fn follows(tokens: Tokens<'_>, after: &Mention, part: Part) -> bool {
    let Some(article) = tokens.get(part.finite + 1) else {
        return false;
    };
    let other = Roles::OBLIQUE.with(Roles::GENITIVE).with(Roles::PRONOUN);
    let words = tokens.get(after.first..after.last).unwrap_or_default();
    let someone = Roles::ORGANISATION.with(Roles::OFFICE);
    part.first + 1 == part.finite
        && after.first == part.finite + 1
        && article.is(Roles::DETERMINER)
        && !article.is(other)
        && words.iter().any(|t| t.is(someone))
        && tokens.get(part.first).is_some_and(|t| {
            t.kind == Kind::Capital
                && !t.is(Roles::ORGANISATION.with(Roles::OFFICE).with(Roles::PLACE))
        })
}

/// Whether what looks like a name before the finite verb is one unknown word on which an adverbial
/// hangs.
fn opens_adverbial(tokens: Tokens<'_>, found: &Mention, part: Part) -> bool {
    let words = tokens.get(found.first..found.last).unwrap_or_default();
    let more = tokens.get(found.last).filter(|_| found.last < part.finite);
    let unknown = |t: &Token| t.roles.is_empty() && t.kind == Kind::Capital;
    words.len() == 1
        && found.kind == MentionKind::Name
        && words.iter().all(unknown)
        && more.is_some_and(|t| t.is(Roles::PREPOSITION))
}

/// Whether a phrase is surely of someone who speaks: an article before a name may be of another case.
pub(crate) fn speaks(tokens: Tokens<'_>, found: &Mention) -> bool {
    let words = tokens.get(found.first..found.last).unwrap_or_default();
    let article = words.first().is_some_and(|t| t.is(Roles::DETERMINER));
    let office = words.iter().any(|t| t.is(Roles::OFFICE));
    is_someone(tokens, found) && (office || !article)
}

/// The subject of a relative clause that ends in its verb: in it, or the one that it hangs on
/// (`Blanik, die von einem ruhigen Morgen berichtete`).
fn related(tokens: Tokens<'_>, start: usize, part: Part, cue: usize) -> Option<Mention> {
    let comma = part.first.checked_sub(1).filter(|&comma| comma > start)?;
    let pronoun = tokens.get(part.first)?;
    let last = cue + 1 >= part.last && part.finite == cue && part.first < cue;
    let relative = pronoun.kind == Kind::Lower && pronoun.is(Roles::BARE_ARTICLE);
    let apart = tokens.get(comma)?.kind == Kind::Comma;
    // `…, ein Sprecher sagte: „`
    let main = phrase_end(tokens, part.first, cue) == cue;
    if !(last && relative && apart) || main {
        return None;
    }
    if pronoun.is(Roles::OBLIQUE) {
        return nominative(tokens, part.first + 1, cue);
    }
    subject::set_off_name(tokens, start, comma).or_else(|| {
        let before = Part::of(tokens, (start, comma), comma);
        let first = (before.first..comma).find(|&at| phrase_end(tokens, at, comma) == comma);
        first.map(|first| mention(tokens, first, comma))
    })
}

/// Whether what stands before the verb's part is a subject with what is said of it, set off by
/// commas, rather than a clause: `Karin Krapp, eine weitere Betroffene, sagte`.
pub(crate) fn opens_with_apposition(tokens: Tokens<'_>, start: usize, part: Part) -> bool {
    let opener = Roles::OPENER.with(Roles::COORDINATOR);
    let first = (start..part.first)
        .find(|&at| !tokens.get(at).is_some_and(|t| t.is(opener)))
        .unwrap_or(start);
    let mut end = phrase_end(tokens, first, part.first);
    // `Der Vorsitzende des Verbands in Bonn, Ulf Kern, …`
    while end > first
        && tokens
            .get(end)
            .is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::PREPOSITION))
    {
        let next = phrase_end(tokens, end + 1, part.first);
        if next <= end + 1 {
            break;
        }
        end = next;
    }
    let comma = tokens.get(end).is_some_and(|t| t.kind == Kind::Comma);
    part.first == part.finite && end > first && end + 1 < part.first && comma
}

/// Those from whom something is told where the verb has no subject: `Aus Kreisen der Partei verlautete`.
fn origin(tokens: Tokens<'_>, part: Part) -> Option<Mention> {
    let lead = tokens.get(part.first)?;
    let last = phrase_end(tokens, part.first + 1, part.finite);
    (lead.is(Roles::ORIGIN) && last > part.first + 1).then(|| mention(tokens, part.first + 1, last))
}

/// The subject before the finite verb, where no adverbial fills its place.
fn ahead(tokens: Tokens<'_>, start: usize, part: Part) -> Option<Mention> {
    let joint = Roles::OPENER
        .with(Roles::COORDINATOR)
        .with(Roles::SUBORDINATOR);
    let mut first = part.first;
    while first < part.finite
        && tokens
            .get(first)
            .is_some_and(|t| t.is(joint) && !t.is(Roles::DETERMINER.with(Roles::PRONOUN)))
    {
        first += 1;
    }
    // An adverbial fills the place.
    let adverbial = Roles::PREPOSITION.with(Roles::TIME);
    let office = tokens.get(first)?.is(Roles::OFFICE);
    if tokens.get(first)?.is(adverbial) && !office {
        return None;
    }
    let found = nominative(tokens, first, part.finite)?;
    // `Gabi Schwab, Schulleiterin der Schule am See sagte`
    // `Gabi Schwab, die Leiterin der Schule am See sagte`
    let article = tokens
        .get(found.first)
        .is_some_and(|t| t.is(Roles::DEFINITE));
    let lead = tokens.get(found.first + usize::from(article));
    let office = lead.is_some_and(|t| t.is(Roles::OFFICE));
    if found.kind == MentionKind::Description && office && found.first == part.first {
        let named = part.first.checked_sub(1).filter(|&comma| comma > start);
        let named = named.and_then(|comma| subject::set_off_name(tokens, start, comma));
        return named.or(Some(found));
    }
    Some(found)
}

/// The subject behind the finite verb, with the name that a comma sets off from an office.
pub(crate) fn behind(tokens: Tokens<'_>, part: Part, end: usize) -> Option<Mention> {
    let found = nominative(tokens, part.finite + 1, part.last)?;
    let comma = tokens.get(part.last).is_some_and(|t| t.kind == Kind::Comma);
    let office = tokens
        .get(found.first..found.last)
        .is_some_and(|words| words.iter().any(|t| t.is(Roles::OFFICE)));
    // `der Kommandeur der Truppen im Norden, Ulf Kern, …`
    let place = tokens
        .get(found.last)
        .is_some_and(|t| t.is(Roles::PREPOSITION));
    let runs_on = found.last == part.last || place;
    if found.kind == MentionKind::Description && office && comma && runs_on {
        let next = nominative(tokens, part.last + 1, end.min(part.last + 8));
        let person = |next: &Mention| {
            let bare = next.first == part.last + 1 && next.kind == MentionKind::Name;
            bare && next.parts.first().is_some_and(|&(a, b)| b - a > 1)
        };
        if let Some(next) = next.filter(person) {
            return Some(Mention {
                first: found.first,
                ..next
            });
        }
    }
    Some(found)
}

/// The subject that signs set off from its verb: `Der Sprecher, Rina Halim, sagte`.
fn apposed(tokens: Tokens<'_>, start: usize, part: Part) -> Option<Mention> {
    let nothing = part.first == part.finite && part.first > start;
    nothing
        .then(|| subject::before(tokens, start, part.finite))
        .flatten()
}

/// The first noun phrase in `first..last` that can be a subject: no preposition governs it, and its
/// article is none of another case.
pub(crate) fn nominative(tokens: Tokens<'_>, first: usize, last: usize) -> Option<Mention> {
    let mut at = first;
    while at < last {
        let token = tokens.get(at)?;
        let end = phrase_end(tokens, at, last);
        if token.is(Roles::PREPOSITION) && token.kind == Kind::Lower
            || token.is(Roles::PREPOSITION) && at == first && !token.is(Roles::OFFICE)
        {
            // The preposition and its phrase.
            at = phrase_end(tokens, at + 1, last).max(at + 1);
        } else if token.is(Roles::PRONOUN) && !token.is(Roles::OBLIQUE) {
            return Some(pronoun(tokens, at));
        } else if token.is(Roles::OBLIQUE.with(Roles::TIME)) {
            at = end.max(at + 1);
        } else if end > at {
            return Some(mention(tokens, at, end));
        } else {
            at += 1;
        }
    }
    None
}

/// The noun phrase in `first..end` as a name, where it has one, or as a description.
pub(crate) fn mention(tokens: Tokens<'_>, first: usize, end: usize) -> Mention {
    let head = head_end(tokens, first, end);
    let Some(parts) = names_in(tokens, first, head) else {
        return description(tokens, first, end);
    };
    let (a, b) = (
        parts.first().map_or(first, |part| part.0),
        parts.last().map_or(end, |part| part.1),
    );
    Mention {
        kind: MentionKind::Name,
        span: span_of(tokens, a, b),
        parts,
        first,
        last: end,
    }
}

/// Where the noun phrase ends that begins at `at`: articles and adjectives, nouns and names, and what
/// hangs on them in the genitive or by `von`; `at` itself where none begins there.
pub(crate) fn phrase_end(tokens: Tokens<'_>, at: usize, last: usize) -> usize {
    let mut end = nouns_end(tokens, at, last);
    while end > at && end < last {
        let Some(joint) = tokens.get(end) else {
            break;
        };
        let hangs = joint.kind == Kind::Lower
            && joint.is(Roles::GENITIVE.with(Roles::ORIGIN).with(Roles::COORDINATOR));
        let from = if joint.is(Roles::GENITIVE) {
            end
        } else {
            end + 1
        };
        let next = if hangs {
            nouns_end(tokens, from, last)
        } else {
            from
        };
        if next <= from {
            break;
        }
        end = next;
    }
    end
}

/// Where articles, adjectives and nouns end that begin at `at`.
fn nouns_end(tokens: Tokens<'_>, at: usize, last: usize) -> usize {
    /// Adjectives before a noun, as a rule no more.
    const ADJECTIVES: usize = 4;
    let kind = |at: usize| tokens.get(at).filter(|_| at < last);
    let start = at;
    let mut noun = at;
    if kind(noun).is_some_and(|t| t.is(Roles::DETERMINER) && !t.is(Roles::PRONOUN)) {
        noun += 1;
    }
    let adjective =
        |t: &Token| t.kind == Kind::Number || t.kind == Kind::Lower && t.roles.is_empty();
    let mut adjectives = 0;
    let is_aged = |t: &Token| t.kind == Kind::Number && t.span().len() > 4;
    while kind(noun).is_some_and(|t| adjective(t) && !is_aged(t)) && adjectives < ADJECTIVES {
        noun += 1;
        adjectives += 1;
    }
    // `Der „Spiegel“ berichtete`: marked words may be a name.
    let marked =
        |t: &Token| t.kind == Kind::Quote && !t.is(Roles::ENDS_IN_COMMA.with(Roles::ENDS_IN_STOP));
    let is_noun = |at: usize| {
        kind(at).is_some_and(|t| {
            // `der 34-Jährige`
            let aged = t.kind == Kind::Number && at == start + 1 && t.span().len() > 4;
            let capital = t.is_capital() && !t.is(Roles::FUNCTION) && !t.is(Roles::TIME);
            capital || aged || at > start && marked(t)
        })
    };
    if !is_noun(noun) {
        return at;
    }
    let mut end = noun;
    while is_noun(end)
        || kind(end).is_some_and(|t| {
            let within = t.is(Roles::ORIGIN) || !t.is(Roles::PREPOSITION);
            let particle = t.kind == Kind::Lower && t.is(Roles::PARTICLE) && within;
            let dot = t.kind == Kind::Stop
                && tokens
                    .get(end - 1)
                    .is_some_and(|before| before.end == t.start);
            let single = is_noun(end + 1) && !is_noun(end + 2);
            (particle && single && !t.is(Roles::GENITIVE) || dot) && is_noun(end + 1)
        })
    {
        end += 1;
    }
    end
}

/// Where the nouns of a phrase end before what hangs on them.
fn head_end(tokens: Tokens<'_>, first: usize, end: usize) -> usize {
    let hangs = Roles::GENITIVE.with(Roles::ORIGIN);
    (first + 1..end)
        .find(|&at| {
            let token = &tokens[at];
            let single = at + 2 >= end || tokens.get(at + 2).is_some_and(|t| !t.is_capital());
            token.kind == Kind::Lower
                && token.is(hangs)
                && tokens[at - 1].is_capital()
                && !(token.is(Roles::PARTICLE) && single && token.is(Roles::ORIGIN))
        })
        .unwrap_or(end)
}

/// The speaker that a phrase beginning at `at` names, and nothing behind it.
pub(crate) fn named_at(tokens: Tokens<'_>, at: usize, end: usize) -> Option<Mention> {
    let marked = tokens.get(at).filter(|t| t.kind == Kind::Quote);
    let last = phrase_end(tokens, at, end).max(at + usize::from(marked.is_some()));
    (last > at && at < end).then(|| mention(tokens, at, last))
}

/// The subject right behind a verb at `cue`: `schimpfte Trainer Bodo Kern`.
pub(crate) fn subject_behind(tokens: Tokens<'_>, cue: usize, end: usize) -> Option<Mention> {
    behind(tokens, Part::of(tokens, (cue, end), cue), end)
}
