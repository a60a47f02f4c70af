//! Quotation marks of one paragraph: which belong together. An odd mark costs its own quotation at
//! most, never the rest of the paragraph.

use super::lexicon::Lexicon;
use super::tokens::{Kind, Token, mark_use};
use crate::language::{MarkUse, Roles};
use crate::text::ByteSpan;

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With a closing mark.
    Marked,
    /// With its paragraph: the closing mark is missing or stands in a later one.
    Paragraph,
}

/// A quotation by its marks; nested ones are not listed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// The words, without the marks.
    pub inner: ByteSpan,
    /// The words with the marks.
    pub outer: ByteSpan,
    /// How it ends.
    pub ending: Ending,
}

/// What stands around a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opening,
    Closing,
    Open,
}

/// Pairs the marks of `tokens`, one paragraph's, over `text`.
pub(crate) fn pair(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Pair> {
    let mut pairing = Pairing {
        text,
        tokens,
        lexicon,
        pairs: Vec::new(),
        open: None,
        nested: 0,
        barren: 0,
    };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.kind == Kind::Mark {
            let usage = mark_use(token, lexicon);
            at = if usage.single {
                pairing.single(at)
            } else {
                pairing.double(at, usage)
            };
        }
        at += 1;
    }
    if let Some(begin) = pairing.open {
        pairing.pairs.push(broken(tokens, begin, tokens.len()));
    }
    let mut pairs = pairing.pairs;
    pairs.retain(|pair| !pair.inner.is_empty());
    pairs
}

/// A walk over the marks of a paragraph.
struct Pairing<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    pairs: Vec<Pair>,
    /// The mark that opened the quotation at hand.
    open: Option<usize>,
    /// How many quotations are open inside that one.
    nested: usize,
    /// Up to here no single mark closes anything, so that none is sought twice.
    barren: usize,
}

impl Pairing<'_> {
    /// A single mark opens and closes at once or is an apostrophe; the last token it uses.
    fn single(&mut self, at: usize) -> usize {
        if self.open.is_some() || at < self.barren {
            return at;
        }
        match single_close(self.text, self.tokens, at, self.lexicon) {
            Ok(close) => {
                self.pairs.push(closed(self.tokens, at, close));
                close
            }
            Err(barren) => {
                self.barren = barren;
                at
            }
        }
    }

    fn double(&mut self, at: usize, usage: MarkUse) -> usize {
        let side = side(self.text, &self.tokens[at]);
        match self.open {
            None => self.outside(at, usage, side),
            Some(begin) => self.inside(begin, at, usage, side),
        }
        at
    }

    fn outside(&mut self, at: usize, usage: MarkUse, side: Side) {
        if usage.opens && (side != Side::Closing || !usage.closes) {
            self.open = Some(at);
            self.nested = 0;
        } else if self.pairs.is_empty() && usage.closes && side == Side::Closing && at > 1 {
            // The opening mark is missing: the paragraph's words up to here.
            self.pairs.push(headless(self.tokens, at));
        }
    }

    fn inside(&mut self, begin: usize, at: usize, usage: MarkUse, side: Side) {
        let same = self.tokens[begin].hash == self.tokens[at].hash;
        let opening = usage.opens && side == Side::Opening;
        if same && opening && !encloses(self.tokens, at, self.lexicon) {
            // The one before was never closed.
            self.pairs.push(broken(self.tokens, begin, at));
            self.open = Some(at);
            self.nested = 0;
        } else if opening && (!usage.closes || !same) {
            self.nested += 1;
        } else if usage.closes && self.nested > 0 && !same {
            self.nested -= 1;
        } else if usage.closes {
            self.pairs.push(closed(self.tokens, begin, at));
            self.open = None;
        }
    }
}

/// Whether the mark at `at`, which opens while another is open, begins a quotation inside that
/// one: then two closing marks follow before the next opening one.
fn encloses(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let uses = mark_use(&tokens[at], lexicon);
    if uses.closes {
        return false;
    }
    let mut next = tokens[at + 1..]
        .iter()
        .take(2000)
        .filter(|token| token.kind == Kind::Mark)
        .map(|token| mark_use(token, lexicon))
        .filter(|usage| !usage.single);
    let closers = next
        .by_ref()
        .take(2)
        .filter(|usage| !usage.opens || usage.closes)
        .count();
    closers == 2
}

fn closed(tokens: &[Token], open: usize, close: usize) -> Pair {
    Pair {
        inner: ByteSpan {
            start: tokens[open].end,
            end: tokens[close].start,
        },
        outer: tokens[open].span().join(tokens[close].span()),
        ending: Ending::Marked,
    }
}

fn headless(tokens: &[Token], close: usize) -> Pair {
    let start = tokens[0].start;
    Pair {
        inner: ByteSpan {
            start,
            end: tokens[close].start,
        },
        outer: ByteSpan {
            start,
            end: tokens[close].end,
        },
        ending: Ending::Marked,
    }
}

/// A quotation whose closing mark is missing before `limit`: it ends before a cue that follows a
/// comma, else with the paragraph (or the next quotation).
fn broken(tokens: &[Token], open: usize, limit: usize) -> Pair {
    let cues = Roles::INVERTED.with(Roles::CLITIC);
    let cut = (open + 2..limit).find(|&at| {
        matches!(tokens[at].kind, Kind::Comma | Kind::Stop)
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Lower && next.is(cues))
    });
    let last = cut.map_or(limit, |cut| cut + 1);
    let end = last
        .checked_sub(1)
        .map_or(tokens[open].end, |at| tokens[at].end);
    let end = end.max(tokens[open].end);
    Pair {
        inner: ByteSpan {
            start: tokens[open].end,
            end,
        },
        outer: ByteSpan {
            start: tokens[open].start,
            end,
        },
        ending: Ending::Paragraph,
    }
}

/// What the neighbours of a mark say: space before and none behind opens.
fn side(text: &str, token: &Token) -> Side {
    let before = text[..token.start as usize].chars().next_back();
    let after = text[token.end as usize..].chars().next();
    let loose_before = before
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '–' | '—' | ':' | '/'));
    let loose_after = after.is_none_or(|c| {
        c.is_whitespace()
            || (c.is_ascii_punctuation() && !matches!(c, '(' | '[' | '\'' | '"' | '#' | '@' | '.'))
            || matches!(c, '–' | '—' | '’')
    });
    match (loose_before, loose_after) {
        (true, false) => Side::Opening,
        (false, true) => Side::Closing,
        _ => Side::Open,
    }
}

/// The mark that closes the single mark at `open`; where none does (it is an apostrophe), up to
/// where no other single mark can be closed either.
fn single_close(
    text: &str,
    tokens: &[Token],
    open: usize,
    lexicon: &Lexicon,
) -> Result<usize, usize> {
    // No quotation within a sentence is longer.
    const REACH: usize = 400;
    let token = &tokens[open];
    if !mark_use(token, lexicon).opens || side(text, token) != Side::Opening {
        return Err(open);
    }
    let mut first = None;
    let end = tokens.len().min(open + REACH);
    for (at, other) in tokens.iter().enumerate().take(end).skip(open + 1) {
        let usage = match other.kind {
            Kind::Mark => mark_use(other, lexicon),
            _ => continue,
        };
        let side = side(text, other);
        if usage.single && side == Side::Opening && first.is_some() {
            break;
        }
        if !usage.single || !usage.closes || side == Side::Opening {
            continue;
        }
        let before = tokens.get(at - 1).map(|before| before.kind);
        if matches!(before, Some(Kind::Comma | Kind::Stop)) {
            return Ok(at);
        }
        first = first.or(Some(at));
    }
    first.ok_or(end)
}
