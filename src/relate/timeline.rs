//! The timeline: statements by date of publication, which is not the date on which they were made.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

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
}
