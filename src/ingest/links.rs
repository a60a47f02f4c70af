//! Symbolic links that a walk meets: where they lead, and whether it goes there.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::request::Links;

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A folder or file that is to be read.
    Folder,
    File,
    /// Something of another kind.
    Other,
    /// Something that is read at its own place.
    Inside,
    /// Something outside, where the walk does not go.
    Outside,
    /// Something that was read by another way.
    Known,
}

/// Whether a link is asked for by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Yes,
    No,
}

/// Where a walk has been: what it finds behind links is read once, by whatever way.
#[derive(Debug)]
pub(super) struct Visited {
    links: Links,
    /// The folders that are gone through whole, by the system's own names.
    roots: Vec<PathBuf>,
    seen: HashSet<Identity>,
    /// Whether a file or folder may be met by several ways.
    has_ways: bool,
}

/// What makes a file or folder the same as another.
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
    /// A walk below `root`, of which all is read, or only what is asked for.
    pub fn new(root: &Path, links: Links, is_whole: bool) -> Self {
        Self {
            links,
            roots: root.canonicalize().into_iter().collect(),
            seen: HashSet::new(),
            has_ways: links == Links::Everywhere || !is_whole,
        }
    }

    /// Whether a file or folder is met for the first time. Nothing is asked of the system where
    /// there is only one way to each.
    pub fn enter(&mut self, path: &Path) -> bool {
        // What cannot be asked about is told when it is read.
        !self.has_ways || identity(path).map_or(true, |own| self.seen.insert(own))
    }

    /// The same for a file at its own place: but for links that lead everywhere, one with several
    /// names is a file for each.
    pub fn enter_file(&mut self, path: &Path) -> bool {
        self.enter(path) || self.links == Links::Inside
    }

    /// Where a link leads.
    ///
    /// # Errors
    /// Where it leads nowhere, or where nobody may look.
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
