//! Holds the pending filter request, and the prepared snapshot of the corpus from which it is
//! answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::failing::{Failed, Work};
use super::{LibraryFacts, Tagged};
use crate::model::{ArticleId, Corpus};
use crate::search::{Index, Order, Query, Sort, Terms, Test};

/// A request to filter a corpus.
#[derive(Clone, Debug)]
pub struct FilterRequest {
    /// The query to run. If it has a sort order of its own, that order takes precedence over
    /// scores.
    pub query: Query,
    /// Sort order of articles with equal scores.
    pub ties: Sort,
    /// Corpus to filter.
    pub corpus: Corpus,
    /// Facts of the library about the articles of the corpus.
    pub facts: LibraryFacts,
}

/// The result of a filter run.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// The matching articles, the best first.
    pub ids: Arc<[ArticleId]>,
    /// Number of matching articles. It is larger than the length of `ids` if these are only the
    /// first ones; a result with all of them follows.
    pub count: usize,
}

impl Filtered {
    /// Returns whether these are only the first matches, so that a complete result follows.
    pub fn is_beginning(&self) -> bool {
        self.count > self.ids.len()
    }
}

/// State shared by the threads that submit, prepare, index and filter.
#[derive(Debug, Default)]
pub(super) struct Shared {
    slot: Mutex<Slot>,
    wake: Condvar,
    closed: AtomicBool,
}

#[derive(Debug, Default)]
struct Slot {
    /// The pending request. A newer one replaces it; there is no queue.
    waiting: Option<Tagged<FilterRequest>>,
    /// The running query and its cancellation flag.
    running: Option<(Query, Arc<AtomicBool>)>,
    /// The last request whose run was started, and the number of articles on which it ran.
    last: Option<(Tagged<FilterRequest>, usize)>,
    /// The snapshot of the corpus, with index and order, from which requests are answered.
    prepared: Option<Arc<Prepared>>,
    /// The term index of a whole corpus, once it is built.
    terms: Option<Arc<Indexed>>,
    /// Failures of background work that are still to be reported.
    failed: Vec<Failed>,
}

impl Slot {
    /// Returns whether the pending request can be answered now: on all of its articles, or on those
    /// that are prepared, if that tells more than the last answer.
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

    /// Makes the last request pending again if no newer one is, and if `is_wanted` returns true for
    /// it. `is_wanted` gets the request and the number of articles on which it ran.
    fn repeat(&mut self, is_wanted: impl FnOnce(&FilterRequest, usize) -> bool) {
        if let (None, Some((last, articles))) = (&self.waiting, &self.last)
            && is_wanted(&last.value, *articles)
        {
            self.waiting = Some(last.clone());
        }
    }
}

/// A snapshot of a corpus with the search index and the sort order that the filter needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Prepared {
    pub(super) corpus: Corpus,
    pub(super) index: Index,
    pub(super) order: Order,
    pub(super) ties: Option<Sort>,
}

impl Prepared {
    /// Returns whether this snapshot can answer requests for `corpus` with this order of equal
    /// scores, although it may lack the articles that were added since.
    pub(super) fn is_of(&self, corpus: &Corpus, ties: Sort) -> bool {
        self.ties == Some(ties) && corpus.continues(&self.corpus)
    }

    /// Returns whether this snapshot can answer requests for `corpus` with this order of equal
    /// scores, on all articles of `corpus`.
    pub(super) fn is_all_of(&self, corpus: &Corpus, ties: Sort) -> bool {
        self.is_of(corpus, ties) && self.corpus.len() == corpus.len()
    }
}

/// The term index of a whole corpus, with the corpus that it was built from.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) corpus: Corpus,
    pub(super) terms: Terms,
}

/// What the filter's thread is to do next.
pub(super) enum Next {
    /// Answer this filter request.
    Run(Box<Job>),
    /// Report this failure of background work.
    Report(Failed),
}

/// A filter request to answer, with all that this needs.
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

    /// Returns the flag that is set when the worker is closed and no more answers are wanted.
    pub(super) fn closed(&self) -> &AtomicBool {
        &self.closed
    }

    /// Stores the term index of a whole corpus. If the last request is ranked by terms, it is
    /// answered again, so that the order does not depend on when it was submitted.
    pub(super) fn take_terms(&self, indexed: Indexed) {
        let mut slot = self.slot();
        let old = slot.terms.replace(Arc::new(indexed));
        slot.repeat(|request, _| looks_into_text(&request.query));
        self.wake.notify_one();
        // Unlock before the old index is dropped, because dropping a large index takes time.
        drop(slot);
        drop(old);
    }

    /// Stores a prepared snapshot. If the last request was answered on fewer articles than it has,
    /// it is answered again.
    pub(super) fn take_prepared(&self, prepared: Prepared) {
        let mut slot = self.slot();
        let old = slot.prepared.replace(Arc::new(prepared));
        slot.repeat(|request, articles| articles < request.corpus.len());
        self.wake.notify_one();
        drop(slot);
        drop(old);
    }

    /// Replaces the pending request, and cancels the running one if its query differs. Calls
    /// `before` while the lock is held, so that no request can be taken meanwhile.
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

    /// Cancels the running request and ends the thread.
    pub(super) fn close(&self) {
        let slot = self.slot();
        self.closed.store(true, Ordering::Relaxed);
        if let Some((_, cancel)) = &slot.running {
            cancel.store(true, Ordering::Relaxed);
        }
        drop(slot);
        self.wake.notify_one();
    }

    /// Reports a failure of background work.
    pub(super) fn fail(&self, failed: Failed) {
        self.slot().failed.push(failed);
        self.wake.notify_one();
    }

    /// Reports that the preparation failed. Drops the pending request, which would otherwise wait
    /// forever.
    pub(super) fn fail_preparing(&self, failed: Failed) {
        let waiting = self.slot().waiting.take();
        let work = waiting.map_or(failed.work, |request| Work::Filter(request.generation));
        self.fail(Failed { work, ..failed });
    }

    /// Waits until there is something to do and returns it. Returns `None` if the thread should
    /// end.
    pub(super) fn next(&self) -> Option<Next> {
        let mut slot = self.slot();
        slot.running = None;
        loop {
            if self.closed.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(failed) = slot.failed.pop() {
                return Some(Next::Report(failed));
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
