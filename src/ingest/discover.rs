//! Finds the files to read: those that the arguments of a request name as files, folders, glob
//! patterns or standard input (`-`). They are reported in the order of the arguments, and within
//! one argument sorted by path. Each is reported as soon as it is found, so that reading can start
//! before the walk through the folders ends.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use include_dir::{Dir, include_dir};

use super::file::{File, Flow, Source, WalkEvent};
use super::output::{OUTPUT, OutputFile};
use super::request::Request;
use super::stat::Stat;
use super::walk::{EXCLUDED, skipped, walk};
use crate::model::{Fault, Format, Issue};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/sample");

/// Calls `on_event` with each file, problem and skipped file that the paths of `request` lead to.
/// Stops as soon as `on_event` returns `Break`. A request without paths leads to the embedded
/// sample.
pub(super) fn discover(request: &Request, on_event: &mut dyn FnMut(WalkEvent) -> Flow) -> Flow {
    let paths = &request.paths;
    if paths.is_empty() {
        let mut files = Vec::new();
        add_sample(&SAMPLE, &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
            .into_iter()
            .map(WalkEvent::File)
            .try_for_each(&mut *on_event)?;
    }
    let output = OutputFile::find();
    let mut on_input = |event| match event {
        WalkEvent::File(file) if output.is_some_and(|output| output.is(&file)) => {
            on_event(skipped(Path::new(&*file.path), OUTPUT))
        }
        event => on_event(event),
    };
    paths
        .iter()
        .try_for_each(|path| discover_path(path, request, &mut on_input))
}

fn add_sample(dir: &Dir<'static>, files: &mut Vec<File>) {
    for file in dir.files() {
        let below = file.path().to_string_lossy();
        files.push(File {
            path: format!("sample/{below}").into(),
            below: "sample/".len(),
            source: Source::Embedded(file.contents()),
            fault_kind: Fault::Record,
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

fn discover_path(
    path: &str,
    request: &Request,
    on_event: &mut dyn FnMut(WalkEvent) -> Flow,
) -> Flow {
    if path == "-" {
        return on_event(WalkEvent::File(File {
            path: path.into(),
            below: 0,
            source: Source::Stdin,
            fault_kind: Fault::NamedPath,
            is_walked: false,
            len: u64::MAX,
            modified: None,
            identity: 0,
        }));
    }
    match std::fs::metadata(path) {
        Ok(data) if data.is_dir() => walk(Path::new(path), (None, request), on_event),
        Ok(_) if request.exclude.matches_named(path) => {
            on_event(skipped(Path::new(path), EXCLUDED))
        }
        // A pipe (process substitution) has length 0. It is read like any file.
        Ok(data) => {
            let data = Some(&data).filter(|data| data.is_file());
            on_event(WalkEvent::File(named_file(path, data)))
        }
        Err(error) => match glob_of(path) {
            Some(Ok((base, glob))) => discover_glob(path, &base, (&glob, request), on_event),
            Some(Err(reason)) => on_event(WalkEvent::Issue(named_issue(path, reason))),
            None => on_event(WalkEvent::Issue(named_issue(
                path,
                describe_missing(path, &error),
            ))),
        },
    }
}

fn describe_missing(path: &str, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => match similar_path(Path::new(path)) {
            Some(near) => format!("no such file or folder; did you mean `{}`?", near.display()),
            None => "no such file or folder".to_owned(),
        },
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Maximum number of typing errors by which a suggested file name may differ from the one that the
/// user gave. An error is a wrong, missing or additional letter, or two letters that are swapped.
const MOST_SLIPS: usize = 2;

/// Returns the path in the same folder whose name is most similar to that of the missing file, to
/// suggest it to the user. Returns `None` if no name is similar enough.
fn similar_path(missing: &Path) -> Option<PathBuf> {
    let name = missing.file_name()?.to_str()?;
    let parent = missing.parent()?;
    let folder = if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    };
    let names = std::fs::read_dir(folder).ok()?.flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let near = names
        .map(|known| (strsim::osa_distance(name, &known), known))
        .filter(|(slips, known)| *slips <= MOST_SLIPS && *slips + 1 < known.len());
    let (_, near) = near.min()?;
    Some(parent.join(near))
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
        fault_kind: Fault::NamedPath,
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

/// Parses `path` as a glob pattern. Returns the folder before the first wildcard with a matcher for
/// the whole pattern, or a message if the pattern is not valid. Returns `None` if `path` has no
/// wildcard.
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
        Err(error) => Err(format!("no such file, and not a valid pattern: {error}")),
    })
}

fn discover_glob(
    pattern: &str,
    base: &Path,
    (glob, request): (&GlobMatcher, &Request),
    on_event: &mut dyn FnMut(WalkEvent) -> Flow,
) -> Flow {
    let root = if base.as_os_str().is_empty() {
        Path::new(".")
    } else {
        base
    };
    let mut files = 0;
    if root.is_dir() {
        walk(root, (Some(glob), request), &mut |event| {
            files += usize::from(matches!(event, WalkEvent::File(_)));
            on_event(event)
        })?;
    }
    if files == 0 {
        return on_event(WalkEvent::Issue(named_issue(
            pattern,
            "no file matches this pattern",
        )));
    }
    Flow::Continue(())
}

/// A folder or file to watch for changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Canonical path of the folder to watch, or of the folder that contains the file to watch.
    pub folder: PathBuf,
    /// Name of the only file in the folder to watch. `None` means that everything below the folder
    /// is watched.
    pub file: Option<PathBuf>,
}

/// Returns the folders and files to watch in order to notice changes in the corpus that `paths`
/// name. Standard input and the embedded sample cannot be watched and are left out.
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
