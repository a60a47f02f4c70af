//! The heading of a story in a list: its title, outlets and days. Computed once with the survey, so
//! that drawing a row does not scan the story.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Stories, Story};
use crate::model::Corpus;

/// The facts about a story that one row shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// First title among the articles; empty if none has one.
    pub title: Box<str>,
    /// Names of the outlets that report the story, sorted, each once.
    pub outlets: Box<[Box<str>]>,
    /// First and last day of publication, if any is known.
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

    /// Returns the headings of all stories, in story order.
    pub(crate) fn of_all(stories: &Stories, corpus: &Corpus) -> Box<[Self]> {
        let list = stories.list().par_iter();
        list.map(|story| Self::of(story, corpus)).collect()
    }

    /// Returns the days as text: one day, the first and the last, or `undated`.
    pub fn days_in_words(&self) -> String {
        match self.days {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first} – {last}"),
            None => "undated".to_owned(),
        }
    }
}
