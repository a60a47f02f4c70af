//! The folder of the cache: a folder for each corpus in it, its size and its bound.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::Store;
use super::segment::Fingerprint;
use crate::files::private;
use crate::ingest::Request;
use crate::model::ContentKey;

/// Bytes that the cache takes at most; above, the corpora that were opened longest ago go first.
const MOST: u64 = 4 << 30;
/// Bytes of texts of one loading that stay in memory: some eighty thousand articles.
const HELD: u64 = 256 << 20;
/// The file that names the corpus of a folder; written whenever it is opened.
const LABEL: &str = "corpus";

/// Where what was parsed is kept.
#[derive(Clone, Debug)]
pub struct Place {
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

impl Place {
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

    /// What is kept of the corpus that `request` names, made by the rules of this digest; `None`
    /// where nothing can be kept of it.
    pub fn open(&self, request: &Request, rules: &[[u8; 32]]) -> Option<Store> {
        if request.paths.is_empty() {
            return None;
        }
        let paths = request.paths.iter().map(std::path::absolute);
        let paths: Vec<_> = paths.collect::<Result<_, _>>().ok()?;
        let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
        let label = paths.join("\n");
        let name = ContentKey::of(&format!("{label}\n{:?}", request.options));
        let folder = self.folder.join(name.to_string());
        let corpus = Folder::new(folder, &label);
        if fs::symlink_metadata(&corpus.path).is_ok() {
            corpus.create().ok()?;
        }
        Some(Store::open(self.clone(), corpus, &fingerprint(rules)))
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

/// The folder of one corpus. A corpus too small to be kept has none.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub path: PathBuf,
    label: String,
}

impl Folder {
    pub fn new(path: PathBuf, label: &str) -> Self {
        let label = label.to_owned();
        Self { path, label }
    }

    /// Makes it, or takes it as it is, for nobody else to read: what the user reads is the user's
    /// affair.
    pub fn create(&self) -> io::Result<()> {
        survive_limits();
        if let Some(cache) = self.path.parent() {
            private::ensure_folder(cache)?;
        }
        private::ensure_folder(&self.path)?;
        // Without it, this corpus is only among the first to go.
        let _ = self.mark_opened();
        Ok(())
    }

    fn mark_opened(&self) -> io::Result<()> {
        let label = self.path.join(LABEL);
        private::ensure_file(&label)?;
        fs::write(label, &self.label)
    }
}

/// Makes of a file that grows beyond what the shell allows (`ulimit -f`) an error of writing, instead
/// of the program's end: a cache can be done without. A program that this one starts is not
/// affected, as handlers are not inherited.
fn survive_limits() {
    #[cfg(unix)]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            // Where it cannot be done, all is as it was.
            let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
        });
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

/// What tells this program with its rules from any other: an outcome holds for nobody else. The
/// program's own file is part of it, so that one that was built anew trusts nothing older.
fn fingerprint(rules: &[[u8; 32]]) -> Fingerprint {
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    for rules in rules {
        digest.update(rules);
    }
    let program = std::env::current_exe().and_then(fs::metadata);
    if let Ok(program) = program {
        digest.update(format!("{} {:?}", program.len(), program.modified().ok()));
    }
    digest.finalize().into()
}
