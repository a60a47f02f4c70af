//! Runs background work on threads of low priority, separate from those that answer a key, so that
//! a key press gets the processors first.

use crate::ingest::mark_pool_thread;

/// The niceness (scheduling priority, higher is lower) that is added to background threads. If a
/// foreground thread wants the same processor, it gets nine tenths of the time.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Runs `work` on a new thread pool of low priority, waits for it and returns its result. Runs it
/// on the current thread if no pool can be created.
pub(super) fn run_in_background<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().start_handler(|_| {
        mark_pool_thread();
        lower_priority();
    });
    match pool.build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Lowers the priority of the current thread. A failure is ignored: it costs only speed.
fn lower_priority() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
}

/// Drops a large value on a separate thread. Freeing the memory of a hundred thousand articles
/// takes longer than a frame.
pub fn drop_in_background<T: Send + 'static>(large: T) {
    std::thread::spawn(move || {
        lower_priority();
        drop(large);
    });
}
