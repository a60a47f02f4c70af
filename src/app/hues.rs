//! The colour of a speaker: by person, the same in every article and every list.

use ratatui::style::Style;

use super::App;
use crate::model::{Published, QuoteId};
use crate::people::PersonId;
use crate::relate::Hues;

impl App {
    /// Returns the hue of a quotation's speaker, the first one if several speak together. Before the
    /// survey is ready, it is that of the name in the article. Returns `None` if the speaker is
    /// unknown.
    pub fn hue_of(&self, quote: QuoteId) -> Option<usize> {
        if let Some(survey) = self.surveyed()
            && let Some(person) = survey.directory.speakers_of(quote).first()
        {
            return survey.hues.get(*person);
        }
        let (article, quote) = self.corpus.quote(quote)?;
        let first = quote.speakers.iter().next()?;
        Some(Hues::of_name(&article.words(*first)))
    }

    /// Returns the style in which the current theme shows a quotation's speaker.
    pub fn speaker_style(&self, quote: QuoteId) -> Style {
        self.theme().speaker(self.hue_of(quote))
    }

    /// Returns the hue of a person.
    pub fn person_hue(&self, person: PersonId) -> Option<usize> {
        self.surveyed()?.hues.get(person)
    }

    /// Returns whether a date of publication is far outside of those of the corpus.
    pub fn is_far(&self, published: &Published) -> bool {
        let days = self.surveyed().and_then(|survey| survey.trends.days);
        days.is_some_and(|days| days.is_far(published.date))
    }
}
