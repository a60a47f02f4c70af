//! The filter over the list: what was typed, what it means, what has been asked and answered.

use chrono::NaiveDate;

use super::msg::Effect;
use crate::config::Interface;
use crate::model::Corpus;
use crate::search::{Fault, Query, Sort, SortKey, Test};
use crate::work::{FilterRequest, Filtered, LibraryFacts, Requests, Tagged};

/// The filter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What was typed.
    pub words: String,
    /// What it means: the last of what was typed that could be read.
    pub query: Query,
    /// Why what was typed cannot be read.
    pub fault: Option<Fault>,
    /// The order that was asked for; best match first where none was.
    pub sort: Option<Sort>,
    requests: Requests,
    /// The first request with these words.
    worded: u64,
    /// Whether the first article is to be opened once they are answered.
    opens: bool,
    /// The day on which the program was started; what `date:today` means.
    today: NaiveDate,
}

impl Filter {
    /// A filter that hides nothing, on that day.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            today,
            ..Self::default()
        }
    }

    /// What words mean.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub fn parse(&self, words: &str) -> Result<Query, Fault> {
        Query::parse(words, self.today)
    }

    /// Takes new words. A fault keeps the last good query.
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

    /// Whether what it selects depends on stories.
    pub fn asks_stories(&self) -> bool {
        self.query.asks_stories()
    }

    /// Whether what it selects depends on the library.
    pub fn asks_library(&self) -> bool {
        let terms = self.query.terms();
        let mut tests = terms.iter().map(|term| &term.test);
        tests.any(|test| matches!(test, Test::Tag(_) | Test::Is(_)))
    }

    /// Whether it hides anything.
    pub fn is_active(&self) -> bool {
        !self.query.is_empty()
    }

    /// Whether the list is that of an older question.
    pub fn is_stale(&self) -> bool {
        self.requests.is_waiting()
    }

    /// Opens what will be selected, where the list is not yet that of these words: fast fingers
    /// mean the list that they have asked for. Whether that must be waited for.
    pub fn open_once_answered(&mut self) -> bool {
        self.opens = self.awaits_words();
        self.opens
    }

    /// Whether the list does not show yet what these words select.
    pub fn awaits_words(&self) -> bool {
        self.requests.has_sent(self.worded) && !self.requests.has_answered(self.worded)
    }

    /// Whether something is to be opened now.
    pub fn takes_opening(&mut self) -> bool {
        self.requests.has_answered(self.worded) && std::mem::take(&mut self.opens)
    }

    /// Asks for the list anew.
    pub fn ask(&mut self, corpus: &Corpus) -> Effect {
        let mut query = self.query.clone();
        query.sort = query.sort.or(self.sort);
        Effect::Filter(self.requests.send(FilterRequest {
            ties: query.sort.unwrap_or(Sort::newest_first()),
            query,
            corpus: corpus.clone(),
            // `update` hands over what the library knows.
            kept: LibraryFacts::default(),
        }))
    }

    /// Forgets all questions: they were about other articles.
    pub fn begin_anew(&mut self) {
        self.requests.forget();
    }

    /// Takes an answer, unless a newer one was taken.
    pub fn receive(&mut self, filtered: Tagged<Filtered>) -> Option<Filtered> {
        self.requests.receive_newer(filtered)
    }

    /// Waits no longer for a run that failed, and opens nothing once it is there.
    pub fn give_up(&mut self, generation: u64) {
        self.requests.fail(generation);
        self.takes_opening();
    }

    /// Takes the next order in turn.
    pub fn next_sort(&mut self) {
        let turn = SortKey::IN_TURN.map(Some);
        // Behind the last comes best match.
        let orders = [&[None], &turn[..]].concat();
        let key = |sort: &Option<Sort>| sort.map(|sort| sort.key);
        let at = orders.iter().position(|sort| key(sort) == key(&self.sort));
        let next = at.map_or(0, |at| at + 1) % orders.len();
        self.sort = orders.get(next).copied().flatten();
    }

    /// Turns the order round.
    pub fn reverse_sort(&mut self) {
        let sort = self.sort.unwrap_or(Sort::newest_first());
        self.sort = Some(Sort {
            descending: !sort.descending,
            ..sort
        });
    }

    /// The order of the list, in words, with an arrow where it has a direction.
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
