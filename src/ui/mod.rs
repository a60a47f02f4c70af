//! Draws the state of the reader. This module reads `App` and never changes it.

mod compare;
mod frame;
mod heading;
mod hints;
mod ink;
mod library_signs;
mod list;
mod look;
mod matrix;
mod minimap;
mod overlay;
mod pen;
mod quotes;
mod status;
mod text;
mod timeline;
mod trends;

use ratatui::Frame;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use crate::app::App;
use crate::app::boards::Board;

/// Draws the whole screen: the panes or a board, the status line, and the topmost overlay.
pub fn draw(app: &App, frame: &mut Frame) {
    let area = frame.area();
    if area.width < 2 || area.height < 2 {
        return;
    }
    let panes = app.panes();
    let buf = frame.buffer_mut();
    if let Some(board) = app.layers.boards.last() {
        draw_board(app, board, area, buf);
    } else {
        frame::draw(app, &panes, buf);
        list::draw(app, panes.list, buf);
        text::draw(app, panes.text, buf);
        quotes::draw(app, panes.quotes, buf);
    }
    let cursor = status::draw(app, panes.status, buf);
    let cursor = overlay::draw(app, buf).or(cursor);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// A web address on the screen that the terminal can turn into a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address as written in the article. It may contain anything and must be checked before
    /// use.
    pub address: String,
    /// The cells of the screen that show the address, each with its column and row.
    pub cells: Vec<(u16, u16, Cell)>,
}

/// Returns the web addresses that are visible in what was drawn. Returns none while something
/// covers the text or a line is being typed, because writing a link would move the cursor.
pub fn links(app: &App, drawn: &Buffer) -> Vec<Link> {
    let is_covered = !app.layers.is_empty();
    let address = app
        .article()
        .and_then(|article| article.structure.url.as_deref());
    let Some(address) = address.filter(|_| !is_covered) else {
        return Vec::new();
    };
    let rows = text::address_rows(app, app.panes().text).into_iter();
    let places = rows.flat_map(|row| row.intersection(drawn.area).positions());
    let cells = places.filter_map(|at| Some((at.x, at.y, drawn.cell(at)?.clone())));
    let cells: Vec<_> = cells.collect();
    if cells.is_empty() {
        return Vec::new();
    }
    let address = address.to_owned();
    vec![Link { address, cells }]
}

/// Draws a board over the whole screen except the last row.
fn draw_board(app: &App, board: &Board, area: Rect, buf: &mut Buffer) {
    let body = Rect {
        height: area.height - 1,
        ..area
    };
    match board {
        Board::Compare(shown) => compare::draw(app, shown, body, buf),
        Board::Matrix(shown) => matrix::draw(app, shown, body, buf),
        Board::Timeline(shown) => timeline::draw(app, shown, body, buf),
    }
}
