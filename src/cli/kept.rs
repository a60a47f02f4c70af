//! What `--query` leaves of a corpus: articles, quotations, people. All commands ask this.

use crate::model::{ArticleId, Corpus, QuoteId};
use crate::people::{Directory, Person, PersonId};
use crate::relate::{Story, Survey, Variant};
use crate::search::QuoteTest;

/// The articles and quotations that a query keeps.
pub(super) struct Kept {
    /// The articles in the order in which they are listed.
    articles: Vec<ArticleId>,
    /// By article, whether it is kept.
    has: Vec<bool>,
    /// By article, the quotations that are kept, in rising order; `None` for all.
    quotes: Vec<Option<Vec<u32>>>,
    /// The people whom the query asks for, in rising order; `None` for all.
    people: Option<Vec<u32>>,
}

impl Kept {
    /// Keeps everything.
    pub fn all(corpus: &Corpus) -> Self {
        Self {
            articles: corpus.iter().map(|(id, _)| id).collect(),
            has: vec![true; corpus.len()],
            quotes: vec![None; corpus.len()],
            people: None,
        }
    }

    /// Keeps these articles, and of their quotations those that `test` accepts.
    pub fn of(articles: Vec<ArticleId>, test: &QuoteTest, corpus: &Corpus) -> Self {
        let mut has = vec![false; corpus.len()];
        let mut quotes = vec![None; corpus.len()];
        for id in &articles {
            let at = id.0 as usize;
            if let (Some(kept), Some(article)) = (has.get_mut(at), corpus.get(*id)) {
                *kept = true;
                quotes[at] = test.quotes((*id, article));
            }
        }
        Self {
            articles,
            has,
            quotes,
            people: test.people(),
        }
    }

    /// Returns the articles in the order in which they are listed.
    pub fn articles(&self) -> &[ArticleId] {
        &self.articles
    }

    /// Returns whether an article is kept.
    pub fn has(&self, article: ArticleId) -> bool {
        self.has
            .get(article.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Returns the quotations of an article that are kept, in rising order; `None` for all.
    pub fn quotes(&self, article: ArticleId) -> Option<&[u32]> {
        self.quotes.get(article.0 as usize)?.as_deref()
    }

    /// Returns whether a quotation is kept.
    pub fn has_quote(&self, quote: QuoteId) -> bool {
        let listed = || self.quotes(quote.article);
        self.has(quote.article)
            && listed().is_none_or(|list| list.binary_search(&quote.index).is_ok())
    }

    /// Returns whether a quotation counts for somebody who speaks it.
    pub fn counts(&self, quote: QuoteId, person: PersonId) -> bool {
        let asked = || self.people.as_ref();
        self.has_quote(quote) && asked().is_none_or(|list| list.binary_search(&person.0).is_ok())
    }

    /// Returns those who speak kept quotations, those with most of them first.
    pub fn people(&self, directory: &Directory, corpus: &Corpus) -> Vec<(PersonId, Person)> {
        let people = directory.iter();
        let kept = people.filter_map(|(id, person)| {
            let quotes = person.quotes.iter().copied();
            let quotes = quotes.filter(|quote| self.counts(*quote, id)).collect();
            Some((id, person.with_quotes(quotes, corpus)?))
        });
        let mut kept: Vec<_> = kept.collect();
        kept.sort_by_key(|(id, person)| (std::cmp::Reverse(person.quotes.len()), *id));
        kept
    }

    /// Returns what is left of a story, if anything is.
    pub fn story(&self, story: &Story, survey: &Survey) -> Option<Story> {
        let articles = story.articles.iter().copied();
        let articles: Vec<_> = articles.filter(|id| self.has(*id)).collect();
        (!articles.is_empty()).then(|| Story {
            independent: survey.copies.independent(&articles),
            articles,
        })
    }

    /// Returns what is left of an utterance, if anything is.
    pub fn variant(&self, variant: &Variant) -> Option<Variant> {
        let members = variant.members.iter().copied();
        let members: Vec<_> = members
            .filter(|member| self.has_quote(member.quote))
            .collect();
        (!members.is_empty()).then_some(Variant { members })
    }
}
