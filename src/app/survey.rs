//! What is known of the corpus as a whole: the survey, while it is made and once it is there.

use std::sync::Arc;

use super::msg::Effect;
use crate::config::Interface;
use crate::export::{Line, Nearest};
use crate::model::{ArticleId, Corpus};
use crate::people::Joins;
use crate::relate::Survey;
use crate::work::{About, Answer, Question, Requests, SurveyRequest, Surveying, Tagged};

/// The survey of the corpus. While a newer one is made, the older one stays.
#[derive(Clone, Debug, Default)]
pub struct Surveys {
    /// The newest survey.
    pub ready: Option<Arc<Survey>>,
    /// Which names the user joined and split.
    pub joins: Arc<Joins>,
    /// Related articles that one steps through.
    pub walk: Option<Walk>,
    requests: Requests,
    /// How far the survey is that is waited for, once it has told.
    progress: Option<Surveying>,
    questions: Requests,
    then: Option<Then>,
}

/// What an answer is wanted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// To list it.
    List,
    /// To go on by so many related articles.
    Step(isize),
    /// To list the places of what was typed.
    Keyword(String),
}

/// A keyword and where it stands.
#[derive(Clone, Debug)]
pub struct Concordance {
    /// What was typed.
    pub typed: String,
    /// Its places, in that order.
    pub lines: Vec<Line>,
    /// The order.
    pub nearest: Nearest,
}

/// A way along the articles that belong with one, which is its beginning.
#[derive(Clone, Debug)]
pub struct Walk {
    stops: Vec<ArticleId>,
    at: usize,
}

impl Walk {
    /// A way from `of`.
    pub fn new(of: ArticleId, related: Vec<ArticleId>) -> Self {
        let stops = std::iter::once(of).chain(related).collect();
        Self { stops, at: 0 }
    }

    /// Where one is.
    pub fn here(&self) -> Option<ArticleId> {
        self.stops.get(self.at).copied()
    }

    /// Goes so many stops on; `None` where there are none.
    pub fn go(&mut self, steps: isize) -> Option<ArticleId> {
        let at = self.at.checked_add_signed(steps)?;
        let id = self.stops.get(at).copied()?;
        self.at = at;
        Some(id)
    }

    /// Goes to an article that is on the way.
    pub fn go_to(&mut self, id: ArticleId) {
        let at = self.stops.iter().position(|stop| *stop == id);
        self.at = at.unwrap_or(self.at);
    }
}

impl Surveys {
    /// Asks for a survey of a corpus that is read to its end, or after names were joined or split.
    pub fn ask(&mut self, corpus: &Corpus) -> Effect {
        self.progress = None;
        Effect::Survey(self.requests.send(SurveyRequest {
            corpus: corpus.clone(),
            joins: Arc::clone(&self.joins),
        }))
    }

    /// Puts a question; an answer to an earlier one is of no use any more.
    pub fn question(&mut self, corpus: &Corpus, about: About, then: Then) -> Effect {
        self.then = Some(then);
        Effect::Ask(self.questions.send(Question {
            corpus: corpus.clone(),
            about,
        }))
    }

    /// Takes an answer and what it is wanted for, if it still is.
    pub fn take(&mut self, answer: Tagged<Answer>) -> Option<(Answer, Then)> {
        let answer = self.questions.receive(answer)?;
        Some((answer, self.then.take()?))
    }

    /// Takes over what the user decided about names; whether a survey must be made anew for it.
    pub fn decide(&mut self, joins: Joins) -> bool {
        if joins == *self.joins {
            return false;
        }
        self.joins = Arc::new(joins);
        // Where none was made yet, the first one will know.
        self.requests.is_begun()
    }

    /// Forgets what was known: it was about other articles.
    pub fn begin_anew(&mut self) {
        self.requests.cancel();
        self.questions.cancel();
        *self = Self {
            joins: Arc::clone(&self.joins),
            requests: self.requests,
            questions: self.questions,
            ..Self::default()
        };
    }

    /// Takes note of how far the survey is.
    pub fn go_on(&mut self, progress: Tagged<Surveying>) {
        if self.requests.awaits(&progress) {
            self.progress = Some(progress.value);
        }
    }

    /// Waits no longer for a survey that failed.
    pub fn give_up(&mut self, generation: u64) {
        self.requests.fail(generation);
    }

    /// Waits no longer for an answer where the question failed.
    pub fn give_up_question(&mut self, generation: u64) {
        self.questions.fail(generation);
    }

    /// Takes a survey and returns the one before; one of an older request is of no use.
    pub fn accept(&mut self, survey: Tagged<Arc<Survey>>) -> Option<Arc<Survey>> {
        let survey = self.requests.receive(survey)?;
        self.ready.replace(survey)
    }

    /// What is being worked out, and how far that is; `None` where nothing is.
    pub fn progress(&self, interface: &Interface) -> Option<String> {
        if !self.requests.is_waiting() {
            return None;
        }
        let Some(progress) = self.progress else {
            return Some(interface.tr("stories").to_owned());
        };
        let percent = progress.done.saturating_mul(100) / progress.total.max(1);
        Some(format!("{} {percent}%", interface.tr(progress.step.name())))
    }
}
