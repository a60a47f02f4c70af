//! Builds the term index in the background, after all articles are loaded, so that it does not
//! delay the load.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::failing::{Work, attempt};
use super::filter_queue::{Indexed, Shared};
use super::foreground::is_cancelled;
use super::{Report, background};
use crate::model::Corpus;
use crate::search::{SegmentTerms, Terms};

/// Follows a load and builds the term index for the filter when the load is done.
#[derive(Debug)]
pub struct Indexer {
    filter: Arc<Shared>,
    corpus: Mutex<Corpus>,
}

impl Indexer {
    pub(super) fn new(filter: Arc<Shared>) -> Self {
        Self {
            filter,
            corpus: Mutex::default(),
        }
    }

    /// Receives a report of the load. When the load is done, starts a thread that builds the index.
    /// The filter uses the index once it is complete.
    pub fn observe(&self, report: &Report) {
        let mut corpus = self.corpus.lock().unwrap_or_else(PoisonError::into_inner);
        match report {
            Report::Corpus(grown) => *corpus = grown.clone(),
            Report::Done => {
                self.index(std::mem::take(&mut *corpus));
            }
            _ => {}
        }
    }

    /// Builds the term index of `corpus` on a new thread and hands it to the filter.
    pub fn index(&self, corpus: Corpus) {
        let filter = Arc::clone(&self.filter);
        std::thread::spawn(move || {
            match attempt(Work::Index, || index(&corpus, filter.closed())) {
                Ok(Some(terms)) => filter.take_terms(Indexed { corpus, terms }),
                Ok(None) => {}
                Err(failed) => filter.fail(failed),
            }
        });
    }
}

/// Builds the term index of a corpus on background threads. Returns `None` if cancelled.
fn index(corpus: &Corpus, cancel: &AtomicBool) -> Option<Terms> {
    let segments = corpus.segments().par_iter();
    let build = || {
        let one = |segment: &Arc<_>| {
            SegmentTerms::of_unless(segment, || is_cancelled(cancel)).map(Arc::new)
        };
        segments.map(one).collect::<Option<Vec<_>>>()
    };
    Some(
        background::run_in_background(build)?
            .into_iter()
            .fold(Terms::default(), Terms::with),
    )
}
