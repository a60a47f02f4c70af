//! Feeds: RSS, Atom and JSON Feed, one article an item. Bytes become text here, before the parser
//! sees them: it trusts declarations of encodings that are often wrong.

use feed_rs::model::{Entry, Feed};

use super::html::{read_field, read_fragment};
use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::Given;
use crate::ingest::decode::{decode, detect};
use crate::ingest::input::{Input, describe};
use crate::ingest::shield::shielded;

/// The largest feed that is looked at; it is parsed whole.
pub(super) const LIMIT: usize = 64 << 20;

/// The longest title of a feed or an item that is kept whole, in bytes; that of a feed is the
/// outlet of every item.
const TITLE: usize = 4 << 10;
/// The longest summary that is kept whole, in bytes.
const SUMMARY: usize = 256 << 10;

/// The first characters of a file, in small letters, whatever its encoding; empty where nothing
/// in them can be markup: every plain text is asked.
pub(super) fn start_of(input: &Input) -> String {
    let head = input.head();
    let head = head.get(..4096).unwrap_or(head);
    if memchr::memchr2(b'<', b'{', head).is_none() {
        return String::new();
    }
    let text = detect(head)
        .decode_without_bom_handling(head)
        .0
        .to_ascii_lowercase();
    text.trim_start_matches('\u{feff}').trim_start().to_owned()
}

pub(super) fn claim(input: &Input) -> Claim {
    let start = start_of(input);
    let is_xml = start.starts_with('<')
        && ["<rss", "<feed", "<rdf:rdf"]
            .iter()
            .any(|root| start.contains(root));
    let is_json = start.starts_with('{') && start.contains("jsonfeed.org/version");
    if is_xml || is_json {
        Claim::Content
    } else {
        Claim::No
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let whole = input.read_up_to(LIMIT);
    if whole.longer {
        return emit(Found::fault(format!(
            "the feed is larger than {} MiB",
            LIMIT >> 20
        )));
    }
    let text = decode(whole.bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let parser = feed_rs::parser::Builder::new()
        .sanitize_content(false)
        .build();
    // Our own bytes are UTF-8, whatever the declaration says.
    let parsed = shielded(|| parser.parse(undeclared(text).as_bytes()));
    let feed = match parsed {
        Some(Ok(feed)) => feed,
        Some(Err(error)) => {
            return emit(Found::fault(format!("the feed cannot be parsed: {error}")));
        }
        None => return emit(Found::fault("the feed cannot be parsed")),
    };
    let outlet = feed.title.as_ref();
    let outlet = outlet.map(|title| read_field(&title.content, TITLE));
    for (index, entry) in feed.entries.iter().enumerate() {
        emit_entry((&feed, outlet.as_deref()), (index + 1, entry), emit)?;
    }
    if let Some(error) = whole.error {
        emit(Found::fault(describe(&error)))?;
    }
    Flow::Continue(())
}

/// The document without its XML declaration, which may name another encoding.
fn undeclared(text: &str) -> &str {
    let behind = text
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    behind.map_or(text, |(_, rest)| rest)
}

fn emit_entry(
    (feed, outlet): (&Feed, Option<&str>),
    (number, entry): (usize, &Entry),
    emit: &mut Emit,
) -> Flow {
    let record = Some(number.to_string());
    let content = entry
        .content
        .as_ref()
        .and_then(|content| content.body.as_deref());
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.as_str());
    let body = content.or(summary).unwrap_or_default();
    let (page, fault) = read_fragment(body);
    if page.text.trim().is_empty() {
        return emit(Found::Skipped {
            record,
            reason: "the item has no text".to_owned(),
        });
    }
    let people = if entry.authors.is_empty() {
        &feed.authors
    } else {
        &entry.authors
    };
    let standfirst = summary.filter(|_| content.is_some());
    let standfirst = standfirst.map(|summary| read_field(summary, SUMMARY));
    let given = Given {
        id: None,
        title: entry
            .title
            .as_ref()
            .map(|title| read_field(&title.content, TITLE)),
        standfirst: standfirst.filter(|words| !words.trim().is_empty()),
        outlet: outlet.map(str::to_owned),
        published: entry
            .published
            .or(entry.updated)
            .map(|date| date.to_rfc3339()),
        authors: people
            .iter()
            .filter_map(|person| person.name.clone())
            .filter(|name| !name.trim().is_empty())
            .collect(),
        url: entry.links.first().map(|link| link.href.clone()),
        language: entry.language.clone().or_else(|| feed.language.clone()),
    };
    emit(Found::Record(Box::new(Record {
        blocks: (!page.blocks.is_empty()).then_some(page.blocks),
        text: page.text,
        given,
        record: record.clone(),
        line: None,
    })))?;
    match fault {
        Some(fault) => emit(fault.found(record)),
        None => Flow::Continue(()),
    }
}
