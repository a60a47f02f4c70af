//! Symbolic links in a walk: where they lead, and whether the walk follows them.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::request::Links;

/// The target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A folder that is to be read.
    Folder,
    File,
    /// Something that is neither a file nor a folder.
    Other,
    /// Something that the walk reads at its own path.
    Inside,
    /// Something outside the folder, where the walk does not go.
    Outside,
    /// Something that was already read by another path.
    Known,
}

/// Whether the user's pattern matches the link itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Yes,
    No,
}

/// The files and folders that a walk has visited. What links lead to is read only once, whatever
/// the path.
#[derive(Debug)]
pub(super) struct Visited {
    links: Links,
    /// Canonical paths of the folders that are walked as a whole.
    roots: Vec<PathBuf>,
    seen: HashSet<Identity>,
    /// Whether a file or folder may be reached by several paths.
    has_ways: bool,
}

/// The identity of a file or folder.
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
    /// Returns the state of a walk below `root`. `is_whole` says whether it reads everything or
    /// only what a pattern matches.
    pub fn new(root: &Path, links: Links, is_whole: bool) -> Self {
        Self {
            links,
            roots: root.canonicalize().into_iter().collect(),
            seen: HashSet::new(),
            has_ways: links == Links::Everywhere || !is_whole,
        }
    }

    /// Returns whether a file or folder is visited for the first time. Makes no system call if each
    /// can be reached by only one path.
    pub fn enter(&mut self, path: &Path) -> bool {
        // An error is reported when the file is read.
        !self.has_ways || identity(path).map_or(true, |own| self.seen.insert(own))
    }

    /// Returns whether to read a file that is no link. Unless links are followed everywhere, a file
    /// with several names (hard links) is read under each of them.
    pub fn enter_file(&mut self, path: &Path) -> bool {
        self.enter(path) || self.links == Links::Inside
    }

    /// Returns where a link leads.
    ///
    /// # Errors
    /// Returns an error if the target does not exist or cannot be accessed.
    pub fn follow(&mut self, link: &Path, asked: Asked) -> io::Result<Target> {
        let data = link.metadata()?;
        if !data.is_dir() && !data.is_file() {
            return Ok(Target::Other);
        }
        let target = link.canonicalize()?;
        let is_inside = self.roots.iter().any(|root| target.starts_with(root));
        if asked == Asked::No {
            if is_inside {
                return Ok(Target::Inside);
            }
            if self.links == Links::Inside {
                return Ok(Target::Outside);
            }
        }
        if !self.enter(link) {
            return Ok(Target::Known);
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
