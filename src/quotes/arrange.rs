//! What is made of an article's quotations once all are found: which words stand elsewhere beside
//! their speaker, and what lies inside what.

use std::collections::{HashMap, HashSet};

use crate::model::{Confidence, Quote, QuoteKind, Rule};
use crate::text::{ByteSpan, Spans, letters};

/// A quotation without a verb whose words stand elsewhere beside their speaker, as pull quotes do,
/// takes that speaker.
pub(super) fn recognise_repeated(quotes: &mut [Quote], text: &str) {
    // Shorter words are said by many.
    const WORDS: usize = 4;
    let words = |quote: &Quote| {
        let (joined, count) = joined(quote.span.of(text));
        (count >= WORDS).then_some(joined)
    };
    let is_bare = |quote: &Quote| matches!(quote.rule, Rule::None | Rule::FloatsOn);
    let direct = |quote: &&Quote| quote.kind == QuoteKind::Direct;
    let bare = quotes.iter().filter(direct).filter(|quote| is_bare(quote));
    let openings: HashSet<Opening> = bare.map(|quote| opening(quote.span.of(text))).collect();
    if openings.is_empty() {
        return;
    }
    let known: HashMap<String, (Spans, Confidence)> = quotes
        .iter()
        .filter(direct)
        .filter(|quote| !is_bare(quote) && !quote.speakers.is_empty())
        .filter(|quote| openings.contains(&opening(quote.span.of(text))))
        .filter_map(|quote| Some((words(quote)?, (quote.speakers.clone(), quote.confidence))))
        .collect();
    for quote in quotes
        .iter_mut()
        .filter(|quote| quote.kind == QuoteKind::Direct)
    {
        if !is_bare(quote) {
            continue;
        }
        if let Some((speakers, confidence)) = words(quote).and_then(|words| known.get(&words)) {
            quote.speakers.clone_from(speakers);
            quote.confidence = *confidence;
            quote.rule = Rule::Repeated;
        }
    }
}

/// The first letters and digits of a text: most that differ do so here.
type Opening = [char; 8];

fn opening(text: &str) -> Opening {
    let mut opening = ['\0'; 8];
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    opening
        .iter_mut()
        .zip(letters)
        .for_each(|(place, letter)| *place = letter);
    opening
}

/// The letters and digits of a text without anything between, and how many words they are.
fn joined(text: &str) -> (String, usize) {
    let (mut joined, mut count) = (String::with_capacity(text.len()), 0);
    let (mut at, mut inside) = (0, false);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = letters::run(text.as_bytes(), at, text.len()).len;
        let other = rest.chars().next().filter(|_| plain == 0);
        let len = other.map_or(plain, char::len_utf8);
        let is_word = other.is_none_or(char::is_alphanumeric);
        if is_word {
            joined.push_str(&rest[..len]);
            count += usize::from(!inside);
        }
        inside = is_word;
        at += len;
    }
    (joined, count)
}

/// A medium that is itself the speaker carries no one's words.
pub(super) fn drop_own_carriers(quotes: &mut [Quote], text: &str) {
    for quote in quotes {
        let is_speaker = |via: &ByteSpan| {
            let spoken = quote.speakers.iter().chain(&quote.mention);
            spoken.into_iter().any(|name| name.of(text) == via.of(text))
        };
        quote.via = quote.via.filter(|via| !is_speaker(via));
    }
}

/// Sorts, drops what crosses another span, and ties fragments to the clauses around them.
pub(super) fn arrange(mut quotes: Vec<Quote>) -> Vec<Quote> {
    quotes.sort_by_key(|quote| {
        (
            quote.span.start,
            std::cmp::Reverse(quote.span.end),
            quote.kind,
        )
    });
    let mut kept: Vec<Quote> = Vec::with_capacity(quotes.len());
    let mut around: Vec<usize> = Vec::new();
    for mut quote in quotes {
        while around
            .last()
            .and_then(|&at| kept.get(at))
            .is_some_and(|outer| outer.span.end <= quote.span.start)
        {
            around.pop();
        }
        let outer = around
            .last()
            .and_then(|&at| kept.get(at).map(|outer| (at, outer)));
        if let Some((at, outer)) = outer {
            if !outer.span.contains(quote.span)
                || outer.span == quote.span && outer.kind == quote.kind
            {
                continue;
            }
            let own = quote.rule == Rule::About;
            if own {
                quote.within = Some(at as u32);
                quote.via = outer.speakers.first().copied();
            } else if quote.kind == QuoteKind::Fragment && outer.kind == QuoteKind::Mixed {
                quote.within = Some(at as u32);
                quote.speakers.clone_from(&outer.speakers);
                (quote.cue, quote.mention) = (None, None);
                quote.confidence = outer.confidence;
                quote.via = outer.via;
                quote.rule = Rule::Spoken;
            }
        }
        around.push(kept.len());
        kept.push(quote);
    }
    kept
}
