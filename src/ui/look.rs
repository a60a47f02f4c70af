//! Styles of the current theme, and the signs that are drawn.

use ratatui::style::Style;

use crate::app::panes::Pane;
use crate::app::{App, Signs};
use crate::config::Role;
use crate::people::PersonId;

/// Returns the sign to draw: `sign`, or the plain text that replaces it for a screen reader.
pub(super) fn drawn(app: &App, sign: &'static str) -> &'static str {
    match (app.view.signs, sign) {
        (Signs::Usual, _) => sign,
        (Signs::Plain | Signs::Ascii, "▌" | "▸") => ">",
        (Signs::Plain, "·") | (Signs::Ascii, "─") => "-",
        (Signs::Plain | Signs::Ascii, "▾") => "v",
        (Signs::Ascii, "·" | "⋯") => ".",
        (Signs::Ascii, "━") => "=",
        (Signs::Ascii, "┃") => "|",
        (Signs::Plain | Signs::Ascii, _) => " ",
    }
}

/// Returns the style of something that is drawn on a row with the style `row`. A selected row that
/// sets the colour of its letters keeps it, because another colour may not be readable on its
/// background.
pub(super) fn on_row(row: Style, style: Style) -> Style {
    let both = row.patch(style);
    match (row.fg, row.bg) {
        (Some(letters), Some(_)) => both.fg(letters),
        _ => both,
    }
}

/// Returns the style of a person's words and name, the same in every view.
pub(super) fn person_style(app: &App, person: PersonId) -> Style {
    app.theme().speaker(app.person_hue(person)).not_underlined()
}

/// Returns the style that the current theme gives to a role, such as a headline.
pub(super) fn style(app: &App, role: Role) -> Style {
    app.theme().style(role)
}

/// Returns whether keys go to a pane now: it has the focus, and no overlay is open.
pub(super) fn is_focused(app: &App, pane: Pane) -> bool {
    app.focus == pane && app.layers.overlays.is_empty()
}

/// Returns the style of the selected row of a pane, which depends on whether the pane takes keys.
pub(super) fn row_style(app: &App, pane: Pane) -> Style {
    style(
        app,
        if is_focused(app, pane) {
            Role::Row
        } else {
            Role::RowIdle
        },
    )
}

/// Returns the style of the bar before the selected item of a pane, which depends on whether the
/// pane takes keys.
pub(super) fn bar_style(app: &App, pane: Pane) -> Style {
    style(
        app,
        if is_focused(app, pane) {
            Role::Focus
        } else {
            Role::Rule
        },
    )
}
