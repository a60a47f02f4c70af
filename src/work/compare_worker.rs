//! Comparing passages and writing files beside the reader, each on a thread of its own: a file that
//! is being written is not given up for a comparison.

use std::sync::Arc;

use super::evidence::Watch;
use super::failing::{Failed, Work, attempt};
use super::latest::LatestWorker;
use super::{CompareRequest, Engine, ExportRequest, Tagged};
use crate::config::Sentence;
use crate::relate::Row;

/// What the collator tells.
#[derive(Clone, Debug)]
pub enum CompareReport {
    /// A comparison is done. Not sent after a cancellation.
    Compared(Tagged<Vec<Row>>),
    /// So many things are written.
    Writing(Tagged<usize>),
    /// What became of a file, as a sentence.
    Written(Tagged<Result<Sentence, Sentence>>),
    /// One of them failed.
    Failed(Failed),
}

/// Two threads: one compares, one writes. Dropping it cancels both.
#[derive(Debug)]
pub struct CompareWorker {
    comparisons: LatestWorker<Tagged<CompareRequest>>,
    files: LatestWorker<Tagged<Box<ExportRequest>>>,
}

impl CompareWorker {
    /// Starts the threads; `on` is called from them.
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

    /// Asks for a comparison; an earlier one is cancelled.
    pub fn compare(&self, request: Tagged<CompareRequest>) {
        self.comparisons.submit(request);
    }

    /// Asks for a file; one that is being written is given up.
    pub fn export(&self, request: Tagged<Box<ExportRequest>>) {
        self.files.submit(request);
    }

    /// Stops comparing and writing.
    pub fn stop(&self) {
        self.comparisons.cancel();
        self.files.cancel();
    }
}
