//! Draws the lines between panes, with the title of each pane in the line above it. The pane that
//! takes keys has a heavy line and a marker, so that colour is never the only sign.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{drawn, is_focused, style};
use super::pen::Pen;
use crate::app::list::Grouping;
use crate::app::panes::{Pane, Panes, inside};
use crate::app::sidebar::Arrangement;
use crate::app::{App, Signs};
use crate::config::Role;

/// Draws the titles of all panes and the lines between the panes.
pub fn draw(app: &App, panes: &Panes, buf: &mut Buffer) {
    for pane in [Pane::List, Pane::Text, Pane::Quotes] {
        let area = panes.of(pane);
        if area.is_empty() {
            continue;
        }
        title(app, pane, area, buf);
        if area.x > 0 {
            divide(app, area, buf);
        }
    }
}

fn title(app: &App, pane: Pane, area: Rect, buf: &mut Buffer) {
    let is_focused = is_focused(app, pane);
    let (line, role) = if is_focused {
        ("━", Role::Focus)
    } else {
        ("─", Role::Rule)
    };
    let line = drawn(app, line);
    let line_style = style(app, role);
    let title_style = style(
        app,
        if is_focused {
            Role::Focus
        } else {
            Role::PaneTitle
        },
    );
    let mut pen = Pen::new(buf, area, 0);
    pen.put(line, line_style);
    let note = note(app, pane);
    if !note.is_empty() && pen.room() > 24 {
        pen.put_right(line, line_style);
        pen.put_right(&format!(" {note} "), title_style);
    }
    if is_focused {
        pen.put(&format!(" {}", drawn(app, "▸")), title_style);
    }
    pen.put(" ", title_style);
    pen.put(app.tr(name(app, pane)), title_style);
    pen.put(" ", title_style);
    pen.fill(line, line_style);
}

fn name(app: &App, pane: Pane) -> &'static str {
    match pane {
        Pane::List if app.list.grouping == Grouping::Stories => "Articles by story",
        Pane::List => "Articles",
        Pane::Text if app.reader.selection.is_some() => "Text · selecting",
        Pane::Text => "Text",
        Pane::Quotes if app.reader.sidebar.arrangement == Arrangement::Speaker => {
            "Quotes by speaker"
        }
        Pane::Quotes => "Quotes",
    }
}

/// Returns the text at the right end of a pane's title: the user's position in the pane, and the
/// words of a search.
fn note(app: &App, pane: Pane) -> String {
    let place = |at: usize, len: usize| {
        if len == 0 {
            String::new()
        } else {
            format!("{}/{len}", at + 1)
        }
    };
    match pane {
        Pane::List => place(app.list.cursor.at, app.list.len()),
        Pane::Quotes => {
            let place = place(app.reader.sidebar.cursor.at, app.reader.sidebar.shown.len());
            if app.reader.sidebar.words.is_empty() {
                place
            } else {
                format!("“{}” {place}", app.reader.sidebar.words)
            }
        }
        Pane::Text => {
            let height = app.height(Pane::Text);
            let open = app.reader.open.as_ref();
            let percent = open.map(|open| format!("{}%", open.percent(height)));
            let found = app.reader.find.at.map(|at| {
                let place = place(at, app.reader.find.found.len());
                match &*app.reader.find.words {
                    "" => place,
                    words => format!("“{words}” {place}"),
                }
            });
            let around = open.filter(|_| app.view.signs == Signs::Plain);
            let around = around.map(|_| quotes_around(app));
            let known = [found, around, percent].into_iter().flatten();
            known.collect::<Vec<_>>().join(" · ")
        }
    }
}

/// Returns in words what the minimap shows: how many quotations are before, in and after the visible
/// text.
fn quotes_around(app: &App) -> String {
    let around = app.quotes_around();
    let counts = [around.above, around.here, around.below].map(|count| count.to_string());
    let [above, here, below] = &counts;
    app.fill(
        "quotes: {0} above, {1} here, {2} below",
        &[above, here, below],
    )
}

/// Draws the line to the left of a pane, joined to the titles at its top.
fn divide(app: &App, area: Rect, buf: &mut Buffer) {
    if app.view.signs != Signs::Usual {
        return;
    }
    let rule = style(app, Role::Rule);
    let column = Rect {
        x: area.x - 1,
        width: 1,
        ..area
    };
    for row in 0..inside(area).height {
        Pen::new(buf, column, row + 1).put("│", rule);
    }
    Pen::new(buf, column, 0).put("┬", rule);
}
