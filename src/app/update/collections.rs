//! Collections: what lay on the tray, put aside under a name and laid there again.

use super::super::ask::Ask;
use super::super::command::Command;
use super::super::{App, Tone, library_pickers};
use super::hint;

impl App {
    /// `gT`: asks for the name under which the tray is put aside.
    pub(super) fn ask_collection(&mut self) {
        if self.keeping.tray.laid().is_empty() {
            return self.say("The tray is empty: there is nothing to save.", Tone::Plain);
        }
        self.layers.overlays.clear();
        self.ask(Ask::Collection, "");
    }

    /// Puts the tray aside, behind what lies under that name.
    pub(super) fn put_aside(&mut self, name: &str) {
        let changes = self.keeping.put_aside(name);
        self.keep_all(changes);
        let key = hint(self, Command::Collections);
        let words = "Saved as “{0}”; {1} lists collections.";
        self.say_with(words, &[name, &key], Tone::Plain);
    }

    /// `gC`: the collections.
    pub(super) fn list_collections(&mut self) {
        let view = library_pickers::collections(self);
        self.push_overlay(view);
    }

    /// Enter on a collection: its passages lie on the tray instead of what lies there.
    pub(super) fn open_collection(&mut self, name: &str) {
        let places = self.keeping.state().collection(name).into_iter();
        let places: Vec<_> = places.cloned().collect();
        let had_any = !self.keeping.tray.laid().is_empty();
        self.layers.overlays.clear();
        self.keeping.lay(&places);
        self.show_tray();
        let undo = hint(self, Command::Undo);
        let words = if had_any {
            "“{0}” is on the tray; {1} brings back what was there."
        } else {
            "“{0}” is on the tray."
        };
        self.say_with(words, &[name, &undo], Tone::Plain);
    }
}
