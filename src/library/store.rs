//! The library on disk: one `SQLite` file, written at each change.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{Change, State};

/// Marks the file as kutip's (`kutp`), so that no other database is taken for a library.
const APPLICATION: i32 = 0x6b75_7470;

/// The steps from an empty file to the newest layout; the version is how many were made.
const LAYOUT: &[&str] =
    &["CREATE TABLE kept (entry TEXT PRIMARY KEY, change TEXT NOT NULL) WITHOUT ROWID"];

/// How long to wait while another reader writes: on a slow disk each write takes a while, and the
/// one that waits may come last.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long to wait before opening is tried again.
const BREATH: Duration = Duration::from_millis(10);

/// Whether what is changed can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Changes are written.
    ReadWrite,
    /// The file or its folder cannot be written: changes last until the reader closes.
    ReadOnly,
}

/// Why a library cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Another program's database.
    #[error("{path}: is a database, but no library of kutip's; name another with --library")]
    Foreign {
        /// The file.
        path: String,
    },
    /// Made by a newer kutip.
    #[error(
        "{path}: was written by a newer kutip (layout {found}, this one knows {known}); update kutip or name another library with --library"
    )]
    Newer {
        /// The file.
        path: String,
        /// Its layout.
        found: usize,
        /// The newest that this program knows.
        known: usize,
    },
    /// The disk is full, or a quota is reached.
    #[error("{path}: the disk is full; the last change is not kept")]
    Full {
        /// The file.
        path: String,
    },
    /// The file or its folder may not be written.
    #[error("{path}: cannot be written; changes are not kept")]
    ReadOnly {
        /// The file.
        path: String,
    },
    /// Another program holds it, and does not let go.
    #[error("{path}: another program is writing to it; try again")]
    Busy {
        /// The file.
        path: String,
    },
    /// Anything else that the database or the system says.
    #[error("{path}: {reason}")]
    Other {
        /// The file.
        path: String,
        /// What was said.
        reason: String,
    },
}

/// An open library. Several readers may hold one file open at once.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Connection,
    access: Access,
}

impl Store {
    /// Opens the library at `path`, making it and its folder where they are missing, and migrating
    /// an older one, with a copy of it beside (`library.db.1.bak`).
    ///
    /// # Errors
    /// Where the file is another program's, a newer kutip's, damaged, or can be neither opened nor
    /// made.
    pub fn open(path: &Path) -> Result<Self, LibraryError> {
        Self::open_with(path, LAYOUT)
    }

    fn open_with(path: &Path, layout: &[&str]) -> Result<Self, LibraryError> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            // A folder that cannot be made shows when the file is opened, with the better message.
            let _ = std::fs::create_dir_all(folder);
        }
        match Self::prepare_in_turn(path, layout) {
            Err(
                error @ (LibraryError::Newer { .. }
                | LibraryError::Foreign { .. }
                | LibraryError::Busy { .. }),
            ) => Err(error),
            // A disk that is full or may only be read: what is there can be shown.
            Err(error) if path.is_file() => Self::open_read_only(path).map_err(|_| error),
            opened => opened,
        }
    }

    /// Waits for others that open the library at the same time: while the file becomes one that
    /// several may hold, `SQLite` turns the second away at once instead of having it wait.
    fn prepare_in_turn(path: &Path, layout: &[&str]) -> Result<Self, LibraryError> {
        let begun = Instant::now();
        loop {
            match Self::prepare(path, layout) {
                Err(LibraryError::Busy { .. }) if begun.elapsed() < PATIENCE => {
                    std::thread::sleep(BREATH);
                }
                opened => return opened,
            }
        }
    }

    fn prepare(path: &Path, layout: &[&str]) -> Result<Self, LibraryError> {
        let explain = |error| explain(path, &error);
        let mut connection = Connection::open(path).map_err(explain)?;
        connection.busy_timeout(PATIENCE).map_err(explain)?;
        // Looked at before anything is written: a foreign or newer file stays as it is.
        if version(path, &connection, layout.len())? < layout.len() {
            migrate(path, &mut connection, layout)?;
        }
        // A change is told as kept only when it would outlast a loss of power.
        connection
            .pragma_update(None, "journal_mode", "wal")
            .map_err(explain)?;
        connection
            .pragma_update(None, "synchronous", "full")
            .map_err(explain)?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            access: Access::ReadWrite,
        })
    }

    fn open_read_only(path: &Path) -> Result<Self, LibraryError> {
        // SQLite keeps a file beside a library that is open. Where that cannot be made, as on a disk
        // that may only be read, the library is read as one that nobody changes meanwhile.
        let connection = Self::connect_to_read(path, "").or_else(|_| {
            let connection = Self::connect_to_read(path, "?immutable=1");
            connection.map_err(|error| explain(path, &error))
        })?;
        version(path, &connection, LAYOUT.len())?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            access: Access::ReadOnly,
        })
    }

    fn connect_to_read(path: &Path, how: &str) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let path = path.display().to_string();
        let path = path.replace('%', "%25").replace('?', "%3f");
        let address = format!("file:{}{how}", path.replace('#', "%23"));
        let connection = Connection::open_with_flags(address, flags)?;
        // Opening reads nothing yet.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    }

    /// Whether changes are kept.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Where it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads everything. An entry that this version does not understand is left where it is.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn load(&self) -> Result<State, LibraryError> {
        let explain = |error| explain(&self.path, &error);
        let mut rows = self
            .connection
            .prepare("SELECT change FROM kept")
            .map_err(explain)?;
        let rows = rows
            .query_map([], |row| row.get::<_, String>(0))
            .map_err(explain)?;
        let mut state = State::default();
        for row in rows {
            if let Ok(change) = serde_json::from_str(&row.map_err(explain)?) {
                state.apply(&change);
            }
        }
        Ok(state)
    }

    /// Writes the changes of one command, all or none. When it returns, they outlast a crash.
    ///
    /// # Errors
    /// Where they cannot be written; reading can go on.
    pub fn keep(&mut self, changes: &[Change]) -> Result<(), LibraryError> {
        if self.access == Access::ReadOnly {
            return Err(LibraryError::ReadOnly {
                path: self.path.display().to_string(),
            });
        }
        write(&mut self.connection, changes).map_err(|error| explain(&self.path, &error))
    }
}

fn write(connection: &mut Connection, changes: &[Change]) -> rusqlite::Result<()> {
    // Immediate: waits for another writer at the start instead of failing in the middle.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for change in changes {
        if change.is_removal() {
            transaction.execute("DELETE FROM kept WHERE entry = ?1", [change.entry()])?;
        } else {
            let json = serde_json::to_string(change)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
            transaction.execute(
                "INSERT OR REPLACE INTO kept VALUES (?1, ?2)",
                [change.entry(), json],
            )?;
        }
    }
    transaction.commit()
}

/// The layout of an open file: 0 for an empty one.
fn version(path: &Path, connection: &Connection, known: usize) -> Result<usize, LibraryError> {
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
        return Err(LibraryError::Foreign { path: shown });
    }
    let found = usize::try_from(number("PRAGMA user_version")?).unwrap_or_default();
    if found > known {
        return Err(LibraryError::Newer {
            path: shown,
            found,
            known,
        });
    }
    Ok(found)
}

/// Brings the file to the newest layout, in one transaction.
fn migrate(path: &Path, connection: &mut Connection, layout: &[&str]) -> Result<(), LibraryError> {
    let explain = |error| explain(path, &error);
    let found = version(path, connection, layout.len())?;
    if found > 0 {
        let mut backup = path.as_os_str().to_owned();
        backup.push(format!(".{found}.bak"));
        let backup = PathBuf::from(backup);
        if !backup.exists() {
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
    let found = version(path, &work, layout.len())?;
    for step in layout.iter().skip(found) {
        work.execute_batch(step).map_err(explain)?;
    }
    work.pragma_update(None, "application_id", APPLICATION)
        .map_err(explain)?;
    work.pragma_update(None, "user_version", layout.len() as u32)
        .map_err(explain)?;
    work.commit().map_err(explain)
}

fn explain(path: &Path, error: &rusqlite::Error) -> LibraryError {
    let path = path.display().to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => LibraryError::Full { path },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => LibraryError::ReadOnly { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LibraryError::Busy { path },
        _ => LibraryError::Other {
            path,
            reason: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests;
