//! Catches panics, those of parsers that are not ours and our own: what breaks one article, or one
//! run of a worker, is a fault like any other, and nothing of it is said on the terminal, which may
//! be in use.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, Location, catch_unwind, set_hook, take_hook};
use std::sync::{Mutex, Once, PoisonError};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Where a thread of a pool panicked last: the panic goes on in the thread that waits for the pool.
static PLACE_IN_POOL: Mutex<Option<String>> = Mutex::new(None);

/// A panic that was caught.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("kutip failed here: please report ({place})")]
pub struct Failure {
    /// The file and line of the program.
    pub place: String,
}

/// What `work` returns, or where it panics. What it was changing then is not to be used again.
///
/// # Errors
/// Where it panics.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    silence_caught_panics();
    DEPTH.set(DEPTH.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    done.map_err(|_| {
        let in_pool = || {
            let mut place = PLACE_IN_POOL.lock().unwrap_or_else(PoisonError::into_inner);
            place.take()
        };
        let place = PLACE.take().or_else(in_pool);
        Failure {
            place: place.unwrap_or_else(|| "an unknown place".to_owned()),
        }
    })
}

/// Marks this thread as one of a pool: its panics are caught in the thread that waits for it.
pub fn mark_pool_thread() {
    silence_caught_panics();
    DEPTH.set(DEPTH.get() + 1);
    IS_IN_POOL.set(true);
}

thread_local! {
    static IS_IN_POOL: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread will be caught: a panic hook has nothing to tell or to mend.
pub fn is_catching_panics() -> bool {
    DEPTH.get() > 0
}

/// Keeps what will be caught from being told, and notes where it was; whatever hook there is tells
/// the rest.
fn silence_caught_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            let place = panic.location().map(spell);
            let own_depth = DEPTH.get() - u32::from(IS_IN_POOL.get());
            if own_depth > 0 {
                PLACE.set(place);
            } else {
                *PLACE_IN_POOL.lock().unwrap_or_else(PoisonError::into_inner) = place;
            }
            if !is_catching_panics() {
                before(panic);
            }
        }));
    });
}

/// `src/file.rs:12`; of another crate with its name, wherever it stands on the machine that built
/// the program.
fn spell(place: &Location) -> String {
    let file = place.file();
    let start = file.rfind("/src/").and_then(|src| {
        let before = file.get(..src)?;
        Some(before.rfind('/').map_or(0, |slash| slash + 1))
    });
    let file = start.and_then(|start| file.get(start..)).unwrap_or(file);
    format!("{file}:{}", place.line())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_with_its_place_and_the_shield_goes_with_it() {
        assert_eq!(
            catch_panic(|| is_catching_panics().then_some(1)).ok(),
            Some(Some(1))
        );
        assert_eq!(catch_panic(|| panic!("broken")).ok(), None::<u8>);
        assert!(!is_catching_panics());
        let failed =
            catch_panic(|| catch_panic(|| panic!("inside")).map_err(|inner: Failure| inner.place));
        let place = failed.unwrap().unwrap_err();
        assert!(place.starts_with("src/ingest/catch_panic.rs:"), "{place}");
    }

    #[test]
    fn a_panic_in_a_pool_is_told_where_the_pool_is_waited_for() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1);
        let pool = pool.start_handler(|_| mark_pool_thread()).build().unwrap();
        let failed = catch_panic(|| pool.install(|| panic!("in the pool")));
        let told = failed.map(|(): ()| ()).unwrap_err().to_string();
        assert!(told.contains("src/ingest/catch_panic.rs:"), "{told}");
        assert!(told.contains("please report"), "{told}");
    }
}
