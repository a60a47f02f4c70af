//! The request to the filter that waits, and what it is answered from once that is there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::failing::{Failed, Work};
use super::{LibraryFacts, Tagged};
use crate::model::{ArticleId, Corpus};
use crate::search::{Index, Order, Query, Sort, Terms, Test};

/// A filter run that is wanted.
#[derive(Clone, Debug)]
pub struct FilterRequest {
    /// What to look for. Its own order, where it has one, goes before scores.
    pub query: Query,
    /// The order of articles with equal scores.
    pub ties: Sort,
    /// In what.
    pub corpus: Corpus,
    /// What the library knows of it.
    pub kept: LibraryFacts,
}

/// The outcome of a filter run.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// The articles, in order.
    pub ids: Arc<[ArticleId]>,
    /// How many there are: more than `ids` where these are only the first, and all will follow.
    pub count: usize,
}

impl Filtered {
    /// Whether all will follow.
    pub fn is_beginning(&self) -> bool {
        self.count > self.ids.len()
    }
}

/// What those share who ask, prepare, index and filter.
#[derive(Debug, Default)]
pub(super) struct Shared {
    slot: Mutex<Slot>,
    wake: Condvar,
    closed: AtomicBool,
}

#[derive(Debug, Default)]
struct Slot {
    /// The request that waits: a newer one takes its place, there is no queue.
    waiting: Option<Tagged<FilterRequest>>,
    /// The query that is being worked on, and how to stop.
    running: Option<(Query, Arc<AtomicBool>)>,
    /// The request that was worked on last, and over how many articles.
    last: Option<(Tagged<FilterRequest>, usize)>,
    /// What requests are answered from.
    prepared: Option<Arc<Prepared>>,
    /// The terms of a whole corpus, once they are there.
    terms: Option<Arc<Indexed>>,
    /// What is still to be told of what failed behind the filter.
    failed: Vec<Failed>,
}

impl Slot {
    /// Whether the request that waits can be answered: about all of its articles, or about some
    /// where that tells more than the answer before.
    fn is_ready(&self) -> bool {
        let (Some(request), Some(prepared)) = (&self.waiting, &self.prepared) else {
            return false;
        };
        let request = &request.value;
        let tells_more = || match &self.last {
            Some((last, articles)) => {
                last.value.query != request.query || *articles < prepared.corpus.len()
            }
            None => true,
        };
        prepared.is_all_of(&request.corpus, request.ties)
            || prepared.is_of(&request.corpus, request.ties) && tells_more()
    }

    /// Has the last request answered once more, where no newer one waits.
    fn repeat(&mut self, is_wanted: impl FnOnce(&FilterRequest, usize) -> bool) {
        if let (None, Some((last, articles))) = (&self.waiting, &self.last)
            && is_wanted(&last.value, *articles)
        {
            self.waiting = Some(last.clone());
        }
    }
}

/// A snapshot of a corpus, laid out for the filter.
#[derive(Clone, Debug, Default)]
pub(super) struct Prepared {
    pub(super) corpus: Corpus,
    pub(super) index: Index,
    pub(super) order: Order,
    pub(super) ties: Option<Sort>,
}

impl Prepared {
    /// Whether a question about `corpus` can be answered from it, though perhaps not about the
    /// articles that came since.
    pub(super) fn is_of(&self, corpus: &Corpus, ties: Sort) -> bool {
        self.ties == Some(ties) && corpus.continues(&self.corpus)
    }

    /// The same about all articles.
    pub(super) fn is_all_of(&self, corpus: &Corpus, ties: Sort) -> bool {
        self.is_of(corpus, ties) && self.corpus.len() == corpus.len()
    }
}

/// The terms of a whole corpus.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) corpus: Corpus,
    pub(super) terms: Terms,
}

/// What is to be done next.
pub(super) enum Next {
    /// A run.
    Run(Box<Job>),
    /// To tell that something failed.
    Tell(Failed),
}

/// A run.
pub(super) struct Job {
    pub(super) request: Tagged<FilterRequest>,
    pub(super) cancel: Arc<AtomicBool>,
    pub(super) prepared: Arc<Prepared>,
    pub(super) terms: Option<Arc<Indexed>>,
}

impl Shared {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Set once nobody wants answers any more.
    pub(super) fn closed(&self) -> &AtomicBool {
        &self.closed
    }

    /// Takes the terms of a whole corpus. What was answered without them and is ranked by them is
    /// answered once more, so that the order does not depend on when one asked.
    pub(super) fn take_terms(&self, indexed: Indexed) {
        let mut slot = self.slot();
        let old = slot.terms.replace(Arc::new(indexed));
        slot.repeat(|request, _| looks_into_text(&request.query));
        self.wake.notify_one();
        // Nobody who asks waits until what is large is let go of.
        drop(slot);
        drop(old);
    }

    /// Takes what requests are answered from. What was answered about fewer articles than it asked
    /// about is answered once more.
    pub(super) fn take_prepared(&self, prepared: Prepared) {
        let mut slot = self.slot();
        let old = slot.prepared.replace(Arc::new(prepared));
        slot.repeat(|request, articles| articles < request.corpus.len());
        self.wake.notify_one();
        drop(slot);
        drop(old);
    }

    /// Has a request wait in the place of an older one; a run with another query is cancelled. Calls
    /// `before` while no request can be taken.
    pub(super) fn submit(&self, request: Tagged<FilterRequest>, before: impl FnOnce()) {
        let mut slot = self.slot();
        before();
        if let Some((query, cancel)) = &slot.running
            && *query != request.value.query
        {
            cancel.store(true, Ordering::Relaxed);
        }
        slot.waiting = Some(request);
        self.wake.notify_one();
    }

    /// Cancels what runs and ends the thread.
    pub(super) fn close(&self) {
        let slot = self.slot();
        self.closed.store(true, Ordering::Relaxed);
        if let Some((_, cancel)) = &slot.running {
            cancel.store(true, Ordering::Relaxed);
        }
        drop(slot);
        self.wake.notify_one();
    }

    /// Has told that something behind the filter failed.
    pub(super) fn fail(&self, failed: Failed) {
        self.slot().failed.push(failed);
        self.wake.notify_one();
    }

    /// Has told that what a request waits for failed: it waits in vain.
    pub(super) fn fail_preparing(&self, failed: Failed) {
        let waiting = self.slot().waiting.take();
        let work = waiting.map_or(failed.work, |request| Work::Filter(request.generation));
        self.fail(Failed { work, ..failed });
    }

    /// Waits for a request; `None` once the thread is to end.
    pub(super) fn next(&self) -> Option<Next> {
        let mut slot = self.slot();
        slot.running = None;
        loop {
            if self.closed.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(failed) = slot.failed.pop() {
                return Some(Next::Tell(failed));
            }
            if slot.is_ready()
                && let (Some(request), Some(prepared)) =
                    (slot.waiting.take(), slot.prepared.clone())
            {
                let cancel = Arc::new(AtomicBool::new(false));
                slot.running = Some((request.value.query.clone(), Arc::clone(&cancel)));
                slot.last = Some((request.clone(), prepared.corpus.len()));
                let terms = slot.terms.clone();
                return Some(Next::Run(Box::new(Job {
                    request,
                    cancel,
                    prepared,
                    terms,
                })));
            }
            slot = self.wake.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn looks_into_text(query: &Query) -> bool {
    let terms = query.terms();
    terms.iter().any(|term| matches!(term.test, Test::Text(_)))
}
