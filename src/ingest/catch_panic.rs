//! Catches panics, both of third-party parsers and of this program. A panic that affects one
//! article, or one run of a worker, becomes an error like any other. Nothing is printed to the
//! terminal, which may be in use.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, Location, catch_unwind, set_hook, take_hook};
use std::sync::{Mutex, Once, PoisonError};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Source location of the last panic on a thread of a thread pool. The panic itself is caught on
/// another thread: the one that waits for the pool. That thread takes the location from here.
static POOL_LOCATION: Mutex<Option<String>> = Mutex::new(None);

/// A panic that was caught, with its location.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("kutip failed here: please report ({place})")]
pub struct CaughtPanic {
    /// Source file and line of the panic, such as `src/file.rs:12`.
    pub place: String,
}

/// Runs `work` and returns its result. After a panic, the caller must discard the data that `work`
/// was changing, because it may be inconsistent.
///
/// # Errors
/// Returns the source location of the panic, if `work` panics.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, CaughtPanic> {
    silence_caught_panics();
    DEPTH.set(DEPTH.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    done.map_err(|_| {
        let in_pool = || {
            let mut place = POOL_LOCATION.lock().unwrap_or_else(PoisonError::into_inner);
            place.take()
        };
        let place = LOCATION.take().or_else(in_pool);
        CaughtPanic {
            place: place.unwrap_or_else(|| "an unknown place".to_owned()),
        }
    })
}

/// Marks the current thread as a thread of a thread pool. A panic on it is not printed, because it
/// is caught on the thread that waits for the pool.
pub fn mark_pool_thread() {
    silence_caught_panics();
    DEPTH.set(DEPTH.get() + 1);
    IS_IN_POOL.set(true);
}

thread_local! {
    static IS_IN_POOL: Cell<bool> = const { Cell::new(false) };
}

/// Returns whether a panic on the current thread would be caught. If so, a panic hook should do
/// nothing.
pub fn is_catching_panics() -> bool {
    DEPTH.get() > 0
}

/// Installs a panic hook, when called for the first time. For a panic that will be caught, the hook
/// prints nothing, but stores the source location. Other panics go to the previous hook.
fn silence_caught_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            let place = panic.location().map(format_location);
            let own_depth = DEPTH.get() - u32::from(IS_IN_POOL.get());
            if own_depth > 0 {
                LOCATION.set(place);
            } else {
                *POOL_LOCATION.lock().unwrap_or_else(PoisonError::into_inner) = place;
            }
            if !is_catching_panics() {
                before(panic);
            }
        }));
    });
}

/// Formats a source location as `src/file.rs:12`. For another crate, the path begins with the
/// crate's folder, as in `regex-1.10.2/src/lib.rs:7`. The folders above it on the build machine are
/// left out.
fn format_location(place: &Location) -> String {
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
        let failed = catch_panic(|| {
            catch_panic(|| panic!("inside")).map_err(|inner: CaughtPanic| inner.place)
        });
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
