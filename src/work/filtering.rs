//! Filtering and sorting in the background: the newest request wins.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::failing::{Failed, Work, attempt};
use super::latest::Latest;
use super::preparing::{Prepared, preparer};
use super::{Indexer, Kept};
use crate::model::{ArticleId, Corpus};
use crate::search::{Context, Filter, Index, Order, Query, Sort, SortKey, Terms, Test, filter};

/// A filter run that is wanted.
#[derive(Clone, Debug)]
pub struct FilterRequest {
    /// Grows with every request; comes back with the answer.
    pub generation: u64,
    /// What to look for. Its own order, where it has one, goes before scores.
    pub query: Query,
    /// The order of articles with equal scores.
    pub ties: Sort,
    /// In what.
    pub corpus: Corpus,
    /// What the library knows of it.
    pub kept: Kept,
}

/// The outcome of a filter run.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// Whose answer it is.
    pub generation: u64,
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

/// To put more than this in order takes longer than a frame: the first are handed on before.
const QUICKLY_SORTED: usize = 20_000;

/// A thread that filters. Dropping it cancels the run and ends the thread; it does not wait.
#[derive(Debug)]
pub struct Filterer {
    shared: Arc<Shared>,
    preparer: Latest<(Corpus, Sort)>,
}

#[derive(Debug, Default)]
pub(super) struct Shared {
    slot: Mutex<Slot>,
    wake: Condvar,
    closed: AtomicBool,
}

/// Queries whose articles are to be counted.
#[derive(Clone, Debug)]
pub struct CountRequest {
    /// The queries, as they are written and as they are read.
    pub queries: Vec<(Box<str>, Query)>,
    /// In what.
    pub corpus: Corpus,
    /// What the library knows of it.
    pub kept: Kept,
}

/// How many articles queries select, each as it is written.
pub type Counts = Vec<(Box<str>, usize)>;

/// Counts what each query selects, and hands the numbers on. Runs on a thread of its own, beside
/// the filter: saved queries are few, and nobody waits for them.
pub fn count(request: CountRequest, on: impl FnOnce(Result<Counts, Failed>) + Send + 'static) {
    std::thread::spawn(move || on(attempt(Work::Count, || count_now(request))));
}

fn count_now(request: CountRequest) -> Counts {
    let corpus = &request.corpus;
    let index = Index::default().extended(corpus);
    let order = Order::of(
        corpus,
        Sort {
            key: SortKey::Path,
            descending: false,
        },
    );
    let cancel = AtomicBool::new(false);
    let context = Context {
        facts: &request.kept,
        order: &order,
        cancel: &cancel,
        terms: None,
    };
    let counted = request.queries.into_iter().map(|(words, query)| {
        let hits = filter(&query, corpus, &index, &context);
        (words, hits.map_or(0, |hits| hits.ids().len()))
    });
    counted.collect()
}

#[derive(Debug, Default)]
struct Slot {
    /// The request that waits: a newer one takes its place, there is no queue.
    waiting: Option<FilterRequest>,
    /// The query that is being worked on, and how to stop.
    running: Option<(Query, Arc<AtomicBool>)>,
    /// The request that was worked on last, and over how many articles.
    last: Option<(FilterRequest, usize)>,
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
        let tells_more = || match &self.last {
            Some((last, articles)) => {
                last.query != request.query || *articles < prepared.corpus.len()
            }
            None => true,
        };
        prepared.is_all_of(&request.corpus, request.ties)
            || prepared.is_of(&request.corpus, request.ties) && tells_more()
    }

    /// Has the last request answered once more, where no newer one waits.
    fn repeat(&mut self, is_wanted: impl FnOnce(&FilterRequest, usize) -> bool) {
        if let (None, Some((last, articles))) = (&self.waiting, &self.last)
            && is_wanted(last, *articles)
        {
            self.waiting = Some(last.clone());
        }
    }
}

/// The terms of a whole corpus.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) corpus: Corpus,
    pub(super) terms: Terms,
}

/// What is to be done next.
enum Next {
    Run(Box<Job>),
    Tell(Failed),
}

/// A run.
struct Job {
    request: FilterRequest,
    cancel: Arc<AtomicBool>,
    prepared: Arc<Prepared>,
    terms: Option<Arc<Indexed>>,
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

    /// Has told that something behind the filter failed.
    pub(super) fn fail(&self, failed: Failed) {
        self.slot().failed.push(failed);
        self.wake.notify_one();
    }

    /// The same of what a request waits for: it waits in vain.
    pub(super) fn fail_preparing(&self, failed: Failed) {
        let waiting = self.slot().waiting.take();
        let work = waiting.map_or(failed.work, |request| Work::Filter(request.generation));
        self.fail(Failed { work, ..failed });
    }

    /// Waits for a request; `None` once the thread is to end.
    fn next(&self) -> Option<Next> {
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
                slot.running = Some((request.query.clone(), Arc::clone(&cancel)));
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

impl Filterer {
    /// Starts the thread; `on` is called from it.
    pub fn start(on: impl Fn(Result<Filtered, Failed>) + Send + 'static) -> Self {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut runs = Runs::default();
            while let Some(next) = theirs.next() {
                let job = match next {
                    Next::Run(job) => job,
                    Next::Tell(failed) => {
                        on(Err(failed));
                        continue;
                    }
                };
                let run = || runs.run(&job, |filtered| on(Ok(filtered)));
                // `Ok(None)` where it was cancelled: a newer request waits.
                if let Err(failed) = attempt(Work::Filter(job.request.generation), run) {
                    runs = Runs::default();
                    on(Err(failed));
                }
            }
        });
        Self {
            preparer: preparer(Arc::clone(&shared)),
            shared,
        }
    }

    /// What follows a loading to index its terms for this filter.
    pub fn indexer(&self) -> Indexer {
        Indexer::new(Arc::clone(&self.shared))
    }

    /// Asks for a run. A run with another query is cancelled; one with the same query over an
    /// earlier snapshot comes to its end first, so that a corpus that grows quickly still shows.
    /// What has just been read is laid out for the filter behind it: new words are answered from
    /// what is there already, and once more with the rest.
    pub fn ask(&self, request: FilterRequest) {
        let mut slot = self.shared.slot();
        // Always, so that what is prepared last is what was asked for last.
        self.preparer.ask((request.corpus.clone(), request.ties));
        if let Some((query, cancel)) = &slot.running
            && *query != request.query
        {
            cancel.store(true, Ordering::Relaxed);
        }
        slot.waiting = Some(request);
        self.shared.wake.notify_one();
    }
}

impl Drop for Filterer {
    fn drop(&mut self) {
        let slot = self.shared.slot();
        self.shared.closed.store(true, Ordering::Relaxed);
        if let Some((_, cancel)) = &slot.running {
            cancel.store(true, Ordering::Relaxed);
        }
        drop(slot);
        self.shared.wake.notify_one();
    }
}

/// What is kept from run to run.
#[derive(Default)]
struct Runs {
    /// What the filter has looked at.
    corpus: Corpus,
    filter: Filter,
}

impl Runs {
    fn run(&mut self, job: &Job, on: impl Fn(Filtered)) -> Option<()> {
        let request = &job.request;
        let Prepared {
            corpus,
            index,
            order,
            ..
        } = &*job.prepared;
        if !corpus.continues(&self.corpus) {
            self.filter = Filter::default();
        }
        self.corpus = corpus.clone();
        // Scores that only some articles have would put those before the others.
        let is_whole = |indexed: &&Arc<Indexed>| {
            indexed.terms.articles() == corpus.len() && corpus.continues(&indexed.corpus)
        };
        let indexed = job.terms.as_ref().filter(is_whole);
        let context = Context {
            facts: &request.kept,
            order,
            cancel: &job.cancel,
            terms: indexed.map(|indexed| &indexed.terms),
        };
        let answer = |ids: &[ArticleId], count| {
            on(Filtered {
                generation: request.generation,
                ids: ids.into(),
                count,
            });
        };
        let (filter, query) = (&mut self.filter, &request.query);
        let best = filter.best(query, corpus, index, &context)?;
        if best.count > QUICKLY_SORTED {
            answer(&best.ids, best.count);
        }
        let hits = filter.all(corpus, &context)?;
        answer(hits.ids(), hits.count());
        filter.narrow(&context);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Excerpt, Structure, Title};
    use std::sync::mpsc;
    use std::time::Duration;

    fn titled(title: &str) -> Article {
        Article {
            structure: Structure {
                title: Some(Title {
                    text: Excerpt::Given(title.into()),
                    derived: false,
                }),
                ..Structure::default()
            },
            ..Article::default()
        }
    }

    #[test]
    fn the_newest_request_is_always_answered() {
        let corpus = Corpus::from_articles(["laut", "darat", "lautan"].map(titled).into());
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |filtered| send.send(filtered.unwrap()).unwrap());
        let today = chrono::NaiveDate::default();
        for (generation, words) in (1..).zip(["d", "da", "x", "l", "la", "'laut"]) {
            filterer.ask(FilterRequest {
                generation,
                query: Query::parse(words, today).unwrap(),
                ties: Sort {
                    key: SortKey::Title,
                    descending: false,
                },
                corpus: corpus.clone(),
                kept: Kept::default(),
            });
        }
        let bound = Duration::from_secs(30);
        let last = std::iter::from_fn(|| receive.recv_timeout(bound).ok())
            .find(|filtered| filtered.generation == 6)
            .unwrap();
        assert_eq!(&*last.ids, [ArticleId(0), ArticleId(2)]);
    }

    #[test]
    fn a_run_that_fails_is_answered_and_so_is_the_next() {
        let corpus = Corpus::from_articles(["laut", "darat"].map(titled).into());
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |answer| match answer {
            Ok(filtered) if filtered.generation == 1 => panic!("broken"),
            answer => send.send(answer).unwrap(),
        });
        for generation in [1, 2] {
            filterer.ask(FilterRequest {
                generation,
                query: Query::parse("laut", chrono::NaiveDate::default()).unwrap(),
                ties: Sort {
                    key: SortKey::Title,
                    descending: false,
                },
                corpus: corpus.clone(),
                kept: Kept::default(),
            });
            let answer = receive.recv_timeout(Duration::from_secs(30)).unwrap();
            match answer {
                Ok(told) => assert_eq!((told.generation, told.count), (2, 1)),
                Err(failed) => assert_eq!((failed.work, generation), (Work::Filter(1), 1)),
            }
        }
    }

    #[test]
    fn of_very_many_hits_the_first_come_before_the_rest_and_stay_the_first() {
        let titles = [
            "kabar laut",
            "laut",
            "pulau dan lautan",
            "lain, aku tahu",
            "darat",
        ];
        let titles = titles.iter().cycle().take(QUICKLY_SORTED * 2);
        let corpus = Corpus::from_articles(titles.map(|title| titled(title)).collect());
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |filtered| send.send(filtered.unwrap()).unwrap());
        filterer.ask(FilterRequest {
            generation: 1,
            query: Query::parse("laut", chrono::NaiveDate::default()).unwrap(),
            ties: Sort {
                key: SortKey::Title,
                descending: false,
            },
            corpus,
            kept: Kept::default(),
        });
        let answer = || receive.recv_timeout(Duration::from_secs(30)).unwrap();
        let (first, whole) = (answer(), answer());
        assert!(first.is_beginning() && !whole.is_beginning());
        assert_eq!((first.count, whole.ids.len()), (32_000, 32_000));
        assert!(!first.ids.is_empty() && whole.ids.starts_with(&first.ids));
    }

    #[test]
    fn what_came_after_a_question_was_asked_is_in_the_last_answer() {
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |filtered| send.send(filtered.unwrap()).unwrap());
        let mut corpus = Corpus::default();
        for (generation, words) in (1..).zip(["laut", "laut", "lau", "darat", "laut"]) {
            corpus = corpus.with(vec![titled("laut"), titled("darat")]);
            filterer.ask(FilterRequest {
                generation,
                query: Query::parse(words, chrono::NaiveDate::default()).unwrap(),
                ties: Sort {
                    key: SortKey::Date,
                    descending: true,
                },
                corpus: corpus.clone(),
                kept: Kept::default(),
            });
        }
        let answers = std::iter::from_fn(|| receive.recv_timeout(Duration::from_secs(30)).ok());
        let mut last = answers.filter(|filtered| filtered.generation == 5);
        let all = last.find(|filtered| filtered.count == 5).unwrap();
        assert_eq!(*all.ids, [0, 2, 4, 6, 8].map(ArticleId));
    }

    #[test]
    fn the_order_that_was_asked_for_last_is_answered() {
        let titles = ["laut", "darat", "pulau"].iter().cycle().take(3000);
        let corpus = Corpus::from_articles(titles.map(|title| titled(title)).collect());
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |filtered| send.send(filtered.unwrap()).unwrap());
        let bound = Duration::from_secs(30);
        let keys = [SortKey::Path, SortKey::Title, SortKey::Path];
        for (generation, key) in (1..).zip(keys.into_iter().cycle().take(300)) {
            filterer.ask(FilterRequest {
                generation,
                query: Query::parse("a", chrono::NaiveDate::default()).unwrap(),
                ties: Sort {
                    key,
                    descending: false,
                },
                corpus: corpus.clone(),
                kept: Kept::default(),
            });
            if generation % 3 == 0 {
                let mut answers = std::iter::from_fn(|| receive.recv_timeout(bound).ok());
                assert!(answers.any(|filtered| filtered.generation == generation));
            }
        }
    }

    #[test]
    fn a_question_of_text_is_answered_again_once_the_terms_are_indexed() {
        let texts = ["laut dan darat", "laut, laut dan laut", "darat"];
        let articles = texts.map(|text| Article {
            text: text.into(),
            ..Article::default()
        });
        let corpus = Corpus::from_articles(articles.into());
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |filtered| send.send(filtered.unwrap()).unwrap());
        let request = FilterRequest {
            kept: Kept::default(),
            generation: 1,
            query: Query::parse("text:laut", chrono::NaiveDate::default()).unwrap(),
            ties: Sort {
                key: SortKey::Path,
                descending: false,
            },
            corpus: corpus.clone(),
        };
        filterer.ask(request);
        let answer = || receive.recv_timeout(Duration::from_secs(30)).unwrap();
        assert_eq!(&*answer().ids, [ArticleId(0), ArticleId(1)]);
        let indexer = filterer.indexer();
        indexer.hear(&crate::work::Report::Corpus(corpus));
        indexer.hear(&crate::work::Report::Done);
        let again = answer();
        assert_eq!(again.generation, 1);
        assert_eq!(&*again.ids, [ArticleId(1), ArticleId(0)], "best first");
    }
}
