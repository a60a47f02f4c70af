//! Overlays of library data: opens them, handles choices, and removes entries.

use super::super::counts::Counted;
use super::super::keeping::Entry;
use super::super::msg::Effect;
use super::super::overlay::Overlay;
use super::super::panes::Pane;
use super::super::picker::{Choice, Item};
use super::super::{App, Tone, library_pickers};
use crate::library::Change;
use crate::work::{CountRequest, Counts, LibraryFacts, Tagged};

impl App {
    pub(super) fn list_notes(&mut self) {
        let view = library_pickers::notes(self);
        self.push_overlay(view);
    }

    pub(super) fn list_marks(&mut self) {
        let view = library_pickers::marks(self);
        self.push_overlay(view);
    }

    pub(super) fn list_tags(&mut self) {
        let view = library_pickers::tags(self);
        self.push_overlay(view);
    }

    pub(super) fn list_themes(&mut self) {
        let view = library_pickers::themes(self);
        self.push_overlay(view);
    }

    /// Lists the saved queries. Their counts arrive later.
    pub(super) fn list_queries(&mut self) -> Vec<Effect> {
        let view = library_pickers::queries(self);
        let queries = library_pickers::parsed_queries(self);
        self.push_overlay(view);
        if queries.is_empty() {
            return Vec::new();
        }
        vec![self.tasks.count(CountRequest {
            queries,
            corpus: self.corpus.clone(),
            kept: LibraryFacts {
                survey: self.surveys.ready.clone(),
                ..self.keeping.facts()
            },
        })]
    }

    /// Shows the number of articles that each saved query selects. A count is matched to its line
    /// by the query, because lines may have moved.
    pub(super) fn show_counts(&mut self, counts: Tagged<Counts>) {
        let Some(counts) = self.tasks.counted(counts) else {
            return;
        };
        let interface = &self.view.interface;
        for (query, item) in query_lines(&mut self.layers.overlays) {
            if let Some((_, count)) = counts.iter().find(|(known, _)| *known == query) {
                item.note = Counted::Articles.words(*count, interface);
            }
        }
    }

    /// Shows no count where none will come.
    pub(super) fn give_up_counts(&mut self, generation: u64) {
        if !self.tasks.give_up_counting(generation) {
            return;
        }
        for (_, item) in query_lines(&mut self.layers.overlays) {
            if item.note == library_pickers::UNCOUNTED {
                item.note.clear();
            }
        }
    }

    /// Enter on a line of these overlays.
    pub(super) fn choose_kept(&mut self, entry: Entry) -> Vec<Effect> {
        match entry {
            Entry::Note(_, Some(target)) | Entry::Mark(_, Some(target)) => {
                self.layers.overlays.clear();
                self.go_target(target);
            }
            Entry::Note(_, None) | Entry::Mark(_, None) => {
                self.say("Its passage is not in these articles.", Tone::Plain);
            }
            Entry::Query(_, query) => {
                self.layers.overlays.clear();
                self.focus_on(Pane::List);
                return self.set_filter(&query);
            }
            Entry::Tag(tag) => {
                self.layers.overlays.clear();
                self.focus_on(Pane::List);
                return self.set_filter(&format!("tag:\"{tag}\""));
            }
            Entry::Collection(name) => self.open_collection(&name),
            Entry::Theme(name) => {
                self.layers.overlays.pop();
                self.set_theme(&name);
            }
        }
        Vec::new()
    }

    /// Handles `x` in these overlays: removes the entry of the current line.
    pub(super) fn remove_kept(&mut self) {
        let Some(picker) = self.layers.picker_mut() else {
            return;
        };
        let at = picker.shown.get(picker.cursor.at).copied();
        let Some(Choice::Kept(entry)) = picker.current().map(|item| &item.choice) else {
            return self.say("This cannot be removed.", Tone::Plain);
        };
        let changes = match &**entry {
            Entry::Note(id, _) => vec![Change::Note(id.clone(), None)],
            Entry::Mark(letter, _) => vec![Change::Mark(*letter, None)],
            Entry::Query(name, _) => vec![Change::Query(name.clone(), None)],
            Entry::Collection(name) => self.keeping.drop_collection(name),
            Entry::Tag(_) | Entry::Theme(_) => {
                return self.say("This cannot be removed.", Tone::Plain);
            }
        };
        if let Some(picker) = self.layers.picker_mut() {
            at.filter(|at| *at < picker.items.len())
                .map(|at| picker.items.remove(at));
            let was = picker.cursor;
            picker.narrow();
            picker.cursor = was;
        }
        self.keep_all(changes);
    }
}

/// The lines of saved queries, with their queries.
fn query_lines(overlays: &mut [Overlay]) -> impl Iterator<Item = (Box<str>, &mut Item)> {
    let items = overlays
        .iter_mut()
        .flat_map(|overlay| &mut overlay.picker.items);
    items.filter_map(|item| match &item.choice {
        Choice::Kept(entry) => match &**entry {
            Entry::Query(_, query) => Some((query.clone(), item)),
            _ => None,
        },
        _ => None,
    })
}
