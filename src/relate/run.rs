//! A long computation over a corpus: told how far it is, stopped when nobody wants it any more.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

/// What a survey of a corpus is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Who speaks.
    People,
    /// What each article is about.
    Terms,
    /// Near-duplicate texts.
    Copies,
    /// Articles of one event.
    Stories,
    /// One utterance in several wordings.
    Variants,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 5] = [
        Self::People,
        Self::Terms,
        Self::Copies,
        Self::Stories,
        Self::Variants,
    ];

    /// What it is working out, for users.
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

/// Told about every thousand things: the step, how many are done, how many there are. Called from
/// several threads.
pub type Progress<'a> = &'a (dyn Fn(Step, usize, usize) + Sync);

/// Things between two reports of progress: rare enough to cost nothing, often enough to be seen.
const REPORT_EVERY: usize = 1024;

/// How a long computation is watched and stopped.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Asked before each thing whether it should stop. May take its time to answer: whoever is in
    /// a hurry goes first.
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Told how far it is.
    pub progress: Progress<'a>,
}

impl Run<'_> {
    /// Reports how many of all are done, if it is time to.
    pub(crate) fn tell(&self, step: Step, done: usize, total: usize) {
        if done.is_multiple_of(REPORT_EVERY) || done == total {
            (self.progress)(step, done, total);
        }
    }

    /// Does `work` for each of `things` in parallel; results in the order of the things whatever
    /// the number of threads; `None` once cancelled.
    pub(crate) fn map<T: Sync, R: Send>(
        &self,
        step: Step,
        things: &[T],
        work: impl Fn(&T) -> R + Sync,
    ) -> Option<Vec<R>> {
        self.map_behind((step, 0, things.len()), things, work)
    }

    /// As [`Run::map`] for some of all `total` things, where `before` are done.
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

/// Runs `work` to its end, telling nobody: for commands and tests.
///
/// # Panics
/// Where `work` gives up though it was not cancelled.
pub fn to_the_end<R>(work: impl FnOnce(&Run) -> Option<R>) -> R {
    let run = Run {
        is_cancelled: &|| false,
        progress: &|_, _, _| {},
    };
    work(&run).expect("nobody can cancel a run that nobody else knows")
}
