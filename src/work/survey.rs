//! Surveys a corpus in the background: people, stories, copies and variants. Also answers questions
//! about the corpus. Only the newest request is answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::failing::{Failed, Work, attempt};
use super::foreground::is_cancelled;
use super::latest::LatestWorker;
use super::throttle::Throttle;
use super::{Engine, Tagged, background};
use crate::export::{Keyword, Line, concordance};
use crate::language::Packs;
use crate::model::{ArticleId, Corpus};
use crate::people::Joins;
use crate::relate::{Related, Run, Step, Survey};

/// A request for a survey.
#[derive(Clone, Debug)]
pub struct SurveyRequest {
    /// Corpus to survey.
    pub corpus: Corpus,
    /// Names that the user joined or split.
    pub joins: Arc<Joins>,
}

/// Progress of a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surveying {
    /// The current step.
    pub step: Step,
    /// Number of items done in this step.
    pub done: usize,
    /// Number of items in this step.
    pub total: usize,
}

/// A question about a corpus that takes longer to answer than a key press may.
#[derive(Clone, Debug)]
pub struct Question {
    /// Corpus that the question is about.
    pub corpus: Corpus,
    /// The question.
    pub about: About,
}

/// The kinds of questions.
#[derive(Clone, Debug)]
pub enum About {
    /// Which articles are related to this one?
    Related(Arc<Survey>, ArticleId),
    /// Where does this word occur in quotations?
    Keyword(Keyword),
}

/// An answer to a [`Question`].
#[derive(Clone, Debug)]
pub enum Answer {
    /// The articles related to one article, closest first.
    Related(ArticleId, Arc<[Related]>),
    /// The occurrences of a word in quotations, in corpus order.
    Keyword(Arc<[Line]>),
}

/// A report of the [`Surveyor`].
#[derive(Clone, Debug)]
pub enum SurveyReport {
    /// Progress of a survey.
    Progress(Tagged<Surveying>),
    /// A survey is done. Not sent after a cancellation.
    Done(Tagged<Arc<Survey>>),
    /// A question is answered. Not sent after a cancellation.
    Answered(Tagged<Answer>),
    /// A survey or a question panicked.
    Failed(Failed),
}

/// Maximum number of related articles: more than anyone reads.
const RELATED: usize = 100;

/// A worker with two threads: one surveys, one answers questions. Dropping it cancels both.
#[derive(Debug)]
pub struct Surveyor {
    surveys: LatestWorker<Tagged<SurveyRequest>>,
    questions: LatestWorker<Tagged<Question>>,
}

impl Surveyor {
    /// Starts the threads, which call `on`.
    pub fn start(
        engine: &Arc<Engine>,
        on: impl Fn(SurveyReport) + Clone + Send + Sync + 'static,
    ) -> Self {
        let (packs, tell) = (Arc::clone(engine), on.clone());
        let surveys = LatestWorker::start(move |request: Tagged<SurveyRequest>, cancel| {
            let progress = |far| tell(SurveyReport::Progress(request.respond(far)));
            let run = || survey(packs.packs(), &request.value, (cancel, &progress));
            match attempt(Work::Survey(request.generation), run) {
                Ok(Some(done)) => tell(SurveyReport::Done(request.respond(done))),
                Ok(None) => {}
                Err(failed) => tell(SurveyReport::Failed(failed)),
            }
        });
        let packs = Arc::clone(engine);
        let questions = LatestWorker::start(move |question: Tagged<Question>, cancel| {
            let run = || answer(packs.packs(), &question.value, cancel);
            match attempt(Work::Question(question.generation), run) {
                Ok(Some(answer)) => on(SurveyReport::Answered(question.respond(answer))),
                Ok(None) => {}
                Err(failed) => on(SurveyReport::Failed(failed)),
            }
        });
        Self { surveys, questions }
    }

    /// Submits a survey and cancels a running one.
    pub fn survey(&self, request: Tagged<SurveyRequest>) {
        self.surveys.submit(request);
    }

    /// Submits a question and cancels an earlier one.
    pub fn submit(&self, question: Tagged<Question>) {
        self.questions.submit(question);
    }
}

/// Surveys a corpus synchronously. Returns `None` if cancelled. `progress` is called from several
/// threads.
pub fn survey(
    packs: &Packs,
    request: &SurveyRequest,
    (cancel, tell): (&AtomicBool, &(dyn Fn(Surveying) + Sync)),
) -> Option<Arc<Survey>> {
    let throttle = Throttle::default();
    let progress = |step, done, total| {
        if done == total || throttle.try_acquire() {
            tell(Surveying { step, done, total });
        }
    };
    let make = || {
        let run = Run {
            is_cancelled: &|| is_cancelled(cancel),
            progress: &progress,
        };
        Survey::make(&request.corpus, packs, &request.joins, &run)
    };
    Some(Arc::new(background::run_in_background(make)?))
}

/// Answers a question synchronously. Returns `None` if cancelled.
pub fn answer(packs: &Packs, question: &Question, cancel: &AtomicBool) -> Option<Answer> {
    let corpus = &question.corpus;
    Some(match &question.about {
        About::Related(survey, article) => {
            let related = survey.related((corpus, packs), *article, RELATED);
            Answer::Related(*article, related.into())
        }
        About::Keyword(keyword) => {
            let is_cancelled = || cancel.load(Ordering::Relaxed);
            Answer::Keyword(concordance(corpus, keyword, &is_cancelled)?.into())
        }
    })
}
