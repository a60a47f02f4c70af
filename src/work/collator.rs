//! Comparing passages and writing files beside the reader, each on a thread of its own: a file that
//! is being written is not given up for a comparison.

use std::sync::Arc;

use super::evidence::Watch;
use super::failing::{Failed, Work, attempt};
use super::latest::Latest;
use super::{CompareRequest, Engine, ExportRequest, Tagged};
use crate::config::Sentence;
use crate::relate::Row;

/// What the collator tells.
#[derive(Clone, Debug)]
pub enum CollatorReport {
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
pub struct Collator {
    comparisons: Latest<Tagged<CompareRequest>>,
    files: Latest<Tagged<Box<ExportRequest>>>,
}

impl Collator {
    /// Starts the threads; `on` is called from them.
    pub fn start(
        engine: &Arc<Engine>,
        on: impl Fn(CollatorReport) + Clone + Send + 'static,
    ) -> Self {
        let (rules, tell) = (Arc::clone(engine), on.clone());
        let comparisons = Latest::start(move |request: Tagged<CompareRequest>, cancel| {
            let run = || request.value.run(rules.packs(), cancel);
            match attempt(Work::Compare(request.generation), run) {
                Ok(Some(rows)) => tell(CollatorReport::Compared(request.respond(rows))),
                Ok(None) => {}
                Err(failed) => tell(CollatorReport::Failed(failed)),
            }
        });
        let rules = Arc::clone(engine);
        let files = Latest::start(move |request: Tagged<Box<ExportRequest>>, cancel| {
            let progress = |done| on(CollatorReport::Writing(request.respond(done)));
            let watch = Watch {
                cancel,
                progress: &progress,
            };
            let run = || request.value.run(rules.packs(), watch);
            match attempt(Work::Export(request.generation), run) {
                Ok(told) => on(CollatorReport::Written(request.respond(told))),
                Err(failed) => on(CollatorReport::Failed(failed)),
            }
        });
        Self { comparisons, files }
    }

    /// Asks for a comparison; an earlier one is cancelled.
    pub fn compare(&self, request: Tagged<CompareRequest>) {
        self.comparisons.ask(request);
    }

    /// Asks for a file; one that is being written is given up.
    pub fn export(&self, request: Tagged<Box<ExportRequest>>) {
        self.files.ask(request);
    }

    /// Stops comparing and writing.
    pub fn stop(&self) {
        self.comparisons.cancel();
        self.files.cancel();
    }
}
