//! Finds when an article was published: from a date above its body, the date in its record, or a
//! date in its body.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::ingest::Given;
use crate::language::{DayMonth, Reading, WrittenDate};
use crate::model::{NumberOrder, Origin, Precision, Published};
use crate::text::ByteSpan;

use super::header::PageState;
use super::units::Role;

/// Maximum length in bytes of a line that may be a date.
const MAX_DATE_LINE: usize = 130;

/// Maximum number of words besides the date in a line that has a date and a time, such as names,
/// `Jurnalis` or `Views`.
const MAX_OTHER_WORDS: usize = 9;

/// The rank of a date above the body; the highest is chosen. The fields say whether the date is of
/// the first publication and not of a change, whether it is below the title, whether it has a time,
/// and how far from the title it is (the nearest ranks highest).
type Rank = (bool, bool, bool, Reverse<usize>);

impl PageState<'_> {
    /// Returns whether the line with index `at` consists mostly of a date.
    pub(super) fn is_date(&self, at: usize) -> bool {
        let words = self.words(at);
        if words.len() > MAX_DATE_LINE || words.len() < 5 {
            return false;
        }
        let dates = self.rules.calendar.read(words, DayMonth::DayFirst);
        let Some(date) = dates.first() else {
            return at > 0 && self.role(at - 1) == Some(Role::Date) && is_clock(words);
        };
        let covered: usize = dates.iter().map(|date| date.at.len()).sum();
        let outside = words
            .get(..date.at.start)
            .unwrap_or("")
            .split_whitespace()
            .count()
            + words
                .get(date.at.end..)
                .unwrap_or("")
                .split_whitespace()
                .filter(|w| w.chars().any(char::is_alphabetic))
                .count();
        let sentence = words.len() > 60 && words.ends_with('.');
        let mostly = covered * 3 >= words.len();
        date.has_day
            && !sentence
            && match (date.time.is_some(), date.has_weekday) {
                (true, _) => outside <= MAX_OTHER_WORDS && (mostly || outside <= 6),
                (false, true) => outside <= 2 && mostly,
                (false, false) => {
                    outside <= 1 && covered * 2 >= words.len()
                        || outside <= 3 && dates.iter().all(|d| d.updated)
                }
            }
    }

    /// Decides when the article was published, and stores that in the structure. `given` is the
    /// metadata that the record gives.
    pub(super) fn find_date(&mut self, given: &Given) {
        let order = self.rules.order(self.language);
        self.structure.published = self
            .header_date(order)
            .or_else(|| self.given_date(given, order))
            .or_else(|| self.body_date());
    }

    /// Returns the best date above the body. Dates of first publication rank before those of a
    /// change, then dates below the title before those above it, then dates with a time before
    /// those without, then dates close to the title before others.
    fn header_date(&self, order: DayMonth) -> Option<Published> {
        let mut best: Option<(Rank, Published)> = None;
        for (at, unit) in self.units.iter().enumerate().take(self.body.start) {
            if unit.role != Role::Date {
                continue;
            }
            for date in self.rules.calendar.read(unit.span.of(self.text), order) {
                let below = self.title.is_none_or(|title| at > title);
                let distance = self.title.map_or(0, |title| title.abs_diff(at));
                let rank = (!date.updated, below, date.time.is_some(), Reverse(distance));
                if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                    let start = unit.span.start as usize;
                    let span = ByteSpan::new(start + date.at.start, start + date.at.end);
                    best = Some((rank, published(&date, Origin::Page, Some(span))));
                }
            }
        }
        best.map(|(_, published)| published)
    }

    fn given_date(&self, given: &Given, order: DayMonth) -> Option<Published> {
        let words = given.published.as_deref()?.trim();
        if let Some(date) = self.rules.calendar.read(words, order).first() {
            return Some(published(date, Origin::Meta, None));
        }
        stamp(words).or_else(|| year(words))
    }

    /// Returns the latest date in the body that is written with a weekday and brackets:
    /// `Selasa (31/12/2024)`.
    fn body_date(&self) -> Option<Published> {
        let first = self.units.get(self.body.start)?.span.start as usize;
        let last = self.units.get(self.body.end.checked_sub(1)?)?.span.end as usize;
        let bytes = self.text.as_bytes().get(first..last)?;
        let mut best: Option<Published> = None;
        for at in memchr::memchr_iter(b'(', bytes) {
            let inner = bytes.get(at + 1..(at + 14).min(bytes.len()))?;
            if !inner.first().is_some_and(u8::is_ascii_digit)
                || !inner.contains(&b')')
                || memchr::memchr_iter(b'/', inner).count() != 2
            {
                continue;
            }
            let start = self
                .text
                .get(first..first + at)?
                .trim_end()
                .rfind(|c: char| !c.is_alphabetic() && c != '\'' && c != '’')
                .map_or(first, |from| first + from);
            let start = (start..first + at)
                .find(|i| self.text.is_char_boundary(*i))
                .unwrap_or(first + at);
            let words = self
                .text
                .get(start..first + at + 1 + inner.iter().position(|b| *b == b')').unwrap_or(0))?;
            let dates = self.rules.calendar.read(words, DayMonth::DayFirst);
            let coming = self.text.get(first + at..).is_some_and(|rest| {
                rest.split([' ', '\n'])
                    .nth(1)
                    .is_some_and(|word| word.starts_with("mendatang"))
            });
            if let Some(date) = dates.first().filter(|date| date.has_weekday && !coming) {
                let span = ByteSpan::new(start + date.at.start, start + date.at.end);
                let found = published(date, Origin::Body, Some(span));
                if best.is_none_or(|known| known.date < found.date) {
                    best = Some(found);
                }
            }
        }
        best
    }
}

/// Converts a date that was parsed from text to the model's type. `from` says where the text is
/// from, and `span` is the position of the date in the article, if it is there.
fn published(date: &WrittenDate, from: Origin, span: Option<ByteSpan>) -> Published {
    let precision = match (date.has_day, date.time.is_some()) {
        (false, _) => Precision::Month,
        (true, false) => Precision::Day,
        (true, true) => Precision::Minute,
    };
    Published {
        date: date.date,
        time: date.time.filter(|_| date.has_day),
        zone: date.zone.filter(|_| date.time.is_some()),
        precision,
        order: match date.reading {
            Reading::Plain => NumberOrder::Plain,
            Reading::Proven(DayMonth::DayFirst) => NumberOrder::DayFirst,
            Reading::Proven(DayMonth::MonthFirst) => NumberOrder::MonthFirst,
            Reading::Assumed(DayMonth::DayFirst) => NumberOrder::AssumedDayFirst,
            Reading::Assumed(DayMonth::MonthFirst) => NumberOrder::AssumedMonthFirst,
        },
        from,
        span,
    }
}

/// Parses `words` as seconds or milliseconds since 1970. Returns `None` if they are not such a
/// number.
fn stamp(words: &str) -> Option<Published> {
    if !(9..=13).contains(&words.len()) || !words.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = words.parse().ok()?;
    let seconds = if words.len() > 11 {
        number / 1000
    } else {
        number
    };
    let moment = chrono::DateTime::from_timestamp(seconds, 0)?.naive_utc();
    Some(Published {
        date: moment.date(),
        time: Some(moment.time()),
        zone: Some(0),
        precision: Precision::Minute,
        order: NumberOrder::Plain,
        from: Origin::Meta,
        span: None,
    })
}

fn year(words: &str) -> Option<Published> {
    let year: i32 = words
        .parse()
        .ok()
        .filter(|year| (1600..=2100).contains(year))?;
    Some(Published {
        date: NaiveDate::from_ymd_opt(year, 1, 1)?,
        time: None,
        zone: None,
        precision: Precision::Year,
        order: NumberOrder::Plain,
        from: Origin::Meta,
        span: None,
    })
}

/// Returns whether a line consists of a time only, such as `03:26 pm`.
fn is_clock(words: &str) -> bool {
    words.len() <= 12 && words.contains(':') && words.starts_with(|c: char| c.is_ascii_digit())
}
