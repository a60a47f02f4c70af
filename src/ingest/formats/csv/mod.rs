//! CSV and TSV: one article per row, with columns interpreted by name like JSON fields.

mod marks;
mod rows;

use std::collections::HashSet;
use std::io::{self, BufReader};

use rows::{Next, Rows};

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
    // This check is the most expensive one, and every plain text passes here, so it comes last.
    if claim > Claim::No && is_binary(input.head()) {
        return Claim::No;
    }
    claim
}

/// Returns whether the first line names known columns, among them one for the text.
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

/// Returns the delimiter that splits the first line into most columns.
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
    let reader = Transcoder::new(input.into_reader(), encoding);
    let mut rows = Rows::new(
        BufReader::with_capacity(64 << 10, reader),
        delimiter,
        options.line_limit,
    );
    match rows.next() {
        Ok(Some(Next::TooLong(line))) => return emit(too_long(Place::of_line(line), options)),
        Ok(_) => {}
        Err(error) => return emit(Found::fault(broken_off(&error))),
    }
    let columns: Vec<_> = rows.fields().map(text).collect();
    let is_text = |name: &String| meaning(name, options) == Some(Meaning::Text);
    if !columns.iter().any(is_text) {
        let named: Vec<_> = columns.iter().take(8).map(String::as_str).collect();
        let named = named.join(", ");
        return emit(Found::fault(format!(
            "no column is known to hold the text ({named}); say which: --field text=NAME"
        )));
    }
    let known = Known::of(&columns, options);
    for index in 1_usize.. {
        let place = |line| Place {
            record: Some(index.to_string()),
            line,
        };
        match rows.next() {
            Ok(None) => break,
            Ok(Some(Next::Row { line, fault })) => {
                let place = place(Some(line));
                understand(known.object(rows.fields()), place.clone(), options, emit)?;
                if let Some(reason) = fault {
                    emit(place.fault(reason))?;
                }
            }
            Ok(Some(Next::TooLong(line))) => emit(too_long(place(Some(line)), options))?,
            Err(error) => return emit(place(None).fault(broken_off(&error))),
        }
    }
    Flow::Continue(())
}

fn text(field: &[u8]) -> String {
    String::from_utf8_lossy(field).into_owned()
}

fn broken_off(error: &io::Error) -> String {
    format!("{}; the rows before are read", describe(error))
}

fn too_long(place: Place, options: &Options) -> Found {
    let mib = options.line_limit >> 20;
    place.fault(format!(
        "the row is longer than {mib} MiB; it was passed over"
    ))
}

/// The columns that have a known meaning. All others are ignored in every row.
struct Known(Vec<(usize, String)>);

impl Known {
    fn of(columns: &[String], options: &Options) -> Self {
        let mut seen = HashSet::new();
        let columns = columns.iter().enumerate();
        // Of several columns with the same name, the first counts.
        let known = columns.filter(|(_, name)| {
            let known = options.fields.known(name);
            known.is_some_and(|name| seen.insert(name))
        });
        Self(known.map(|(index, name)| (index, name.clone())).collect())
    }

    fn object<'f>(&self, mut fields: impl Iterator<Item = &'f [u8]>) -> Node {
        let mut behind = 0;
        let known = self.0.iter().map_while(|(index, name)| {
            let field = fields.nth(index - behind)?;
            behind = index + 1;
            Some((name.clone(), Node::Text(text(field))))
        });
        Node::Object(known.collect())
    }
}
