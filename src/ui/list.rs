//! Draws the list of articles: date, outlet, title and number of quotes. In a narrow pane each
//! article takes two rows.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::{bar_style, drawn, row_style, style};
use super::pen::{Pen, covers};
use super::{heading, library_signs};
use crate::app::command::Command;
use crate::app::groups::Line;
use crate::app::list::rows_each;
use crate::app::panes::{Pane, inside};
use crate::app::tray;
use crate::app::{App, LoadState};
use crate::config::Role;
use crate::model::{Article, ArticleId, Precision};
use crate::search::{Highlights, line_highlights};
use crate::text::{clip, printable, width};

/// Indent of the articles of a story below its heading, in columns.
const INDENT: u16 = 2;

/// The sign before a date that is far outside of those of the corpus.
const FAR: &str = "!";

/// Draws the visible lines of the list of articles.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) {
    let area = inside(area);
    if area.is_empty() {
        return;
    }
    if app.list.is_empty() {
        return draw_empty(app, area, buf);
    }
    let each = rows_each(area.width) as u16;
    let visible = (app.list.cursor.top..).map_while(|at| Some((at, app.list.line(at)?)));
    for (slot, (index, line)) in (0..area.height / each).zip(visible) {
        let row = Rect {
            y: area.y + slot * each,
            height: each,
            ..area
        };
        let is_selected = index == app.list.cursor.at;
        if is_selected {
            buf.set_style(row, row_style(app, Pane::List));
            for line in 0..each {
                Pen::new(buf, row, line).put(drawn(app, "▌"), bar_style(app, Pane::List));
            }
        }
        let base = if is_selected {
            row_style(app, Pane::List)
        } else {
            Style::new()
        };
        if let Line::Heading(story) = line {
            heading::draw(app, story, base, row, buf);
        } else {
            draw_article(app, line, base, row, buf);
        }
    }
}

fn draw_article(app: &App, line: Line, base: Style, row: Rect, buf: &mut Buffer) {
    let id = line.article();
    let Some(article) = app.corpus.get(id) else {
        return;
    };
    let mut entry = Entry::new(app, id, article, base);
    if app.library.tray.has(tray::Entry::Article(id)) {
        entry.tray = "+";
    }
    let indent = match line {
        Line::Member(_) => INDENT.min(row.width),
        _ => 0,
    };
    let row = Rect {
        x: row.x + indent,
        width: row.width - indent,
        ..row
    };
    if row.height == 1 {
        entry.draw_one(row, buf);
    } else {
        entry.draw_two(row, buf);
    }
}

fn draw_empty(app: &App, area: Rect, buf: &mut Buffer) {
    let key = |command: Command| {
        let names = app.keys.keymap.names(command);
        names.split(' ').next().unwrap_or("?").to_owned()
    };
    let lines = if app.filter.is_active() {
        [
            app.tr("Nothing matches.").to_owned(),
            app.tr("Esc shows all articles again; text:word looks in all of the text.")
                .to_owned(),
        ]
    } else if app.load.state == LoadState::Running {
        [app.tr("Reading …").to_owned(), String::new()]
    } else {
        let fault = app.load.issues.first().map(ToString::to_string);
        [
            fault.map_or_else(
                || app.tr("No articles here.").to_owned(),
                |fault| printable(&fault).into_owned(),
            ),
            app.fill(
                "{0} lists what was wrong, {1} quits.",
                &[&key(Command::Faults), &key(Command::Leave)],
            ),
        ]
    };
    for (row, line) in (1..).zip(&lines) {
        let mut pen = Pen::new(buf, area, row);
        pen.put("  ", Style::new());
        let room = pen.room();
        pen.put_clipped(line, room, style(app, Role::Dim));
    }
}

struct Entry<'a> {
    app: &'a App,
    id: ArticleId,
    base: Style,
    title: String,
    outlet: String,
    outlet_sign: &'static str,
    date: String,
    quotes: String,
    highlights: Highlights,
    /// The sign `+` if the article is on the tray, else a space.
    tray: &'static str,
}

impl<'a> Entry<'a> {
    fn new(app: &'a App, id: ArticleId, article: &Article, base: Style) -> Self {
        let structure = &article.structure;
        let highlights = if app.filter.is_active() {
            line_highlights(&app.filter.query, article)
        } else {
            Highlights::default()
        };
        let outlet = structure.outlet.as_ref();
        let title = article.title();
        Self {
            app,
            id,
            base,
            title: title.map_or_else(|| format!("[{}]", article.key), Cow::into_owned),
            outlet: outlet.map_or(String::new(), |outlet| outlet.name.to_string()),
            outlet_sign: match outlet {
                Some(outlet) if outlet.from.is_inferred() => "~",
                _ => "",
            },
            date: date(app, article),
            quotes: match article.quotes.len() {
                0 => String::new(),
                count => format!("{count}”"),
            },
            highlights,
            tray: " ",
        }
    }

    fn style(&self, role: Role) -> Style {
        self.base.patch(style(self.app, role))
    }

    /// Draws an article on one row: date, outlet, title and quotes in columns.
    fn draw_one(&self, row: Rect, buf: &mut Buffer) {
        let outlet = (row.width / 6).clamp(8, 18);
        let mut pen = Pen::new(buf, row, 0);
        self.put_sign(&mut pen, row);
        pen.put_right(self.tray, self.style(Role::Accent));
        pen.put_right(&format!("{:>4}", self.quotes), self.style(Role::Dim));
        pen.put_right(" ", self.base);
        self.put_where(&mut pen);
        library_signs::tags(self.app, self.id, &mut pen, self.base);
        self.put_date(&mut pen);
        pen.to(row.x + 14);
        self.put_outlet(&mut pen, outlet);
        pen.to(row.x + 14 + outlet + 2);
        self.put_title(&mut pen);
    }

    /// Draws an article on two rows: the title, and below it the other facts.
    fn draw_two(&self, row: Rect, buf: &mut Buffer) {
        let mut pen = Pen::new(buf, row, 0);
        self.put_sign(&mut pen, row);
        pen.put_right(self.tray, self.style(Role::Accent));
        self.put_where(&mut pen);
        self.put_title(&mut pen);
        let mut pen = Pen::new(buf, row, 1);
        pen.to(row.x + 2);
        pen.put_right(" ", self.base);
        pen.put_right(&self.quotes, self.style(Role::Dim));
        pen.put_right(" ", self.base);
        library_signs::tags(self.app, self.id, &mut pen, self.base);
        self.put_date(&mut pen);
        if !self.outlet.is_empty() {
            pen.put(" · ", self.style(Role::Dim));
            let room = pen.room();
            self.put_outlet(&mut pen, room);
        }
    }

    /// Draws `by speaker` if the article matches the filter only by a speaker, because nothing else
    /// in its row shows why it is listed.
    fn put_where(&self, pen: &mut Pen) {
        let shown = [
            &self.highlights.title,
            &self.highlights.outlet,
            &self.highlights.date,
        ];
        if shown.iter().all(|part| part.is_empty()) && !self.highlights.speakers.is_empty() {
            pen.put_right(
                &format!(" {} ", self.app.tr("by speaker")),
                self.style(Role::Match).not_underlined(),
            );
        }
    }

    /// Draws a dot if the article is unread.
    fn put_sign(&self, pen: &mut Pen, row: Rect) {
        pen.to(row.x + 1);
        library_signs::unread(self.app, self.id, pen, self.base);
        pen.to(row.x + 2);
    }

    fn put_date(&self, pen: &mut Pen) {
        let sign = self.date.len() - self.date.trim_start_matches(['~', '!']).len();
        self.put_highlighted(pen, &self.date, Role::Dim, |at| {
            at.checked_sub(sign)
                .is_some_and(|at| covers(&self.highlights.date, at, |r| (r.start, r.end)))
        });
    }

    fn put_outlet(&self, pen: &mut Pen, max: u16) {
        pen.put(self.outlet_sign, self.style(Role::Dim));
        let name = clip(
            &self.outlet,
            max.saturating_sub(width(self.outlet_sign)).min(pen.room()),
        );
        self.put_highlighted(pen, &name, Role::Dim, |at| {
            covers(&self.highlights.outlet, at, |r| (r.start, r.end))
        });
    }

    fn put_title(&self, pen: &mut Pen) {
        let title = clip(&self.title, pen.room());
        let plain = self.style(Role::Text);
        let matched = plain.patch(style(self.app, Role::Match));
        pen.put_each(&title, |at| {
            if covers(&self.highlights.title, at, |r| (r.start, r.end)) {
                matched
            } else {
                plain
            }
        });
    }

    fn put_highlighted(
        &self,
        pen: &mut Pen,
        words: &str,
        role: Role,
        is_highlighted: impl Fn(usize) -> bool,
    ) {
        let plain = self.style(role);
        let matched = plain.patch(style(self.app, Role::Match));
        pen.put_each(words, |at| if is_highlighted(at) { matched } else { plain });
    }
}

/// Returns the date of publication of an article, as precisely as it is known, or a word that says
/// that it is unknown.
fn date(app: &App, article: &Article) -> String {
    let Some(published) = &article.structure.published else {
        return app.tr("undated").to_owned();
    };
    let sign = match (app.is_far(published), published.from.is_inferred()) {
        (true, _) => FAR,
        (false, true) => "~",
        (false, false) => "",
    };
    let pattern = match published.precision {
        Precision::Year => "%Y",
        Precision::Month => "%Y-%m",
        Precision::Day | Precision::Minute => app.view.dates.as_deref().unwrap_or("%Y-%m-%d"),
    };
    format!("{sign}{}", published.date.format(pattern))
}
