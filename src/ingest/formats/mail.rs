//! Reads e-mail messages, and web pages that browsers save in the same format (MHTML).

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};

use super::html::{ExtractedPage, PageFault, read_fragment, read_page};
use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::Given;
use crate::ingest::input::{Input, describe};

/// Maximum size in bytes of a message that is read. The rest of a longer message is ignored.
const LIMIT: usize = 64 << 20;

pub(super) fn claim(input: &Input) -> Claim {
    let head = input.head();
    let head = head.get(..8192).unwrap_or(head);
    let mut known = 0;
    // Decode lines one by one: nearly always the first line settles it.
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
        1.. if input.has_extension(&["eml", "mht", "mhtml"]) => Claim::Content,
        _ => Claim::No,
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let whole = input.read_up_to(LIMIT);
    let Some(message) = MessageParser::default().parse(&whole.bytes) else {
        return emit(Found::fault("the file is not an e-mail message"));
    };
    emit_message(&message, None, emit)?;
    if whole.longer {
        let mib = LIMIT >> 20;
        emit(Found::fault(format!(
            "the message is longer than {mib} MiB; the rest was not read"
        )))?;
    }
    if let Some(error) = whole.error {
        emit(Found::fault(describe(&error)))?;
    }
    Flow::Continue(())
}

/// Emits the article in a message, and those in the messages that are attached to it. `record` is
/// the name of the message, if it is an attachment.
fn emit_message(message: &Message, record: Option<String>, emit: &mut Emit) -> Flow {
    let (page, fault) = read_body(message);
    let attached: Vec<_> = message
        .attachments()
        .filter(|part| is_own(message, part))
        .collect();
    let is_empty = page.text.trim().is_empty();
    if is_empty && attached.is_empty() {
        let reason = "the message has no text".to_owned();
        return emit(Found::Fault {
            record,
            line: None,
            reason,
        });
    }
    if !is_empty {
        emit(Found::Record(Box::new(Record {
            given: given_of(message, page.given),
            blocks: (!page.blocks.is_empty()).then_some(page.blocks),
            text: page.text,
            record: record.clone(),
            line: None,
            own: None,
        })))?;
    }
    if let Some(fault) = fault {
        emit(fault.found(record.clone()))?;
    }
    for (index, part) in attached.into_iter().enumerate() {
        let number = (index + 1).to_string();
        let own = record
            .as_ref()
            .map_or(number.clone(), |record| format!("{record}.{number}"));
        match part.message() {
            Some(message) => emit_message(message, Some(own), emit)?,
            None if part.is_encoding_problem => emit(Found::Fault {
                record: Some(own),
                line: None,
                reason: "a part of the message cannot be decoded".to_owned(),
            })?,
            None => emit(Found::Skipped {
                record: Some(own),
                reason: described(part),
            })?,
        }
    }
    Flow::Continue(())
}

/// Returns whether an attachment is read or reported by itself. The attachments of a saved page,
/// which are its pictures and styles, are not.
fn is_own(message: &Message, part: &MessagePart) -> bool {
    part.is_message() || part.is_encoding_problem || !is_saved_page(message)
}

fn described(part: &MessagePart) -> String {
    let name = part.attachment_name().unwrap_or("unnamed");
    format!("an attachment: {name}")
}

fn given_of(message: &Message, page: Given) -> Given {
    let mut given = page;
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
    given
}

fn is_saved_page(message: &Message) -> bool {
    message.header("Snapshot-Content-Location").is_some()
        || message
            .content_type()
            .is_some_and(|kind| kind.subtype() == Some("related"))
}

/// Returns the body of a message. A saved page is read as a page. For other messages, the text
/// parts are joined.
fn read_body(message: &Message) -> (ExtractedPage, Option<PageFault>) {
    if is_saved_page(message) {
        let html = message.html_bodies().find(|part| part.is_text_html());
        if let Some(html) = html.and_then(|part| part.text_contents()) {
            return read_page(html);
        }
    }
    let is_words = |part: &&MessagePart| part.is_text();
    let mut parts: Vec<_> = message.text_bodies().filter(is_words).collect();
    if parts.is_empty() {
        parts.extend(message.html_bodies().filter(is_words));
    }
    let mut body = ExtractedPage::default();
    let (mut fault, mut count) = (None, 0);
    for part in parts {
        let words = part.text_contents().unwrap_or_default();
        let (page, broken) = if part.is_text_html() {
            read_fragment(words)
        } else {
            let text = words.to_owned();
            (
                ExtractedPage {
                    text,
                    ..ExtractedPage::default()
                },
                None,
            )
        };
        if page.text.trim().is_empty() {
            continue;
        }
        fault = fault.or(broken);
        count += 1;
        if count == 1 {
            body = page;
            continue;
        }
        // The parts are not known for all of the text, so they are found in the text as a whole.
        body.blocks = Vec::new();
        body.text.truncate(body.text.trim_end().len());
        body.text.push_str("\n\n");
        body.text.push_str(&page.text);
    }
    (body, fault)
}
