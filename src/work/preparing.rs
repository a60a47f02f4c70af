//! Prepares, in the background, the index and the sort order that a filter needs. Meanwhile a key
//! press is answered from the snapshot that was prepared last.

use std::sync::Arc;

use super::failing::{Work, attempt};
use super::filter_queue::{Prepared, Shared};
use super::{background, foreground::yield_to_foreground, latest::LatestWorker};
use crate::model::Corpus;
use crate::search::{Arranger, Sort};

/// Starts a worker that prepares the newest submitted corpus for `filter`. Submit it together with
/// the sort order of articles with equal scores.
pub(super) fn preparer(filter: Arc<Shared>) -> LatestWorker<(Corpus, Sort)> {
    let (mut prepared, mut arranger) = (Prepared::default(), Arranger::default());
    LatestWorker::start(move |(corpus, ties): (Corpus, Sort), _| {
        if prepared.is_all_of(&corpus, ties) {
            return;
        }
        yield_to_foreground();
        if !corpus.continues(&prepared.corpus) {
            (prepared, arranger) = Default::default();
        }
        let prepare = || {
            background::run_in_background(|| Prepared {
                index: prepared.index.extended(&corpus),
                order: arranger.order(&corpus, ties),
                ties: Some(ties),
                corpus,
            })
        };
        match attempt(Work::Filter(0), prepare) {
            Ok(all) => {
                prepared = all;
                filter.take_prepared(prepared.clone());
            }
            Err(failed) => {
                (prepared, arranger) = Default::default();
                filter.fail_preparing(failed);
            }
        }
    })
}
