//! What is known of the corpus as a whole: the survey, while it is made and once it is there.

use std::sync::Arc;

use super::msg::Effect;
use crate::model::Corpus;
use crate::people::Joins;
use crate::relate::Survey;
use crate::work::{SurveyRequest, Surveyed, Surveying};

/// The survey of the corpus. While a newer one is made, the older one stays.
#[derive(Clone, Debug, Default)]
pub struct Surveys {
    /// The newest survey.
    pub ready: Option<Arc<Survey>>,
    /// Which names the user joined and split.
    pub joins: Arc<Joins>,
    /// How far the next one is.
    going: Going,
    asked: u64,
}

/// How far a survey is.
#[derive(Clone, Copy, Debug, Default)]
enum Going {
    /// None is being made.
    #[default]
    No,
    /// It was asked for.
    Begun,
    /// It has told how far it is.
    At(Surveying),
}

impl Surveys {
    /// Asks for a survey of a corpus that is read to its end, or after names were joined or split.
    pub fn ask(&mut self, corpus: &Corpus) -> Effect {
        self.asked += 1;
        self.going = Going::Begun;
        Effect::Survey(SurveyRequest {
            generation: self.asked,
            corpus: corpus.clone(),
            joins: Arc::clone(&self.joins),
        })
    }

    /// Takes note of how far the survey is.
    pub fn go_on(&mut self, progress: Surveying) {
        if progress.generation == self.asked && !matches!(self.going, Going::No) {
            self.going = Going::At(progress);
        }
    }

    /// Takes a survey; one of an older request is of no use.
    pub fn accept(&mut self, surveyed: Surveyed) {
        if surveyed.generation == self.asked {
            self.ready = Some(surveyed.survey);
            self.going = Going::No;
        }
    }

    /// What is being worked out, and how far that is; `None` where nothing is.
    pub fn progress(&self) -> Option<String> {
        let progress = match self.going {
            Going::No => return None,
            Going::Begun => return Some("stories".to_owned()),
            Going::At(progress) => progress,
        };
        let percent = progress.done.saturating_mul(100) / progress.total.max(1);
        Some(format!("{} {percent}%", progress.step.name()))
    }
}
