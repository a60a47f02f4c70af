//! Recognizes what kutip itself wrote: records of quotations, speakers, stories and so on, tables
//! of them, and exported documents. Such files are often in the folder of the articles that they
//! are about, but must not be read as articles. The names of their fields are listed in
//! `assets/records.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::node::Node;
use crate::model::Skipped;

/// The contents of `assets/records.toml`: the kinds of records and tables that kutip writes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordsFile {
    records: Vec<RecordKind>,
    tables: Vec<TableKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordKind {
    command: Box<str>,
    fields: Vec<Box<str>>,
    /// Fields that make the record an article. If a record has one of them, it is not of this kind.
    #[serde(default)]
    unless: Vec<Box<str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableKind {
    command: Box<str>,
    columns: Vec<Box<str>>,
}

static KNOWN: LazyLock<RecordsFile> = LazyLock::new(|| {
    let text = include_str!("../../assets/records.toml");
    toml::from_str(text).expect("the embedded kinds of records are tested")
});

/// Number of fields from which on a kind of record is recognised even if a record has other fields
/// besides. With fewer fields the resemblance could be a coincidence, so the record must have
/// exactly these.
const DISTINCTIVE: usize = 5;
/// Name of the field that holds the words of a record. A record without it contains nothing that
/// could be read as an article.
const TEXT: &str = "text";
/// Marks by which documents that kutip exported are recognised. They are searched for in the first
/// [`MARKED`] bytes.
const MARKS: [&[u8]; 2] = [
    b"<meta name=\"generator\" content=\"kutip\">",
    b"<!-- kutip -->",
];
const MARKED: usize = 512;

/// What is known of a record that kutip itself wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Own {
    /// The command that writes such records, such as `quotes`.
    pub command: &'static str,
    /// Whether the record has a text that could be read as an article if the user wants that.
    pub has_text: bool,
}

impl Own {
    fn of_names<'n>(names: &(impl Iterator<Item = &'n str> + Clone)) -> Option<Self> {
        let has = |field: &str| names.clone().any(|name| name == field);
        let kind = KNOWN.records.iter().find(|kind| {
            kind.fields.iter().all(|field| has(field))
                && !kind.unless.iter().any(|field| has(field))
                && (kind.fields.len() >= DISTINCTIVE || names.clone().count() == kind.fields.len())
        })?;
        Some(Self {
            command: &kind.command,
            has_text: has(TEXT),
        })
    }

    /// Recognizes a record by the names of its fields. Returns `None` if kutip did not write it.
    pub fn of_object(object: &Node) -> Option<Self> {
        Self::of_names(&object.entries().iter().map(|(name, _)| name.as_str()))
    }

    /// Recognizes a table by its columns. Returns `None` if kutip did not write it. If `delimiter`
    /// is a tab, tables in the form that kutip writes to a pipe are recognised too.
    pub fn of_columns(columns: &[String], delimiter: u8) -> Option<Self> {
        let names = columns.iter().map(String::as_str);
        let piped = || {
            let mut tables = KNOWN.tables.iter().filter(|_| delimiter == b'\t');
            tables.find(|kind| kind.columns.iter().map(|name| &**name).eq(names.clone()))
        };
        Self::of_names(&names).or_else(|| {
            Some(Self {
                command: &piped()?.command,
                has_text: names.clone().any(|name| name == TEXT),
            })
        })
    }

    /// Returns the reason that is reported for skipping the record.
    pub fn reason(self) -> String {
        format!("{WRITTEN}`kutip {}`, no article", self.command)
    }
}

/// Returns whether the first line of a file names the columns of a table that kutip writes to a
/// pipe.
pub(super) fn is_piped_table(first_line: &[u8]) -> bool {
    first_line.contains(&b'\t')
        && std::str::from_utf8(first_line).is_ok_and(|line| {
            let columns: Vec<_> = line.trim_end().split('\t').map(str::to_owned).collect();
            Own::of_columns(&columns, b'\t').is_some()
        })
}

/// Recognizes a page or document that kutip exported, by its first bytes. Returns `None` for any
/// other.
pub(super) fn exported_document(head: &[u8]) -> Option<Own> {
    let head = head.get(..MARKED).unwrap_or(head);
    let is_own = MARKS
        .iter()
        .any(|mark| memchr::memmem::find(head, mark).is_some());
    is_own.then_some(Own {
        command: "export",
        has_text: true,
    })
}

/// The beginning of the reason that is reported for skipping a record that kutip itself wrote.
const WRITTEN: &str = "written by ";

/// Returns whether `reason`, the reason for skipping a record, is that kutip itself wrote the
/// record.
pub(super) fn is_own_reason(reason: &str) -> bool {
    reason
        .strip_prefix(WRITTEN)
        .is_some_and(|rest| rest.starts_with("`kutip "))
}

/// Returns whether a record was skipped because kutip itself wrote it.
pub fn is_own(skipped: &Skipped) -> bool {
    is_own_reason(&skipped.reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_known_by_their_fields() {
        let cases = [
            (
                r#"{"article": "a", "score": 0.5, "reasons": []}"#,
                Some(("related", false)),
            ),
            // A record of kutip's to which somebody else has added a label.
            (
                r#"{"article": "a", "score": 0.5, "reasons": [], "label": 1}"#,
                None,
            ),
            (
                r#"{"published": null, "quote": "a@1-2", "article": "a", "outlet": null, "speaker": "B", "text": "C", "new": 1}"#,
                Some(("timeline", true)),
            ),
            (
                r#"{"id": "a", "title": "T", "text": "Isi", "speaker": "B", "quote": "C"}"#,
                None,
            ),
            (r#"{"text": "Isi"}"#, None),
            (r"{}", None),
            ("[]", None),
        ];
        for (json, expected) in cases {
            let own = Own::of_object(&serde_json::from_str(json).unwrap());
            let own = own.map(|own| (own.command, own.has_text));
            assert_eq!(own, expected, "{json}");
        }
    }

    #[test]
    fn a_piped_table_is_known_by_exactly_its_columns() {
        assert!(is_piped_table(b"article\tkind\tspeaker\ttext\n"));
        for other in [
            "article,kind,speaker,text",
            "title\ttext",
            "article\tkind\tspeaker\ttext\tx",
        ] {
            assert!(!is_piped_table(other.as_bytes()), "{other}");
        }
    }
}
