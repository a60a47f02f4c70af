//! Loads a corpus in the background and publishes a snapshot whenever it grows.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{ContentKeys, Engine, background};
use crate::ingest::structure::settle_dates;
use crate::ingest::{self, Progress, Request, catch_panic, settle_keys};
use crate::model::{Corpus, Issue, Skipped};

/// A report of a load in the background.
#[derive(Debug)]
pub enum Report {
    /// A new snapshot of the corpus: either more articles are loaded, or some dates have been
    /// corrected. In the latter case it does not continue the earlier snapshots. Identifiers of
    /// articles stay valid in both cases.
    Corpus(Corpus),
    /// The content keys of the articles in the snapshot that is reported next.
    Keys(ContentKeys),
    /// A file or record could not be read. The load continues.
    Issue(Issue),
    /// A file or record is not an article.
    Skipped(Skipped),
    /// How far the load has come.
    Progress(Progress),
    /// The load is complete. Not sent after a cancellation.
    Done,
}

/// Maximum time that dropping the loader waits for a cancelled load. It is enough to close the
/// cache.
const MAX_WAIT: Duration = Duration::from_millis(50);

/// A load in the background. Dropping it cancels the load and waits only briefly for its end,
/// because a read from a pipe may never return.
#[derive(Debug)]
pub struct Loader {
    cancel: Arc<AtomicBool>,
    /// A channel without messages. It is disconnected when the load has ended, for whatever reason.
    ended: Receiver<()>,
}

impl Loader {
    /// Starts to load what `request` names. `on` is called with each report, from the threads of
    /// the load.
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
            let load =
                || background::run_in_background(|| engine.load(&request, &cancelled, on_report));
            if let Err(failure) = catch_panic(load) {
                on(Report::Issue(Issue::of_program(failure.to_string())));
            }
            if cancelled.load(Ordering::Relaxed) {
                return;
            }
            let known = known.into_inner().unwrap_or_else(PoisonError::into_inner);
            settle(&known.0, &on);
            on(Report::Done);
        });
        Self { cancel, ended }
    }

    /// Cancels the load, which stops soon.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

/// Reports the corpus again if all articles together lead to other dates or keys than its parts did.
fn settle(corpus: &Corpus, on: &impl Fn(Report)) {
    match catch_panic(|| settle_keys(settle_dates(corpus.clone())).0) {
        Ok(settled) if !settled.continues(corpus) => on(Report::Corpus(settled)),
        Ok(_) => {}
        Err(failure) => on(Report::Issue(Issue::of_program(failure.to_string()))),
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.cancel();
        // The channel carries no messages; it is only disconnected.
        let _ = self.ended.recv_timeout(MAX_WAIT);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    use super::*;

    /// Returns all reports of a load, waiting until it is done.
    fn told(reports: &Receiver<Report>) -> Vec<Report> {
        let mut told = Vec::new();
        while !matches!(told.last(), Some(Report::Done)) {
            let bound = Duration::from_mins(1);
            told.push(reports.recv_timeout(bound).expect("it comes to an end"));
        }
        told
    }

    fn start(folder: &tempfile::TempDir, on: impl Fn(Report) + Send + Sync + 'static) -> Loader {
        let engine = Arc::new(Engine::new(None).expect("the embedded packs are right"));
        Loader::start(engine, Request::new([folder.path().to_string_lossy()]), on)
    }

    #[test]
    fn a_loading_that_fails_says_so_and_ends() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("a.txt"), "Kami siap.").expect("a file");
        let (send, reports) = channel();
        let _loader = start(&folder, move |report| {
            assert!(!matches!(report, Report::Corpus(_)), "broken");
            let _ = send.send(report);
        });
        let told = told(&reports);
        let is_failure = |report: &&Report| match report {
            Report::Issue(issue) => issue.reason.contains("please report (src/work/loader.rs:"),
            _ => false,
        };
        assert_eq!(told.iter().filter(is_failure).count(), 1, "{told:?}");
    }

    #[test]
    fn dates_that_the_corpus_settles_are_told_before_the_end() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let line = |date: &str| format!("{{\"text\": \"Air naik.\", \"date\": \"{date}\"}}\n");
        let lines = line("03/04/2024") + &line("12/25/2024");
        std::fs::write(folder.path().join("a.jsonl"), lines).expect("a file");
        let (send, reports) = channel();
        let _loader = start(&folder, move |report| {
            let _ = send.send(report);
        });
        let corpora = told(&reports)
            .into_iter()
            .filter_map(|report| match report {
                Report::Corpus(corpus) => Some(corpus),
                _ => None,
            });
        let corpora: Vec<_> = corpora.collect();
        let first = |corpus: &Corpus| {
            let (_, article) = corpus.iter().next()?;
            Some(article.structure.published?.to_string())
        };
        let dates: Vec<_> = corpora
            .iter()
            .map(|corpus| first(corpus).unwrap_or_default())
            .collect();
        assert_eq!(dates, ["2024-04-03", "2024-03-04"]);
        assert!(
            !corpora[1].continues(&corpora[0]),
            "what was made of the first is of no use"
        );
    }
}
