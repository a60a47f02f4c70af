//! Records what the user does and adds in the library (read marks, positions in texts, all other
//! changes) and undoes it.

use super::super::keeping::{Library, ReadingSession, describe_all};
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::reader::Put;
use super::super::{App, Tone};
use crate::library::{Access, Change};
use crate::model::{ArticleId, ContentKey};
use crate::work::LibraryReport;

/// Time in milliseconds after which an open article counts as read.
const MOMENT: i64 = 1500;

impl App {
    /// Records what was read and where, and adds the changes to write to the effects. Filter
    /// requests receive the current facts of the library.
    pub(super) fn hand_over(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let ends = effects.iter().any(|effect| matches!(effect, Effect::Quit));
        self.follow_reading(ends);
        for effect in &mut effects {
            if let Effect::Filter(request) = effect {
                request.value.kept = self.keeping.facts();
                request.value.kept.survey.clone_from(&self.surveys.ready);
            }
        }
        let changes = self.keeping.take_outbox();
        if !changes.is_empty() {
            effects.insert(0, Effect::Keep(changes));
        }
        effects
    }

    /// Marks an article as read once it has been open for a moment, and records the position in an
    /// article that is left. `ends` is true when the program ends.
    fn follow_reading(&mut self, ends: bool) {
        let open = self.reader.open.as_ref().map(|open| open.id);
        let reading = open.filter(|_| self.focus != Pane::List && !ends);
        if let Some(session) = &mut self.keeping.session
            && !session.is_counted
            && self.keeping.now - session.since >= MOMENT
        {
            session.is_counted = true;
            let id = session.id;
            if let Some(key) = self.keeping.key(id).filter(|_| !self.keeping.is_read(id)) {
                self.keeping.note_down(vec![Change::Read(key, true)]);
            }
        }
        if reading == self.keeping.session.map(|session| session.id) {
            return;
        }
        if let Some(session) = self.keeping.session.take() {
            self.keep_position(session.id);
        }
        let Some(id) = reading else { return };
        self.keeping.session = Some(ReadingSession {
            id,
            since: self.keeping.now,
            is_counted: self.keeping.is_read(id),
        });
        if let Some(key) = self.keeping.key(id) {
            let visit = Change::Visit(key, Some(self.keeping.now / 1000));
            self.keeping.note_down(vec![visit]);
        }
    }

    fn keep_position(&mut self, id: ArticleId) {
        let (Some(key), Some(spot)) = (self.keeping.key(id), self.reader.place(id)) else {
            return;
        };
        // A spot beyond the end of the text is in the page's own header.
        let len = self.corpus.get(id).map_or(0, |article| article.text.len());
        let at = Some(spot.at).filter(|at| spot.part > 0 && (*at as usize) < len);
        if at != self.keeping.state().article(key).position {
            self.keeping.note_down(vec![Change::Position(key, at)]);
        }
    }

    /// Goes to the position where reading stopped in an earlier run.
    pub(super) fn restore_position(&mut self) {
        let height = self.height(Pane::Text);
        let Some(open) = &mut self.reader.open else {
            return;
        };
        let kept = self.keeping.key(open.id);
        let kept = kept.and_then(|key| self.keeping.state().article(key).position);
        if let Some(spot) = kept.and_then(|at| open.page.spot_of(at as usize)) {
            open.go_to(spot, Put::Top, height);
        }
    }

    /// Shows a notice that helps first-time users. Any key replaces it.
    fn welcome(&mut self) {
        use super::Command::{Help, NextQuote, Open, Search};
        let keys = [Search, Open, NextQuote, Help].map(|command| super::hint(self, command));
        let keys = keys.each_ref().map(String::as_str);
        let words = "Welcome. {0} filters, {1} opens, {2} next quote; {3} lists all keys.";
        self.say_with(words, &keys, Tone::Plain);
    }

    /// Handles a report of the library's thread.
    pub(super) fn keeper(&mut self, report: LibraryReport) {
        match report {
            LibraryReport::Opened(state, access) => {
                let is_new = state.entries().is_empty();
                let library = match access {
                    Access::ReadWrite => Library::Open,
                    Access::ReadOnly => Library::Unkept,
                };
                self.keeping.open(*state, library);
                if access == Access::ReadOnly {
                    let words = "the library cannot be written: what you add now is not kept";
                    self.say(words, Tone::Fault);
                } else if is_new && self.notice.is_none() {
                    self.welcome();
                }
                if self.focus == Pane::List {
                    self.restore_position();
                }
            }
            LibraryReport::Closed(reason) => {
                self.keeping.library = Library::Unkept;
                let words = "{0}. What you add now is not kept.";
                self.say_with(words, &[&reason], Tone::Fault);
            }
            LibraryReport::Failed(reason) => self.say(reason, Tone::Fault),
        }
    }

    /// Applies a change that can be undone, and describes it in a notice.
    pub(super) fn keep(&mut self, change: Change) {
        self.keep_all(vec![change]);
    }

    /// Applies all changes of one command, which are undone together, and describes them in a
    /// notice.
    pub(super) fn keep_all(&mut self, changes: Vec<Change>) {
        let mut words = describe_all(&changes, &self.view.interface);
        if self.keeping.library == Library::Off {
            words.push_str(self.tr(" (not kept: there is no library)"));
        }
        self.say(words, Tone::Plain);
        self.keeping.make(changes);
    }

    pub(super) fn undo(&mut self) {
        let step = self.keeping.undo();
        self.say_step("undone: {0}", "Nothing to undo.", step.as_deref());
    }

    pub(super) fn redo(&mut self) {
        let step = self.keeping.redo();
        self.say_step("redone: {0}", "Nothing to redo.", step.as_deref());
    }

    fn say_step(&mut self, label: &str, nothing: &str, step: Option<&[Change]>) {
        match step {
            Some(changes) => {
                let words = describe_all(changes, &self.view.interface);
                self.say_with(label, &[&words], Tone::Plain);
            }
            None => self.say(nothing, Tone::Plain),
        }
    }

    /// Returns the article that a command refers to, which is the open one. Shows a notice if there
    /// is none.
    pub(super) fn subject(&mut self) -> Option<(ArticleId, ContentKey)> {
        let open = self.reader.open.as_ref().map(|open| open.id);
        let found = open.and_then(|id| Some((id, self.keeping.key(id)?)));
        if found.is_none() {
            self.say("No article is open.", Tone::Plain);
        }
        found
    }

    pub(super) fn toggle_read(&mut self) {
        let Some((id, key)) = self.subject() else {
            return;
        };
        if let Some(session) = &mut self.keeping.session {
            // A mark set by hand is kept while the user reads on.
            session.is_counted = true;
        }
        self.keep(Change::Read(key, !self.keeping.is_read(id)));
    }

    pub(super) fn next_unread(&mut self) {
        let selected = self.list.selected();
        let order = self.list.order();
        let here = order.iter().position(|id| Some(*id) == selected);
        let (before, after) = order.split_at(here.map_or(0, |at| at + 1));
        let mut round = after.iter().chain(before);
        match round.find(|id| !self.keeping.is_read(**id)).copied() {
            Some(id) => self.visit(id),
            None => self.say("All articles of the list were read.", Tone::Plain),
        }
    }
}
