//! The rows of a table, also where a quotation mark is opened and not closed as it should be: it
//! would swallow the rows behind it. A row of several lines is believed, unless its mark never
//! closes, closes within a field, or leaves the wrong number of columns; then the lines decide:
//! where most of them are whole rows by themselves, they are read so.

use std::io::{self, BufRead};
use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::marks::{closing, is_blank, line_end, lines, scan, without_end};
use crate::ingest::lines::{Line, next_line};

/// Room above this is not kept for the rows behind.
const LONG_ROW: usize = 4 << 20;
/// Delimiters in lines that are all whole rows by themselves, from which on chance is ruled out
/// although the mark closes well: sentences with exactly so many commas in each line do not occur.
const WEIGHT: usize = 12;
/// Lines from which on a tenth may be no whole rows.
const MANY_LINES: usize = 20;

const TO_LINE_END: &str =
    "a quotation mark is opened and never closed: the row is read to the end of its line";
const TO_NEXT_ROW: &str =
    "a quotation mark is opened and never closed: the row is read up to the next";
const TO_FILE_END: &str =
    "a quotation mark is opened and never closed: the rest of the file is one field";
const WITHIN: &str =
    "a quotation mark within the field is not doubled: the field may end too early";

/// What stands next in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A row, whose fields can be asked for.
    Row {
        /// The line where it begins, counted from 1.
        line: u32,
        /// What is wrong with its marks.
        fault: Option<&'static str>,
    },
    /// A line above the limit, which was passed over.
    TooLong(u32),
}

/// Reads a table row by row.
pub(super) struct Rows<R> {
    reader: R,
    delimiter: u8,
    limit: usize,
    /// Columns of the header, once it is read.
    columns: usize,
    fields: Fields,
    /// The lines of the row, and behind them those that were read to judge it.
    text: Vec<u8>,
    /// Where the next line begins in `text`, and its number.
    next: Mark,
    /// What ended the reading of lines.
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

/// How a mark that was opened in one line ends in another.
enum Ending {
    /// Before a delimiter or the end of a line, and with it the row.
    Closed,
    /// Not before the end of the file, or of what is looked through.
    Never,
    /// Before other characters, in the line that begins here; where they begin a field of a line
    /// that is read by itself, it is the mark of another row, and that line is not read yet.
    Within { line: Mark, begins_field: bool },
}

/// How a row of several lines is read.
enum Verdict {
    Sound,
    FirstLine,
    UpTo(Mark),
    ToTheEnd,
    MarkWithin(Mark),
}

impl<R: BufRead> Rows<R> {
    /// Rows of fields between `delimiter`; none may take more than `limit` bytes.
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

    /// The fields of the row that was read last.
    pub fn fields(&self) -> impl Iterator<Item = &[u8]> {
        self.fields.iter()
    }

    /// Reads the next row; `None` at the end. The first is the header.
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

    /// Lets go of the rows that were read.
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

    /// The next line with the sign that ends it; `None` where none can be had.
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
                // Half a line is none.
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
            // Every line ends somehow: what is open behind its end is a mark.
            _ => self.text.push(b'\n'),
        }
        Some(())
    }

    /// Reads the row that begins with a line; says what is wrong with its marks.
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

    /// Follows a mark that is open behind the first line of a row to where it ends.
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
        // A header has nothing to be compared with, and nearly always one line.
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

    /// How many of the lines in a range are whole rows by themselves, and how many there are.
    fn fitting(&self, range: Range<usize>) -> (usize, usize) {
        let lines = lines(self.slice(&range));
        lines.fold((0, 0), |(fitting, count), line| {
            (fitting + usize::from(self.fits(line)), count + 1)
        })
    }

    /// Whether so many lines of a row are whole rows by themselves that its text cannot be meant.
    fn can_be_no_chance(&self, range: Range<usize>) -> bool {
        let count = lines(self.slice(&range)).count();
        let allowed = if count < MANY_LINES { 0 } else { count / 10 };
        // Lines of prose have done with it soon.
        let mut others = lines(self.slice(&range)).filter(|line| !self.fits(line));
        if others.nth(allowed).is_some() {
            return false;
        }
        let delimiters = count * (self.columns - 1);
        delimiters >= WEIGHT || (self.delimiter == b'\t' && delimiters > 0)
    }

    /// Whether a line is a whole row by itself, a mark that is open behind it being a sign like
    /// any other.
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

    /// Reads one line in which a mark is opened and not closed: the mark stands for itself.
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

    /// Takes up bytes of the row; says whether it ends with them. Nothing is the end of the file.
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

    /// Adds a field as it stands.
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
