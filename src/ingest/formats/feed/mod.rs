//! Feeds: RSS, Atom and JSON Feed, with one article per item. Bytes are decoded here, before
//! parsing, because the parser trusts declared encodings, which are often wrong. If the feed cannot
//! be parsed as a whole, its items are parsed one by one.

mod items;

use std::borrow::Cow;

use feed_rs::model::{Entry, Feed, Person};

use super::html::{read_field, read_fragment};
use super::limit::cut;
use super::{Claim, Emit, Flow, Found, Record, json};
use crate::ingest::catch_panic::catch_panic;
use crate::ingest::decode::{decode, detect};
use crate::ingest::input::{HARMLESS, Input, describe};
use crate::ingest::{Given, Options};
use items::Pieces;

/// Maximum size in bytes of a feed. It is parsed as a whole.
pub(super) const LIMIT: usize = 64 << 20;

/// Maximum length of an item's title, in bytes.
const TITLE: usize = 4 << 10;
/// Maximum length of a summary, in bytes.
const SUMMARY: usize = 256 << 10;

/// Returns the first characters of a file in lower case, whatever its encoding. Returns an empty
/// string if they contain no markup, because every plain text is checked here.
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
    let (name, options) = (input.name.clone(), input.options);
    let whole = input.read_up_to(LIMIT);
    if whole.longer {
        return emit(Found::fault(format!(
            "the feed is larger than {} MiB",
            LIMIT >> 20
        )));
    }
    let text = decode(whole.bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    // The text is UTF-8 by now, whatever the declaration says.
    match parse(undeclared(text)) {
        Ok(feed) => {
            let channel = Channel::of(&feed);
            for (index, entry) in feed.entries.iter().enumerate() {
                emit_entry(&channel, entry, index + 1, emit)?;
            }
        }
        Err(reason) => emit_pieces(&name, options, text, &reason, emit)?,
    }
    if let Some(error) = whole.error {
        emit(Found::fault(describe(&error)))?;
    }
    Flow::Continue(())
}

fn parse(text: &str) -> Result<Feed, String> {
    let parser = feed_rs::parser::Builder::new()
        .sanitize_content(false)
        .build();
    let parsed = catch_panic(|| parser.parse(text.as_bytes())).ok();
    match parsed {
        Some(Ok(feed)) => Ok(feed),
        Some(Err(error)) => Err(format!("the feed cannot be parsed: {error}")),
        None => Err("the feed cannot be parsed".to_owned()),
    }
}

/// Maximum ratio of parsed bytes to the size of a feed that is read in pieces.
const PIECEMEAL: usize = 20;

/// Reads the items one by one, if the feed cannot be parsed as a whole.
fn emit_pieces(name: &str, options: &Options, text: &str, reason: &str, emit: &mut Emit) -> Flow {
    if text.starts_with('{') {
        return json::read(Input::open(name, text.as_bytes(), options), emit);
    }
    let Some(pieces) = Pieces::of(text) else {
        return emit(Found::fault(reason));
    };
    let around = parse(undeclared(&pieces.around()));
    let channel = around.as_ref().map(Channel::of).unwrap_or_default();
    let mut faults = 0;
    let mut left = HARMLESS as usize + text.len().saturating_mul(PIECEMEAL);
    for (index, (item, line)) in pieces.items().enumerate() {
        let Some(less) = left.checked_sub(pieces.work(item)) else {
            return emit(Found::Fault {
                record: Some((index + 1).to_string()),
                line: Some(line),
                reason: "too many items of a faulty feed: this and those behind it were not read"
                    .to_owned(),
            });
        };
        left = less;
        let (feed, fault) = match read_item(&pieces, item) {
            Ok((feed, fault)) => (Some(feed), fault.map(str::to_owned)),
            Err(reason) => (None, Some(reason)),
        };
        for entry in feed.iter().flat_map(|feed| &feed.entries) {
            emit_entry(&channel, entry, index + 1, emit)?;
        }
        if let Some(reason) = fault {
            faults += 1;
            emit(Found::Fault {
                record: Some((index + 1).to_string()),
                line: Some(line),
                reason,
            })?;
        }
    }
    if faults == 0 {
        // The error is outside the items.
        return emit(Found::fault(format!("{reason}; its items are read")));
    }
    Flow::Continue(())
}

/// Parses a feed with one item. Also returns what was wrong with it.
fn read_item(pieces: &Pieces, item: &str) -> Result<(Feed, Option<&'static str>), String> {
    let has_entry = |feed: &Feed| !feed.entries.is_empty();
    let mended = items::mended(item);
    let fault = matches!(mended, Cow::Owned(_))
        .then_some("not well-formed: a bare `&` or `<` is read as the sign itself");
    let error = match parse(&pieces.feed_of(&mended)) {
        Ok(feed) if has_entry(&feed) => return Ok((feed, fault)),
        Ok(_) => "the item cannot be parsed".to_owned(),
        Err(error) => error.replace("the feed", "the item"),
    };
    // The contents of these elements are read as HTML anyway.
    match parse(&pieces.feed_of(&items::with_plain_words(item))) {
        Ok(feed) if has_entry(&feed) => Ok((
            feed,
            Some("not well-formed: the tags in its words are read as HTML"),
        )),
        _ => Err(error),
    }
}

/// Metadata that a feed gives for all its items. Its size is bounded, because every item repeats
/// it.
#[derive(Default)]
struct Channel {
    outlet: Option<String>,
    authors: Vec<String>,
    language: Option<String>,
}

/// Maximum length in bytes, with markup, of a name that a feed gives for all its items.
const NAME: usize = 1 << 10;
/// Maximum number of authors that a feed gives for all its items.
const AUTHORS: usize = 16;

impl Channel {
    fn of(feed: &Feed) -> Self {
        let short = |name: &str| {
            let mut name = name.to_owned();
            cut(&mut name, NAME);
            name
        };
        Self {
            outlet: feed
                .title
                .as_ref()
                .map(|title| read_field(&title.content, NAME)),
            authors: names(&feed.authors)
                .take(AUTHORS)
                .map(|name| short(&name))
                .collect(),
            language: feed.language.as_deref().map(short),
        }
    }
}

fn names(people: &[Person]) -> impl Iterator<Item = String> {
    let names = people.iter().filter_map(|person| person.name.clone());
    names.filter(|name| !name.trim().is_empty())
}

/// Removes the XML declaration, which may name another encoding.
fn undeclared(text: &str) -> &str {
    let behind = text
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    behind.map_or(text, |(_, rest)| rest)
}

fn emit_entry(channel: &Channel, entry: &Entry, number: usize, emit: &mut Emit) -> Flow {
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
    let authors = if entry.authors.is_empty() {
        channel.authors.clone()
    } else {
        names(&entry.authors).collect()
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
        outlet: channel.outlet.clone(),
        published: entry
            .published
            .or(entry.updated)
            .map(|date| date.to_rfc3339()),
        authors,
        url: entry.links.first().map(|link| link.href.clone()),
        language: entry.language.clone().or_else(|| channel.language.clone()),
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
