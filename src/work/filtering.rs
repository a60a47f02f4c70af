//! Filters and sorts articles in the background. Only the newest request is answered.

use std::sync::Arc;

use super::failing::{Failed, Work, attempt};
use super::filter_queue::{FilterRequest, Filtered, Indexed, Job, Next, Prepared, Shared};
use super::latest::LatestWorker;
use super::preparing::preparer;
use super::{Indexer, Tagged};
use crate::model::{ArticleId, Corpus};
use crate::relate::Survey;
use crate::search::{Context, Filter, Sort};

/// Number of matches above which the best ones are reported before all are sorted, because sorting
/// more than this takes longer than a frame.
const PARTIAL_ABOVE: usize = 20_000;

/// A worker thread that answers filter requests. Dropping it cancels the running one and ends the
/// thread, without waiting for it.
#[derive(Debug)]
pub struct Filterer {
    shared: Arc<Shared>,
    preparer: LatestWorker<(Corpus, Sort)>,
}

impl Filterer {
    /// Starts the thread, which calls `on` with each answer or failure.
    pub fn start(on: impl Fn(Result<Tagged<Filtered>, Failed>) + Send + 'static) -> Self {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut runs = Runs::default();
            while let Some(next) = theirs.next() {
                let job = match next {
                    Next::Run(job) => job,
                    Next::Report(failed) => {
                        on(Err(failed));
                        continue;
                    }
                };
                let run = || runs.run(&job, |filtered| on(Ok(filtered)));
                // `Ok(None)` means that the run was cancelled, because a newer request is pending.
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

    /// Returns an indexer for this filter: it follows a load, and builds the term index when the
    /// load is done.
    pub fn indexer(&self) -> Indexer {
        Indexer::new(Arc::clone(&self.shared))
    }

    /// Submits a request. Cancels a running one with another query. A running one with the same
    /// query on an earlier snapshot is completed first, so that a fast-growing corpus still shows
    /// results.
    ///
    /// New articles are prepared in the background. A new query is answered from the articles that
    /// are prepared, and again with the rest.
    pub fn submit(&self, request: Tagged<FilterRequest>) {
        let wanted = (request.value.corpus.clone(), request.value.ties);
        // Submit both in one step, so that the last preparation belongs to the last request.
        self.shared.submit(request, || self.preparer.submit(wanted));
    }
}

impl Drop for Filterer {
    fn drop(&mut self) {
        self.shared.close();
    }
}

/// What is kept from one filter run for the next.
#[derive(Default)]
struct Runs {
    /// The corpus that was filtered last.
    corpus: Corpus,
    /// The survey of the last run, by which speakers and stories were told.
    survey: Option<Arc<Survey>>,
    filter: Filter,
}

impl Runs {
    fn run(&mut self, job: &Job, on: impl Fn(Tagged<Filtered>)) -> Option<()> {
        let request = &job.request.value;
        let Prepared {
            corpus,
            index,
            order,
            ..
        } = &*job.prepared;
        let survey = &request.facts.survey;
        let is_same = match (&self.survey, survey) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !corpus.continues(&self.corpus) || !is_same {
            self.filter = Filter::default();
        }
        self.corpus = corpus.clone();
        self.survey.clone_from(survey);
        // If only some articles had term scores, those would be sorted before the others.
        let is_whole = |indexed: &&Arc<Indexed>| {
            indexed.terms.articles() == corpus.len() && corpus.continues(&indexed.corpus)
        };
        let indexed = job.terms.as_ref().filter(is_whole);
        let context = Context {
            facts: &request.facts,
            order,
            cancel: &job.cancel,
            terms: indexed.map(|indexed| &indexed.terms),
        };
        let answer = |ids: &[ArticleId], count| {
            let ids = ids.into();
            on(job.request.respond(Filtered { ids, count }));
        };
        let (filter, query) = (&mut self.filter, &request.query);
        let best = filter.best(query, corpus, index, &context)?;
        if best.count > PARTIAL_ABOVE {
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
    use crate::search::{Query, SortKey};
    use crate::work::{LibraryFacts, Requests};
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
        let mut requests = Requests::default();
        for words in ["d", "da", "x", "l", "la", "'laut"] {
            filterer.submit(requests.send(FilterRequest {
                query: Query::parse(words, today).unwrap(),
                ties: Sort {
                    key: SortKey::Title,
                    descending: false,
                },
                corpus: corpus.clone(),
                facts: LibraryFacts::default(),
            }));
        }
        let bound = Duration::from_secs(30);
        let last = std::iter::from_fn(|| receive.recv_timeout(bound).ok())
            .find(|filtered| filtered.generation == 6)
            .unwrap();
        assert_eq!(&*last.value.ids, [ArticleId(0), ArticleId(2)]);
    }

    #[test]
    fn a_run_that_fails_is_answered_and_so_is_the_next() {
        let corpus = Corpus::from_articles(["laut", "darat"].map(titled).into());
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |answer| match answer {
            Ok(filtered) if filtered.generation == 1 => panic!("broken"),
            answer => send.send(answer).unwrap(),
        });
        let mut requests = Requests::default();
        for generation in [1, 2] {
            filterer.submit(requests.send(FilterRequest {
                query: Query::parse("laut", chrono::NaiveDate::default()).unwrap(),
                ties: Sort {
                    key: SortKey::Title,
                    descending: false,
                },
                corpus: corpus.clone(),
                facts: LibraryFacts::default(),
            }));
            let answer = receive.recv_timeout(Duration::from_secs(30)).unwrap();
            match answer {
                Ok(told) => assert_eq!((told.generation, told.value.count), (2, 1)),
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
        let titles = titles.iter().cycle().take(PARTIAL_ABOVE * 2);
        let corpus = Corpus::from_articles(titles.map(|title| titled(title)).collect());
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |filtered| send.send(filtered.unwrap()).unwrap());
        let mut requests = Requests::default();
        filterer.submit(requests.send(FilterRequest {
            query: Query::parse("laut", chrono::NaiveDate::default()).unwrap(),
            ties: Sort {
                key: SortKey::Title,
                descending: false,
            },
            corpus,
            facts: LibraryFacts::default(),
        }));
        let answer = || receive.recv_timeout(Duration::from_secs(30)).unwrap().value;
        let (first, whole) = (answer(), answer());
        assert!(first.is_beginning() && !whole.is_beginning());
        assert_eq!((first.count, whole.ids.len()), (32_000, 32_000));
        assert!(!first.ids.is_empty() && whole.ids.starts_with(&first.ids));
    }

    #[test]
    fn what_came_after_a_question_was_asked_is_in_the_last_answer() {
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |filtered| send.send(filtered.unwrap()).unwrap());
        let (mut corpus, mut requests) = (Corpus::default(), Requests::default());
        for words in ["laut", "laut", "lau", "darat", "laut"] {
            corpus = corpus.with(vec![titled("laut"), titled("darat")]);
            filterer.submit(requests.send(FilterRequest {
                query: Query::parse(words, chrono::NaiveDate::default()).unwrap(),
                ties: Sort {
                    key: SortKey::Date,
                    descending: true,
                },
                corpus: corpus.clone(),
                facts: LibraryFacts::default(),
            }));
        }
        let answers = std::iter::from_fn(|| receive.recv_timeout(Duration::from_secs(30)).ok());
        let mut last = answers.filter(|filtered| filtered.generation == 5);
        let all = last.find(|filtered| filtered.value.count == 5).unwrap();
        assert_eq!(*all.value.ids, [0, 2, 4, 6, 8].map(ArticleId));
    }

    #[test]
    fn the_order_that_was_asked_for_last_is_answered() {
        let titles = ["laut", "darat", "pulau"].iter().cycle().take(3000);
        let corpus = Corpus::from_articles(titles.map(|title| titled(title)).collect());
        let (send, receive) = mpsc::channel();
        let filterer = Filterer::start(move |filtered| send.send(filtered.unwrap()).unwrap());
        let bound = Duration::from_secs(30);
        let keys = [SortKey::Path, SortKey::Title, SortKey::Path];
        let mut requests = Requests::default();
        for (generation, key) in (1..).zip(keys.into_iter().cycle().take(300)) {
            filterer.submit(requests.send(FilterRequest {
                query: Query::parse("a", chrono::NaiveDate::default()).unwrap(),
                ties: Sort {
                    key,
                    descending: false,
                },
                corpus: corpus.clone(),
                facts: LibraryFacts::default(),
            }));
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
            facts: LibraryFacts::default(),
            query: Query::parse("text:laut", chrono::NaiveDate::default()).unwrap(),
            ties: Sort {
                key: SortKey::Path,
                descending: false,
            },
            corpus: corpus.clone(),
        };
        filterer.submit(Requests::default().send(request));
        let answer = || receive.recv_timeout(Duration::from_secs(30)).unwrap();
        assert_eq!(&*answer().value.ids, [ArticleId(0), ArticleId(1)]);
        let indexer = filterer.indexer();
        indexer.observe(&crate::work::Report::Corpus(corpus));
        indexer.observe(&crate::work::Report::Done);
        let again = answer();
        assert_eq!(again.generation, 1);
        assert_eq!(
            &*again.value.ids,
            [ArticleId(1), ArticleId(0)],
            "best first"
        );
    }
}
