//! Catches the panics of parsers that are not ours: a file that breaks one is a fault like any
//! other, and nothing of it is said on the terminal, which may be in use.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// What `work` returns; `None` where it panics. What it was changing then is not to be used again.
pub(super) fn shielded<T>(work: impl FnOnce() -> T) -> Option<T> {
    hush();
    DEPTH.set(DEPTH.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    done.ok()
}

/// Whether a panic on this thread will be caught: a panic hook has nothing to tell or to mend.
pub fn is_shielded() -> bool {
    DEPTH.get() > 0
}

/// Keeps what will be caught from being told; whatever hook there is tells the rest.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !is_shielded() {
                before(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_the_shield_goes_with_it() {
        assert_eq!(shielded(|| is_shielded().then_some(1)), Some(Some(1)));
        assert_eq!(shielded(|| panic!("broken")), None::<u8>);
        assert!(!is_shielded());
    }
}
