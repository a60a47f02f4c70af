//! The matrix of a story: which outlet quotes which speaker, how often, and whom it leaves out.

use std::collections::BTreeMap;

use super::{StoryId, Survey};
use crate::model::{ArticleId, Corpus, QuoteId};
use crate::people::PersonId;

/// One cell: the quotations of one speaker in one outlet's reports of one story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The story.
    pub story: StoryId,
    /// The outlet; `None` for articles of unknown outlets.
    pub outlet: Option<Box<str>>,
    /// The speaker.
    pub speaker: PersonId,
    /// The quotations in the order in which they were read. Empty if the outlet reports the story
    /// without this speaker, whom others quote.
    pub quotes: Vec<QuoteId>,
}

impl Survey {
    /// Returns the cells of one story: each of its outlets with each of its speakers, sorted by
    /// outlet, then by speaker. Empty for an unknown story.
    pub fn matrix(&self, corpus: &Corpus, story: StoryId) -> Vec<Cell> {
        self.matrix_of((corpus, story), &|_| true, &|_, _| true)
    }

    /// Returns the cells of one story as [`Survey::matrix`] does, of the articles that `is_kept`
    /// accepts. A quotation counts for a speaker if `counts` accepts both.
    pub fn matrix_of(
        &self,
        (corpus, story): (&Corpus, StoryId),
        is_kept: &dyn Fn(ArticleId) -> bool,
        counts: &dyn Fn(QuoteId, PersonId) -> bool,
    ) -> Vec<Cell> {
        let mut quoted: BTreeMap<(Option<Box<str>>, PersonId), Vec<QuoteId>> = BTreeMap::new();
        let (mut outlets, mut speakers) = (Vec::new(), Vec::new());
        let articles = self
            .stories
            .get(story)
            .map_or(&[][..], |story| &story.articles);
        for (id, article) in articles
            .iter()
            .filter(|id| is_kept(**id))
            .filter_map(|id| Some((*id, corpus.get(*id)?)))
        {
            let outlet: Option<Box<str>> = article.outlet().map(Box::from);
            outlets.push(outlet.clone());
            for index in 0..article.quotes.len() as u32 {
                let quote = QuoteId { article: id, index };
                let speaking = self.directory.speakers_of(quote).iter();
                for speaker in speaking.filter(|speaker| counts(quote, **speaker)) {
                    speakers.push(*speaker);
                    let cell = quoted.entry((outlet.clone(), *speaker)).or_default();
                    cell.push(quote);
                }
            }
        }
        speakers.sort_unstable();
        speakers.dedup();
        outlets.sort_unstable();
        outlets.dedup();
        let cells = outlets
            .iter()
            .flat_map(|outlet| speakers.iter().map(|speaker| (outlet.clone(), *speaker)));
        cells
            .map(|(outlet, speaker)| Cell {
                story,
                quotes: quoted
                    .remove(&(outlet.clone(), speaker))
                    .unwrap_or_default(),
                outlet,
                speaker,
            })
            .collect()
    }
}
