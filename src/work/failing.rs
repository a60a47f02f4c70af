//! Catches panics in workers and turns them into reports. Otherwise the user would wait forever for
//! the response of a run that panicked.

use crate::ingest::{CaughtPanic, catch_panic, mark_pool_thread};

/// A report that a run of a worker panicked.
#[derive(Clone, Debug)]
pub struct Failed {
    /// The kind of work that failed, with the number of its request.
    pub work: Work,
    /// The panic that was caught: its message and location.
    pub failure: CaughtPanic,
}

/// The kinds of work that workers do. The number is the generation of the request, by which a
/// failure is matched with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Filtering a corpus, or preparing its index and order for that.
    Filter(u64),
    /// Building the term index of the loaded corpus.
    Index,
    /// Surveying a corpus: people, stories, copies, variants.
    Survey(u64),
    /// Answering a question about a corpus, such as which articles are related.
    Question(u64),
    /// Comparing passages or articles.
    Compare(u64),
    /// Writing an export to a file.
    Export(u64),
    /// Counting the articles that saved queries select.
    Count(u64),
    /// Laying out an article as lines of the screen.
    Layout(u64),
    /// Reloading all files.
    Reload,
}

/// Runs `run` and returns its result. A panic in it does not end the program.
///
/// # Errors
/// Returns [`Failed`], with `work`, if `run` panics.
pub fn attempt<T>(work: Work, run: impl FnOnce() -> T) -> Result<T, Failed> {
    silence_pool_panics();
    catch_panic(run).map_err(|failure| Failed { work, failure })
}

/// Keeps the global thread pool from printing panics, which are caught here. Has no effect if the
/// pool was started before.
fn silence_pool_panics() {
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
