//! Reads the rows of a CSV or TSV table. A quoted field may contain line ends, so a quotation mark
//! that is not closed properly would swallow the rows after it. A row over several lines is
//! therefore suspect if its mark never closes, closes inside a field, or leads to a wrong number of
//! columns. If most lines of a suspect row are complete rows by themselves, they are read as
//! separate rows.

use std::io::{self, BufRead};
use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::marks::{closing, is_blank, line_end, lines, scan, without_end};
use crate::ingest::lines::{Line, next_line};

/// Length in bytes above which the buffer of a row is freed after the row was read.
const MAX_KEPT_BUFFER: usize = 4 << 20;
/// If all lines of a row are complete rows by themselves and have at least this many delimiters
/// together, they are read as separate rows, even if the quotation mark is closed properly. Lines
/// of prose do not all have exactly the right number of commas by chance.
const MIN_DELIMITERS: usize = 12;
/// If a row extends over at least this many lines, a tenth of them may be incomplete rows when
/// [`MIN_DELIMITERS`] is applied.
const MANY_LINES: usize = 20;

const TO_LINE_END: &str =
    "a quotation mark is never closed: the row was read up to the end of its line";
const TO_NEXT_ROW: &str = "a quotation mark is never closed: the row was read up to the next row";
const TO_FILE_END: &str =
    "a quotation mark is never closed: the rest of the file was read as one field";
const UNDOUBLED: &str =
    "a quotation mark inside a field is not doubled: the field may end too early";

/// What was read next from a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A row. `Rows::fields` returns its fields.
    Row {
        /// Line where the row begins, counted from 1.
        line: u32,
        /// What is wrong with the quotation marks of the row, if anything, as a message for the
        /// user.
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
    /// The lines of the current row, followed by lines that were read ahead to find the end of the
    /// row.
    text: Vec<u8>,
    /// Position of the next line in `text`, and its number.
    next: LineStart,
    /// The reason why the next line could not be read, if that happened.
    end: Option<StopReason>,
}

#[derive(Clone, Copy)]
struct LineStart {
    at: usize,
    line: u32,
}

enum StopReason {
    TooLong,
    Failed(io::Error),
}

/// How a quoted field ends whose quotation mark is not closed in the line where it is opened.
enum MarkEnd {
    /// A delimiter or the end of a line follows the closing mark, as it should.
    Closed,
    /// There is no closing mark before the end of the file, or within the maximum length of a row.
    Never,
    /// Other characters follow the closing mark, which is in the line that begins at `line`. If
    /// `begins_field` is true, the mark is at the beginning of a field when that line is scanned by
    /// itself. It then belongs to another row, and that line is not consumed yet.
    InsideField { line: LineStart, begins_field: bool },
}

/// How to read a row that seems to extend over several lines.
enum RowReading {
    AsParsed,
    FirstLine,
    UpTo(LineStart),
    ToTheEnd,
    MarkWithin(LineStart),
}

impl<R: BufRead> Rows<R> {
    /// Returns a reader of the rows of a table whose fields are separated by `delimiter`. `limit`
    /// is the maximum length in bytes of a line, and of a row over several lines.
    pub fn new(reader: R, delimiter: u8, limit: usize) -> Self {
        Self {
            reader,
            delimiter,
            limit,
            columns: 0,
            fields: Fields::new(delimiter),
            text: Vec::new(),
            next: LineStart { at: 0, line: 1 },
            end: None,
        }
    }

    /// Returns the fields of the row that was read last.
    pub fn fields(&self) -> impl Iterator<Item = &[u8]> {
        self.fields.iter()
    }

    /// Reads the next row. Returns `None` at the end. The first row is the header.
    pub fn next(&mut self) -> io::Result<Option<Next>> {
        self.drop_consumed();
        let mut start = self.next;
        let first = loop {
            let Some(line) = self.line() else {
                return match self.end.take() {
                    None => Ok(None),
                    Some(StopReason::TooLong) => {
                        self.next.line += 1;
                        Ok(Some(Next::TooLong(self.next.line - 1)))
                    }
                    Some(StopReason::Failed(error)) => Err(error),
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

    /// Removes the rows that were already read from the buffer.
    fn drop_consumed(&mut self) {
        let read = self.next.at;
        if read >= self.text.len() {
            self.text.clear();
        } else if read > MAX_KEPT_BUFFER && read > self.text.len() / 2 {
            self.text.drain(..read);
        } else {
            return;
        }
        self.next.at = 0;
        if self.text.capacity() > MAX_KEPT_BUFFER && self.text.len() < MAX_KEPT_BUFFER {
            self.text.shrink_to(MAX_KEPT_BUFFER);
        }
    }

    /// Returns the range of the next line in `text`, with its terminator, and moves to the line
    /// after it. Returns `None` if no line can be read.
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
                self.end = Some(StopReason::TooLong);
                return None;
            }
            Err(error) => {
                // Drop the incomplete line.
                self.text.truncate(self.next.at);
                self.end = Some(StopReason::Failed(error));
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
                Err(error) => self.end = Some(StopReason::Failed(error)),
            },
            // Give the last line a terminator too, so that what is open after it is always a
            // quotation mark.
            _ => self.text.push(b'\n'),
        }
        Some(())
    }

    /// Reads the row that begins at `start`, with the line `first`. Returns a message if its
    /// quotation marks are wrong.
    fn read_row(&mut self, start: LineStart, first: Range<usize>) -> Option<&'static str> {
        self.fields.clear();
        if self.feed(&first) {
            return None;
        }
        let second = self.next;
        let ending = self.find_mark_end(start);
        match self.classify(start, &ending) {
            RowReading::AsParsed => None,
            RowReading::FirstLine => {
                self.next = second;
                self.read_literally(&first);
                Some(TO_LINE_END)
            }
            RowReading::UpTo(end) => {
                self.next = end;
                self.fields.clear();
                let text = self.text.get(start.at..end.at).unwrap_or_default();
                self.fields.feed(without_end(text));
                let _ = self.fields.feed(b"\"\n") || self.fields.feed(b"");
                Some(TO_NEXT_ROW)
            }
            RowReading::ToTheEnd => {
                self.fields.feed(b"");
                Some(TO_FILE_END)
            }
            RowReading::MarkWithin(line) => {
                self.next = line;
                while let Some(line) = self.line() {
                    if self.feed(&line) {
                        return Some(UNDOUBLED);
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

    /// Reads further lines until the quotation mark closes that is open after the first line of a
    /// row. Returns how it closes.
    fn find_mark_end(&mut self, start: LineStart) -> MarkEnd {
        loop {
            let before = self.next;
            if before.at - start.at > self.limit {
                return MarkEnd::Never;
            }
            let Some(line) = self.line() else {
                return MarkEnd::Never;
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
                    return MarkEnd::InsideField {
                        line: before,
                        begins_field,
                    };
                }
            }
            if self.feed(&line) {
                return MarkEnd::Closed;
            }
        }
    }

    fn classify(&self, start: LineStart, ending: &MarkEnd) -> RowReading {
        // There is nothing to compare a header with, and it nearly always has one line.
        let is_header = self.columns == 0;
        let range = start.at..self.next.at;
        let mostly = || {
            let (complete, lines) = self.count_complete(range.clone());
            complete * 2 > lines
        };
        match *ending {
            MarkEnd::Closed if is_header => RowReading::AsParsed,
            MarkEnd::Closed if self.fields.count == self.columns => {
                if self.rules_out_chance(range) {
                    RowReading::FirstLine
                } else {
                    RowReading::AsParsed
                }
            }
            MarkEnd::Closed if mostly() => RowReading::FirstLine,
            MarkEnd::Closed => RowReading::AsParsed,
            MarkEnd::Never | MarkEnd::InsideField { .. } if is_header || mostly() => {
                RowReading::FirstLine
            }
            MarkEnd::Never if range.len() > self.limit => RowReading::FirstLine,
            MarkEnd::Never => RowReading::ToTheEnd,
            MarkEnd::InsideField {
                line,
                begins_field: true,
            } => RowReading::UpTo(line),
            MarkEnd::InsideField { line, .. } => RowReading::MarkWithin(line),
        }
    }

    /// Returns how many lines in a range are complete rows by themselves, and the number of lines.
    fn count_complete(&self, range: Range<usize>) -> (usize, usize) {
        let lines = lines(self.slice(&range));
        lines.fold((0, 0), |(complete, count), line| {
            (complete + usize::from(self.is_complete(line)), count + 1)
        })
    }

    /// Returns whether so many of the lines in `range` are complete rows by themselves that it
    /// cannot be a coincidence.
    fn rules_out_chance(&self, range: Range<usize>) -> bool {
        let count = lines(self.slice(&range)).count();
        let allowed = if count < MANY_LINES { 0 } else { count / 10 };
        // In prose, this ends after a few lines.
        let mut others = lines(self.slice(&range)).filter(|line| !self.is_complete(line));
        if others.nth(allowed).is_some() {
            return false;
        }
        let delimiters = count * (self.columns - 1);
        delimiters >= MIN_DELIMITERS || (self.delimiter == b'\t' && delimiters > 0)
    }

    /// Returns whether a line is a complete row by itself, if an unclosed quotation mark counts as
    /// an ordinary character.
    fn is_complete(&self, line: &[u8]) -> bool {
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

    /// Reads one line as a row. A quotation mark that is not closed in the line counts as an
    /// ordinary character.
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
        if self.text.len() > MAX_KEPT_BUFFER {
            self.text = Vec::new();
        }
    }

    /// Splits `bytes`, a further part of a row, into fields. Returns whether the row ends with
    /// them. Empty `bytes` mean the end of the file.
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
