//! Records in the library what the user reads and adds, and undoes changes.

use super::super::library_data::{LibraryStatus, ReadingSession, describe_all};
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::reader::ScrollTarget;
use super::super::{App, Tone};
use crate::library::{Access, Change};
use crate::model::{ArticleId, ContentKey};
use crate::work::LibraryReport;

/// Time after which an open article is marked as read, in milliseconds. A shorter look does not
/// count.
const READ_AFTER: i64 = 1500;

impl App {
    /// Records which article is read and where it was left, and returns the effects with one that
    /// saves the library's changes. Filter requests among them get the current facts of the
    /// library.
    pub(super) fn save_library_changes(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let ends = effects.iter().any(|effect| matches!(effect, Effect::Quit));
        self.track_reading(ends);
        for effect in &mut effects {
            if let Effect::Filter(request) = effect {
                request.value.facts = self.library.facts();
                request.value.facts.survey.clone_from(&self.surveys.ready);
            }
        }
        let changes = self.library.take_outbox();
        if !changes.is_empty() {
            effects.insert(0, Effect::SaveChanges(changes));
        }
        effects
    }

    /// Marks the article that the user reads as read once it has been open long enough, and saves
    /// the position when the user leaves it. `ends` is true when the program ends.
    fn track_reading(&mut self, ends: bool) {
        let open = self.reader.open.as_ref().map(|open| open.id);
        let reading = open.filter(|_| self.focus != Pane::List && !ends);
        if let Some(session) = &mut self.library.session
            && !session.is_counted
            && self.library.now - session.since >= READ_AFTER
        {
            session.is_counted = true;
            let id = session.id;
            if let Some(key) = self.library.key(id).filter(|_| !self.library.is_read(id)) {
                self.library.apply_silently(vec![Change::Read(key, true)]);
            }
        }
        if reading == self.library.session.map(|session| session.id) {
            return;
        }
        if let Some(session) = self.library.session.take() {
            self.save_position(session.id);
        }
        let Some(id) = reading else { return };
        self.library.session = Some(ReadingSession {
            id,
            since: self.library.now,
            is_counted: self.library.is_read(id),
        });
        if let Some(key) = self.library.key(id) {
            let visit = Change::Visit(key, Some(self.library.now / 1000));
            self.library.apply_silently(vec![visit]);
        }
    }

    fn save_position(&mut self, id: ArticleId) {
        let (Some(key), Some(spot)) = (self.library.key(id), self.reader.place(id)) else {
            return;
        };
        // A spot beyond the end of the text is in the page's own header.
        let len = self.corpus.get(id).map_or(0, |article| article.text.len());
        let at = Some(spot.at).filter(|at| spot.part > 0 && (*at as usize) < len);
        if at != self.library.state().article(key).position {
            self.library.apply_silently(vec![Change::Position(key, at)]);
        }
    }

    /// Scrolls the open article to the position where the user left it in an earlier run.
    pub(super) fn restore_position(&mut self) {
        let height = self.height(Pane::Text);
        let Some(open) = &mut self.reader.open else {
            return;
        };
        let kept = self.library.key(open.id);
        let kept = kept.and_then(|key| self.library.state().article(key).position);
        if let Some(spot) = kept.and_then(|at| open.page.spot_of(at as usize)) {
            open.go_to(spot, ScrollTarget::Top, height);
        }
    }

    /// Shows a notice with the most useful keys to users whose library is empty. Any key replaces
    /// it.
    fn welcome(&mut self) {
        use super::Command::{Help, NextQuote, Open, Search};
        let keys = [Search, Open, NextQuote, Help].map(|command| super::hint(self, command));
        let keys = keys.each_ref().map(String::as_str);
        let words = "Welcome. {0} filters, {1} opens, {2} next quote; {3} lists all keys.";
        self.notify_with(words, &keys, Tone::Plain);
    }

    /// Handles a report of the thread that reads and writes the library.
    pub(super) fn library_report(&mut self, report: LibraryReport) {
        match report {
            LibraryReport::Opened(state, access) => {
                let is_new = state.entries().is_empty();
                let library = match access {
                    Access::ReadWrite => LibraryStatus::Open,
                    Access::ReadOnly => LibraryStatus::NotSaved,
                };
                self.library.open(*state, library);
                if access == Access::ReadOnly {
                    let words = "the library cannot be written: what you add now is not kept";
                    self.notify(words, Tone::Fault);
                } else if is_new && self.notice.is_none() {
                    self.welcome();
                }
                if self.focus == Pane::List {
                    self.restore_position();
                }
            }
            LibraryReport::Closed(reason) => {
                self.library.status = LibraryStatus::NotSaved;
                let words = "{0}. What you add now is not kept.";
                self.notify_with(words, &[&reason], Tone::Fault);
            }
            LibraryReport::Failed(reason) => self.notify(reason, Tone::Fault),
        }
    }

    /// Applies one change to the library, which can be undone, and describes it in a notice.
    pub(super) fn change_library(&mut self, change: Change) {
        self.change_library_all(vec![change]);
    }

    /// Applies all changes of one command to the library, and describes them in a notice. They are
    /// undone together.
    pub(super) fn change_library_all(&mut self, changes: Vec<Change>) {
        let mut words = describe_all(&changes, &self.view.interface);
        if self.library.status == LibraryStatus::Off {
            words.push_str(self.tr(" (not kept: there is no library)"));
        }
        self.notify(words, Tone::Plain);
        self.library.apply(changes);
    }

    pub(super) fn undo(&mut self) {
        let step = self.library.undo();
        self.notify_step("undone: {0}", "Nothing to undo.", step.as_deref());
    }

    pub(super) fn redo(&mut self) {
        let step = self.library.redo();
        self.notify_step("redone: {0}", "Nothing to redo.", step.as_deref());
    }

    fn notify_step(&mut self, label: &str, nothing: &str, step: Option<&[Change]>) {
        match step {
            Some(changes) => {
                let words = describe_all(changes, &self.view.interface);
                self.notify_with(label, &[&words], Tone::Plain);
            }
            None => self.notify(nothing, Tone::Plain),
        }
    }

    /// Returns the open article, to which commands on the library refer, and its content key. Shows
    /// a notice if no article is open.
    pub(super) fn subject(&mut self) -> Option<(ArticleId, ContentKey)> {
        let open = self.reader.open.as_ref().map(|open| open.id);
        let found = open.and_then(|id| Some((id, self.library.key(id)?)));
        if found.is_none() {
            self.notify("No article is open.", Tone::Plain);
        }
        found
    }

    pub(super) fn toggle_read(&mut self) {
        let Some((id, key)) = self.subject() else {
            return;
        };
        if let Some(session) = &mut self.library.session {
            // A mark set by hand is kept while the user reads on.
            session.is_counted = true;
        }
        self.change_library(Change::Read(key, !self.library.is_read(id)));
    }

    pub(super) fn next_unread(&mut self) {
        let selected = self.list.selected();
        let order = self.list.order();
        let here = order.iter().position(|id| Some(*id) == selected);
        let (before, after) = order.split_at(here.map_or(0, |at| at + 1));
        let mut round = after.iter().chain(before);
        match round.find(|id| !self.library.is_read(**id)).copied() {
            Some(id) => self.visit(id),
            None => self.notify("All articles of the list were read.", Tone::Plain),
        }
    }
}
