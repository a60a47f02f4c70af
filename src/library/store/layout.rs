//! The layout of a library file: its application ID, its version, and the migration to the newest
//! version.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::{LibraryError, explain};
use super::names::with_suffix;
use super::rows;
use crate::files::private;

/// The application ID that marks a file as a library of kutip (`kutp`). It keeps other databases
/// from being taken for one.
const APPLICATION: i32 = 0x6b75_7470;
/// Offset of the application ID in the file, in bytes.
const MARK: usize = 68;

/// A migration step from one layout to the next: an SQL statement, and a function that runs after
/// it.
pub(super) struct Step {
    sql: &'static str,
    then: fn(&Connection) -> rusqlite::Result<()>,
}

/// The migration steps from an empty file to the newest layout. The version of a file is the number
/// of steps that were applied to it.
pub(super) const LAYOUT: &[Step] = &[
    Step {
        sql: "CREATE TABLE kept (entry TEXT PRIMARY KEY, change TEXT NOT NULL) WITHOUT ROWID",
        then: |_| Ok(()),
    },
    Step {
        sql: "ALTER TABLE kept ADD COLUMN sum INTEGER",
        then: rows::add_checksums,
    },
];

/// Returns the layout version of an open library file, or 0 if it is empty. Fails if the file is
/// not a library, is damaged, or has a newer layout.
pub(super) fn version(path: &Path, connection: &Connection) -> Result<usize, LibraryError> {
    let number = |pragma| {
        connection
            .query_row(pragma, [], |row| row.get::<_, i64>(0))
            .map_err(|e| explain(path, &e))
    };
    let shown = path.display().to_string();
    // The order matters: another process may be creating the library, which it does in one
    // transaction.
    let is_empty = number("SELECT count(*) FROM sqlite_schema")? == 0;
    let application = number("PRAGMA application_id")?;
    if application != i64::from(APPLICATION) && !is_empty {
        let is_like_ours = connection.prepare("SELECT entry, change FROM kept");
        return Err(match is_like_ours {
            Ok(_) => LibraryError::Damaged {
                path: shown,
                reason: "its header does not name kutip".to_owned(),
            },
            Err(_) => LibraryError::Foreign { path: shown },
        });
    }
    let found = usize::try_from(number("PRAGMA user_version")?).unwrap_or_default();
    if found > LAYOUT.len() {
        return Err(LibraryError::Newer {
            path: shown,
            found,
            known: LAYOUT.len(),
        });
    }
    if found == 0 && !is_empty {
        let reason = "its header names no layout".to_owned();
        return Err(LibraryError::Damaged {
            path: shown,
            reason,
        });
    }
    Ok(found)
}

/// Returns whether `bytes`, the first bytes of a file, have the application ID of a library,
/// damaged or not.
pub(super) fn is_library(bytes: &[u8]) -> bool {
    bytes.get(MARK..MARK + 4) == Some(&APPLICATION.to_be_bytes())
}

/// Migrates the library at `path` to the newest layout, in one transaction. Before that, leaves a
/// copy of an older library beside it (`library.db.1.bak`).
pub(super) fn migrate(path: &Path, connection: &mut Connection) -> Result<(), LibraryError> {
    let explain = |error| explain(path, &error);
    let found = version(path, connection)?;
    if found > 0 {
        let backup = with_suffix(path, &format!(".{found}.bak"));
        if !backup.exists() {
            private::ensure_file(&backup)?;
            let to = backup.display().to_string();
            connection
                .execute("VACUUM INTO ?1", [to])
                .map_err(explain)?;
        }
    }
    let work = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(explain)?;
    // Another process may have migrated it while this one waited for the lock.
    let found = version(path, &work)?;
    for step in LAYOUT.iter().skip(found) {
        work.execute_batch(step.sql).map_err(explain)?;
        (step.then)(&work).map_err(explain)?;
    }
    work.pragma_update(None, "application_id", APPLICATION)
        .map_err(explain)?;
    work.pragma_update(None, "user_version", LAYOUT.len() as u32)
        .map_err(explain)?;
    work.commit().map_err(explain)
}
