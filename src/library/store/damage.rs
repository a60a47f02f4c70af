//! Damage to a library: how it is found before anything is written, and what is lost by it.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::backup;
use super::error::{LibraryError, explain};
use super::layout::{is_library, version};
use super::rows::Rows;
use super::salvage::{is_log_damaged, salvage};

/// Maximum number of faults that are reported from the database's own check, because one broken
/// page causes hundreds.
const MAX_FAULTS: usize = 5;
/// Pause before another attempt on a library that another process is using.
pub(super) const RETRY_PAUSE: Duration = Duration::from_millis(10);
/// Maximum number of times that a log which looks damaged is read again, because another process
/// may be writing it.
const MAX_TRIES: usize = 100;

/// The damage to a library: what is wrong, and what is lost.
#[derive(Clone, Debug, Default)]
pub struct Damage {
    /// The path of the library.
    pub path: String,
    /// The faults, as sentences without a full stop.
    pub faults: Vec<String>,
    /// Number of entries of the library that can be read.
    pub read: u64,
    /// Number of entries of the library that cannot be read; `None` if unknown.
    pub missing: Option<u64>,
    /// The names of lost entries, as far as they are known: from broken rows, and from entries that
    /// only the backup has.
    pub lost: Vec<String>,
}

impl Damage {
    /// Returns a report of the damage in lines: the faults, the number of lost entries, and the
    /// name of each.
    pub fn lines(&self) -> Vec<String> {
        let faults = self.faults.iter();
        let mut lines: Vec<_> = faults
            .map(|fault| format!("{}: {fault}", self.path))
            .collect();
        lines.push(self.count());
        let lost = self
            .lost
            .iter()
            .map(|entry| format!("cannot be read: {entry}"));
        lines.extend(lost);
        lines
    }

    fn count(&self) -> String {
        let Self { path, read, .. } = self;
        match self.missing {
            Some(missing) => format!(
                "{path}: {missing} of {} entries cannot be read",
                read + missing
            ),
            None => format!("{path}: {read} entries can be read; how many cannot is unknown"),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lost = match self.missing {
            Some(missing) => format!("{missing} of {} entries", self.read + missing),
            None => "an unknown number of entries".to_owned(),
        };
        let help = "nothing is kept; `kutip library check` tells more";
        write!(
            f,
            "the library is damaged: {lost} cannot be read, and {help}"
        )
    }
}

/// Returns the faults of an open library as sentences without a full stop; none if it is intact.
/// Locks it against writers meanwhile.
///
/// Reads the whole file: `PRAGMA quick_check` visits every page, and then every row is read.
pub(super) fn examine(
    path: &Path,
    connection: &mut Connection,
) -> Result<Vec<String>, LibraryError> {
    let explain = |error| explain(path, &error);
    let lock = TransactionBehavior::Immediate;
    let work = connection
        .transaction_with_behavior(lock)
        .map_err(explain)?;
    let mut faults = faults_of(path, &work)?;
    if is_log_damaged(path)? {
        faults.push(LOG.to_owned());
    }
    Ok(faults)
}

/// Returns the faults of an open library, like [`examine`], but without a lock. Reads a log that
/// looks damaged again, up to [`MAX_TRIES`] times, because another process may be writing it.
pub(super) fn examine_unlocked(
    path: &Path,
    connection: &mut Connection,
) -> Result<Vec<String>, LibraryError> {
    let explain = |error| explain(path, &error);
    let work = connection.transaction().map_err(explain)?;
    let mut faults = faults_of(path, &work)?;
    for _ in 0..MAX_TRIES {
        if !is_log_damaged(path)? {
            return Ok(faults);
        }
        std::thread::sleep(RETRY_PAUSE);
    }
    faults.push(LOG.to_owned());
    Ok(faults)
}

const LOG: &str = "its log (-wal) is damaged, and the latest changes with it";

fn faults_of(path: &Path, work: &Connection) -> Result<Vec<String>, LibraryError> {
    let explain = |error| explain(path, &error);
    let layout = version(path, work)?;
    if layout == 0 {
        return Ok(Vec::new());
    }
    let mut check = work.prepare("PRAGMA quick_check(100)").map_err(explain)?;
    let faults = check.query_map([], |row| row.get::<_, String>(0));
    let faults = faults.map_err(explain)?.take(MAX_FAULTS);
    let faults: Vec<_> = faults.collect::<Result<_, _>>().map_err(explain)?;
    let faults = faults.into_iter().filter(|fault| fault != "ok");
    let mut faults: Vec<_> = faults
        .map(|fault| fault.trim().replace('\n', "; "))
        .collect();
    let mut rows = Rows::default();
    rows.read(work).map_err(explain)?;
    if !rows.are_complete() {
        faults.push("its rows are not those that were written".to_owned());
    }
    Ok(faults)
}

/// Returns whether the file at `path`, which `SQLite` rejects, has the header of a library. Must
/// not be called on an open library: closing the file here would release all locks of this process
/// on it.
pub(super) fn looks_like_library(path: &Path) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    let read = std::fs::File::open(path).map(|file| file.take(100).read_to_end(&mut head));
    read.is_ok() && is_library(&head)
}

/// Returns the rows of a damaged library that can be read, and a description of its damage that
/// includes the given `faults`.
pub(super) fn assess(path: &Path, faults: Vec<String>) -> Result<(Rows, Damage), LibraryError> {
    let rows = salvage(path)?;
    let mut lost = rows.broken.clone();
    let missing = rows.missing();
    if missing != Some(0)
        && let Some(backup) = backup::newest(path)
    {
        let gone = backup.rows.whole.into_keys();
        lost.extend(gone.filter(|entry| !rows.whole.contains_key(entry)));
    }
    let damage = Damage {
        path: path.display().to_string(),
        faults,
        read: rows.whole.len() as u64,
        missing,
        lost: lost.into_iter().collect(),
    };
    Ok((rows, damage))
}
