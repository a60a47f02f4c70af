//! Marked words: whether they are an utterance, and which cue stands beside them.

use crate::language::Roles;
use crate::model::{QuoteKind, Rule};
use crate::quotes::mentions::mention::{Mention, MentionKind, is_someone, span_of};
use crate::quotes::mentions::phrase::{self};
use crate::quotes::mentions::relay;
use crate::quotes::mentions::subject;
use crate::quotes::mentions::verb_second;
use crate::quotes::words::lexicon::SAYING;
use crate::quotes::words::marks::{Ending, Pair};
use crate::quotes::words::name_words::{run, strip};
use crate::quotes::words::reading::Reading;
use crate::quotes::words::tokens::{Kind, Token, Tokens};

/// The cue beside a quotation.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub at: usize,
    pub mention: Option<Mention>,
    pub rule: Rule,
}

/// Whether the marked words are an utterance or a fragment of the reporter's own sentence.
pub(crate) fn kind_of(
    tokens: Tokens<'_>,
    sentence: usize,
    at: usize,
    pair: &Pair,
    text: &str,
    cue_after: bool,
    cue_before: bool,
) -> QuoteKind {
    let inner = pair.inner.of(text).trim();
    let starts = inner.chars().find(|c| c.is_alphanumeric());
    let capital = starts.is_none_or(|c| c.is_uppercase() || c.is_numeric());
    let ends = inner
        .trim_end_matches(['\'', '’', '"', '”', ' ', ')'])
        .ends_with(['.', ',', '?', '!', '…']);
    let before = at
        .checked_sub(1)
        .and_then(|b| tokens.get(b))
        .map(|t| t.kind);
    let fresh = at == sentence || matches!(before, Some(Kind::Stop | Kind::Colon | Kind::Quote));
    let words = inner.split_whitespace().take(6).count();
    let next = tokens.get(at + 1).map(|next| next.kind);
    // Marked words that are all there is of a sentence, or all that a colon announces, are an
    // utterance wherever its full stop stands.
    let opens = at == sentence || before == Some(Kind::Colon);
    let alone = matches!(next, None | Some(Kind::Stop)) && opens;
    let whole = alone && capital && words > 4 && !is_headed(inner);
    let direct = if pair.ending == Ending::Paragraph {
        fresh && (words > 3 || cue_before)
    } else if cue_after {
        fresh
            || capital && matches!(before, Some(Kind::Comma | Kind::Dash)) && !is_headed(inner)
            || ends && matches!(before, Some(Kind::Comma))
            || capital && words > 4 && takes_word(tokens, at) && !is_headed(inner)
    } else if cue_before {
        match before {
            Some(Kind::Colon) => capital || ends || words > 5,
            Some(Kind::Comma) if is_named_or_governed(tokens, at, inner, ends) => false,
            Some(Kind::Comma) => capital || words > 5 && ends,
            _ => capital && ends && words > 3,
        }
    } else {
        let subhead = at == 0 && is_headed(inner);
        // `“Ini akhir,” kata Rina. “Ini awal.”`
        let stopped = inner.ends_with(['.', '?', '!']) && at == sentence && at > 0;
        let is_last = matches!(next, None | Some(Kind::Quote));
        // `Jansen strahlte: „Ein Traum.“`
        let announced = before == Some(Kind::Colon) && capital && words > 1;
        let announced = announced && inner.ends_with(['.', '?', '!']);
        fresh && capital && ends && words > 2 && !subhead
            || whole
            || announced
            || stopped && is_last
    };
    if direct {
        QuoteKind::Direct
    } else {
        QuoteKind::Fragment
    }
}

/// Whether marked words behind a comma are a title or a part of the reporter's sentence.
fn is_named_or_governed(tokens: Tokens<'_>, at: usize, inner: &str, ends: bool) -> bool {
    // `The survey report, “Counting Fish”, puts …`
    let title = is_titled(tokens, at) && is_headed(inner);
    // `warf ihm vor, „Millionen“ verloren zu haben`, `said that, “if …”`
    let short = inner.split_whitespace().take(4).count() <= 3;
    title || !ends && short && is_inside(tokens, at) || is_complement(tokens, at)
}

/// Whether the reporter's sentence goes on behind the marked words without a sign.
fn is_inside(tokens: Tokens<'_>, at: usize) -> bool {
    tokens.get(at + 1).is_some_and(Token::is_word)
}

/// Whether a conjunction and a comma open a clause with the marked words.
fn is_complement(tokens: Tokens<'_>, at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|before| tokens.get(before));
    before.is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::COMPLEMENTISER))
}

/// Whether commas set the marked words at `at` off in the middle of a sentence, as a title is.
fn is_titled(tokens: Tokens<'_>, at: usize) -> bool {
    let goes_on = tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Lower);
    goes_on && tokens[at + 1].kind == Kind::Comma
}

/// Whether a cue that follows words stands right behind those at `at`: `“…,” kata Rina`.
fn takes_word(tokens: Tokens<'_>, at: usize) -> bool {
    let comma = tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Comma);
    tokens
        .get(at + 1 + usize::from(comma))
        .is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::INVERTED.with(Roles::CLITIC)))
}

/// Whether marked words are written as a title is: most of their words have a capital.
pub(crate) fn is_headed(inner: &str) -> bool {
    const READ: usize = 12;
    let (mut capitals, mut words) = (0, 0);
    for word in inner.split_whitespace().take(READ) {
        words += 1;
        capitals += usize::from(word.starts_with(char::is_uppercase));
    }
    capitals * 2 > words
}

/// The cue behind the quotation at `at`: `,” kata Rina`, `,” she said`.
pub(crate) fn cue_after(
    reading: &Reading<'_>,
    tokens: Tokens<'_>,
    (at, last): (usize, usize),
    pair: &Pair,
) -> Option<Cue> {
    let comma = |at: usize| {
        let kind = tokens.get(at).map(|t| t.kind);
        matches!(kind, Some(Kind::Comma | Kind::Dash))
    };
    let apart = comma(at + 1);
    let mut next = at + 1 + usize::from(apart);
    let end = clause_end(tokens, next, last);
    if let Some(cue) = signed(tokens, at, last) {
        return Some(cue);
    }
    // `demikian bunyi maklumat itu`, `begitu kata Rina`
    if likens(tokens, next, end) {
        next += 1;
    }
    let verb_second = reading.lexicon.verb_second;
    // `“…“, so charakterisierte ihn Bernd Kern`
    let verb = tokens.get(next + 1).filter(|_| next + 1 < end);
    if verb_second
        && tokens.get(next).is_some_and(|t| t.is(Roles::INVERTED))
        && verb.is_some_and(|t| t.kind == Kind::Lower && t.is(SAYING))
    {
        next += 1;
    }
    tokens.get(next).filter(|t| next < end && t.is_word())?;
    if let Some(cue) = verb_then_name(tokens, next, end, verb_second) {
        return Some(cue);
    }
    let inner = pair.inner.of(reading.text).trim();
    let set_off = apart || inner.ends_with([',', '?', '!']) || verb_second;
    // Without a pack, a preposition looks like a verb.
    let set_off = set_off && reading.lexicon.has_words();
    if let Some(cue) = set_off
        .then(|| unlisted(tokens, next, end, verb_second))
        .flatten()
    {
        return Some(cue);
    }
    let closed = inner.ends_with('.');
    name_then_verb(tokens, next, end, closed)
}

/// A verb of saying right behind the marks, with its subject behind it or in it: `ujarnya`, `kata Rina`.
fn verb_then_name(tokens: Tokens<'_>, at: usize, end: usize, verb_second: bool) -> Option<Cue> {
    let token = tokens.get(at)?;
    if token.kind != Kind::Lower && !token.is(Roles::INVERTED) {
        return None;
    }
    if token.is(Roles::CLITIC) {
        return Some(Cue {
            at,
            mention: Some(Mention::implied(at)),
            rule: Rule::Clitic,
        });
    }
    if !token.is(Roles::INVERTED.with(SAYING).with(Roles::ACCORDING)) {
        return None;
    }
    let behind = || match verb_second {
        true if token.is(SAYING) => verb_second::subject_behind(tokens, at, end),
        true => verb_second::named_at(tokens, at + 1, end),
        false => phrase::after(tokens, at + 1, end),
    };
    Some(Cue {
        at,
        mention: carried(tokens, at, end).or_else(behind),
        rule: Rule::VerbThenName,
    })
}

/// A verb of saying behind its subject, which stands right behind the marks: `she said`. Marks that
/// `closed` a sentence take none.
fn name_then_verb(tokens: Tokens<'_>, next: usize, end: usize, closed: bool) -> Option<Cue> {
    let verb = (next + 1..end.min(next + 30)).find(|&i| {
        let before = &tokens[i - 1];
        let leads = before.is(Roles::DETERMINER) && !before.is(Roles::PRONOUN);
        let noun = before.is(Roles::ARTICLE) || leads && tokens[i].is(Roles::NOMINAL);
        tokens[i].kind == Kind::Lower && tokens[i].is(SAYING) && !noun
    })?;
    let follower = tokens.get(verb + 1);
    let opens = follower.is_some_and(|t| {
        matches!(t.kind, Kind::Colon | Kind::Quote) || t.is(Roles::COMPLEMENTISER)
    });
    if closed || opens && !matches!(follower.map(|t| t.kind), Some(Kind::Quote)) {
        return None;
    }
    let relayed = relay::speaker(tokens, next, verb);
    let mention = relayed.or_else(|| subject::before(tokens, next, verb))?;
    Some(Cue {
        at: verb,
        mention: Some(mention),
        rule: Rule::NameThenVerb,
    })
}

/// A verb that no list has, right behind the marks and with someone's name for its subject:
/// `„Das war nichts“, schimpfte Trainer Bodo Kern`.
fn unlisted(tokens: Tokens<'_>, at: usize, end: usize, verb_second: bool) -> Option<Cue> {
    let verb = tokens.get(at)?;
    let is_verb = verb.kind == Kind::Lower && verb.roles.is_empty() && verb.span().len() > 3;
    let reflexive = tokens.get(at + 1).is_some_and(|t| t.is(Roles::REFLEXIVE));
    let next = at + 1 + usize::from(reflexive);
    if !is_verb || next >= end {
        return None;
    }
    let mention = if verb_second {
        verb_second::subject_behind(tokens, at, end)
    } else {
        phrase::after(tokens, next, end)
    };
    let closes = |found: &Mention| {
        let behind = tokens.get(found.last).filter(|_| found.last < end);
        behind.is_none_or(|t| !t.is_word() || t.is(Roles::PREPOSITION.with(Roles::TIME)))
    };
    let mention = mention.filter(|found| {
        let named = found.kind == MentionKind::Name && found.span.len() > 2 && closes(found);
        // `ätzte der 70-Jährige`
        let words = tokens.get(found.first..found.last).unwrap_or_default();
        let aged = words.len() == 2 && words[1].kind == Kind::Number && closes(found);
        found.first == next && (named || aged || is_someone(tokens, found))
    })?;
    Some(Cue {
        at,
        mention: Some(mention),
        rule: Rule::Unlisted,
    })
}

/// Whether the word at `at` only points back at what was said, and a cue follows it.
fn likens(tokens: Tokens<'_>, at: usize, end: usize) -> bool {
    let cue =
        |token: &Token| token.kind == Kind::Lower && token.is(Roles::INVERTED.with(Roles::CLITIC));
    at + 1 < end
        && cue(&tokens[at])
        && tokens[at].is(Roles::BACK_REFERENCE)
        && cue(&tokens[at + 1])
        && !tokens[at + 1].is(Roles::DOCUMENT)
}

/// Whose report the words are that nobody else is said to have spoken: `demikian dikutip dari
/// pernyataan Dinas Air`.
fn carried(tokens: Tokens<'_>, cue: usize, end: usize) -> Option<Mention> {
    let from = Roles::CARRIER
        .with(Roles::AGENT)
        .with(Roles::PREPOSITION)
        .with(Roles::DOCUMENT);
    let likened = tokens
        .get(cue + 1)
        .is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::PREPOSITION));
    tokens
        .get(cue + 1 + usize::from(likened))
        .filter(|t| t.kind == Kind::Lower && t.is(Roles::CARRIER))?;
    let at = (cue + 1..end).find(|&at| !tokens[at].is(from))?;
    phrase::after(tokens, at, end).filter(|found| found.kind == MentionKind::Name)
}

/// A quotation signed with a dash and a name: `“…” — Rina Halim`.
fn signed(tokens: Tokens<'_>, at: usize, last: usize) -> Option<Cue> {
    if tokens.get(at + 1).filter(|_| at + 1 < last)?.kind != Kind::Dash {
        return None;
    }
    let mention = phrase::after(tokens, at + 2, last)?;
    let ends = tokens
        .get(mention.last)
        .filter(|_| mention.last < last)
        .is_none_or(|t| matches!(t.kind, Kind::Stop | Kind::Comma | Kind::Quote));
    (ends && mention.kind == MentionKind::Name && mention.first == at + 2).then_some(Cue {
        at: at + 1,
        mention: Some(mention),
        rule: Rule::Signed,
    })
}

/// The end of the clause from `at` on: the next quotation or the end of the sentence.
fn clause_end(tokens: Tokens<'_>, at: usize, last: usize) -> usize {
    let limit = last.min(at + 80);
    (at..limit)
        .find(|&i| matches!(tokens[i].kind, Kind::Quote | Kind::Semicolon))
        .unwrap_or_else(|| {
            if limit == last && limit > at && tokens[limit - 1].kind == Kind::Stop {
                limit - 1
            } else {
                limit.max(at)
            }
        })
}

/// The cue before a quotation: `Rina said: “`.
pub(crate) fn cue_before(
    tokens: Tokens<'_>,
    sentence: usize,
    at: usize,
    verb_second: bool,
) -> Option<Cue> {
    let before = tokens.get(at.checked_sub(1)?)?;
    if at <= sentence {
        return None;
    }
    let signed = matches!(before.kind, Kind::Colon | Kind::Comma);
    let last = if signed { at - 1 } else { at };
    let start = (sentence..last)
        .rev()
        .take(60)
        .find(|&i| ends_report(&tokens[i]))
        .map_or(sentence, |i| i + 1);
    if let Some(asked) = (start..last)
        .rev()
        .take(3)
        .find(|&i| is_asked(tokens, start, i))
    {
        return Some(Cue {
            at: asked,
            mention: None,
            rule: Rule::Asked,
        });
    }
    let is_cue = |i: usize| {
        relay::is_relay(tokens, start, i)
            // `begründete es so: “…”` has its verb before.
            || tokens[i].is(Roles::INVERTED) && (i + 1 < last || !verb_second)
            || !is_noun(tokens, start, i) && tokens[i].is(SAYING
                .with(Roles::PASSIVE)
                .with(Roles::CLITIC)
                .with(Roles::ACCORDING)
                .with(Roles::PARTICIPLE))
    };
    let mut verb = (start..last)
        .rev()
        .take(if signed { 25 } else { 1 })
        .find(|&i| is_cue(i))?;
    // `Das Land informierte, dass die Schule öffnet: „…“`: the verb has its clause.
    let governs = (verb + 1..last).any(|i| {
        let apart = tokens[i - 1].kind == Kind::Comma || !verb_second;
        apart && tokens[i].kind == Kind::Lower && tokens[i].is(Roles::COMPLEMENTISER)
    });
    if governs && before.kind == Kind::Colon {
        return None;
    }
    // `fügte hinzu`: the verb itself stands before its particle.
    if verb > start && tokens[verb - 1].kind == Kind::Lower && tokens[verb - 1].is(SAYING) {
        verb -= 1;
    }
    Some(Cue {
        at: verb,
        mention: speaker_at(tokens, start, verb, last, verb_second),
        rule: Rule::NameBefore,
    })
}

/// Whom the clause is about that ends in a colon right before the utterance at `at`, without a word of
/// saying: `Rina Halim was defiant: “…”`, `Für Schulleiter Salcher kein Thema: „…“`.
pub(crate) fn before_colon(tokens: Tokens<'_>, sentence: usize, at: usize) -> Option<Mention> {
    let colon = at.checked_sub(1).filter(|&colon| colon > sentence)?;
    if tokens.get(colon)?.kind != Kind::Colon {
        return None;
    }
    let comma = (sentence..colon)
        .rev()
        .find(|&at| tokens.get(at).is_some_and(|t| t.kind == Kind::Comma));
    // `Auf die Frage, ob Wein oder Bier fehle: „…“`: a clause that hangs on another names no speaker.
    let hangs = comma.and_then(|comma| tokens.get(comma + 1));
    if hangs.is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::COMPLEMENTISER)) {
        return None;
    }
    let is_one = comma.is_none();
    if let Some(found) = labelled(tokens, sentence, colon) {
        return Some(found);
    }
    let head = is_one
        .then(|| phrase::at_head(tokens, sentence, colon))
        .flatten();
    let head = head.filter(|mention| {
        // One word that opens a sentence may be any noun.
        let words = mention.parts.first().and_then(|&(a, b)| tokens.get(a..b));
        let words = words.unwrap_or_default();
        let first = words.first().map(|token| token.kind);
        mention.kind == MentionKind::Pronoun
            || words.len() > 1
            || matches!(first, Some(Kind::Upper | Kind::Account))
    });
    let last = comma.map_or(sentence, |comma| comma + 1);
    head.or_else(|| {
        let mut at = last;
        while at < colon {
            let end = run(&tokens, at).min(colon);
            if let Some((a, b)) = strip(tokens, at, end).filter(|_| end > at) {
                let named = Mention {
                    kind: MentionKind::Name,
                    span: span_of(tokens, a, b),
                    parts: vec![(a, b)],
                    first: at,
                    last: end,
                };
                let body = Roles::ORGANISATION.with(Roles::PLACE);
                if is_someone(tokens, &named) && !tokens.get(a)?.is(body) {
                    return Some(named);
                }
            }
            at = end.max(at + 1);
        }
        None
    })
}

/// Whether a cue that is a noun as well stands behind an article or an adjective: `a few questions`.
fn is_noun(tokens: Tokens<'_>, start: usize, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|&before| before >= start);
    let noun = |t: &Token| {
        let leads = Roles::ARTICLE.with(Roles::DETERMINER);
        t.kind == Kind::Lower && !t.is(Roles::PRONOUN) && (t.is(leads) || t.roles.is_empty())
    };
    // `Their chants included, “…”`
    let owned = |t: &Token| t.is(Roles::ARTICLE) && !t.is(Roles::BARE_ARTICLE.with(Roles::PRONOUN));
    let nominal = tokens[at].is(Roles::NOMINAL) && !tokens[at].is(Roles::INVERTED);
    before.is_some_and(|before| {
        let before = &tokens[before];
        nominal && noun(before) || owned(before)
    })
}

/// Whether the word at `at` tells that someone was asked what follows: `Saat ditanya, “…?”`, `When
/// asked, “…?”`, `was asked: “…?”`.
fn is_asked(tokens: Tokens<'_>, start: usize, at: usize) -> bool {
    let token = &tokens[at];
    let before = at.checked_sub(1).filter(|&before| before >= start);
    let passive = Roles::SUBORDINATOR.with(Roles::COPULA);
    let told = before.is_some_and(|before| tokens[before].is(passive));
    token.kind == Kind::Lower && token.is(Roles::ASKED) && (!token.is(SAYING) || told)
}

/// The name that labels an utterance, with nothing before it: `Sommer: „…“`, `Ann Moore, Lareng Post:`.
fn labelled(tokens: Tokens<'_>, sentence: usize, colon: usize) -> Option<Mention> {
    let end = run(&tokens, sentence);
    let sign = tokens
        .get(end)
        .filter(|_| end > sentence && end <= colon)?
        .kind;
    let verb = Roles::AUXILIARY.with(Roles::FINITE).with(SAYING);
    let told = |t: &Token| t.kind == Kind::Lower && t.is(verb);
    if !matches!(sign, Kind::Comma | Kind::Colon) || tokens.get(end..colon)?.iter().any(told) {
        return None;
    }
    let (a, b) = strip(tokens, sentence, end)?;
    Some(Mention {
        kind: MentionKind::Name,
        span: span_of(tokens, a, b),
        parts: vec![(a, b)],
        first: sentence,
        last: end,
    })
}

/// Who speaks by the cue at `verb` in the clause `start..last` before the marked words.
pub(crate) fn speaker_at(
    tokens: Tokens<'_>,
    start: usize,
    verb: usize,
    last: usize,
    verb_second: bool,
) -> Option<Mention> {
    // `menurutnya, “…”`
    if tokens[verb].is(Roles::CLITIC) {
        return Some(Mention::implied(verb));
    }
    if verb_second && tokens[verb].is(SAYING) {
        return verb_second::subject(tokens, (start, last), verb);
    }
    // `fügte hinzu`: the rest of the verb stands behind it.
    let rest = tokens
        .get(verb + 1)
        .is_some_and(|t| t.kind == Kind::Lower && t.is(SAYING));
    if let Some(relayed) = relay::speaker(tokens, start, verb) {
        return Some(relayed);
    }
    if relay::is_relay(tokens, start, verb) {
        return phrase::after(tokens, verb + 1, last)
            .or_else(|| subject::before(tokens, start, verb));
    }
    let behind = || phrase::after(tokens, verb + 1 + usize::from(rest), last);
    let ahead = || subject::before(tokens, start, verb);
    let bare = !tokens[verb].is(SAYING);
    let before = tokens.get(verb.wrapping_sub(1)).filter(|_| verb > start);
    let apart = before.is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Dash));
    let joined = before.is_some_and(|t| t.is(Roles::COORDINATOR));
    if bare && tokens[verb].is(Roles::INVERTED.with(Roles::PASSIVE).with(Roles::ACCORDING)) {
        // `ia bilang, “…”`
        let last_word = verb + 1 >= last && tokens[verb].is(Roles::INVERTED);
        let named = |found: &Mention| found.kind != MentionKind::Description;
        behind().or_else(|| last_word.then(ahead).flatten().filter(named))
    } else if bare && apart || joined {
        // `Rina defended the plan, saying, “…”`, `… and said: “…”`: whoever the sentence is about.
        let comma = (start..verb)
            .rev()
            .find(|&at| tokens[at].kind == Kind::Comma);
        let near = comma.and_then(|comma| phrase::at_head(tokens, comma + 1, verb));
        let found = near.or_else(|| phrase::at_head(tokens, start, verb));
        Some(found.unwrap_or_else(|| Mention::implied(verb)))
    } else if let Some(found) = behind().filter(|found| apart && inverts(tokens, verb, found, last))
    {
        Some(found)
    } else if verb_second && subject_follows(tokens, start, verb, last) {
        behind().or_else(ahead)
    } else {
        ahead().or_else(behind)
    }
}

/// Whether the name `found` right behind the verb at `verb` is its subject, which nothing but the sign before
/// the marked words follows: `One thing was new, said Rina Halim: “…”`.
fn inverts(tokens: Tokens<'_>, verb: usize, found: &Mention, last: usize) -> bool {
    let takes_object = Roles::TELLING.with(Roles::URGING);
    let named = found.kind == MentionKind::Name && found.first == verb + 1;
    named
        && found.last == last
        && !tokens[verb].is(takes_object)
        && !tokens[verb + 1].is(Roles::TIME)
}

/// Whether nothing before the token belongs to a report behind it: a semicolon, or an utterance.
pub(crate) fn ends_report(token: &Token) -> bool {
    let utterance = Roles::ENDS_IN_COMMA.with(Roles::ENDS_IN_STOP);
    token.kind == Kind::Semicolon || token.kind == Kind::Quote && token.is(utterance)
}

/// Whether the subject stands behind the verb at `verb`, in a language whose verb comes second: an
/// adverbial, a clause or an object fills the place before it.
fn subject_follows(tokens: Tokens<'_>, start: usize, verb: usize, last: usize) -> bool {
    let adverbial = Roles::PREPOSITION
        .with(Roles::OPENER)
        .with(Roles::SUBORDINATOR)
        .with(Roles::TIME)
        .with(Roles::INVERTED);
    let opens = tokens.get(start).is_some_and(|t| t.is(adverbial));
    let pronoun = tokens.get(verb + 1).is_some_and(|t| t.is(Roles::PRONOUN));
    let subject = phrase::after(tokens, verb + 1, last);
    let bare_name = subject.is_some_and(|found| {
        let article = tokens[found.first].is(Roles::DETERMINER);
        found.kind == MentionKind::Name && !article && found.last >= last
    });
    opens || pronoun || bare_name
}
