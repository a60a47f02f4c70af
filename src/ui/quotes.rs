//! Draws the quotes sidebar: one card per utterance, with the number and colour that the utterance
//! has in the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::{bar_style, drawn, row_style, style};
use super::pen::Pen;
use crate::app::App;
use crate::app::panes::{Pane, inside};
use crate::app::reader::Open;
use crate::app::sidebar::{Arrangement, CardLine, Ending, INDENT, confidence_sign, nesting_sign};
use crate::app::tray::Entry;
use crate::app::utterances::Utterance;
use crate::config::Role;
use crate::model::Article;
use crate::text::width;

/// Draws the visible cards of the quotes sidebar.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) {
    let area = inside(area);
    if area.is_empty() {
        return;
    }
    let (Some(open), Some(article)) = (&app.reader.open, app.article()) else {
        return;
    };
    if app.reader.sidebar.shown.is_empty() {
        return draw_empty(app, area, buf);
    }
    let mut row = 0;
    for place in app.reader.sidebar.cursor.top..app.reader.sidebar.shown.len() {
        let lines = app.reader.sidebar.card(
            article,
            &open.utterances,
            place,
            area.width.saturating_sub(INDENT),
        );
        let card = Card::new(app, open, article, place);
        for line in &lines {
            if row >= area.height {
                return;
            }
            card.draw(line, area, row, buf);
            row += 1;
        }
    }
}

fn draw_empty(app: &App, area: Rect, buf: &mut Buffer) {
    let words = if app.reader.sidebar.words.is_empty() {
        "No quotes in this article."
    } else {
        "No such quote: / changes the words."
    };
    let mut pen = Pen::new(buf, area, 1);
    pen.put("  ", Style::new());
    let room = pen.room();
    pen.put_clipped(words, room, style(app, Role::Dim));
}

struct Card<'a> {
    app: &'a App,
    open: &'a Open,
    article: &'a Article,
    utterance: usize,
    is_current: bool,
}

impl<'a> Card<'a> {
    fn new(app: &'a App, open: &'a Open, article: &'a Article, place: usize) -> Self {
        Self {
            app,
            open,
            article,
            utterance: app.reader.sidebar.shown.get(place).copied().unwrap_or(0),
            is_current: place == app.reader.sidebar.cursor.at,
        }
    }

    /// Returns the style of the utterance's speaker.
    fn colour(&self) -> Style {
        let first = self.open.quote_of(self.utterance);
        first.map_or_else(Style::new, |quote| self.app.speaker_style(quote))
    }

    fn draw(&self, line: &CardLine, area: Rect, row: u16, buf: &mut Buffer) {
        let has_bar = !matches!(line, CardLine::Blank | CardLine::Heading(_));
        let mut base = Style::new();
        if self.is_current && has_bar {
            base = row_style(self.app, Pane::Quotes);
            let whole = Rect {
                y: area.y + row,
                height: 1,
                ..area
            };
            buf.set_style(whole, base);
            Pen::new(buf, area, row).put(drawn(self.app, "▌"), bar_style(self.app, Pane::Quotes));
        }
        let mut pen = Pen::new(buf, area, row);
        pen.to(area.x + 1);
        match line {
            CardLine::Blank => {}
            CardLine::Heading(speaker) => self.draw_heading(*speaker, pen),
            CardLine::Head => self.draw_head(base, pen),
            CardLine::Words(words, ending) => {
                pen.to(area.x + INDENT - 1);
                let mut text = base.patch(style(self.app, Role::Text));
                let quote = self.open.utterances.first(self.article, self.utterance);
                if quote.is_some_and(|quote| quote.kind.is_reported()) {
                    text = text.italic();
                }
                pen.put(words, text);
                if *ending == Ending::Cut && !words.ends_with('…') {
                    pen.put(" …", base.patch(style(self.app, Role::Dim)));
                }
            }
            CardLine::Via(around) => {
                let parts = around.iter();
                let words: Vec<_> = parts
                    .map(|(words, own)| self.app.fill(words, &[own]))
                    .collect();
                pen.to(area.x + INDENT - 1);
                let room = pen.room().saturating_sub(1);
                pen.put_clipped(
                    &words.join(" · "),
                    room,
                    base.patch(style(self.app, Role::Dim)),
                );
            }
        }
    }

    fn draw_heading(&self, speaker: Option<usize>, mut pen: Pen) {
        let name = speaker.and_then(|at| self.open.utterances.speakers.get(at));
        let heading = self.colour().patch(style(self.app, Role::Current));
        let room = pen.room().saturating_sub(1);
        pen.put_clipped(
            name.map_or(self.app.tr("Unattributed"), String::as_str),
            room,
            heading.not_underlined(),
        );
    }

    fn draw_head(&self, base: Style, mut pen: Pen) {
        let Some(utterance) = self.open.utterances.all.get(self.utterance) else {
            return;
        };
        let quote = self.open.utterances.first(self.article, self.utterance);
        let colour = self.colour().not_underlined();
        let bold = base.patch(colour).patch(style(self.app, Role::Current));
        let dim = base.patch(style(self.app, Role::Dim));
        let first = self.open.quote_of(self.utterance);
        let on_tray = first.is_some_and(|id| self.app.library.tray.has(Entry::Quote(id)));
        let sign = if on_tray { "+" } else { " " };
        pen.put_right(sign, base.patch(style(self.app, Role::Accent)));
        let sidebar = &self.app.reader.sidebar;
        let utterances = &self.open.utterances;
        let folded = sidebar.folded_into(self.article, utterances, self.utterance);
        if folded > 0 {
            pen.put_right(&format!(" +{folded}"), dim);
        }
        pen.put_right(
            quote.map_or("", |quote| self.app.tr(quote.kind.name())),
            dim,
        );
        pen.put_right(" ", base);
        pen.put(&format!("{:>3} ", utterance.number), bold);
        pen.put(nesting_sign(utterance.nesting), dim);
        if self.app.reader.sidebar.arrangement == Arrangement::Speaker {
            return;
        }
        let (name, doubt) = self.named(utterance);
        let Some(name) = name else {
            let room = pen.room().saturating_sub(width(doubt));
            pen.put_clipped(self.app.tr("unattributed"), room, dim.italic());
            return pen.put(doubt, dim);
        };
        let room = pen.room().saturating_sub(width(doubt));
        pen.put_clipped(&name, room, bold);
        pen.put(doubt, dim);
    }

    /// Returns the name of an utterance's speaker, and a sign that tells how sure it is: the user's
    /// decision if there is one.
    fn named(&self, utterance: &Utterance) -> (Option<String>, &'static str) {
        let quote = self.open.quote_of(self.utterance);
        let directory = self.app.surveyed().map(|survey| &survey.directory);
        if let (Some(quote), Some(directory)) = (quote, directory)
            && directory.checked(quote).is_some()
        {
            return (directory.name_of(quote), "✓");
        }
        let name = self.open.utterances.speaker_of(utterance);
        let confidence = self
            .open
            .utterances
            .confidence(self.article, self.utterance);
        let sign = name.map_or("", |_| confidence_sign(confidence));
        (name.map(str::to_owned), sign)
    }
}
