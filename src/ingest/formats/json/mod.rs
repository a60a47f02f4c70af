//! JSON: one object, an array of objects, or several values one after another. Reads one record at
//! a time. A record that is not valid JSON is reported as a fault, and reading continues with the
//! next record after it.

mod mend;
mod values;

use std::io::{BufRead, BufReader};
use std::ops::{ControlFlow, Range};

use serde::Deserialize;

pub(super) use mend::parse;
use values::{Extent, Values, first_name};

use super::{Claim, Emit, Flow, Found, Record};
use crate::ingest::Options;
use crate::ingest::decode::{Transcoder, detect};
use crate::ingest::fields::Understood;
use crate::ingest::input::{Input, describe};
use crate::ingest::node::Node;

pub(super) const ENDINGS: [&str; 2] = ["json", "geojson"];

pub(super) fn claim(input: &Input) -> Claim {
    let mut start = input.head();
    start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let mut marks = start.iter().filter(|b| !b.is_ascii_whitespace());
    let (first, second) = (marks.next(), marks.next());
    let by_name = input.has_ending(&ENDINGS);
    match (first, second) {
        // Prose can begin with a bracket (`[FOTO] …`), but hardly ever with these two.
        (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{')) => Claim::Content,
        _ if by_name => Claim::Name,
        _ => Claim::No,
    }
}

const UNMATCHED: &str =
    "invalid JSON: its brackets or quotation marks do not match, or lie too deep in one another";

/// Maximum size in bytes of a top-level object that is held in memory. If such an object cannot be
/// parsed, the records that it lists can be read one by one. A larger one is read as a stream.
const OBJECT: usize = 64 << 20;

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

/// The state of reading a file.
struct File<'a, 'e, R> {
    values: Values<R>,
    options: &'a Options,
    emit: &'a mut Emit<'e>,
    /// Number of array elements so far.
    index: usize,
    /// Number of values that were parsed and passed on.
    given: usize,
    /// Number of faults that were reported.
    faults: usize,
    /// Name of the first field of a record.
    first_name: Option<Vec<u8>>,
}

impl<R: BufRead> File<'_, '_, R> {
    fn read(&mut self) -> Flow {
        while let Some(byte) = self.values.peek() {
            match byte {
                b'[' => {
                    self.pass();
                    self.array()?;
                }
                b'{' => self.object()?,
                // This is the rest of a value that could not be read.
                _ if self.faults > 0 => {
                    let name = self.first_name.clone().unwrap_or_default();
                    if !self.values.find_record(self.values.place(), &name) {
                        break;
                    }
                }
                _ => {
                    let line = self.line();
                    let reason = "invalid JSON: neither an object nor an array begins here";
                    self.fault(Place::of_line(line), reason.to_owned())?;
                }
            }
        }
        match self.values.failed.take() {
            Some(error) => {
                let rest = self.rest();
                self.fault(Place::default(), format!("{}{rest}", describe(&error)))
            }
            None => Flow::Continue(()),
        }
    }

    fn pass(&mut self) {
        self.values.go_to(self.values.place() + 1);
    }

    fn line(&mut self) -> u32 {
        let at = self.values.place();
        self.values.line(at)
    }

    fn rest(&self) -> &'static str {
        if self.given > 0 {
            "; what came before is read"
        } else {
            ""
        }
    }

    fn fault(&mut self, place: Place, reason: String) -> Flow {
        self.faults += 1;
        (self.emit)(place.fault(reason))
    }

    /// Reads the elements of an array. Its opening bracket was consumed.
    fn array(&mut self) -> Flow {
        loop {
            match self.values.peek() {
                Some(b']') => {
                    self.pass();
                    return Flow::Continue(());
                }
                // A superfluous comma is ignored.
                Some(b',') => self.pass(),
                Some(_) => {
                    self.index += 1;
                    let place = Place {
                        record: Some(self.index.to_string()),
                        line: None,
                    };
                    if !self.element(place)? {
                        return Flow::Continue(());
                    }
                }
                None if self.values.failed.is_some() => return Flow::Continue(()),
                None => {
                    let reason = "invalid JSON: the array is not closed";
                    return self.fault(Place::default(), format!("{reason}{}", self.rest()));
                }
            }
        }
    }

    /// Reads one element of an array. Returns whether there may be more.
    fn element(&mut self, place: Place) -> ControlFlow<(), bool> {
        let line = self.line();
        let extent = self.values.extent(self.options.line_limit);
        match extent {
            Extent::Whole(range) => {
                self.values.go_to(range.end);
                match parse(self.values.slice(&range)) {
                    Ok(parsed) => self.give(parsed, place, &range, line)?,
                    Err(error) => {
                        self.fault_of(&error, place, line)?;
                        self.leave(&range);
                    }
                }
                Flow::Continue(())
            }
            Extent::Longer => {
                self.values.pass_over();
                let mib = self.options.line_limit >> 20;
                let reason = format!("the record is longer than {mib} MiB; it was passed over");
                let line = Some(line);
                self.fault(Place { line, ..place }, reason)
            }
            Extent::Broken(range) => {
                return self.broken(
                    &range,
                    Place {
                        line: Some(line),
                        ..place
                    },
                );
            }
        }?;
        ControlFlow::Continue(true)
    }

    /// Passes on a value, and reports what was repaired in it.
    fn give(
        &mut self,
        (node, mended): (Node, Option<serde_json::Error>),
        place: Place,
        range: &Range<usize>,
        line: u32,
    ) -> Flow {
        self.given += 1;
        if self.first_name.is_none() {
            self.first_name = first_name(self.values.slice(range)).map(<[u8]>::to_vec);
        }
        understand(node, place.clone(), self.options, self.emit)?;
        match mended {
            Some(error) => {
                let (line, what) = tell(&error, line);
                let line = Some(line);
                self.fault(
                    Place { line, ..place },
                    format!("{what}; it is read as it is meant"),
                )
            }
            None => Flow::Continue(()),
        }
    }

    fn fault_of(&mut self, error: &serde_json::Error, place: Place, line: u32) -> Flow {
        let (line, what) = tell(error, line);
        let line = Some(line);
        self.fault(Place { line, ..place }, what)
    }

    /// Leaves a value that is not valid JSON. Continues at the record that it has swallowed, or
    /// after it.
    fn leave(&mut self, range: &Range<usize>) {
        let own = first_name(self.values.slice(range));
        let name = own.or(self.first_name.as_deref()).unwrap_or_default();
        if let Some(at) = self.values.swallowed(range, name) {
            self.values.go_to(at);
        }
    }

    /// Leaves a value whose end is unknown. Returns whether another record was found.
    fn broken(&mut self, range: &Range<usize>, place: Place) -> ControlFlow<(), bool> {
        let is_cut = range.end == self.values.end();
        let own = first_name(self.values.slice(range)).map(<[u8]>::to_vec);
        let name = own.or_else(|| self.first_name.clone()).unwrap_or_default();
        let is_found = self.values.find_record(range.start + 1, &name);
        match &self.values.failed {
            // The reason is reported elsewhere.
            Some(_) if is_cut => {}
            _ if is_cut && !is_found => {
                let reason = format!(
                    "invalid JSON: the file ends within this record{}",
                    self.rest()
                );
                self.fault(place, reason)?;
            }
            _ => self.fault(place, UNMATCHED.to_owned())?,
        }
        ControlFlow::Continue(is_found)
    }

    /// Reads one top-level object: an article, or a list of articles.
    fn object(&mut self) -> Flow {
        let line = self.line();
        match self.values.extent(OBJECT) {
            Extent::Whole(range) => {
                self.values.go_to(range.end);
                let error = match parse(self.values.slice(&range)) {
                    // In a list, the repaired record is reported by itself.
                    Ok((node, Some(error))) if !self.options.fields.is_article(&node) => error,
                    Ok(parsed) => return self.give(parsed, Place::default(), &range, line),
                    Err(error) => error,
                };
                let before = self.faults;
                if self.list_in(&range)? {
                    let end = self.values.place().max(range.end);
                    self.values.go_to(end);
                } else {
                    self.leave(&range);
                }
                if self.faults == before {
                    self.fault_of(&error, Place::default(), line)?;
                }
                Flow::Continue(())
            }
            Extent::Longer => self.stream(line),
            Extent::Broken(range) => {
                if !self.list_in(&range)? {
                    self.broken(&range, Place::of_line(line))?;
                } else if self.faults == 0 {
                    self.fault(Place::of_line(line), UNMATCHED.to_owned())?;
                }
                Flow::Continue(())
            }
        }
    }

    /// Reads the records that are listed in an object that cannot be parsed as a whole. Returns
    /// whether there is such a list.
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
        self.values.go_to(range.start + at + 1);
        self.array()?;
        ControlFlow::Continue(true)
    }

    /// Returns whether the text before a bracket ends with the name of a list of records.
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

    /// Reads an object that is too large to hold in memory.
    fn stream(&mut self, line: u32) -> Flow {
        let mut json = serde_json::Deserializer::from_reader(&mut self.values);
        match Node::deserialize(&mut json) {
            Ok(node) => {
                self.given += 1;
                understand(node, Place::default(), self.options, self.emit)
            }
            Err(error) if error.is_io() => {
                self.values.failed = Some(error.into());
                Flow::Continue(())
            }
            Err(error) => {
                self.fault_of(&error, Place::default(), line)?;
                // The start of a further value cannot be found.
                self.values.give_up();
                Flow::Continue(())
            }
        }
    }
}

/// Returns the line of a parse error and a message. `first` is the line where the value begins.
fn tell(error: &serde_json::Error, first: u32) -> (u32, String) {
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or(&told);
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
pub(super) struct Place {
    pub record: Option<String>,
    pub line: Option<u32>,
}

impl Place {
    /// Returns the location of the record on a line.
    pub fn of_line(line: u32) -> Self {
        Self {
            record: None,
            line: Some(line),
        }
    }

    /// Returns a fault of this record.
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

/// Interprets a value as one article or several, or reports why it is none.
pub(super) fn understand(node: Node, place: Place, options: &Options, emit: &mut Emit) -> Flow {
    let described = options.fields.described_file(&node);
    let skip = |reason: &str| Found::Skipped {
        record: place.record.clone(),
        reason: reason.to_owned(),
    };
    if !matches!(node, Node::Object(_)) {
        return emit(skip("a bare value, not an object: no article"));
    }
    match options.fields.understand(node) {
        Understood::Article { text, given } => emit(Found::Record(Box::new(Record {
            text,
            given: *given,
            record: place.record,
            line: place.line,
            blocks: None,
        }))),
        Understood::Rows(rows) => {
            for (index, row) in rows.into_iter().enumerate() {
                understand(row, place.below(index + 1), options, emit)?;
            }
            Flow::Continue(())
        }
        Understood::Neither => emit(match described {
            Some(file) => skip(&format!("describes the file {file}; no text of its own")),
            None => skip("no text of its own"),
        }),
    }
}
