//! Reads lines from a stream, up to a maximum length.

use std::io::{BufRead, ErrorKind, Result};

/// The result of reading a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line was read, with its terminator.
    Whole,
    /// The line was longer than the limit. Nothing of it was kept.
    TooLong,
    /// The end of the stream was reached, and no line was read.
    End,
}

/// Appends the next line of `reader` to `bytes`, unless it is longer than `limit` bytes. `end`
/// returns the position of the byte that ends a line.
pub(super) fn next_line(
    reader: &mut impl BufRead,
    bytes: &mut Vec<u8>,
    limit: usize,
    end: fn(&[u8]) -> Option<usize>,
) -> Result<Line> {
    let start = bytes.len();
    let mut is_too_long = false;
    loop {
        let ready = match reader.fill_buf() {
            Ok(ready) => ready,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if ready.is_empty() {
            return Ok(match bytes.len() - start {
                _ if is_too_long => Line::TooLong,
                0 => Line::End,
                _ => Line::Whole,
            });
        }
        let found = end(ready);
        let used = found.map_or(ready.len(), |at| at + 1);
        if is_too_long || bytes.len() - start + used > limit {
            is_too_long = true;
            bytes.truncate(start);
            bytes.shrink_to_fit();
        } else {
            bytes.extend_from_slice(ready.get(..used).unwrap_or(ready));
        }
        reader.consume(used);
        if found.is_some() {
            return Ok(if is_too_long {
                Line::TooLong
            } else {
                Line::Whole
            });
        }
    }
}
