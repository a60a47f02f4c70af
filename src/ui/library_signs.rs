//! Draws the signs of library data: unread articles and tags in the list, notes in the text.

use ratatui::style::Style;

use super::look::style;
use super::pen::Pen;
use crate::app::App;
use crate::config::Role;
use crate::model::ArticleId;
use crate::text::{ByteSpan, clip};

/// Draws a dot before the title of an article if it is unread. The title itself has no weight of
/// its own, because most rows of a new corpus are unread.
pub fn unread(app: &App, id: ArticleId, pen: &mut Pen, base: Style) {
    if app.library.is_on() && !app.library.is_read(id) {
        pen.put("•", base.patch(style(app, Role::Accent)));
    }
}

/// Draws the tags of an article at the right end of a row.
pub fn tags(app: &App, id: ArticleId, pen: &mut Pen, base: Style) {
    let Some(key) = app.library.key(id) else {
        return;
    };
    let tags = app.library.state().tags(key).map(|tag| format!("#{tag}"));
    let words = tags.collect::<Vec<_>>().join(" ");
    if !words.is_empty() {
        let words = clip(&words, pen.room() / 3);
        pen.put_right(" ", base);
        pen.put_right(&words, base.patch(style(app, Role::Key)));
        pen.put_right(" ", base);
    }
}

/// Draws a sign beside a row of the text if one of the passages `noted`, which have notes, begins
/// in it.
pub fn note(app: &App, noted: &[ByteSpan], row: ByteSpan, pen: &mut Pen) {
    if noted.iter().any(|span| row.covers(span.start as usize)) {
        pen.put("✎", style(app, Role::Accent));
    }
}
