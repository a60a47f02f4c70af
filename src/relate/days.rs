//! The days of a corpus: those on which its articles were published, without the few dates that are
//! far outside, such as that of a page that was misread.

use chrono::{Days, NaiveDate};

/// The first and the last day of a corpus. Dates far outside are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorpusDays {
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
}

/// A date is far outside if it is further from the bulk of the dates than this multiple of their
/// range, and further than [`LEAST_DAYS`] times this multiple.
const FAR: i64 = 3;
/// Minimum range of the bulk of the dates that is assumed, in days: an article about what happened
/// a year later belongs to a corpus of one month.
const LEAST_DAYS: i64 = 365;
/// The bulk leaves out one date of this number at each end, and at least one.
const TAIL: usize = 50;

impl CorpusDays {
    /// Returns the days of a corpus whose articles have these dates, or `None` if none has one.
    pub fn of(dates: impl Iterator<Item = NaiveDate>) -> Option<Self> {
        let mut dates: Vec<NaiveDate> = dates.collect();
        dates.sort_unstable();
        let tail = match dates.len() {
            0..3 => 0,
            len => (len / TAIL).max(1),
        };
        let (first, last) = (
            *dates.get(tail)?,
            *dates.get(dates.len().checked_sub(1 + tail)?)?,
        );
        let reach = FAR * (last - first).num_days().max(LEAST_DAYS);
        let reach = Days::new(reach.unsigned_abs());
        let from = first.checked_sub_days(reach).unwrap_or(NaiveDate::MIN);
        let to = last.checked_add_days(reach).unwrap_or(NaiveDate::MAX);
        let mut near = dates.iter().filter(|date| (from..=to).contains(*date));
        let first = *near.next()?;
        Some(Self {
            first,
            last: near.next_back().copied().unwrap_or(first),
        })
    }

    /// Returns whether a date is far outside the corpus.
    pub fn is_far(&self, date: NaiveDate) -> bool {
        !(self.first..=self.last).contains(&date)
    }

    /// Returns the number of days, from the first to the last.
    pub fn count(&self) -> usize {
        usize::try_from((self.last - self.first).num_days()).map_or(1, |days| days + 1)
    }

    /// Returns the index of the part that contains `date`, if the days are divided into `parts`
    /// equal parts. Returns `None` for a date far outside the corpus.
    pub fn part(&self, date: NaiveDate, parts: usize) -> Option<usize> {
        if self.is_far(date) {
            return None;
        }
        let day = usize::try_from((date - self.first).num_days()).ok()?;
        Some((day * parts / self.count()).min(parts.saturating_sub(1)))
    }

    /// Returns the first day of a part, as [`Self::part`] divides the days.
    pub fn start_of(&self, part: usize, parts: usize) -> NaiveDate {
        let day = (part * self.count()).div_ceil(parts.max(1));
        let date = self.first.checked_add_days(Days::new(day as u64));
        date.map_or(self.last, |date| date.min(self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_far_outside_the_corpus_does_not_stretch_it() {
        let june = (1..=30).map(|d| NaiveDate::from_ymd_opt(2025, 6, d).unwrap());
        for (other, first, last) in [
            ("2025-06-30", "2025-06-01", "2025-06-30"),
            ("2026-05-20", "2025-06-01", "2026-05-20"),
            ("1970-01-01", "2025-06-01", "2025-06-30"),
            ("2099-12-31", "2025-06-01", "2025-06-30"),
        ] {
            let dates = june.clone().chain(june.clone()).chain([day(other)]);
            let days = CorpusDays::of(dates).unwrap();
            assert_eq!((days.first, days.last), (day(first), day(last)), "{other}");
        }
        assert_eq!(CorpusDays::of(std::iter::empty()), None);
        let one = CorpusDays::of(std::iter::once(day("2025-06-01"))).unwrap();
        assert_eq!((one.count(), one.part(one.first, 24)), (1, Some(0)));
    }

    #[test]
    fn every_day_is_in_one_part_and_parts_begin_where_they_say() {
        for (length, parts) in [(1, 24), (10, 24), (24, 24), (100, 24), (731, 12)] {
            let first = day("2024-01-01");
            let last = first + Days::new(length - 1);
            let days = CorpusDays { first, last };
            let mut before = 0;
            for date in first.iter_days().take(length as usize) {
                let part = days.part(date, parts).unwrap();
                assert!(part < parts && part >= before);
                assert!(days.start_of(part, parts) <= date, "{length} {parts}");
                before = part;
            }
            assert_eq!(days.part(last + Days::new(1), parts), None);
        }
    }
}
