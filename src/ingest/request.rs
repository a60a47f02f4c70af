//! What to read: paths as the user named them, and how records are to be understood.

use super::fields::{FieldNames, Meaning};

/// What to read and how.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files, folders, globs, or `-` for standard input, in the user's order. Empty: the sample.
    pub paths: Vec<String>,
    /// How records are to be understood.
    pub options: Options,
}

impl Request {
    /// Reads `paths` with the usual options.
    pub fn new(paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            paths: paths.into_iter().map(Into::into).collect(),
            options: Options::default(),
        }
    }
}

/// How records are to be understood.
#[derive(Clone, Debug)]
pub struct Options {
    /// The names under which records keep their text, title and so on.
    pub fields: FieldNames,
    /// The longest text of an article, in bytes; what is longer is cut there and is a fault.
    pub text_limit: usize,
    /// The longest line of a file of records, in bytes; a longer one is a fault and passed over.
    pub line_limit: usize,
}

impl Options {
    /// Makes `name` the first field that is asked for a meaning (`--field title=headline`).
    #[must_use]
    pub fn with_field(mut self, meaning: Meaning, name: &str) -> Self {
        self.fields.prefer(meaning, name);
        self
    }
}

/// Spans are `u32` and a page never comes near: 64 MiB is some hundred novels.
const TEXT_LIMIT: usize = 64 << 20;
/// Room for a text at its limit in which every character is escaped, and its annotation.
const LINE_LIMIT: usize = 512 << 20;

impl Default for Options {
    fn default() -> Self {
        Self {
            fields: FieldNames::embedded(),
            text_limit: TEXT_LIMIT,
            line_limit: LINE_LIMIT,
        }
    }
}
