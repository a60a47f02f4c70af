//! What is wrong with a library: found before anything is written to it, told with what it costs.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::backup;
use super::error::{LibraryError, explain};
use super::layout::{is_library, version};
use super::rows::Rows;
use super::salvage::{is_log_damaged, salvage};

/// Reports of the database's own check that are told; one broken page makes hundreds.
const MOST_FAULTS: usize = 5;
/// How long to wait before the library is looked at again that another process has at this moment.
pub(super) const BREATH: Duration = Duration::from_millis(10);
/// How often a log is read again that another process may be writing.
const TRIES: usize = 100;

/// What is wrong with a library.
#[derive(Clone, Debug, Default)]
pub struct Damage {
    /// The file.
    pub path: String,
    /// What was found, as sentences without a stop.
    pub faults: Vec<String>,
    /// How many entries can be read.
    pub read: u64,
    /// How many cannot; `None` where nothing tells.
    pub missing: Option<u64>,
    /// The entries that cannot be read, where that can be told: of rows that are broken, and of
    /// those that a backup has.
    pub lost: Vec<String>,
}

impl Damage {
    /// What is wrong and what is lost, a line each.
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
            None => format!("{path}: {read} entries can be read, how many cannot is not known"),
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

/// What is wrong with an open library, as sentences. Nobody writes meanwhile.
///
/// Costs one read of the file: `PRAGMA quick_check` looks at every page, and every row is read.
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

/// As [`examine`], where nothing can be locked: a log that another process is writing at this
/// moment is read again until it is whole.
pub(super) fn examine_unlocked(
    path: &Path,
    connection: &mut Connection,
) -> Result<Vec<String>, LibraryError> {
    let explain = |error| explain(path, &error);
    let work = connection.transaction().map_err(explain)?;
    let mut faults = faults_of(path, &work)?;
    for _ in 0..TRIES {
        if !is_log_damaged(path)? {
            return Ok(faults);
        }
        std::thread::sleep(BREATH);
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
    let faults = faults.map_err(explain)?.take(MOST_FAULTS);
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

/// Whether a file that `SQLite` refuses is a library nevertheless. Only of a file that is not open:
/// reading it gives up all locks of this process on it.
pub(super) fn looks_like_library(path: &Path) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    let read = std::fs::File::open(path).map(|file| file.take(100).read_to_end(&mut head));
    read.is_ok() && is_library(&head)
}

/// What is lost of a library in which these faults were found, and what is left.
pub(super) fn judge(path: &Path, faults: Vec<String>) -> Result<(Rows, Damage), LibraryError> {
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
