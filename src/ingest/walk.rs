//! Walks the files below one folder, in path order.

use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR, Path};
use std::sync::Arc;

use globset::GlobMatcher;
use walkdir::{DirEntry, Error, IntoIter, WalkDir};

use super::exclude::Exclude;
use super::file::{File, Flow, Source, WalkEvent, has_skipped_extension};
use super::links::{LinkMatch, Target, Visited};
use super::request::Request;
use super::stat::Stats;
use crate::model::{Fault, Format, Issue, Skipped};

/// Folders of version control systems, which contain no articles.
const VERSION_CONTROL_FOLDERS: [&str; 3] = [".git", ".hg", ".svn"];

/// Passes to `on_event` all files below `root`, except for those that the request excludes. If
/// there is a `glob`, it must match the file or a folder above it.
///
/// Neither a `.gitignore` nor a leading dot hides a file. The entries of a folder are sorted before
/// they are visited, which takes a tenth of a second for a hundred thousand files; nothing else has
/// to wait for the whole walk.
pub(super) fn walk(
    root: &Path,
    (glob, request): (Option<&GlobMatcher>, &Request),
    on_event: &mut dyn FnMut(WalkEvent) -> Flow,
) -> Flow {
    let mut walk = Walk {
        root,
        glob,
        exclude: &request.exclude,
        visited: Visited::new(root, request.links, glob.is_none()),
        stats: Stats::default(),
        folders: vec![entries(root)],
    };
    while let Some(entry) = walk.next() {
        let event = match entry {
            Ok(entry) => walk.visit(entry),
            Err(error) => {
                let issue = walk_issue(&error, root);
                // An error in a place that the pattern does not match is ignored.
                let is_wanted = walk.is_wanted(Path::new(&*issue.path));
                is_wanted.then_some(WalkEvent::Issue(issue))
            }
        };
        if let Some(event) = event {
            on_event(event)?;
        }
    }
    Flow::Continue(())
}

struct Walk<'w> {
    root: &'w Path,
    glob: Option<&'w GlobMatcher>,
    exclude: &'w Exclude,
    visited: Visited,
    stats: Stats,
    /// Stack of the folders that are being walked. The current one is the last; each was reached by
    /// a link in the folder before it.
    folders: Vec<IntoIter>,
}

impl Walk<'_> {
    fn next(&mut self) -> Option<Result<DirEntry, Error>> {
        loop {
            match self.folders.last_mut()?.next() {
                Some(entry) => return Some(entry),
                None => self.folders.pop(),
            };
        }
    }

    fn is_matched(&self, path: &Path) -> bool {
        let path = path.strip_prefix("./").unwrap_or(path);
        self.glob.is_some_and(|glob| glob.is_match(path))
    }

    fn is_wanted(&self, path: &Path) -> bool {
        self.glob.is_none() || path.ancestors().any(|above| self.is_matched(above))
    }

    fn leave_folder(&mut self) {
        if let Some(folder) = self.folders.last_mut() {
            folder.skip_current_dir();
        }
    }

    /// Visits a file, folder or link. Returns the event to report, if any.
    fn visit(&mut self, entry: DirEntry) -> Option<WalkEvent> {
        let is_link = entry.path_is_symlink();
        let is_folder = entry.file_type().is_dir();
        if entry.depth() == 0 {
            // This is the root, or a folder that a link led to, which was entered with the link.
            if self.folders.len() == 1 && self.is_wanted(entry.path()) {
                self.visited.enter(entry.path());
            }
            return None;
        }
        let is_private =
            || VERSION_CONTROL_FOLDERS.contains(&&*entry.file_name().to_string_lossy());
        if (is_folder || is_link) && is_private() {
            if is_folder {
                self.leave_folder();
            }
            return Some(skipped(entry.path(), "files of a version control system"));
        }
        if !self.is_wanted(entry.path()) {
            return None;
        }
        let below = entry.path().strip_prefix(self.root);
        if below.is_ok_and(|below| self.exclude.matches(below)) {
            if is_folder {
                self.leave_folder();
            }
            return Some(skipped(entry.path(), EXCLUDED));
        }
        if is_link {
            return self.follow_link(entry);
        }
        if is_folder {
            if self.visited.enter(entry.path()) {
                return None;
            }
            self.leave_folder();
            return Some(skipped(entry.path(), ALREADY_READ));
        }
        if self.visited.enter_file(entry.path()) {
            return Some(self.file(entry));
        }
        Some(skipped(entry.path(), ALREADY_READ))
    }

    fn follow_link(&mut self, link: DirEntry) -> Option<WalkEvent> {
        let path = link.path();
        let matched = if self.is_matched(path) {
            LinkMatch::Yes
        } else {
            LinkMatch::No
        };
        match self.visited.follow(path, matched) {
            Ok(Target::Folder) => {
                let folder = entries(path);
                self.folders.push(folder);
                None
            }
            Ok(Target::File) => Some(self.file(link)),
            Ok(target) => Some(skipped(path, describe_link(target))),
            Err(error) => Some(WalkEvent::Issue(issue(
                path,
                self.root,
                describe_error(&error),
            ))),
        }
    }

    fn file(&mut self, entry: DirEntry) -> WalkEvent {
        event_for(entry, (self.root, self.glob.is_none()), &mut self.stats)
    }
}

fn entries(folder: &Path) -> IntoIter {
    WalkDir::new(folder)
        // Sorted by whole path: entries share the parent's path, so this equals sorting by name,
        // without extracting the names.
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter()
}

/// The reason that is reported for skipping what the user excludes.
pub(super) const EXCLUDED: &str = "left out by `--exclude`";
const NOT_A_FILE: &str = "a pipe, socket or device";
const ALREADY_READ: &str = "already read under another path";

fn describe_link(target: Target) -> &'static str {
    match target {
        Target::Inside => "a symbolic link to something that is read under its own path",
        Target::Outside => {
            "a symbolic link that leads outside the folder; `--follow` reads its target"
        }
        Target::Other => NOT_A_FILE,
        Target::AlreadyRead | Target::Folder | Target::File => ALREADY_READ,
    }
}

/// Returns the event for an entry that is not a folder: a file to read, or a file that is skipped.
fn event_for(entry: DirEntry, (root, is_walked): (&Path, bool), stats: &mut Stats) -> WalkEvent {
    let path = entry.path();
    if !entry.file_type().is_file() && !entry.path_is_symlink() {
        return skipped(path, NOT_A_FILE);
    }
    if has_skipped_extension(&entry.file_name().to_string_lossy()) {
        return skipped(path, "files with this extension contain no articles");
    }
    let stat = stats.of(&entry);
    let shown = path.to_string_lossy();
    // Paths in a walk begin with its root, as the root was written.
    let below = shown
        .strip_prefix(&*root.to_string_lossy())
        .unwrap_or(&shown);
    let below = shown.len() - below.trim_start_matches(MAIN_SEPARATOR).len();
    let shown = Arc::from(shown);
    let path = entry.into_path();
    WalkEvent::File(File {
        source: match path.to_str() {
            Some(_) => Source::Disk,
            None => Source::NonUnicode(path),
        },
        path: shown,
        below,
        fault_kind: Fault::Record,
        is_walked,
        len: stat.len,
        modified: stat.modified,
        identity: stat.identity,
    })
}

/// Returns the event that a file or folder is skipped for `reason`.
pub(super) fn skipped(path: &Path, reason: &str) -> WalkEvent {
    WalkEvent::Skipped(Skipped {
        path: path.to_string_lossy().into(),
        record: None,
        format: Format::Unknown,
        reason: reason.into(),
        count: 1,
    })
}

fn walk_issue(error: &Error, root: &Path) -> Issue {
    let reason = match error.io_error() {
        Some(error) => describe_error(error),
        None => error.to_string(),
    };
    issue(error.path().unwrap_or(root), root, reason)
}

fn issue(path: &Path, root: &Path, reason: String) -> Issue {
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
        reason: reason.into(),
        count: 1,
    }
}

fn describe_error(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "a broken symbolic link".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
