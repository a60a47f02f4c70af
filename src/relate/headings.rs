//! What stands over a story in a list: its title, its outlets, its days. Worked out once with the
//! survey, so that drawing a row never walks a story.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Stories, Story};
use crate::model::Corpus;

/// What is told of a story in one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// The first title that its articles give; empty where none does.
    pub title: Box<str>,
    /// The outlets that report it, by name, each once.
    pub outlets: Box<[Box<str>]>,
    /// The first and the last day of publication, where any is known.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl Heading {
    fn of(story: &Story, corpus: &Corpus) -> Self {
        Self {
            title: story.title(corpus).unwrap_or_default().into(),
            outlets: story.outlets(corpus).into_iter().map(Box::from).collect(),
            days: story.days(corpus),
        }
    }

    /// The headings of all stories, in their order.
    pub(crate) fn of_all(stories: &Stories, corpus: &Corpus) -> Box<[Self]> {
        let list = stories.list().par_iter();
        list.map(|story| Self::of(story, corpus)).collect()
    }

    /// Its days in words: one day, or the first and the last.
    pub fn days_in_words(&self) -> String {
        match self.days {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first} – {last}"),
            None => "undated".to_owned(),
        }
    }
}
