//! What stands in a library's file: whose it is, its layout, and the way to the newest one.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::{LibraryError, explain};
use super::names::beside;
use super::rows;
use crate::files::private;

/// Marks the file as kutip's (`kutp`), so that no other database is taken for a library.
const APPLICATION: i32 = 0x6b75_7470;
/// Where the mark stands in the file.
const MARK: usize = 68;

/// A step from one layout to the next.
pub(super) struct Step {
    sql: &'static str,
    then: fn(&Connection) -> rusqlite::Result<()>,
}

/// The steps from an empty file to the newest layout; the version is how many were made.
pub(super) const LAYOUT: &[Step] = &[
    Step {
        sql: "CREATE TABLE kept (entry TEXT PRIMARY KEY, change TEXT NOT NULL) WITHOUT ROWID",
        then: |_| Ok(()),
    },
    Step {
        sql: "ALTER TABLE kept ADD COLUMN sum INTEGER",
        then: rows::seal,
    },
];

/// The layout of an open file: 0 for an empty one.
pub(super) fn version(path: &Path, connection: &Connection) -> Result<usize, LibraryError> {
    let number = |pragma| {
        connection
            .query_row(pragma, [], |row| row.get::<_, i64>(0))
            .map_err(|e| explain(path, &e))
    };
    let shown = path.display().to_string();
    // In this order: another reader may be making the library at this moment, and all of it is
    // there at once.
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

/// Whether the first bytes of a file are those of a library, even of a damaged one.
pub(super) fn is_library(bytes: &[u8]) -> bool {
    bytes.get(MARK..MARK + 4) == Some(&APPLICATION.to_be_bytes())
}

/// Brings the file to the newest layout, in one transaction.
pub(super) fn migrate(path: &Path, connection: &mut Connection) -> Result<(), LibraryError> {
    let explain = |error| explain(path, &error);
    let found = version(path, connection)?;
    if found > 0 {
        let backup = beside(path, &format!(".{found}.bak"));
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
    // Another reader may have migrated it while this one waited for the lock.
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
