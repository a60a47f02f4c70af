//! Collections: the contents of the tray, saved under a name, which can be put on the tray again.

use super::super::ask::Ask;
use super::super::command::Command;
use super::super::{App, Tone, library_pickers};
use super::hint;

impl App {
    /// Handles `gT`: asks for the name of the collection to which the tray is moved.
    pub(super) fn ask_collection(&mut self) {
        if self.library.tray.items().is_empty() {
            return self.notify("The tray is empty: there is nothing to save.", Tone::Plain);
        }
        self.layers.overlays.clear();
        self.ask(Ask::Collection, "");
    }

    /// Appends the passages on the tray to the collection `name`, and empties the tray.
    pub(super) fn put_aside(&mut self, name: &str) {
        let changes = self.library.put_aside(name);
        self.change_library_all(changes);
        let key = hint(self, Command::Collections);
        let words = "Saved as “{0}”; {1} lists collections.";
        self.notify_with(words, &[name, &key], Tone::Plain);
    }

    /// Handles `gC`: opens a list of the collections.
    pub(super) fn list_collections(&mut self) {
        let view = library_pickers::collections(self);
        self.push_overlay(view);
    }

    /// Handles Enter on a collection: replaces the contents of the tray by the passages of the
    /// collection.
    pub(super) fn open_collection(&mut self, name: &str) {
        let places = self.library.state().collection(name).into_iter();
        let places: Vec<_> = places.cloned().collect();
        let had_any = !self.library.tray.items().is_empty();
        self.layers.overlays.clear();
        self.library.set_tray(&places);
        self.show_tray();
        let undo = hint(self, Command::Undo);
        let words = if had_any {
            "“{0}” is on the tray; {1} brings back what was there."
        } else {
            "“{0}” is on the tray."
        };
        self.notify_with(words, &[name, &undo], Tone::Plain);
    }
}
