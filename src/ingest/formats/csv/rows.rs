//! Reads the rows of a table. An opened quotation mark that is not closed properly would swallow
//! the rows after it. A row of several lines is accepted unless its mark never closes, closes
//! inside a field, or leads to a wrong number of columns. In these cases the lines decide: if most
//! of them are complete rows by themselves, they are read as such.

use std::io::{self, BufRead};
use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::marks::{closing, is_blank, line_end, lines, scan, without_end};
use crate::ingest::lines::{Line, next_line};

/// Length in bytes above which the buffer of a row is not kept for the next rows.
const LONG_ROW: usize = 4 << 20;
/// Minimum number of delimiters, in lines that are all complete rows by themselves, that rules out
/// chance although the quotation mark is closed properly. Sentences with exactly the right number
/// of commas in each line do not occur.
const WEIGHT: usize = 12;
/// Number of lines from which on a tenth of them need not be complete rows.
const MANY_LINES: usize = 20;

const TO_LINE_END: &str =
    "a quotation mark is opened and never closed: the row is read to the end of its line";
const TO_NEXT_ROW: &str =
    "a quotation mark is opened and never closed: the row is read up to the next";
const TO_FILE_END: &str =
    "a quotation mark is opened and never closed: the rest of the file is one field";
const WITHIN: &str =
    "a quotation mark within the field is not doubled: the field may end too early";

/// The next item in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A row. `Rows::fields` returns its fields.
    Row {
        /// Line where the row begins, counted from 1.
        line: u32,
        /// What is wrong with its quotation marks.
        fault: Option<&'static str>,
    },
    /// A line longer than the limit, which was skipped. Holds the number of the line.
    TooLong(u32),
}

/// Reads a table row by row.
pub(super) struct Rows<R> {
    reader: R,
    delimiter: u8,
    limit: usize,
    /// Number of columns in the header, once it is read.
    columns: usize,
    fields: Fields,
    /// The lines of the row, followed by those that were read to judge it.
    text: Vec<u8>,
    /// Position of the next line in `text`, and its number.
    next: Mark,
    /// Why no more lines can be read.
    end: Option<End>,
}

#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    line: u32,
}

enum End {
    TooLong,
    Failed(io::Error),
}

/// How a quotation mark that is opened in one line ends in a later one.
enum Ending {
    /// It closes before a delimiter or the end of a line.
    Closed,
    /// It does not close before the end of the file or of the searched range.
    Never,
    /// It closes before other characters, in the line that begins here. If the closing mark begins
    /// a field when that line is scanned by itself, it belongs to another row, and that line is not
    /// consumed yet.
    Within { line: Mark, begins_field: bool },
}

/// How to read a row of several lines.
enum Verdict {
    Sound,
    FirstLine,
    UpTo(Mark),
    ToTheEnd,
    MarkWithin(Mark),
}

impl<R: BufRead> Rows<R> {
    /// Returns a reader of rows with this delimiter. No row may take more than `limit` bytes.
    pub fn new(reader: R, delimiter: u8, limit: usize) -> Self {
        Self {
            reader,
            delimiter,
            limit,
            columns: 0,
            fields: Fields::new(delimiter),
            text: Vec::new(),
            next: Mark { at: 0, line: 1 },
            end: None,
        }
    }

    /// Returns the fields of the last row.
    pub fn fields(&self) -> impl Iterator<Item = &[u8]> {
        self.fields.iter()
    }

    /// Reads the next row. Returns `None` at the end. The first row is the header.
    pub fn next(&mut self) -> io::Result<Option<Next>> {
        self.forget();
        let mut start = self.next;
        let first = loop {
            let Some(line) = self.line() else {
                return match self.end.take() {
                    None => Ok(None),
                    Some(End::TooLong) => {
                        self.next.line += 1;
                        Ok(Some(Next::TooLong(self.next.line - 1)))
                    }
                    Some(End::Failed(error)) => Err(error),
                };
            };
            if !is_blank(self.slice(&line)) {
                break line;
            }
            start = self.next;
        };
        let fault = self.read_row(start, first);
        if self.columns == 0 {
            self.columns = self.fields.count;
        }
        let line = start.line;
        Ok(Some(Next::Row { line, fault }))
    }

    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Drops consumed rows from the buffer.
    fn forget(&mut self) {
        let read = self.next.at;
        if read >= self.text.len() {
            self.text.clear();
        } else if read > LONG_ROW && read > self.text.len() / 2 {
            self.text.drain(..read);
        } else {
            return;
        }
        self.next.at = 0;
        if self.text.capacity() > LONG_ROW && self.text.len() < LONG_ROW {
            self.text.shrink_to(LONG_ROW);
        }
    }

    /// Returns the next line with its terminator, or `None` if none can be read.
    fn line(&mut self) -> Option<Range<usize>> {
        let start = self.next.at;
        if start >= self.text.len() {
            self.read_line()?;
        }
        let rest = self.text.get(start..)?;
        let end = line_end(rest).map_or(rest.len(), |at| {
            at + 1 + usize::from(rest.get(at..at + 2) == Some(b"\r\n"))
        });
        self.next.at = start + end;
        self.next.line = self.next.line.saturating_add(1);
        Some(start..start + end)
    }

    fn read_line(&mut self) -> Option<()> {
        if self.end.is_some() {
            return None;
        }
        let read = next_line(&mut self.reader, &mut self.text, self.limit, line_end);
        match read {
            Ok(Line::Whole) => {}
            Ok(Line::End) => return None,
            Ok(Line::TooLong) => {
                self.end = Some(End::TooLong);
                return None;
            }
            Err(error) => {
                // Drop the incomplete line.
                self.text.truncate(self.next.at);
                self.end = Some(End::Failed(error));
                return None;
            }
        }
        match self.text.last() {
            Some(b'\n') => {}
            Some(b'\r') => match self.reader.fill_buf() {
                Ok([b'\n', ..]) => {
                    self.reader.consume(1);
                    self.text.push(b'\n');
                }
                Ok(_) => {}
                Err(error) => self.end = Some(End::Failed(error)),
            },
            // Give the last line a terminator too, so that what is open after it is always a
            // quotation mark.
            _ => self.text.push(b'\n'),
        }
        Some(())
    }

    /// Reads the row that begins with a line. Returns what is wrong with its quotation marks.
    fn read_row(&mut self, start: Mark, first: Range<usize>) -> Option<&'static str> {
        self.fields.clear();
        if self.feed(&first) {
            return None;
        }
        let second = self.next;
        let ending = self.follow(start);
        match self.judge(start, &ending) {
            Verdict::Sound => None,
            Verdict::FirstLine => {
                self.next = second;
                self.read_literally(&first);
                Some(TO_LINE_END)
            }
            Verdict::UpTo(end) => {
                self.next = end;
                self.fields.clear();
                let text = self.text.get(start.at..end.at).unwrap_or_default();
                self.fields.feed(without_end(text));
                let _ = self.fields.feed(b"\"\n") || self.fields.feed(b"");
                Some(TO_NEXT_ROW)
            }
            Verdict::ToTheEnd => {
                self.fields.feed(b"");
                Some(TO_FILE_END)
            }
            Verdict::MarkWithin(line) => {
                self.next = line;
                while let Some(line) = self.line() {
                    if self.feed(&line) {
                        return Some(WITHIN);
                    }
                }
                self.fields.feed(b"");
                Some(TO_FILE_END)
            }
        }
    }

    fn feed(&mut self, line: &Range<usize>) -> bool {
        let bytes = self.text.get(line.clone()).unwrap_or_default();
        self.fields.feed(bytes)
    }

    /// Follows a quotation mark that is open after the first line of a row to its end.
    fn follow(&mut self, start: Mark) -> Ending {
        loop {
            let before = self.next;
            if before.at - start.at > self.limit {
                return Ending::Never;
            }
            let Some(line) = self.line() else {
                return Ending::Never;
            };
            let bytes = self.slice(&line);
            if let Some(mark) = closing(bytes) {
                let behind = bytes.get(mark + 1);
                let is_end = |b: &u8| *b == self.delimiter || matches!(b, b'\r' | b'\n');
                if !behind.is_none_or(is_end) {
                    let begins_field = bytes
                        .get(..mark)
                        .and_then(<[u8]>::last)
                        .is_none_or(|b| *b == self.delimiter);
                    if begins_field {
                        self.next = before;
                    }
                    return Ending::Within {
                        line: before,
                        begins_field,
                    };
                }
            }
            if self.feed(&line) {
                return Ending::Closed;
            }
        }
    }

    fn judge(&self, start: Mark, ending: &Ending) -> Verdict {
        // There is nothing to compare a header with, and it nearly always has one line.
        let is_header = self.columns == 0;
        let range = start.at..self.next.at;
        let mostly = || {
            let (fitting, lines) = self.fitting(range.clone());
            fitting * 2 > lines
        };
        match *ending {
            Ending::Closed if is_header => Verdict::Sound,
            Ending::Closed if self.fields.count == self.columns => {
                if self.can_be_no_chance(range) {
                    Verdict::FirstLine
                } else {
                    Verdict::Sound
                }
            }
            Ending::Closed if mostly() => Verdict::FirstLine,
            Ending::Closed => Verdict::Sound,
            Ending::Never | Ending::Within { .. } if is_header || mostly() => Verdict::FirstLine,
            Ending::Never if range.len() > self.limit => Verdict::FirstLine,
            Ending::Never => Verdict::ToTheEnd,
            Ending::Within {
                line,
                begins_field: true,
            } => Verdict::UpTo(line),
            Ending::Within { line, .. } => Verdict::MarkWithin(line),
        }
    }

    /// Returns how many lines in a range are complete rows by themselves, and the number of lines.
    fn fitting(&self, range: Range<usize>) -> (usize, usize) {
        let lines = lines(self.slice(&range));
        lines.fold((0, 0), |(fitting, count), line| {
            (fitting + usize::from(self.fits(line)), count + 1)
        })
    }

    /// Returns whether the number of lines that are complete rows by themselves rules out chance.
    fn can_be_no_chance(&self, range: Range<usize>) -> bool {
        let count = lines(self.slice(&range)).count();
        let allowed = if count < MANY_LINES { 0 } else { count / 10 };
        // In prose, this ends after a few lines.
        let mut others = lines(self.slice(&range)).filter(|line| !self.fits(line));
        if others.nth(allowed).is_some() {
            return false;
        }
        let delimiters = count * (self.columns - 1);
        delimiters >= WEIGHT || (self.delimiter == b'\t' && delimiters > 0)
    }

    /// Returns whether a line is a complete row by itself, if an unclosed quotation mark counts as
    /// an ordinary character.
    fn fits(&self, line: &[u8]) -> bool {
        if is_blank(line) {
            return false;
        }
        let scan = scan(line, self.delimiter);
        let Some(open) = scan.open else {
            return scan.fields == self.columns;
        };
        let rest = line.get(open..).unwrap_or_default();
        let more = memchr::memchr_iter(self.delimiter, rest).count();
        scan.fields == self.columns || scan.fields + more == self.columns
    }

    /// Reads one line that has an unclosed quotation mark as an ordinary character.
    fn read_literally(&mut self, line: &Range<usize>) {
        self.fields.clear();
        let line = self.text.get(line.clone()).unwrap_or_default();
        let line = without_end(line);
        let open = scan(line, self.delimiter).open.unwrap_or(line.len());
        let (before, rest) = line.split_at_checked(open).unwrap_or((line, b""));
        self.fields.feed(before);
        let most = match self.columns {
            0 => usize::MAX,
            columns => columns.saturating_sub(self.fields.count).max(1),
        };
        for field in rest.splitn(most, |b| *b == self.delimiter) {
            self.fields.push(field);
        }
    }
}

/// The fields of one row.
struct Fields {
    splitter: Reader,
    text: Vec<u8>,
    len: usize,
    ends: Vec<usize>,
    count: usize,
}

impl Fields {
    fn new(delimiter: u8) -> Self {
        Self {
            splitter: ReaderBuilder::new().delimiter(delimiter).build(),
            text: Vec::new(),
            len: 0,
            ends: Vec::new(),
            count: 0,
        }
    }

    fn clear(&mut self) {
        self.splitter.reset();
        (self.len, self.count) = (0, 0);
        if self.text.len() > LONG_ROW {
            self.text = Vec::new();
        }
    }

    /// Consumes bytes of a row. Returns whether the row ends with them. Empty input means the end
    /// of the file.
    fn feed(&mut self, mut bytes: &[u8]) -> bool {
        loop {
            let text = self.text.get_mut(self.len..).unwrap_or_default();
            let ends = self.ends.get_mut(self.count..).unwrap_or_default();
            let (result, read, written, ended) = self.splitter.read_record(bytes, text, ends);
            bytes = bytes.get(read..).unwrap_or_default();
            self.len += written;
            self.count += ended;
            match result {
                ReadRecordResult::InputEmpty => return false,
                ReadRecordResult::OutputFull => self.text.resize(self.len * 2 + 1024, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.count * 2 + 16, 0),
                ReadRecordResult::Record | ReadRecordResult::End => return true,
            }
        }
    }

    /// Appends a field without parsing it.
    fn push(&mut self, field: &[u8]) {
        self.text.truncate(self.len);
        self.text.extend_from_slice(field);
        self.len = self.text.len();
        self.ends.truncate(self.count);
        self.ends.push(self.len);
        self.count = self.ends.len();
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().take(self.count).map(move |end| {
            let field = self.text.get(start..*end).unwrap_or_default();
            start = *end;
            field
        })
    }
}

#[cfg(test)]
mod tests;
