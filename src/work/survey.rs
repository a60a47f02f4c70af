//! Surveys a corpus in the background: finds people, stories, copies and variants. Also answers
//! questions about the corpus. Only the newest request is answered.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::background::run_in_background;
use super::failing::{Failed, Work, attempt};
use super::foreground::is_cancelled;
use super::latest::LatestWorker;
use super::throttle::Throttle;
use super::{Engine, Tagged};
use crate::language::Packs;
use crate::model::{ArticleId, Corpus, QuoteId};
use crate::people::Joins;
use crate::quotes::{Extractor, PossibleSpeaker, TraceStep};
use crate::relate::{
    Grain, Grid, GridScope, Histogram, Related, Run, Scope, Step, Survey, WordQuestion, WordsFound,
    find_words,
};

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
    /// The step that the survey is at.
    pub step: Step,
    /// Number of items that are done in this step.
    pub done: usize,
    /// Number of all items of this step.
    pub total: usize,
}

/// A question about a corpus that takes longer to answer than a key press may.
#[derive(Clone, Debug)]
pub struct Question {
    /// The corpus that the question is about.
    pub corpus: Corpus,
    /// What is asked about the corpus.
    pub about: About,
}

/// What can be asked about a corpus.
#[derive(Clone, Debug)]
pub enum About {
    /// Asks which articles are related to this one.
    Related(Arc<Survey>, ArticleId),
    /// Asks about the words of the corpus, such as where a keyword occurs.
    Words(Box<WordQuestion>),
    /// Asks who may speak this quotation.
    Candidates(QuoteId),
    /// Asks how the quotations of this article were found.
    Trace(ArticleId),
    /// Asks how many statements were published when.
    Histogram(Arc<Survey>, Scope, Grain),
    /// Asks who is quoted in which outlet.
    Grid(Arc<Survey>, GridScope),
}

/// An answer to a [`Question`].
#[derive(Clone, Debug)]
pub enum Answer {
    /// The articles related to one article, closest first.
    Related(ArticleId, Arc<[Related]>),
    /// What was found about the words of the corpus.
    Words(Arc<WordsFound>),
    /// The names of those who may speak a quotation, the likeliest first.
    Candidates(QuoteId, Arc<[Box<str>]>),
    /// The steps by which the rules found the quotations of one article, in text order.
    Trace(ArticleId, Vec<TraceStep>),
    /// The statements of a scope, counted by steps of time, with the survey that they were counted
    /// by.
    Histogram(Arc<Survey>, Arc<Histogram>),
    /// Who is quoted in which outlet, with the survey that it was counted by.
    Grid(Arc<Survey>, Arc<Grid>),
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

/// Maximum number of related articles in an answer. It is more than anyone reads.
const MAX_RELATED: usize = 100;

/// A worker with two threads: one surveys, one answers questions. Dropping it cancels both.
#[derive(Debug)]
pub struct Surveyor {
    surveys: LatestWorker<Tagged<SurveyRequest>>,
    questions: LatestWorker<Tagged<Question>>,
}

impl Surveyor {
    /// Starts the threads, which call `on` with each report.
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
        let engine = Arc::clone(engine);
        let questions = LatestWorker::start(move |question: Tagged<Question>, cancel| {
            let run = || answer(&engine, &question.value, cancel);
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

/// Surveys a corpus on background threads, waits for the result and returns it, or `None` if
/// cancelled. `tell` is called with the progress, from several threads.
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
    Some(Arc::new(run_in_background(make)?))
}

/// Answers a question on the current thread and returns the answer, or `None` if cancelled.
pub fn answer(engine: &Engine, question: &Question, cancel: &AtomicBool) -> Option<Answer> {
    let corpus = &question.corpus;
    let is_cancelled = || is_cancelled(cancel);
    Some(match &question.about {
        About::Related(survey, article) => {
            let related = survey.related((corpus, engine.packs()), *article, MAX_RELATED);
            Answer::Related(*article, related.into())
        }
        About::Words(question) => {
            let found = run_in_background(|| find_words(corpus, question, &is_cancelled))?;
            Answer::Words(Arc::new(found))
        }
        About::Candidates(quote) => {
            Answer::Candidates(*quote, candidates(corpus, engine.extractor(), *quote))
        }
        About::Trace(id) => {
            let article = corpus.get(*id);
            let steps = article.map(|article| engine.extractor().trace(article));
            Answer::Trace(*id, steps.unwrap_or_default())
        }
        About::Histogram(survey, scope, grain) => {
            let known = (corpus, &**survey);
            let histogram = Histogram::of(known, (*scope, *grain), &is_cancelled)?;
            Answer::Histogram(Arc::clone(survey), histogram.into())
        }
        About::Grid(survey, scope) => {
            let grid = Grid::of((corpus, &**survey), *scope, &is_cancelled)?;
            Answer::Grid(Arc::clone(survey), grid.into())
        }
    })
}

/// The names of those who may speak a quotation, the likeliest first, each once.
fn candidates(corpus: &Corpus, extractor: &Extractor, id: QuoteId) -> Arc<[Box<str>]> {
    let Some((article, quote)) = corpus.quote(id) else {
        return Arc::default();
    };
    let mut found = extractor.candidates(article);
    found.sort_by_key(|one| std::cmp::Reverse(one.weight));
    let of_quote = |one: &&PossibleSpeaker| one.quote.overlaps(quote.span);
    let (own, others): (Vec<_>, Vec<_>) = found.iter().partition(|one| of_quote(one));
    let mut names: Vec<Box<str>> = Vec::new();
    // Those who may speak other quotations of the article come last.
    for span in own
        .into_iter()
        .chain(others)
        .flat_map(|one| one.names.iter())
    {
        let name = article.words(*span);
        if !names.iter().any(|known| **known == *name) {
            names.push(name.into());
        }
    }
    names.into()
}
