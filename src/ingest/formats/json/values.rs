//! Splits a JSON file into values, as bytes. Only brackets and strings decide where a value ends,
//! so a value that cannot be parsed does not affect the others.

use std::io::{self, BufRead, Read};
use std::ops::Range;

/// Maximum nesting of brackets in a value. A value with deeper nesting is not read.
const MAX_NESTING: usize = 128;
/// Consumed bytes are removed from the buffer once there are at least this many.
const BUFFER: usize = 1 << 20;
/// Maximum length in bytes of the field name by which the start of a record is recognised.
const MAX_NAME: usize = 256;

/// Where a value begins and ends in the file, as far as that can be found. Ranges are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ValueExtent {
    /// The value is complete. Holds its range.
    Whole(Range<usize>),
    /// The brackets of the value do not match or nest too deeply, or the file ends first. Holds the
    /// range of the part that was read.
    Broken(Range<usize>),
    /// The value is longer than the limit.
    Longer,
}

/// A reader of the values in a JSON file. Only part of the file is in the buffer. Positions are in
/// bytes from the start of the file.
pub(super) struct Values<R> {
    reader: R,
    text: Vec<u8>,
    /// Position in the file of the first byte of `text`.
    base: usize,
    /// Position in the file of the next byte to be read.
    at: usize,
    /// A position in the file whose line is known, and the number of that line.
    line_at: (usize, u32),
    /// The error that ended reading before the end of the file, if one did.
    pub failed: Option<io::Error>,
    at_end: bool,
}

impl<R: BufRead> Values<R> {
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            text: Vec::new(),
            base: 0,
            at: 0,
            line_at: (0, 1),
            failed: None,
            at_end: false,
        }
    }

    /// Returns the bytes of a range of the file, as far as they are in the buffer.
    pub fn slice(&self, range: &Range<usize>) -> &[u8] {
        let start = range.start.saturating_sub(self.base);
        let end = range.end.saturating_sub(self.base).min(self.text.len());
        self.text.get(start..end).unwrap_or_default()
    }

    fn rest(&self) -> &[u8] {
        self.text.get(self.at - self.base..).unwrap_or_default()
    }

    /// Returns the position after all bytes read so far.
    pub fn end(&self) -> usize {
        self.base + self.text.len()
    }

    /// Moves to a position in the file, or to the closest one that is in the buffer.
    pub fn seek(&mut self, at: usize) {
        self.at = at.clamp(self.base, self.end());
    }

    /// Returns the position in the file of the next byte to be read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Returns the number of the line at a position, counted from 1. Positions must be asked for in
    /// ascending order.
    pub fn line(&mut self, at: usize) -> u32 {
        let (from, line) = self.line_at;
        let between = self.slice(&(from..at.max(from)));
        let more = memchr::memchr_iter(b'\n', between).count();
        self.line_at = (at.max(from), line.saturating_add(more as u32));
        self.line_at.1
    }

    /// Skips white space. Returns the next byte without consuming it, or `None` at the end of the
    /// file.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            let skip = self.rest().iter().position(|b| !b.is_ascii_whitespace());
            self.at = skip.map_or(self.end(), |skip| self.at + skip);
            self.drop_consumed();
            if skip.is_some() {
                return self.rest().first().copied();
            }
            if !self.fill() {
                return None;
            }
        }
    }

    /// Finds the end of the next value, without consuming the value. Reads hardly more than `limit`
    /// bytes.
    pub fn extent(&mut self, limit: usize) -> ValueExtent {
        let start = self.at;
        let mut nesting = Nesting::default();
        let mut at = start;
        loop {
            for byte in self.slice(&(at..usize::MAX)) {
                match nesting.step(*byte) {
                    Step::Within => at += 1,
                    Step::Last => return ValueExtent::Whole(start..at + 1),
                    Step::After => return ValueExtent::Whole(start..at),
                    Step::Broken => return ValueExtent::Broken(start..at),
                }
            }
            if at - start > limit {
                return ValueExtent::Longer;
            }
            if !self.fill() {
                return if nesting.is_scalar() {
                    ValueExtent::Whole(start..at)
                } else {
                    ValueExtent::Broken(start..at)
                };
            }
        }
    }

    /// Skips a value of any length without keeping it in the buffer.
    pub fn skip_value(&mut self) {
        let mut nesting = Nesting::default();
        loop {
            let mut steps = self.rest().iter().map(|byte| nesting.step(*byte));
            let end = steps.position(|step| !matches!(step, Step::Within));
            self.at = end.map_or(self.end(), |end| self.at + end + 1);
            self.drop_consumed();
            if end.is_some() || !self.fill() {
                return;
            }
        }
    }

    /// Moves to the next record at or after `from` whose first field is called `name`. Returns
    /// `false` if there is none.
    pub fn find_record(&mut self, from: usize, name: &[u8]) -> bool {
        self.seek(from);
        loop {
            let found = memchr::memchr(b'{', self.rest());
            self.at = found.map_or(self.end(), |found| self.at + found);
            self.drop_consumed();
            if found.is_none() {
                if self.fill() {
                    continue;
                }
                return false;
            }
            while self.rest().len() < MAX_NAME * 2 && self.fill() {}
            if begins_record(&self.text, self.at - self.base, name) {
                return true;
            }
            self.at += 1;
        }
    }

    /// Returns the position at which another record, whose first field is called `name`, begins
    /// inside a string of `value`. In that case the string is not closed, and `value` contains the
    /// next record.
    pub fn record_in_string(&self, value: &Range<usize>, name: &[u8]) -> Option<usize> {
        let mut nesting = Nesting::default();
        let text = self.slice(value);
        let mut bytes = text.iter().enumerate();
        let found = bytes.find(|(at, byte)| {
            let is_within = nesting.is_in_string();
            nesting.step(**byte);
            is_within && **byte == b'{' && begins_record(text, *at, name)
        });
        found.map(|(at, _)| value.start + at)
    }

    /// Skips the rest of the file.
    pub fn skip_rest(&mut self) {
        self.at_end = true;
        self.at = self.end();
    }

    /// Removes consumed bytes from the buffer, except for the last few, because a record is
    /// recognised by what precedes it.
    fn drop_consumed(&mut self) {
        const KEPT: usize = 1024;
        let read = (self.at - self.base).saturating_sub(KEPT);
        if read < BUFFER || read < self.text.len() / 2 {
            return;
        }
        self.line(self.base + read);
        self.text.drain(..read);
        self.base += read;
        if self.text.len() < BUFFER {
            self.text.shrink_to(BUFFER * 2);
        }
    }

    /// Reads more bytes into the buffer. Returns `false` at the end of the file or after an error,
    /// which is kept in `failed`.
    fn fill(&mut self) -> bool {
        while !self.at_end {
            match self.reader.fill_buf() {
                Ok([]) => return false,
                Ok(ready) => {
                    let len = ready.len();
                    self.text.extend_from_slice(ready);
                    self.reader.consume(len);
                    return true;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    // Some readers report an error only once.
                    self.failed.get_or_insert(error);
                    return false;
                }
            }
        }
        false
    }
}

/// Reads the next bytes of the file. Used for values that are too long to hold in memory.
impl<R: BufRead> Read for Values<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.end() {
            self.drop_consumed();
            if !self.fill() {
                return self.failed.take().map_or(Ok(0), Err);
            }
        }
        let mut ready = self.rest();
        let len = ready.read(into)?;
        self.at += len;
        Ok(len)
    }
}

/// Returns the name of the first field of an object, with escapes as written. Returns `None` if
/// there is no such name or it is too long.
pub(super) fn first_name(object: &[u8]) -> Option<&[u8]> {
    let name = object.strip_prefix(b"{")?.trim_ascii_start();
    let name = name.strip_prefix(b"\"")?;
    let end = memchr::memchr(b'"', name)?;
    name.get(..end).filter(|name| name.len() <= MAX_NAME)
}

/// Returns whether a record begins at position `brace` of `text`, which is a `{`. The brace must
/// follow a comma or a `}`, and the first field must be called `name`.
fn begins_record(text: &[u8], brace: usize, name: &[u8]) -> bool {
    let (before, object) = text.split_at_checked(brace).unwrap_or_default();
    let before = before.trim_ascii_end();
    matches!(before.last(), Some(b',' | b'}')) && first_name(object) == Some(name)
}

/// The state of scanning a value byte by byte: which brackets are open, and whether a string is.
#[derive(Default)]
struct Nesting {
    /// The closing brackets that are expected, innermost last.
    closers: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    /// The state before the first byte of the value.
    #[default]
    Start,
    Scalar,
    Between,
    String,
    Escaped,
}

/// Where a scanned byte is in relation to the value.
enum Step {
    Within,
    Last,
    /// The byte is the first one after the value.
    After,
    Broken,
}

impl Nesting {
    fn is_in_string(&self) -> bool {
        matches!(self.state, State::String | State::Escaped)
    }

    fn is_scalar(&self) -> bool {
        self.state == State::Scalar
    }

    fn step(&mut self, byte: u8) -> Step {
        self.state = match (self.state, byte) {
            (State::String, b'\\') => State::Escaped,
            (State::String, b'"') => {
                self.state = State::Between;
                return self.ended();
            }
            (State::String | State::Escaped, _) | (State::Start | State::Between, b'"') => {
                State::String
            }
            (State::Scalar, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n') => {
                return Step::After;
            }
            (State::Scalar, _) => State::Scalar,
            (_, b'{' | b'[') => {
                self.closers.push(if byte == b'{' { b'}' } else { b']' });
                if self.closers.len() > MAX_NESTING {
                    return Step::Broken;
                }
                State::Between
            }
            (_, b'}' | b']') => {
                if self.closers.pop() != Some(byte) {
                    return Step::Broken;
                }
                self.state = State::Between;
                return self.ended();
            }
            (State::Start, _) => State::Scalar,
            (State::Between, _) => State::Between,
        };
        Step::Within
    }

    fn ended(&self) -> Step {
        if self.closers.is_empty() {
            Step::Last
        } else {
            Step::Within
        }
    }
}
