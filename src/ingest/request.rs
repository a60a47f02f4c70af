//! The request of a load: paths as the user named them, and options for reading records.

use super::exclude::Exclude;
use super::fields::{FieldNames, Meaning};

/// A request of a load: what to read, and how.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files, folders, globs, or `-` for standard input, in the user's order. If empty, the sample
    /// is loaded.
    pub paths: Vec<String>,
    /// Options for reading records.
    pub options: Options,
    /// Which symbolic links inside folders are followed.
    pub links: Links,
    /// Which files and folders are left out.
    pub exclude: Exclude,
}

/// Which symbolic links inside a folder are followed. A link that the user names is always
/// followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// No links are followed. The target of a link is read only if it is inside the folder itself,
    /// under its own path.
    #[default]
    Inside,
    /// All links are followed, including those that lead outside the folder. Each file and folder
    /// is read once.
    Everywhere,
}

impl Request {
    /// Returns a request for `paths` with default options.
    pub fn new(paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            paths: paths.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }
}

/// Options for reading records.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names of the fields for text, title and so on.
    pub fields: FieldNames,
    /// Maximum length of an article's text in bytes. A longer text is cut there and reported as a
    /// fault.
    pub text_limit: usize,
    /// Maximum length in bytes of a line in a file of records. A longer line is reported as a fault
    /// and skipped.
    pub line_limit: usize,
    /// Extensions of files in lower case, each with the name of the format to read such files in,
    /// whatever their content looks like.
    pub(super) formats: Vec<(String, String)>,
}

impl Options {
    /// Makes `name` the preferred field name for `meaning` (`--field title=headline`).
    #[must_use]
    pub fn with_field(mut self, meaning: Meaning, name: &str) -> Self {
        self.fields.prefer(meaning, name);
        self
    }

    /// Returns the name of the format that the user set for files with the extension of `name`, if
    /// any.
    pub(super) fn format_of(&self, name: &str) -> Option<&str> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let mut asked = self.formats.iter().rev();
        asked
            .find(|(known, _)| *known == ending)
            .map(|(_, format)| format.as_str())
    }
}

/// Default maximum length of a text in bytes. It is the length of thirty novels; no article comes
/// near it, and the structure of such a text fits into 500 MB.
const TEXT_LIMIT: usize = 16 << 20;
/// Default maximum length of a line in bytes. It is enough for a text of maximum length in which
/// every character is escaped, and its annotations.
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
