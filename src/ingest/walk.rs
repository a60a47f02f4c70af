//! A walk below one folder, in path order.

use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR, Path};
use std::sync::Arc;

use globset::GlobMatcher;
use walkdir::{DirEntry, Error, WalkDir};

use super::discover::{File, Flow, Met, Source, is_foreign};
use super::stat::Stats;
use crate::model::{Fault, Format, Issue, Skipped};

/// Folders in which version control keeps its own files; nobody's articles.
const PRIVATE_FOLDERS: [&str; 3] = [".git", ".hg", ".svn"];

/// Tells all files below `root`, or those that `glob` matches, itself or by a folder above. Neither
/// a `.gitignore` nor a leading dot hides an article. A folder is sorted before it is gone through,
/// which takes a tenth of a second for a hundred thousand files; nothing else waits for the rest.
pub(super) fn walk(
    root: &Path,
    glob: Option<&GlobMatcher>,
    tell: &mut dyn FnMut(Met) -> Flow,
) -> Flow {
    let wants = |path: &Path| {
        let path = path.strip_prefix("./").unwrap_or(path);
        glob.is_none_or(|glob| path.ancestors().any(|above| glob.is_match(above)))
    };
    let mut entries = WalkDir::new(root)
        .follow_links(true)
        // By name: they share the folder before it, so that no name need be cut out of a path.
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter();
    let mut stats = Stats::default();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let issue = walk_issue(&error, root);
                // A loop far from what a pattern asks for is none of its business.
                if wants(Path::new(&*issue.path)) {
                    tell(Met::Issue(issue))?;
                }
                continue;
            }
        };
        if entry.file_type().is_dir() {
            let name = entry.file_name().to_string_lossy();
            if entry.depth() > 0 && PRIVATE_FOLDERS.contains(&&*name) {
                entries.skip_current_dir();
                tell(skipped(entry.path(), "version control's own files"))?;
            }
        } else if wants(entry.path()) {
            tell(met(entry, root, &mut stats))?;
        }
    }
    Flow::Continue(())
}

/// What is to be told of an entry that is no folder.
fn met(entry: DirEntry, root: &Path, stats: &mut Stats) -> Met {
    let path = entry.path();
    if !entry.file_type().is_file() {
        return skipped(path, "a pipe, socket or device");
    }
    if is_foreign(&entry.file_name().to_string_lossy()) {
        return skipped(path, "its ending is that of a file without articles");
    }
    let stat = stats.of(&entry);
    let shown = path.to_string_lossy();
    // What a walk meets begins with its root, as that was written.
    let below = shown
        .strip_prefix(&*root.to_string_lossy())
        .unwrap_or(&shown);
    let below = shown.len() - below.trim_start_matches(MAIN_SEPARATOR).len();
    let shown = Arc::from(shown);
    let path = entry.into_path();
    Met::File(File {
        source: match path.to_str() {
            Some(_) => Source::Disk,
            None => Source::Unspelled(path),
        },
        path: shown,
        below,
        standing: Fault::Record,
        len: stat.len,
        modified: stat.modified,
    })
}

fn skipped(path: &Path, reason: &str) -> Met {
    Met::Skipped(Skipped {
        path: path.to_string_lossy().into(),
        record: None,
        format: Format::Unknown,
        reason: reason.into(),
        count: 1,
    })
}

fn walk_issue(error: &Error, root: &Path) -> Issue {
    let path = error.path().unwrap_or(root);
    Issue {
        path: path.to_string_lossy().into(),
        record: None,
        format: Format::Unknown,
        line: None,
        fault: if path == root {
            Fault::NamedPath
        } else {
            Fault::Record
        },
        reason: describe_walk_error(error).into(),
        count: 1,
    }
}

fn describe_walk_error(error: &Error) -> String {
    if let Some(ancestor) = error.loop_ancestor() {
        let above = ancestor.display();
        return format!("a symbolic link back to {above}, a folder above it");
    }
    match error.io_error() {
        Some(error) if error.kind() == ErrorKind::NotFound => {
            "a symbolic link that leads nowhere".to_owned()
        }
        Some(error) if error.kind() == ErrorKind::PermissionDenied => {
            "permission denied".to_owned()
        }
        Some(error) => error.to_string(),
        None => error.to_string(),
    }
}
