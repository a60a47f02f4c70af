//! Quotations as annotations of their article: W3C Web Annotations, and tasks for Label Studio.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::array::write_array;
use super::{Picked, QuoteParts, QuoteRecord, quote_records};
use crate::model::{Article, sha256};
use crate::text::Utf16Offsets;

/// Number of characters before and after a quotation that help to find it again.
const CONTEXT: usize = 32;

/// Writes the quotations of articles as a W3C annotation collection (Web Annotation Data Model, in
/// JSON-LD). Each is found by its words and by its place.
///
/// # Errors
/// Returns the errors of `out`.
pub(super) fn write_web_annotations<'a>(
    articles: impl Iterator<Item = Picked<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(
        b"{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"urn:x-kutip:quotations\", \
          \"type\": \"AnnotationCollection\", \"label\": \"Quotations\", \"first\": {\"id\": \
          \"urn:x-kutip:quotations:1\", \"type\": \"AnnotationPage\", \"startIndex\": 0, \"items\": ",
    )?;
    let annotations = articles.flat_map(|picked| {
        let article = picked.article;
        let chars: Vec<char> = article.text.chars().collect();
        let source = source(article);
        let quotes = quote_records(picked, QuoteParts::default());
        quotes.map(move |quote| annotation(&quote, &source, &chars))
    });
    write_array(annotations, out)?;
    out.write_all(b"}}\n")
}

fn annotation(quote: &QuoteRecord, source: &str, chars: &[char]) -> Value {
    let words = |from: usize, to: usize| -> String {
        let context = chars.get(from..to.min(chars.len()));
        context.unwrap_or_default().iter().collect()
    };
    let speaker = quote.speaker.iter().map(|name| {
        json!({ "type": "TextualBody", "purpose": "identifying", "format": "text/plain",
                "value": name })
    });
    let kind = json!({ "type": "TextualBody", "purpose": "tagging", "value": quote.kind });
    json!({
        "id": format!("urn:x-kutip:{}", encoded(&quote.id)),
        "type": "Annotation",
        "motivation": "identifying",
        "body": speaker.chain([kind]).collect::<Vec<_>>(),
        "target": {
            "source": source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": quote.text,
                    "prefix": words(quote.start.saturating_sub(CONTEXT), quote.start),
                    "suffix": words(quote.end, quote.end + CONTEXT),
                },
                { "type": "TextPositionSelector", "start": quote.start, "end": quote.end },
            ],
        },
    })
}

/// Returns the address of an article, else its path as a relative reference.
fn source(article: &Article) -> String {
    let url = article.structure.url.as_deref();
    url.map_or_else(|| encoded(&article.path), ToOwned::to_owned)
}

/// Returns text with everything encoded that a path in an IRI may not have.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' => {
                encoded.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

/// Writes articles as tasks for Label Studio, with their quotations as predictions: a label for the
/// kind, and the speaker in a text field of the region. The labelling interface is
///
/// ```xml
/// <View>
///   <Labels name="kind" toName="text">
///     <Label value="direct"/><Label value="fragment"/>
///     <Label value="indirect"/><Label value="mixed"/>
///   </Labels>
///   <Text name="text" value="$text"/>
///   <TextArea name="speaker" toName="text" perRegion="true" editable="true"/>
/// </View>
/// ```
///
/// # Errors
/// Returns the errors of `out`.
pub(super) fn write_label_studio<'a>(
    articles: impl Iterator<Item = Picked<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_array(articles.map(task), out)
}

fn task(picked: Picked) -> Value {
    let article = picked.article;
    // Label Studio counts as JavaScript does.
    let offsets = Utf16Offsets::of(&article.text);
    let quotes = quote_records(picked, QuoteParts::default());
    let regions = quotes.flat_map(|quote| {
        let (start, end) = (offsets.at(quote.start), offsets.at(quote.end));
        let region = |name: &str, kind: &str, value: Value| {
            json!({ "id": quote.id, "from_name": name, "to_name": "text", "type": kind,
                    "value": value })
        };
        let label = json!({ "start": start, "end": end, "text": quote.text,
                            "labels": [quote.kind] });
        let label = region("kind", "labels", label);
        let speaker = quote.speaker.as_ref().map(|name| {
            let value = json!({ "start": start, "end": end, "text": [name] });
            region("speaker", "textarea", value)
        });
        std::iter::once(label).chain(speaker).collect::<Vec<_>>()
    });
    let published = article.structure.published.map(|date| date.to_string());
    json!({
        "data": {
            "text": &*article.text,
            "article": &*article.key,
            "sha256": sha256(&article.text),
            "title": article.title(),
            "outlet": article.outlet(),
            "published": published,
            "url": article.structure.url,
        },
        "predictions": [{
            "model_version": concat!("kutip ", env!("CARGO_PKG_VERSION")),
            "result": regions.collect::<Vec<_>>(),
        }],
    })
}
