//! Commands of the view of words: asks for a keyword, for the words that are typical of a speaker, and
//! for other views of what was found.

use std::sync::Arc;

use super::super::msg::Effect;
use super::super::overlay::Kind;
use super::super::survey::AnswerUse;
use super::super::tray::Entry;
use super::super::words::{Opening, WordsTab, WordsView, WordsWanted};
use super::super::{App, Tone, words_view};
use crate::model::QuoteId;
use crate::people::PersonId;
use crate::relate::{TextScope, Whose, WordsFound};
use crate::search::Keyword;
use crate::work::About;

impl App {
    /// Returns the effects that look for a keyword in all quotations. Returns none if `typed` is no
    /// keyword.
    pub(super) fn find_keyword(&mut self, typed: &str) -> Vec<Effect> {
        if Keyword::parse(typed).is_none() {
            return Vec::new();
        }
        self.ask_words(
            WordsWanted {
                typed: typed.to_owned(),
                survey: self.surveys.ready.clone(),
                ..WordsWanted::default()
            },
            Opening::New,
        )
    }

    /// Handles `gK`: lists the words that are typical of the current quote's speaker or, without
    /// one, of the filtered list.
    pub(super) fn typical_words(&mut self) -> Vec<Effect> {
        let selections = self.selections(None);
        let Some(whose) = selections.into_iter().find(Whose::has_rest) else {
            let words = "No speaker here, and no filter: nothing to compare with the rest.";
            self.notify(words, Tone::Plain);
            return Vec::new();
        };
        let wanted = WordsWanted {
            whose,
            tab: WordsTab::Typical,
            survey: self.surveys.ready.clone(),
            ..WordsWanted::default()
        };
        self.ask_words(wanted, Opening::New)
    }

    /// Handles Enter on a word of a list: looks for it in the selection of that list.
    pub(super) fn find_listed_word(&mut self, word: &str) -> Vec<Effect> {
        let Some(view) = self.words_view() else {
            return self.find_keyword(word);
        };
        let wanted = WordsWanted {
            typed: word.to_owned(),
            tab: WordsTab::Lines,
            ..view.wanted.clone()
        };
        self.ask_words(wanted, Opening::New)
    }

    fn ask_words(&mut self, wanted: WordsWanted, opening: Opening) -> Vec<Effect> {
        let Some(question) = wanted.question() else {
            let found = Arc::new(WordsFound::default());
            self.show_words((wanted, opening), found);
            return Vec::new();
        };
        let words = if wanted.typed.is_empty() {
            "Counting words …".to_owned()
        } else {
            self.fill("Looking for “{0}” …", &[&wanted.typed])
        };
        self.notify(words, Tone::Plain);
        let about = About::Words(Box::new(question));
        let answer_use = AnswerUse::Words(Box::new((wanted, opening)));
        vec![self.surveys.ask_question(&self.corpus, about, answer_use)]
    }

    /// Shows what was found: in a new overlay or, if it was asked for in one, in its place. An
    /// overlay that the user has closed since is not opened again.
    pub(super) fn show_words(
        &mut self,
        (wanted, opening): (WordsWanted, Opening),
        found: Arc<WordsFound>,
    ) {
        self.notice = None;
        if opening == Opening::Again {
            if self.words_view().is_none() {
                return;
            }
            self.layers.overlays.pop();
        }
        let overlay = words_view::overlay(self, wanted, found);
        self.push_overlay(overlay);
    }

    /// Returns the view of words, if the topmost overlay is one.
    fn words_view(&self) -> Option<&WordsView> {
        match &self.layers.overlays.last()?.kind {
            Kind::Words(view) => Some(view),
            _ => None,
        }
    }

    /// Makes the items of the view of words again if the width of the screen has changed.
    pub(super) fn lay_out_words(&mut self) {
        let view = self.words_view();
        let Some(view) = view.filter(|view| view.columns != self.screen.0) else {
            return;
        };
        let (wanted, found) = (view.wanted.clone(), Arc::clone(&view.found));
        let fresh = words_view::overlay(self, wanted, found);
        if let Some(top) = self.layers.overlays.last_mut() {
            top.picker.replace_items(fresh.picker.items);
            top.kind = fresh.kind;
        }
    }

    /// Handles Tab in the view of words: shows the lines, the dispersion, the words beside the
    /// keyword, or the typical words.
    pub(super) fn turn_words(&mut self, by: isize) {
        let Some(view) = self.words_view() else {
            return;
        };
        let (mut wanted, found) = (view.wanted.clone(), Arc::clone(&view.found));
        wanted.tab = wanted.tab.turned(by);
        self.show_words((wanted, Opening::Again), found);
    }

    /// Handles `s` in the view of words: sorts the lines in the next order.
    pub(super) fn sort_lines(&mut self) -> Vec<Effect> {
        self.change_words(|_, wanted| {
            wanted.order = wanted.order.next();
            wanted.tab = WordsTab::Lines;
        })
    }

    /// Handles `o` in the view of words: switches between quotations and the whole text.
    pub(super) fn change_words_scope(&mut self) -> Vec<Effect> {
        self.change_words(|_, wanted| {
            wanted.scope = match wanted.scope {
                TextScope::Quotes => TextScope::Text,
                TextScope::Text => TextScope::Quotes,
            };
        })
    }

    /// Handles `w` in the view of words: switches to the next selection.
    pub(super) fn change_words_selection(&mut self) -> Vec<Effect> {
        self.change_words(|app, wanted| {
            let known = match wanted.whose {
                Whose::Person(id) => Some(id),
                _ => None,
            };
            let selections = app.selections(known);
            let at = selections.iter().position(|own| *own == wanted.whose);
            let next = at.map_or(0, |at| at + 1) % selections.len().max(1);
            wanted.whose = selections.into_iter().nth(next).unwrap_or_default();
        })
    }

    fn change_words(&mut self, change: impl FnOnce(&Self, &mut WordsWanted)) -> Vec<Effect> {
        let Some(view) = self.words_view() else {
            return Vec::new();
        };
        let mut wanted = view.wanted.clone();
        let was = (wanted.scope, wanted.whose.clone(), wanted.order);
        change(self, &mut wanted);
        if was == (wanted.scope, wanted.whose.clone(), wanted.order) {
            return Vec::new();
        }
        self.ask_words(wanted, Opening::Again)
    }

    /// Returns the selections whose words can be asked for, in the order in which the user switches
    /// to them: everybody, a speaker, the articles of the filtered list. The speaker is `known` or,
    /// if nobody is known yet, that of the current line or of the current quote.
    fn selections(&self, known: Option<PersonId>) -> Vec<Whose> {
        let line = self.layers.picker().and_then(|picker| {
            let entry = picker.current()?.choice.entry()?;
            match entry {
                Entry::Quote(quote) => Some(quote),
                Entry::Article(_) => None,
            }
        });
        let speaker = |quote: QuoteId| {
            let survey = self.surveyed()?;
            survey.directory.speakers_of(quote).first().copied()
        };
        let person = known
            .or_else(|| line.and_then(speaker))
            .or_else(|| self.current_quote().and_then(speaker));
        let articles = self.filter.is_active().then(|| {
            let mut ids = self.list.ids.to_vec();
            ids.sort_unstable();
            Whose::Articles(ids.into())
        });
        let person = person.map(Whose::Person);
        std::iter::once(Whose::Everybody)
            .chain(person)
            .chain(articles)
            .collect()
    }
}
