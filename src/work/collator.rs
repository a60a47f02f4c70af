//! Comparing passages and writing files beside the reader, each on a thread of its own: a file that
//! is being written is not given up for a comparison.

use std::sync::Arc;

use super::evidence::Watch;
use super::failing::{Failed, Work, attempt};
use super::latest::Latest;
use super::{CompareRequest, Engine, ExportRequest};
use crate::config::Sentence;
use crate::relate::Row;

/// What the collator tells.
#[derive(Clone, Debug)]
pub enum CollatorReport {
    /// A comparison is done. Not sent after a cancellation.
    Compared(Compared),
    /// So many things are written.
    Writing(usize),
    /// What became of a file, as a sentence.
    Written(Result<Sentence, Sentence>),
    /// One of them failed.
    Failed(Failed),
}

/// A comparison that is done.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Whose answer it is.
    pub generation: u64,
    /// The passages that belong together.
    pub rows: Vec<Row>,
}

/// Two threads: one compares, one writes. Dropping it cancels both.
#[derive(Debug)]
pub struct Collator {
    comparisons: Latest<CompareRequest>,
    files: Latest<Box<ExportRequest>>,
}

impl Collator {
    /// Starts the threads; `on` is called from them.
    pub fn start(
        engine: &Arc<Engine>,
        on: impl Fn(CollatorReport) + Clone + Send + 'static,
    ) -> Self {
        let (rules, tell) = (Arc::clone(engine), on.clone());
        let comparisons = Latest::start(move |request: CompareRequest, cancel| {
            let generation = request.generation;
            let run = || request.run(rules.packs(), cancel);
            match attempt(Work::Compare(generation), run) {
                Ok(Some(rows)) => tell(CollatorReport::Compared(Compared { generation, rows })),
                Ok(None) => {}
                Err(failed) => tell(CollatorReport::Failed(failed)),
            }
        });
        let rules = Arc::clone(engine);
        let files = Latest::start(move |request: Box<ExportRequest>, cancel| {
            let progress = |done| on(CollatorReport::Writing(done));
            let watch = Watch {
                cancel,
                progress: &progress,
            };
            match attempt(Work::Export, || request.run(rules.packs(), watch)) {
                Ok(told) => on(CollatorReport::Written(told)),
                Err(failed) => on(CollatorReport::Failed(failed)),
            }
        });
        Self { comparisons, files }
    }

    /// Asks for a comparison; an earlier one is cancelled.
    pub fn compare(&self, request: CompareRequest) {
        self.comparisons.ask(request);
    }

    /// Asks for a file; one that is being written is given up.
    pub fn export(&self, request: Box<ExportRequest>) {
        self.files.ask(request);
    }

    /// Stops comparing and writing.
    pub fn stop(&self) {
        self.comparisons.cancel();
        self.files.cancel();
    }
}
