//! Splits a JSON file into values, as bytes. Only brackets and strings decide where a value ends,
//! so that one that cannot be parsed does not affect the others.

use std::io::{self, BufRead, Read};
use std::ops::Range;

/// Maximum nesting of brackets. A value with more is not read.
const NESTING: usize = 128;
/// Number of bytes of buffer above which read bytes are dropped.
const ROOM: usize = 1 << 20;
/// Maximum length in bytes of the field name by which the start of a record is recognised.
const LONGEST_NAME: usize = 256;

/// The extent of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The value is complete.
    Whole(Range<usize>),
    /// The brackets of the value do not match or nest too deeply, or the file ends first.
    Broken(Range<usize>),
    /// The value is longer than the limit.
    Longer,
}

/// A reader of the values of a file. Only part of the file is in the buffer. Positions are counted
/// from the start of the file.
pub(super) struct Values<R> {
    reader: R,
    text: Vec<u8>,
    /// Position of the first byte of `text`.
    base: usize,
    /// Position of the next byte.
    at: usize,
    /// A position and the number of its line.
    counted: (usize, u32),
    /// The error that ended the read, if it did not reach the end of the file.
    pub failed: Option<io::Error>,
    is_over: bool,
}

impl<R: BufRead> Values<R> {
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            text: Vec::new(),
            base: 0,
            at: 0,
            counted: (0, 1),
            failed: None,
            is_over: false,
        }
    }

    /// Returns the bytes of a range, as far as they are in the buffer.
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

    /// Moves to a position within the buffer.
    pub fn go_to(&mut self, at: usize) {
        self.at = at.clamp(self.base, self.end());
    }

    /// Returns the position of the next byte.
    pub fn place(&self) -> usize {
        self.at
    }

    /// Returns the line of a position, counted from 1. Call it with ascending positions.
    pub fn line(&mut self, at: usize) -> u32 {
        let (from, line) = self.counted;
        let between = self.slice(&(from..at.max(from)));
        let more = memchr::memchr_iter(b'\n', between).count();
        self.counted = (at.max(from), line.saturating_add(more as u32));
        self.counted.1
    }

    /// Skips white space and returns the next byte without consuming it.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            let skip = self.rest().iter().position(|b| !b.is_ascii_whitespace());
            self.at = skip.map_or(self.end(), |skip| self.at + skip);
            self.forget();
            if skip.is_some() {
                return self.rest().first().copied();
            }
            if !self.fill() {
                return None;
            }
        }
    }

    /// Returns the extent of the next value. Does not read far beyond `limit`.
    pub fn extent(&mut self, limit: usize) -> Extent {
        let start = self.at;
        let mut nesting = Nesting::default();
        let mut at = start;
        loop {
            for byte in self.slice(&(at..usize::MAX)) {
                match nesting.step(*byte) {
                    Step::Within => at += 1,
                    Step::Last => return Extent::Whole(start..at + 1),
                    Step::Behind => return Extent::Whole(start..at),
                    Step::Broken => return Extent::Broken(start..at),
                }
            }
            if at - start > limit {
                return Extent::Longer;
            }
            if !self.fill() {
                return if nesting.is_scalar() {
                    Extent::Whole(start..at)
                } else {
                    Extent::Broken(start..at)
                };
            }
        }
    }

    /// Skips a value of any length without keeping it in the buffer.
    pub fn pass_over(&mut self) {
        let mut nesting = Nesting::default();
        loop {
            let mut steps = self.rest().iter().map(|byte| nesting.step(*byte));
            let end = steps.position(|step| !matches!(step, Step::Within));
            self.at = end.map_or(self.end(), |end| self.at + end + 1);
            self.forget();
            if end.is_some() || !self.fill() {
                return;
            }
        }
    }

    /// Moves to the next record after `from` that begins with a field of this name. Returns `false`
    /// if there is none.
    pub fn find_record(&mut self, from: usize, name: &[u8]) -> bool {
        self.go_to(from);
        loop {
            let found = memchr::memchr(b'{', self.rest());
            self.at = found.map_or(self.end(), |found| self.at + found);
            self.forget();
            if found.is_none() {
                if self.fill() {
                    continue;
                }
                return false;
            }
            while self.rest().len() < LONGEST_NAME * 2 && self.fill() {}
            if begins_record(&self.text, self.at - self.base, name) {
                return true;
            }
            self.at += 1;
        }
    }

    /// Returns the position in `value` where another record begins inside a string. In that case
    /// the value has lost its own end.
    pub fn swallowed(&self, value: &Range<usize>, name: &[u8]) -> Option<usize> {
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
    pub fn give_up(&mut self) {
        self.is_over = true;
        self.at = self.end();
    }

    /// Drops consumed bytes from the buffer. Keeps the last few, because a record is recognised by
    /// what precedes it.
    fn forget(&mut self) {
        const KEPT: usize = 1024;
        let read = (self.at - self.base).saturating_sub(KEPT);
        if read < ROOM || read < self.text.len() / 2 {
            return;
        }
        self.line(self.base + read);
        self.text.drain(..read);
        self.base += read;
        if self.text.len() < ROOM {
            self.text.shrink_to(ROOM * 2);
        }
    }

    /// Reads more bytes into the buffer. Returns `false` at the end.
    fn fill(&mut self) -> bool {
        while !self.is_over {
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

/// Reads the next bytes, for values that are too long to hold in memory.
impl<R: BufRead> Read for Values<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.end() {
            self.forget();
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

/// Returns the name of the first field of an object, as written.
pub(super) fn first_name(object: &[u8]) -> Option<&[u8]> {
    let name = object.strip_prefix(b"{")?.trim_ascii_start();
    let name = name.strip_prefix(b"\"")?;
    let end = memchr::memchr(b'"', name)?;
    name.get(..end).filter(|name| name.len() <= LONGEST_NAME)
}

/// Returns whether a record begins at a brace: it follows another record, and has a first field of
/// this name.
fn begins_record(text: &[u8], brace: usize, name: &[u8]) -> bool {
    let (before, object) = text.split_at_checked(brace).unwrap_or_default();
    let before = before.trim_ascii_end();
    matches!(before.last(), Some(b',' | b'}')) && first_name(object) == Some(name)
}

/// The state of scanning a value.
#[derive(Default)]
struct Nesting {
    /// The closing brackets that are expected, innermost last.
    closers: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    /// Before the first byte.
    #[default]
    Start,
    Scalar,
    Between,
    String,
    Escaped,
}

/// The result of scanning a byte.
enum Step {
    Within,
    Last,
    /// The first byte after the value.
    Behind,
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
                return Step::Behind;
            }
            (State::Scalar, _) => State::Scalar,
            (_, b'{' | b'[') => {
                self.closers.push(if byte == b'{' { b'}' } else { b']' });
                if self.closers.len() > NESTING {
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
