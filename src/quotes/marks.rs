//! Quotation marks of one paragraph: which belong together. An odd mark costs its own quotation at
//! most, never the rest of the paragraph.

use super::lexicon::Lexicon;
use super::tokens::{Kind, Token, mark_use};
use crate::language::Roles;
use crate::text::ByteSpan;

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a closing mark.
    Marked,
    /// With its paragraph: the closing mark is missing or stands in a later one.
    Paragraph,
}

/// A quotation by its marks; nested ones are not listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// The words, without the marks.
    pub inner: ByteSpan,
    /// The words with the marks.
    pub outer: ByteSpan,
    /// How it ends.
    pub ending: Ending,
    /// The first token inside, in the paragraph's tokens before collapsing.
    pub first: usize,
    /// One past the last token inside.
    pub last: usize,
}

/// What stands around a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opening,
    Closing,
    Open,
}

/// Pairs the marks of `tokens`, one paragraph's, over `text`.
pub(super) fn pair(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut open: Option<usize> = None;
    let mut nested = 0_usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.kind == Kind::Mark {
            let usage = mark_use(token, lexicon);
            if usage.single {
                if open.is_none() {
                    if let Some(close) = single_close(text, tokens, at, lexicon) {
                        pairs.push(closed(tokens, at, close));
                        at = close;
                    }
                }
            } else {
                let side = side(text, token);
                match open {
                    None if usage.opens && (side != Side::Closing || !usage.closes) => {
                        open = Some(at);
                        nested = 0;
                    }
                    None if pairs.is_empty() && usage.closes && side == Side::Closing && at > 1 => {
                        // The opening mark is missing: the paragraph's words up to here.
                        pairs.push(headless(tokens, at));
                    }
                    None => {}
                    Some(begin) => {
                        let same = tokens[begin].hash == token.hash;
                        let nests =
                            usage.opens && side == Side::Opening && (!usage.closes || !same);
                        if same
                            && side == Side::Opening
                            && usage.opens
                            && !encloses(tokens, at, lexicon)
                        {
                            // The one before was never closed.
                            pairs.push(broken(tokens, begin, at));
                            open = Some(at);
                            nested = 0;
                        } else if nests {
                            nested += 1;
                        } else if usage.closes && nested > 0 && !same {
                            nested -= 1;
                        } else if usage.closes {
                            pairs.push(closed(tokens, begin, at));
                            open = None;
                        }
                    }
                }
            }
        }
        at += 1;
    }
    if let Some(begin) = open {
        pairs.push(broken(tokens, begin, tokens.len()));
    }
    pairs.retain(|pair| !pair.inner.is_empty());
    pairs
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
        first: open + 1,
        last: close,
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
        first: 0,
        last: close,
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
        first: open + 1,
        last,
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

/// The mark that closes the single mark at `open`, where that opens at all: an apostrophe does not.
fn single_close(text: &str, tokens: &[Token], open: usize, lexicon: &Lexicon) -> Option<usize> {
    let token = &tokens[open];
    if !mark_use(token, lexicon).opens || side(text, token) != Side::Opening {
        return None;
    }
    // Bounded, so that a text of apostrophes stays linear; no quotation is longer.
    const REACH: usize = 600;
    let mut first = None;
    for (at, other) in tokens.iter().enumerate().skip(open + 1).take(REACH) {
        if other.kind != Kind::Mark {
            continue;
        }
        let usage = mark_use(other, lexicon);
        if !usage.single {
            // A double mark inside a single one is a nested quotation only in pairs; stop here.
            continue;
        }
        let side = side(text, other);
        if side == Side::Opening && first.is_some() {
            break;
        }
        if !usage.closes || side == Side::Opening {
            continue;
        }
        let before = tokens.get(at - 1).map(|before| before.kind);
        if matches!(before, Some(Kind::Comma | Kind::Stop)) {
            return Some(at);
        }
        first = first.or(Some(at));
    }
    first
}
