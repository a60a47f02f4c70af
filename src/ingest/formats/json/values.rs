//! The values of a JSON file as bytes, one by one: where each ends is told by its brackets and
//! strings alone, so that one that cannot be read harms no other.

use std::io::{self, BufRead, Read};
use std::ops::Range;

/// Brackets within one another; a value with more is not read.
const NESTING: usize = 128;
/// Room above this is not kept for what stands behind.
const ROOM: usize = 1 << 20;
/// The longest name of a field by which the start of a record is known again.
const LONGEST_NAME: usize = 256;

/// How far a value reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// To its end.
    Whole(Range<usize>),
    /// To where its brackets do not match, or nest too deep, or the file ends.
    Broken(Range<usize>),
    /// Further than was asked for.
    Longer,
}

/// The bytes of a file, of which those are at hand that are looked at. Places are counted from its
/// start.
pub(super) struct Values<R> {
    reader: R,
    text: Vec<u8>,
    /// Where `text` begins.
    base: usize,
    /// What comes next.
    at: usize,
    /// A place and the number of its line.
    counted: (usize, u32),
    /// Why reading ended, where it did not at the end of the file.
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

    /// The bytes between two places, as far as they are at hand.
    pub fn slice(&self, range: &Range<usize>) -> &[u8] {
        let start = range.start.saturating_sub(self.base);
        let end = range.end.saturating_sub(self.base).min(self.text.len());
        self.text.get(start..end).unwrap_or_default()
    }

    fn rest(&self) -> &[u8] {
        self.text.get(self.at - self.base..).unwrap_or_default()
    }

    /// The place behind all that was read.
    pub fn end(&self) -> usize {
        self.base + self.text.len()
    }

    /// Goes to a place in what is at hand.
    pub fn go_to(&mut self, at: usize) {
        self.at = at.clamp(self.base, self.end());
    }

    /// Where the next byte stands.
    pub fn place(&self) -> usize {
        self.at
    }

    /// The line of a place, counted from 1; places are asked for in order.
    pub fn line(&mut self, at: usize) -> u32 {
        let (from, line) = self.counted;
        let between = self.slice(&(from..at.max(from)));
        let more = memchr::memchr_iter(b'\n', between).count();
        self.counted = (at.max(from), line.saturating_add(more as u32));
        self.counted.1
    }

    /// The next byte that is no white space, which stays the next.
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

    /// How far the value reaches that comes next; nothing is read far above `limit`.
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

    /// Passes over a value of any length, and keeps nothing of it.
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

    /// Goes to the next record behind `from` that begins with a field of that name; `false` where
    /// there is none.
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

    /// The place in a value of another record that a string seems to hold: its own end was lost.
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

    /// Lets go of all that is left.
    pub fn give_up(&mut self) {
        self.is_over = true;
        self.at = self.end();
    }

    /// Lets go of what is behind; a little of it stays, to tell a record by what precedes it.
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

    /// Reads on; `false` at the end.
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
                    // Some readers fail only once.
                    self.failed.get_or_insert(error);
                    return false;
                }
            }
        }
        false
    }
}

/// What comes next, byte by byte: for values that are too long to be at hand as a whole.
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

/// The name of the first field of an object, as it is written.
pub(super) fn first_name(object: &[u8]) -> Option<&[u8]> {
    let name = object.strip_prefix(b"{")?.trim_ascii_start();
    let name = name.strip_prefix(b"\"")?;
    let end = memchr::memchr(b'"', name)?;
    name.get(..end).filter(|name| name.len() <= LONGEST_NAME)
}

/// Whether a record begins at a brace: behind another one, and with a field of that name.
fn begins_record(text: &[u8], brace: usize, name: &[u8]) -> bool {
    let (before, object) = text.split_at_checked(brace).unwrap_or_default();
    let before = before.trim_ascii_end();
    matches!(before.last(), Some(b',' | b'}')) && first_name(object) == Some(name)
}

/// Where in a value one is.
#[derive(Default)]
struct Nesting {
    /// The brackets that are to come.
    closers: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    /// Before its first byte.
    #[default]
    Start,
    Scalar,
    Between,
    String,
    Escaped,
}

/// What a byte is to a value.
enum Step {
    Within,
    Last,
    /// The first that is none of its own.
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
