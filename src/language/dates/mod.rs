//! The `[dates]` section of a pack: months, weekdays, zones, and the order of day and month; and
//! the calendar of all packs, which reads dates as people write them.

mod read;
#[cfg(test)]
mod tests;
mod token;

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::text::fold;

pub use read::{Calendar, Reading, WrittenDate};

/// The `[dates]` section of a language pack, as it is written in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DateWordsFile {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    zones: BTreeMap<String, String>,
    updated: Vec<String>,
    order: DayMonth,
}

/// The order of day and month in a date that is written in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayMonth {
    /// The day comes first, as in `31/12/2024`.
    #[default]
    DayFirst,
    /// The month comes first, as in `12/31/2024`.
    MonthFirst,
}

impl DayMonth {
    /// Returns the opposite order: day first for month first, and the reverse.
    #[must_use]
    pub fn swapped(self) -> Self {
        match self {
            Self::DayFirst => Self::MonthFirst,
            Self::MonthFirst => Self::DayFirst,
        }
    }
}

/// What a word means in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateWord {
    /// The name of a month, as a number: January is 1.
    Month(u8),
    /// The name of a weekday, as a number: Monday is 0.
    Weekday(u8),
    /// The name of a time zone, as its offset from UTC in minutes; east is positive.
    Zone(i16),
    /// A word that says that the date behind it is that of an update, such as `Updated`.
    Updated,
}

/// The compiled `[dates]` section of a pack: the words that occur in dates, and what each means.
#[derive(Clone, Debug, Default)]
pub struct DateWords {
    pub(super) words: HashMap<Box<str>, DateWord>,
    /// The order of day and month that is usual in this language.
    pub order: DayMonth,
}

impl DateWords {
    pub(super) fn compile(file: &DateWordsFile) -> Self {
        let mut words = HashMap::new();
        let mut add = |names: &[String], meaning| {
            words.extend(names.iter().map(|name| (fold(name).into(), meaning)));
        };
        add(&file.updated, DateWord::Updated);
        for (index, names) in (1..=12).zip(&file.months) {
            add(names, DateWord::Month(index));
        }
        for (index, names) in (0..7).zip(&file.weekdays) {
            add(names, DateWord::Weekday(index));
        }
        for (name, offset) in &file.zones {
            if let Some(minutes) = zone_minutes(offset) {
                add(std::slice::from_ref(name), DateWord::Zone(minutes));
            }
        }
        Self {
            words,
            order: file.order,
        }
    }
}

/// Parses an offset from UTC such as `+05:30` and returns it in minutes.
fn zone_minutes(offset: &str) -> Option<i16> {
    let (sign, rest) = match offset.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, offset.strip_prefix('+').unwrap_or(offset)),
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
