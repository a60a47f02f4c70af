//! What to read: paths as the user named them, and how records are to be understood.

use super::fields::{FieldNames, Meaning};

/// What to read and how.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files, folders, globs, or `-` for standard input, in the user's order. Empty: the sample.
    pub paths: Vec<String>,
    /// How records are to be understood.
    pub options: Options,
    /// Where symbolic links are followed.
    pub links: Links,
}

/// Which symbolic links below a folder are followed; one that is named itself always is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// None: what lies in the folder is read at its own place, and nothing else is.
    #[default]
    Inside,
    /// Those that lead outside, too; each file and folder is read once.
    Everywhere,
}

impl Request {
    /// Reads `paths` with the usual options.
    pub fn new(paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            paths: paths.into_iter().map(Into::into).collect(),
            options: Options::default(),
            links: Links::default(),
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
    /// Endings of files and the formats by which they are read, whatever they look like.
    pub(super) formats: Vec<(String, String)>,
}

impl Options {
    /// Makes `name` the first field that is asked for a meaning (`--field title=headline`).
    #[must_use]
    pub fn with_field(mut self, meaning: Meaning, name: &str) -> Self {
        self.fields.prefer(meaning, name);
        self
    }

    /// The format that was asked for files of this name.
    pub(super) fn format_of(&self, name: &str) -> Option<&str> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let mut asked = self.formats.iter().rev();
        asked
            .find(|(known, _)| *known == ending)
            .map(|(_, format)| format.as_str())
    }
}

/// Thirty novels: no article comes near, and what is found in such a text fits into 500 MB.
const TEXT_LIMIT: usize = 16 << 20;
/// Room for a text at its limit in which every character is escaped, and its annotation.
const LINE_LIMIT: usize = 128 << 20;

impl Default for Options {
    fn default() -> Self {
        Self {
            fields: FieldNames::embedded(),
            text_limit: TEXT_LIMIT,
            line_limit: LINE_LIMIT,
            formats: Vec::new(),
        }
    }
}
