//! Finding the files behind the paths that a user named: files, folders, globs, standard input.
//! Folders are walked in parallel; the result is in argument order, then path order.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use globset::{GlobBuilder, GlobMatcher};
use ignore::{WalkBuilder, WalkState};
use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::memory::Stamp;
use crate::model::{Fault, Format, Issue, Skipped};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/sample");

/// Folders in which version control keeps its own files; nobody's articles.
const PRIVATE_FOLDERS: [&str; 3] = [".git", ".hg", ".svn"];

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
    /// Its path below the argument; its own name where the file itself was named.
    pub below: Box<str>,
    /// Where its bytes are.
    pub source: Source,
    /// Whether the user named it.
    pub standing: Fault,
    /// Its length in bytes, where the system tells.
    pub len: u64,
    /// When it was last written, where the system tells.
    pub modified: Option<SystemTime>,
}

impl File {
    /// What tells whether it has changed; `None` for what is no file on a disk.
    pub fn stamp(&self) -> Option<Stamp<'_>> {
        Some(Stamp {
            path: &self.path,
            len: self.len,
            modified: self.modified?,
        })
    }
}

/// Where a file's bytes are.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Disk(PathBuf),
    Stdin,
    Embedded(&'static [u8]),
}

/// What the paths led to.
#[derive(Debug, Default)]
pub(super) struct Discovery {
    pub files: Vec<File>,
    pub issues: Vec<Issue>,
    pub skipped: Vec<Skipped>,
}

/// Follows all `paths`; `count` is told how many files were found so far.
pub(super) fn discover(
    paths: &[String],
    cancel: &AtomicBool,
    count: &(dyn Fn(usize) + Sync),
) -> Discovery {
    let mut found = Discovery::default();
    if paths.is_empty() {
        add_sample(&SAMPLE, &mut found);
        found.files.sort_by(|a, b| a.path.cmp(&b.path));
    }
    for path in paths {
        let before = found.files.len();
        follow(path, &mut found, cancel, &|files| count(before + files));
    }
    found
}

fn add_sample(dir: &Dir<'static>, found: &mut Discovery) {
    for file in dir.files() {
        let below = file.path().to_string_lossy();
        found.files.push(File {
            path: format!("sample/{below}").into(),
            below: below.into(),
            source: Source::Embedded(file.contents()),
            standing: Fault::Record,
            len: file.contents().len() as u64,
            modified: None,
        });
    }
    for dir in dir.dirs() {
        add_sample(dir, found);
    }
}

fn follow(path: &str, found: &mut Discovery, cancel: &AtomicBool, count: &(dyn Fn(usize) + Sync)) {
    if path == "-" {
        found.files.push(File {
            path: path.into(),
            below: "-".into(),
            source: Source::Stdin,
            standing: Fault::NamedPath,
            len: u64::MAX,
            modified: None,
        });
        return;
    }
    match std::fs::metadata(path) {
        Ok(data) if data.is_dir() => {
            Walk::new(Path::new(path), None).run(found, cancel, count);
        }
        // A pipe (process substitution) has a length of 0; it is read like any file.
        Ok(data) => found
            .files
            .push(named_file(path, Some(data).filter(Metadata::is_file))),
        Err(error) => match glob_of(path) {
            Some(Ok((base, glob))) => follow_glob(path, &base, glob, found, cancel, count),
            Some(Err(reason)) => found.issues.push(named_issue(path, reason)),
            None => found
                .issues
                .push(named_issue(path, describe_missing(&error))),
        },
    }
}

fn describe_missing(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn named_file(path: &str, data: Option<Metadata>) -> File {
    let name = Path::new(path)
        .file_name()
        .map_or(path.into(), |name| name.to_string_lossy());
    File {
        path: path.into(),
        below: name.into(),
        source: Source::Disk(path.into()),
        standing: Fault::NamedPath,
        len: data.as_ref().map_or(u64::MAX, Metadata::len),
        modified: data.and_then(|data| data.modified().ok()),
    }
}

fn named_issue(path: &str, reason: impl Into<Box<str>>) -> Issue {
    Issue {
        path: path.into(),
        record: None,
        format: Format::Unknown,
        line: None,
        fault: Fault::NamedPath,
        reason: reason.into(),
    }
}

/// The folder before the first wildcard, and the matcher of the whole pattern; `None` where the
/// path has no wildcard.
fn glob_of(path: &str) -> Option<Result<(PathBuf, GlobMatcher), String>> {
    let wildcard = path.find(['*', '?', '[', '{'])?;
    let base = path[..wildcard]
        .rfind('/')
        .map_or("", |slash| &path[..=slash]);
    let glob = GlobBuilder::new(path.strip_prefix("./").unwrap_or(path))
        .literal_separator(true)
        .build();
    Some(match glob {
        Ok(glob) => Ok((PathBuf::from(base), glob.compile_matcher())),
        Err(error) => Err(format!("no such file, and no valid pattern: {error}")),
    })
}

fn follow_glob(
    pattern: &str,
    base: &Path,
    glob: GlobMatcher,
    found: &mut Discovery,
    cancel: &AtomicBool,
    count: &(dyn Fn(usize) + Sync),
) {
    let before = found.files.len();
    let root = if base.as_os_str().is_empty() {
        Path::new(".")
    } else {
        base
    };
    if root.is_dir() {
        Walk::new(root, Some(glob)).run(found, cancel, count);
    }
    if found.files.len() == before {
        found
            .issues
            .push(named_issue(pattern, "no file matches this pattern"));
    }
}

/// A place in which what a path names may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The folder, as the system knows it.
    pub folder: PathBuf,
    /// The one file in it that counts; `None` where everything below does.
    pub file: Option<PathBuf>,
}

/// The places in which what `paths` name may change; nothing for standard input and the sample.
pub fn watched(paths: &[String]) -> Vec<Watched> {
    let place = |folder: &Path, file: Option<&std::ffi::OsStr>| {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        Some(Watched {
            folder: folder.canonicalize().ok()?,
            file: file.map(PathBuf::from),
        })
    };
    let places = paths
        .iter()
        .filter(|path| *path != "-")
        .filter_map(|named| {
            let path = Path::new(named);
            if path.is_dir() {
                return place(path, None);
            }
            match glob_of(named) {
                Some(Ok((base, _))) if !path.exists() => place(&base, None),
                _ => place(path.parent()?, path.file_name()),
            }
        });
    places.collect()
}

/// A parallel walk below one folder.
struct Walk<'a> {
    root: &'a Path,
    /// Keeps only what it matches, itself or by a folder above.
    glob: Option<GlobMatcher>,
    found: Mutex<Discovery>,
    files: AtomicUsize,
}

impl<'a> Walk<'a> {
    fn new(root: &'a Path, glob: Option<GlobMatcher>) -> Self {
        Self {
            root,
            glob,
            found: Mutex::default(),
            files: AtomicUsize::new(0),
        }
    }

    /// Walks, sorts by path, and adds what was found.
    fn run(self, into: &mut Discovery, cancel: &AtomicBool, count: &(dyn Fn(usize) + Sync)) {
        let walker = WalkBuilder::new(self.root)
            // Neither a `.gitignore` nor a leading dot may hide an article.
            .standard_filters(false)
            .follow_links(true)
            .build_parallel();
        walker.run(|| {
            Box::new(|entry| {
                if cancel.load(Ordering::Relaxed) {
                    return WalkState::Quit;
                }
                match entry {
                    Ok(entry) => self.meet(&entry, count),
                    Err(error) => {
                        let issue = walk_issue(&error, self.root);
                        // A loop far from what a pattern asks for is none of its business.
                        if self.wants(Path::new(&*issue.path)) {
                            self.with(|found| found.issues.push(issue));
                        }
                        WalkState::Continue
                    }
                }
            })
        });
        let mut found = self
            .found
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        found
            .files
            .par_sort_by(|a, b| by_components(&a.path, &b.path));
        found.issues.sort_by(|a, b| by_components(&a.path, &b.path));
        found
            .skipped
            .sort_by(|a, b| by_components(&a.path, &b.path));
        into.files.append(&mut found.files);
        into.issues.append(&mut found.issues);
        into.skipped.append(&mut found.skipped);
    }

    fn with(&self, change: impl FnOnce(&mut Discovery)) {
        change(&mut self.found.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn wants(&self, path: &Path) -> bool {
        let path = path.strip_prefix("./").unwrap_or(path);
        self.glob
            .as_ref()
            .is_none_or(|glob| path.ancestors().any(|above| glob.is_match(above)))
    }

    fn meet(&self, entry: &ignore::DirEntry, count: &(dyn Fn(usize) + Sync)) -> WalkState {
        let Some(kind) = entry.file_type() else {
            return WalkState::Continue;
        };
        let name = entry.file_name().to_string_lossy();
        if kind.is_dir() {
            let private = entry.depth() > 0 && PRIVATE_FOLDERS.contains(&&*name);
            if !private {
                return WalkState::Continue;
            }
            self.skip(entry.path(), "version control's own files");
            return WalkState::Skip;
        }
        if !self.wants(entry.path()) {
            return WalkState::Continue;
        }
        if !kind.is_file() {
            self.skip(entry.path(), "a pipe, socket or device");
        } else if is_foreign(&name) {
            self.skip(
                entry.path(),
                "its ending is that of a file without articles",
            );
        } else {
            let data = entry.metadata().ok();
            let below = entry.path().strip_prefix(self.root);
            let file = File {
                path: entry.path().to_string_lossy().into(),
                below: below.unwrap_or(entry.path()).to_string_lossy().into(),
                source: Source::Disk(entry.path().to_owned()),
                standing: Fault::Record,
                len: data.as_ref().map_or(0, Metadata::len),
                modified: data.and_then(|data| data.modified().ok()),
            };
            self.with(|found| found.files.push(file));
            count(self.files.fetch_add(1, Ordering::Relaxed) + 1);
        }
        WalkState::Continue
    }

    fn skip(&self, path: &Path, reason: &str) {
        let skipped = Skipped {
            path: path.to_string_lossy().into(),
            record: None,
            format: Format::Unknown,
            reason: reason.into(),
        };
        self.with(|found| found.skipped.push(skipped));
    }
}

/// By folder, then by name: a separator comes before every other sign. What a walk gives has no
/// doubled separators, so its paths need not be taken apart.
fn by_components(a: &str, b: &str) -> std::cmp::Ordering {
    let rank = |b: u8| {
        if std::path::is_separator(char::from(b)) {
            0
        } else {
            b
        }
    };
    a.bytes().map(rank).cmp(b.bytes().map(rank))
}

/// Whether a file that a walk meets, or a member of an archive, is passed over for its name.
pub(super) fn is_foreign(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let folded = ending.to_ascii_lowercase();
    name.starts_with("._") || name == "Thumbs.db" || FOREIGN_ENDINGS.contains(&&*folded)
}

fn walk_issue(error: &ignore::Error, root: &Path) -> Issue {
    let (path, reason) = describe_walk_error(error);
    Issue {
        path: path.unwrap_or(root).to_string_lossy().into(),
        record: None,
        format: Format::Unknown,
        line: None,
        fault: if path == Some(root) {
            Fault::NamedPath
        } else {
            Fault::Record
        },
        reason: reason.into(),
    }
}

fn describe_walk_error(error: &ignore::Error) -> (Option<&Path>, String) {
    use ignore::Error;
    match error {
        Error::WithPath { path, err } => (Some(path), describe_walk_error(err).1),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => {
            describe_walk_error(err)
        }
        Error::Loop { ancestor, child } => (
            Some(child),
            format!(
                "a symbolic link back to {}, a folder above it",
                ancestor.display()
            ),
        ),
        Error::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
            (None, "a symbolic link that leads nowhere".to_owned())
        }
        Error::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            (None, "permission denied".to_owned())
        }
        other => (None, other.to_string()),
    }
}
