//! Bounds the cost of reading a page. Its nodes, bytes and depth are bounded before extraction, so
//! that the result depends on nothing but the page. Extraction runs on a thread of its own, which
//! has the large stack that it needs. A limit on its processor time is the last resort.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::time::{Duration, Instant};

use super::page::{self, Page};
use super::sanitize::{Bounds, Sanitized, plain_text, sanitize};
use crate::ingest::Given;
use crate::ingest::catch_panic::catch_panic;
use crate::ingest::formats::Found;
use crate::text::head;

/// Maximum processor time for one page. The slowest of 30 shapes of pages that exhaust the other
/// bounds takes some five seconds; a page that takes this long hangs.
const TIME: Duration = Duration::from_mins(2);
/// Interval at which the processor time is checked.
const LOOK: Duration = Duration::from_millis(500);
/// Maximum size in bytes of a page that a tree is built from, without its scripts and styles.
const SIZE: usize = 3 << 20;
/// Stack size in bytes of the extraction thread. Extraction is recursive: 400 levels fit in 8 MiB,
/// or in 64 MiB without optimisation.
const STACK: usize = 64 << 20;
/// Maximum number of abandoned pages that are still running. Beyond it, further pages are read as
/// plain text.
const ABANDONED: usize = 4;

/// Number of pages that were abandoned and are still being read. Extraction cannot be cancelled.
static RUNNING_OVER: AtomicUsize = AtomicUsize::new(0);

/// The reason why a page was read only in part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageFault {
    /// The page is too large for a tree.
    #[error("the page is too large: its words were read, its parts were not told apart")]
    TooLarge,
    /// The page took too long, or too many pages before it did.
    #[error("the page took too long to read: its words were read, its parts were not told apart")]
    TooSlow,
    /// Something was left out before the page was read.
    #[error("the page is malformed: {0}; some of its markup was passed over")]
    Malformed(&'static str),
    /// The text of the page was read, but its structure could not be determined.
    #[error("the page could not be understood: its words were read, its parts were not told apart")]
    Failed,
    /// No thread could be started.
    #[error("the system has no room for a thread: the page's parts were not told apart")]
    NoThread,
}

impl PageFault {
    /// Returns whether reading the page again may succeed.
    fn is_passing(&self) -> bool {
        matches!(self, Self::TooSlow | Self::NoThread)
    }

    /// Returns the fault to report.
    pub fn found(&self, record: Option<String>) -> Found {
        let reason = self.to_string();
        if self.is_passing() {
            return Found::Transient { record, reason };
        }
        Found::Fault {
            record,
            line: None,
            reason,
        }
    }
}

/// Reads a page within bounds of space and time. Returns text whatever the fault.
pub fn read_page(html: &str) -> (Page, Option<PageFault>) {
    read_by(html, page::read)
}

/// Reads markup that consists only of an article's text, as in feeds, within the same bounds as
/// [`read_page`].
pub fn read_fragment(html: &str) -> (Page, Option<PageFault>) {
    read_by(html, page::read_fragment)
}

/// Returns the words of a small field with markup, such as a title, in one line. Reads at most
/// `most` bytes. Starts no thread, because its markup is bounded to what the current stack can
/// hold.
pub fn read_field(markup: &str, most: usize) -> String {
    let sanitized = sanitize(head(markup, most), &Bounds::FIELD);
    let page = page::read_fragment(&sanitized);
    let text = if page.text.is_empty() {
        plain_text(&sanitized.html)
    } else {
        page.text
    };
    text.replace('\n', " ")
}

fn read_by(html: &str, read: fn(&Sanitized) -> Page) -> (Page, Option<PageFault>) {
    let sanitized = Arc::new(sanitize(html, &Bounds::PAGE));
    let excess = sanitized.excess.map(PageFault::Malformed);
    if sanitized.html.len() > SIZE {
        return (words_only(&sanitized), Some(PageFault::TooLarge));
    }
    if RUNNING_OVER.load(Ordering::Relaxed) >= ABANDONED {
        return (words_only(&sanitized), Some(PageFault::TooSlow));
    }
    match read_apart(&sanitized, read) {
        Ok(page) if page.text.is_empty() => (words_only(&sanitized), excess),
        Ok(page) => (page, excess),
        Err(fault) => (words_only(&sanitized), Some(fault)),
    }
}

fn read_apart(sanitized: &Arc<Sanitized>, read: fn(&Sanitized) -> Page) -> Result<Page, PageFault> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let turn = Arc::new(Turn::default());
    let (theirs, sanitized) = (Arc::clone(&turn), Arc::clone(sanitized));
    let thread = std::thread::Builder::new()
        .name("page".to_owned())
        .stack_size(STACK);
    let spawned = thread.spawn(move || {
        theirs.begin();
        let page = catch_panic(|| read(&sanitized));
        theirs.end();
        // The receiver is gone if the page was abandoned.
        let _ = sender.send(page.map_err(|_| PageFault::Failed));
    });
    if spawned.is_err() {
        return Err(PageFault::NoThread);
    }
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(page) => return page,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                if turn.time() >= TIME && turn.give_up() {
                    return Err(PageFault::TooSlow);
                }
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err(PageFault::Failed),
        }
    }
}

/// The state of reading one page, shared by its thread and the one that waits for it.
#[derive(Debug, Default)]
struct Turn {
    clock: OnceLock<Clock>,
    state: AtomicU8,
}

const RUNNING: u8 = 0;
const ENDED: u8 = 1;
const GIVEN_UP: u8 = 2;

impl Turn {
    fn begin(&self) {
        self.clock.get_or_init(Clock::of_this_thread);
    }

    /// Returns the processor time used so far.
    fn time(&self) -> Duration {
        self.clock.get().map_or(Duration::ZERO, Clock::read)
    }

    /// Abandons the page. Returns whether it was still running; if so, it counts as abandoned until
    /// it ends.
    fn give_up(&self) -> bool {
        RUNNING_OVER.fetch_add(1, Ordering::SeqCst);
        let order = Ordering::SeqCst;
        let was_running = self.state.compare_exchange(RUNNING, GIVEN_UP, order, order);
        if was_running.is_err() {
            RUNNING_OVER.fetch_sub(1, Ordering::SeqCst);
        }
        was_running.is_ok()
    }

    fn end(&self) {
        if self.state.swap(ENDED, Ordering::SeqCst) == GIVEN_UP {
            RUNNING_OVER.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// The processor time of a thread, which other threads can read.
#[derive(Debug)]
struct Clock {
    begun: Instant,
    #[cfg(target_os = "linux")]
    thread: i32,
}

impl Clock {
    fn of_this_thread() -> Self {
        Self {
            begun: Instant::now(),
            #[cfg(target_os = "linux")]
            thread: rustix::thread::gettid().as_raw_nonzero().get(),
        }
    }

    /// Returns the processor time of the thread. If the system does not provide it, returns a tenth
    /// of the elapsed time, because the machine may have more work than processors.
    fn read(&self) -> Duration {
        self.told().unwrap_or_else(|| self.begun.elapsed() / 10)
    }

    #[cfg(target_os = "linux")]
    fn told(&self) -> Option<Duration> {
        let path = format!("/proc/self/task/{}/schedstat", self.thread);
        let told = std::fs::read_to_string(path).ok()?;
        let on_processor = told.split_ascii_whitespace().next()?.parse().ok()?;
        Some(Duration::from_nanos(on_processor))
    }

    #[cfg(not(target_os = "linux"))]
    fn told(&self) -> Option<Duration> {
        None
    }
}

fn words_only(sanitized: &Sanitized) -> Page {
    Page {
        text: plain_text(&sanitized.html),
        given: Given::default(),
        blocks: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_was_given_up_counts_until_it_ends_however_it_ends() {
        // Only this test abandons a page, because the count is global to the process.
        let over = || RUNNING_OVER.load(Ordering::SeqCst);
        let (given_up, ended) = (Turn::default(), Turn::default());
        ended.end();
        assert!(!ended.give_up(), "it has ended in time");
        assert!(given_up.give_up());
        assert_eq!(over(), 1);
        given_up.end();
        assert_eq!(over(), 0);
    }

    #[test]
    fn only_a_fault_of_the_page_itself_is_remembered() {
        for (fault, is_lasting) in [
            (PageFault::TooLarge, true),
            (PageFault::Malformed("it is deep"), true),
            (PageFault::Failed, true),
            (PageFault::TooSlow, false),
            (PageFault::NoThread, false),
        ] {
            let found = fault.found(Some("1".to_owned()));
            assert_eq!(matches!(found, Found::Fault { .. }), is_lasting, "{fault}");
            assert_eq!(
                matches!(found, Found::Transient { .. }),
                !is_lasting,
                "{fault}"
            );
        }
    }

    #[test]
    fn the_processor_time_of_a_thread_is_that_of_its_work() {
        let turn = Turn::default();
        turn.begin();
        let mut work = 0_u64;
        while turn.time().is_zero() {
            work = std::hint::black_box(work.wrapping_add(1));
        }
        assert!(turn.time() < TIME);
    }

    #[test]
    fn a_field_is_one_line_of_words_within_its_bounds() {
        for (markup, words) in [
            ("Air &amp; angin", "Air & angin"),
            ("<b>Air</b>  naik\n<i>di</i> Lareng", "Air naik di Lareng"),
            ("<p>Satu</p><p>Dua</p>", "Satu  Dua"),
            ("", ""),
            (&"<div>".repeat(100_000), ""),
        ] {
            assert_eq!(read_field(markup, 1 << 20), words);
        }
        assert_eq!(read_field("Kabar baik", 7), "Kabar b");
        assert_eq!(read_field("Kabar é", 7), "Kabar", "no half character");
    }
}
