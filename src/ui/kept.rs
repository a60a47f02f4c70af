//! The signs of what is kept: unread articles and tags in the list, notes in the text.

use ratatui::style::Style;

use super::pen::Pen;
use super::style;
use crate::app::App;
use crate::config::Role;
use crate::model::ArticleId;
use crate::text::ByteSpan;

/// Marks an unread article before its title; says how its title is drawn.
pub fn unread(app: &App, id: ArticleId, pen: &mut Pen, base: Style) -> Style {
    if !app.keeping.is_on() || app.keeping.is_read(id) {
        return base;
    }
    pen.put("•", base.patch(style(app, Role::Accent)));
    base.patch(style(app, Role::Headline))
}

/// The tags of an article, behind its title.
pub fn tags(app: &App, id: ArticleId, pen: &mut Pen, base: Style) {
    let Some(key) = app.keeping.key(id) else {
        return;
    };
    for tag in app.keeping.state().tags(key) {
        pen.put("  ", base);
        let room = pen.room();
        pen.put_clipped(&format!("#{tag}"), room, base.patch(style(app, Role::Key)));
    }
}

/// A sign beside a row of the text on which a note's passage begins.
pub fn note(app: &App, row: ByteSpan, pen: &mut Pen) {
    let begins = |span: ByteSpan| row.covers(span.start as usize);
    let mut notes = app.keeping.here.iter();
    if notes.any(|note| note.span.is_some_and(begins)) {
        pen.put("✎", style(app, Role::Accent));
    }
}
