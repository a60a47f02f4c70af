//! The folder of the cache: a folder for each corpus in it, its size and its bound.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::folder::LABEL;
use crate::files::private;
use crate::model::ContentKey;

/// Bytes that the cache takes at most; above, the corpora that were opened longest ago go first.
const MOST: u64 = 4 << 30;
/// Bytes of texts of one loading that stay in memory: some eighty thousand articles.
const HELD: u64 = 256 << 20;

/// Where what was parsed is kept.
#[derive(Clone, Debug)]
pub struct CacheDir {
    folder: PathBuf,
    most: u64,
    held: u64,
}

/// What is kept of one corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Its paths.
    pub corpus: String,
    /// Bytes on disk.
    pub bytes: u64,
    /// When it was last opened.
    pub opened: SystemTime,
    folder: PathBuf,
}

impl CacheDir {
    /// A cache in `folder`, which need not exist.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            most: MOST,
            held: HELD,
        }
    }

    /// The same with another bound, in bytes.
    #[must_use]
    pub fn with_most(mut self, most: u64) -> Self {
        self.most = most;
        self
    }

    /// The same with another bound to what texts take of memory, in bytes: those that come later
    /// stand in a file of the cache's folder that has no name and is gone with the program.
    #[must_use]
    pub fn with_held(mut self, held: u64) -> Self {
        self.held = held;
        self
    }

    /// The bound to what texts take of memory, in bytes.
    pub(super) fn held(&self) -> u64 {
        self.held
    }

    /// The bound, in bytes.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Why nothing is kept there, where that is so: it is a link, or another user's.
    ///
    /// # Errors
    /// Names what stands in the way, and what to do.
    pub fn check(&self) -> Result<(), private::Refusal> {
        if fs::symlink_metadata(&self.folder).is_err() {
            return Ok(());
        }
        private::ensure_folder(&self.folder)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is kept, the corpus that was opened last first.
    pub fn usage(&self) -> Vec<Usage> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut usage: Vec<_> = entries.filter_map(|entry| usage(entry.path())).collect();
        usage.sort_by(|a, b| (b.opened, &b.corpus).cmp(&(a.opened, &a.corpus)));
        usage
    }

    /// Removes all that is kept, and nothing else that may stand in the folder.
    ///
    /// # Errors
    /// Where something cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        for corpus in self.usage() {
            fs::remove_dir_all(corpus.folder)?;
        }
        Ok(())
    }

    /// Removes what was opened longest ago until the rest is within the bound; the corpus in
    /// `latest` goes last.
    pub(super) fn shrink(&self, latest: &Path) {
        let mut usage = self.usage();
        usage.sort_by_key(|corpus| corpus.folder != latest);
        let mut bytes = 0_u64;
        for corpus in usage {
            bytes = bytes.saturating_add(corpus.bytes);
            if bytes > self.most {
                // What stays is tried again the next time.
                let _ = fs::remove_dir_all(corpus.folder);
            }
        }
    }
}

fn usage(folder: PathBuf) -> Option<Usage> {
    folder.file_name()?.to_str()?.parse::<ContentKey>().ok()?;
    let label = folder.join(LABEL);
    let files = fs::read_dir(&folder).ok()?.flatten();
    let lengths = files.filter_map(|file| file.metadata().ok());
    Some(Usage {
        bytes: lengths.map(|data| data.len()).sum(),
        corpus: fs::read_to_string(&label).unwrap_or_default(),
        opened: fs::metadata(&label)
            .and_then(|data| data.modified())
            .unwrap_or(SystemTime::UNIX_EPOCH),
        folder,
    })
}
