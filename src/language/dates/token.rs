//! Cuts a line into the numbers, words and signs of which dates are made. Repairs what crawlers
//! produce: words run together (`readApril`), a year run into an hour (`20232:26`), and the escape
//! `_x0000_`.

use std::ops::Range;

use crate::text::fold;

/// A number, a word or a sign of a line, with its byte range in the line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A number: its value, and the number of its digits (`07` is 7 with two digits).
    Number(u32, u8),
    /// A word, folded: in lower case and without accents.
    Word(String),
    /// Any other character except white space, such as `/` or `:`.
    Sign(char),
}

/// Returns the first `limit` tokens of `text`.
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

/// Reads the digits at byte `start` as a number and returns how many bytes they take. A year with
/// an hour run into it (`20232:26`, `202318:05`) becomes two numbers.
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

/// Reads the word at byte `start` and returns its length in bytes. An apostrophe between letters
/// belongs to the word; a capital behind a small letter begins a new word (`readApril`).
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
