//! The library on disk: one `SQLite` file, which is written at each change.

mod backup;
mod damage;
mod error;
mod layout;
mod log;
mod names;
mod pages;
mod recover;
mod rows;
mod salvage;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{Change, State};
use crate::files::private;
use damage::RETRY_PAUSE;
use error::explain;
use layout::{LAYOUT, migrate, version};
use rows::Rows;
use salvage::salvage;

pub use damage::Damage;
pub use error::LibraryError;
pub use recover::{Recovered, recover};

/// Maximum time to wait while another process writes to the library. On a slow disk each write
/// takes a while, and several processes may be waiting.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

/// Says whether changes can be written to the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Changes are written to the file.
    ReadWrite,
    /// The file or its folder cannot be written: changes last until the program ends.
    ReadOnly,
}

/// An open library. Several processes may have the same file open.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    source: Source,
    access: Access,
}

/// Where the entries of an open library are read from.
#[derive(Debug)]
enum Source {
    /// An open database connection.
    Open(Connection),
    /// The rows that were read without `SQLite`, and the damage to the rest, if any.
    Read(Rows, Option<Box<Damage>>),
}

impl Store {
    /// Opens the library at `path`. Creates the file and its folder if they are missing. Migrates
    /// a library of an older version, and leaves a copy of it beside the file
    /// (`library.db.1.bak`). Reads and checks the whole file first. A damaged library is opened
    /// read-only, with the entries that could be read.
    ///
    /// # Errors
    /// Fails if the file belongs to another program or another user, is a symbolic link, was
    /// written by a newer version, or can be neither opened nor created.
    pub fn open(path: &Path) -> Result<Self, LibraryError> {
        private::ensure_place(path)?;
        if private::restrict_file(path)? && names::was_emptied(path) {
            return Self::open_damaged(path, vec!["it is empty".to_owned()]);
        }
        for file in names::companions(path) {
            private::restrict_file(&file)?;
        }
        match Self::prepare_when_free(path) {
            Err(
                error @ (LibraryError::Newer { .. }
                | LibraryError::Foreign { .. }
                | LibraryError::Refused(_)
                | LibraryError::Busy { .. }),
            ) => Err(error),
            Err(LibraryError::Damaged { reason, .. }) => Self::open_damaged(path, vec![reason]),
            Err(LibraryError::Other { reason, .. }) if damage::looks_like_library(path) => {
                Self::open_read_only(path).or_else(|_| Self::open_damaged(path, vec![reason]))
            }
            // A disk that is full or may only be read: what is there can be shown.
            Err(error) if path.is_file() => Self::open_read_only(path).map_err(|_| error),
            opened => opened,
        }
    }

    /// Opens the library at `path` read-only. Changes and migrates nothing in it.
    ///
    /// # Errors
    /// Fails for the same reasons as [`Self::open`], and if there is no file at `path`.
    pub fn inspect(path: &Path) -> Result<Self, LibraryError> {
        // SQLite creates files beside a library even if it only reads.
        private::ensure_place(path)?;
        private::restrict_file(path)?;
        if names::was_emptied(path) {
            return Self::open_damaged(path, vec!["it is empty".to_owned()]);
        }
        match Self::open_read_only(path) {
            Err(LibraryError::Damaged { reason, .. }) => Self::open_damaged(path, vec![reason]),
            Err(LibraryError::Other { reason, .. }) if damage::looks_like_library(path) => {
                Self::open_damaged(path, vec![reason])
            }
            opened => opened,
        }
    }

    /// Calls [`Self::prepare`], again and again while another process is opening the library, for
    /// at most [`BUSY_TIMEOUT`]. While one process switches the file to write-ahead logging,
    /// `SQLite` returns "busy" to the others at once and does not wait.
    fn prepare_when_free(path: &Path) -> Result<Self, LibraryError> {
        let begun = Instant::now();
        loop {
            match Self::prepare(path) {
                Err(LibraryError::Busy { .. }) if begun.elapsed() < BUSY_TIMEOUT => {
                    std::thread::sleep(RETRY_PAUSE);
                }
                opened => return opened,
            }
        }
    }

    fn prepare(path: &Path) -> Result<Self, LibraryError> {
        let explain = |error| explain(path, &error);
        private::ensure_file(path)?;
        let mut connection = Connection::open(path).map_err(explain)?;
        connection.busy_timeout(BUSY_TIMEOUT).map_err(explain)?;
        // Check before anything is written: a foreign, newer or damaged file and its log must stay
        // unchanged.
        preserve_log(&connection, true).map_err(explain)?;
        version(path, &connection)?;
        if let Some(reason) = join(&damage::examine(path, &mut connection)?) {
            let path = path.display().to_string();
            return Err(LibraryError::Damaged { path, reason });
        }
        if version(path, &connection)? < LAYOUT.len() {
            migrate(path, &mut connection)?;
        }
        // A change counts as stored only when it would survive a power failure.
        connection
            .pragma_update(None, "journal_mode", "wal")
            .map_err(explain)?;
        connection
            .pragma_update(None, "synchronous", "full")
            .map_err(explain)?;
        preserve_log(&connection, false).map_err(explain)?;
        Ok(Self {
            path: path.to_owned(),
            source: Source::Open(connection),
            access: Access::ReadWrite,
        })
    }

    fn open_read_only(path: &Path) -> Result<Self, LibraryError> {
        let source = match connect_read_only(path) {
            Ok(mut connection) => {
                version(path, &connection)?;
                if let Some(reason) = join(&damage::examine_unlocked(path, &mut connection)?) {
                    let path = path.display().to_string();
                    return Err(LibraryError::Damaged { path, reason });
                }
                Source::Open(connection)
            }
            // SQLite needs a file beside an open library. Where it cannot be created, as on a
            // read-only disk, the library is read without SQLite.
            Err(error) if lacks_companion_files(&error) => {
                let rows = salvage(path)?;
                if !rows.are_complete() {
                    let reason = "its rows are not those that were written".to_owned();
                    return Self::open_damaged(path, vec![reason]);
                }
                Source::Read(rows, None)
            }
            Err(error) => return Err(explain(path, &error)),
        };
        Ok(Self {
            path: path.to_owned(),
            source,
            access: Access::ReadOnly,
        })
    }

    fn open_damaged(path: &Path, faults: Vec<String>) -> Result<Self, LibraryError> {
        let (rows, damage) = damage::assess(path, faults)?;
        Ok(Self {
            path: path.to_owned(),
            source: Source::Read(rows, Some(Box::new(damage))),
            access: Access::ReadOnly,
        })
    }

    /// Returns whether changes can be written to this library.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Returns the damage to this library, or `None` if it is intact.
    pub fn damage(&self) -> Option<&Damage> {
        match &self.source {
            Source::Read(_, damage) => damage.as_deref(),
            Source::Open(_) => None,
        }
    }

    /// Returns when the daily backup of this library was made, or `None` if there is no backup.
    pub fn backup_made(&self) -> Option<SystemTime> {
        backup::made(&self.path)
    }

    /// Returns the path of the library file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads all entries into a [`State`], or those of a damaged library that can be read. Skips
    /// entries that this version does not understand; they stay in the file.
    ///
    /// # Errors
    /// Fails if the file cannot be read, or was damaged since it was opened.
    pub fn load(&self) -> Result<State, LibraryError> {
        let mut read = Rows::default();
        let rows = match &self.source {
            Source::Read(rows, _) => rows,
            Source::Open(connection) => {
                // One transaction: another process may write between two reads.
                let work = connection.unchecked_transaction();
                work.and_then(|work| read.read(&work))
                    .map_err(|error| explain(&self.path, &error))?;
                if !read.are_complete() {
                    return Err(LibraryError::Damaged {
                        path: self.path.display().to_string(),
                        reason: "its rows are not those that were written".to_owned(),
                    });
                }
                &read
            }
        };
        let mut state = State::default();
        for change in rows.changes() {
            state.apply(&change);
        }
        Ok(state)
    }

    /// Writes the changes of one command, either all or none. Once this returns, they survive a
    /// crash.
    ///
    /// # Errors
    /// Fails if the changes cannot be written. The library can still be read.
    pub fn keep(&mut self, changes: &[Change]) -> Result<(), LibraryError> {
        let rows = changes.iter().map(|change| {
            let json = (!change.is_removal()).then(|| serde_json::to_string(change));
            let json = json.transpose().map_err(rows::not_json);
            json.map(|json| (change.entry(), json.map(Cow::Owned)))
        });
        let rows: Result<Vec<_>, _> = rows.collect();
        let rows = rows.map_err(|error| explain(&self.path, &error))?;
        self.write(rows.into_iter())
    }

    fn write<'a>(
        &mut self,
        rows: impl Iterator<Item = (String, Option<Cow<'a, str>>)>,
    ) -> Result<(), LibraryError> {
        let explain = |error| explain(&self.path, &error);
        let (Source::Open(connection), Access::ReadWrite) = (&mut self.source, self.access) else {
            return Err(LibraryError::ReadOnly {
                path: self.path.display().to_string(),
            });
        };
        // Immediate: waits for another writer at the start instead of failing in the middle.
        let lock = TransactionBehavior::Immediate;
        let work = connection
            .transaction_with_behavior(lock)
            .map_err(explain)?;
        rows::write(&work, rows).map_err(explain)?;
        work.commit().map_err(explain)
    }

    /// Copies the library to its backup (`library.db.backup`) if there is no backup less than a day
    /// old. Returns whether it was copied. A damaged library never replaces a backup.
    ///
    /// # Errors
    /// Fails if the library is damaged or the backup cannot be written.
    pub fn back_up(&mut self) -> Result<bool, LibraryError> {
        let (Source::Open(connection), Access::ReadWrite) = (&mut self.source, self.access) else {
            return Ok(false);
        };
        if !backup::is_due(&self.path) {
            return Ok(false);
        }
        if let Some(reason) = join(&damage::examine(&self.path, connection)?) {
            let path = self.path.display().to_string();
            return Err(LibraryError::Damaged { path, reason });
        }
        backup::make(&self.path, connection).map(|()| true)
    }
}

fn lacks_companion_files(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

fn join(faults: &[String]) -> Option<String> {
    (!faults.is_empty()).then(|| faults.join("; "))
}

/// Sets whether the write-ahead log stays unchanged when this connection is closed (`kept`),
/// instead of being written into the library.
fn preserve_log(connection: &Connection, kept: bool) -> rusqlite::Result<()> {
    let setting = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    connection.set_db_config(setting, kept).map(|_| ())
}

fn connect_read_only(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    preserve_log(&connection, true)?;
    // Opening alone reads nothing.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

#[cfg(test)]
mod tests;
