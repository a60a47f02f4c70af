//! The results of a walk through folders: files to read, problems, and files that are skipped.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::parse_cache::Stamp;
use crate::model::{Fault, Issue, Skipped};

/// Extensions of files that contain no text, or no text that anyone reads as an article. Such files
/// are skipped only in walks; a file that the user names is always read.
const SKIPPED_EXTENSIONS: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "bmp", "ico", "svg", "tif", "tiff", "avif", "heic", "mp3",
    "mp4", "m4a", "mov", "avi", "mkv", "webm", "wav", "ogg", "flac", "woff", "woff2", "ttf", "otf",
    "eot", "css", "js", "mjs", "ts", "map", "wasm", "exe", "dll", "so", "dylib", "o", "a", "class",
    "jar", "pyc", "sqlite", "sqlite3", "db", "npy", "pkl", "ds_store",
];

/// One file to read.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Path of the file: as the user wrote it or, for a file that a walk found, beginning with the
    /// folder as the user wrote it.
    pub path: Arc<str>,
    /// Byte index in `path` at which the path relative to the walked folder begins, or the file
    /// name if the user named the file itself. An index takes less memory than a string, and many
    /// files wait to be read.
    pub(super) below: usize,
    /// The place from which the bytes are read.
    pub source: Source,
    /// The kind of fault to report if the file cannot be read. It depends on whether the user named
    /// the file.
    pub fault_kind: Fault,
    /// Whether the file was found by a walk that reads all files of its folder, not only those that
    /// match a pattern.
    pub is_walked: bool,
    /// Length in bytes. `u64::MAX` if unknown.
    pub len: u64,
    /// Time of the last write, if known.
    pub modified: Option<SystemTime>,
    /// Digest of the inode and the time of its last change; see [`Stamp::identity`]. 0 if they are
    /// unknown.
    pub identity: u64,
}

impl File {
    /// Returns the path relative to the walked folder, or the file name if the user named the file
    /// itself.
    pub fn below(&self) -> &str {
        self.path.get(self.below..).unwrap_or(&self.path)
    }

    /// Returns whether the user named the file itself.
    pub fn is_named(&self) -> bool {
        self.fault_kind == Fault::NamedPath
    }

    /// Returns the path on disk. Returns `None` if the file is not on a disk.
    pub fn disk_path(&self) -> Option<&Path> {
        match &self.source {
            Source::Disk => Some(Path::new(&*self.path)),
            Source::NonUnicode(path) => Some(path),
            Source::Stdin | Source::Embedded(_) => None,
        }
    }

    /// Returns the stamp by which the parse cache recognises the file and notices changes. Returns
    /// `None` if the time of the last write is unknown, as it is for standard input.
    pub fn stamp(&self) -> Option<Stamp<'_>> {
        Some(Stamp {
            path: &self.path,
            len: self.len,
            modified: self.modified?,
            // The same file may lead to other outcomes if the user names it.
            identity: if self.is_named() {
                !self.identity
            } else {
                self.identity
            },
        })
    }
}

/// The place from which the bytes of a file are read.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// On disk, at the path of the file.
    Disk,
    /// On disk, at this path, which is not valid Unicode. `File::path` is a displayable form of it.
    NonUnicode(PathBuf),
    Stdin,
    Embedded(&'static [u8]),
}

/// Something that a walk finds: a file to read, a problem, or a file that is skipped.
#[derive(Debug)]
pub(super) enum WalkEvent {
    File(File),
    Issue(Issue),
    Skipped(Skipped),
}

/// What a callback returns to tell a walk whether to continue or to stop.
pub(super) type Flow = ControlFlow<()>;

/// Returns whether a file in a walk, or a member of an archive, is skipped because of its name.
/// `name` is the file name without folders.
pub(super) fn has_skipped_extension(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let matches = |known: &&str| ending.eq_ignore_ascii_case(known);
    name.starts_with("._") || name == "Thumbs.db" || SKIPPED_EXTENSIONS.iter().any(matches)
}
