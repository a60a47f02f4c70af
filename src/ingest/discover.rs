//! Finding the files behind the paths that a user named: files, folders, globs, standard input; in
//! argument order, then path order. Each is told when it is met, so that reading need not wait for
//! the end of a walk.

use std::fs::Metadata;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use globset::{GlobBuilder, GlobMatcher};
use include_dir::{Dir, include_dir};

use super::memory::Stamp;
use super::request::{Links, Request};
use super::stat::Stat;
use super::walk::walk;
use crate::model::{Fault, Format, Issue, Skipped};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/sample");

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
pub(super) enum Met {
    File(File),
    Issue(Issue),
    Skipped(Skipped),
}

/// Whether to go on.
pub(super) type Flow = ControlFlow<()>;

/// Follows all paths of a request and tells what they lead to, until `tell` breaks off.
pub(super) fn discover(request: &Request, tell: &mut dyn FnMut(Met) -> Flow) -> Flow {
    let (paths, links) = (&request.paths, request.links);
    if paths.is_empty() {
        let mut files = Vec::new();
        add_sample(&SAMPLE, &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.into_iter().map(Met::File).try_for_each(&mut *tell)?;
    }
    paths.iter().try_for_each(|path| follow(path, links, tell))
}

fn add_sample(dir: &Dir<'static>, files: &mut Vec<File>) {
    for file in dir.files() {
        let below = file.path().to_string_lossy();
        files.push(File {
            path: format!("sample/{below}").into(),
            below: "sample/".len(),
            source: Source::Embedded(file.contents()),
            standing: Fault::Record,
            is_walked: true,
            len: file.contents().len() as u64,
            modified: None,
            identity: 0,
        });
    }
    for dir in dir.dirs() {
        add_sample(dir, files);
    }
}

fn follow(path: &str, links: Links, tell: &mut dyn FnMut(Met) -> Flow) -> Flow {
    if path == "-" {
        return tell(Met::File(File {
            path: path.into(),
            below: 0,
            source: Source::Stdin,
            standing: Fault::NamedPath,
            is_walked: false,
            len: u64::MAX,
            modified: None,
            identity: 0,
        }));
    }
    match std::fs::metadata(path) {
        Ok(data) if data.is_dir() => walk(Path::new(path), (None, links), tell),
        // A pipe (process substitution) has a length of 0; it is read like any file.
        Ok(data) => {
            let data = Some(&data).filter(|data| data.is_file());
            tell(Met::File(named_file(path, data)))
        }
        Err(error) => match glob_of(path) {
            Some(Ok((base, glob))) => follow_glob(path, &base, (&glob, links), tell),
            Some(Err(reason)) => tell(Met::Issue(named_issue(path, reason))),
            None => tell(Met::Issue(named_issue(path, describe_missing(&error)))),
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

fn named_file(path: &str, data: Option<&Metadata>) -> File {
    let name = Path::new(path)
        .file_name()
        .map_or(path.into(), |name| name.to_string_lossy());
    let stat = data.map(Stat::of);
    File {
        path: path.into(),
        below: path.rfind(&*name).unwrap_or(0),
        source: Source::Disk,
        standing: Fault::NamedPath,
        is_walked: false,
        len: stat.map_or(u64::MAX, |stat| stat.len),
        modified: stat.and_then(|stat| stat.modified),
        identity: stat.map_or(0, |stat| stat.identity),
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
        count: 1,
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
    (glob, links): (&GlobMatcher, Links),
    tell: &mut dyn FnMut(Met) -> Flow,
) -> Flow {
    let root = if base.as_os_str().is_empty() {
        Path::new(".")
    } else {
        base
    };
    let mut files = 0;
    if root.is_dir() {
        walk(root, (Some(glob), links), &mut |met| {
            files += usize::from(matches!(met, Met::File(_)));
            tell(met)
        })?;
    }
    if files == 0 {
        return tell(Met::Issue(named_issue(
            pattern,
            "no file matches this pattern",
        )));
    }
    Flow::Continue(())
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

/// Whether a file that a walk meets, or a member of an archive, is passed over for its name.
pub(super) fn is_foreign(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_foreign = |known: &&str| ending.eq_ignore_ascii_case(known);
    name.starts_with("._") || name == "Thumbs.db" || FOREIGN_ENDINGS.iter().any(is_foreign)
}
