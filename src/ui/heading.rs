//! Draws the heading of a story in the list: whether it is folded, its title, how many articles,
//! texts and outlets report it, and when.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::style;
use super::pen::Pen;
use crate::app::groups::{Fold, Heading};
use crate::app::{App, Signs};
use crate::config::Role;
use crate::relate;
use crate::text::width;

/// Draws the heading of a story. If `row` is one screen row high, the facts follow the title;
/// otherwise they are on a second row.
pub fn draw(app: &App, heading: Heading, base: Style, row: Rect, buf: &mut Buffer) {
    let Some(survey) = &app.surveys.ready else {
        return;
    };
    let (Some(story), Some(head)) = (
        survey.stories.get(heading.story),
        survey.heading(heading.story),
    ) else {
        return;
    };
    let facts = facts(
        app,
        heading,
        head,
        (story.articles.len(), story.independent),
    );
    let dim = base.patch(style(app, Role::Dim));
    let mut pen = Pen::new(buf, row, 0);
    pen.to(row.x + 2);
    pen.put(sign(app, heading.fold), base.patch(style(app, Role::Key)));
    pen.put(" ", base);
    if row.height == 1 {
        pen.put_right(" ", base);
        pen.put_right(&fitting(&facts, pen.room() / 2), dim);
        pen.put_right("  ", base);
    }
    let room = pen.room();
    let title = if head.title.is_empty() {
        "[no title]"
    } else {
        &head.title
    };
    pen.put_clipped(title, room, base.patch(style(app, Role::Headline)));
    if row.height > 1 {
        let mut pen = Pen::new(buf, row, 1);
        pen.to(row.x + 4);
        pen.put(&fitting(&facts, pen.room()), dim);
    }
}

fn sign(app: &App, fold: Fold) -> &'static str {
    match (app.view.signs, fold) {
        (Signs::Usual, Fold::Closed) => "▸",
        (Signs::Usual, Fold::Open) => "▾",
        (Signs::Plain | Signs::Ascii, Fold::Closed) => "folded:",
        (Signs::Plain | Signs::Ascii, Fold::Open) => "story:",
    }
}

/// Returns the facts of a story for its heading, most important first: articles and independent
/// texts, outlets, days.
fn facts(
    app: &App,
    heading: Heading,
    head: &relate::Heading,
    (all, independent): (usize, usize),
) -> [String; 3] {
    let [shown, whole, texts, outlets] =
        [heading.shown as usize, all, independent, head.outlets.len()]
            .map(|count| count.to_string());
    let mut articles = if heading.shown as usize == all {
        app.fill("{0} articles", &[&whole])
    } else {
        app.fill("{0} of {1} articles", &[&shown, &whole])
    };
    if independent < all {
        let one_or_more = if independent == 1 {
            "1 text"
        } else {
            "{0} texts"
        };
        articles.push_str(", ");
        articles.push_str(&app.fill(one_or_more, &[&texts]));
    }
    let outlets = match &*head.outlets {
        [] => app.tr("no outlet").to_owned(),
        [one] => one.to_string(),
        _ => app.fill("{0} outlets", &[&outlets]),
    };
    [articles, outlets, head.days_in_words()]
}

/// Joins the first of `facts`, as many as fit into `room` columns.
fn fitting(facts: &[String], room: u16) -> String {
    let mut words = String::new();
    for fact in facts {
        let sign = if words.is_empty() { "" } else { " · " };
        if width(&words) + width(sign) + width(fact) > room {
            break;
        }
        words.push_str(sign);
        words.push_str(fact);
    }
    words
}
