//! The timeline: statements by the date on which they were published, which is not the date on
//! which they were made.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::model::{Corpus, QuoteId};

/// How wide a step of the timeline is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// One day.
    #[default]
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
}

impl Grain {
    /// The first day of the step that holds `date`.
    pub fn start(self, date: NaiveDate) -> NaiveDate {
        let back = match self {
            Self::Day => 0,
            Self::Week => date.weekday().num_days_from_monday(),
            Self::Month => date.day0(),
        };
        date.checked_sub_days(Days::new(u64::from(back)))
            .unwrap_or(date)
    }
}

/// Statements by date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The steps that have statements, by their first day; in each, by date and as they were read.
    pub steps: Vec<(NaiveDate, Vec<QuoteId>)>,
    /// Statements in articles whose date is not known.
    pub undated: Vec<QuoteId>,
}

/// Puts quotations (of a speaker, of a story) on a timeline by their articles' date of publication.
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
}
