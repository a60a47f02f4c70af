//! Compares passages and writes files in the background, each on a thread of its own: a comparison
//! does not cancel a file that is being written.

use std::sync::Arc;

use super::evidence::Watch;
use super::failing::{Failed, Work, attempt};
use super::latest::LatestWorker;
use super::{CompareRequest, Engine, ExportRequest, Tagged};
use crate::config::Sentence;
use crate::relate::Row;

/// A report of the [`CompareWorker`].
#[derive(Clone, Debug)]
pub enum CompareReport {
    /// A comparison is done, with its rows of passages. Not sent after a cancellation.
    Compared(Tagged<Vec<Row>>),
    /// Progress of an export: the number of items that are written so far.
    Writing(Tagged<usize>),
    /// An export has ended. Both the success and the error are sentences for the user.
    Written(Tagged<Result<Sentence, Sentence>>),
    /// A comparison or an export panicked.
    Failed(Failed),
}

/// A worker with two threads: one compares, one writes files. Dropping it cancels both.
#[derive(Debug)]
pub struct CompareWorker {
    comparisons: LatestWorker<Tagged<CompareRequest>>,
    files: LatestWorker<Tagged<Box<ExportRequest>>>,
}

impl CompareWorker {
    /// Starts the threads, which call `on` with each report.
    pub fn start(
        engine: &Arc<Engine>,
        on: impl Fn(CompareReport) + Clone + Send + 'static,
    ) -> Self {
        let (rules, tell) = (Arc::clone(engine), on.clone());
        let comparisons = LatestWorker::start(move |request: Tagged<CompareRequest>, cancel| {
            let run = || request.value.run(rules.packs(), cancel);
            match attempt(Work::Compare(request.generation), run) {
                Ok(Some(rows)) => tell(CompareReport::Compared(request.respond(rows))),
                Ok(None) => {}
                Err(failed) => tell(CompareReport::Failed(failed)),
            }
        });
        let rules = Arc::clone(engine);
        let files = LatestWorker::start(move |request: Tagged<Box<ExportRequest>>, cancel| {
            let progress = |done| on(CompareReport::Writing(request.respond(done)));
            let watch = Watch {
                cancel,
                progress: &progress,
            };
            let run = || request.value.run(rules.packs(), watch);
            match attempt(Work::Export(request.generation), run) {
                Ok(told) => on(CompareReport::Written(request.respond(told))),
                Err(failed) => on(CompareReport::Failed(failed)),
            }
        });
        Self { comparisons, files }
    }

    /// Submits a comparison and cancels an earlier one.
    pub fn compare(&self, request: Tagged<CompareRequest>) {
        self.comparisons.submit(request);
    }

    /// Submits an export and cancels one that is still being written.
    pub fn export(&self, request: Tagged<Box<ExportRequest>>) {
        self.files.submit(request);
    }

    /// Cancels the comparison and the export.
    pub fn stop(&self) {
        self.comparisons.cancel();
        self.files.cancel();
    }
}
