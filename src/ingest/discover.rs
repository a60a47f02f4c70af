//! Finds the files behind the paths that the user named: files, folders, globs, standard input.
//! They come in argument order, then path order. Each is reported when it is found, so that reading
//! can start before the walk ends.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use include_dir::{Dir, include_dir};

use super::file::{File, Flow, Source, WalkEvent};
use super::request::{Links, Request};
use super::stat::Stat;
use super::walk::walk;
use crate::model::{Fault, Format, Issue};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/sample");

/// Follows all paths of a request and reports what they lead to, until `tell` breaks.
pub(super) fn discover(request: &Request, tell: &mut dyn FnMut(WalkEvent) -> Flow) -> Flow {
    let (paths, links) = (&request.paths, request.links);
    if paths.is_empty() {
        let mut files = Vec::new();
        add_sample(&SAMPLE, &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
            .into_iter()
            .map(WalkEvent::File)
            .try_for_each(&mut *tell)?;
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

fn follow(path: &str, links: Links, tell: &mut dyn FnMut(WalkEvent) -> Flow) -> Flow {
    if path == "-" {
        return tell(WalkEvent::File(File {
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
        // A pipe (process substitution) has length 0. It is read like any file.
        Ok(data) => {
            let data = Some(&data).filter(|data| data.is_file());
            tell(WalkEvent::File(named_file(path, data)))
        }
        Err(error) => match glob_of(path) {
            Some(Ok((base, glob))) => follow_glob(path, &base, (&glob, links), tell),
            Some(Err(reason)) => tell(WalkEvent::Issue(named_issue(path, reason))),
            None => tell(WalkEvent::Issue(named_issue(
                path,
                describe_missing(&error),
            ))),
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

/// Returns the folder before the first wildcard, and a matcher of the whole pattern. Returns `None`
/// if the path has no wildcard.
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
    tell: &mut dyn FnMut(WalkEvent) -> Flow,
) -> Flow {
    let root = if base.as_os_str().is_empty() {
        Path::new(".")
    } else {
        base
    };
    let mut files = 0;
    if root.is_dir() {
        walk(root, (Some(glob), links), &mut |met| {
            files += usize::from(matches!(met, WalkEvent::File(_)));
            tell(met)
        })?;
    }
    if files == 0 {
        return tell(WalkEvent::Issue(named_issue(
            pattern,
            "no file matches this pattern",
        )));
    }
    Flow::Continue(())
}

/// A folder or file to watch for changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Canonical path of the folder.
    pub folder: PathBuf,
    /// The only file in the folder to watch. `None` means everything below the folder.
    pub file: Option<PathBuf>,
}

/// Returns what to watch for changes of `paths`. Standard input and the sample are not watched.
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
