//! Pauses background work while a key press is being answered.
//!
//! Thread priorities alone are not enough. A thread that wakes up waits some milliseconds for the
//! time slice of the running thread to end, and between a key press and its frame four threads wake
//! up in turn.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The gate at which the background threads of this process pause. There is one, because all
/// threads share the processors. A pause has a maximum length (50 ms): a key that takes longer is
/// not waiting for a processor.
static FOREGROUND: ForegroundGate = ForegroundGate::with_pause(Duration::from_millis(50));

struct ForegroundGate {
    /// Whether a key press is being answered, so that `since` may be set. Checking this before each
    /// article is cheap.
    is_taken: AtomicBool,
    since: Mutex<Option<Instant>>,
    over: Condvar,
    max_pause: Duration,
}

impl ForegroundGate {
    const fn with_pause(max_pause: Duration) -> Self {
        Self {
            is_taken: AtomicBool::new(false),
            since: Mutex::new(None),
            over: Condvar::new(),
            max_pause,
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

    /// Waits until the key press is answered, or the maximum pause is over.
    fn wait(&self) {
        let mut since = self.since();
        while let Some(left) = since.and_then(|since| self.max_pause.checked_sub(since.elapsed())) {
            let waited = self.over.wait_timeout(since, left);
            since = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        *since = None;
        self.is_taken.store(false, Ordering::Relaxed);
    }
}

/// Marks that a key press is being answered. Background work pauses until [`leave_foreground`] is
/// called, or the maximum pause is over.
pub fn enter_foreground() {
    FOREGROUND.set(Some(Instant::now()));
}

/// Marks that the key press is answered, so that background work goes on.
pub fn leave_foreground() {
    if FOREGROUND.is_taken() {
        FOREGROUND.set(None);
    }
}

/// Pauses the current thread while a key press is being answered. Call it on threads that nobody
/// waits for, between two pieces of work that take much less than a frame, and never while holding
/// a lock.
pub(super) fn yield_to_foreground() {
    if FOREGROUND.is_taken() {
        FOREGROUND.wait();
    }
}

/// Yields to the foreground, then returns whether background work was cancelled.
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
