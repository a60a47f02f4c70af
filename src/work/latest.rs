//! A worker thread for work of which only the newest request matters. A newer request replaces the
//! pending one and cancels the running one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A thread that works on the newest request. Dropping it cancels the work without waiting for its
/// end, so that quitting the program is never delayed.
#[derive(Debug)]
pub(super) struct LatestWorker<T> {
    shared: Arc<Shared<T>>,
}

#[derive(Debug)]
struct Shared<T> {
    slot: Mutex<Slot<T>>,
    wake: Condvar,
}

#[derive(Debug)]
struct Slot<T> {
    waiting: Option<T>,
    running: Option<Arc<AtomicBool>>,
    closed: bool,
}

impl<T> Slot<T> {
    fn cancel(&self) {
        if let Some(cancel) = &self.running {
            cancel.store(true, Ordering::Relaxed);
        }
    }
}

impl<T> Shared<T> {
    fn slot(&self) -> MutexGuard<'_, Slot<T>> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a request and returns it with the flag that cancels it. Returns `None` if the
    /// thread should end.
    fn next(&self) -> Option<(T, Arc<AtomicBool>)> {
        let mut slot = self.slot();
        slot.running = None;
        loop {
            if slot.closed {
                return None;
            }
            if let Some(request) = slot.waiting.take() {
                let cancel = Arc::new(AtomicBool::new(false));
                slot.running = Some(Arc::clone(&cancel));
                return Some((request, cancel));
            }
            slot = self.wake.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<T: Send + 'static> LatestWorker<T> {
    /// Starts the thread, which calls `work` with each request and its cancellation flag. `work`
    /// should return soon after the flag is set.
    pub fn start(mut work: impl FnMut(T, &AtomicBool) + Send + 'static) -> Self {
        let shared = Arc::new(Shared {
            slot: Mutex::new(Slot {
                waiting: None,
                running: None,
                closed: false,
            }),
            wake: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        thread::spawn(move || {
            while let Some((request, cancel)) = theirs.next() {
                work(request, &cancel);
            }
        });
        Self { shared }
    }

    /// Cancels the running request and drops the pending one.
    pub fn cancel(&self) {
        let mut slot = self.shared.slot();
        slot.cancel();
        slot.waiting = None;
    }

    /// Submits a request. Cancels the running one and replaces the pending one.
    pub fn submit(&self, request: T) {
        let mut slot = self.shared.slot();
        slot.cancel();
        slot.waiting = Some(request);
        self.shared.wake.notify_one();
    }
}

impl<T> Drop for LatestWorker<T> {
    fn drop(&mut self) {
        let mut slot = self.shared.slot();
        slot.closed = true;
        slot.cancel();
        drop(slot);
        self.shared.wake.notify_one();
    }
}
