//! The mouse: the wheel scrolls what is under the pointer, a click selects.

use super::super::App;
use super::super::cursor::Motion;
use super::super::list::rows_each;
use super::super::msg::{Effect, Mouse, MouseAct};
use super::super::panes::{Pane, inside};
use super::super::sidebar::INDENT;

/// Number of rows that one notch of the wheel scrolls.
const ROWS_PER_NOTCH: isize = 3;

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        self.notice = None;
        let rows = match mouse.act {
            MouseAct::Click => {
                if self.layers.overlays.is_empty() && self.layers.prompt.is_none() {
                    return self.click(mouse);
                }
                return self.click_overlay(mouse);
            }
            MouseAct::WheelUp => -ROWS_PER_NOTCH,
            MouseAct::WheelDown => ROWS_PER_NOTCH,
        };
        let page = self.overlay_page();
        if let Some(picker) = self.layers.picker_mut() {
            picker.cursor.scroll(rows, picker.shown.len(), page);
            return Vec::new();
        }
        match self.panes().at(mouse.x, mouse.y) {
            Some(Pane::List) => {
                let page = self.list_page();
                self.list.scroll(rows, page);
            }
            Some(Pane::Text) => self.scroll_text(rows),
            Some(Pane::Quotes) => self.scroll_quotes(rows.signum()),
            None => {}
        }
        Vec::new()
    }

    fn scroll_text(&mut self, rows: isize) {
        if let Some((open, _, height)) = self.view() {
            open.scroll(Motion::Rows(rows), height);
        }
    }

    fn scroll_quotes(&mut self, cards: isize) {
        let focus = std::mem::replace(&mut self.focus, Pane::Quotes);
        self.go(Motion::Rows(cards));
        self.focus = focus;
    }

    fn click(&mut self, mouse: Mouse) -> Vec<Effect> {
        let panes = self.panes();
        let Some(pane) = panes.at(mouse.x, mouse.y) else {
            return Vec::new();
        };
        let area = inside(panes.of(pane));
        let row = usize::from(mouse.y.saturating_sub(area.y));
        let is_title = mouse.y < area.y;
        match pane {
            _ if is_title => self.focus_on(pane),
            Pane::List => {
                let at = self.list.cursor.top + row / rows_each(area.width);
                let is_again = self.focus == Pane::List && at == self.list.cursor.at;
                self.focus_on(pane);
                if is_again {
                    return self.open_selected();
                }
                if at < self.list.len() {
                    self.go(Motion::To(at));
                }
            }
            Pane::Text => self.focus_on(pane),
            Pane::Quotes => {
                let card = self.card_at(row, area.width);
                self.focus_on(pane);
                if let Some(card) = card {
                    self.go(Motion::To(card));
                }
            }
        }
        Vec::new()
    }

    fn card_at(&self, row: usize, width: u16) -> Option<usize> {
        let (article, open) = (self.article()?, self.reader.open.as_ref()?);
        let width = width.saturating_sub(INDENT);
        let mut used = 0;
        (self.reader.sidebar.cursor.top..self.reader.sidebar.shown.len()).find(|place| {
            let card = self
                .reader
                .sidebar
                .card(article, &open.utterances, *place, width);
            used += card.len().max(1);
            used > row
        })
    }

    fn click_overlay(&mut self, mouse: Mouse) -> Vec<Effect> {
        let area = self.overlay_area();
        let page = self.overlay_page();
        let Some(picker) = self.layers.picker_mut() else {
            return Vec::new();
        };
        if !area.contains((mouse.x, mouse.y).into()) {
            self.layers.overlays.pop();
            return Vec::new();
        }
        let row = usize::from(mouse.y.saturating_sub(area.y + 1)) / picker.rows();
        let at = picker.cursor.top + row;
        if at == picker.cursor.at {
            return self.open_selected();
        }
        if row < page && at < picker.shown.len() {
            picker.go(Motion::To(at), page);
        }
        Vec::new()
    }
}
