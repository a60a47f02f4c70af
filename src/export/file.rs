//! Which format the name of a file asks for.

use std::path::Path;

/// The formats that a file's ending can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// JSON Lines.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    Markdown,
    /// One HTML page.
    Html,
}

impl FileKind {
    /// The format of a file by the ending of its name.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_ascii_lowercase();
        match ending.to_str()? {
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// What to say where a name has none of the endings.
pub const ENDINGS: &str = "name a file that ends in .jsonl, .csv, .md or .html";
