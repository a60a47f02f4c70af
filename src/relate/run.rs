//! Progress and cancellation of a long computation over a corpus.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

/// The current step of a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Identifies the speakers.
    People,
    /// Determines what each article is about.
    Terms,
    /// Finds near-duplicate texts.
    Copies,
    /// Groups the articles about one event.
    Stories,
    /// Groups the wordings of one utterance.
    Variants,
}

impl Step {
    /// All steps, in the order in which they run.
    pub const ALL: [Self; 5] = [
        Self::People,
        Self::Terms,
        Self::Copies,
        Self::Stories,
        Self::Variants,
    ];

    /// Returns the name of what the step computes, for users.
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "speakers",
            Self::Terms => "subjects",
            Self::Copies => "copies",
            Self::Stories => "stories",
            Self::Variants => "wordings",
        }
    }
}

/// A callback for progress: the step, how many items are done, and how many there are. Called about
/// every thousand items, from several threads.
pub type Progress<'a> = &'a (dyn Fn(Step, usize, usize) + Sync);

/// Number of items between two progress reports: rare enough to cost nothing, frequent enough to be
/// seen.
const REPORT_EVERY: usize = 1024;

/// The handle by which a long computation reports progress and is cancelled.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Returns whether to stop. Called before each item. May block, to let more urgent work go
    /// first.
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Receives progress reports.
    pub progress: Progress<'a>,
}

impl Run<'_> {
    /// Reports how many items are done, if a report is due.
    pub(crate) fn tell(&self, step: Step, done: usize, total: usize) {
        if done.is_multiple_of(REPORT_EVERY) || done == total {
            (self.progress)(step, done, total);
        }
    }

    /// Applies `work` to each item in parallel. Results are in the order of the items, independent
    /// of the number of threads. Returns `None` if cancelled.
    pub(crate) fn map<T: Sync, R: Send>(
        &self,
        step: Step,
        things: &[T],
        work: impl Fn(&T) -> R + Sync,
    ) -> Option<Vec<R>> {
        self.map_behind((step, 0, things.len()), things, work)
    }

    /// Applies `work` like [`Run::map`] to a part of all `total` items, after `before` items are
    /// done.
    pub(crate) fn map_behind<T: Sync, R: Send>(
        &self,
        (step, before, total): (Step, usize, usize),
        things: &[T],
        work: impl Fn(&T) -> R + Sync,
    ) -> Option<Vec<R>> {
        let done = AtomicUsize::new(before);
        things
            .par_iter()
            .map(|thing| {
                if (self.is_cancelled)() {
                    return None;
                }
                let result = work(thing);
                let count = done.fetch_add(1, Ordering::Relaxed) + 1;
                self.tell(step, count, total);
                Some(result)
            })
            .collect()
    }
}

/// Runs `work` to completion without progress reports, for tests and measurements.
///
/// # Panics
///
/// Panics if `work` returns `None` although it was not cancelled.
pub fn to_the_end<R>(work: impl FnOnce(&Run) -> Option<R>) -> R {
    to_the_end_with(&|_, _, _| {}, work)
}

/// Runs `work` to completion and reports its progress, for commands.
///
/// # Panics
///
/// Panics if `work` returns `None` although it was not cancelled.
pub fn to_the_end_with<R>(progress: Progress, work: impl FnOnce(&Run) -> Option<R>) -> R {
    let run = Run {
        is_cancelled: &|| false,
        progress,
    };
    work(&run).expect("nobody can cancel a run that nobody else knows")
}
