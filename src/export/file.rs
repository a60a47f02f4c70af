//! Writing a file: which format its name asks for, and how it gets to its place whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
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

/// Writes beside the file and renames at the end, so that a failure leaves the old one whole.
///
/// # Errors
/// What the file system says.
pub fn save(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // A device or pipe (`/dev/stdout`) cannot be replaced, only written to.
    if fs::metadata(path).is_ok_and(|data| !data.is_file()) {
        let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = File::create(&part).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()?;
        fs::rename(&part, path)
    });
    if written.is_err() {
        // The failure itself is what the user must hear of.
        let _ = fs::remove_file(&part);
    }
    written
}
