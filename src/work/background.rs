//! Threads for what goes on behind the reader. They are not those that answer a key, and give the
//! processors up to them.

use crate::ingest::mark_pool_thread;

/// How far these threads stand back, in steps of niceness: of a processor that both want, a key
/// gets nine tenths.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Runs `work` in threads of its own; in this one where no others can be made.
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

/// Lowers the priority of this thread. Where that is not to be had, nothing is lost but speed.
fn lower_priority() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
}

/// Lets go of what is large, in a thread of its own: to give back the memory of a hundred thousand
/// articles takes longer than a frame.
pub fn drop_in_background<T: Send + 'static>(large: T) {
    std::thread::spawn(move || {
        lower_priority();
        drop(large);
    });
}
