//! The survey of the whole corpus, while it is being computed and once it is ready.

use std::sync::Arc;

use super::msg::Effect;
use crate::config::Interface;
use crate::export::{Line, Nearest};
use crate::model::{ArticleId, Corpus};
use crate::people::Joins;
use crate::relate::Survey;
use crate::work::{About, Answer, Question, Requests, SurveyRequest, Surveying, Tagged};

/// The survey of the corpus. The old survey stays in use while a newer one is being computed.
#[derive(Clone, Debug, Default)]
pub struct Surveys {
    /// The newest finished survey.
    pub ready: Option<Arc<Survey>>,
    /// The names that the user has joined and split.
    pub joins: Arc<Joins>,
    /// The related articles that the user is stepping through.
    pub walk: Option<Walk>,
    requests: Requests,
    /// The progress of the survey being computed, once it has been reported.
    progress: Option<Surveying>,
    questions: Requests,
    then: Option<Then>,
}

/// The purpose of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// The answer is listed.
    List,
    /// The user steps this many related articles forward.
    Step(isize),
    /// The occurrences of the typed keyword are listed.
    Keyword(String),
}

/// A keyword and its occurrences.
#[derive(Clone, Debug)]
pub struct Concordance {
    /// The keyword as typed.
    pub typed: String,
    /// The occurrences, sorted by `nearest`.
    pub lines: Vec<Line>,
    /// The sort order.
    pub nearest: Nearest,
}

/// A walk through the articles related to one, which is the first stop.
#[derive(Clone, Debug)]
pub struct Walk {
    stops: Vec<ArticleId>,
    at: usize,
}

impl Walk {
    /// Creates a walk that starts at `of`.
    pub fn new(of: ArticleId, related: Vec<ArticleId>) -> Self {
        let stops = std::iter::once(of).chain(related).collect();
        Self { stops, at: 0 }
    }

    /// Returns the article at the current stop.
    pub fn here(&self) -> Option<ArticleId> {
        self.stops.get(self.at).copied()
    }

    /// Goes `steps` stops forward, or back if negative. Returns `None` if there is no such stop.
    pub fn go(&mut self, steps: isize) -> Option<ArticleId> {
        let at = self.at.checked_add_signed(steps)?;
        let id = self.stops.get(at).copied()?;
        self.at = at;
        Some(id)
    }

    /// Goes to the stop of an article, if the walk has one.
    pub fn go_to(&mut self, id: ArticleId) {
        let at = self.stops.iter().position(|stop| *stop == id);
        self.at = at.unwrap_or(self.at);
    }
}

impl Surveys {
    /// Requests a survey. Called when the corpus has been read completely and after names were
    /// joined or split.
    pub fn ask(&mut self, corpus: &Corpus) -> Effect {
        self.progress = None;
        Effect::Survey(self.requests.send(SurveyRequest {
            corpus: corpus.clone(),
            joins: Arc::clone(&self.joins),
        }))
    }

    /// Asks a question about the corpus. The answer to an earlier question is discarded.
    pub fn question(&mut self, corpus: &Corpus, about: About, then: Then) -> Effect {
        self.then = Some(then);
        Effect::Ask(self.questions.send(Question {
            corpus: corpus.clone(),
            about,
        }))
    }

    /// Accepts an answer if it is still wanted, and returns it with its purpose.
    pub fn take(&mut self, answer: Tagged<Answer>) -> Option<(Answer, Then)> {
        let answer = self.questions.receive(answer)?;
        Some((answer, self.then.take()?))
    }

    /// Sets the names that the user has joined and split. Returns whether the survey must be
    /// computed again.
    pub fn decide(&mut self, joins: Joins) -> bool {
        if joins == *self.joins {
            return false;
        }
        self.joins = Arc::new(joins);
        // If no survey has been requested yet, the first one will use these names.
        self.requests.is_begun()
    }

    /// Discards the survey, because the articles were replaced.
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

    /// Records the progress of the survey.
    pub fn go_on(&mut self, progress: Tagged<Surveying>) {
        if self.requests.awaits(&progress) {
            self.progress = Some(progress.value);
        }
    }

    /// Stops waiting for a survey that failed.
    pub fn give_up(&mut self, generation: u64) {
        self.requests.fail(generation);
    }

    /// Stops waiting for the answer to a question that failed.
    pub fn give_up_question(&mut self, generation: u64) {
        self.questions.fail(generation);
    }

    /// Accepts a survey and returns the previous one. A survey for an older request is discarded.
    pub fn accept(&mut self, survey: Tagged<Arc<Survey>>) -> Option<Arc<Survey>> {
        let survey = self.requests.receive(survey)?;
        self.ready.replace(survey)
    }

    /// Describes the running work and its progress. Returns `None` if there is none.
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
