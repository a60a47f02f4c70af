//! CSV: columns by the type of the records, and cells that neither a terminal nor a spreadsheet
//! obeys.

use std::io::{self, Write};

use serde_json::Value;

use super::row::cell;
use super::{Record, Row, schema_of};
use crate::text::printable;

/// The byte-order mark, by which Excel knows UTF-8.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The columns of a CSV file.
pub(super) struct Columns(Vec<Column>);

/// A field of the records, or a field of the records that this field lists.
struct Column {
    field: String,
    part: Option<String>,
}

impl Columns {
    /// Returns the columns of all records like `first`: one for each field. A field that lists
    /// records has a column for each of their fields, `reasons.kind`, so that no cell holds JSON.
    pub fn of<R: Record>(first: &Row) -> Self {
        let schema = schema_of::<R>();
        let fields = schema["properties"].as_object().into_iter().flatten();
        let columns = fields
            .filter(|(name, _)| first.has(name))
            .flat_map(|(name, schema)| {
                let parts = schema["items"]["properties"].as_object();
                let column = |part: Option<&String>| Column {
                    field: name.clone(),
                    part: part.cloned(),
                };
                match parts {
                    Some(parts) => parts.keys().map(|part| column(Some(part))).collect(),
                    None => vec![column(None)],
                }
            });
        Self(columns.collect())
    }

    /// Writes the line with the names of the columns.
    pub fn write_head(&self, out: &mut dyn Write) -> io::Result<()> {
        let names = self.0.iter().map(|column| match &column.part {
            Some(part) => format!("{}.{part}", column.field),
            None => column.field.clone(),
        });
        write_line(names, out)
    }

    /// Writes the line of one record.
    pub fn write(&self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        let cells = self.0.iter().map(|column| {
            let value = row.get(&column.field);
            match (&column.part, value) {
                (Some(part), Value::Array(list)) => {
                    let parts = list.iter().map(|record| cell(&record[part]));
                    safe(&parts.collect::<Vec<_>>().join("; "))
                }
                (_, Value::Number(number)) => number.to_string(),
                _ => safe(&cell(value)),
            }
        });
        write_line(cells, out)
    }
}

fn write_line(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells.map(String::into_bytes))?;
    out.write_all(
        &writer
            .into_inner()
            .map_err(|error| io::Error::other(error.to_string()))?,
    )
}

/// Returns a cell that is safe to print and to open. CSV has no escapes and is often shown on a
/// terminal, so control characters and direction marks are made visible or removed; line ends and
/// tabs stay. JSON Lines is exact.
fn safe(cell: &str) -> String {
    let lines = cell.split('\n').map(|line| {
        let parts: Vec<_> = line.split('\t').map(printable).collect();
        parts.join("\t")
    });
    inert(lines.collect::<Vec<_>>().join("\n"))
}

/// Returns a cell that a spreadsheet shows as it is. What it would take for a formula gets an
/// apostrophe before it, by the rule of OWASP (“CSV Injection”): at the beginning, and after `;`
/// and a tab, at which some spreadsheets divide a line. White space and quotation marks before a
/// formula do not make it harmless.
fn inert(cell: String) -> String {
    if !cell.contains(is_trigger) && !cell.starts_with(is_control) {
        return cell;
    }
    let mut safe = String::with_capacity(cell.len() + 1);
    if cell.starts_with(is_control) {
        safe.push('\'');
    }
    for part in cell.split_inclusive([';', '\t']) {
        let formula = part.trim_start_matches(is_before_formula);
        if formula.starts_with(is_trigger) && safe != "'" {
            safe.push('\'');
        }
        safe.push_str(part);
    }
    safe
}

/// Whether a spreadsheet takes a cell that begins with this character for a formula. The wide forms
/// count in some of them.
fn is_trigger(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether a spreadsheet may drop this character at the beginning of a cell.
fn is_control(c: char) -> bool {
    matches!(c, '\t' | '\r' | '\n')
}

fn is_before_formula(c: char) -> bool {
    c.is_whitespace() || c == '"'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("  =1", "'  =1"),
            ("\"=1", "'\"=1"),
            ("\t=1", "'\t'=1"),
            ("'=1", "'=1"),
            ("\n=1", "'\n=1"),
            ("\nkata", "'\nkata"),
            ("kata; =1", "kata;' =1"),
            ("kata\t@x", "kata\t'@x"),
            ("a=b", "a=b"),
            ("Rapat – 3 jam", "Rapat – 3 jam"),
            ("satu\n- dua", "satu\n- dua"),
            ("", ""),
        ] {
            assert_eq!(inert(cell.to_owned()), expected, "{cell:?}");
        }
        assert_eq!(safe("\u{200b}=1"), "'=1", "what is hidden is removed first");
    }
}
