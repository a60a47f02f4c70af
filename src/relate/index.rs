//! The index of weighted terms: what each article is about, and which articles share a term. Names
//! and rare words count; stop words of the language pack do not.

use rayon::prelude::*;

use super::Run;
use super::bags::{Bags, NAME, Term, Vector, first_name};
use super::passages::{day_of, event_day};
use super::ranks::Ranks;
use crate::language::{Calendar, Packs};
use crate::model::{Article, ArticleId, Corpus};

/// A term index in memory: about two kilobytes for each article.
#[derive(Debug, Default)]
pub(crate) struct Index {
    vectors: Vec<Vector>,
    postings: Vec<u32>,
    /// Start of the postings of each term, with one more entry for the end. Wide, because a corpus
    /// has more postings than articles or terms.
    starts: Vec<u64>,
    /// The terms from here on are names.
    first_name: Term,
    by_date: Vec<ArticleId>,
    places: Vec<u32>,
    days: Vec<Option<i32>>,
    events: Vec<Option<i32>>,
    numbers: Ranks,
}

impl Index {
    /// The number of articles.
    pub(crate) fn len(&self) -> usize {
        self.vectors.len()
    }

    /// The weighted terms of one article, by term; the weights' squares sum to at most one.
    pub(crate) fn terms(&self, article: ArticleId) -> &[(Term, f32)] {
        self.vectors
            .get(article.0 as usize)
            .map_or(&[], |vector| &vector.terms)
    }

    /// The articles that hold a term, by date and then by key, as places in `by_date`.
    pub(crate) fn postings(&self, term: Term) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        let range = bound(term as usize)..bound(term as usize + 1);
        self.postings.get(range).unwrap_or(&[])
    }

    /// All articles by date of publication and then by key, the undated ones last.
    pub(crate) fn by_date(&self) -> &[ArticleId] {
        &self.by_date
    }

    /// The article at a place in `by_date`.
    pub(crate) fn at(&self, place: u32) -> Option<ArticleId> {
        self.by_date.get(place as usize).copied()
    }

    /// An article's place in `by_date`.
    pub(crate) fn place(&self, article: ArticleId) -> u32 {
        self.places.get(article.0 as usize).copied().unwrap_or(0)
    }

    /// The term of a word, by its hash; `None` where no two articles have it.
    pub(crate) fn term(&self, hash: u32) -> Option<Term> {
        self.numbers.get(hash & !NAME)
    }

    /// The day of publication, counted from an epoch; `None` where it is not known.
    pub(crate) fn day(&self, article: ArticleId) -> Option<i32> {
        self.days.get(article.0 as usize).copied().flatten()
    }

    /// The day of the event, as the lead names it; `None` where it names none.
    pub(crate) fn event_day(&self, article: ArticleId) -> Option<i32> {
        self.events.get(article.0 as usize).copied().flatten()
    }

    /// Days between the publication of two articles; `None` where either date is not known.
    pub(crate) fn days_apart(&self, a: ArticleId, b: ArticleId) -> Option<i32> {
        Some((self.day(a)? - self.day(b)?).abs())
    }

    /// How alike two articles are in words and names, in 0..=1: the cosine of their terms.
    pub(crate) fn likeness(&self, a: ArticleId, b: ArticleId) -> f32 {
        product(self.terms(a), self.terms(b)).min(1.0)
    }

    /// How alike two articles are in their words, whoever they name, in 0..=1.
    pub(crate) fn likeness_of_words(&self, a: ArticleId, b: ArticleId) -> f32 {
        let words = |id: ArticleId| {
            let terms = self.terms(id);
            let end = terms.partition_point(|(term, _)| *term < self.first_name);
            terms.get(..end).unwrap_or(&[])
        };
        let share = |id: ArticleId| {
            self.vectors
                .get(id.0 as usize)
                .map_or(0.0, |vector| vector.words)
        };
        let length = (share(a) * share(b)).sqrt();
        if length > 0.0 {
            (product(words(a), words(b)) / length).min(1.0)
        } else {
            0.0
        }
    }

    /// Indexes a corpus by the bags of its articles; `None` where the run was cancelled.
    pub(super) fn build(
        (corpus, packs): (&Corpus, &Packs),
        mut bags: Bags,
        run: &Run,
    ) -> Option<Self> {
        let articles: Vec<&Article> = corpus.iter().map(|(_, article)| article).collect();
        let known = bags.number(run)?;
        let first_name = first_name(&known);
        let vectors = bags.into_vectors(&known, run)?;
        let known = known.concat();
        let days: Vec<Option<i32>> = articles.iter().map(|article| day_of(article)).collect();
        let calendar = Calendar::new(packs);
        let events = articles.par_iter();
        let events = events.map(|article| event_day(article, packs, &calendar));
        let terms = known.len();
        let mut index = Self {
            vectors,
            first_name,
            numbers: Ranks::of(known),
            days,
            ..Self::default()
        };
        index.sort_by_date(&articles);
        let ((), events) = rayon::join(|| index.invert(terms), || events.collect());
        index.events = events;
        Some(index)
    }

    /// Sorts by date and then by key, so that nothing hangs on the order in which articles were read.
    fn sort_by_date(&mut self, articles: &[&Article]) {
        self.by_date = (0..self.vectors.len() as u32).map(ArticleId).collect();
        let days = &self.days;
        let day = |id: &ArticleId| days.get(id.0 as usize).copied().flatten();
        let key = |id: &ArticleId| articles.get(id.0 as usize).map(|article| &*article.key);
        self.by_date.par_sort_by(|a, b| {
            let order = |id| (day(id).is_none(), day(id), key(id));
            order(a).cmp(&order(b)).then(a.cmp(b))
        });
        self.places = vec![0; self.by_date.len()];
        for (place, id) in self.by_date.iter().enumerate() {
            self.places[id.0 as usize] = place as u32;
        }
    }

    fn invert(&mut self, terms: usize) {
        let mut starts = vec![0_u64; terms + 1];
        for (term, _) in self.vectors.iter().flat_map(|vector| vector.terms.iter()) {
            starts[*term as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        self.postings = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for (place, id) in self.by_date.iter().enumerate() {
            for (term, _) in &self.vectors[id.0 as usize].terms {
                let at = &mut next[*term as usize];
                self.postings[*at as usize] = place as u32;
                *at += 1;
            }
        }
        self.starts = starts;
    }
}

/// The product of two vectors of terms, both by term.
fn product(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
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
