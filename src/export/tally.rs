//! How many records of each format were read, passed over or faulty, and why.

use std::collections::BTreeMap;

use super::Row;
use crate::model::{Corpus, Format, Issue, Skipped};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It is an article.
    Read,
    /// It is no article, and no fault.
    PassedOver,
    /// It could not be read, or not whole.
    Fault,
}

impl Fate {
    /// What is told of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::PassedOver => "passed over",
            Self::Fault => "fault",
        }
    }
}

/// Counts of records by format, fate and kind of reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<(Format, Fate, Box<str>), usize>);

impl Tally {
    /// Counts articles, what was passed over, and faults. One pass over each.
    pub fn of<'a>(
        corpus: &Corpus,
        skipped: impl IntoIterator<Item = &'a Skipped>,
        issues: &[Issue],
    ) -> Self {
        let mut tally = Self::default();
        for (_, article) in corpus.iter() {
            tally.add((article.format, Fate::Read), "", 1);
        }
        for skipped in skipped {
            let count = skipped.count as usize;
            tally.add((skipped.format, Fate::PassedOver), &skipped.reason, count);
        }
        for issue in issues {
            let count = issue.count as usize;
            tally.add((issue.format, Fate::Fault), &issue.reason, count);
        }
        tally
    }

    /// Counts records of one reason.
    pub fn add(&mut self, (format, fate): (Format, Fate), reason: &str, count: usize) {
        let kind = kind(reason).into();
        *self.0.entry((format, fate, kind)).or_default() += count;
    }

    /// Counts what another tally holds, too.
    pub fn merge(&mut self, other: &Self) {
        for (place, count) in &other.0 {
            *self.0.entry(place.clone()).or_default() += count;
        }
    }

    /// The counts, by format and fate.
    pub fn counts(&self) -> impl Iterator<Item = (Format, Fate, &str, usize)> {
        let counts = self.0.iter();
        counts.map(|((format, fate, kind), count)| (*format, *fate, &**kind, *count))
    }

    /// The counts as records: `format outcome reason records`.
    pub fn rows(&self) -> Vec<Row> {
        let rows = self.counts().map(|(format, fate, kind, count)| {
            let mut row = Row::new();
            row.set("format", format.name())
                .set("outcome", fate.name())
                .set("reason", Some(kind).filter(|kind| !kind.is_empty()))
                .set("records", count);
            row
        });
        rows.collect()
    }
}

/// A reason as far as it is the same for all records: without places, numbers and names.
fn kind(reason: &str) -> &str {
    let is_own =
        |word: &str| word.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '`' | '.'));
    let head = reason.split([':', ';', '(']).next().unwrap_or(reason);
    let own = head.split(' ').find(|word| is_own(word));
    let end = own.and_then(|word| head.find(word)).unwrap_or(head.len());
    head.get(..end).unwrap_or(head).trim()
}
