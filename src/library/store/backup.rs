//! The backup of a library (`library.db.backup`): a copy of an undamaged library, made at most once
//! a day.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::{Connection, MAIN_DB};

use super::error::{LibraryError, explain};
use super::names::{BACKUP, BEFORE_MIGRATION, with_suffix};
use super::rows::Rows;
use super::salvage::salvage;
use crate::files::private;

/// Age of a backup at which the next change makes a new one.
const AGE: Duration = Duration::from_hours(24);

/// A backup of a library that was found and read.
pub(super) struct Backup {
    /// The path of the backup file.
    pub path: PathBuf,
    /// When the backup was made.
    pub made: SystemTime,
    /// The rows that were read from the backup.
    pub rows: Rows,
}

/// Returns the newest backup of the library at `path` that can be read, or `None`. The copy that
/// was made before a migration counts, too.
pub(super) fn newest(path: &Path) -> Option<Backup> {
    let found = [BACKUP, BEFORE_MIGRATION].into_iter().filter_map(|ending| {
        let path = with_suffix(path, ending);
        let made = fs::metadata(&path).and_then(|data| data.modified()).ok()?;
        let rows = salvage(&path).ok()?;
        Some(Backup { path, made, rows })
    });
    found.max_by_key(|backup| backup.made)
}

/// Returns when the daily backup of the library at `path` was made, or `None` if there is none.
pub(super) fn made(path: &Path) -> Option<SystemTime> {
    let data = fs::metadata(with_suffix(path, BACKUP));
    data.and_then(|data| data.modified()).ok()
}

/// Returns whether the library at `path` has no daily backup, or one that is at least a day old.
pub(super) fn is_due(path: &Path) -> bool {
    // A backup that is dated in the future does not count.
    let age = made(path).and_then(|made| made.elapsed().ok());
    age.is_none_or(|age| age >= AGE)
}

/// Copies the open library at `path`, which must have been checked, to its backup. The copy is
/// readable by its owner only, and is written completely or not at all.
pub(super) fn make(path: &Path, connection: &Connection) -> Result<(), LibraryError> {
    let backup = with_suffix(path, BACKUP);
    let part = with_suffix(&backup, &format!(".{}.part", std::process::id()));
    let made = copy(connection, &part).and_then(|()| {
        fs::rename(&part, &backup).map_err(|error| LibraryError::system(&backup, &error))
    });
    if made.is_err() {
        // The error above is the one to report.
        let _ = fs::remove_file(&part);
    }
    made
}

fn copy(connection: &Connection, part: &Path) -> Result<(), LibraryError> {
    private::ensure_file(part)?;
    let copied = connection.backup(MAIN_DB, part, None::<fn(_)>);
    copied.map_err(|error| explain(part, &error))?;
    let rows = salvage(part)?;
    if rows.missing() == Some(0) && rows.tally == Some(rows.tally_of_whole()) {
        return Ok(());
    }
    Err(LibraryError::Damaged {
        path: part.display().to_string(),
        reason: "the backup is not what was to be copied".to_owned(),
    })
}
