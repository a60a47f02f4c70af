//! Decides whether day or month comes first in ambiguous dates such as `03/04/2024`, by the
//! majority of the unambiguous dates of the same outlet. If these are tied or missing, those of the
//! same file decide, and then all dates in the same language.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::language::Lang;
use crate::model::{Article, Corpus, NumberOrder, Published};

/// Number of dates with the day first, and of dates with the month first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    day_first: u32,
    month_first: u32,
}

impl Tally {
    fn add(&mut self, order: NumberOrder) {
        match order {
            NumberOrder::DayFirst => self.day_first += 1,
            NumberOrder::MonthFirst => self.month_first += 1,
            _ => {}
        }
    }

    /// Returns the order that more dates have, or `None` for a tie.
    fn winner(self) -> Option<NumberOrder> {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(NumberOrder::VotedDayFirst),
            std::cmp::Ordering::Less => Some(NumberOrder::VotedMonthFirst),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// The orders of all unambiguous dates in a corpus, counted by outlet, by file and by language.
#[derive(Debug, Default)]
struct Votes<'a> {
    outlets: HashMap<&'a str, Tally>,
    files: HashMap<&'a Arc<str>, Tally>,
    languages: HashMap<Option<Lang>, Tally>,
}

impl<'a> Votes<'a> {
    fn count(corpus: &'a Corpus) -> Self {
        let mut votes = Self::default();
        for (_, article) in corpus.iter() {
            let Some(published) = article.structure.published else {
                continue;
            };
            let order = published.order;
            if matches!(order, NumberOrder::DayFirst | NumberOrder::MonthFirst) {
                if let Some(outlet) = article.outlet() {
                    votes.outlets.entry(outlet).or_default().add(order);
                }
                if article.record.is_some() {
                    votes.files.entry(&article.path).or_default().add(order);
                }
                votes
                    .languages
                    .entry(article.language)
                    .or_default()
                    .add(order);
            }
        }
        votes
    }

    /// Returns the article's date in the order that the votes decide. Returns `None` if the date is
    /// not ambiguous, the votes do not decide, or they confirm the order that was assumed.
    fn corrected(&self, article: &Article) -> Option<Published> {
        let published = article.structure.published?;
        if !is_assumed(published) {
            return None;
        }
        let outlet = article.outlet().and_then(|outlet| self.outlets.get(outlet));
        let file = article.record.as_ref();
        let file = file.and_then(|_| self.files.get(&article.path));
        let language = self.languages.get(&article.language);
        let mut tallies = [outlet, file, language].into_iter().flatten();
        let order = tallies.find_map(|tally| tally.winner())?;
        let is_as_assumed = matches!(
            (published.order, order),
            (NumberOrder::AssumedDayFirst, NumberOrder::VotedDayFirst)
                | (NumberOrder::AssumedMonthFirst, NumberOrder::VotedMonthFirst)
        );
        let date = published.date;
        let swapped = NaiveDate::from_ymd_opt(date.year(), date.day(), date.month());
        let date = swapped.filter(|_| !is_as_assumed)?;
        Some(Published {
            date,
            order,
            ..published
        })
    }
}

fn is_assumed(published: Published) -> bool {
    matches!(
        published.order,
        NumberOrder::AssumedDayFirst | NumberOrder::AssumedMonthFirst
    )
}

/// Corrects the ambiguous dates of a corpus by the unambiguous dates of all its articles. The
/// result depends only on the articles, not on how or in which order they were read. Identifiers of
/// articles stay valid. If any date changes, the returned corpus is not a continuation of the given
/// one. Takes time linear in the number of articles.
#[must_use]
pub fn settle_dates(corpus: Corpus) -> Corpus {
    let dates = |(_, article): (_, &Article)| article.structure.published;
    if !corpus.iter().filter_map(dates).any(is_assumed) {
        return corpus;
    }
    let votes = Votes::count(&corpus);
    let corrected = |(id, article)| Some((id, votes.corrected(article)?));
    let corrections: Vec<_> = corpus.iter().filter_map(corrected).collect();
    drop(votes);
    corpus.change(&corrections, |article, published| {
        article.structure.published = Some(*published);
    })
}
