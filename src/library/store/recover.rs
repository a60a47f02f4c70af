//! A new library from what can be read of a damaged one, and from its backup.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::LibraryError;
use super::salvage::salvage;
use super::{Store, backup};

/// What was saved of a damaged library.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// How many entries were read.
    pub read: usize,
    /// The entries that come from a backup: its file, when it was made, and which. Among them may
    /// be some that were removed or changed since.
    pub from_backup: Option<(PathBuf, SystemTime, Vec<String>)>,
    /// How many entries are lost; `None` where nothing tells.
    pub lost: Option<u64>,
    /// Those of them that can be named.
    pub named: Vec<String>,
}

/// Writes what can be read of the library at `path`, and what its newest backup has of the rest,
/// to a new library at `to`. The damaged one is left as it is.
///
/// # Errors
/// Where the damaged file cannot be read, or there is something at `to`, or it cannot be written.
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
