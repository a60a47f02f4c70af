//! Loading in the background: a growing corpus, published snapshot by snapshot.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{ContentKeys, Engine, background};
use crate::ingest::{self, Progress, Request};
use crate::model::{Corpus, Issue, Skipped};

/// What a loading in the background tells, in this order of time.
#[derive(Debug)]
pub enum Report {
    /// The corpus has grown; identifiers of earlier snapshots keep their meaning.
    Corpus(Corpus),
    /// The content keys of the corpus that is told of next.
    Keys(ContentKeys),
    /// A fault; the rest goes on.
    Issue(Issue),
    /// Something that is no article.
    Skipped(Skipped),
    /// How far it is.
    Progress(Progress),
    /// All is read. Not sent after a cancellation.
    Done,
}

/// How long a loading that is cancelled is waited for: long enough to close the cache behind it.
const PATIENCE: Duration = Duration::from_millis(50);

/// A loading in the background. Dropping it cancels the loading and waits for its end for a moment,
/// no longer: a read from a pipe may never return.
#[derive(Debug)]
pub struct Loader {
    cancel: Arc<AtomicBool>,
    /// Disconnected once the loading has ended, in whichever way.
    ended: Receiver<()>,
}

impl Loader {
    /// Starts to read what `request` names; `on` is called from the loading's threads.
    pub fn start(
        engine: Arc<Engine>,
        request: Request,
        on: impl Fn(Report) + Send + Sync + 'static,
    ) -> Self {
        let cancel = Arc::new(AtomicBool::new(false));
        let cancelled = Arc::clone(&cancel);
        let (running, ended) = channel::<()>();
        std::thread::spawn(move || {
            let _running = running;
            let known = Mutex::new((Corpus::default(), ContentKeys::default()));
            let on_report = |report| {
                on(match report {
                    ingest::Report::Articles(articles) => {
                        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
                        let (corpus, keys) = &mut *known;
                        *corpus = corpus.with(articles);
                        *keys = keys.extended(corpus);
                        on(Report::Keys(keys.clone()));
                        Report::Corpus(corpus.clone())
                    }
                    ingest::Report::Issue(issue) => Report::Issue(issue),
                    ingest::Report::Skipped(skipped) => Report::Skipped(skipped),
                    ingest::Report::Progress(progress) => Report::Progress(progress),
                });
            };
            background::apart(|| engine.load(&request, &cancelled, on_report));
            if !cancelled.load(Ordering::Relaxed) {
                on(Report::Done);
            }
        });
        Self { cancel, ended }
    }

    /// Asks the loading to stop soon.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.cancel();
        // Nothing is ever sent.
        let _ = self.ended.recv_timeout(PATIENCE);
    }
}
