//! The numbered utterances of the open article. The pieces of an utterance share its number, and
//! each speaker has a colour.

use std::collections::HashMap;

use crate::model::{Article, Confidence, Quote};
use crate::text::ByteSpan;

/// One numbered utterance of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// The number of the utterance on the screen, counted from 1 in the order of the text.
    pub number: usize,
    /// The pieces of the utterance, as indices into `Article::quotes`. Never empty.
    pub pieces: Vec<u32>,
    /// The speaker of the utterance, as an index into [`Utterances::speakers`], or `None` if
    /// unknown.
    pub speaker: Option<usize>,
    /// Whether the utterance is inside another one.
    pub nesting: Nesting,
}

/// Whether an utterance is inside another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// The utterance is not inside another one.
    Own,
    /// The utterance is part of another one.
    Inner,
}

/// A stretch of text that belongs to one utterance. Where utterances are nested, it belongs to the
/// innermost one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The span of the stretch in the article's text.
    pub span: ByteSpan,
    /// The utterance of the stretch, as an index into [`Utterances::all`].
    pub utterance: usize,
}

/// All utterances of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Utterances {
    /// The utterances, in the order in which they begin in the text.
    pub all: Vec<Utterance>,
    /// The names of speakers, in the order in which they first speak.
    pub speakers: Vec<String>,
    /// The stretches of text to colour, in order and without overlaps.
    pub stretches: Vec<Stretch>,
}

impl Utterances {
    /// Returns the utterances of an article, numbered in the order of the text.
    pub fn of(article: &Article) -> Self {
        Self::before(article, article.text.len())
    }

    /// Returns the utterances of an article that begin before the byte offset `end`. Their numbers
    /// are the same as in the whole article.
    pub fn before(article: &Article, end: usize) -> Self {
        let begins = |quote: &Quote| (quote.span.start as usize) < end;
        let count = article.quotes.partition_point(begins);
        let quotes = article.quotes.get(..count).unwrap_or(&[]);
        let mut found = Self::default();
        let mut of_group = HashMap::new();
        let mut of_name = HashMap::new();
        let mut owners = Vec::with_capacity(quotes.len());
        for (index, quote) in (0..).zip(quotes) {
            let at = *of_group.entry(quote.group).or_insert(found.all.len());
            owners.push(at);
            if let Some(known) = found.all.get_mut(at) {
                known.pieces.push(index);
                continue;
            }
            let speaker = article.speaker(quote).map(|name| {
                let next = of_name.len();
                *of_name.entry(name).or_insert_with_key(|name: &String| {
                    found.speakers.push(name.clone());
                    next
                })
            });
            found.all.push(Utterance {
                number: at + 1,
                pieces: vec![index],
                speaker,
                nesting: match quote.within {
                    Some(_) => Nesting::Inner,
                    None => Nesting::Own,
                },
            });
        }
        found.stretches = flatten(quotes, &owners);
        found
    }

    /// Returns the index of the innermost utterance at a byte offset in the text, or `None` if
    /// there is none.
    pub fn at(&self, at: u32) -> Option<usize> {
        let next = self.stretches.partition_point(|s| s.span.end <= at);
        let stretch = self.stretches.get(next)?;
        (stretch.span.start <= at).then_some(stretch.utterance)
    }

    /// Returns the index of the utterance around the utterance with index `at`, if it is inside
    /// another one.
    pub fn around(&self, article: &Article, at: usize) -> Option<usize> {
        let one = self.all.get(at)?;
        if one.nesting == Nesting::Own {
            return None;
        }
        let outer = self.first(article, at)?.within?;
        let before = self.all.get(..at)?.iter();
        let before = before.enumerate().rev();
        let mut around = before.filter(|(_, other)| other.pieces.contains(&outer));
        around.next().map(|(index, _)| index)
    }

    /// Returns the name of an utterance's speaker, or `None` if the speaker is unknown.
    pub fn speaker_of(&self, utterance: &Utterance) -> Option<&str> {
        self.speakers.get(utterance.speaker?).map(String::as_str)
    }

    /// Returns the first piece of the utterance with index `at`.
    pub fn first<'a>(&self, article: &'a Article, at: usize) -> Option<&'a Quote> {
        let piece = *self.all.get(at)?.pieces.first()?;
        article.quotes.get(piece as usize)
    }

    /// Returns the words of the utterance with index `at`. Its pieces are joined by `…`.
    pub fn words(&self, article: &Article, at: usize) -> String {
        let pieces = self.all.get(at).map_or(&[][..], |known| &known.pieces);
        let words = pieces
            .iter()
            .filter_map(|piece| article.quotes.get(*piece as usize))
            .map(|quote| article.words(quote.span));
        words.collect::<Vec<_>>().join(" … ")
    }

    /// Returns the words of the utterance with index `at` as lists show them: the pieces of direct
    /// speech in marks, joined by `…`.
    pub fn said(&self, article: &Article, at: usize) -> String {
        let pieces = self.all.get(at).map_or(&[][..], |known| &known.pieces);
        let words = pieces
            .iter()
            .filter_map(|piece| article.quotes.get(*piece as usize))
            .map(|quote| quote.kind.in_marks(&article.words(quote.span)));
        words.collect::<Vec<_>>().join(" … ")
    }

    /// Returns how certain the speaker of the utterance with index `at` is.
    pub fn confidence(&self, article: &Article, at: usize) -> Confidence {
        self.first(article, at)
            .map_or(Confidence::Unsure, |quote| quote.confidence)
    }
}

/// Returns stretches of text in order, each with the utterance of its innermost quotation. `owners`
/// holds the utterance of each quotation. Quotations must be sorted by start, with an enclosing one
/// before those inside it. Makes one pass with a stack of open quotations.
fn flatten(quotes: &[Quote], owners: &[usize]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut open: Vec<(ByteSpan, usize)> = Vec::new();
    let mut at = 0_u32;
    let mut emit = |start: u32, end: u32, utterance: usize| {
        if start < end {
            let span = ByteSpan { start, end };
            found.push(Stretch { span, utterance });
        }
    };
    for (quote, owner) in quotes.iter().zip(owners) {
        while let Some((span, utterance)) = open.last().copied() {
            let end = span.end.min(quote.span.start);
            emit(at.max(span.start), end, utterance);
            at = at.max(end);
            if span.end > quote.span.start {
                break;
            }
            open.pop();
        }
        at = at.max(quote.span.start);
        open.push((quote.span, *owner));
    }
    while let Some((span, utterance)) = open.pop() {
        emit(at.max(span.start), span.end, utterance);
        at = at.max(span.end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::QuoteKind;

    fn quote(start: u32, end: u32, group: u32) -> Quote {
        Quote::unattributed(QuoteKind::Direct, ByteSpan { start, end }, group)
    }

    #[test]
    fn pieces_share_a_number() {
        let article = Article {
            text: "0123456789".into(),
            quotes: vec![quote(0, 2, 0), quote(3, 5, 1), quote(6, 8, 0)],
            ..Article::default()
        };
        let found = Utterances::of(&article);
        let pieces: Vec<_> = found.all.iter().map(|u| (u.number, &*u.pieces)).collect();
        assert_eq!(pieces, [(1, &[0, 2][..]), (2, &[1][..])]);
        assert_eq!(found.words(&article, 0), "01 … 67");
    }

    #[test]
    fn the_innermost_quotation_is_coloured() {
        let quotes = [
            quote(0, 10, 0),
            quote(2, 4, 1),
            quote(6, 9, 2),
            quote(12, 13, 3),
        ];
        let found = flatten(&quotes, &[0, 1, 2, 3]);
        let spans: Vec<_> = found
            .iter()
            .map(|s| (s.span.start, s.span.end, s.utterance))
            .collect();
        assert_eq!(
            spans,
            [
                (0, 2, 0),
                (2, 4, 1),
                (4, 6, 0),
                (6, 9, 2),
                (9, 10, 0),
                (12, 13, 3)
            ]
        );
    }
}
