//! An annotated article: its text, and what stands in it.

use std::collections::BTreeMap;
use std::ops::Range;

/// The kind of an annotated quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Direct,
    Indirect,
    Fragment,
}

/// A quotation as a reader annotated it.
#[derive(Debug)]
pub struct Annotation {
    pub kind: Kind,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// For each speaker, the forms of the name that are right.
    pub speakers: Vec<Vec<String>>,
}

/// A page and what a reader found in it.
#[derive(Debug, Default)]
pub struct Annotated {
    /// The fields of the header by name.
    pub fields: BTreeMap<String, String>,
    pub text: String,
    pub quotes: Vec<Annotation>,
}

impl Annotated {
    /// Reads an annotated file. A bracket that is not closed, or a kind that is not known, is an error
    /// in the annotation and panics.
    pub fn parse(file: &str) -> Self {
        let mut annotated = Self::default();
        let mut rest = file;
        while let Some(line) = rest.strip_prefix("#! ") {
            let (line, below) = line.split_once('\n').unwrap();
            let (name, value) = line.split_once(':').unwrap();
            annotated
                .fields
                .insert(name.trim().into(), value.trim().into());
            rest = below;
        }
        let mut open = Vec::new();
        while let Some(at) = [rest.find("[["), rest.find("]]")]
            .into_iter()
            .flatten()
            .min()
        {
            annotated.text.push_str(&rest[..at]);
            let behind = &rest[at + 2..];
            if rest[at..].starts_with("[[") {
                let (head, words) = behind.split_once('|').unwrap();
                open.push((head, annotated.text.len()));
                rest = words;
            } else {
                let (head, start) = open.pop().unwrap();
                let span = start..annotated.text.len();
                annotated.quotes.push(Annotation::new(head, span));
                rest = behind;
            }
        }
        assert!(open.is_empty(), "a bracket is not closed: {open:?}");
        annotated.text.push_str(rest);
        annotated.quotes.sort_by_key(|quote| quote.span.start);
        annotated
    }
}

impl Annotation {
    /// By the head of a bracket: `D Rina Halim/Halim & Bima Sakti`.
    fn new(head: &str, span: Range<usize>) -> Self {
        let (kind, speakers) = head.split_once(' ').unwrap();
        let kind = match kind {
            "D" => Kind::Direct,
            "I" => Kind::Indirect,
            "F" => Kind::Fragment,
            other => panic!("no kind: {other}"),
        };
        let forms = |one: &str| one.split('/').map(|form| form.trim().to_owned()).collect();
        let speakers = match speakers.trim() {
            "-" => Vec::new(),
            named => named.split('&').map(forms).collect(),
        };
        Self {
            kind,
            span,
            speakers,
        }
    }
}
