//! The dispersion of a keyword: on which days it occurs, at which place of the articles, in which
//! outlets, and in whose mouth.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::count::Hit;
use super::question::WordQuestion;
use crate::model::{Corpus, QuoteId};
use crate::people::PersonId;

/// Number of equal parts into which articles are divided.
pub const PLACES: usize = 100;
/// Share of the occurrences at either end of time that are unusual, in percent.
const UNUSUAL_PERCENT: u32 = 3;
/// Maximum number of outlets, and of people, that are told apart.
const MAX_ROWS: usize = 40;

/// Where and when a keyword occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// How often it occurs in each hundredth of the articles, from beginning to end.
    pub places: Vec<u32>,
    /// The occurrences by day: all, then by outlet, then by person, those with most first.
    pub rows: Vec<SpreadRow>,
    /// The number of occurrences in articles without a date.
    pub undated: usize,
}

/// The occurrences of a keyword in one outlet or in the mouth of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpreadRow {
    /// Whose occurrences these are.
    pub of: SpreadOf,
    /// The number of occurrences, also on unknown days.
    pub count: usize,
    /// The number of occurrences on each day that has any, by day.
    pub days: Vec<(NaiveDate, u32)>,
}

/// Whose occurrences a row of a dispersion shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpreadOf {
    /// All occurrences.
    All,
    /// Those in the articles of an outlet, or in those whose outlet is unknown.
    Outlet(Option<Box<str>>),
    /// Those in the quotations of a person.
    Person(PersonId),
}

impl Spread {
    /// Returns the spread of the occurrences `hits`.
    pub(super) fn of(corpus: &Corpus, question: &WordQuestion, hits: &[Hit]) -> Self {
        let mut spread = Self {
            places: vec![0; PLACES],
            ..Self::default()
        };
        let mut rows: HashMap<SpreadOf, (usize, BTreeMap<NaiveDate, u32>)> = HashMap::new();
        for hit in hits {
            let Some(article) = corpus.get(hit.article) else {
                continue;
            };
            let place = hit.span.range().start * PLACES / article.text.len().max(1);
            if let Some(count) = spread.places.get_mut(place) {
                *count += 1;
            }
            let day = article.structure.published.as_ref().map(|known| known.date);
            spread.undated += usize::from(day.is_none());
            let outlet = SpreadOf::Outlet(article.outlet().map(Box::from));
            let people = people(question, *hit).map(SpreadOf::Person);
            for of in [SpreadOf::All, outlet].into_iter().chain(people) {
                let (count, days) = rows.entry(of).or_default();
                *count += 1;
                if let Some(day) = day {
                    *days.entry(day).or_default() += 1;
                }
            }
        }
        spread.rows = ranked(rows);
        spread
    }

    /// Returns the first and the last day of the usual occurrences: without the few percent at
    /// either end, which may be years away and would leave no room for the rest.
    pub fn usual_ends(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = &self.rows.first()?.days;
        let all: u32 = days.iter().map(|(_, count)| count).sum();
        let unusual = all * UNUSUAL_PERCENT / 100;
        let first_beyond = |days: &mut dyn Iterator<Item = &(NaiveDate, u32)>| {
            let mut sum = 0;
            let mut beyond = days.skip_while(|(_, count)| {
                sum += count;
                sum <= unusual
            });
            beyond.next().map(|(day, _)| *day)
        };
        let from = first_beyond(&mut days.iter())?;
        let to = first_beyond(&mut days.iter().rev())?;
        Some((from, to))
    }
}

fn people(question: &WordQuestion, hit: Hit) -> impl Iterator<Item = PersonId> {
    let survey = question.survey.as_deref();
    let quote = hit.quote.map(|index| QuoteId {
        article: hit.article,
        index,
    });
    let speakers = survey.zip(quote).map_or(&[][..], |(survey, quote)| {
        survey.directory.speakers_of(quote)
    });
    speakers.iter().copied()
}

fn ranked(rows: HashMap<SpreadOf, (usize, BTreeMap<NaiveDate, u32>)>) -> Vec<SpreadRow> {
    let mut rows: Vec<SpreadRow> = rows
        .into_iter()
        .map(|(of, (count, days))| SpreadRow {
            of,
            count,
            days: days.into_iter().collect(),
        })
        .collect();
    let kind = |of: &SpreadOf| match of {
        SpreadOf::All => 0,
        SpreadOf::Outlet(_) => 1,
        SpreadOf::Person(_) => 2,
    };
    rows.sort_by(|a, b| {
        let (one, other) = (kind(&a.of), kind(&b.of));
        one.cmp(&other)
            .then(b.count.cmp(&a.count))
            .then_with(|| a.of.cmp(&b.of))
    });
    let mut kept = [0; 3];
    rows.retain(|row| {
        let count = kept.get_mut(kind(&row.of));
        count.is_some_and(|count| {
            *count += 1;
            *count <= MAX_ROWS
        })
    });
    rows
}
