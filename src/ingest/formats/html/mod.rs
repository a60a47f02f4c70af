//! Saved HTML pages. The article's text and parts are chosen among the page's metadata, its markup,
//! and what the extractor takes for the body. The result depends only on the page.

mod authors;
mod budget;
mod date;
mod facts;
mod outline;
mod page;
mod sanitize;
mod select;
mod title;
mod words;

pub use budget::{PageFault, read_field, read_fragment, read_page};
pub use page::Page;

use encoding_rs::Encoding;

use super::found::emit_broken_off;
use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::decode::{decode, is_binary};
use crate::ingest::input::Input;

/// Maximum size in bytes of a page that is read. It allows for embedded pictures.
const LIMIT: usize = 64 << 20;

pub(super) fn claim(input: &Input) -> Claim {
    let head = input.head();
    // Every plain text is checked here, so only look at the characters if there is a tag at all.
    let tagged = Some(head).filter(|head| memchr::memchr(b'<', head).is_some());
    let looked_at = tagged.unwrap_or_default();
    let start: String = String::from_utf8_lossy(looked_at.get(..4096).unwrap_or(looked_at))
        .chars()
        .filter(|c| !matches!(c, '\0' | '\u{feff}' | '\u{fffd}'))
        .collect();
    let start = start.trim_start().to_ascii_lowercase();
    let is_page = start.starts_with("<!doctype html")
        || (start.starts_with('<')
            && ["<html", "<head", "<body"]
                .iter()
                .any(|tag| start.contains(tag)));
    match () {
        () if is_page => Claim::Content,
        () if input.has_ending(&["html", "htm", "xhtml"]) && !is_binary(head) => Claim::Name,
        () => Claim::No,
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let whole = input.read_up_to(LIMIT);
    emit_page(&decode_page(whole.bytes), None, emit)?;
    emit_broken_off(whole.error.as_ref(), emit)?;
    if whole.longer {
        emit(Found::fault(format!(
            "the page is longer than {} MiB; the rest is left out",
            LIMIT >> 20
        )))?;
    }
    Flow::Continue(())
}

/// Reads one page and emits what it contains.
pub(super) fn emit_page(html: &str, record: Option<String>, emit: &mut Emit) -> Flow {
    let (page, fault) = read_page(html);
    let is_empty = page.text.trim().is_empty();
    if !is_empty {
        emit(Found::Record(Box::new(Record {
            blocks: (!page.blocks.is_empty()).then_some(page.blocks),
            text: page.text,
            given: page.given,
            record: record.clone(),
            line: None,
        })))?;
    }
    match fault {
        Some(fault) => emit(fault.found(record)),
        None if is_empty => emit(Found::Fault {
            record,
            line: None,
            reason: "the page has no text".to_owned(),
        }),
        None => Flow::Continue(()),
    }
}

/// Decodes a page: by its bytes if they are conclusive, otherwise by the encoding that it declares.
pub(super) fn decode_page(bytes: Vec<u8>) -> String {
    let is_older = std::str::from_utf8(&bytes).is_err() && Encoding::for_bom(&bytes).is_none();
    if is_older && let Some(encoding) = declared_encoding(&bytes) {
        return encoding.decode_without_bom_handling(&bytes).0.into_owned();
    }
    decode(bytes)
}

/// Returns the encoding in `charset=…` in the first bytes. It is never UTF-8, because the bytes are
/// not valid UTF-8.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, behind) = head.split_once("charset=")?;
    let label = behind.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'))?;
    let is_older = |encoding: &&'static Encoding| {
        *encoding != encoding_rs::UTF_8 && encoding.is_ascii_compatible()
    };
    Encoding::for_label(label.as_bytes().get(..end)?).filter(is_older)
}
