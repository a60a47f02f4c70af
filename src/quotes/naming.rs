//! What the running text of an article tells about names: the office that someone holds, and the
//! other names by which a person or body goes. Over a corpus this tells who is who.

use super::words::name_words::{is_name_word, is_name_word_at, run, strip};
use super::words::reading::{Reading, label};
use super::words::tokens::{Kind, Token, Tokens};
use crate::language::Roles;
use crate::model::{Article, Excerpt};
use crate::text::ByteSpan;

/// How a text says that two names are of one person or body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlsoCalled {
    /// The other name stands in brackets: `Badan Kopi Nusantara (BKN)`.
    Bracketed,
    /// The text says that it is a nickname: `Rina Halim yang akrab disapa Nana`.
    Nicknamed,
    /// The other name follows `or`: `Joko Halim atau Jokoha`.
    Or,
    /// A description in place of the name tells it: `pria yang akrab disapa Nana`. The name is the
    /// one that the text has last, so this is only likely.
    Described,
}

/// A place where the text names a person or body, with what it tells about them there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The name, without offices before it and degrees behind it.
    pub name: ByteSpan,
    /// The office that stands beside the name.
    pub office: Option<ByteSpan>,
    /// Another name of the same person or body.
    pub also: Option<(AlsoCalled, ByteSpan)>,
}

/// Returns the namings of an article in text order, except those inside quotation marks.
/// `headline` is the name with which the title begins, if it names who speaks (`Rina Halim: …`).
pub(super) fn namings(reading: &Reading<'_>, headline: Option<ByteSpan>) -> Vec<Naming> {
    let mut walk = Walk {
        last: headline,
        found: Vec::new(),
    };
    walk.found.extend(headline.map(|name| Naming {
        name,
        office: None,
        also: None,
    }));
    for paragraph in &reading.paragraphs {
        let tokens = reading.of(*paragraph);
        if label(&tokens).is_none() {
            walk.paragraph(tokens);
        }
    }
    walk.found
}

/// The name before the colon of a title, which says whose words the title gives.
pub(super) fn headline(article: &Article) -> Option<ByteSpan> {
    /// Words of such a name at most.
    const LONGEST: usize = 4;
    let Excerpt::Span(title) = article.structure.title.as_ref()?.text else {
        return None;
    };
    let words = title.of(&article.text);
    let (name, _) = words.split_once(':')?;
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && word.len() > 1;
    let count = name.split(' ').count();
    let start = title.start as usize;
    (name.split(' ').all(is_name) && (2..=LONGEST).contains(&count))
        .then(|| ByteSpan::new(start, start + name.len()))
}

struct Walk {
    found: Vec<Naming>,
    /// The last name of several words.
    last: Option<ByteSpan>,
}

/// Maximum number of tokens between a name and the nickname that belongs to it.
const REACH: usize = 4;

impl Walk {
    fn paragraph(&mut self, tokens: Tokens<'_>) {
        let mut at = 0;
        while at < tokens.len() {
            if tokens[at].kind == Kind::Lower && tokens[at].is(Roles::NICKNAME) {
                self.described(tokens, at);
            }
            if !is_name_word(&tokens[at]) {
                at += 1;
                continue;
            }
            let end = run(&tokens, at).max(at + 1);
            // `Ibunda Rina Halim`: someone else than Rina.
            if !tokens[at].is(Roles::KIN) {
                self.named(tokens, at, end);
            }
            at = end;
        }
    }

    fn named(&mut self, tokens: Tokens<'_>, first: usize, end: usize) {
        let Some((begin, stop)) = strip(tokens, first, end) else {
            return;
        };
        // A name that stands whole on a line of its own has its capital from nobody.
        let is_line = first == 0 && end == tokens.len();
        let begin = if is_line {
            begin
        } else if let Some(begin) = inside(tokens, begin, stop) {
            begin
        } else {
            return;
        };
        let name = span(&tokens[begin..stop]);
        let also = abbreviation(tokens, stop)
            .or_else(|| bracketed(tokens, stop).map(|other| (name, AlsoCalled::Bracketed, other)))
            .or_else(|| {
                let (how, other) = other_name(tokens, stop)?;
                Some((name, how, other))
            });
        if stop - begin > 1 {
            self.last = Some(name);
        }
        let office = office_before(tokens, first, begin).or_else(|| office_behind(tokens, stop));
        // The abbreviation may stand for more words than the run has.
        let (named, also) = match also {
            Some((named, how, other)) => (named, Some((how, other))),
            None => (name, None),
        };
        self.found.push(Naming {
            name: named,
            office,
            also,
        });
    }

    /// Notes the nickname at `at` for the last name, where no name but a description has it.
    fn described(&mut self, tokens: Tokens<'_>, at: usize) {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let led = before.is_some_and(|t| t.kind == Kind::Lower && t.is(Roles::RELATIVE));
        let whom = at.checked_sub(2).and_then(|whom| tokens.get(whom));
        let is_described = whom.is_some_and(|t| t.kind == Kind::Lower && t.is_word());
        if !led || !is_described || tokens[at].is(Roles::NAMING) {
            return;
        }
        if let (Some(name), Some((a, b))) = (self.last, named_at(tokens, at + 1)) {
            let other = span(&tokens[a..b]);
            self.found.push(Naming {
                name,
                office: None,
                also: Some((AlsoCalled::Described, other)),
            });
        }
    }
}

fn span(tokens: &[Token]) -> ByteSpan {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => ByteSpan {
            start: first.start,
            end: last.base_end(),
        },
        _ => ByteSpan::default(),
    }
}

/// The name that begins at `at`, if one does.
fn named_at(tokens: Tokens<'_>, at: usize) -> Option<(usize, usize)> {
    let led = tokens.get(at).is_some_and(|t| t.is(Roles::HONORIFIC));
    if !led && !is_name_word_at(&tokens, at) {
        return None;
    }
    let end = run(&tokens, at);
    (end > at).then_some(())?;
    let (_, stop) = strip(tokens, at, end)?;
    // A form of address belongs to a nickname: `Gus Ipul`.
    Some((at, stop))
}

/// Where a name at the head of a sentence begins: the first word may have its capital from there.
fn inside(tokens: Tokens<'_>, begin: usize, end: usize) -> Option<usize> {
    let before = begin.checked_sub(1).and_then(|before| tokens.get(before));
    let is_initial = before.is_none_or(|t| {
        matches!(
            t.kind,
            Kind::Stop | Kind::Quote | Kind::Colon | Kind::Dash | Kind::Other
        )
    });
    let is_known = tokens[begin].is(Roles::KNOWN_SPEAKER.with(Roles::ORGANISATION));
    match end - begin {
        _ if !is_initial || is_known => Some(begin),
        1 | 2 => None,
        _ => Some(begin + 1),
    }
}

/// The name in brackets that open at `at`, alone there.
fn bracketed(tokens: Tokens<'_>, at: usize) -> Option<ByteSpan> {
    /// Words that such a name has at most.
    const LONGEST: usize = 3;
    tokens.get(at).filter(|t| t.kind == Kind::Open)?;
    let led = tokens.get(at + 1).is_some_and(|t| t.is(Roles::HONORIFIC));
    if !led && !is_name_word_at(&tokens, at + 1) {
        return None;
    }
    let close = run(&tokens, at + 1);
    let is_closed = tokens.get(close).is_some_and(|t| t.kind == Kind::Close);
    (is_closed && close > at + 1 && close - at - 1 <= LONGEST).then(|| span(&tokens[at + 1..close]))
}

/// The words before the bracket at `at` whose first letters stand in it, with these letters:
/// `Badan Meteorologi, Klimatologi, dan Geofisika (BMKG)`.
fn abbreviation(tokens: Tokens<'_>, at: usize) -> Option<(ByteSpan, AlsoCalled, ByteSpan)> {
    let [open, letters, close] = tokens.get(at..at + 3)? else {
        return None;
    };
    let is_bracket = open.kind == Kind::Open && close.kind == Kind::Close;
    let count = letters.span().len();
    if !is_bracket || letters.kind != Kind::Upper || count < 3 {
        return None;
    }
    let mut from = at;
    let mut left = count;
    while left > 0 {
        from = from.checked_sub(1)?;
        let token = &tokens[from];
        let joins = token.kind == Kind::Comma
            || token.kind == Kind::Lower
                && token.is(Roles::COORDINATOR
                    .with(Roles::BODY_PARTICLE)
                    .with(Roles::PREPOSITION));
        if token.is_capital() {
            left -= 1;
        } else if !joins {
            return None;
        }
    }
    // A comma or a word of grammar inside is only certain where the letters are those of the words.
    let long = span(&tokens[from..at]);
    Some((long, AlsoCalled::Bracketed, letters.span()))
}

/// The other name behind the name that ends at `end`, and how the text says so.
fn other_name(tokens: Tokens<'_>, end: usize) -> Option<(AlsoCalled, ByteSpan)> {
    let joins = Roles::RELATIVE
        .with(Roles::COORDINATOR)
        .with(Roles::AUXILIARY);
    for at in end..tokens.len().min(end + REACH) {
        let token = &tokens[at];
        if token.kind == Kind::Lower && token.is(Roles::NICKNAME) {
            if token.is(Roles::NAMING) {
                return None;
            }
            let (a, b) = named_at(tokens, at + 1)?;
            return Some((AlsoCalled::Nicknamed, span(&tokens[a..b])));
        }
        let otherwise = token.kind == Kind::Lower && token.is(Roles::OTHERWISE);
        if at == end
            && otherwise
            && let Some((a, b)) = named_at(tokens, at + 1)
        {
            return Some((AlsoCalled::Or, span(&tokens[a..b])));
        }
        if token.kind != Kind::Comma && !token.is(joins) {
            return None;
        }
    }
    None
}

/// The office in the run before the name at `begin`, with those in small letters before it, and
/// those before a comma or bracket that sets the name off.
fn office_before(tokens: Tokens<'_>, first: usize, begin: usize) -> Option<ByteSpan> {
    let mut from = first;
    let mut to = begin;
    if from == to {
        // `Menteri Sosial (Mensos) Rina Halim`, `Ketua Komisi III, Rina Halim`
        let sign = from.checked_sub(1)?;
        to = match tokens[sign].kind {
            Kind::Close => sign + 1,
            Kind::Comma => sign,
            _ if tokens[sign].kind == Kind::Lower && tokens[sign].is(Roles::OFFICE) => from,
            _ => return None,
        };
        let last = if tokens[sign].kind == Kind::Close {
            (sign.saturating_sub(REACH)..sign)
                .rev()
                .find(|&at| tokens[at].kind == Kind::Open)?
        } else {
            to
        };
        from = (last.saturating_sub(LONGEST)..last)
            .rev()
            .take_while(|&at| is_name_word(&tokens[at]))
            .last()
            .unwrap_or(last);
    }
    while from > 0 && tokens[from - 1].kind == Kind::Lower && tokens[from - 1].is(Roles::OFFICE) {
        from -= 1;
    }
    let words = tokens.get(from..to)?;
    (words.iter().any(is_office) && !words[0].is(Roles::KIN)).then(|| span(words))
}

/// Whether a word names an office, and no form of address, relative or place.
fn is_office(token: &Token) -> bool {
    token.is(Roles::OFFICE) && !token.is(Roles::HONORIFIC.with(Roles::KIN).with(Roles::TERRITORY))
}

/// Words of an office before its bearer's name at most.
const LONGEST: usize = 12;

/// The office that a comma sets off behind the name: `Rina Halim, Ketua Komisi III`.
fn office_behind(tokens: Tokens<'_>, end: usize) -> Option<ByteSpan> {
    let first = end + 1;
    tokens.get(end).filter(|t| t.kind == Kind::Comma)?;
    tokens.get(first).filter(|t| is_office(t))?;
    let inner = first + usize::from(tokens[first].kind == Kind::Lower);
    let stop = run(&tokens, inner).max(inner).max(first + 1);
    // `…, Menteri Sosial Rina Halim`: the next name's.
    if strip(tokens, first, stop).is_some_and(|(a, b)| a > first && b - a > 1) {
        return None;
    }
    tokens.get(first..stop).map(span)
}
