//! An article as it is written: with the quotations that are kept, and with what the corpus as a
//! whole says of it.

use super::PersonRecord;
use crate::model::{Article, ArticleId, Quote, QuoteId};
use crate::people::{Directory, SaidBy};

/// An article with those of its quotations that are written.
#[derive(Clone, Copy)]
pub struct Picked<'a> {
    /// The article.
    pub article: &'a Article,
    /// The quotations, as indices in ascending order; `None` for all.
    pub quotes: Option<&'a [u32]>,
    /// What the corpus as a whole says of the article, if the corpus was surveyed.
    pub surveyed: Option<Surveyed<'a>>,
}

impl<'a> Picked<'a> {
    /// Picks an article with all its quotations, and without a survey.
    pub fn whole(article: &'a Article) -> Self {
        Self {
            article,
            quotes: None,
            surveyed: None,
        }
    }

    /// Returns the quotations that are written, in order.
    pub fn quotes(&self) -> impl Iterator<Item = &'a Quote> + use<'a> {
        self.numbered_quotes().map(|(_, quote)| quote)
    }

    /// Returns the quotations that are written, in order, with their indices in the article.
    pub(super) fn numbered_quotes(&self) -> impl Iterator<Item = (u32, &'a Quote)> + use<'a> {
        let kept = self.quotes;
        let all = (0..).zip(&self.article.quotes);
        all.filter(move |(index, _)| kept.is_none_or(|kept| kept.binary_search(index).is_ok()))
    }
}

/// What the survey of a corpus says of one article.
#[derive(Clone, Copy)]
pub struct Surveyed<'a> {
    /// The article's place in its corpus.
    pub id: ArticleId,
    /// The id of the story that the article belongs to.
    pub story: Option<&'a str>,
    /// The id of the article that has nearly the same text and was published first.
    pub copy_of: Option<&'a str>,
    /// The speakers of the corpus.
    pub directory: &'a Directory,
}

impl<'a> Surveyed<'a> {
    /// Returns the people who speak the quotation with this index.
    pub(super) fn people(&self, index: u32) -> Vec<PersonRecord<'a>> {
        let article = self.id;
        let speakers = self.directory.speakers_of(QuoteId { article, index });
        PersonRecord::all(self.directory, speakers)
    }

    /// Returns the user's decision about who speaks the quotation with this index, if there is one.
    pub(super) fn by_hand(&self, index: u32) -> Option<&'static str> {
        let article = self.id;
        let decided = self.directory.checked(QuoteId { article, index });
        decided.map(SaidBy::name)
    }

    /// Returns the names of the people who speak the quotation with this index, joined by `; `;
    /// `None` if nobody is known.
    pub(super) fn speaker(&self, index: u32) -> Option<String> {
        let article = self.id;
        self.directory.name_of(QuoteId { article, index })
    }
}
