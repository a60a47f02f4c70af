//! Limits the number of reports about records of one file that are faulty or skipped. A file may
//! contain millions of such records, each of two bytes. Beyond the limit they are only counted, by
//! reason. Records that kutip itself wrote are always only counted.

use super::formats::Found;
use super::own::is_own_reason;
use crate::model::Format;

/// Maximum number of faulty and skipped records of a file that are reported one by one. Further
/// ones are counted.
const MAX_LISTED: usize = 10_000;
/// Maximum number of different reasons by which further records are counted. Records with any other
/// reason are counted together.
const MAX_REASONS: usize = 64;

/// Counts the faults and skipped records of one file.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    listed: usize,
    more: Vec<(Format, Found, u32)>,
}

impl Repeats {
    /// Returns `found` if it should be reported by itself. Otherwise counts it and returns `None`.
    pub fn observe(&mut self, format: Format, found: Found) -> Option<Found> {
        if matches!(found, Found::Record(_) | Found::Unreadable(_)) {
            return Some(found);
        }
        let is_own = matches!(&found, Found::Skipped { reason, .. } if is_own_reason(reason));
        if self.listed < MAX_LISTED && !is_own {
            self.listed += 1;
            return Some(found);
        }
        let is_full = self.more.len() >= MAX_REASONS;
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

    /// Returns the counter of the records with the kind and reason of `found`, or `None` if there
    /// is none yet.
    fn find(&mut self, format: Format, found: &Found) -> Option<&mut u32> {
        let mut more = self.more.iter_mut();
        let more = more.find(|more| more.0 == format && is_alike(&more.1, found));
        more.map(|(_, _, count)| count)
    }

    /// Returns the records that were only counted: the first one of each kind and reason, with
    /// their number.
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
