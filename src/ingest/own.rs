//! Recognizes what kutip itself wrote: records of quotations, speakers, stories and so on, tables
//! of them, exported documents, citations and transcripts. Such files are often in the folder of
//! the articles that they are about, but must not be read as articles. The names of their fields
//! are listed in `assets/records.toml`.

use std::sync::LazyLock;

use memchr::memmem::find;
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
/// How an exported transcript begins.
const TRANSCRIPT: &[u8] = b"Source: quotations, written by kutip\n";
/// How a RIS record of a newspaper article begins and ends, and what kutip's has in its note.
const RIS: [&[u8]; 3] = [b"TY  - NEWS\r\n", b"\r\nER  - ", b" SHA-256 "];

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

    /// Recognizes a JSON object, also if another one without a text wraps it.
    pub fn of_object(object: &Node) -> Option<Self> {
        let of_names =
            |object: &Node| Self::of_names(&object.entries().iter().map(|(name, _)| name.as_str()));
        let fields = object.entries();
        of_names(object).or_else(|| {
            let has_own_text = fields.iter().any(|(name, _)| name == TEXT);
            let mut wrapped = fields.iter().filter_map(|(_, field)| of_names(field));
            wrapped.find(|own| own.has_text && !has_own_text)
        })
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
    let is_own = MARKS.iter().any(|mark| find(head, mark).is_some());
    is_own.then_some(EXPORTED)
}

/// Recognizes a transcript or citations in RIS that kutip exported, by their first bytes.
pub(super) fn exported_text(head: &[u8]) -> Option<Own> {
    let [start, end, note] = RIS;
    let is_citation = || {
        let record = head.get(..find(head, end)?)?;
        (record.starts_with(start) && find(record, note).is_some()).then_some(())
    };
    let is_own = head.starts_with(TRANSCRIPT) || is_citation().is_some();
    is_own.then_some(EXPORTED)
}

/// What is known of an exported document.
const EXPORTED: Own = Own {
    command: "export",
    has_text: true,
};

/// How the reason for passing over a record of kutip's own begins.
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
            (
                r#"{"data": {"text": "Isi", "article": "a", "sha256": "0", "title": null, "outlet": null, "published": null, "url": null}, "predictions": []}"#,
                Some(("export", true)),
            ),
            (r#"{"data": {"text": "Isi"}, "predictions": []}"#, None),
            (
                r#"{"text": "Isi", "error": {"path": "a", "record": null, "reason": "B"}}"#,
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
    fn an_exported_text_is_known_by_its_beginning() {
        for (head, expected) in [
            ("Source: quotations, written by kutip\nSource: B\n", true),
            ("Source: Antara\nBupati: Kami siap.\n", false),
            (
                "TY  - NEWS\r\nID  - a\r\nN1  - a SHA-256 0f\r\nER  - \r\n",
                true,
            ),
            ("TY  - NEWS\r\nID  - a\r\nER  - \r\n", false),
            (
                "TY  - NEWS\r\nER  - \r\n\r\nN1  - a SHA-256 0f\r\nER  - \r\n",
                false,
            ),
        ] {
            let own = exported_text(head.as_bytes());
            assert_eq!(own.is_some(), expected, "{head}");
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
