//! Reads JSON files: one object, an array of objects, or several values one after another. Reads
//! one record at a time. A record that is not valid JSON is reported as a fault, and reading
//! continues with the next record.

mod repair;
mod values;

use std::io::{BufRead, BufReader};
use std::ops::{ControlFlow, Range};

use serde::Deserialize;

pub(super) use repair::parse;
use values::{ValueExtent, Values, first_name};

use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::Options;
use crate::ingest::decode::{Transcoder, detect};
use crate::ingest::fields::Interpretation;
use crate::ingest::input::{Input, describe};
use crate::ingest::node::Node;
use crate::ingest::own::Own;

pub(super) const EXTENSIONS: [&str; 2] = ["json", "geojson"];

pub(super) fn claim(input: &Input) -> Claim {
    let mut start = input.head();
    start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let mut marks = start.iter().filter(|b| !b.is_ascii_whitespace());
    let (first, second) = (marks.next(), marks.next());
    let by_name = input.has_extension(&EXTENSIONS);
    match (first, second) {
        // Prose can begin with a bracket (`[FOTO] …`), but hardly ever with these two.
        (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{')) => Claim::Content,
        _ if by_name => Claim::Name,
        _ => Claim::No,
    }
}

const UNMATCHED: &str =
    "invalid JSON: brackets or quotation marks do not match, or brackets are nested too deeply";

/// Maximum size in bytes of a top-level object that is held in memory. If such an object cannot be
/// parsed, the records that it lists can be read one by one. A larger one is read as a stream.
const MAX_OBJECT: usize = 64 << 20;

pub(super) fn read(mut input: Input, emit: &mut Emit) -> Flow {
    // Look at more bytes than format detection does, because an older encoding may show late.
    let encoding = detect(input.peek(8 << 20));
    let options = input.options;
    let reader = Transcoder::new(input.into_reader(), encoding);
    let mut file = File {
        values: Values::new(BufReader::with_capacity(64 << 10, reader)),
        options,
        emit,
        index: 0,
        given: 0,
        faults: 0,
        first_name: None,
    };
    file.read()
}

/// The state of reading one JSON file.
struct File<'a, 'e, R> {
    values: Values<R>,
    options: &'a Options,
    emit: &'a mut Emit<'e>,
    /// Number of array elements that were read so far.
    index: usize,
    /// Number of values that were parsed successfully.
    given: usize,
    /// Number of faults that were reported.
    faults: usize,
    /// Name of the first field of the first record that was parsed. After a fault, the start of the
    /// next record is recognised by it.
    first_name: Option<Vec<u8>>,
}

impl<R: BufRead> File<'_, '_, R> {
    fn read(&mut self) -> Flow {
        while let Some(byte) = self.values.peek() {
            match byte {
                b'[' => {
                    self.skip_byte();
                    self.array()?;
                }
                b'{' => self.object()?,
                // This is the rest of a value that could not be read.
                _ if self.faults > 0 => {
                    let name = self.first_name.clone().unwrap_or_default();
                    if !self.values.find_record(self.values.position(), &name) {
                        break;
                    }
                }
                _ => {
                    let line = self.line();
                    let reason = "invalid JSON: expected an object or an array here";
                    self.fault(RecordLocation::of_line(line), reason.to_owned())?;
                }
            }
        }
        match self.values.failed.take() {
            Some(error) => {
                let rest = self.rest();
                self.fault(
                    RecordLocation::default(),
                    format!("{}{rest}", describe(&error)),
                )
            }
            None => Flow::Continue(()),
        }
    }

    fn skip_byte(&mut self) {
        self.values.seek(self.values.position() + 1);
    }

    fn line(&mut self) -> u32 {
        let at = self.values.position();
        self.values.line(at)
    }

    fn rest(&self) -> &'static str {
        if self.given > 0 {
            "; what came before it was read"
        } else {
            ""
        }
    }

    fn fault(&mut self, location: RecordLocation, reason: String) -> Flow {
        self.faults += 1;
        (self.emit)(location.fault(reason))
    }

    /// Reads the elements of an array whose opening bracket was already consumed.
    fn array(&mut self) -> Flow {
        loop {
            match self.values.peek() {
                Some(b']') => {
                    self.skip_byte();
                    return Flow::Continue(());
                }
                // A superfluous comma is ignored.
                Some(b',') => self.skip_byte(),
                Some(_) => {
                    self.index += 1;
                    let location = RecordLocation {
                        record: Some(self.index.to_string()),
                        line: None,
                    };
                    if !self.element(location)? {
                        return Flow::Continue(());
                    }
                }
                None if self.values.failed.is_some() => return Flow::Continue(()),
                None => {
                    let reason = "invalid JSON: the array is not closed";
                    return self.fault(
                        RecordLocation::default(),
                        format!("{reason}{}", self.rest()),
                    );
                }
            }
        }
    }

    /// Reads one element of an array. `location` is that of the element. Returns whether there may
    /// be more elements.
    fn element(&mut self, location: RecordLocation) -> ControlFlow<(), bool> {
        let line = self.line();
        let extent = self.values.extent(self.options.line_limit);
        match extent {
            ValueExtent::Whole(range) => {
                self.values.seek(range.end);
                match parse(self.values.slice(&range)) {
                    Ok(parsed) => self.emit_value(parsed, location, &range, line)?,
                    Err(error) => {
                        self.fault_of(&error, location, line)?;
                        self.skip_invalid(&range);
                    }
                }
                Flow::Continue(())
            }
            ValueExtent::Longer => {
                self.values.skip_value();
                let mib = self.options.line_limit >> 20;
                let reason = format!("the record is longer than {mib} MiB; it was skipped");
                let line = Some(line);
                self.fault(RecordLocation { line, ..location }, reason)
            }
            ValueExtent::Broken(range) => {
                return self.skip_broken(
                    &range,
                    RecordLocation {
                        line: Some(line),
                        ..location
                    },
                );
            }
        }?;
        ControlFlow::Continue(true)
    }

    /// Emits the article or articles of a parsed value. Reports a fault if the value had to be
    /// repaired. `range` is the position of the value, and `line` the line where it begins.
    fn emit_value(
        &mut self,
        (node, repaired): (Node, Option<serde_json::Error>),
        location: RecordLocation,
        range: &Range<usize>,
        line: u32,
    ) -> Flow {
        self.given += 1;
        if self.first_name.is_none() {
            self.first_name = first_name(self.values.slice(range)).map(<[u8]>::to_vec);
        }
        interpret(node, location.clone(), self.options, self.emit)?;
        match repaired {
            Some(error) => {
                let (line, what) = describe_error(&error, line);
                let line = Some(line);
                self.fault(
                    RecordLocation { line, ..location },
                    format!("{what}; it was repaired and read"),
                )
            }
            None => Flow::Continue(()),
        }
    }

    fn fault_of(&mut self, error: &serde_json::Error, location: RecordLocation, line: u32) -> Flow {
        let (line, what) = describe_error(error, line);
        let line = Some(line);
        self.fault(RecordLocation { line, ..location }, what)
    }

    /// Finds the position to continue at after a value that is not valid JSON. If a string in the
    /// value is not closed, the value may contain the start of the next record, and that is the
    /// position.
    fn skip_invalid(&mut self, range: &Range<usize>) {
        let own = first_name(self.values.slice(range));
        let name = own.or(self.first_name.as_deref()).unwrap_or_default();
        if let Some(at) = self.values.record_in_string(range, name) {
            self.values.seek(at);
        }
    }

    /// Skips a value whose end cannot be found, and reports it. `range` is the position of its part
    /// that was read. Returns whether another record was found after its start.
    fn skip_broken(
        &mut self,
        range: &Range<usize>,
        location: RecordLocation,
    ) -> ControlFlow<(), bool> {
        let is_cut = range.end == self.values.end();
        let own = first_name(self.values.slice(range)).map(<[u8]>::to_vec);
        let name = own.or_else(|| self.first_name.clone()).unwrap_or_default();
        let is_found = self.values.find_record(range.start + 1, &name);
        match &self.values.failed {
            // The reason is reported elsewhere.
            Some(_) if is_cut => {}
            _ if is_cut && !is_found => {
                let reason = format!(
                    "invalid JSON: the file ends in the middle of this record{}",
                    self.rest()
                );
                self.fault(location, reason)?;
            }
            _ => self.fault(location, UNMATCHED.to_owned())?,
        }
        ControlFlow::Continue(is_found)
    }

    /// Reads one top-level object: an article, or a list of articles.
    fn object(&mut self) -> Flow {
        let line = self.line();
        match self.values.extent(MAX_OBJECT) {
            ValueExtent::Whole(range) => {
                self.values.seek(range.end);
                let error = match parse(self.values.slice(&range)) {
                    // In a list, the repaired record is reported by itself.
                    Ok((node, Some(error))) if !self.options.fields.is_article(&node) => error,
                    Ok(parsed) => {
                        return self.emit_value(parsed, RecordLocation::default(), &range, line);
                    }
                    Err(error) => error,
                };
                let before = self.faults;
                if self.list_in(&range)? {
                    let end = self.values.position().max(range.end);
                    self.values.seek(end);
                } else {
                    self.skip_invalid(&range);
                }
                if self.faults == before {
                    self.fault_of(&error, RecordLocation::default(), line)?;
                }
                Flow::Continue(())
            }
            ValueExtent::Longer => self.stream(line),
            ValueExtent::Broken(range) => {
                if !self.list_in(&range)? {
                    self.skip_broken(&range, RecordLocation::of_line(line))?;
                } else if self.faults == 0 {
                    self.fault(RecordLocation::of_line(line), UNMATCHED.to_owned())?;
                }
                Flow::Continue(())
            }
        }
    }

    /// Reads the records in a list inside the object at `range`, which cannot be parsed as a whole.
    /// Returns whether the object contains such a list.
    fn list_in(&mut self, range: &Range<usize>) -> ControlFlow<(), bool> {
        let object = self.values.slice(range);
        let lists = memchr::memmem::find_iter(object, b"[").filter(|at| {
            let (before, behind) = object.split_at_checked(*at).unwrap_or_default();
            let holds = behind.get(1..).unwrap_or_default().trim_ascii_start();
            holds.starts_with(b"{") && self.is_list(before)
        });
        let Some(at) = { lists }.next() else {
            return ControlFlow::Continue(false);
        };
        self.values.seek(range.start + at + 1);
        self.array()?;
        ControlFlow::Continue(true)
    }

    /// Returns whether `before`, the text before a `[`, ends with the name of a field that lists
    /// records, as in `{"articles": `.
    fn is_list(&self, before: &[u8]) -> bool {
        let name = before.trim_ascii_end().strip_suffix(b":");
        let name = name.and_then(|name| name.trim_ascii_end().strip_suffix(b"\""));
        let Some(name) = name else {
            return false;
        };
        let start = memchr::memrchr(b'"', name).map_or(0, |at| at + 1);
        let name = String::from_utf8_lossy(name.get(start..).unwrap_or_default());
        self.options.fields.is_list(&name)
    }

    /// Reads an object as a stream, because it is too large to hold in memory as text. `line` is
    /// the line where it begins.
    fn stream(&mut self, line: u32) -> Flow {
        let mut json = serde_json::Deserializer::from_reader(&mut self.values);
        match Node::deserialize(&mut json) {
            Ok(node) => {
                self.given += 1;
                interpret(node, RecordLocation::default(), self.options, self.emit)
            }
            Err(error) if error.is_io() => {
                self.values.failed = Some(error.into());
                Flow::Continue(())
            }
            Err(error) => {
                self.fault_of(&error, RecordLocation::default(), line)?;
                // The start of a further value cannot be found.
                self.values.skip_rest();
                Flow::Continue(())
            }
        }
    }
}

/// Describes a parse error. Returns the line of the error in the file, and a message. `first` is
/// the line where the value begins.
fn describe_error(error: &serde_json::Error, first: u32) -> (u32, String) {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    let line = first.saturating_add(error.line().saturating_sub(1) as u32);
    if error.line() > 1 {
        return (
            line,
            format!("invalid JSON: {what} at column {}", error.column()),
        );
    }
    (
        line,
        format!(
            "invalid JSON: {what} at byte {} of the record",
            error.column()
        ),
    )
}

/// The location of a record in its file.
#[derive(Clone, Debug, Default)]
pub(super) struct RecordLocation {
    pub record: Option<String>,
    pub line: Option<u32>,
}

impl RecordLocation {
    /// Returns the location of a record without a name that begins on `line`.
    pub fn of_line(line: u32) -> Self {
        Self {
            record: None,
            line: Some(line),
        }
    }

    /// Returns a fault of the record at this location.
    pub fn fault(self, reason: impl Into<String>) -> Found {
        Found::Fault {
            record: self.record,
            line: self.line,
            reason: reason.into(),
        }
    }

    fn below(&self, index: usize) -> Self {
        let index = index.to_string();
        let record = self.record.as_ref();
        Self {
            record: Some(record.map_or(index.clone(), |record| format!("{record}.{index}"))),
            line: self.line,
        }
    }
}

/// Emits the article or articles that a JSON value contains, or the reason why it contains none.
pub(super) fn interpret(
    node: Node,
    location: RecordLocation,
    options: &Options,
    emit: &mut Emit,
) -> Flow {
    let described = options.fields.described_file(&node);
    let skip = |reason: &str| Found::Skipped {
        record: location.record.clone(),
        reason: reason.to_owned(),
    };
    if !matches!(node, Node::Object(_)) {
        return emit(skip("not an object, so not an article"));
    }
    let own = Own::of_object(&node);
    if let Some(own) = own.filter(|own| !own.has_text) {
        return emit(skip(&own.reason()));
    }
    match options.fields.interpret(node) {
        Interpretation::Article { text, given } => emit(Found::Record(Box::new(Record {
            text,
            given: *given,
            record: location.record,
            line: location.line,
            blocks: None,
            own,
        }))),
        Interpretation::Rows(rows) => {
            for (index, row) in rows.into_iter().enumerate() {
                interpret(row, location.below(index + 1), options, emit)?;
            }
            Flow::Continue(())
        }
        Interpretation::Neither => emit(match described {
            Some(file) => skip(&format!(
                "describes the file {file}; the record itself has no text"
            )),
            None => skip("the record has no text"),
        }),
    }
}
