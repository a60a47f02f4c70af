//! Reads saved HTML pages. The article's text and its parts are chosen by comparing the page's
//! metadata, its markup, and the body that an extractor (the crate `trafilatura`) finds. The result
//! depends only on the page.

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
pub use page::ExtractedPage;

use encoding_rs::Encoding;

use super::found::emit_read_error;
use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::decode::{decode, is_binary};
use crate::ingest::input::Input;
use crate::ingest::own::exported_document;

/// Maximum size in bytes of a page that is read. The rest of a longer page is ignored. The limit
/// leaves space for embedded pictures.
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
        () if input.has_extension(&["html", "htm", "xhtml"]) && !is_binary(head) => Claim::Name,
        () => Claim::No,
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let whole = input.read_up_to(LIMIT);
    emit_page(&decode_page(whole.bytes), None, emit)?;
    emit_read_error(whole.error.as_ref(), emit)?;
    if whole.longer {
        emit(Found::fault(format!(
            "the page is longer than {} MiB; the rest was not read",
            LIMIT >> 20
        )))?;
    }
    Flow::Continue(())
}

/// Reads one page and emits its article and its faults. `record` is the name of the page in its
/// file, if the file holds several.
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
            own: exported_document(html.as_bytes()),
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

/// Returns the text of a page. If the bytes are neither valid UTF-8 nor begin with a byte-order
/// mark, the encoding that the page declares is used; if it declares none, the encoding is
/// detected.
pub(super) fn decode_page(bytes: Vec<u8>) -> String {
    let is_older = std::str::from_utf8(&bytes).is_err() && Encoding::for_bom(&bytes).is_none();
    if is_older && let Some(encoding) = declared_encoding(&bytes) {
        return encoding.decode_without_bom_handling(&bytes).0.into_owned();
    }
    decode(bytes)
}

/// Returns the encoding that a page declares as `charset=…` in its first bytes. A declared UTF-8 is
/// ignored, because this is called only for bytes that are not valid UTF-8.
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
