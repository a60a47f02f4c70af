//! Typing: into the prompts of the filter, of the search in the text and of the sidebar's filter,
//! and into overlays.

use super::super::filter::Filter;
use super::super::input::{Edit, Input};
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::picker::{Choice, Typing};
use super::super::{App, Prompt, Purpose, Tone};
use crate::relate::Survey;
use crate::search::Vocabulary;

impl App {
    /// Handles `/`: starts to filter the overlay, the list or the quotes, or to search the text,
    /// whichever takes the keys.
    pub(super) fn search(&mut self) {
        if let Some(picker) = self.layers.picker_mut() {
            picker.typing = Typing::On;
            return;
        }
        match self.focus {
            Pane::List => self.open_filter(),
            Pane::Text => self.open_find(),
            Pane::Quotes => self.open_prompt(
                Purpose::Quotes {
                    words: self.reader.sidebar.words.clone(),
                },
                &self.reader.sidebar.words.clone(),
            ),
        }
    }

    /// Opens the prompt for the filter of the list.
    pub(super) fn open_filter(&mut self) {
        let words = self.filter.words.clone();
        let list = self.list.clone();
        self.focus_on(Pane::List);
        self.open_prompt(
            Purpose::Filter {
                words: words.clone(),
                list,
            },
            &words,
        );
    }

    fn open_find(&mut self) {
        let Some(open) = &self.reader.open else {
            return;
        };
        let purpose = Purpose::Find {
            words: self.reader.find.words.clone(),
            anchor: open.anchor(),
        };
        self.open_prompt(purpose, "");
    }

    pub(super) fn open_prompt(&mut self, purpose: Purpose, words: &str) {
        self.layers.prompt = Some(Prompt {
            purpose,
            input: Input::new(words),
        });
    }

    /// Types text into the line that takes letters: the prompt, or the filter of the topmost
    /// overlay.
    pub(super) fn type_in(&mut self, words: &str) -> Vec<Effect> {
        let Some(input) = self.input() else {
            return Vec::new();
        };
        let edit = input.insert(words);
        let effects = match edit {
            Edit::Changed => self.typed(),
            Edit::Same => Vec::new(),
        };
        if self.input().is_some_and(|input| input.is_full()) {
            self.notify("The line is full.", Tone::Plain);
        }
        effects
    }

    /// Types pasted text into the prompt or the filter of the topmost overlay. If neither takes
    /// letters, shows a notice instead.
    pub(super) fn paste(&mut self, words: &str) -> Vec<Effect> {
        if self.layers.is_typing() {
            return self.type_in(words);
        }
        let words = "Press / first to paste into the filter.";
        self.notify(words, Tone::Plain);
        Vec::new()
    }

    /// Runs an editing function, such as `Input::delete_left`, on the line that takes letters.
    pub(super) fn edit(&mut self, key: fn(&mut Input)) -> Vec<Effect> {
        match self.input().map(|input| input.edit(key)) {
            Some(Edit::Changed) => self.typed(),
            _ => Vec::new(),
        }
    }

    /// Handles Tab while the user types: completes the name of a command in the palette, a field or
    /// value in the filter, or the answer to a question.
    pub(super) fn complete(&mut self) -> Vec<Effect> {
        if let Some(picker) = self.layers.picker_mut() {
            let choice = picker.current().map(|item| &item.choice);
            if let Some(Choice::Run(command)) = choice {
                picker.input = Input::new(command.info().name);
                picker.narrow();
            }
            return Vec::new();
        }
        if matches!(self.layers.purpose(), Some(Purpose::Filter { .. })) {
            return self.complete_filter();
        }
        self.complete_answer();
        Vec::new()
    }

    fn complete_filter(&mut self) -> Vec<Effect> {
        let Some(prompt) = &self.layers.prompt else {
            return Vec::new();
        };
        let text = prompt.input.text();
        let tags: Vec<_> = self.library.state().all_tags().into_iter().collect();
        let stories = self.surveyed().map_or_else(Vec::new, Survey::titles);
        let known = Vocabulary {
            corpus: &self.corpus,
            tags: &tags,
            stories: &stories,
        };
        let found = crate::search::complete(text, prompt.input.parts().0.len(), &known);
        let Some(first) = found.proposals.first() else {
            return Vec::new();
        };
        let (before, behind) = (
            text.get(..found.replaces.start),
            text.get(found.replaces.end..),
        );
        let completed = format!("{}{first}{}", before.unwrap_or(""), behind.unwrap_or(""));
        let others = found.proposals.len() - 1;
        let list = found.proposals.join("  ");
        if let Some(input) = self.input() {
            *input = Input::new(&completed);
        }
        if others > 0 {
            self.notify(list, Tone::Plain);
        }
        self.typed()
    }

    fn input(&mut self) -> Option<&mut Input> {
        let layers = &mut self.layers;
        match &mut layers.prompt {
            Some(prompt) => Some(&mut prompt.input),
            None => layers.overlays.last_mut().map(|top| &mut top.picker.input),
        }
    }

    /// Updates what depends on the typed text, such as the list or the search, after the text has
    /// changed.
    fn typed(&mut self) -> Vec<Effect> {
        let Some(prompt) = &self.layers.prompt else {
            if let Some(picker) = self.layers.picker_mut() {
                picker.narrow();
            }
            return Vec::new();
        };
        let words = prompt.input.text().to_owned();
        match prompt.purpose {
            Purpose::Filter { .. } => return self.set_filter(&words),
            Purpose::Find { anchor, .. } => {
                if let Some(open) = &mut self.reader.open {
                    open.restore(anchor);
                }
                self.set_find(&words);
                if !words.is_empty() && !self.reader.find.found.is_empty() {
                    self.next_match(1);
                }
            }
            Purpose::Quotes { .. } => self.reader.sidebar.words = words,
            Purpose::Export { .. } | Purpose::Ask(_) => {}
        }
        Vec::new()
    }

    /// Sets the words of the filter and returns the effect that filters the list. If the words
    /// cannot be parsed, the list stays as it is.
    pub(super) fn set_filter(&mut self, words: &str) -> Vec<Effect> {
        self.filter.set(words);
        if self.filter.fault.is_some() {
            return Vec::new();
        }
        vec![self.filter.ask(&self.corpus)]
    }

    pub(super) fn sort(&mut self, change: fn(&mut Filter)) -> Vec<Effect> {
        change(&mut self.filter);
        let sort = self.filter.sort_name(&self.view.interface);
        self.notify_with("sorted by {0}", &[&sort], Tone::Plain);
        vec![self.filter.ask(&self.corpus)]
    }

    fn set_find(&mut self, words: &str) {
        let open = self.reader.open.as_ref();
        if let Some(article) = open.and_then(|open| self.corpus.get(open.id)) {
            self.reader.find(words, article);
        }
    }

    /// Handles Enter while the user types: closes the prompt and uses the typed text. In an
    /// overlay, ends the typing or chooses the current item.
    pub(super) fn accept(&mut self) -> Vec<Effect> {
        if let Some(prompt) = self.layers.prompt.take() {
            return match prompt.purpose {
                Purpose::Ask(ask) => self.answer(ask, prompt.input.text()),
                Purpose::Export { title, what } => self.export_to(prompt.input.text(), title, what),
                _ => Vec::new(),
            };
        }
        match self.layers.picker_mut() {
            Some(picker) if picker.typing == Typing::On => {
                picker.typing = Typing::Off;
                Vec::new()
            }
            Some(_) => self.open_selected(),
            None => Vec::new(),
        }
    }

    /// Handles Esc while the user types: closes the prompt and restores the state before it. In an
    /// overlay, clears the filter or closes the overlay.
    pub(super) fn cancel(&mut self) -> Vec<Effect> {
        let Some(prompt) = self.layers.prompt.take() else {
            return self.cancel_picker();
        };
        match prompt.purpose {
            Purpose::Filter { words, list } => {
                self.filter.set(&words);
                self.list.restore(list);
                // More articles may have been read since, so the filter runs again.
                return vec![self.filter.ask(&self.corpus)];
            }
            Purpose::Find { words, anchor } => {
                if let Some(open) = &mut self.reader.open {
                    open.restore(anchor);
                }
                self.set_find(&words);
            }
            Purpose::Quotes { words } => self.reader.sidebar.words = words,
            Purpose::Export { .. } | Purpose::Ask(_) => {}
        }
        Vec::new()
    }

    fn cancel_picker(&mut self) -> Vec<Effect> {
        match self.layers.picker_mut() {
            Some(picker) if picker.typing == Typing::On => {
                picker.typing = Typing::Off;
                picker.input = Input::default();
                picker.narrow();
            }
            _ => {
                self.layers.overlays.pop();
            }
        }
        Vec::new()
    }
}
