//! The names of the files that stand beside a library.

use std::fs;
use std::path::{Path, PathBuf};

/// The ending of a backup.
pub(super) const BACKUP: &str = ".backup";
/// What a library of the first layout was copied to before it was migrated.
pub(super) const BEFORE: &str = ".1.bak";

/// The file of a name that goes on with `ending`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// All files that belong to a library.
pub(super) fn companions(path: &Path) -> impl Iterator<Item = PathBuf> {
    let endings = ["-wal", "-shm", "-journal", BACKUP, BEFORE];
    endings.into_iter().map(|ending| beside(path, ending))
}

/// Whether a library is empty that was not: something of it stands beside.
pub(super) fn was_emptied(path: &Path) -> bool {
    let len = |path: &Path| fs::metadata(path).map_or(0, |data| data.len());
    let left = ["-wal", BACKUP, BEFORE].map(|ending| beside(path, ending));
    // Looked at last: another reader may be making both at this moment, the library first.
    left.iter().any(|file| len(file) > 0) && len(path) == 0
}
