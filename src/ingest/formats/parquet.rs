//! Reads Parquet tables, the format in which dataset hubs provide corpora. Each row is one article,
//! and its columns are interpreted by name like JSON fields. Only in builds with the feature
//! `parquet`.

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use super::json::{RecordLocation, interpret};
use super::{Claim, Emit, Flow, Found};
use crate::ingest::catch_panic::catch_panic;
use crate::ingest::input::{Input, describe};
use crate::ingest::node::Node;

/// Maximum size in bytes of a table that is read. Its directory is at the end of the file, so the
/// whole file is read into memory.
const LIMIT: usize = 1 << 30;

pub(super) fn claim(input: &Input) -> Claim {
    if input.head().starts_with(b"PAR1") {
        Claim::Content
    } else {
        Claim::No
    }
}

pub(super) fn read(input: Input, emit: &mut Emit) -> Flow {
    let options = input.options;
    let whole = input.read_up_to(LIMIT);
    if whole.longer {
        let mib = LIMIT >> 20;
        return emit(Found::fault(format!(
            "the table is larger than {mib} MiB; it was not read"
        )));
    }
    if let Some(error) = whole.error {
        return emit(Found::fault(describe(&error)));
    }
    // The crate trusts the lengths in a damaged file and may panic on them.
    let opened = catch_panic(|| SerializedFileReader::new(Bytes::from(whole.bytes))).ok();
    let table = match opened {
        Some(Ok(table)) => table,
        Some(Err(error)) => return emit(Found::fault(damaged(Some(&error), 0))),
        None => return emit(Found::fault(damaged(None, 0))),
    };
    let rows = catch_panic(|| table.get_row_iter(None)).ok();
    let Some(Ok(mut rows)) = rows else {
        return emit(Found::fault(damaged(None, 0)));
    };
    for number in 1_usize.. {
        let row = match catch_panic(|| rows.next()).ok() {
            Some(None) => break,
            Some(Some(Ok(row))) => row,
            Some(Some(Err(error))) => {
                return emit(Found::fault(damaged(Some(&error), number - 1)));
            }
            None => return emit(Found::fault(damaged(None, number - 1))),
        };
        let location = RecordLocation {
            record: Some(number.to_string()),
            line: None,
        };
        interpret(object(row), location, options, emit)?;
    }
    Flow::Continue(())
}

fn damaged(error: Option<&ParquetError>, rows: usize) -> String {
    let rest = if rows > 0 {
        "; the rows before it were read"
    } else {
        ""
    };
    error.map_or_else(
        || format!("the table is damaged{rest}"),
        |error| format!("the table is damaged ({error}){rest}"),
    )
}

fn object(row: Row) -> Node {
    let columns = row.into_columns().into_iter();
    Node::Object(columns.map(|(name, value)| (name, node(value))).collect())
}

fn node(value: Field) -> Node {
    match value {
        Field::Null => Node::Null,
        Field::Str(text) => Node::Text(text),
        Field::Bytes(bytes) => Node::Text(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Group(row) => object(row),
        Field::ListInternal(list) => {
            Node::List(list.elements().iter().cloned().map(node).collect())
        }
        Field::MapInternal(map) => {
            let entries = map.entries().iter().cloned();
            let entries = entries.filter_map(|(name, value)| match name {
                Field::Str(name) => Some((name, node(value))),
                _ => None,
            });
            Node::Object(entries.collect())
        }
        other => Node::Atom(other.to_string()),
    }
}
