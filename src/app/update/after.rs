//! Computes the state that is derived from other state, once at the end of each message: the
//! entries of the tray, the open article, the layout, the current quote.

use super::super::boards::Board;
use super::super::compare::line::Signs;
use super::super::list::Lead;
use super::super::msg::Effect;
use super::super::overlay::Kind;
use super::super::panes::{Pane, inside};
use super::super::sidebar::INDENT;
use super::super::tray::Stage;
use super::super::{App, LoadState};
use crate::config::Numbers;
use crate::model::ArticleId;
use crate::work::decisions;

impl App {
    /// Updates all state that is derived from other state. Takes the effects of the message and
    /// returns them, followed by those of this update.
    pub(super) fn after_update(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        effects.extend(self.show_reloaded());
        effects.extend(self.follow_library());
        self.follow_lead();
        self.lay_out();
        self.follow_view();
        let (setting, query) = (self.setting(), &self.filter.query);
        let wanted = self.reader.layout_request(&self.corpus, setting, query);
        effects.extend(wanted.map(Effect::Layout));
        self.save_library_changes(effects)
    }

    /// Updates the tray, the list and the survey to match the library. Returns the effects that
    /// request what must be computed again.
    fn follow_library(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let stage = Stage {
            edition: self.load.edition,
            is_whole: self.load.state == LoadState::Ready,
        };
        self.library.sync_tray(&self.corpus, stage);
        let is_changed = std::mem::take(&mut self.library.is_changed);
        if is_changed && self.filter.asks_library() {
            effects.push(self.filter.ask(&self.corpus));
        }
        if is_changed && self.decide_people() {
            effects.push(self.surveys.ask(&self.corpus));
        }
        effects
    }

    /// Hands what the user decided about people to the survey. Returns whether the survey must be
    /// computed again.
    pub(super) fn decide_people(&mut self) -> bool {
        let joins = decisions(self.library.state(), &self.library.keys, &self.corpus);
        self.surveys.set_joins(joins)
    }

    /// Shows the selected article in the text, or selects the open article in the list, as
    /// `ListPane::lead` says.
    fn follow_lead(&mut self) {
        let reading = self.reader.open.as_ref().map(|open| open.id);
        let reading = reading.filter(|_| self.focus != Pane::List);
        match (std::mem::take(&mut self.list.lead), reading) {
            (Lead::Neither, _) => {}
            (Lead::List, _) | (Lead::Listing, None) => match self.list.selected() {
                Some(id) => self.show(id),
                None => self.reader.leave(),
            },
            // A user who is reading keeps the open article when the list changes.
            (Lead::Listing, Some(id)) => self.select(id),
            (Lead::Text, _) => {
                if let Some(open) = &self.reader.open {
                    self.select(open.id);
                }
            }
        }
    }

    fn select(&mut self, id: ArticleId) {
        let survey = self.surveys.ready.as_deref();
        self.list.select(id, survey.map(|survey| &survey.stories));
    }

    /// Lays out everything that depends on the size of the screen and on settings.
    fn lay_out(&mut self) {
        self.lay_out_board();
        let page = self.list_page();
        self.list.follow(page);
        let top = self.layers.overlays.last();
        let lists_tray = top.is_some_and(|overlay| matches!(overlay.kind, Kind::Tray));
        let items = lists_tray.then(|| self.tray_items());
        if let (Some(picker), Some(items)) = (self.layers.picker_mut(), items) {
            picker.replace_items(items);
        }
        self.lay_out_words();
        let page = self.overlay_page();
        if let Some(picker) = self.layers.picker_mut() {
            picker.cursor.follow(picker.shown.len(), page);
        }
        self.lay_out_text();
    }

    fn lay_out_board(&mut self) {
        // Themes with numbers in brackets cannot rely on colour.
        let signs = match self.theme().numbers {
            Numbers::Raised => Signs::Styled,
            Numbers::Brackets => Signs::Written,
        };
        let (width, page) = (self.screen.0, self.board_page());
        match self.layers.boards.last_mut() {
            Some(Board::Compare(compare)) => compare.lay_out(&self.corpus, width, signs),
            Some(Board::Matrix(matrix)) => matrix.cursor.follow(matrix.order.len(), page),
            Some(Board::Timeline(timeline)) => {
                timeline.cursor.follow(timeline.lines.len(), page);
            }
            None => {}
        }
    }

    /// Lays the open article out for the current screen and settings. Code that scrolls a spot into
    /// view must call this first.
    pub(super) fn lay_out_text(&mut self) {
        let (setting, height) = (self.setting(), self.height(Pane::Text));
        let open = self.reader.open.as_ref();
        if let Some(article) = open.and_then(|open| self.corpus.get(open.id)) {
            self.reader.lay_out(article, setting, height);
        }
    }

    /// Makes a visible quote the current one, if the view has moved, and shows it in the sidebar.
    fn follow_view(&mut self) {
        let height = self.height(Pane::Text);
        let area = inside(self.panes().quotes);
        let cards = (area.width.saturating_sub(INDENT), usize::from(area.height));
        let open = self.reader.open.as_ref();
        if let Some(article) = open.and_then(|open| self.corpus.get(open.id)) {
            self.reader.follow(article, height, cards);
        }
    }
}
