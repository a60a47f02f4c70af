//! The filter of the list: the typed words, the parsed query, and the requests and responses of
//! filter runs.

use chrono::NaiveDate;

use super::msg::Effect;
use crate::config::Interface;
use crate::model::Corpus;
use crate::search::{Fault, Query, Sort, SortKey, Test};
use crate::work::{FilterRequest, Filtered, LibraryFacts, Requests, Tagged};

/// The filter of the list of articles.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The words of the filter, as the user typed them.
    pub words: String,
    /// The query that `words` mean. While `words` cannot be parsed, the last valid query.
    pub query: Query,
    /// The reason why `words` cannot be parsed, or `None` if they can be.
    pub fault: Option<Fault>,
    /// The sort order that the user has chosen. With `None`, the best match comes first or, without
    /// a query, the newest article.
    pub sort: Option<Sort>,
    requests: Requests,
    /// The number of the first filter request for the current words. Lower numbers are for earlier
    /// words.
    words_generation: u64,
    /// Whether to open the first article of the list once the result for the current words has
    /// arrived.
    opens_first: bool,
    /// The day on which the program was started, which `date:today` means in a query.
    today: NaiveDate,
}

impl Filter {
    /// Creates an empty filter, which hides no article. `today` is the day that `date:today` means.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            today,
            ..Self::default()
        }
    }

    /// Parses `words` as a query.
    ///
    /// # Errors
    /// Returns the reason if the words cannot be parsed.
    pub fn parse(&self, words: &str) -> Result<Query, Fault> {
        Query::parse(words, self.today)
    }

    /// Sets the words of the filter and parses them. If they cannot be parsed, the last valid query
    /// stays in use.
    pub fn set(&mut self, words: &str) {
        words.clone_into(&mut self.words);
        self.words_generation = self.requests.next();
        self.opens_first = false;
        match self.parse(words) {
            Ok(query) => {
                self.query = query;
                self.fault = None;
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Returns whether the result depends on what a survey finds: stories, who speaks.
    pub fn asks_survey(&self) -> bool {
        self.query.asks_stories() || self.query.asks_speakers()
    }

    /// Returns whether the query tests tags or read marks, so that its result depends on the
    /// library.
    pub fn asks_library(&self) -> bool {
        let terms = self.query.terms();
        let mut tests = terms.iter().map(|term| &term.test);
        tests.any(|test| matches!(test, Test::Tag(_) | Test::Is(_)))
    }

    /// Returns whether the query is not empty, so that it may hide articles.
    pub fn is_active(&self) -> bool {
        !self.query.is_empty()
    }

    /// Returns whether the list shows the result of an older request, because the newest one is not
    /// answered yet.
    pub fn is_stale(&self) -> bool {
        self.requests.is_waiting()
    }

    /// If the result for the current words has not arrived yet, remembers to open its first article
    /// once it does, and returns `true`. Otherwise returns `false`. A user who types fast and
    /// presses Enter means the list that the words will give, not the one on the screen.
    pub fn open_when_answered(&mut self) -> bool {
        self.opens_first = self.awaits_words();
        self.opens_first
    }

    /// Returns whether the result for the current words was requested and has not arrived yet.
    pub fn awaits_words(&self) -> bool {
        self.requests.has_sent(self.words_generation)
            && !self.requests.has_answered(self.words_generation)
    }

    /// Returns whether to open the first article now: [`Self::open_when_answered`] has asked for
    /// it, and the result has arrived. Returns `true` only once.
    pub fn take_opening(&mut self) -> bool {
        self.requests.has_answered(self.words_generation) && std::mem::take(&mut self.opens_first)
    }

    /// Returns the effect that filters and sorts `corpus`.
    pub fn ask(&mut self, corpus: &Corpus) -> Effect {
        let mut query = self.query.clone();
        query.sort = query.sort.or(self.sort);
        Effect::Filter(self.requests.send(FilterRequest {
            ties: query.sort.unwrap_or(Sort::newest_first()),
            query,
            corpus: corpus.clone(),
            // `update` fills in the facts of the library.
            facts: LibraryFacts::default(),
        }))
    }

    /// Ignores the results of all requests sent so far, because the articles were replaced.
    pub fn reset(&mut self) {
        self.requests.forget();
    }

    /// Returns the result of a filter run, or `None` if the result of a newer run was accepted
    /// before.
    pub fn receive(&mut self, filtered: Tagged<Filtered>) -> Option<Filtered> {
        self.requests.receive_newer(filtered)
    }

    /// Stops waiting for the filter run with this number, which failed. No article is opened for
    /// it.
    pub fn give_up(&mut self, generation: u64) {
        self.requests.fail(generation);
        self.take_opening();
    }

    /// Switches to the next sort order. The best match comes after the last one, then the first
    /// again.
    pub fn next_sort(&mut self) {
        let turn = SortKey::IN_TURN.map(Some);
        // The best match comes after the last sort key.
        let orders = [&[None], &turn[..]].concat();
        let key = |sort: &Option<Sort>| sort.map(|sort| sort.key);
        let at = orders.iter().position(|sort| key(sort) == key(&self.sort));
        let next = at.map_or(0, |at| at + 1) % orders.len();
        self.sort = orders.get(next).copied().flatten();
    }

    /// Reverses the sort order. If none was chosen, the oldest articles come first.
    pub fn reverse_sort(&mut self) {
        let sort = self.sort.unwrap_or(Sort::newest_first());
        self.sort = Some(Sort {
            descending: !sort.descending,
            ..sort
        });
    }

    /// Returns the name of the sort order in the user's language, with an arrow for its direction,
    /// such as `date ↓`. The best match has no arrow.
    pub fn sort_name(&self, interface: &Interface) -> String {
        match self.query.sort.or(self.sort) {
            None if self.is_active() => interface.tr("best match").to_owned(),
            None => format!("{} ↓", interface.tr("date")),
            Some(sort) => {
                let name = SortKey::ALL.iter().find(|(_, key)| *key == sort.key);
                let arrow = if sort.descending { '↓' } else { '↑' };
                format!(
                    "{} {arrow}",
                    interface.tr(name.map_or("", |(name, _)| name))
                )
            }
        }
    }
}
