//! The directory of speakers over a corpus: people and institutions with their names, and who is
//! the speaker of each quotation.

use chrono::NaiveDate;
use foldhash::HashMap;
use rayon::prelude::*;

use super::evidence::NameEvidence;
use super::joins::{Checked, SaidBy};
use super::kind::PersonKind;
use crate::model::{Corpus, QuoteId};

/// A speaker's place in a [`Directory`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

/// One way in which a speaker is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// As it stands, white space squeezed.
    pub written: Box<str>,
    /// Quotations whose speaker is written so.
    pub quotes: u32,
    /// What tells that the name is this speaker's.
    pub evidence: NameEvidence,
}

/// A speaker with all that the corpus has of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Readable and unique; the same in each run over the same corpus.
    pub id: Box<str>,
    /// The most complete name in use.
    pub name: Box<str>,
    /// Whether it is a human being.
    pub kind: PersonKind,
    /// All ways in which the speaker is written, `name` among them, most frequent first.
    pub aliases: Vec<Alias>,
    /// All quotations, in the order of the corpus.
    pub quotes: Vec<QuoteId>,
    /// The number of articles with such quotations.
    pub articles: u32,
    /// The names of the outlets that quote the person, in alphabetical order.
    pub outlets: Vec<Box<str>>,
    /// The first day of publication, where any is known.
    pub first: Option<NaiveDate>,
    /// The last day of publication.
    pub last: Option<NaiveDate>,
}

/// Who speaks in a corpus. Made for one snapshot; cheap to ask.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub(super) people: Vec<Person>,
    /// Where the quotations of each article begin in `starts`.
    pub(super) articles: Vec<u32>,
    /// Where the speakers of each quotation begin; one more than there are quotations.
    pub(super) starts: Vec<u32>,
    pub(super) speakers: Vec<PersonId>,
    /// The quotations whose speaker the user has checked.
    pub(super) checked: HashMap<QuoteId, SaidBy>,
}

impl Directory {
    /// All speakers: those with most quotations first, then by name.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// One speaker.
    pub fn get(&self, id: PersonId) -> Option<&Person> {
        self.people.get(id.0 as usize)
    }

    /// All speakers with their identifiers, in the order of [`Directory::people`].
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        (0..).map(PersonId).zip(&self.people)
    }

    /// Who spoke a quotation: several who speak together, nobody where it is not known.
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

    /// Everyone who speaks in an article, once for each quotation.
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

    /// What the user decided about the speaker of a quotation.
    pub fn checked(&self, quote: QuoteId) -> Option<&SaidBy> {
        self.checked.get(&quote)
    }

    /// The name of a quotation's speakers for showing, `; `-joined; `None` where nobody is known.
    pub fn name_of(&self, quote: QuoteId) -> Option<String> {
        let known = self.speakers_of(quote).iter();
        let names: Vec<&str> = known.filter_map(|id| Some(&*self.get(*id)?.name)).collect();
        (!names.is_empty()).then(|| names.join("; "))
    }

    /// The speakers with a name or alias that reads like `written`, case and accents aside.
    pub fn find(&self, written: &str) -> impl Iterator<Item = PersonId> {
        let wanted = crate::text::fold(written);
        self.iter().filter_map(move |(id, person)| {
            let mut aliases = person.aliases.iter();
            aliases
                .any(|alias| crate::text::fold(&alias.written) == wanted)
                .then_some(id)
        })
    }

    /// Takes down which quotations the user has checked.
    pub(super) fn check(&mut self, corpus: &Corpus, checked: &Checked) {
        if checked.is_empty() {
            return;
        }
        for (id, article) in corpus.iter() {
            let decisions = checked.get(&*article.key).into_iter().flatten();
            for (span, by) in decisions {
                let index = article.quotes.iter().position(|quote| quote.span == *span);
                let quote = index.map(|index| QuoteId {
                    article: id,
                    index: index as u32,
                });
                self.checked
                    .extend(quote.map(|quote| (quote, (*by).clone())));
            }
        }
    }

    /// Fills in outlets, days and the number of articles, once the quotations are known.
    pub(super) fn fill(&mut self, corpus: &Corpus) {
        self.people
            .par_iter_mut()
            .for_each(|person| person.fill(corpus));
    }
}

impl Person {
    /// Returns this person with only some of the quotations, in the order of the corpus; `None`
    /// without any.
    pub fn with_quotes(&self, quotes: Vec<QuoteId>, corpus: &Corpus) -> Option<Self> {
        if quotes.len() == self.quotes.len() {
            return (!quotes.is_empty()).then(|| self.clone());
        }
        let mut person = Self {
            quotes,
            ..self.clone()
        };
        person.fill(corpus);
        (!person.quotes.is_empty()).then_some(person)
    }

    /// Fills in what follows from the quotations.
    fn fill(&mut self, corpus: &Corpus) {
        self.quotes.sort_unstable();
        self.quotes.dedup();
        let mut articles: Vec<_> = self.quotes.iter().map(|quote| quote.article).collect();
        articles.dedup();
        self.articles = articles.len() as u32;
        let known = || articles.iter().filter_map(|id| corpus.get(*id));
        let days = || known().filter_map(|article| Some(article.structure.published?.date));
        (self.first, self.last) = (days().min(), days().max());
        self.outlets = known().filter_map(|a| Some(a.outlet()?.into())).collect();
        self.outlets.sort_unstable();
        self.outlets.dedup();
    }
}
