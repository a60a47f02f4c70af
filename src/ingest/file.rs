//! A file that is to be read, and what else paths lead to.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::parse_cache::Stamp;
use crate::model::{Fault, Issue, Skipped};

/// Endings of files that are no text, or text that no one reads as an article. Only files that a
/// walk meets are passed over for it; a file that is named is always read.
const FOREIGN_ENDINGS: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "bmp", "ico", "svg", "tif", "tiff", "avif", "heic", "mp3",
    "mp4", "m4a", "mov", "avi", "mkv", "webm", "wav", "ogg", "flac", "woff", "woff2", "ttf", "otf",
    "eot", "css", "js", "mjs", "ts", "map", "wasm", "exe", "dll", "so", "dylib", "o", "a", "class",
    "jar", "pyc", "sqlite", "sqlite3", "db", "npy", "pkl", "ds_store",
];

/// One file to read.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Its path as the user named it, or as the walk found it below what was named.
    pub path: Arc<str>,
    /// Where in `path` its path below the argument begins, or its own name where the file itself
    /// was named. Many wait to be read: each is kept in little room.
    pub(super) below: usize,
    /// Where its bytes are.
    pub source: Source,
    /// Whether the user named it.
    pub standing: Fault,
    /// Whether all files of its folder are read.
    pub is_walked: bool,
    /// Its length in bytes, where the system tells.
    pub len: u64,
    /// When it was last written, where the system tells.
    pub modified: Option<SystemTime>,
    /// What else tells it from what it was; see [`Stamp`].
    pub identity: u64,
}

impl File {
    /// Its path below the argument; its own name where the file itself was named.
    pub fn below(&self) -> &str {
        self.path.get(self.below..).unwrap_or(&self.path)
    }

    /// Where it is on a disk, if it is on one.
    pub fn disk_path(&self) -> Option<&Path> {
        match &self.source {
            Source::Disk => Some(Path::new(&*self.path)),
            Source::Unspelled(path) => Some(path),
            Source::Stdin | Source::Embedded(_) => None,
        }
    }

    /// What tells whether it has changed; `None` for what is no file on a disk.
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
    /// At its path.
    Disk,
    /// At a path that is no text; the file's own is what can be shown of it.
    Unspelled(PathBuf),
    Stdin,
    Embedded(&'static [u8]),
}

/// What the paths lead to, one by one.
#[derive(Debug)]
pub(super) enum WalkEvent {
    File(File),
    Issue(Issue),
    Skipped(Skipped),
}

/// Whether to go on.
pub(super) type Flow = ControlFlow<()>;

/// Whether a file that a walk meets, or a member of an archive, is passed over for its name.
pub(super) fn is_foreign(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_foreign = |known: &&str| ending.eq_ignore_ascii_case(known);
    name.starts_with("._") || name == "Thumbs.db" || FOREIGN_ENDINGS.iter().any(is_foreign)
}
