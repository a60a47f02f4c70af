//! Reads WARC files, the archives of web crawlers. The HTML pages in them are read one record at a
//! time, so that the file is never in memory as a whole. If the records are compressed with gzip,
//! one by one, [`Input`] has already decompressed them.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use super::html::{decode_page, emit_page};
use super::{Claim, Emit, Flow, Found};
use crate::ingest::input::{
    ALWAYS_ALLOWED, ALWAYS_ALLOWED_TOTAL, Input, MAX_RATIO, MAX_TOTAL_RATIO, describe,
};

/// Maximum number of lines in the header of a record. A longer header is a fault.
const MAX_HEADER_LINES: usize = 1000;
/// Maximum length in bytes of a line in the header of a record.
const MAX_HEADER_LINE: u64 = 64 << 10;
/// Maximum size in bytes of a response that is read as a page.
const MAX_PAGE: u64 = 32 << 20;

const BOMB: &str =
    "suspected decompression bomb (the page expands too much): the rest was not read";

pub(super) fn claim(input: &Input) -> Claim {
    if input.head().starts_with(b"WARC/") {
        Claim::Content
    } else {
        Claim::No
    }
}

/// The fields of a record's header that are needed to read the record.
#[derive(Default)]
struct Header {
    kind: String,
    target: String,
    content_type: String,
    length: Option<u64>,
    is_truncated: bool,
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let mut budget = DecompressionBudget {
        bytes_read: Rc::clone(&input.bytes_read),
        spent: 0,
    };
    let mut reader = BufReader::with_capacity(256 << 10, input.into_reader());
    for number in 1_u32.. {
        let failed = |reason: String| Found::Fault {
            record: Some(number.to_string()),
            line: None,
            reason: format!("{reason}; the records before it were read"),
        };
        let header = match read_header(&mut reader) {
            Ok(Some(header)) => header,
            Ok(None) => break,
            Err(error) => return emit(failed(describe(&error))),
        };
        let Some(length) = header.length else {
            return emit(failed("the record does not state its length".to_owned()));
        };
        let mut block = reader.by_ref().take(length);
        let mut bytes = Vec::new();
        let is_wanted = header.kind == "response" || header.kind == "resource";
        if is_wanted && let Err(error) = block.by_ref().take(MAX_PAGE).read_to_end(&mut bytes) {
            return emit(failed(describe(&error)));
        }
        let rest = io::copy(&mut block, &mut io::sink());
        let is_short = rest.is_err() || block.limit() > 0;
        if is_wanted {
            let response = Response {
                header: &header,
                bytes: &bytes,
                record: number.to_string(),
            };
            response.read(&mut budget, emit)?;
            if rest.is_ok_and(|rest| rest > 0) {
                emit(response.fault(&page_too_long()))?;
            }
        }
        if is_short {
            return emit(failed(
                "the file ends in the middle of this record".to_owned(),
            ));
        }
    }
    Flow::Continue(())
}

/// Reads the header of the next record, up to the empty line that ends it. Returns `None` at the
/// end of the file.
fn read_header(reader: &mut impl BufRead) -> io::Result<Option<Header>> {
    let mut header = Header::default();
    let mut line = Vec::new();
    let mut has_begun = false;
    for _ in 0..MAX_HEADER_LINES {
        line.clear();
        if reader
            .by_ref()
            .take(MAX_HEADER_LINE)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(has_begun.then_some(header));
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end();
        if !has_begun {
            match text {
                "" => {}
                version if version.starts_with("WARC/") => has_begun = true,
                _ => return Err(io::Error::other("expected the start of a WARC record")),
            }
        } else if text.is_empty() {
            return Ok(Some(header));
        } else if let Some((name, value)) = text.split_once(':') {
            header.set(name, value.trim());
        }
    }
    Err(io::Error::other("the header of the record is too long"))
}

impl Header {
    fn set(&mut self, name: &str, value: &str) {
        match name.to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut self.target),
            "content-type" => self.content_type = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            "warc-truncated" => self.is_truncated = true,
            _ => {}
        }
    }
}

/// A record that may contain a page.
struct Response<'r> {
    header: &'r Header,
    bytes: &'r [u8],
    record: String,
}

impl Response<'_> {
    fn fault(&self, reason: &str) -> Found {
        Found::Fault {
            record: Some(self.record.clone()),
            line: None,
            reason: reason.to_owned(),
        }
    }

    fn skipped(&self, why: &str) -> Found {
        Found::Skipped {
            record: Some(self.record.clone()),
            reason: format!("{}: {why}", self.header.target),
        }
    }

    fn read(&self, budget: &mut DecompressionBudget, emit: &mut Emit) -> Flow {
        let is_http = self.header.content_type.starts_with("application/http");
        let (head, body) = if is_http {
            split_http(self.bytes)
        } else {
            (String::new(), self.bytes.to_vec())
        };
        let kind = if is_http {
            http_field(&head, "content-type").unwrap_or_default()
        } else {
            self.header.content_type.clone()
        };
        let status = head.split_whitespace().nth(1).unwrap_or("200");
        if status != "200" {
            return emit(self.skipped(&format!("the server responded with status {status}")));
        }
        let is_unlabelled_page = kind.is_empty() && body.trim_ascii_start().starts_with(b"<");
        if !kind.contains("html") && !is_unlabelled_page {
            return emit(self.skipped(&format!("not an HTML page, but `{kind}`")));
        }
        let (body, fault) = if head.is_empty() {
            (body, None)
        } else {
            unpack(&head, body, budget)
        };
        let record = Some(self.record.clone());
        emit_page(&decode_page(body), record, &mut |found| {
            emit(match found {
                Found::Record(mut page) => {
                    let url = || self.header.target.clone();
                    page.given.url.get_or_insert_with(url);
                    Found::Record(page)
                }
                other => other,
            })
        })?;
        if let Some(reason) = fault {
            emit(self.fault(&reason))?;
        }
        if self.header.is_truncated {
            emit(self.fault("the crawler truncated the page"))?;
        }
        Flow::Continue(())
    }
}

fn page_too_long() -> String {
    format!(
        "the page is longer than {} MiB; the rest was not read",
        MAX_PAGE >> 20
    )
}

/// The number of bytes to which the compressed pages in a file may still expand in total.
struct DecompressionBudget {
    /// Number of bytes of the file that were read so far.
    bytes_read: Rc<Cell<u64>>,
    spent: u64,
}

impl DecompressionBudget {
    fn remaining(&self) -> u64 {
        let allowed = self
            .bytes_read
            .get()
            .saturating_mul(MAX_TOTAL_RATIO)
            .max(ALWAYS_ALLOWED_TOTAL);
        allowed.saturating_sub(self.spent)
    }
}

/// Splits an HTTP response into its header and its body. Returns the header in lower case.
fn split_http(bytes: &[u8]) -> (String, Vec<u8>) {
    let whole = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| (at, at + 4));
    let bare = || memchr::memmem::find(bytes, b"\n\n").map(|at| (at, at + 2));
    let (end, start) = whole.or_else(bare).unwrap_or((bytes.len(), bytes.len()));
    let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).to_ascii_lowercase();
    (head, bytes.get(start..).unwrap_or_default().to_vec())
}

fn http_field(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}

/// Returns the body of a response without chunked encoding and gzip, if it still has them; most
/// crawlers remove both. `head` is the header in lower case. Also returns a message if a part of
/// the body is missing.
fn unpack(
    head: &str,
    body: Vec<u8>,
    budget: &mut DecompressionBudget,
) -> (Vec<u8>, Option<String>) {
    let is_chunked =
        http_field(head, "transfer-encoding").is_some_and(|value| value.contains("chunked"));
    let body = if is_chunked {
        join_chunks(&body).unwrap_or(body)
    } else {
        body
    };
    if !body.starts_with(&[0x1f, 0x8b]) {
        return (body, None);
    }
    let length = body.len() as u64;
    let own = length.saturating_mul(MAX_RATIO).max(ALWAYS_ALLOWED);
    // Each page may grow as much as one page needs, however much the others have grown.
    let shared = budget
        .remaining()
        .max(length.saturating_mul(MAX_TOTAL_RATIO));
    let limit = own.min(shared).min(MAX_PAGE);
    let mut plain = Vec::new();
    // Decompress as much as possible: a truncated page is still a page.
    let read = flate2::read::MultiGzDecoder::new(body.as_slice())
        .take(limit + 1)
        .read_to_end(&mut plain);
    budget.spent += plain.len() as u64;
    let is_longer = plain.len() as u64 > limit;
    plain.truncate(limit as usize);
    let missing = match read {
        Err(error) => Some(format!(
            "{}; what came before it was read",
            describe(&error)
        )),
        Ok(_) if is_longer && limit == MAX_PAGE => Some(page_too_long()),
        Ok(_) if is_longer => Some(BOMB.to_owned()),
        Ok(_) => None,
    };
    (plain, missing)
}

/// Returns the content of a body in chunked encoding. Returns `None` if the body is not in this
/// encoding, whatever its header says.
fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut rest = body;
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(joined);
        }
        let start = end + 2;
        let stop = start.checked_add(size)?.min(rest.len());
        joined.extend_from_slice(rest.get(start..stop)?);
        rest = rest.get(stop..)?.strip_prefix(b"\r\n").unwrap_or_default();
        if rest.is_empty() {
            return Some(joined);
        }
    }
}
