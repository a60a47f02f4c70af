//! A line cut into the numbers, words and signs of which dates are made. Mends what crawlers glue:
//! `readApril`, `20232:26`, `_x0000_`.

use std::ops::Range;

use crate::text::fold;

/// One piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A number and how many digits it is written with.
    Number(u32, u8),
    /// Folded letters.
    Word(String),
    /// Any other sign but white space.
    Sign(char),
}

/// The tokens of `text`, at most `limit`.
pub(super) fn tokens(text: &str, limit: usize) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if found.len() >= limit {
            break;
        }
        let start = at;
        at += match c {
            _ if text.as_bytes()[at..].starts_with(b"_x0000_") => 7,
            '0'..='9' => number(text, start, &mut found),
            c if c.is_alphabetic() => word(text, start, &mut found),
            c => {
                if !c.is_whitespace() {
                    found.push(Token {
                        kind: Kind::Sign(c),
                        at: start..start + c.len_utf8(),
                    });
                }
                c.len_utf8()
            }
        };
    }
    found
}

/// Reads digits; a year with an hour glued to it (`20232:26`, `202318:05`) becomes two numbers.
fn number(text: &str, start: usize, found: &mut Vec<Token>) -> usize {
    let rest = &text[start..];
    let digits = rest
        .bytes()
        .position(|b| !b.is_ascii_digit())
        .unwrap_or(rest.len());
    let is_year = rest.starts_with("19") || rest.starts_with("20");
    let cut = if (5..=6).contains(&digits) && is_year && rest[digits..].starts_with([':', '.']) {
        4
    } else {
        digits
    };
    for part in [0..cut, cut..digits] {
        if part.is_empty() {
            continue;
        }
        let value = rest[part.clone()].parse().unwrap_or(u32::MAX);
        found.push(Token {
            kind: Kind::Number(value, part.len().min(255) as u8),
            at: start + part.start..start + part.end,
        });
    }
    digits
}

/// Reads letters, with apostrophes between letters; a capital behind a small letter starts a word.
fn word(text: &str, start: usize, found: &mut Vec<Token>) -> usize {
    let rest = &text[start..];
    let mut chars = rest.char_indices().peekable();
    let mut previous = ' ';
    let mut end = rest.len();
    while let Some((offset, c)) = chars.next() {
        let inside = matches!(c, '\'' | '’' | '‘' | '`')
            && previous.is_alphabetic()
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let glued = previous.is_lowercase() && c.is_uppercase();
        if glued || !(c.is_alphabetic() || inside) {
            end = offset;
            break;
        }
        previous = c;
    }
    found.push(Token {
        kind: Kind::Word(fold(&rest[..end])),
        at: start..start + end,
    });
    end
}
