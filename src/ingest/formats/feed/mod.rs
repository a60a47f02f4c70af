//! Reads feeds: RSS, Atom and JSON Feed, with one article per item. Bytes are decoded here, before
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
use crate::ingest::input::{ALWAYS_ALLOWED, Input, describe};
use crate::ingest::{Given, Options};
use items::SplitFeed;

/// Maximum size in bytes of a feed that is read. A feed is parsed as a whole, so it must fit in
/// memory.
pub(super) const LIMIT: usize = 64 << 20;

/// Maximum length of an item's title in bytes, with its markup. The rest of a longer title is
/// ignored.
const MAX_TITLE: usize = 4 << 10;
/// Maximum length of an item's summary in bytes, with its markup. The rest of a longer summary is
/// ignored.
const MAX_SUMMARY: usize = 256 << 10;

/// Returns the first characters of a file in lower case, decoded from any encoding, to recognise
/// feeds and lists of feeds. Returns an empty string if they contain neither `<` nor `{`. This
/// saves time, because every plain text is checked here.
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
            "the feed is larger than {} MiB; it was not read",
            LIMIT >> 20
        )));
    }
    let text = decode(whole.bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    // The text is UTF-8 by now, whatever the declaration says.
    match parse(without_declaration(text)) {
        Ok(feed) => {
            let channel = Channel::of(&feed);
            for (index, entry) in feed.entries.iter().enumerate() {
                emit_entry(&channel, entry, index + 1, emit)?;
            }
        }
        Err(reason) => emit_items(&name, options, text, &reason, emit)?,
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

/// Limit on the work of reading a malformed feed item by item: the number of bytes that are parsed
/// in total may be at most this many times the size of the feed, in addition to [`ALWAYS_ALLOWED`].
/// It exceeds the size, because the start tag of the feed is parsed with each item, and some items
/// are parsed twice.
const MAX_PARSE_RATIO: usize = 20;

/// Reads the items of a feed one by one, after the feed could not be parsed as a whole. `reason`
/// says why it could not.
fn emit_items(name: &str, options: &Options, text: &str, reason: &str, emit: &mut Emit) -> Flow {
    if text.starts_with('{') {
        return json::read(Input::open(name, text.as_bytes(), options), emit);
    }
    let Some(split) = SplitFeed::of(text) else {
        return emit(Found::fault(reason));
    };
    let without_items = parse(without_declaration(&split.without_items()));
    let channel = without_items.as_ref().map(Channel::of).unwrap_or_default();
    let mut faults = 0;
    let mut left = ALWAYS_ALLOWED as usize + text.len().saturating_mul(MAX_PARSE_RATIO);
    for (index, (item, line)) in split.items().enumerate() {
        let Some(less) = left.checked_sub(split.parse_cost(item)) else {
            return emit(Found::Fault {
                record: Some((index + 1).to_string()),
                line: Some(line),
                reason:
                    "too many items in a malformed feed: this item and those after it were not read"
                        .to_owned(),
            });
        };
        left = less;
        let (feed, fault) = match read_item(&split, item) {
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

/// Parses one item as a feed of its own. Returns that feed, with a message if something was
/// repaired in it.
///
/// # Errors
/// Returns a message if the item cannot be parsed.
fn read_item(split: &SplitFeed, item: &str) -> Result<(Feed, Option<&'static str>), String> {
    let has_entry = |feed: &Feed| !feed.entries.is_empty();
    let escaped = items::escaped(item);
    let fault = matches!(escaped, Cow::Owned(_))
        .then_some("not well-formed XML: a bare `&` or `<` was read as a literal character");
    let error = match parse(&split.wrap(&escaped)) {
        Ok(feed) if has_entry(&feed) => return Ok((feed, fault)),
        Ok(_) => "the item cannot be parsed".to_owned(),
        Err(error) => error.replace("the feed", "the item"),
    };
    // The contents of these elements are read as HTML anyway.
    match parse(&split.wrap(&items::with_escaped_text(item))) {
        Ok(feed) if has_entry(&feed) => Ok((
            feed,
            Some("not well-formed XML: the tags in its text were read as HTML"),
        )),
        _ => Err(error),
    }
}

/// The metadata that a feed gives for all its items. Its size is bounded, because it is copied into
/// every item.
#[derive(Default)]
struct Channel {
    outlet: Option<String>,
    authors: Vec<String>,
    language: Option<String>,
}

/// Maximum length in bytes, with markup, of a name that a feed gives for all its items (the outlet,
/// an author, the language). A longer name is cut.
const MAX_NAME: usize = 1 << 10;
/// Maximum number of authors that a feed gives for all its items.
const MAX_AUTHORS: usize = 16;

impl Channel {
    fn of(feed: &Feed) -> Self {
        let short = |name: &str| {
            let mut name = name.to_owned();
            cut(&mut name, MAX_NAME);
            name
        };
        Self {
            outlet: feed
                .title
                .as_ref()
                .map(|title| read_field(&title.content, MAX_NAME)),
            authors: names(&feed.authors)
                .take(MAX_AUTHORS)
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

/// Returns `text` without its XML declaration, which may name another encoding than that of `text`.
fn without_declaration(text: &str) -> &str {
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
    let standfirst = standfirst.map(|summary| read_field(summary, MAX_SUMMARY));
    let given = Given {
        id: None,
        title: entry
            .title
            .as_ref()
            .map(|title| read_field(&title.content, MAX_TITLE)),
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
        own: None,
    })))?;
    match fault {
        Some(fault) => emit(fault.found(record)),
        None => Flow::Continue(()),
    }
}
