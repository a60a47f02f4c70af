//! Overlays that list library data: opens them, handles the choice of an entry, and removes
//! entries.

use super::super::counts::Counted;
use super::super::library_data::LibraryEntry;
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

    /// Opens a list of the saved queries, and returns the effect that counts the articles of each.
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
            facts: LibraryFacts {
                survey: self.surveys.ready.clone(),
                ..self.library.facts()
            },
        })]
    }

    /// Shows in the list of saved queries how many articles each one selects. A count is matched to
    /// its line by the query, because lines may have moved.
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

    /// Removes the placeholders for counts from the list of saved queries, because counting failed.
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

    /// Handles Enter in an overlay that lists library data: opens the chosen entry.
    pub(super) fn choose_library_entry(&mut self, entry: LibraryEntry) -> Vec<Effect> {
        match entry {
            LibraryEntry::Note(_, Some(target)) | LibraryEntry::Mark(_, Some(target)) => {
                self.layers.overlays.clear();
                self.go_to_anchor(target);
            }
            LibraryEntry::Note(_, None) | LibraryEntry::Mark(_, None) => {
                self.notify("Its passage is not in these articles.", Tone::Plain);
            }
            LibraryEntry::Query(_, query) => {
                self.layers.overlays.clear();
                self.focus_on(Pane::List);
                return self.set_filter(&query);
            }
            LibraryEntry::Tag(tag) => {
                self.layers.overlays.clear();
                self.focus_on(Pane::List);
                return self.set_filter(&format!("tag:\"{tag}\""));
            }
            LibraryEntry::Collection(name) => self.open_collection(&name),
            LibraryEntry::Theme(name) => {
                self.layers.overlays.pop();
                self.set_theme(&name);
            }
        }
        Vec::new()
    }

    /// Handles `x` in an overlay that lists library data: removes the entry of the current line.
    pub(super) fn remove_library_entry(&mut self) {
        let Some(picker) = self.layers.picker_mut() else {
            return;
        };
        let at = picker.shown.get(picker.cursor.at).copied();
        let Some(Choice::LibraryEntry(entry)) = picker.current().map(|item| &item.choice) else {
            return self.notify("This cannot be removed.", Tone::Plain);
        };
        let changes = match &**entry {
            LibraryEntry::Note(id, _) => vec![Change::Note(id.clone(), None)],
            LibraryEntry::Mark(letter, _) => vec![Change::Mark(*letter, None)],
            LibraryEntry::Query(name, _) => vec![Change::Query(name.clone(), None)],
            LibraryEntry::Collection(name) => self.library.drop_collection(name),
            LibraryEntry::Tag(_) | LibraryEntry::Theme(_) => {
                return self.notify("This cannot be removed.", Tone::Plain);
            }
        };
        if let Some(picker) = self.layers.picker_mut() {
            at.filter(|at| *at < picker.items.len())
                .map(|at| picker.items.remove(at));
            let was = picker.cursor;
            picker.narrow();
            picker.cursor = was;
        }
        self.change_library_all(changes);
    }
}

/// Returns the items of all open overlays that show a saved query, each with the words of the
/// query.
fn query_lines(overlays: &mut [Overlay]) -> impl Iterator<Item = (Box<str>, &mut Item)> {
    let items = overlays
        .iter_mut()
        .flat_map(|overlay| &mut overlay.picker.items);
    items.filter_map(|item| match &item.choice {
        Choice::LibraryEntry(entry) => match &**entry {
            LibraryEntry::Query(_, query) => Some((query.clone(), item)),
            _ => None,
        },
        _ => None,
    })
}
