//! Recovery: writes the readable entries of a damaged library and its backup to a new library.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::LibraryError;
use super::salvage::salvage;
use super::{Store, backup};

/// The result of a recovery: what was saved, and what is lost.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// Number of entries that were read from the damaged library.
    pub read: usize,
    /// If entries were taken from the backup: its path, when it was made, and the names of these
    /// entries. Some of them may have been removed or changed since.
    pub from_backup: Option<(PathBuf, SystemTime, Vec<String>)>,
    /// Number of entries that are lost; `None` if unknown.
    pub lost: Option<u64>,
    /// The names of the lost entries, as far as they are known.
    pub named: Vec<String>,
}

/// Writes all readable entries of the library at `path` to a new library at `to`, and takes missing
/// ones from the newest backup. Leaves the damaged library unchanged.
///
/// # Errors
/// Fails if the damaged file cannot be read, if something exists at `to`, or if it cannot be
/// written.
pub fn recover(path: &Path, to: &Path) -> Result<Recovered, LibraryError> {
    if to.symlink_metadata().is_ok() {
        let path = to.display().to_string();
        return Err(LibraryError::There { path });
    }
    let rows = salvage(path)?;
    let (read, missing) = (rows.whole.len(), rows.missing());
    let newest = backup::newest(path).filter(|_| missing != Some(0));
    let from_backup = newest.map(|mut backup| {
        backup
            .rows
            .whole
            .retain(|entry, _| !rows.whole.contains_key(entry));
        backup
    });
    let mut all = rows.whole;
    let mut named = rows.broken;
    let from_backup = from_backup.map(|backup| {
        let entries: Vec<_> = backup.rows.whole.keys().cloned().collect();
        named.retain(|entry| !backup.rows.whole.contains_key(entry));
        all.extend(backup.rows.whole);
        (backup.path, backup.made, entries)
    });
    let found = from_backup
        .as_ref()
        .map_or(0, |(_, _, entries)| entries.len());
    let mut store = Store::open(to)?;
    let all = all.into_iter();
    store.write(all.map(|(entry, change)| (entry, Some(Cow::Owned(change)))))?;
    Ok(Recovered {
        read,
        from_backup: from_backup.filter(|_| found > 0),
        lost: missing.map(|missing| missing.saturating_sub(found as u64)),
        named: named.into_iter().collect(),
    })
}
