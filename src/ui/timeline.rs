//! Draws a timeline: bars on a true scale of time, and below them the steps of time, each with what
//! was said most and the statements that it unfolds into.

mod bars;
mod list;
mod steps;
mod view;
mod words;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::App;
use crate::app::timeline::Timeline;
use view::View;

/// Draws a timeline on `area`, which takes the place of all panes.
pub fn draw(app: &App, timeline: &Timeline, area: Rect, buf: &mut Buffer) {
    let view = View {
        app,
        timeline,
        area,
    };
    view.draw_title(buf);
    let rows = app.bar_rows();
    if rows > 0 {
        view.draw_series(buf);
        bars::draw(&view, rows, buf);
    } else {
        words::draw(&view, buf);
    }
    list::draw(&view, buf);
}
