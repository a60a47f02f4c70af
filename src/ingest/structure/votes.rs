//! The order of day and month where one text cannot settle it: the dates that prove an order vote,
//! first those of the same outlet, then all.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::model::{Article, ArticleId, Corpus, NumberOrder};

/// Votes for day first and for month first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    day_first: u32,
    month_first: u32,
}

impl Tally {
    fn winner(self) -> Option<NumberOrder> {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(NumberOrder::AssumedDayFirst),
            std::cmp::Ordering::Less => Some(NumberOrder::AssumedMonthFirst),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// The proven dates of a corpus, counted by outlet.
#[derive(Clone, Debug, Default)]
pub struct DayMonthVotes {
    outlets: HashMap<Box<str>, Tally>,
    all: Tally,
}

/// Dates that are read the other way once the corpus has voted.
pub type Corrections = HashMap<ArticleId, NaiveDate>;

impl DayMonthVotes {
    /// Counts the dates of a snapshot. Takes time linear in the number of articles.
    pub fn count(corpus: &Corpus) -> Self {
        let mut votes = Self::default();
        for (_, article) in corpus.iter() {
            votes.add(article);
        }
        votes
    }

    fn add(&mut self, article: &Article) {
        let Some(published) = article.structure.published else {
            return;
        };
        let vote = |tally: &mut Tally| match published.order {
            NumberOrder::DayFirst => tally.day_first += 1,
            NumberOrder::MonthFirst => tally.month_first += 1,
            _ => {}
        };
        vote(&mut self.all);
        if let Some(outlet) = article.outlet() {
            vote(self.outlets.entry(outlet.into()).or_default());
        }
    }

    /// The dates of `corpus` that the votes read otherwise than they were; an overlay, the
    /// articles stay as they are. A tie changes nothing.
    pub fn corrections(&self, corpus: &Corpus) -> Corrections {
        corpus
            .iter()
            .filter_map(|(id, article)| Some((id, self.corrected(article)?)))
            .collect()
    }

    fn corrected(&self, article: &Article) -> Option<NaiveDate> {
        let published = article.structure.published?;
        let assumed = matches!(
            published.order,
            NumberOrder::AssumedDayFirst | NumberOrder::AssumedMonthFirst
        );
        let by_outlet = article
            .outlet()
            .and_then(|outlet| self.outlets.get(outlet)?.winner());
        let order = by_outlet.or_else(|| self.all.winner())?;
        if !assumed || order == published.order {
            return None;
        }
        let date = published.date;
        NaiveDate::from_ymd_opt(date.year(), date.day(), date.month())
    }
}
