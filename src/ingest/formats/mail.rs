//! E-mail messages and the web pages that browsers save as one (MHTML).

use mail_parser::{Message, MessageParser, MimeHeaders};

use super::html::{Page, PageFault, read_fragment, read_page};
use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::input::{Input, describe};

/// The largest message that is looked at.
const LIMIT: usize = 64 << 20;

pub(super) fn claim(input: &Input) -> Claim {
    let head = input.head();
    let head = head.get(..8192).unwrap_or(head);
    let mut known = 0;
    // Each line becomes text when it is looked at: nearly always the first ends the look.
    for line in head.split(|b| *b == b'\n').take(80) {
        let line = String::from_utf8_lossy(line);
        let Some((name, _)) = line.split_once(':') else {
            if line.starts_with([' ', '\t']) {
                continue;
            }
            break;
        };
        let is_known = [
            "from",
            "subject",
            "date",
            "mime-version",
            "received",
            "message-id",
            "content-type",
            "to",
            "return-path",
            "snapshot-content-location",
        ]
        .iter()
        .any(|field| name.eq_ignore_ascii_case(field));
        known += usize::from(is_known);
    }
    match known {
        3.. => Claim::Content,
        1.. if input.has_ending(&["eml", "mht", "mhtml"]) => Claim::Content,
        _ => Claim::No,
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let whole = input.read_up_to(LIMIT);
    let Some(message) = MessageParser::default().parse(&whole.bytes) else {
        return emit(Found::fault("no message can be read from it"));
    };
    let (page, fault) = read_body(&message);
    let mut given = page.given;
    given.title = given.title.or_else(|| message.subject().map(str::to_owned));
    given.published = given
        .published
        .or_else(|| message.date().map(mail_parser::DateTime::to_rfc3339));
    given.id = message.message_id().map(str::to_owned);
    if given.authors.is_empty() {
        let sender = message.from().and_then(|from| from.first());
        let name = sender
            .and_then(|sender| sender.name())
            .filter(|name| !name.starts_with("Saved by"));
        given.authors = name.map(str::to_owned).into_iter().collect();
    }
    if page.text.trim().is_empty() {
        return emit(Found::fault("the message has no text"));
    }
    emit(Found::Record(Box::new(Record {
        blocks: (!page.blocks.is_empty()).then_some(page.blocks),
        text: page.text,
        given,
        record: None,
        line: None,
    })))?;
    let notes = [
        fault.map(|fault| fault.found(None)),
        whole.error.map(|error| Found::fault(describe(&error))),
    ];
    notes.into_iter().flatten().try_for_each(emit)?;
    Flow::Continue(())
}

/// A saved page is read as a page; a message's own words as they stand.
fn read_body(message: &Message) -> (Page, Option<PageFault>) {
    let is_saved_page = message.header("Snapshot-Content-Location").is_some()
        || message
            .content_type()
            .is_some_and(|kind| kind.subtype() == Some("related"));
    let html = message.html_bodies().find(|part| part.is_text_html());
    let html = html.and_then(|part| part.text_contents());
    let plain = message
        .text_bodies()
        .find(|part| part.is_text() && !part.is_text_html());
    let plain = plain.and_then(|part| part.text_contents());
    match (html, plain) {
        (Some(html), _) if is_saved_page => read_page(html),
        (_, Some(plain)) => {
            let page = Page {
                text: plain.to_owned(),
                ..Page::default()
            };
            (page, None)
        }
        (Some(html), None) => read_fragment(html),
        (None, None) => (Page::default(), None),
    }
}
