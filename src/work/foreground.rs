//! Who goes first: what works behind the reader pauses while a key is being answered.
//!
//! Priorities alone do not see to it. A thread that wakes up waits for the end of the turn of the
//! one that runs, some milliseconds, and between a key and its frame four wake up in turn.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Of the whole process, as its processors are. A key that takes longer to answer than this pause
/// does not wait for a processor.
static FOREGROUND: ForegroundGate = ForegroundGate::with_pause(Duration::from_millis(50));

struct ForegroundGate {
    /// What is asked before each article: whether it is worth looking at `since`.
    is_taken: AtomicBool,
    since: Mutex<Option<Instant>>,
    over: Condvar,
    longest_pause: Duration,
}

impl ForegroundGate {
    const fn with_pause(longest_pause: Duration) -> Self {
        Self {
            is_taken: AtomicBool::new(false),
            since: Mutex::new(None),
            over: Condvar::new(),
            longest_pause,
        }
    }

    fn is_taken(&self) -> bool {
        self.is_taken.load(Ordering::Relaxed)
    }

    fn since(&self) -> MutexGuard<'_, Option<Instant>> {
        self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, since: Option<Instant>) {
        let mut held = self.since();
        *held = since;
        self.is_taken.store(since.is_some(), Ordering::Relaxed);
        drop(held);
        self.over.notify_all();
    }

    /// Waits until it is handed back, or has been held for long enough.
    fn wait(&self) {
        let mut since = self.since();
        while let Some(left) =
            since.and_then(|since| self.longest_pause.checked_sub(since.elapsed()))
        {
            let waited = self.over.wait_timeout(since, left);
            since = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        *since = None;
        self.is_taken.store(false, Ordering::Relaxed);
    }
}

/// A key has come: what works behind the reader pauses until the key is answered.
pub fn enter_foreground() {
    FOREGROUND.set(Some(Instant::now()));
}

/// The key is answered.
pub fn leave_foreground() {
    if FOREGROUND.is_taken() {
        FOREGROUND.set(None);
    }
}

/// Pauses while a key is being answered. For threads that nobody waits for, between two pieces of
/// work that take much less than a frame; never while something is locked.
pub(super) fn yield_to_foreground() {
    if FOREGROUND.is_taken() {
        FOREGROUND.wait();
    }
}

/// Returns whether work behind the reader was cancelled; yields to the foreground first.
pub(super) fn is_cancelled(cancel: &AtomicBool) -> bool {
    yield_to_foreground();
    cancel.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn work_goes_on_once_the_key_is_answered() {
        let gate = ForegroundGate::with_pause(Duration::from_hours(1));
        let (send, done) = mpsc::channel();
        gate.set(Some(Instant::now()));
        std::thread::scope(|scope| {
            let (gate, told) = (&gate, send.clone());
            let (at_work, started) = mpsc::channel();
            scope.spawn(move || {
                at_work.send(()).unwrap();
                gate.wait();
                told.send("work").unwrap();
            });
            started.recv().unwrap();
            send.send("key").unwrap();
            gate.set(None);
        });
        assert_eq!(done.try_iter().collect::<Vec<_>>(), ["key", "work"]);
    }

    #[test]
    fn a_key_that_nobody_answers_holds_nothing_up() {
        let gate = ForegroundGate::with_pause(Duration::ZERO);
        gate.set(Some(Instant::now()));
        gate.wait();
        assert!(!gate.is_taken());
    }
}
