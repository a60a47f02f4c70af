//! Bounds the number of reports about records of one file that are not articles. A file may hold
//! millions of them, each of two bytes.

use super::formats::Found;
use crate::model::Format;

/// Maximum number of such records that are reported one by one.
const LISTED: usize = 10_000;
/// Maximum number of different reasons by which further ones are counted.
const REASONS: usize = 64;

/// Counts the faults and skipped records of one file.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    listed: usize,
    more: Vec<(Format, Found, u32)>,
}

impl Repeats {
    /// Returns `found` if it is to be reported by itself. Otherwise counts it and returns `None`.
    pub fn observe(&mut self, format: Format, found: Found) -> Option<Found> {
        if matches!(found, Found::Record(_) | Found::Unreadable(_)) {
            return Some(found);
        }
        if self.listed < LISTED {
            self.listed += 1;
            return Some(found);
        }
        let is_full = self.more.len() >= REASONS;
        let found = match self.find(format, &found) {
            Some(count) => {
                *count = count.saturating_add(1);
                return None;
            }
            None if is_full => of_other_reason(found),
            None => found,
        };
        match self.find(format, &found) {
            Some(count) => *count = count.saturating_add(1),
            None => self.more.push((format, found, 1)),
        }
        None
    }

    /// Returns the count of records with the kind and reason of `found`.
    fn find(&mut self, format: Format, found: &Found) -> Option<&mut u32> {
        let mut more = self.more.iter_mut();
        let more = more.find(|more| more.0 == format && is_alike(&more.1, found));
        more.map(|(_, _, count)| count)
    }

    /// Returns the records that were only counted: the first of each kind, with the count.
    pub fn more(self) -> Vec<(Format, Found, u32)> {
        self.more
    }
}

fn of_other_reason(mut found: Found) -> Found {
    if let Found::Fault { reason, .. }
    | Found::Transient { reason, .. }
    | Found::Skipped { reason, .. } = &mut found
    {
        "other reasons".clone_into(reason);
    }
    found
}

/// Returns whether two records have the same kind and the same reason.
fn is_alike(one: &Found, other: &Found) -> bool {
    match (one, other) {
        (Found::Fault { reason: one, .. }, Found::Fault { reason: other, .. })
        | (Found::Transient { reason: one, .. }, Found::Transient { reason: other, .. })
        | (Found::Skipped { reason: one, .. }, Found::Skipped { reason: other, .. }) => {
            one == other
        }
        _ => false,
    }
}
