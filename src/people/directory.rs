//! The directory of the speakers of a corpus: people and institutions with their names, and the
//! speakers of each quotation.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::{Corpus, QuoteId};

/// The index of a speaker in a [`Directory`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

/// The kind of a speaker: a person, an institution, or a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonKind {
    /// A human being, judging by the form of the name.
    Person,
    /// An agency, an office or a company.
    Institution,
    /// An office or a description without a name (`the spokesman`), known in one article only.
    Description,
}

/// A name under which a speaker occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name as written, with white space squeezed.
    pub written: Box<str>,
    /// Number of quotations whose speaker is written in this way.
    pub quotes: u32,
}

/// A speaker with all names and quotations in the corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The fullest name, in its most frequent spelling.
    pub name: Box<str>,
    /// The kind of speaker.
    pub kind: PersonKind,
    /// All names of the speaker, including `name`, most frequent first.
    pub aliases: Vec<Alias>,
    /// All quotations, in the order of the corpus.
    pub quotes: Vec<QuoteId>,
    /// Number of articles that quote the speaker.
    pub articles: u32,
    /// The outlets that quote the speaker, by name.
    pub outlets: Vec<Box<str>>,
    /// The first day on which the speaker was quoted, if any date is known.
    pub first: Option<NaiveDate>,
    /// The last day on which the speaker was quoted, if any date is known.
    pub last: Option<NaiveDate>,
}

/// The speakers of a corpus. Built for one snapshot; look-ups are cheap.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub(super) people: Vec<Person>,
    /// For each article, the index in `starts` of its first quotation.
    pub(super) articles: Vec<u32>,
    /// For each quotation, the index in `speakers` of its first speaker, with one more entry for
    /// the end.
    pub(super) starts: Vec<u32>,
    pub(super) speakers: Vec<PersonId>,
}

impl Directory {
    /// Returns all speakers: those with most quotations first, then by name.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Returns the speaker with this identifier.
    pub fn get(&self, id: PersonId) -> Option<&Person> {
        self.people.get(id.0 as usize)
    }

    /// Returns all speakers with their identifiers, in the order of [`Directory::people`].
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        (0..).map(PersonId).zip(&self.people)
    }

    /// Returns the speakers of a quotation: several if they speak together, none if unknown.
    pub fn speakers_of(&self, quote: QuoteId) -> &[PersonId] {
        let Some(first) = self.articles.get(quote.article.0 as usize) else {
            return &[];
        };
        let at = (*first + quote.index) as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => self
                .speakers
                .get(*start as usize..*end as usize)
                .unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Returns the speakers of all quotations of an article, one entry per quotation and speaker.
    pub fn speakers_in(&self, article: crate::model::ArticleId) -> &[PersonId] {
        let first = |article: usize| Some(*self.articles.get(article)? as usize);
        let last = self.starts.len().saturating_sub(1);
        let article = article.0 as usize;
        let Some(from) = first(article) else {
            return &[];
        };
        let to = first(article + 1).unwrap_or(last);
        match (self.starts.get(from), self.starts.get(to)) {
            (Some(start), Some(end)) => self
                .speakers
                .get(*start as usize..*end as usize)
                .unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Returns the names of the speakers of a quotation for display, joined by `; `. Returns `None`
    /// if they are unknown.
    pub fn name_of(&self, quote: QuoteId) -> Option<String> {
        let known = self.speakers_of(quote).iter();
        let names: Vec<&str> = known.filter_map(|id| Some(&*self.get(*id)?.name)).collect();
        (!names.is_empty()).then(|| names.join("; "))
    }

    /// Returns the speakers with a name or alias that equals `written`, ignoring case and accents.
    pub fn find(&self, written: &str) -> impl Iterator<Item = PersonId> {
        let wanted = crate::text::fold(written);
        self.iter().filter_map(move |(id, person)| {
            let mut aliases = person.aliases.iter();
            aliases
                .any(|alias| crate::text::fold(&alias.written) == wanted)
                .then_some(id)
        })
    }

    /// Fills in the outlets, the days and the number of articles, once the quotations are known.
    pub(super) fn fill(&mut self, corpus: &Corpus) {
        self.people.par_iter_mut().for_each(|person| {
            person.quotes.sort_unstable();
            person.quotes.dedup();
            let mut articles: Vec<_> = person.quotes.iter().map(|quote| quote.article).collect();
            articles.dedup();
            person.articles = articles.len() as u32;
            let known = || articles.iter().filter_map(|id| corpus.get(*id));
            let days = || known().filter_map(|article| Some(article.structure.published?.date));
            (person.first, person.last) = (days().min(), days().max());
            person.outlets = known().filter_map(|a| Some(a.outlet()?.into())).collect();
            person.outlets.sort_unstable();
            person.outlets.dedup();
        });
    }
}
