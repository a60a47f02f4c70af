//! Recognizes document formats that are not supported, such as PDF. Emits a fault instead of
//! showing their bytes as text.

use super::{Claim, Emit, Flow, Found};
use crate::ingest::input::Input;

/// For each unsupported format: the signature with which a file begins, a second one that occurs
/// soon after it (empty if there is none), and the message for the user.
const KINDS: &[(&[u8], &[u8], &str)] = &[
    (
        b"%PDF-",
        b"",
        "PDF documents are not supported; save the page as HTML or text",
    ),
    (
        b"PK\x03\x04",
        b"application/epub+zip",
        "EPUB books are not supported; export the article as HTML or text",
    ),
    (
        b"PK\x03\x04",
        b"[Content_Types].xml",
        "office documents are not supported; export the article as HTML or text",
    ),
    (
        b"PK\x03\x04",
        b"application/vnd.oasis.opendocument",
        "office documents are not supported; export the article as HTML or text",
    ),
    #[cfg(not(feature = "parquet"))]
    (
        b"PAR1",
        b"",
        "this build does not support Parquet tables; `cargo install --path . --features parquet` builds one that does",
    ),
];

fn reason(head: &[u8]) -> Option<&'static str> {
    let near = head.get(..512).unwrap_or(head);
    let holds = |mark: &[u8]| mark.is_empty() || memchr::memmem::find(near, mark).is_some();
    let found = KINDS
        .iter()
        .find(|(start, mark, _)| head.starts_with(start) && holds(mark));
    found.map(|(_, _, reason)| *reason)
}

pub(super) fn claim(input: &Input) -> Claim {
    reason(input.head()).map_or(Claim::No, |_| Claim::Content)
}

#[allow(clippy::needless_pass_by_value)] // every format takes its input
pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    emit(Found::fault(
        reason(input.head()).unwrap_or("this kind of document is not supported"),
    ))
}
