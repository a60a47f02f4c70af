//! A worker whose run panics has told nothing: what waits for it would wait for ever. Here the panic
//! is caught, and becomes an answer.

use crate::ingest::{Failure, catch_panic, mark_pool_thread};

/// A run of a worker that failed.
#[derive(Clone, Debug)]
pub struct Failed {
    /// Whose.
    pub work: Work,
    /// Where.
    pub failure: Failure,
}

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// A filter run of this generation, or what prepares it.
    Filter(u64),
    /// The index of terms.
    Index,
    /// A survey of this generation.
    Survey(u64),
    /// The answer to the question of this generation.
    Question(u64),
    /// A comparison of this generation.
    Compare(u64),
    /// The writing of a file, asked for in this generation.
    Export(u64),
    /// Counting what queries select, asked for in this generation.
    Count(u64),
    /// Laying an article out, asked for in this generation.
    LayOut(u64),
    /// Reading all files anew.
    Reload,
}

/// What `run` returns, or that it failed.
///
/// # Errors
/// Where it panics.
pub fn attempt<T>(work: Work, run: impl FnOnce() -> T) -> Result<T, Failed> {
    hush_pool();
    catch_panic(run).map_err(|failure| Failed { work, failure })
}

/// Has the threads that all workers share say nothing of panics: those are caught here. Where they
/// have been started before, they tell them.
fn hush_pool() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let pool = rayon::ThreadPoolBuilder::new().start_handler(|_| mark_pool_thread());
        // An error means that they run already.
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
