//! A file to read, and other things that a walk finds.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::parse_cache::Stamp;
use crate::model::{Fault, Issue, Skipped};

/// Extensions of files that contain no text, or no text that anyone reads as an article. They are
/// skipped only in walks; a file that the user names is always read.
const FOREIGN_ENDINGS: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "bmp", "ico", "svg", "tif", "tiff", "avif", "heic", "mp3",
    "mp4", "m4a", "mov", "avi", "mkv", "webm", "wav", "ogg", "flac", "woff", "woff2", "ttf", "otf",
    "eot", "css", "js", "mjs", "ts", "map", "wasm", "exe", "dll", "so", "dylib", "o", "a", "class",
    "jar", "pyc", "sqlite", "sqlite3", "db", "npy", "pkl", "ds_store",
];

/// One file to read.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Path as the user named it, or as the walk found it below what was named.
    pub path: Arc<str>,
    /// Index in `path` where the path below the argument begins, or the file name if the user named
    /// the file itself. An index takes less memory than a string, and many files wait to be read.
    pub(super) below: usize,
    /// Where to read the bytes from.
    pub source: Source,
    /// Kind of fault if the file cannot be read, which depends on whether the user named it.
    pub standing: Fault,
    /// Whether the walk reads all files of the folder.
    pub is_walked: bool,
    /// Length in bytes. `u64::MAX` if unknown.
    pub len: u64,
    /// Time of the last write, if known.
    pub modified: Option<SystemTime>,
    /// Digest of further attributes; see [`Stamp`].
    pub identity: u64,
}

impl File {
    /// Returns the path below the argument, or the file name if the user named the file itself.
    pub fn below(&self) -> &str {
        self.path.get(self.below..).unwrap_or(&self.path)
    }

    /// Returns the path on disk. Returns `None` if the file is not on a disk.
    pub fn disk_path(&self) -> Option<&Path> {
        match &self.source {
            Source::Disk => Some(Path::new(&*self.path)),
            Source::Unspelled(path) => Some(path),
            Source::Stdin | Source::Embedded(_) => None,
        }
    }

    /// Returns the state of the file for the parse cache. Returns `None` if it is no file on a
    /// disk.
    pub fn stamp(&self) -> Option<Stamp<'_>> {
        Some(Stamp {
            path: &self.path,
            len: self.len,
            modified: self.modified?,
            identity: self.identity,
        })
    }
}

/// Where a file's bytes are.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// At the file's path.
    Disk,
    /// At this path, which is not valid Unicode. The file's own path is a displayable form of it.
    Unspelled(PathBuf),
    Stdin,
    Embedded(&'static [u8]),
}

/// A thing that a walk finds.
#[derive(Debug)]
pub(super) enum WalkEvent {
    File(File),
    Issue(Issue),
    Skipped(Skipped),
}

/// Whether to continue.
pub(super) type Flow = ControlFlow<()>;

/// Returns whether a file in a walk, or a member of an archive, is skipped because of its name.
pub(super) fn is_foreign(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_foreign = |known: &&str| ending.eq_ignore_ascii_case(known);
    name.starts_with("._") || name == "Thumbs.db" || FOREIGN_ENDINGS.iter().any(is_foreign)
}
