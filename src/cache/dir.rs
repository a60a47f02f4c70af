//! The cache directory, which has one folder per corpus: how much it holds, its maximum size, and
//! clearing it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::folder::LABEL;
use crate::files::private;
use crate::model::ContentKey;

/// Default maximum size of the cache in bytes (4 GiB). Above it, the corpora that were opened
/// longest ago are removed first.
const DEFAULT_MAX_SIZE: u64 = 4 << 30;
/// Default maximum size, in bytes (256 MiB), of the article texts of one load that stay in memory:
/// about eighty thousand articles.
const DEFAULT_TEXTS_IN_MEMORY: u64 = 256 << 20;

/// The directory that caches parsed files.
#[derive(Clone, Debug)]
pub struct CacheDir {
    folder: PathBuf,
    most: u64,
    held: u64,
}

/// The cached data of one corpus, as `kutip cache` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// The paths of the corpus, one a line.
    pub corpus: String,
    /// Size of the cached data on disk, in bytes.
    pub bytes: u64,
    /// Time when the corpus was last opened.
    pub opened: SystemTime,
    folder: PathBuf,
}

impl CacheDir {
    /// Returns a cache in `folder`, which need not exist.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            most: DEFAULT_MAX_SIZE,
            held: DEFAULT_TEXTS_IN_MEMORY,
        }
    }

    /// Sets the maximum size of the cache, in bytes, and returns the cache.
    #[must_use]
    pub fn with_most(mut self, most: u64) -> Self {
        self.most = most;
        self
    }

    /// Sets the maximum size, in bytes, of texts that stay in memory, and returns the cache.
    /// Further texts are moved to an unnamed file in the cache folder, which no longer exists when
    /// the program ends.
    #[must_use]
    pub fn with_held(mut self, held: u64) -> Self {
        self.held = held;
        self
    }

    /// Returns the maximum size of texts that stay in memory, in bytes.
    pub(super) fn held(&self) -> u64 {
        self.held
    }

    /// Returns the maximum size of the cache in bytes.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Checks that the cache folder can be used: that it is no symbolic link and belongs to the
    /// user. A folder that does not exist passes.
    ///
    /// # Errors
    /// Returns what is wrong with the folder, and what to do about it.
    pub fn check(&self) -> Result<(), private::Refusal> {
        if fs::symlink_metadata(&self.folder).is_err() {
            return Ok(());
        }
        private::ensure_folder(&self.folder)
    }

    /// Returns the path of the cache folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the cached corpora, most recently opened first.
    pub fn usage(&self) -> Vec<Usage> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut usage: Vec<_> = entries.filter_map(|entry| usage(entry.path())).collect();
        usage.sort_by(|a, b| (b.opened, &b.corpus).cmp(&(a.opened, &a.corpus)));
        usage
    }

    /// Removes all cached data, and no other files in the folder.
    ///
    /// # Errors
    /// Returns an error if something cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        for corpus in self.usage() {
            fs::remove_dir_all(corpus.folder)?;
        }
        Ok(())
    }

    /// Removes the cached data of the corpora that were opened longest ago, until the cache is
    /// within its maximum size. The corpus in the folder `latest` is removed last.
    pub(super) fn shrink(&self, latest: &Path) {
        let mut usage = self.usage();
        usage.sort_by_key(|corpus| corpus.folder != latest);
        let mut bytes = 0_u64;
        for corpus in usage {
            bytes = bytes.saturating_add(corpus.bytes);
            if bytes > self.most {
                // What cannot be removed is tried again next time.
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
