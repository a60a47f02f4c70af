//! The index of weighted terms: what each article is about, and which articles share a term. Names
//! and rare words count; stop words of the language pack do not.

use chrono::Datelike;
use rayon::prelude::*;

use super::Run;
use super::bags::{Bags, Vector};
use super::passages::{LEAD_PARAGRAPHS, PHRASE, Term, day_of, passages};
use super::ranks::Ranks;
use super::series::serial;
use crate::language::{Calendar, Packs};
use crate::model::{Article, ArticleId, Corpus};

/// Maximum number of days between a report and the event that it reports. An earlier day is
/// background.
const RECENT_DAYS: i32 = 7;

/// What related articles, stories and variants ask of an index. Kept narrow, so that another index
/// over the same corpus can take the place of this one.
pub(crate) trait TermIndex: Sync {
    /// Returns the number of articles.
    fn len(&self) -> usize;
    /// Returns the weighted terms of one article, sorted by term. The squares of the weights sum to
    /// at most one.
    fn terms(&self, article: ArticleId) -> &[(Term, f32)];
    /// Returns the articles that contain a term, as places in `by_date`, in rising order.
    fn postings(&self, term: Term) -> &[u32];
    /// Returns all articles by date of publication, undated ones last.
    fn by_date(&self) -> &[ArticleId];
    /// Returns the place of an article in `by_date`.
    fn place(&self, article: ArticleId) -> u32;
    /// Returns the term of a stem or of a pair of names, given its hash. Returns `None` if fewer
    /// than two articles have it.
    fn term(&self, hash: u32) -> Option<Term>;
    /// Returns the day of publication, counted from an epoch, or `None` if it is unknown.
    fn day(&self, article: ArticleId) -> Option<i32>;
    /// Returns the day of the event that the lead names, or `None` if it names none.
    fn event_day(&self, article: ArticleId) -> Option<i32>;
    /// Returns whether the article is a piece of a series and so reports no event of its own.
    fn is_serial(&self, article: ArticleId) -> bool;
}

/// A term index in memory. Takes about a kilobyte per article.
#[derive(Debug, Default)]
pub(crate) struct Index {
    vectors: Vec<Vector>,
    postings: Vec<u32>,
    /// Start of the postings of each term, with one more entry for the end.
    starts: Vec<u32>,
    by_date: Vec<ArticleId>,
    places: Vec<u32>,
    days: Vec<Option<i32>>,
    events: Vec<Option<i32>>,
    serial: Vec<bool>,
    numbers: Ranks,
}

impl TermIndex for Index {
    fn len(&self) -> usize {
        self.vectors.len()
    }

    fn terms(&self, article: ArticleId) -> &[(Term, f32)] {
        self.vectors.get(article.0 as usize).map_or(&[], |v| v)
    }

    fn postings(&self, term: Term) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        let range = bound(term as usize)..bound(term as usize + 1);
        self.postings.get(range).unwrap_or(&[])
    }

    fn by_date(&self) -> &[ArticleId] {
        &self.by_date
    }

    fn place(&self, article: ArticleId) -> u32 {
        self.places.get(article.0 as usize).copied().unwrap_or(0)
    }

    fn term(&self, hash: u32) -> Option<Term> {
        self.numbers.get(hash & !PHRASE)
    }

    fn day(&self, article: ArticleId) -> Option<i32> {
        self.days.get(article.0 as usize).copied().flatten()
    }

    fn event_day(&self, article: ArticleId) -> Option<i32> {
        self.events.get(article.0 as usize).copied().flatten()
    }

    fn is_serial(&self, article: ArticleId) -> bool {
        self.serial.get(article.0 as usize) == Some(&true)
    }
}

impl Index {
    /// Builds the index of a corpus from the bags of its articles. Returns `None` if cancelled.
    pub(super) fn build(
        (corpus, packs): (&Corpus, &Packs),
        mut bags: Bags,
        run: &Run,
    ) -> Option<Self> {
        let articles: Vec<&Article> = corpus.iter().map(|(_, article)| article).collect();
        let known = bags.number(run)?;
        let vectors = bags.into_vectors(&known, run)?;
        let known = known.concat();
        let days: Vec<Option<i32>> = articles.iter().map(|article| day_of(article)).collect();
        let calendar = Calendar::new(packs);
        let events = articles.par_iter();
        let events = events.map(|article| event_day(article, packs, &calendar));
        let terms = known.len();
        let mut index = Self {
            vectors,
            numbers: Ranks::of(known),
            days,
            ..Self::default()
        };
        index.sort_by_date();
        let ((), (events, serial)) = rayon::join(
            || index.invert(terms),
            || (events.collect(), serial(&articles, packs, run)),
        );
        (index.events, index.serial) = (events, serial?);
        Some(index)
    }

    fn sort_by_date(&mut self) {
        self.by_date = (0..self.vectors.len() as u32).map(ArticleId).collect();
        let days = &self.days;
        self.by_date.sort_by_key(|id| {
            let day = days.get(id.0 as usize).copied().flatten();
            (day.is_none(), day)
        });
        self.places = vec![0; self.by_date.len()];
        for (place, id) in self.by_date.iter().enumerate() {
            self.places[id.0 as usize] = place as u32;
        }
    }

    fn invert(&mut self, terms: usize) {
        let mut starts = vec![0_u32; terms + 1];
        for (term, _) in self.vectors.iter().flat_map(|vector| vector.iter()) {
            starts[*term as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        self.postings = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for (place, id) in self.by_date.iter().enumerate() {
            for (term, _) in &self.vectors[id.0 as usize] {
                let at = &mut next[*term as usize];
                self.postings[*at as usize] = place as u32;
                *at += 1;
            }
        }
        self.starts = starts;
    }
}

/// The first day that the lead of a report names, where it is near the day of publication. The lead
/// tells when and where; the days of what went before come further down.
fn event_day(article: &Article, packs: &Packs, calendar: &Calendar) -> Option<i32> {
    let published = day_of(article)?;
    let order = packs.get(article.language?)?.dates.order;
    let lead = passages(article).into_iter();
    let lead = lead
        .filter(|(kind, _)| kind.is_body())
        .take(LEAD_PARAGRAPHS);
    let dates = lead.flat_map(|(_, span)| calendar.read(span.of(&article.text), order));
    let mut days = dates
        .filter(|written| written.has_day)
        .map(|written| written.date.num_days_from_ce());
    days.find(|day| (published - day).abs() <= RECENT_DAYS)
}

/// The product of two vectors of terms, both by term.
pub(crate) fn product(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let (mut at, mut sum) = (0, 0.0);
    for (term, weight) in a {
        while b.get(at).is_some_and(|(other, _)| other < term) {
            at += 1;
        }
        if let Some((_, other)) = b.get(at).filter(|(other, _)| other == term) {
            sum += weight * other;
        }
    }
    sum
}
