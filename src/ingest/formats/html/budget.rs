//! Bounds the time and memory that it takes to read a web page. The number of nodes and bytes and
//! the depth of nesting are bounded before extraction, so that the result depends only on the page.
//! Extraction runs on its own thread, because it needs a large stack. A limit on processor time is
//! the last resort.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::time::{Duration, Instant};

use super::page::{self, ExtractedPage};
use super::sanitize::{Bounds, Sanitized, plain_text, sanitize};
use crate::ingest::Given;
use crate::ingest::catch_panic::catch_panic;
use crate::ingest::formats::Found;
use crate::text::head;

/// Maximum processor time for one page. The slowest pages within the other bounds take some five
/// seconds, so a page that reaches this limit would never end.
const TIME_LIMIT: Duration = Duration::from_mins(2);
/// Interval at which the processor time of a page is checked.
const CHECK_INTERVAL: Duration = Duration::from_millis(500);
/// Maximum size in bytes of a page that is parsed into a tree, measured without its scripts and
/// styles. A larger page is read as plain text.
const MAX_SIZE: usize = 3 << 20;
/// Stack size in bytes of the extraction thread. Extraction is recursive: 400 levels of elements
/// need 8 MiB, or 64 MiB in a build without optimisation.
const STACK_SIZE: usize = 64 << 20;
/// Maximum number of pages that were abandoned because they took too long, and whose threads are
/// still running. Beyond this number, further pages are read as plain text.
const MAX_ABANDONED: usize = 4;

/// Number of pages that were abandoned because they took too long, and whose threads are still
/// running. They continue because extraction cannot be cancelled.
static ABANDONED_PAGES: AtomicUsize = AtomicUsize::new(0);

/// The reason why a page was read only in part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageFault {
    /// The page is too large to be parsed into a tree.
    #[error("the page is too large to be parsed: it was read as plain text")]
    TooLarge,
    /// Parsing took too long. It was not even tried if too many earlier pages took too long and are
    /// still being parsed.
    #[error("parsing took too long: the page was read as plain text")]
    TooSlow,
    /// Part of the markup was left out before the page was parsed. Holds the reason.
    #[error("the page is malformed: {0}; some of its markup was ignored")]
    Malformed(&'static str),
    /// The parser failed. The text of the page was read, but not its structure.
    #[error("the page could not be parsed: it was read as plain text")]
    Failed,
    /// No thread could be started to parse the page, so it was read as plain text.
    #[error("no thread could be started: the page was read as plain text")]
    NoThread,
}

impl PageFault {
    /// Returns whether reading the page again may succeed.
    fn is_transient(&self) -> bool {
        matches!(self, Self::TooSlow | Self::NoThread)
    }

    /// Returns the fault to report for a page. `record` is the name of the page's record in its
    /// file.
    pub fn found(&self, record: Option<String>) -> Found {
        let reason = self.to_string();
        if self.is_transient() {
            return Found::Transient { record, reason };
        }
        Found::Fault {
            record,
            line: None,
            reason,
        }
    }
}

/// Reads a page with bounded time and memory. Returns its text in any case, with a fault if the
/// page could not be read completely.
pub fn read_page(html: &str) -> (ExtractedPage, Option<PageFault>) {
    read_by(html, page::read)
}

/// Reads markup that consists only of an article's text, as in feeds, within the same bounds as
/// [`read_page`].
pub fn read_fragment(html: &str) -> (ExtractedPage, Option<PageFault>) {
    read_by(html, page::read_fragment)
}

/// Returns the text of a small field with markup, such as a title, in one line. Reads at most
/// `most` bytes of `markup`. Starts no thread, because so little markup needs no large stack.
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

fn read_by(
    html: &str,
    read: fn(&Sanitized) -> ExtractedPage,
) -> (ExtractedPage, Option<PageFault>) {
    let sanitized = Arc::new(sanitize(html, &Bounds::PAGE));
    let excess = sanitized.excess.map(PageFault::Malformed);
    if sanitized.html.len() > MAX_SIZE {
        return (plain_page(&sanitized), Some(PageFault::TooLarge));
    }
    if ABANDONED_PAGES.load(Ordering::Relaxed) >= MAX_ABANDONED {
        return (plain_page(&sanitized), Some(PageFault::TooSlow));
    }
    match read_on_thread(&sanitized, read) {
        Ok(page) if page.text.is_empty() => (plain_page(&sanitized), excess),
        Ok(page) => (page, excess),
        Err(fault) => (plain_page(&sanitized), Some(fault)),
    }
}

fn read_on_thread(
    sanitized: &Arc<Sanitized>,
    read: fn(&Sanitized) -> ExtractedPage,
) -> Result<ExtractedPage, PageFault> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let task = Arc::new(PageTask::default());
    let (task_of_thread, sanitized) = (Arc::clone(&task), Arc::clone(sanitized));
    let thread = std::thread::Builder::new()
        .name("page".to_owned())
        .stack_size(STACK_SIZE);
    let spawned = thread.spawn(move || {
        task_of_thread.start();
        let page = catch_panic(|| read(&sanitized));
        task_of_thread.finish();
        // The receiver is gone if the page was abandoned.
        let _ = sender.send(page.map_err(|_| PageFault::Failed));
    });
    if spawned.is_err() {
        return Err(PageFault::NoThread);
    }
    loop {
        match receiver.recv_timeout(CHECK_INTERVAL) {
            Ok(page) => return page,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                if task.time() >= TIME_LIMIT && task.abandon() {
                    return Err(PageFault::TooSlow);
                }
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err(PageFault::Failed),
        }
    }
}

/// The reading of one page, shared by the thread that reads and the thread that waits for it.
#[derive(Debug, Default)]
struct PageTask {
    clock: OnceLock<Clock>,
    state: AtomicU8,
}

const RUNNING: u8 = 0;
const FINISHED: u8 = 1;
const ABANDONED: u8 = 2;

impl PageTask {
    fn start(&self) {
        self.clock.get_or_init(Clock::of_this_thread);
    }

    /// Returns the processor time that the reading thread has used so far.
    fn time(&self) -> Duration {
        self.clock.get().map_or(Duration::ZERO, Clock::read)
    }

    /// Stops waiting for the page. Returns `false` if it was finished just before. Otherwise the
    /// page counts as abandoned until its thread ends.
    fn abandon(&self) -> bool {
        ABANDONED_PAGES.fetch_add(1, Ordering::SeqCst);
        let order = Ordering::SeqCst;
        let was_running = self
            .state
            .compare_exchange(RUNNING, ABANDONED, order, order);
        if was_running.is_err() {
            ABANDONED_PAGES.fetch_sub(1, Ordering::SeqCst);
        }
        was_running.is_ok()
    }

    fn finish(&self) {
        if self.state.swap(FINISHED, Ordering::SeqCst) == ABANDONED {
            ABANDONED_PAGES.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// A clock for the processor time of one thread, which other threads can read.
#[derive(Debug)]
struct Clock {
    started: Instant,
    #[cfg(target_os = "linux")]
    thread: i32,
}

impl Clock {
    fn of_this_thread() -> Self {
        Self {
            started: Instant::now(),
            #[cfg(target_os = "linux")]
            thread: rustix::thread::gettid().as_raw_nonzero().get(),
        }
    }

    /// Returns the processor time that the thread has used. If the system does not provide it,
    /// returns a tenth of the elapsed time: on a busy machine, a thread mostly waits for a
    /// processor.
    fn read(&self) -> Duration {
        self.processor_time()
            .unwrap_or_else(|| self.started.elapsed() / 10)
    }

    #[cfg(target_os = "linux")]
    fn processor_time(&self) -> Option<Duration> {
        let path = format!("/proc/self/task/{}/schedstat", self.thread);
        let stats = std::fs::read_to_string(path).ok()?;
        let on_processor = stats.split_ascii_whitespace().next()?.parse().ok()?;
        Some(Duration::from_nanos(on_processor))
    }

    #[cfg(not(target_os = "linux"))]
    fn processor_time(&self) -> Option<Duration> {
        None
    }
}

fn plain_page(sanitized: &Sanitized) -> ExtractedPage {
    ExtractedPage {
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
        let over = || ABANDONED_PAGES.load(Ordering::SeqCst);
        let (abandoned, finished) = (PageTask::default(), PageTask::default());
        finished.finish();
        assert!(!finished.abandon(), "it has ended in time");
        assert!(abandoned.abandon());
        assert_eq!(over(), 1);
        abandoned.finish();
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
        let task = PageTask::default();
        task.start();
        let mut work = 0_u64;
        while task.time().is_zero() {
            work = std::hint::black_box(work.wrapping_add(1));
        }
        assert!(task.time() < TIME_LIMIT);
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
