//! Positions and sizes on the screen: panes, the columns of the text, overlays.

use ratatui::layout::Rect;

use super::boards::{Board, MATRIX_FOOT, MATRIX_HEAD, bar_rows, compare_head, timeline_head};
use super::overlay::Overlay;
use super::page::Setting;
use super::panes::{self, Needs, Pane, Panes, Wanted};
use super::picker::Picker;
use super::{App, Columns, Signs, list};
use crate::config::Numbers;

/// Number of screen columns before each text column: one for the bar of the current quote, one for
/// the sign of a note, one blank.
pub const GUTTER: u16 = 3;

/// Number of blank columns between two columns of text.
pub const BETWEEN: u16 = 4;

/// Minimum width of a text pane with a minimap at its right edge, in columns of the screen.
const MINIMAP_FROM: u16 = 44;

/// Returns whether a text pane of this width has a minimap.
pub fn has_minimap(width: u16) -> bool {
    width >= MINIMAP_FROM
}

/// Returns the number of columns of a text pane that contain no text: the gutter, and the right
/// margin with the two columns of the minimap.
fn margin(width: u16) -> u16 {
    GUTTER + if has_minimap(width) { 3 } else { 1 }
}

/// Maximum height of an overlay, in rows of the screen.
const MAX_ROWS: u16 = 48;

impl App {
    /// Returns the areas of the panes on the current screen.
    pub fn panes(&self) -> Panes {
        let wanted = Wanted {
            focus: self.focus,
            sidebar: self.view.sidebar,
            zoom: self.view.zoom,
            needs: Needs {
                list: self.list.needed,
                text: self.view.column.saturating_add(GUTTER + 3),
            },
        };
        Panes::new(self.screen.0, self.screen.1, wanted)
    }

    /// Returns the number of rows of a pane below its title. For the text pane, counts the rows of
    /// all its text columns together.
    pub fn height(&self, pane: Pane) -> usize {
        let rows = usize::from(panes::inside(self.panes().of(pane)).height);
        match pane {
            Pane::Text => rows * self.text_columns(),
            Pane::List | Pane::Quotes => rows,
        }
    }

    /// Returns the number of columns in which the text is set: two if the user wants that and they
    /// fit, else one.
    pub fn text_columns(&self) -> usize {
        let fits = self.panes().text.width >= 2 * (self.setting().width + GUTTER) + BETWEEN;
        if fits && self.view.columns == Columns::Two {
            2
        } else {
            1
        }
    }

    /// Returns the number of articles that fit into the list pane at once.
    pub fn list_page(&self) -> usize {
        self.height(Pane::List) / list::rows_each(self.panes().list.width)
    }

    /// Returns the settings for laying out the text on the current screen.
    pub fn setting(&self) -> Setting {
        let pane = self.panes().text.width;
        // A hidden pane is laid out for the width that it will have when it is shown.
        let pane = if pane == 0 { self.screen.0 } else { pane };
        Setting {
            width: self
                .view
                .column
                .min(pane.saturating_sub(margin(pane)))
                .max(1),
            furniture: self.reader.furniture,
            numbers: match self.view.signs {
                Signs::Plain | Signs::Ascii => Numbers::Brackets,
                Signs::Usual => self.theme().numbers,
            },
        }
    }

    /// Returns the area of the topmost overlay on the screen.
    pub fn overlay_area(&self) -> Rect {
        let (width, height) = self.screen;
        let widest = self.layers.overlays.last().map_or(100, Overlay::columns);
        let (wide, high) = (width.min(widest), height.min(MAX_ROWS));
        let is_small = width < 60 || height < 14;
        let (dx, dy) = if is_small { (0, 0) } else { (4, 2) };
        let needed = self.layers.picker().map_or(0, |picker| {
            picker.items.len().saturating_mul(picker.rows()).max(2) + 2
        });
        let high = high.min(u16::try_from(needed).unwrap_or(u16::MAX));
        let (wide, high) = (wide.min(width - dx), high.min(height - dy));
        Rect::new((width - wide) / 2, (height - high) / 2, wide, high)
    }

    /// Returns the number of screen rows of the topmost board below its headings.
    pub fn board_page(&self) -> usize {
        let body = self.screen.1.saturating_sub(1);
        let head = match self.layers.boards.last() {
            Some(Board::Compare(compare)) => compare_head(compare),
            Some(Board::Matrix(_)) => MATRIX_HEAD + MATRIX_FOOT,
            Some(Board::Timeline(_)) => self.timeline_head(),
            None => 0,
        };
        usize::from(body.saturating_sub(head))
    }

    /// Returns the number of screen rows that the bars of a timeline are high. There are none for a
    /// screen reader, to which words say the same.
    pub fn bar_rows(&self) -> u16 {
        match self.view.signs {
            Signs::Plain => 0,
            Signs::Usual | Signs::Ascii => bar_rows(self.screen.1.saturating_sub(1)),
        }
    }

    /// Returns the number of screen rows above the list of a timeline.
    pub fn timeline_head(&self) -> u16 {
        timeline_head(self.bar_rows())
    }

    /// Returns the number of items that fit into the topmost overlay at once.
    pub fn overlay_page(&self) -> usize {
        let rows = self.layers.picker().map_or(1, Picker::rows);
        usize::from(self.overlay_area().height.saturating_sub(2)) / rows
    }
}
