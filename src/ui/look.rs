//! How things look: the styles of the theme, and the signs that are drawn.

use ratatui::style::Style;

use crate::app::panes::Pane;
use crate::app::{App, Signs};
use crate::config::Role;

/// A sign that is drawn, or what a screen reader may speak instead.
pub(super) fn drawn(app: &App, sign: &'static str) -> &'static str {
    match (app.view.signs, sign) {
        (Signs::Usual, _) => sign,
        (Signs::Plain, "▌" | "▸") => ">",
        (Signs::Plain, "·") => "-",
        (Signs::Plain, "▾") => "v",
        (Signs::Plain, _) => " ",
    }
}

/// The style of a role in the current theme.
pub(super) fn style(app: &App, role: Role) -> Style {
    app.theme().style(role)
}

/// Whether a pane takes keys now.
pub(super) fn is_focused(app: &App, pane: Pane) -> bool {
    app.focus == pane && app.layers.overlays.is_empty()
}

/// How a selected row is drawn in a pane that takes keys, or in another.
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

/// The bar before what is selected in a pane.
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
