//! The rows of a library. Each row has a checksum, and a tally covers all of them, so that a
//! flipped bit or a lost row is noticed on every read.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::library::Change;

/// The entry of the row that holds the [`Tally`]. No [`Change`] has this entry.
const TALLY: &str = "tally";

/// The name that is shown for an entry whose name is not valid text.
const UNNAMED: &str = "an entry whose name is broken, too";

/// The number of rows and the sum of their checksums. It is written in the same transaction as the
/// rows, so it does not match if a row is missing or corrupted later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub entries: u64,
    sum: u64,
}

impl Tally {
    fn add(&mut self, sum: i64) {
        self.entries = self.entries.wrapping_add(1);
        self.sum = self.sum.wrapping_add(sum.cast_unsigned());
    }

    fn subtract(&mut self, sum: i64) {
        self.entries = self.entries.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(sum.cast_unsigned());
    }
}

/// The rows that were read from one library.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// The intact rows: for each entry its change as JSON.
    pub whole: BTreeMap<String, String>,
    /// The names of the entries of corrupted rows, as far as they can be read.
    pub broken: BTreeSet<String>,
    /// The tally that is stored in the library. A library of the first layout has none.
    pub tally: Option<Tally>,
    /// The layout version in the header of the file.
    pub layout: usize,
    /// Whether any row had a checksum, whatever the header says.
    has_sums: bool,
}

impl Rows {
    /// Reads all rows of an open library into `self`. On an error, keeps those that were read
    /// before it.
    pub fn read(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let layout = connection.query_row("PRAGMA user_version", [], |row| row.get(0));
        self.layout = layout.map(|layout: u32| layout as usize)?;
        let has_sums = connection.prepare("SELECT sum FROM kept").is_ok();
        let sum = if has_sums { "sum" } else { "NULL" };
        let mut statement =
            connection.prepare(&format!("SELECT entry, change, {sum} FROM kept"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text = |at| match row.get_ref(at) {
                Ok(ValueRef::Text(bytes)) => str::from_utf8(bytes).ok(),
                _ => None,
            };
            if !self.take(text(0), text(1), row.get(2).ok()) {
                let name = Some(text(0).unwrap_or(UNNAMED)).filter(|name| *name != TALLY);
                self.broken.extend(name.map(ToOwned::to_owned));
            }
        }
        Ok(())
    }

    /// Adds a row, given by its entry, its change as JSON and its checksum, if it is intact.
    /// Returns whether it is.
    pub fn take(&mut self, entry: Option<&str>, change: Option<&str>, sum: Option<i64>) -> bool {
        let Some((entry, change)) = entry.zip(change) else {
            return false;
        };
        let is_whole = match sum {
            Some(sum) => sum == checksum(entry, change),
            None => fits(entry, change),
        };
        if !is_whole {
            return false;
        }
        self.has_sums |= sum.is_some();
        if entry == TALLY {
            self.tally = serde_json::from_str(change).ok();
        } else {
            self.whole.insert(entry.to_owned(), change.to_owned());
        }
        true
    }

    /// Returns whether `entry` begins with a known kind of change. If not, it is probably no entry,
    /// but something that a flipped bit turned into one.
    pub fn looks_like_entry(entry: &str) -> bool {
        let kind = entry.split_once(' ').map_or("", |(kind, _)| kind);
        Change::KINDS.contains(&kind)
    }

    /// Computes the tally of the intact rows.
    pub fn tally_of_whole(&self) -> Tally {
        let mut tally = Tally::default();
        for (entry, change) in &self.whole {
            tally.add(checksum(entry, change));
        }
        tally
    }

    /// Returns whether all rows are present and intact, as far as the layout of the library allows
    /// to check.
    pub fn are_complete(&self) -> bool {
        let adds_up = match self.tally {
            Some(tally) => tally == self.tally_of_whole(),
            None => self.layout < FIRST_WITH_CHECKSUMS && !self.has_sums,
        };
        adds_up && self.broken.is_empty()
    }

    /// Returns the number of missing or corrupted rows, or `None` if there is no tally.
    pub fn missing(&self) -> Option<u64> {
        let read = self.whole.len() as u64;
        self.tally.map(|tally| tally.entries.saturating_sub(read))
    }

    /// Returns the changes that the intact rows hold. Skips those of a kind that this version does
    /// not know.
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        let parsed = self.whole.values().map(|json| serde_json::from_str(json));
        parsed.filter_map(Result::ok)
    }
}

/// The first layout version in which rows have checksums and a tally.
const FIRST_WITH_CHECKSUMS: usize = 2;

/// Returns the CRC-32 checksum of an entry and its change. It detects any single flipped bit and
/// any burst of up to 32 bits.
fn checksum(entry: &str, change: &str) -> i64 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(entry.as_bytes());
    hasher.update(&[0]);
    hasher.update(change.as_bytes());
    i64::from(hasher.finalize())
}

/// Returns whether a row without a checksum is plausible: its change is JSON and belongs to
/// `entry`.
fn fits(entry: &str, change: &str) -> bool {
    #[derive(Deserialize)]
    struct OfKind {
        kind: String,
    }
    match serde_json::from_str::<Change>(change) {
        Ok(change) => change.entry() == entry,
        // It may come from a later version.
        Err(_) => serde_json::from_str::<OfKind>(change).is_ok_and(|change| {
            let is_known = Change::KINDS.contains(&&*change.kind);
            !is_known && entry.starts_with(&change.kind)
        }),
    }
}

/// Adds the checksum to each row of a library of the first layout, and writes the tally.
pub(super) fn add_checksums(connection: &Connection) -> rusqlite::Result<()> {
    let mut rows = Rows::default();
    rows.read(connection)?;
    for (entry, change) in &rows.whole {
        let sum = checksum(entry, change);
        connection.execute("UPDATE kept SET sum = ?2 WHERE entry = ?1", (entry, sum))?;
    }
    write_tally(connection, rows.tally_of_whole())
}

/// Writes the change of each entry (`Some`) or removes its row (`None`), and updates the tally.
/// Must run in a transaction.
pub(super) fn write<'a>(
    connection: &Connection,
    rows: impl Iterator<Item = (String, Option<std::borrow::Cow<'a, str>>)>,
) -> rusqlite::Result<()> {
    let old = "SELECT change FROM kept WHERE entry = ?1";
    let tally: String = connection.query_row(old, [TALLY], |row| row.get(0))?;
    let mut tally: Tally = serde_json::from_str(&tally).map_err(not_json)?;
    for (entry, change) in rows {
        let old = "SELECT sum FROM kept WHERE entry = ?1";
        let old = connection.query_row(old, [&entry], |row| row.get(0));
        if let Some(sum) = old.optional()? {
            tally.subtract(sum);
        }
        match change {
            Some(change) => tally.add(put(connection, &entry, &change)?),
            None => {
                connection.execute("DELETE FROM kept WHERE entry = ?1", [&entry])?;
            }
        }
    }
    write_tally(connection, tally)
}

/// Writes one row, replacing an older one of the same entry, and returns its checksum.
fn put(connection: &Connection, entry: &str, change: &str) -> rusqlite::Result<i64> {
    let sum = checksum(entry, change);
    let words = "INSERT OR REPLACE INTO kept (entry, change, sum) VALUES (?1, ?2, ?3)";
    connection.execute(words, (entry, change, sum))?;
    Ok(sum)
}

fn write_tally(connection: &Connection, tally: Tally) -> rusqlite::Result<()> {
    let json = serde_json::to_string(&tally).map_err(not_json)?;
    put(connection, TALLY, &json).map(|_| ())
}

pub(super) fn not_json(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}
