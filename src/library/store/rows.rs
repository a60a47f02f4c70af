//! The rows of a library, each with its checksum, and the tally of all: so that a changed bit or a
//! lost row is noticed whenever they are read.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::library::Change;

/// The row that counts the others. No [`Change`] has it as its entry.
const TALLY: &str = "tally";

/// What stands for an entry that is no text.
const UNNAMED: &str = "an entry whose name is broken, too";

/// How many rows there are, and the sum of their checksums: written in the transaction that changes
/// a row. A row that is gone, or that stands where it should not, does not add up.
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

    fn take_away(&mut self, sum: i64) {
        self.entries = self.entries.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(sum.cast_unsigned());
    }
}

/// What was read of the rows of one library.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// The changes, as JSON, by their entries: those whose checksums are right.
    pub whole: BTreeMap<String, String>,
    /// The entries of rows that are not as they were written, where they can be told.
    pub broken: BTreeSet<String>,
    /// What should be there. A library of the first layout has none.
    pub tally: Option<Tally>,
    /// The layout, as the header of the file tells it.
    pub layout: usize,
    /// Whether there was a checksum, whatever the header tells.
    has_sums: bool,
}

impl Rows {
    /// Reads all rows; where the database gives up, what was read until then stays.
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

    /// Takes one row if it is as it was written, and tells whether it is.
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

    /// Whether this may be the entry of a row, and not what a changed bit made of something else.
    pub fn may_name(entry: &str) -> bool {
        let kind = entry.split_once(' ').map_or("", |(kind, _)| kind);
        Change::KINDS.contains(&kind)
    }

    /// What the rows that were read add up to.
    pub fn added_up(&self) -> Tally {
        let mut tally = Tally::default();
        for (entry, change) in &self.whole {
            tally.add(checksum(entry, change));
        }
        tally
    }

    /// Whether all rows are there, and as they were written, as far as the layout can tell.
    pub fn are_complete(&self) -> bool {
        let adds_up = match self.tally {
            Some(tally) => tally == self.added_up(),
            None => self.layout < SEALED && !self.has_sums,
        };
        adds_up && self.broken.is_empty()
    }

    /// How many rows are not there or broken; `None` where nothing tells.
    pub fn missing(&self) -> Option<u64> {
        let read = self.whole.len() as u64;
        self.tally.map(|tally| tally.entries.saturating_sub(read))
    }

    /// The changes. One of a kind that this version does not know is left out.
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        let parsed = self.whole.values().map(|json| serde_json::from_str(json));
        parsed.filter_map(Result::ok)
    }
}

/// The layout since which rows have checksums.
const SEALED: usize = 2;

/// CRC-32 of an entry and its change: finds any single changed bit, and any run of up to 32.
fn checksum(entry: &str, change: &str) -> i64 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(entry.as_bytes());
    hasher.update(&[0]);
    hasher.update(change.as_bytes());
    i64::from(hasher.finalize())
}

/// Whether a row without a checksum can be what was written: JSON, and of this entry.
fn fits(entry: &str, change: &str) -> bool {
    #[derive(Deserialize)]
    struct OfKind {
        kind: String,
    }
    match serde_json::from_str::<Change>(change) {
        Ok(change) => change.entry() == entry,
        // Perhaps of a later version.
        Err(_) => serde_json::from_str::<OfKind>(change).is_ok_and(|change| {
            let is_known = Change::KINDS.contains(&&*change.kind);
            !is_known && entry.starts_with(&change.kind)
        }),
    }
}

/// Gives each row of a library of the first layout its checksum, and adds them up.
pub(super) fn seal(connection: &Connection) -> rusqlite::Result<()> {
    let mut rows = Rows::default();
    rows.read(connection)?;
    for (entry, change) in &rows.whole {
        let sum = checksum(entry, change);
        connection.execute("UPDATE kept SET sum = ?2 WHERE entry = ?1", (entry, sum))?;
    }
    write_tally(connection, rows.added_up())
}

/// Sets rows (`Some`) or takes them away, and counts them, within a transaction.
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
            tally.take_away(sum);
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

/// Sets one row, and returns its checksum.
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
