//! The survey of the whole corpus (its speakers, copies and stories), while it is being computed
//! and once it is ready.

use std::sync::Arc;

use super::msg::Effect;
use super::people::Review;
use super::words::{Opening, WordsWanted};
use crate::config::Interface;
use crate::model::{ArticleId, Corpus};
use crate::people::Joins;
use crate::relate::{Scope, Survey};
use crate::work::{About, Answer, Question, Requests, SurveyRequest, Surveying, Tagged};

/// The newest survey of the corpus, and what has been asked about it. The old survey stays in use
/// while a newer one is being computed.
#[derive(Clone, Debug, Default)]
pub struct Surveys {
    /// The newest finished survey, or `None` if there is none yet.
    pub ready: Option<Arc<Survey>>,
    /// The user's decisions about which names mean one person and which do not.
    pub joins: Arc<Joins>,
    /// The related articles that the user is stepping through, if any.
    pub walk: Option<RelatedWalk>,
    requests: Requests,
    /// The progress of the survey that is being computed, or `None` if it has not been reported.
    progress: Option<Surveying>,
    questions: Requests,
    answer_use: Option<AnswerUse>,
}

/// What the reader does with the answer to a question about the corpus.
#[derive(Clone, Debug)]
pub enum AnswerUse {
    /// Lists the answer in an overlay.
    List,
    /// Steps forward by this number of related articles, or back if negative.
    Step(isize),
    /// Shows words as they are wanted.
    Words(Box<(WordsWanted, Opening)>),
    /// Lists the candidates of the quotation under review.
    Review(Review),
    /// Shows a timeline, from which the user can switch to these other scopes.
    Timeline(Placed, Vec<Scope>),
    /// Shows a matrix.
    Matrix(Placed),
}

/// Whether the answer to a question opens a board or replaces what one shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// The answer opens a board.
    Anew,
    /// The answer replaces what the topmost board shows. If that has been closed, nothing is shown.
    There,
}

/// The articles related to one article, which the user steps through, and the current position
/// among them. The article itself is the first stop.
#[derive(Clone, Debug)]
pub struct RelatedWalk {
    stops: Vec<ArticleId>,
    at: usize,
}

impl RelatedWalk {
    /// Creates a walk that starts at the article `of` and goes through `related`.
    pub fn new(of: ArticleId, related: Vec<ArticleId>) -> Self {
        let stops = std::iter::once(of).chain(related).collect();
        Self { stops, at: 0 }
    }

    /// Returns the article at the current stop.
    pub fn here(&self) -> Option<ArticleId> {
        self.stops.get(self.at).copied()
    }

    /// Goes `steps` stops forward, or back if negative, and returns the article there. Returns
    /// `None` and stays if there is no such stop.
    pub fn go(&mut self, steps: isize) -> Option<ArticleId> {
        let at = self.at.checked_add_signed(steps)?;
        let id = self.stops.get(at).copied()?;
        self.at = at;
        Some(id)
    }

    /// Goes to the stop of an article. Stays if the walk has no such stop.
    pub fn go_to(&mut self, id: ArticleId) {
        let at = self.stops.iter().position(|stop| *stop == id);
        self.at = at.unwrap_or(self.at);
    }
}

impl Surveys {
    /// Returns the effect that requests a survey. Called when the corpus has been read completely
    /// and after names were joined or split.
    pub fn ask(&mut self, corpus: &Corpus) -> Effect {
        self.progress = None;
        Effect::Survey(self.requests.send(SurveyRequest {
            corpus: corpus.clone(),
            joins: Arc::clone(&self.joins),
        }))
    }

    /// Returns the effect that asks a question about the corpus. `answer_use` says what to do with
    /// the answer. The answer to an earlier question is discarded.
    pub fn ask_question(&mut self, corpus: &Corpus, about: About, answer_use: AnswerUse) -> Effect {
        self.answer_use = Some(answer_use);
        Effect::Ask(self.questions.send(Question {
            corpus: corpus.clone(),
            about,
        }))
    }

    /// Returns an answer and what to do with it, or `None` if the answer is no longer wanted.
    pub fn accept_answer(&mut self, answer: Tagged<Answer>) -> Option<(Answer, AnswerUse)> {
        let answer = self.questions.receive(answer)?;
        Some((answer, self.answer_use.take()?))
    }

    /// Sets the user's decisions about which names mean one person. Returns whether the survey must
    /// be computed again.
    pub fn set_joins(&mut self, joins: Joins) -> bool {
        if joins == *self.joins {
            return false;
        }
        self.joins = Arc::new(joins);
        // If no survey has been requested yet, the first one will use these names.
        self.requests.is_begun()
    }

    /// Discards the survey and ignores answers to earlier requests, because the articles were
    /// replaced.
    pub fn reset(&mut self) {
        self.requests.cancel();
        self.questions.cancel();
        *self = Self {
            joins: Arc::clone(&self.joins),
            requests: self.requests,
            questions: self.questions,
            ..Self::default()
        };
    }

    /// Records the progress of the survey that is being computed.
    pub fn set_progress(&mut self, progress: Tagged<Surveying>) {
        if self.requests.awaits(&progress) {
            self.progress = Some(progress.value);
        }
    }

    /// Stops waiting for the survey with this request number, which failed.
    pub fn give_up(&mut self, generation: u64) {
        self.requests.fail(generation);
    }

    /// Stops waiting for the answer with this request number, because finding it failed.
    pub fn give_up_question(&mut self, generation: u64) {
        self.questions.fail(generation);
    }

    /// Stores a finished survey and returns the one that it replaces. A survey for an older request
    /// is discarded.
    pub fn accept(&mut self, survey: Tagged<Arc<Survey>>) -> Option<Arc<Survey>> {
        let survey = self.requests.receive(survey)?;
        self.ready.replace(survey)
    }

    /// Returns words that name the running step of the survey and its progress, or `None` if no
    /// survey is being computed.
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
