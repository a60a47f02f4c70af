//! The timeline: statements by date of publication, which is not the date on which they were made.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::model::{Corpus, QuoteId};

/// The length of a step of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// One day.
    #[default]
    Day,
    /// One week, from Monday to Sunday.
    Week,
    /// One calendar month.
    Month,
}

impl Grain {
    /// Returns the first day of the step that contains `date`.
    pub fn start(self, date: NaiveDate) -> NaiveDate {
        let back = match self {
            Self::Day => 0,
            Self::Week => date.weekday().num_days_from_monday(),
            Self::Month => date.day0(),
        };
        date.checked_sub_days(Days::new(u64::from(back)))
            .unwrap_or(date)
    }

    /// Returns the number of the step that contains `date`. The steps are numbered without gaps.
    pub fn number(self, date: NaiveDate) -> i64 {
        match self {
            Self::Day => i64::from(date.num_days_from_ce()),
            Self::Week => i64::from(self.start(date).num_days_from_ce()).div_euclid(7),
            Self::Month => i64::from(date.year()) * 12 + i64::from(date.month0()),
        }
    }

    /// Returns the last day of the step that contains `date`.
    pub fn end(self, date: NaiveDate) -> NaiveDate {
        let start = self.start(date);
        let next = match self {
            Self::Day => start.checked_add_days(Days::new(1)),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
        };
        next.and_then(|next| next.pred_opt()).unwrap_or(date)
    }

    /// Returns the next longer step, or a day after a month.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Day => Self::Week,
            Self::Week => Self::Month,
            Self::Month => Self::Day,
        }
    }
}

/// Statements grouped by date of publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Steps with statements, by their first day. Within a step, statements are sorted by date and
    /// then in the order in which they were read.
    pub steps: Vec<(NaiveDate, Vec<QuoteId>)>,
    /// Statements in articles of unknown date.
    pub undated: Vec<QuoteId>,
}

/// Groups quotations (of a speaker or a story) by the dates of publication of their articles.
pub fn timeline(
    corpus: &Corpus,
    quotes: impl IntoIterator<Item = QuoteId>,
    grain: Grain,
) -> Timeline {
    let mut dated = Vec::new();
    let mut line = Timeline::default();
    for quote in quotes {
        let article = corpus.get(quote.article);
        match article.and_then(|article| article.structure.published) {
            Some(published) => dated.push((published.date, published.time, quote)),
            None => line.undated.push(quote),
        }
    }
    dated.sort_unstable();
    let mut steps: BTreeMap<NaiveDate, Vec<QuoteId>> = BTreeMap::new();
    for (date, _, quote) in dated {
        steps.entry(grain.start(date)).or_default().push(quote);
    }
    line.steps = steps.into_iter().collect();
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_begins_on_its_first_day() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let thursday = day(2026, 1, 1);
        assert_eq!(Grain::Day.start(thursday), thursday);
        assert_eq!(Grain::Week.start(thursday), day(2025, 12, 29));
        assert_eq!(Grain::Month.start(day(2026, 1, 31)), thursday);
    }

    #[test]
    fn steps_follow_one_another_without_gaps() {
        let first = NaiveDate::from_ymd_opt(2023, 12, 25).unwrap();
        for grain in [Grain::Day, Grain::Week, Grain::Month] {
            for date in first.iter_days().take(800) {
                let (start, end) = (grain.start(date), grain.end(date));
                assert!((start..=end).contains(&date), "{grain:?} {date}");
                let number = grain.number(date);
                assert_eq!((grain.number(start), grain.number(end)), (number, number));
                let next = end.succ_opt().unwrap();
                assert_eq!(grain.start(next), next);
                assert_eq!(grain.number(next), number + 1, "{grain:?} {date}");
            }
        }
    }
}
