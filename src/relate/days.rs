//! The days on which most articles of a corpus were published, so that a date far outside of them
//! can be marked.

use chrono::{Days, NaiveDate};

use crate::model::Corpus;

/// Minimum number of dated articles. Fewer say nothing about what is usual.
const MIN_DATED: usize = 8;
/// Minimum distance from the middle half of the articles at which a date is far outside, in days.
const MIN_REACH: i64 = 366;
/// Distance at which a date is far outside, as a multiple of the time that the middle half of the
/// articles takes: the outer fences of Tukey's box plot.
const FENCE: i64 = 3;

/// The usual days of publication of a corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsualDays(Option<(NaiveDate, NaiveDate)>);

impl UsualDays {
    /// Computes the usual days from the dates of all articles.
    pub fn of(corpus: &Corpus) -> Self {
        let dates = corpus.iter().filter_map(|(_, article)| {
            let published = article.structure.published.as_ref();
            published.map(|published| published.date)
        });
        Self::of_dates(dates.collect())
    }

    fn of_dates(mut dates: Vec<NaiveDate>) -> Self {
        if dates.len() < MIN_DATED {
            return Self(None);
        }
        let at = |share: usize| dates.len() * share / 4;
        let (first, third) = (at(1), at(3));
        let lower = *dates.select_nth_unstable(first).1;
        let upper = *dates.select_nth_unstable(third).1;
        let reach = ((upper - lower).num_days() * FENCE).max(MIN_REACH);
        let reach = Days::new(reach.unsigned_abs());
        let from = lower.checked_sub_days(reach).unwrap_or(NaiveDate::MIN);
        let to = upper.checked_add_days(reach).unwrap_or(NaiveDate::MAX);
        Self(Some((from, to)))
    }

    /// Returns whether a date is far outside of the usual days.
    pub fn is_far(self, date: NaiveDate) -> bool {
        self.0.is_some_and(|(from, to)| date < from || date > to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_years_away_is_far_and_one_a_season_away_is_not() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let mut dates: Vec<_> = (1..=20).map(|n| day(2023, 9, n)).collect();
        dates.push(day(1970, 1, 1));
        let usual = UsualDays::of_dates(dates);
        for (date, is_far) in [
            (day(1970, 1, 1), true),
            (day(2023, 9, 30), false),
            (day(2024, 1, 30), false),
            (day(2029, 1, 1), true),
        ] {
            assert_eq!(usual.is_far(date), is_far, "{date}");
        }
        let few = UsualDays::of_dates(vec![day(2023, 9, 1), day(1970, 1, 1)]);
        assert!(!few.is_far(day(1970, 1, 1)), "two dates say nothing");
    }
}
