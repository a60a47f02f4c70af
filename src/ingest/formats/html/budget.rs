//! The bounds within which a page is read: its size, its time, the stack of the thread. Extraction
//! cannot be cancelled, so a page that takes too long is left to its thread, and only a few such
//! threads are let be.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use super::page::{self, Page};
use super::tame::{Tamed, plain_text, tame};
use crate::ingest::Given;

/// How long one page may take. The slowest of 252 real pages took 0.3 s.
const TIME: Duration = Duration::from_millis(1300);
/// The largest page that a tree is built from, without its scripts and styles, in bytes.
const SIZE: usize = 3 << 20;
/// Extraction recurses; 400 levels of it fit in 8 MiB, unoptimised ones in 64.
const STACK: usize = 64 << 20;
/// How many pages may be left to their threads at once before the rest is read as plain text.
const ABANDONED: usize = 4;

static RUNNING_OVER: AtomicUsize = AtomicUsize::new(0);

/// Why a page was read only in part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageFault {
    /// Too large for a tree.
    #[error("the page is too large: its words were read, its parts were not told apart")]
    TooLarge,
    /// Took too long.
    #[error("the page took too long to read: its words were read, its parts were not told apart")]
    TooSlow,
    /// Something was left out before it was read.
    #[error("the page is malformed: {0}; some of its markup was passed over")]
    Malformed(&'static str),
    /// Reading it failed.
    #[error("the page could not be understood: its words were read, its parts were not told apart")]
    Failed,
}

/// Reads a page within bounds of time and space. Whatever the fault, there is text.
pub fn read_page(html: &str) -> (Page, Option<PageFault>) {
    read_by(html, page::read)
}

/// Reads marked-up text that is known to be an article's and nothing else, as feeds carry it,
/// within the same bounds.
pub fn read_fragment(html: &str) -> (Page, Option<PageFault>) {
    read_by(html, page::read_fragment)
}

fn read_by(html: &str, read: fn(&Tamed) -> Page) -> (Page, Option<PageFault>) {
    let tamed = tame(html);
    let excess = tamed.excess.map(PageFault::Malformed);
    if tamed.html.len() > SIZE {
        return (words_only(&tamed), Some(PageFault::TooLarge));
    }
    if RUNNING_OVER.load(Ordering::Relaxed) >= ABANDONED {
        return (words_only(&tamed), Some(PageFault::TooSlow));
    }
    match read_in_time(&tamed, read) {
        Ok(page) if page.text.is_empty() => (words_only(&tamed), excess),
        Ok(page) => (page, excess),
        Err(fault) => (words_only(&tamed), Some(fault)),
    }
}

fn read_in_time(tamed: &Tamed, read: fn(&Tamed) -> Page) -> Result<Page, PageFault> {
    let (sender, receiver) = mpsc::channel();
    let owned = Tamed {
        html: tamed.html.clone(),
        json_ld: tamed.json_ld.clone(),
        excess: tamed.excess,
    };
    let thread = std::thread::Builder::new()
        .name("page".to_owned())
        .stack_size(STACK);
    let spawned = thread.spawn(move || {
        let page = read(&owned);
        // Nobody waits any more where the page took too long: it is one fewer running over.
        if sender.send(page).is_err() {
            RUNNING_OVER.fetch_sub(1, Ordering::Relaxed);
        }
    });
    if spawned.is_err() {
        return Err(PageFault::Failed);
    }
    match receiver.recv_timeout(TIME) {
        Ok(page) => Ok(page),
        Err(mpsc::RecvTimeoutError::Timeout) => {
            RUNNING_OVER.fetch_add(1, Ordering::Relaxed);
            Err(PageFault::TooSlow)
        }
        // The thread panicked: the sender is gone without a page.
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(PageFault::Failed),
    }
}

fn words_only(tamed: &Tamed) -> Page {
    Page {
        text: plain_text(&tamed.html),
        given: Given::default(),
        blocks: Vec::new(),
    }
}
