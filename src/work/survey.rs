//! Surveying in the background: people, stories, copies and variants of a whole corpus, and the
//! questions that are put to them. The newest request wins.

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

/// A survey that is wanted.
#[derive(Clone, Debug)]
pub struct SurveyRequest {
    /// Of what.
    pub corpus: Corpus,
    /// Which names the user joined and split.
    pub joins: Arc<Joins>,
}

/// How far a survey is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surveying {
    /// What it is at.
    pub step: Step,
    /// Things done in this step.
    pub done: usize,
    /// Things there are.
    pub total: usize,
}

/// Something that is asked of a corpus and takes longer than a key press may.
#[derive(Clone, Debug)]
pub struct Question {
    /// About what.
    pub corpus: Corpus,
    /// What.
    pub about: About,
}

/// What is asked.
#[derive(Clone, Debug)]
pub enum About {
    /// Which articles belong with this one?
    Related(Arc<Survey>, ArticleId),
    /// Where does this word stand in quotations?
    Keyword(Keyword),
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The articles that belong with one, closest first.
    Related(ArticleId, Arc<[Related]>),
    /// The places of a word in quotations, as they were read.
    Keyword(Arc<[Line]>),
}

/// What the surveyor tells.
#[derive(Clone, Debug)]
pub enum SurveyReport {
    /// How far a survey is.
    Progress(Tagged<Surveying>),
    /// A survey is done. Not sent after a cancellation.
    Done(Tagged<Arc<Survey>>),
    /// A question is answered. Not sent after a cancellation.
    Answered(Tagged<Answer>),
    /// One of them failed.
    Failed(Failed),
}

/// Related articles that are looked up: more than anyone reads down.
const RELATED: usize = 100;

/// Two threads: one surveys, one answers questions meanwhile. Dropping it cancels both.
#[derive(Debug)]
pub struct Surveyor {
    surveys: LatestWorker<Tagged<SurveyRequest>>,
    questions: LatestWorker<Tagged<Question>>,
}

impl Surveyor {
    /// Starts the threads; `on` is called from them.
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

    /// Asks for a survey; one that is being made is cancelled.
    pub fn survey(&self, request: Tagged<SurveyRequest>) {
        self.surveys.submit(request);
    }

    /// Puts a question; an earlier one is cancelled.
    pub fn submit(&self, question: Tagged<Question>) {
        self.questions.submit(question);
    }
}

/// Surveys a corpus here and now; `None` once cancelled. `progress` is called from several threads.
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

/// Answers a question here and now; `None` once cancelled.
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
