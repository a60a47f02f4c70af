//! The names of the files that belong to a library.

use std::fs;
use std::path::{Path, PathBuf};

/// The suffix of the backup.
pub(super) const BACKUP: &str = ".backup";
/// The suffix of the copy of a library of the first layout, made before its migration.
pub(super) const BEFORE: &str = ".1.bak";

/// Returns `path` with `ending` appended to its file name.
pub(super) fn with_suffix(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Returns the paths of all files that may stand beside the library at `path`.
pub(super) fn companions(path: &Path) -> impl Iterator<Item = PathBuf> {
    let endings = ["-wal", "-shm", "-journal", BACKUP, BEFORE];
    endings.into_iter().map(|ending| with_suffix(path, ending))
}

/// Returns whether a library was truncated to nothing: its file is empty, but the log or a backup
/// is not.
pub(super) fn was_emptied(path: &Path) -> bool {
    let len = |path: &Path| fs::metadata(path).map_or(0, |data| data.len());
    let left = ["-wal", BACKUP, BEFORE].map(|ending| with_suffix(path, ending));
    // Checked last: another process may be creating both files, the library first.
    left.iter().any(|file| len(file) > 0) && len(path) == 0
}
