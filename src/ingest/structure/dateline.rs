//! Finds the dateline: the place and the outlet before the first sentence
//! (`JAKARTA, KOMPAS.com - `).

use std::borrow::Cow;

use crate::model::Dateline;
use crate::text::{ByteSpan, head};

use super::rules::Rules;

/// Maximum length in bytes of a dateline.
const MAX_DATELINE: usize = 110;

/// Maximum number of dashes, colons, full stops and similar signs of a paragraph that are tried as
/// the end of a dateline.
const MAX_SIGNS: usize = 8;

/// A dateline that was found, with the outlet that it names.
#[derive(Clone, Debug)]
pub(super) struct FoundDateline {
    pub dateline: Dateline,
    pub outlet: Option<Box<str>>,
    /// Whether the dateline names an outlet or an agency. In that case it is certain to be a
    /// dateline, because no other text looks like this.
    pub strong: bool,
}

/// A part of a dateline, between commas, brackets and dashes.
enum Part {
    Outlet(Box<str>),
    Agency,
    Place(ByteSpan),
    Day,
}

impl Rules {
    /// Returns the dateline at the start of `span`, or `None` if there is none.
    pub(super) fn dateline(&self, text: &str, span: ByteSpan) -> Option<FoundDateline> {
        let head = head(span.of(text), MAX_DATELINE);
        if !head.starts_with(char::is_alphabetic) {
            return None;
        }
        self.with_sign(text, span, head)
            .or_else(|| self.glued(span, head))
    }

    /// Returns the dateline that ends with a dash or a similar sign: `JAKARTA, KOMPAS.com - `. All
    /// text before the sign must belong to the dateline. `head` is the beginning of `span`.
    fn with_sign(&self, text: &str, span: ByteSpan, head: &str) -> Option<FoundDateline> {
        let mut best: Option<FoundDateline> = None;
        let is_sign = |c: char| matches!(c, '-' | '–' | '—' | '|' | ':' | '.');
        let places = head.bytes().enumerate();
        let places = places.filter(|(_, b)| matches!(b, b'-' | 0xe2 | b'|' | b':' | b'.'));
        let signs = places.filter_map(|(at, _)| {
            let sign = head.get(at..)?.chars().next()?;
            is_sign(sign).then_some((at, sign))
        });
        for (at, sign) in signs.take(MAX_SIGNS) {
            let Some(found) = self.ends_at(text, span, (head, at, sign)) else {
                continue;
            };
            // An outlet alone may be the first half: `KONTAN.CO.ID - JAKARTA.`
            let whole = found.dateline.place.is_some();
            if best.is_none() || whole && found.outlet.is_some() {
                best = Some(found);
            }
            if whole {
                break;
            }
        }
        best
    }

    /// Returns the dateline that ends with the sign at byte `at` of `head`, or `None` if the text
    /// before the sign is none. `head` is the beginning of `span`.
    fn ends_at(
        &self,
        text: &str,
        span: ByteSpan,
        (head, at, sign): (&str, usize, char),
    ) -> Option<FoundDateline> {
        const SHORTEST: usize = 4;
        let left = head.get(..at)?;
        let right = head.get(at + sign.len_utf8()..)?;
        let right = right.trim_start_matches(['-', '–', '—']);
        if left.trim().len() < 2 || sign == '.' && !self.ends_place(left, right) {
            return None;
        }
        // `POS-KUPANG.COM`: the dash inside an outlet's name.
        let joined = |c: char| c.is_whitespace() || c == ',';
        let before = left.rsplit(joined).next().unwrap_or_default();
        let after = right.split(joined).next().unwrap_or_default();
        if sign == '-' && super::layout::is_domain(&format!("{before}-{after}")) {
            return None;
        }
        // `Partai Karang (PKR) Lo Chia-wen`: the hyphen inside a name.
        let inside = left.ends_with(char::is_alphabetic) && right.starts_with(char::is_lowercase);
        if sign == '-' && inside {
            return None;
        }
        let start = span.start as usize;
        let parts = self.parts(text, ByteSpan::new(start, start + at).trim(text))?;
        let found = assemble(&parts, start, start + head.len() - right.len())?;
        let blank = char::is_whitespace;
        let spaced = left.ends_with(blank) || right.starts_with(blank) || sign != '-';
        let shouted = |place: ByteSpan| place.of(text).chars().all(|c| !c.is_lowercase());
        // `NGG-Sekretär`: shorter words in capitals are no places.
        let long = |place: ByteSpan| place.len() >= SHORTEST;
        let capital = found
            .dateline
            .place
            .is_some_and(|place| shouted(place) && long(place));
        let plain = !matches!(sign, '|' | ':' | '.');
        (found.strong || plain && (spaced || capital)).then_some(found)
    }

    /// Returns whether the full stop between `left` and `right` ends a dateline such as
    /// `KONTAN.CO.ID - JAKARTA.`
    fn ends_place(&self, left: &str, right: &str) -> bool {
        right.starts_with([' ', '\u{a0}'])
            && left.split([' ', ',', '-']).next().is_some_and(|first| {
                let first = first.trim().trim_end_matches('.');
                self.layouts.usual_name(first).is_some() || super::layout::is_domain(first)
            })
    }

    /// Returns a dateline that consists of an outlet, a comma and a place, and has lost its dash:
    /// `Liputan6.com, JakartaMie instan`. Returns `None` if there is none. `head` is the beginning
    /// of `span`.
    fn glued(&self, span: ByteSpan, head: &str) -> Option<FoundDateline> {
        let comma = head.find(',').filter(|at| *at < 30)?;
        let outlet = self.layouts.usual_name(head.get(..comma)?)?;
        let rest = head.get(comma + 1..)?;
        let place_at = comma + 1 + rest.len() - rest.trim_start().len();
        let place = head.get(place_at..)?;
        let mut end = word_end(place);
        if self
            .page
            .place_heads
            .iter()
            .any(|first| place.get(..end) == Some(first))
        {
            let more = place
                .get(end + 1..)
                .filter(|_| place[end..].starts_with(' '))?;
            end += 1 + word_end(more);
        }
        if end == 0 || !place.starts_with(char::is_uppercase) {
            return None;
        }
        let start = span.start as usize;
        let place = ByteSpan::new(start + place_at, start + place_at + end);
        Some(FoundDateline {
            dateline: Dateline {
                span: ByteSpan::new(start, place.end as usize),
                place: Some(place),
            },
            outlet: Some(outlet),
            strong: true,
        })
    }

    /// Splits a possible dateline into its parts. Returns `None` if some of it is neither a place
    /// nor an outlet, an agency or a day.
    fn parts(&self, text: &str, span: ByteSpan) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut start = span.start as usize;
        let words = span.of(text);
        // A dash between two parts counts as a comma. The lengths stay the same, so offsets stay
        // valid.
        let cut = match memchr::memchr2(b'-', 0xe2, words.as_bytes()) {
            Some(_) => words.replace(" - ", " , ").replace(" – ", "  ,  ").into(),
            None => Cow::Borrowed(words),
        };
        // `KABARLARENG.CO. LARENG`: a full stop where the comma behind the outlet was lost.
        let stop = words
            .find(". ")
            .filter(|at| super::layout::is_domain(&words[..*at]));
        let cut = match stop {
            Some(at) => {
                let mut cut = cut.into_owned();
                cut.replace_range(at..=at, ",");
                cut.into()
            }
            None => cut,
        };
        let (mut bracketed, mut closed) = (false, false);
        for piece in cut.split_inclusive([',', '(', ')']) {
            let bare = piece.trim_end_matches([',', '(', ')']);
            let part = ByteSpan::new(start, start + bare.len()).trim(text);
            start += piece.len();
            if !part.is_empty() {
                // `Tim Pemenangan (TPN) Ganjar-Mahfud`: a name behind the short form of a body.
                if closed {
                    return None;
                }
                parts.push(match self.part(text, part)? {
                    // After a place, brackets hold the sender of the report, known or not.
                    Part::Place(_) if bracketed && !parts.is_empty() => Part::Agency,
                    part => part,
                });
            }
            (bracketed, closed) = (piece.ends_with('('), piece.ends_with(')'));
        }
        (!parts.is_empty() && parts.len() <= 6).then_some(parts)
    }

    fn part(&self, text: &str, span: ByteSpan) -> Option<Part> {
        let words = span.of(text);
        let words = words
            .split('&')
            .next()
            .filter(|w| !w.is_empty() && words.ends_with(';'))
            .unwrap_or(words);
        let span = ByteSpan::new(span.start as usize, span.start as usize + words.len());
        if self.layouts.is_agency(words) {
            return Some(Part::Agency);
        }
        if let Some(name) = self.layouts.usual_name(words) {
            return Some(Part::Outlet(name));
        }
        if super::layout::is_domain(words) {
            let bare = words.split('.').next().unwrap_or(words);
            let shown = if bare.chars().all(|c| !c.is_lowercase()) {
                super::layout::capitalised(&bare.to_lowercase())
            } else {
                bare.to_owned()
            };
            return Some(Part::Outlet(shown.into()));
        }
        if words.bytes().any(|b| b.is_ascii_digit()) {
            return (words.len() < 14 && words.starts_with(char::is_alphabetic))
                .then_some(Part::Day);
        }
        let capital = |word: &str| {
            word.chars().next().is_some_and(char::is_uppercase)
                || matches!(word, "dan" | "of" | "de" | "and" | "al")
        };
        let count = words.split([' ', '/']).count();
        // In `JakartaGelandang`, a removed link has joined the first sentence to the place.
        let glued = words.split(' ').any(|word| {
            word_end(word) < word.len()
                && word_end(word) > 3
                && !word.contains(['-', '/', '.', '\''])
        });
        let place = count <= 4
            && !glued
            && words
                .split([' ', '/', '-'])
                .all(|w| w.is_empty() || capital(w))
            && !words.contains(['"', '“', '\'', '?', '!', '”']);
        place.then_some(Part::Place(span))
    }

    /// Returns whether a line consists of a dateline only: `Jakarta -`, `AUBURN, Wash. —`.
    pub(super) fn is_dateline_alone(&self, text: &str, span: ByteSpan) -> bool {
        span.len() < 60
            && span.of(text).ends_with(['-', '–', '—'])
            && self
                .dateline(text, span)
                .is_some_and(|found| found.dateline.span.end >= span.end)
    }
}

/// Returns the byte offset where the first word of `words` ends. A capital after a lower-case
/// letter begins the next word, as in `JakartaMie`.
fn word_end(words: &str) -> usize {
    let mut small = false;
    for (at, c) in words.char_indices() {
        if !c.is_alphabetic() || small && c.is_uppercase() {
            return at;
        }
        small = c.is_lowercase();
    }
    words.len()
}

fn assemble(parts: &[Part], start: usize, end: usize) -> Option<FoundDateline> {
    let outlet = parts.iter().find_map(|part| match part {
        Part::Outlet(name) => Some(name.clone()),
        _ => None,
    });
    let mut place: Option<ByteSpan> = None;
    let mut places = 0;
    for part in parts {
        if let Part::Place(span) = part {
            places += 1;
            place = Some(place.map_or(*span, |known| known.join(*span)));
        }
    }
    let agency = parts.iter().any(|part| matches!(part, Part::Agency));
    let strong = outlet.is_some() || agency && place.is_some();
    let fits = strong || (1..=2).contains(&places);
    fits.then(|| FoundDateline {
        dateline: Dateline {
            span: ByteSpan::new(start, end),
            place,
        },
        outlet,
        strong,
    })
}
