//! Draws the minimap at the right edge of the text: quotations in the colours of their speakers,
//! and beside them the place of the window, matches and notes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::{is_focused, style};
use super::pen::Pen;
use crate::app::minimap::{MapCell, MapMark};
use crate::app::panes::Pane;
use crate::app::{App, Signs, has_minimap};
use crate::config::Role;

/// Draws the minimap on the last two columns of `area`, the text pane without its title. Draws
/// nothing in plain mode, where the title of the pane says it in words.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) {
    if !has_minimap(area.width) || app.view.signs == Signs::Plain {
        return;
    }
    let edge = Rect {
        x: area.right() - 2,
        width: 2,
        ..area
    };
    for (row, cell) in (0..).zip(app.minimap(area.height)) {
        let mut pen = Pen::new(buf, edge, row);
        draw_track(app, cell, &mut pen);
        if let Some(utterance) = cell.utterance {
            pen.to(edge.x + 1);
            pen.put("▐", speaker(app, utterance));
        }
    }
}

/// Draws what is beside the quotations: a note, a match, or the line that marks the window.
fn draw_track(app: &App, cell: MapCell, pen: &mut Pen) {
    let window = if is_focused(app, Pane::Text) {
        Role::Focus
    } else {
        Role::Dim
    };
    let (sign, role) = match cell.mark {
        Some(MapMark::Note) => ("✎", Role::Accent),
        Some(MapMark::Match) => ("•", Role::Match),
        None if cell.is_visible => ("┃", window),
        None => return,
    };
    pen.put(sign, style(app, role).not_underlined());
}

fn speaker(app: &App, utterance: usize) -> Style {
    let open = app.reader.open.as_ref();
    let quote = open.and_then(|open| open.quote_of(utterance));
    let style = quote.map_or_else(Style::new, |quote| app.speaker_style(quote));
    style.not_underlined()
}
