//! The term index in the background: built once all articles are readable, so that it takes no
//! time from what one waits for.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::failing::{Work, attempt};
use super::filter_queue::{Indexed, Shared};
use super::foreground::is_cancelled;
use super::{Report, background};
use crate::model::Corpus;
use crate::search::{SegmentTerms, Terms};

/// Follows a loading and, at its end, has its terms indexed for the filter.
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

    /// Hears what the loading tells. At its end a thread begins to index; the filter uses what it
    /// makes once it is whole.
    pub fn hear(&self, report: &Report) {
        let mut corpus = self.corpus.lock().unwrap_or_else(PoisonError::into_inner);
        match report {
            Report::Corpus(grown) => *corpus = grown.clone(),
            Report::Done => {
                self.index(std::mem::take(&mut *corpus));
            }
            _ => {}
        }
    }

    /// Indexes a whole corpus on a thread of its own.
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

/// The terms of a corpus; `None` once cancelled.
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
