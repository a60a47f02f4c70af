//! The filter of the list: the typed words, the parsed query, and the requests and responses of
//! filter runs.

use chrono::NaiveDate;

use super::msg::Effect;
use crate::config::Interface;
use crate::model::Corpus;
use crate::search::{Fault, Query, Sort, SortKey, Test};
use crate::work::{FilterRequest, Filtered, LibraryFacts, Requests, Tagged};

/// The filter of the list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The words as typed.
    pub words: String,
    /// The query that the words mean. While the words cannot be parsed, the last valid query.
    pub query: Query,
    /// The reason why the words cannot be parsed.
    pub fault: Option<Fault>,
    /// The sort order that the user has chosen. Without one, the best match comes first.
    pub sort: Option<Sort>,
    requests: Requests,
    /// The generation of the first request for the current words.
    worded: u64,
    /// Whether to open the first article once the current words are answered.
    opens: bool,
    /// The day on which the program was started, which `date:today` means.
    today: NaiveDate,
}

impl Filter {
    /// Creates a filter that hides nothing.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            today,
            ..Self::default()
        }
    }

    /// Parses the words of a query.
    ///
    /// # Errors
    /// If the words cannot be parsed.
    pub fn parse(&self, words: &str) -> Result<Query, Fault> {
        Query::parse(words, self.today)
    }

    /// Sets new words. If they cannot be parsed, the last valid query stays.
    pub fn set(&mut self, words: &str) {
        words.clone_into(&mut self.words);
        self.worded = self.requests.next();
        self.opens = false;
        match self.parse(words) {
            Ok(query) => {
                self.query = query;
                self.fault = None;
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Returns whether the result depends on stories.
    pub fn asks_stories(&self) -> bool {
        self.query.asks_stories()
    }

    /// Returns whether the result depends on the library.
    pub fn asks_library(&self) -> bool {
        let terms = self.query.terms();
        let mut tests = terms.iter().map(|term| &term.test);
        tests.any(|test| matches!(test, Test::Tag(_) | Test::Is(_)))
    }

    /// Returns whether the filter hides anything.
    pub fn is_active(&self) -> bool {
        !self.query.is_empty()
    }

    /// Returns whether the list is the result of an older request.
    pub fn is_stale(&self) -> bool {
        self.requests.is_waiting()
    }

    /// Remembers to open the first article of the result, if the list does not show the result of
    /// the current words yet. A user who types fast means the list that the words will give.
    /// Returns whether the result must be waited for.
    pub fn open_once_answered(&mut self) -> bool {
        self.opens = self.awaits_words();
        self.opens
    }

    /// Returns whether the list does not show the result of the current words yet.
    pub fn awaits_words(&self) -> bool {
        self.requests.has_sent(self.worded) && !self.requests.has_answered(self.worded)
    }

    /// Returns whether an article is to be opened now, and forgets that it was.
    pub fn takes_opening(&mut self) -> bool {
        self.requests.has_answered(self.worded) && std::mem::take(&mut self.opens)
    }

    /// Requests a new filter run.
    pub fn ask(&mut self, corpus: &Corpus) -> Effect {
        let mut query = self.query.clone();
        query.sort = query.sort.or(self.sort);
        Effect::Filter(self.requests.send(FilterRequest {
            ties: query.sort.unwrap_or(Sort::newest_first()),
            query,
            corpus: corpus.clone(),
            // `update` fills in the facts of the library.
            kept: LibraryFacts::default(),
        }))
    }

    /// Forgets all requests, because the articles were replaced.
    pub fn begin_anew(&mut self) {
        self.requests.forget();
    }

    /// Accepts the result of a filter run, unless a newer one was accepted before.
    pub fn receive(&mut self, filtered: Tagged<Filtered>) -> Option<Filtered> {
        self.requests.receive_newer(filtered)
    }

    /// Stops waiting for a run that failed, and opens no article for it.
    pub fn give_up(&mut self, generation: u64) {
        self.requests.fail(generation);
        self.takes_opening();
    }

    /// Switches to the next sort order.
    pub fn next_sort(&mut self) {
        let turn = SortKey::IN_TURN.map(Some);
        // The best match comes after the last sort key.
        let orders = [&[None], &turn[..]].concat();
        let key = |sort: &Option<Sort>| sort.map(|sort| sort.key);
        let at = orders.iter().position(|sort| key(sort) == key(&self.sort));
        let next = at.map_or(0, |at| at + 1) % orders.len();
        self.sort = orders.get(next).copied().flatten();
    }

    /// Reverses the sort order.
    pub fn reverse_sort(&mut self) {
        let sort = self.sort.unwrap_or(Sort::newest_first());
        self.sort = Some(Sort {
            descending: !sort.descending,
            ..sort
        });
    }

    /// Returns the name of the sort order, with an arrow if it has a direction.
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
