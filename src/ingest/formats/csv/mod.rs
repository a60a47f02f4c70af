//! Reads CSV and TSV: one article per row, with columns interpreted by name like JSON fields.

mod marks;
mod rows;

use std::collections::HashSet;
use std::io::{self, BufReader};

use rows::{Next, Rows};

use super::json::{RecordLocation, interpret};
use super::{Claim, Emit, Flow, Found};
use crate::ingest::decode::{Transcoder, detect, is_binary};
use crate::ingest::input::{Input, describe};
use crate::ingest::node::Node;
use crate::ingest::own::{Own, is_piped_table};
use crate::ingest::{Meaning, Options};

const EXTENSIONS: [&str; 3] = ["csv", "tsv", "tab"];
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(super) fn claim(input: &Input) -> Claim {
    let claim = match () {
        () if input.has_extension(&EXTENSIONS) => Claim::Name,
        () if is_table(input) || is_piped_table(first_line(input.head())) => Claim::Content,
        () => Claim::No,
    };
    // This check is the most expensive one, and every plain text passes here, so it comes last.
    if claim > Claim::No && is_binary(input.head()) {
        return Claim::No;
    }
    claim
}

/// Returns whether all columns that the first line names are known, and one of them is the text.
fn is_table(input: &Input) -> bool {
    let head = input.head();
    let first = String::from_utf8_lossy(first_line(head));
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

fn first_line(head: &[u8]) -> &[u8] {
    head.split(|b| *b == b'\n').next().unwrap_or_default()
}

fn meaning(column: &str, options: &Options) -> Option<Meaning> {
    options
        .fields
        .meaning_of(column)
        .map(|(meaning, _)| meaning)
}

/// Returns the delimiter that splits the first line into most columns.
fn delimiter(head: &[u8]) -> u8 {
    let first = first_line(head);
    let columns = |mark: u8| memchr::memchr_iter(mark, first).count();
    let most = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|mark| columns(*mark));
    most.unwrap_or(b',')
}

pub(super) fn read(mut input: Input, emit: &mut Emit) -> Flow {
    let options = input.options;
    let delimiter = if input.has_extension(&["tsv", "tab"]) {
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
        Ok(Some(Next::TooLong(line))) => {
            return emit(too_long(RecordLocation::of_line(line), options));
        }
        Ok(_) => {}
        Err(error) => return emit(Found::fault(read_error(&error))),
    }
    let columns: Vec<_> = rows.fields().map(text).collect();
    let own = Own::of_columns(&columns, delimiter);
    if let Some(found) = without_text(&columns, own, options) {
        return emit(found);
    }
    let mut emit = |mut found| {
        if let Found::Record(record) = &mut found {
            record.own = own;
        }
        emit(found)
    };
    let known = KnownColumns::of(&columns, options);
    for index in 1_usize.. {
        let location = |line| RecordLocation {
            record: Some(index.to_string()),
            line,
        };
        match rows.next() {
            Ok(None) => break,
            Ok(Some(Next::Row { line, fault })) => {
                let location = location(Some(line));
                interpret(
                    known.object(rows.fields()),
                    location.clone(),
                    options,
                    &mut emit,
                )?;
                if let Some(reason) = fault {
                    emit(location.fault(reason))?;
                }
            }
            Ok(Some(Next::TooLong(line))) => emit(too_long(location(Some(line)), options))?,
            Err(error) => return emit(location(None).fault(read_error(&error))),
        }
    }
    Flow::Continue(())
}

/// Returns the fault or the skip to report if a table has no column for the text of the article.
/// Returns `None` if it has one.
fn without_text(columns: &[String], own: Option<Own>, options: &Options) -> Option<Found> {
    if let Some(own) = own.filter(|own| !own.has_text) {
        let (record, reason) = (None, own.reason());
        return Some(Found::Skipped { record, reason });
    }
    let is_text = |name: &String| meaning(name, options) == Some(Meaning::Text);
    if columns.iter().any(is_text) {
        return None;
    }
    let named: Vec<_> = columns.iter().take(8).map(String::as_str).collect();
    let named = named.join(", ");
    Some(Found::fault(format!(
        "no column is known to contain the text ({named}); name it with --field text=NAME"
    )))
}

fn text(field: &[u8]) -> String {
    String::from_utf8_lossy(field).into_owned()
}

fn read_error(error: &io::Error) -> String {
    format!("{}; the rows before it were read", describe(error))
}

fn too_long(location: RecordLocation, options: &Options) -> Found {
    let mib = options.line_limit >> 20;
    location.fault(format!("the row is longer than {mib} MiB; it was skipped"))
}

/// The columns whose meaning is known, each with its index. All others are ignored in every row.
struct KnownColumns(Vec<(usize, String)>);

impl KnownColumns {
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
