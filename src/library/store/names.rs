//! The names of the files beside a library that belong to it.

use std::fs;
use std::path::{Path, PathBuf};

/// The suffix that is added to the name of a library for its daily backup.
pub(super) const BACKUP: &str = ".backup";
/// The suffix that is added to the name of a library for the copy made before a migration from the
/// first layout.
pub(super) const BEFORE_MIGRATION: &str = ".1.bak";

/// Returns `path` with the suffix `ending` appended to its file name.
pub(super) fn with_suffix(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Returns the paths of all files that may exist beside the library at `path`: logs of `SQLite`,
/// and backups.
pub(super) fn companions(path: &Path) -> impl Iterator<Item = PathBuf> {
    let endings = ["-wal", "-shm", "-journal", BACKUP, BEFORE_MIGRATION];
    endings.into_iter().map(|ending| with_suffix(path, ending))
}

/// Returns whether the library at `path` was truncated to nothing: its file is empty, but its log
/// or a backup is not.
pub(super) fn was_emptied(path: &Path) -> bool {
    let len = |path: &Path| fs::metadata(path).map_or(0, |data| data.len());
    let left = ["-wal", BACKUP, BEFORE_MIGRATION].map(|ending| with_suffix(path, ending));
    // Checked last: another process may be creating both files, the library first.
    left.iter().any(|file| len(file) > 0) && len(path) == 0
}
