//! WARC, the archive format of web crawls. Reads the HTML responses one record at a time and never
//! holds the whole file in memory. Gzip members, one per record, are already decompressed here.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use super::html::{decode_page, emit_page};
use super::{Claim, Emit, Flow, Found};
use crate::ingest::input::{ALL_HARMLESS, ALL_RATIO, HARMLESS, Input, RATIO, describe};

/// Maximum number of header lines of a record. Anything longer is no header.
const HEADER_LINES: usize = 1000;
/// Maximum length in bytes of a header line.
const HEADER_LINE: u64 = 64 << 10;
/// Maximum size in bytes of a response that is read as a page.
const PAGE: u64 = 32 << 20;

const GROWS: &str = "it grows as no page does when it is unpacked; the rest is left out";

pub(super) fn claim(input: &Input) -> Claim {
    if input.head().starts_with(b"WARC/") {
        Claim::Content
    } else {
        Claim::No
    }
}

/// Fields of a record's header.
#[derive(Default)]
struct Header {
    kind: String,
    target: String,
    content_type: String,
    length: Option<u64>,
    is_truncated: bool,
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let mut room = Room {
        taken: Rc::clone(&input.taken),
        used: 0,
    };
    let mut reader = BufReader::with_capacity(256 << 10, input.into_reader());
    for number in 1_u32.. {
        let failed = |reason: String| Found::Fault {
            record: Some(number.to_string()),
            line: None,
            reason: format!("{reason}; the records before are read"),
        };
        let header = match read_header(&mut reader) {
            Ok(Some(header)) => header,
            Ok(None) => break,
            Err(error) => return emit(failed(describe(&error))),
        };
        let Some(length) = header.length else {
            return emit(failed("the record does not say how long it is".to_owned()));
        };
        let mut block = reader.by_ref().take(length);
        let mut bytes = Vec::new();
        let is_wanted = header.kind == "response" || header.kind == "resource";
        if is_wanted && let Err(error) = block.by_ref().take(PAGE).read_to_end(&mut bytes) {
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
            response.read(&mut room, emit)?;
            if rest.is_ok_and(|rest| rest > 0) {
                emit(response.fault(&longer()))?;
            }
        }
        if is_short {
            return emit(failed("the file ends within this record".to_owned()));
        }
    }
    Flow::Continue(())
}

/// Reads a header up to the empty line that ends it. Returns `None` at the end of the file.
fn read_header(reader: &mut impl BufRead) -> io::Result<Option<Header>> {
    let mut header = Header::default();
    let mut line = Vec::new();
    let mut has_begun = false;
    for _ in 0..HEADER_LINES {
        line.clear();
        if reader
            .by_ref()
            .take(HEADER_LINE)
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
                _ => return Err(io::Error::other("no WARC record begins where one should")),
            }
        } else if text.is_empty() {
            return Ok(Some(header));
        } else if let Some((name, value)) = text.split_once(':') {
            header.set(name, value.trim());
        }
    }
    Err(io::Error::other("a record's header does not end"))
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

/// A record that may hold a page.
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

    fn read(&self, room: &mut Room, emit: &mut Emit) -> Flow {
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
            return emit(self.skipped(&format!("the server answered {status}")));
        }
        let is_unlabelled_page = kind.is_empty() && body.trim_ascii_start().starts_with(b"<");
        if !kind.contains("html") && !is_unlabelled_page {
            return emit(self.skipped(&format!("{kind}, no page")));
        }
        let (body, cut) = if head.is_empty() {
            (body, None)
        } else {
            unpack(&head, body, room)
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
        if let Some(reason) = cut {
            emit(self.fault(&reason))?;
        }
        if self.header.is_truncated {
            emit(self.fault("the crawler cut the page"))?;
        }
        Flow::Continue(())
    }
}

fn longer() -> String {
    format!(
        "the page is longer than {} MiB; the rest is left out",
        PAGE >> 20
    )
}

/// How much the compressed bodies in a file may still grow.
struct Room {
    /// Number of bytes of the file that were read.
    taken: Rc<Cell<u64>>,
    used: u64,
}

impl Room {
    fn left(&self) -> u64 {
        let allowed = self.taken.get().saturating_mul(ALL_RATIO).max(ALL_HARMLESS);
        allowed.saturating_sub(self.used)
    }
}

/// Splits an HTTP response into its header, in lower case, and its body.
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

/// Removes chunked encoding and gzip from a body, if it still has them; most crawlers remove both.
/// Also returns a message if a part of the body is missing.
fn unpack(head: &str, body: Vec<u8>, room: &mut Room) -> (Vec<u8>, Option<String>) {
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
    let own = length.saturating_mul(RATIO).max(HARMLESS);
    // Each page may grow as much as one page needs, however much the others have grown.
    let shared = room.left().max(length.saturating_mul(ALL_RATIO));
    let limit = own.min(shared).min(PAGE);
    let mut plain = Vec::new();
    // Decompress as much as possible: a truncated page is still a page.
    let read = flate2::read::MultiGzDecoder::new(body.as_slice())
        .take(limit + 1)
        .read_to_end(&mut plain);
    room.used += plain.len() as u64;
    let is_longer = plain.len() as u64 > limit;
    plain.truncate(limit as usize);
    let missing = match read {
        Err(error) => Some(format!("{}; what came before is read", describe(&error))),
        Ok(_) if is_longer && limit == PAGE => Some(longer()),
        Ok(_) if is_longer => Some(GROWS.to_owned()),
        Ok(_) => None,
    };
    (plain, missing)
}

/// Joins the chunks of a body. Returns `None` if it is not chunked after all.
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
