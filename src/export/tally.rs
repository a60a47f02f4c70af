//! Counts of records that were read, passed over or faulty, by format and reason.

use std::collections::BTreeMap;

use super::TallyRecord;
use crate::model::{Corpus, Format, Issue, Skipped};

/// The fate of a record during loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// The record is an article.
    Read,
    /// The record is not an article, which is not a fault.
    PassedOver,
    /// The record could not be read, or only in part.
    Fault,
}

impl Fate {
    /// Returns the name of the fate for users.
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
    /// Counts articles, skipped records and faults, in one pass over each.
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

    /// Adds `count` records with one reason.
    pub fn add(&mut self, (format, fate): (Format, Fate), reason: &str, count: usize) {
        let kind = kind(reason).into();
        *self.0.entry((format, fate, kind)).or_default() += count;
    }

    /// Adds the counts of another tally.
    pub fn merge(&mut self, other: &Self) {
        for (place, count) in &other.0 {
            *self.0.entry(place.clone()).or_default() += count;
        }
    }

    /// Returns the counts, sorted by format, fate and reason.
    pub fn counts(&self) -> impl Iterator<Item = (Format, Fate, &str, usize)> {
        let counts = self.0.iter();
        counts.map(|((format, fate, kind), count)| (*format, *fate, &**kind, *count))
    }

    /// Returns the counts as records.
    pub fn records(&self) -> impl Iterator<Item = TallyRecord<'_>> {
        self.counts()
            .map(|(format, fate, kind, records)| TallyRecord {
                format: format.name(),
                outcome: fate.name(),
                reason: Some(kind).filter(|kind| !kind.is_empty()),
                records,
            })
    }
}

/// Returns the part of a reason that is the same for all records, without paths, numbers and names.
fn kind(reason: &str) -> &str {
    let is_own =
        |word: &str| word.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '`' | '.'));
    let head = reason.split([':', ';', '(']).next().unwrap_or(reason);
    let own = head.split(' ').find(|word| is_own(word));
    let end = own.and_then(|word| head.find(word)).unwrap_or(head.len());
    head.get(..end).unwrap_or(head).trim()
}
