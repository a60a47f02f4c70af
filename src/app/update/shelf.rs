//! The overlays over what is kept: opened, chosen from, and a line taken away.

use super::super::counts::Counted;
use super::super::keeping::Entry;
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::picker::Choice;
use super::super::{App, Tone, shelves};
use crate::library::Change;
use crate::work::{Counts, Kept};

impl App {
    pub(super) fn list_notes(&mut self) {
        let view = shelves::notes(self);
        self.open_shelf(view);
    }

    pub(super) fn list_marks(&mut self) {
        let view = shelves::marks(self);
        self.open_shelf(view);
    }

    pub(super) fn list_tags(&mut self) {
        let view = shelves::tags(self);
        self.open_shelf(view);
    }

    pub(super) fn list_themes(&mut self) {
        let view = shelves::themes(self);
        self.open_shelf(view);
    }

    /// The saved queries; their counts come later.
    pub(super) fn list_queries(&mut self) -> Vec<Effect> {
        let view = shelves::queries(self);
        let queries = shelves::parsed_queries(self);
        self.open_shelf(view);
        if queries.is_empty() {
            return Vec::new();
        }
        vec![Effect::Count(crate::work::CountRequest {
            queries,
            corpus: self.corpus.clone(),
            kept: Kept {
                survey: self.surveys.ready.clone(),
                ..self.keeping.facts()
            },
        })]
    }

    /// How many articles each of the listed queries selects.
    /// The overlay may be another by now, and queries may have been taken away.
    pub(super) fn show_counts(&mut self, counts: &Counts) {
        let interface = &self.view.interface;
        let Some(picker) = self.overlays.last_mut() else {
            return;
        };
        if picker.title != shelves::QUERIES {
            return;
        }
        for item in &mut picker.items {
            let is_of = |(words, _): &&(Box<str>, usize)| **words == *item.text;
            if let Some((_, count)) = counts.iter().find(is_of) {
                item.note = Counted::Articles.words(*count, interface);
            }
        }
    }

    pub(super) fn open_shelf(&mut self, (picker, listed): shelves::Shelf) {
        self.keeping.listed = listed;
        self.overlays.push(picker);
    }

    /// Enter on a line of these overlays.
    pub(super) fn choose_kept(&mut self, at: u32) -> Vec<Effect> {
        let Some(entry) = self.keeping.listed.get(at as usize).cloned() else {
            return Vec::new();
        };
        match entry {
            Entry::Note(_, Some(target)) | Entry::Mark(_, Some(target)) => {
                self.overlays.clear();
                self.go_target(target);
            }
            Entry::Note(_, None) | Entry::Mark(_, None) => {
                self.say("Its passage is not in these articles.", Tone::Plain);
            }
            Entry::Query(_, query) => {
                self.overlays.clear();
                self.focus_on(Pane::List);
                return self.set_filter(&query);
            }
            Entry::Tag(tag) => {
                self.overlays.clear();
                self.focus_on(Pane::List);
                return self.set_filter(&format!("tag:\"{tag}\""));
            }
            Entry::Collection(name) => self.open_collection(&name),
            Entry::Theme(name) => {
                self.overlays.pop();
                self.set_theme(&name);
                self.lay_out();
            }
        }
        Vec::new()
    }

    /// `x` in these overlays: takes the current line's entry away.
    pub(super) fn remove_kept(&mut self) {
        let Some(picker) = self.overlays.last_mut() else {
            return;
        };
        let at = picker.shown.get(picker.cursor.at).copied();
        let Some(Choice::Kept(entry)) = picker.current().map(|item| item.choice) else {
            return self.say("This is nothing that can be removed.", Tone::Plain);
        };
        let changes = match self.keeping.listed.get(entry as usize) {
            Some(Entry::Note(id, _)) => vec![Change::Note(id.clone(), None)],
            Some(Entry::Mark(letter, _)) => vec![Change::Mark(*letter, None)],
            Some(Entry::Query(name, _)) => vec![Change::Query(name.clone(), None)],
            Some(Entry::Collection(name)) => self.keeping.drop_collection(name),
            Some(Entry::Tag(_) | Entry::Theme(_)) | None => {
                return self.say("This is nothing that can be removed.", Tone::Plain);
            }
        };
        if let Some(picker) = self.overlays.last_mut() {
            at.filter(|at| *at < picker.items.len())
                .map(|at| picker.items.remove(at));
            let was = picker.cursor;
            picker.narrow();
            picker.cursor = was;
        }
        let page = self.overlay_page();
        if let Some(picker) = self.overlays.last_mut() {
            picker.cursor.follow(picker.shown.len(), page);
        }
        self.keep_all(changes);
    }
}
