//! Symbolic links in a walk: where they lead, and whether the walk follows them.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::request::Links;

/// What a symbolic link leads to, and so whether it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A folder that is to be walked.
    Folder,
    File,
    /// Something that is neither a file nor a folder, such as a device.
    Other,
    /// A file or folder inside the walked folder, which is read under its own path instead.
    Inside,
    /// A file or folder outside the walked folder, which is not read.
    Outside,
    /// A file or folder that was already read under another path.
    AlreadyRead,
}

/// Whether the glob pattern that the user gave matches the path of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkMatch {
    Yes,
    No,
}

/// The files and folders that a walk has visited. The target of a symbolic link is read only once,
/// by whatever path it is reached.
#[derive(Debug)]
pub(super) struct Visited {
    links: Links,
    /// Canonical paths of the walked folder, and of the folders outside it to which links led.
    roots: Vec<PathBuf>,
    seen: HashSet<Identity>,
    /// Whether a file or folder may be reached by several paths. If not, `seen` stays empty.
    has_several_paths: bool,
}

/// A value that identifies a file or folder, whatever its path.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    let data = path.metadata()?;
    Ok((data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Identity> {
    path.canonicalize()
}

impl Visited {
    /// Returns the state at the start of a walk below `root`. `is_whole` says whether the walk
    /// reads all files, or only those that match a pattern.
    pub fn new(root: &Path, links: Links, is_whole: bool) -> Self {
        Self {
            links,
            roots: root.canonicalize().into_iter().collect(),
            seen: HashSet::new(),
            has_several_paths: links == Links::Everywhere || !is_whole,
        }
    }

    /// Returns whether a file or folder is visited for the first time, and marks it as visited.
    /// Makes no system call if nothing can be reached by several paths.
    pub fn enter(&mut self, path: &Path) -> bool {
        // An error is reported when the file is read.
        !self.has_several_paths || identity(path).map_or(true, |own| self.seen.insert(own))
    }

    /// Returns whether to read a file that is no symbolic link. If links are followed everywhere, a
    /// file is read only once, even if it has several names (hard links). Otherwise it is read
    /// under each name.
    pub fn enter_file(&mut self, path: &Path) -> bool {
        self.enter(path) || self.links == Links::Inside
    }

    /// Returns what a symbolic link leads to. Marks the target as visited if it is to be read.
    /// `matched` says whether the user's pattern matches the link itself.
    ///
    /// # Errors
    /// Returns an error if the target does not exist or cannot be accessed.
    pub fn follow(&mut self, link: &Path, matched: LinkMatch) -> io::Result<Target> {
        let data = link.metadata()?;
        if !data.is_dir() && !data.is_file() {
            return Ok(Target::Other);
        }
        let target = link.canonicalize()?;
        let is_inside = self.roots.iter().any(|root| target.starts_with(root));
        if matched == LinkMatch::No {
            if is_inside {
                return Ok(Target::Inside);
            }
            if self.links == Links::Inside {
                return Ok(Target::Outside);
            }
        }
        if !self.enter(link) {
            return Ok(Target::AlreadyRead);
        }
        if !data.is_dir() {
            return Ok(Target::File);
        }
        if !is_inside {
            self.roots.push(target);
        }
        Ok(Target::Folder)
    }
}
