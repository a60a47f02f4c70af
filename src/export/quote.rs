//! The record of a quotation, as the command line documents it.

use std::collections::HashMap;

use super::article::Part;
use super::{Picked, QuoteRecord, StepRecord, citation};
use crate::model::{Article, Published, Quote, sha256};
use crate::quotes::TraceStep;
use crate::search::Keyword;
use crate::text::{ByteSpan, CharOffsets};

/// The optional fields of a quotation's record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuoteParts {
    /// The rule by which the speaker was found.
    pub rule: Part,
    /// The citation of the article and the hash of its text.
    pub source: Part,
}

/// Returns the identifier of a quotation: its article's key and its offsets in scalar values.
pub fn quote_id(article: &Article, start: usize, end: usize) -> String {
    format!("{}@{start}-{end}", article.key)
}

/// Returns one record for each occurrence of `keyword` in a quotation: `record` with the fields
/// `left`, `match` and `right`.
pub fn keyword_records<'a>(
    article: &Article,
    quote: &Quote,
    record: &QuoteRecord<'a>,
    keyword: &Keyword,
) -> Vec<QuoteRecord<'a>> {
    let words = |start: usize, end: usize| article.words(ByteSpan::new(start, end)).into_owned();
    let whole = quote.span.range();
    let hits = keyword.find(article, quote).into_iter();
    let records = hits.map(|hit| QuoteRecord {
        left: Some(words(whole.start, hit.range().start)),
        keyword: Some(words(hit.range().start, hit.range().end)),
        right: Some(words(hit.range().end, whole.end)),
        ..record.clone()
    });
    records.collect()
}

/// Returns the records of the steps of a trace, in order: all of them, or those about the words at
/// the offset `at`.
pub fn step_records(
    article: &Article,
    steps: Vec<TraceStep>,
    at: Option<usize>,
) -> Vec<StepRecord<'_>> {
    let mut walk = CharOffsets::new(&article.text);
    let records = steps.into_iter().map(|step| {
        let span = walk.span(step.span);
        StepRecord {
            article: &article.key,
            start: span.start,
            end: span.end,
            words: article.words(step.span).into_owned(),
            step: step.told,
        }
    });
    let is_asked =
        |record: &StepRecord| at.is_none_or(|at| (record.start..=record.end).contains(&at));
    records.filter(is_asked).collect()
}

/// Returns the records of the quotations that are picked of one article, in order. Without a
/// survey, they lack the fields that need one.
pub fn quote_records(
    picked: Picked<'_>,
    parts: QuoteParts,
) -> impl Iterator<Item = QuoteRecord<'_>> {
    let article = picked.article;
    let maker = Maker {
        picked,
        chars: CharPlaces::of(article),
        parts,
        source: (parts.source == Part::Written).then(|| (citation(article), sha256(&article.text))),
    };
    let quotes = picked.numbered_quotes();
    quotes.map(move |(index, quote)| maker.record(index, quote))
}

/// Makes the records of one article's quotations.
struct Maker<'a> {
    picked: Picked<'a>,
    chars: CharPlaces,
    parts: QuoteParts,
    /// Citation and hash of the article, if they are written.
    source: Option<(String, String)>,
}

impl<'a> Maker<'a> {
    fn id(&self, span: ByteSpan) -> String {
        let (start, end) = self.chars.both(span);
        quote_id(self.picked.article, start, end)
    }

    fn record(&self, index: u32, quote: &'a Quote) -> QuoteRecord<'a> {
        let Picked {
            article, surveyed, ..
        } = self.picked;
        let (start, end) = self.chars.both(quote.span);
        let within = quote.within.and_then(|at| article.quotes.get(at as usize));
        let words = |span: Option<ByteSpan>| span.map(|span| article.words(span).into_owned());
        let mention = quote.mention.map(|span| self.chars.both(span));
        let published = article.structure.published.as_ref();
        QuoteRecord {
            id: quote_id(article, start, end),
            article: &article.key,
            path: &article.path,
            kind: quote.kind,
            group: quote.group,
            within: within.map(|outer| self.id(outer.span)),
            start,
            end,
            text: quote.span.of(&article.text),
            speaker: article.speaker(quote),
            people: surveyed.map(|surveyed| surveyed.people(index)),
            by_hand: surveyed.map(|surveyed| surveyed.by_hand(index)),
            speaker_as_written: words(quote.mention),
            speaker_start: mention.map(|(start, _)| start),
            speaker_end: mention.map(|(_, end)| end),
            cue: words(quote.cue),
            via: words(quote.via),
            addressee: words(quote.addressee),
            confidence: quote.confidence,
            outlet: article.outlet(),
            published: published.map(ToString::to_string),
            published_at: published.and_then(Published::utc),
            lang: article.language.map(|lang| lang.to_string()),
            title: article.title(),
            url: article.structure.url.as_deref(),
            story: surveyed.map(|surveyed| surveyed.story),
            rule: (self.parts.rule == Part::Written).then(|| quote.rule.id()),
            left: None,
            keyword: None,
            right: None,
            citation: self.source.as_ref().map(|(citation, _)| citation.clone()),
            sha256: self.source.as_ref().map(|(_, hash)| hash.clone()),
        }
    }
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
