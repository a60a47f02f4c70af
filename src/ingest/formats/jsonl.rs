//! Reads JSON Lines files, which have one object per line. Each line is parsed by itself, so that a
//! faulty one does not affect the others.

use std::borrow::Cow;
use std::io::{BufRead, BufReader};

use super::json::{self, RecordLocation, interpret};
use super::{Claim, Emit, Flow, Found};
use crate::ingest::Options;
use crate::ingest::decode::{Transcoder, decode, detect};
use crate::ingest::input::{Input, describe};
use crate::ingest::lines::{Line, next_line};
use crate::ingest::node::Node;

/// Capacity in bytes above which the buffer for a line is freed after the line was read.
const MAX_KEPT_BUFFER: usize = 4 << 20;

const EXTENSIONS: [&str; 3] = ["jsonl", "ndjson", "jsonlines"];

pub(super) fn claim(input: &Input) -> Claim {
    let head = input.head();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut lines = head
        .split(|b| *b == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let is_next_an_object = lines.next().is_some_and(|line| line.starts_with(b"{"));
    let is_whole = || serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
    let by_name = input.has_extension(&EXTENSIONS);
    match first {
        [b'{', ..] if is_next_an_object && is_whole() => Claim::Content,
        // One object over several lines. Whatever the name says, no line holds a record.
        [b'{' | b'[', ..] if by_name && first.len() < 3 => Claim::No,
        _ if by_name => Claim::Content,
        _ => Claim::No,
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let options = input.options;
    let encoding = detect(input.head());
    if encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE {
        let reader = Transcoder::new(input.into_reader(), encoding);
        return read_lines(BufReader::new(reader), options, emit);
    }
    // In every other encoding a line end is one byte, so each line is decoded by itself.
    read_lines(
        BufReader::with_capacity(256 << 10, input.into_reader()),
        options,
        emit,
    )
}

fn read_lines(mut reader: impl BufRead, options: &Options, emit: &mut Emit) -> Flow {
    let mut bytes = Vec::new();
    for number in 1_u32.. {
        let location = RecordLocation {
            record: Some(number.to_string()),
            line: Some(number),
        };
        bytes.clear();
        let line = next_line(&mut reader, &mut bytes, options.line_limit, |bytes| {
            memchr::memchr(b'\n', bytes)
        });
        let reason = match line {
            Ok(Line::End) => break,
            Ok(Line::TooLong) => {
                let mib = options.line_limit >> 20;
                format!("the line is longer than {mib} MiB; it was skipped")
            }
            Err(error) => {
                return emit(Found::Fault {
                    record: None,
                    line: location.line,
                    reason: format!("{}; the lines before it were read", describe(&error)),
                });
            }
            Ok(Line::Whole) => {
                let line = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
                if line.trim_ascii().is_empty() {
                    continue;
                }
                let parsed = parse(line);
                if bytes.capacity() > MAX_KEPT_BUFFER {
                    // Free the line before its article is built.
                    bytes = Vec::new();
                }
                match parsed {
                    Ok((node, repaired)) => {
                        interpret(node, location.clone(), options, emit)?;
                        match repaired {
                            Some(what) => format!("{what}; it was repaired and read"),
                            None => continue,
                        }
                    }
                    Err(what) => what,
                }
            }
        };
        emit(Found::Fault {
            record: location.record,
            line: location.line,
            reason,
        })?;
    }
    Flow::Continue(())
}

/// Parses a line. Returns the value, and a message about what was repaired in it, if anything.
///
/// # Errors
/// Returns a message if the line is not valid JSON.
fn parse(line: &[u8]) -> Result<(Node, Option<String>), String> {
    let line = match std::str::from_utf8(line) {
        Ok(line) => Cow::Borrowed(line),
        Err(_) => Cow::Owned(decode(line.to_vec())),
    };
    // Report the position as a column of this line. The `line 1` of serde_json would mislead.
    let describe_error = |error: serde_json::Error| {
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or(&message);
        format!("invalid JSON: {what} at column {}", error.column())
    };
    match json::parse(line.as_bytes()) {
        Ok((node, repaired)) => Ok((node, repaired.map(describe_error))),
        Err(error) => Err(describe_error(error)),
    }
}
