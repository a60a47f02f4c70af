//! JSON: one object, an array of objects, or several values behind one another. Read as a stream,
//! one record at a time.

use std::fmt;
use std::io::BufReader;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::{Claim, Emit, Flow, Found, Record, cut, too_long};
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
        // Prose can begin with a bracket (`[FOTO] …`), hardly ever with these two.
        (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{')) => Claim::Content,
        _ if by_name => Claim::Name,
        _ => Claim::No,
    }
}

pub(super) fn read(mut input: Input, emit: &mut Emit) -> Flow {
    // A longer look than detection's: an older encoding may show itself late.
    let encoding = detect(input.peek(8 << 20));
    let options = input.options;
    let mut reader = BufReader::new(Transcoder::new(input.into_reader(), encoding));
    let mut state = State {
        options,
        emit,
        flow: Flow::Continue(()),
        index: 0,
    };
    let mut values = 0_usize;
    loop {
        match at_end(&mut reader) {
            Ok(true) => break,
            Ok(false) => {}
            Err(error) => return state.give(Found::fault(describe(&error))),
        }
        let mut json = serde_json::Deserializer::from_reader(&mut reader);
        let read = Top { state: &mut state }.deserialize(&mut json);
        if state.flow.is_break() {
            return state.flow;
        }
        if let Err(error) = read {
            let fault = state.fault(&error, values);
            return state.give(fault);
        }
        values += 1;
    }
    Flow::Continue(())
}

/// Skips white space; says whether nothing else is left.
fn at_end(reader: &mut impl std::io::BufRead) -> std::io::Result<bool> {
    loop {
        let ready = reader.fill_buf()?;
        if ready.is_empty() {
            return Ok(true);
        }
        let space = ready.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let more = space < ready.len();
        reader.consume(space);
        if more {
            return Ok(false);
        }
    }
}

/// Makes records of values, and remembers whether the receiver still wants them.
struct State<'a, 'e> {
    options: &'a Options,
    emit: &'a mut Emit<'e>,
    flow: Flow,
    /// Records of an array so far.
    index: usize,
}

impl State<'_, '_> {
    fn give(&mut self, found: Found) -> Flow {
        if self.flow.is_continue() {
            self.flow = (self.emit)(found);
        }
        self.flow
    }

    fn element(&mut self, node: Node) -> Flow {
        self.index += 1;
        let place = Place {
            record: Some(self.index.to_string()),
            line: None,
        };
        understand(node, place, self.options, self.emit)
    }

    fn fault(&self, error: &serde_json::Error, values: usize) -> Found {
        let rest = if self.index + values > 0 {
            "; what came before is read"
        } else {
            ""
        };
        if error.is_io() {
            let error =
                std::io::Error::from(error.io_error_kind().unwrap_or(std::io::ErrorKind::Other));
            return Found::fault(format!("{}{rest}", describe(&error)));
        }
        Found::Fault {
            record: (self.index > 0).then(|| (self.index + 1).to_string()),
            line: u32::try_from(error.line())
                .ok()
                .filter(|line| *line > 0 && values == 0),
            reason: format!("invalid JSON: {error}{rest}"),
        }
    }
}

/// Where a record stands in its file.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub record: Option<String>,
    pub line: Option<u32>,
}

impl Place {
    /// The record on a line.
    pub fn of_line(line: u32) -> Self {
        Self {
            record: None,
            line: Some(line),
        }
    }

    /// A fault of the record.
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

/// Makes of one value an article, several, or a note on why it is none.
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
        Understood::Article { text, given } => {
            let limit = options.text_limit;
            let mut text = text;
            let longer = cut(&mut text, limit);
            emit(Found::Record(Box::new(Record {
                text,
                given: *given,
                record: place.record.clone(),
                line: place.line,
                blocks: None,
            })))?;
            if longer {
                emit(Found::Fault {
                    record: place.record,
                    line: place.line,
                    reason: too_long(limit),
                })?;
            }
            Flow::Continue(())
        }
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

/// Reads one value at the top: the elements of an array are given on one by one.
struct Top<'s, 'a, 'e> {
    state: &'s mut State<'a, 'e>,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object or an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(node) = seq.next_element::<Node>()? {
            let flow = self.state.element(node);
            self.state.flow = flow;
            if flow.is_break() {
                return Err(serde::de::Error::custom("cancelled"));
            }
        }
        Ok(())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        let node = Node::Object(entries);
        let flow = understand(node, Place::default(), self.state.options, self.state.emit);
        self.state.flow = flow;
        Ok(())
    }
}
