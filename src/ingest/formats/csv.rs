//! CSV and TSV: one article a row, columns understood by their names as fields of JSON are.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::json::{Place, understand};
use super::{Claim, Emit, Flow, Found};
use crate::ingest::decode::{Transcoder, detect, is_binary};
use crate::ingest::input::{Input, describe};
use crate::ingest::node::Node;
use crate::ingest::{Meaning, Options};

const ENDINGS: [&str; 3] = ["csv", "tsv", "tab"];
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(super) fn claim(input: &Input) -> Claim {
    let claim = match () {
        () if input.has_ending(&ENDINGS) => Claim::Name,
        () if is_table(input) => Claim::Content,
        () => Claim::No,
    };
    // The dearest question last: every plain text is asked.
    if claim > Claim::No && is_binary(input.head()) {
        return Claim::No;
    }
    claim
}

/// Whether the first line names known columns, the text's among them.
fn is_table(input: &Input) -> bool {
    let head = input.head();
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let columns: Vec<_> = first
        .split(char::from(delimiter(head)))
        .map(|name| name.trim().trim_matches('"'))
        .collect();
    if columns.len() < 2 {
        return false;
    }
    let meanings: Vec<_> = columns
        .iter()
        .filter_map(|name| meaning(name, input.options))
        .collect();
    let is_table = columns.len() == meanings.len() && meanings.contains(&Meaning::Text);
    is_table && first.len() < head.len()
}

fn meaning(column: &str, options: &Options) -> Option<Meaning> {
    options
        .fields
        .meaning_of(column)
        .map(|(meaning, _)| meaning)
}

/// The mark that divides the first line into most columns.
fn delimiter(head: &[u8]) -> u8 {
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let columns = |mark: u8| memchr::memchr_iter(mark, first).count();
    let most = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|mark| columns(*mark));
    most.unwrap_or(b',')
}

pub(super) fn read(mut input: Input, emit: &mut Emit) -> Flow {
    let options = input.options;
    let delimiter = if input.has_ending(&["tsv", "tab"]) {
        b'\t'
    } else {
        delimiter(input.head())
    };
    let encoding = detect(input.peek(1 << 20));
    let used = Rc::new(Cell::new(0));
    let reader = Bounded {
        inner: Transcoder::new(input.into_reader(), encoding),
        used: Rc::clone(&used),
        limit: options.line_limit,
    };
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(reader);
    let columns: Vec<String> = match rows.headers() {
        Ok(columns) => columns.iter().map(str::to_owned).collect(),
        Err(error) => return emit(Found::fault(reason(&error))),
    };
    if !columns
        .iter()
        .any(|name| meaning(name, options) == Some(Meaning::Text))
    {
        let named = columns
            .iter()
            .take(8)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        return emit(Found::fault(format!(
            "no column is known to hold the text ({named}); say which: --field text=NAME"
        )));
    }
    let mut row = csv::StringRecord::new();
    let mut unclosed: Option<Place> = None;
    for index in 1_usize.. {
        used.set(0);
        let line = u32::try_from(rows.position().line()).ok();
        let place = Place {
            record: Some(index.to_string()),
            line,
        };
        match rows.read_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                emit(Found::Fault {
                    record: place.record,
                    line,
                    reason: reason(&error),
                })?;
                if matches!(error.kind(), csv::ErrorKind::Io(_)) {
                    break;
                }
                continue;
            }
        }
        unclosed = is_unclosed(&row, columns.len()).then(|| place.clone());
        let fields = columns
            .iter()
            .cloned()
            .zip(row.iter().map(|value| Node::Text(value.to_owned())));
        understand(Node::Object(fields.collect()), place, options, emit)?;
    }
    // Only of the last row does it mean that the mark never closes.
    match unclosed {
        Some(place) => emit(Found::Fault {
            record: place.record,
            line: place.line,
            reason:
                "a quotation mark is opened and never closed: the rest of the file is one field"
                    .to_owned(),
        }),
        None => Flow::Continue(()),
    }
}

/// A row that ends early, in a field of several lines.
fn is_unclosed(row: &csv::StringRecord, columns: usize) -> bool {
    let last = row.iter().next_back().unwrap_or_default();
    row.len() < columns && last.contains('\n')
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => format!("{}; the rows before are read", describe(error)),
        _ => format!("not a valid row: {error}"),
    }
}

/// A reader that fails where one row takes more than `limit` bytes, as one does whose quotation
/// mark never closes.
struct Bounded<R> {
    inner: R,
    used: Rc<Cell<usize>>,
    limit: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.used.get() > self.limit {
            let mib = self.limit >> 20;
            return Err(io::Error::other(format!("a row is longer than {mib} MiB")));
        }
        let read = self.inner.read(buffer)?;
        self.used.set(self.used.get() + read);
        Ok(read)
    }
}
