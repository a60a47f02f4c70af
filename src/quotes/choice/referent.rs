//! Whom the words at a verb name: the fullest name behind a short one, the office that a body's name
//! stands in, the description without its article.

use super::evidence::{Evidence, Feature};
use crate::language::Roles;
use crate::quotes::mentions::mention::{Mention, MentionKind, span_of};
use crate::quotes::mentions::names::{Gender, NameId, Names, gender_beside};
use crate::quotes::mentions::offices::names_body;
use crate::quotes::words::name_words::TITLE;
use crate::quotes::words::tokens::{Kind, Token, Tokens};
use crate::text::ByteSpan;

/// What the name in a mention itself speaks for.
pub(crate) fn name_evidence(mention: &Mention, tokens: Tokens<'_>, names: &Names) -> Evidence {
    /// Words of a person's name, as a rule no more.
    const LONGEST: usize = 4;
    let first = mention.parts.first().copied().unwrap_or_default();
    let words = tokens.get(first.0..first.1).unwrap_or_default();
    let id = names.resolve(words);
    let real = id.is_some_and(|id| names.is_real(id));
    let single = words.len() < 2;
    let heard = words.iter().any(|t| t.is(Roles::KNOWN_SPEAKER));
    let body = id.is_some_and(|id| names.is_body(id));
    let title = Roles::OFFICE
        .with(Roles::HONORIFIC)
        .with(Roles::ORGANISATION)
        .with(Roles::PLACE);
    let holds_more = words.len() > LONGEST || words.iter().any(|t| t.is(title));
    Evidence::of(Feature::Named)
        .and_if(!body && holds_more, Feature::OddName)
        .and_if(!single, Feature::SeveralWords)
        .and_if(heard, Feature::KnownElsewhere)
        .and_if(single && names.nouns_capitalised, Feature::NounLike)
        .and_if(single && !real, Feature::UnknownWord)
        .and_if(body, Feature::NamesBody)
}

/// The gender that the words of a mention, or of the name in it, tell of.
pub(crate) fn gender(mention: &Mention, tokens: Tokens<'_>, names: &Names) -> Gender {
    let words = tokens.get(mention.first..mention.last).unwrap_or_default();
    let any = |roles| words.iter().any(|t| t.is(roles));
    let [part] = mention.parts.as_slice() else {
        return Gender::Unknown;
    };
    let own = match mention.kind {
        MentionKind::Name => gender_beside(tokens, mention.first, *part),
        _ => Gender::of(any(Roles::FEMALE), any(Roles::MALE)),
    };
    let known = (mention.kind == MentionKind::Name)
        .then(|| names.resolve(tokens.get(part.0..part.1)?))
        .flatten();
    known.map_or(own, |id| names.gender(id).or(own))
}

/// The words of a description without the article before them.
pub(crate) fn described_span(tokens: Tokens<'_>, mention: &Mention) -> ByteSpan {
    let article = |at: &usize| tokens.get(*at).is_some_and(|t| t.is(Roles::BARE_ARTICLE));
    let first = (mention.first..mention.last).find(|at| !article(at));
    match (first, mention.kind) {
        (Some(first), MentionKind::Description) if first > mention.first => {
            span_of(tokens, first, mention.last)
        }
        _ => mention.span,
    }
}

/// The office that a mention names where its name is but a part of a body's: `Kepala Rutan Pondok
/// Lareng`, in an article that names the `Rutan Wanita Pondok Lareng`.
pub(crate) fn heads(mention: &Mention, tokens: Tokens<'_>, names: &Names) -> Option<ByteSpan> {
    let &[(a, b)] = mention.parts.as_slice() else {
        return None;
    };
    let led = tokens
        .get(mention.first..a)
        .is_some_and(|words| words.first().is_some_and(|t| t.is(Roles::OFFICE)));
    let whole = names.resolve(tokens.get(a..b)?)?;
    let larger = names.is_body(whole) && names.get(whole)?.len() > b - a;
    // `Camat Lareng`, in an article that names the `Sungai Lareng`
    let placed = a.checked_sub(1).filter(|&at| at >= mention.first);
    let placed = placed.is_some_and(|at| tokens[at].is(Roles::PLACED));
    if led && larger && (b - a > 1 || placed) {
        return Some(span_of(tokens, mention.first, b));
    }
    // `juru bicara Kementerian Laut`: who speaks for a body, without a name.
    // Two words behind the last of its own may be someone's name.
    let known_body = tokens[a].is(Roles::ORGANISATION.with(Roles::PLACE));
    let plain = tokens[a..b]
        .iter()
        .rev()
        .take_while(|t| !t.is(TITLE))
        .count()
        < 2;
    let speaks = led && b == mention.last && known_body && plain && names.is_body(whole);
    let body = speaks && names_body(tokens, mention.first, &mention.parts);
    let office = tokens.get(mention.first)?.hash;
    let known = names.bearer(office).filter(|&id| names.is_person(id));
    (body && known.is_none()).then(|| span_of(tokens, mention.first, b))
}

/// Whether the name of a mention is a common word that only its sentence gave a capital, and more
/// words tell what it is: `Tiga penggugat`, `Layanan keuangan Lareng`.
pub(crate) fn heads_common(mention: &Mention, tokens: Tokens<'_>, names: &Names) -> bool {
    let &[(a, b)] = mention.parts.as_slice() else {
        return false;
    };
    let word = &tokens[a];
    let opens = a == mention.first && b == a + 1 && word.kind == Kind::Capital;
    let plain = !word.is(Roles::KNOWN_SPEAKER) && word.roles.is_empty();
    let follows = tokens.get(b).filter(|_| b < mention.last);
    let told = follows.is_some_and(|next| {
        let apart = Roles::AUXILIARY
            .with(Roles::ADVERB)
            .with(Roles::SUBORDINATOR);
        let of = Roles::ORIGIN.with(Roles::AGENT).with(Roles::LOCATIVE);
        let adjunct = next.is(apart) || next.is(Roles::PREPOSITION) && !next.is(of);
        next.kind == Kind::Lower && !adjunct
    });
    let real = |id: NameId| names.is_real(id) || names.is_voice(id);
    opens && plain && told && !names.resolve(&tokens[a..b]).is_some_and(real)
}

/// The word by which a description is known again: the first that only tells of it.
pub(crate) fn head_of(words: &[Token]) -> Option<&Token> {
    let mut words = words.iter();
    words.find(|t| !t.is(Roles::DETERMINER.with(Roles::ARTICLE)))
}

/// The fullest name for the name in `first..last`.
pub(crate) fn named(tokens: Tokens<'_>, first: usize, last: usize, names: &Names) -> ByteSpan {
    let words = tokens.get(first..last).unwrap_or(&[]);
    let kin = words.first().is_some_and(|t| t.is(Roles::KIN));
    let known = names.resolve(words).filter(|_| !kin);
    if let Some(name) = known.and_then(|id| names.get(id)) {
        return name.fullest;
    }
    match (words.first(), words.last()) {
        (Some(a), Some(b)) => ByteSpan {
            start: a.start,
            end: b.base_end(),
        },
        _ => ByteSpan::default(),
    }
}
