//! The record of a quotation, as the command line documents it.

use std::collections::HashMap;

use super::article::Part;
use super::{Keyword, Row};
use crate::model::{Article, Quote};
use crate::text::{ByteSpan, CharOffsets};

/// The optional fields of a quotation's record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuoteParts {
    /// The rule by which the speaker was found.
    pub rule: Part,
}

/// Returns the identifier of a quotation: its article's key and its offsets in scalar values.
pub fn quote_id(article: &Article, start: usize, end: usize) -> String {
    format!("{}@{start}-{end}", article.key)
}

/// Returns one record for each occurrence of `keyword` in a quotation: `row` with the fields
/// `left`, `match` and `right`.
pub fn keyword_rows(article: &Article, quote: &Quote, row: &Row, keyword: &Keyword) -> Vec<Row> {
    let words = |start: usize, end: usize| article.words(ByteSpan::new(start, end)).into_owned();
    let whole = quote.span.range();
    let hits = keyword.find(article, quote).into_iter().map(|hit| {
        let mut row = row.clone();
        row.set("left", words(whole.start, hit.range().start))
            .set("match", words(hit.range().start, hit.range().end))
            .set("right", words(hit.range().end, whole.end));
        row
    });
    hits.collect()
}

/// Returns the records of all quotations of one article, in order.
pub fn quote_rows(article: &Article, parts: QuoteParts) -> impl Iterator<Item = Row> + '_ {
    let chars = CharPlaces::of(article);
    article
        .quotes
        .iter()
        .map(move |quote| quote_row(article, quote, &chars, parts))
}

fn quote_row(article: &Article, quote: &Quote, chars: &CharPlaces, parts: QuoteParts) -> Row {
    let id = |span| {
        let (start, end) = chars.both(span);
        quote_id(article, start, end)
    };
    let (start, end) = chars.both(quote.span);
    let within = quote.within.and_then(|at| article.quotes.get(at as usize));
    let words = |span: Option<ByteSpan>| span.map(|span| article.words(span).into_owned());
    let mention = quote.mention.map(|span| chars.both(span));
    let mut row = Row::new();
    row.set("id", id(quote.span))
        .set("article", &*article.key)
        .set("path", &*article.path)
        .set("kind", quote.kind.name())
        .set("group", quote.group)
        .set("within", within.map(|outer| id(outer.span)))
        .set("start", start)
        .set("end", end)
        .set("text", quote.span.of(&article.text))
        .set("speaker", article.speaker(quote))
        .set("speaker_as_written", words(quote.mention))
        .set("speaker_start", mention.map(|(start, _)| start))
        .set("speaker_end", mention.map(|(_, end)| end))
        .set("cue", words(quote.cue))
        .set("via", words(quote.via))
        .set("addressee", words(quote.addressee))
        .set("confidence", quote.confidence.name());
    if parts.rule == Part::Written {
        row.set("rule", quote.rule.id());
    }
    row
}

/// The offsets in scalar values of all span ends in the quotations of one article, by byte offset.
/// They are computed in one forward pass.
struct CharPlaces(HashMap<u32, usize>);

impl CharPlaces {
    fn of(article: &Article) -> Self {
        let quotes = article.quotes.iter();
        let spans = quotes.flat_map(|quote| [Some(quote.span), quote.mention]);
        let mut bytes: Vec<_> = spans.flatten().flat_map(|s| [s.start, s.end]).collect();
        bytes.sort_unstable();
        bytes.dedup();
        let mut walk = CharOffsets::new(&article.text);
        let place = |byte: u32| (byte, walk.at(byte as usize));
        Self(bytes.into_iter().map(place).collect())
    }

    fn both(&self, span: ByteSpan) -> (usize, usize) {
        let at = |byte| self.0.get(&byte).copied().unwrap_or_default();
        (at(span.start), at(span.end))
    }
}
