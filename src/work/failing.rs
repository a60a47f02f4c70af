//! Catches panics in workers and turns them into reports. Otherwise, whoever waits for the answer
//! of a run that panicked would wait forever.

use crate::ingest::{Failure, catch_panic, mark_pool_thread};

/// Report of a worker run that panicked.
#[derive(Clone, Debug)]
pub struct Failed {
    /// The work that failed.
    pub work: Work,
    /// Where the program panicked.
    pub failure: Failure,
}

/// The kind of work, with its request's generation where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// A filter run, or the preparation for it.
    Filter(u64),
    /// Building the term index.
    Index,
    /// A survey.
    Survey(u64),
    /// Answering a question.
    Question(u64),
    /// A comparison.
    Compare(u64),
    /// Writing a file.
    Export(u64),
    /// Counting what queries select.
    Count(u64),
    /// Laying out an article.
    LayOut(u64),
    /// Reloading all files.
    Reload,
}

/// Runs `run` and returns its result.
///
/// # Errors
/// Returns [`Failed`] if `run` panics.
pub fn attempt<T>(work: Work, run: impl FnOnce() -> T) -> Result<T, Failed> {
    hush_pool();
    catch_panic(run).map_err(|failure| Failed { work, failure })
}

/// Keeps the global thread pool from printing panics, which are caught here. Has no effect if the
/// pool was started before.
fn hush_pool() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let pool = rayon::ThreadPoolBuilder::new().start_handler(|_| mark_pool_thread());
        // An error means that the pool is running already.
        let _ = pool.build_global();
    });
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn a_panic_anywhere_in_a_run_is_an_answer() {
        let runs: [fn() -> usize; 2] = [
            || panic!("here"),
            || {
                (0..1000)
                    .into_par_iter()
                    .map(|n| 1000 / (500 - n))
                    .max()
                    .unwrap()
            },
        ];
        for run in runs {
            let failed = attempt(Work::Index, run).unwrap_err();
            assert_eq!(failed.work, Work::Index);
            let place = failed.failure.place;
            assert!(place.starts_with("src/work/failing.rs:"), "{place}");
        }
        assert_eq!(attempt(Work::Index, || 1).unwrap(), 1);
    }
}
