//! Draws the text pane: the visible rows of the page with quotations in the colours of their
//! speakers. Filter matches, search results and the selection are drawn on top.

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::{drawn, is_focused, style};
use super::pen::{Pen, covers, index_at};
use super::{library_signs, minimap};
use crate::app::command::Command;
use crate::app::page::{Look, Mark, Page, Row, RowKind, Spot};
use crate::app::panes::{Pane, inside};
use crate::app::reader::Open;
use crate::app::{App, BETWEEN, GUTTER, has_minimap};
use crate::config::Role;
use crate::model::Article;
use crate::text::{ByteSpan, cells, width};

/// Draws the visible part of the open article.
pub fn draw(app: &App, area: Rect, buf: &mut Buffer) {
    let area = inside(area);
    let (Some(open), Some(article)) = (&app.reader.open, app.article()) else {
        return draw_empty(app, area, buf);
    };
    let sheet = Sheet::new(app, open, article);
    let places = places(app, area, open);
    for ((column, line), row) in places.zip(open.page.rows.iter().skip(open.top)) {
        sheet.draw_row(row, Pen::new(buf, column, line), column);
    }
    minimap::draw(app, area, buf);
}

/// Returns the position on the screen of each visible row: the area of its text column, and its
/// line in that column.
fn places(app: &App, area: Rect, open: &Open) -> impl Iterator<Item = (Rect, u16)> {
    let columns = columns(area, open.page.setting.width, app.text_columns() as u16);
    columns.flat_map(move |column| (0..area.height).map(move |line| (column, line)))
}

/// Returns the areas of the screen that show the web address of the open article, one per row.
pub fn address_rows(app: &App, area: Rect) -> Vec<Rect> {
    let area = inside(area);
    let (Some(open), Some(article)) = (&app.reader.open, app.article()) else {
        return Vec::new();
    };
    let rows = open.page.rows.iter().skip(open.top);
    let ours = places(app, area, open).zip(rows).filter(|(_, row)| {
        let part = open.page.part(row);
        row.kind == RowKind::Words && part.is_some_and(|part| part.look == Look::Link)
    });
    ours.map(|((column, line), row)| Rect {
        x: column.x + GUTTER,
        y: area.y + line,
        width: width(open.page.words(article, row.span)).min(column.width.saturating_sub(GUTTER)),
        height: 1,
    })
    .collect()
}

fn draw_empty(app: &App, area: Rect, buf: &mut Buffer) {
    let key = app.keys.keymap.names(Command::Help);
    let words = format!("Select an article to read it; {key} lists all keys.");
    let mut pen = Pen::new(buf, area, 1);
    pen.put("  ", Style::new());
    let room = pen.room();
    pen.put_clipped(&words, room, style(app, Role::Dim));
}

/// Returns the areas of `count` text columns in the middle of the pane `area`, including their
/// gutters. `width` is that of the text in a column.
fn columns(area: Rect, width: u16, count: u16) -> impl Iterator<Item = Rect> {
    let each = (width + GUTTER).min(area.width);
    let all = each * count + BETWEEN * (count - 1);
    let map = if has_minimap(area.width) { 2 } else { 0 };
    let first = area.x + area.width.saturating_sub(all + map) / 2;
    (0..count).map(move |at| Rect {
        x: first + at * (each + BETWEEN),
        width: each,
        ..area
    })
}

/// Returns the styles of the speakers of the visible utterances.
fn speakers(app: &App, open: &Open) -> HashMap<usize, Style> {
    let rows = open.page.rows.iter().skip(open.top);
    let rows = rows.take(app.height(Pane::Text));
    let (mut start, mut end) = (u32::MAX, 0);
    for row in rows.filter(|row| row.kind == RowKind::Words) {
        (start, end) = (start.min(row.span.start), end.max(row.span.end));
    }
    let stretches = &open.utterances.stretches;
    let from = stretches.partition_point(|stretch| stretch.span.end < start);
    let visible = stretches.iter().skip(from);
    let visible = visible.take_while(|stretch| stretch.span.start <= end);
    let mut styles = HashMap::new();
    let mut add = |utterance: usize| {
        let style = || {
            let quote = open.quote_of(utterance);
            quote.map_or_else(Style::new, |quote| app.speaker_style(quote))
        };
        styles.entry(utterance).or_insert_with(style);
    };
    visible.for_each(|stretch| add(stretch.utterance));
    let marks = &open.page.marks;
    let from = marks.partition_point(|mark| mark.at < start as usize);
    let marks = marks.iter().skip(from);
    let marks = marks.take_while(|mark| mark.at <= end as usize);
    marks.for_each(|mark| add(mark.utterance));
    styles
}

struct Sheet<'a> {
    app: &'a App,
    open: &'a Open,
    article: &'a Article,
    page: &'a Page,
    selection: Option<(Spot, Spot)>,
    /// The style of the speaker of each utterance that is visible, by the index of the utterance.
    speakers: HashMap<usize, Style>,
    /// The passages of the article that have notes.
    noted: Vec<ByteSpan>,
}

impl<'a> Sheet<'a> {
    fn new(app: &'a App, open: &'a Open, article: &'a Article) -> Self {
        let selection = app.reader.selection.as_ref();
        Self {
            app,
            open,
            article,
            page: &open.page,
            selection: selection.map(|selection| selection.ends(&open.page, article)),
            noted: app.library.note_spans(open.id, article),
            speakers: speakers(app, open),
        }
    }

    fn draw_row(&self, row: &Row, mut pen: Pen, column: Rect) {
        match row.kind {
            RowKind::Blank => {}
            RowKind::Rule => {
                pen.to(column.x + GUTTER);
                let line = drawn(self.app, "─")
                    .repeat(usize::from(column.width.saturating_sub(GUTTER).min(24)));
                pen.put(&line, style(self.app, Role::Rule));
            }
            RowKind::Fold(blocks) => {
                let key = self.app.keys.keymap.names(Command::Furniture);
                let words = match blocks {
                    1 => "⋯ 1 line of page furniture · {1} shows it",
                    _ => "⋯ {0} lines of page furniture · {1} shows them",
                };
                let words = self.app.fill(words, &[&blocks.to_string(), &key]);
                pen.to(column.x + GUTTER);
                let room = pen.room();
                pen.put_clipped(&words, room, style(self.app, Role::Furniture));
            }
            RowKind::Words => self.draw_words(row, pen, column),
        }
    }

    fn draw_words(&self, row: &Row, mut pen: Pen, column: Rect) {
        let Some(part) = self.page.part(row) else {
            return;
        };
        let base = self.look(part.look);
        if self.is_current(row.span) {
            let bar = style(
                self.app,
                if is_focused(self.app, Pane::Text) {
                    Role::Focus
                } else {
                    Role::Accent
                },
            );
            pen.put(drawn(self.app, "▌"), bar);
        }
        pen.to(column.x + 1);
        library_signs::note(self.app, &self.noted, row.span, &mut pen);
        pen.to(column.x + GUTTER);
        match part.look {
            Look::Caption => pen.put("▏ ", style(self.app, Role::Rule)),
            Look::Furniture => pen.put("· ", style(self.app, Role::Furniture)),
            _ => {}
        }
        let words = self.page.words(self.article, row.span);
        let start = row.span.start as usize;
        let mut marks = self.marks(row.span);
        for cell in cells(words) {
            let at = start + cell.start;
            while let Some(mark) = marks.first().filter(|mark| mark.at < start + cell.end) {
                pen.put(&mark.label, self.mark_style(mark));
                marks = marks.get(1..).unwrap_or(&[]);
            }
            pen.put(&cell.shown, self.cell_style(base, row.part, at));
        }
    }

    fn marks(&self, span: ByteSpan) -> &'a [Mark] {
        let from = self
            .page
            .marks
            .partition_point(|mark| mark.at < span.start as usize);
        let rest = self.page.marks.get(from..).unwrap_or(&[]);
        let len = rest.partition_point(|mark| mark.at < span.end as usize);
        rest.get(..len).unwrap_or(&[])
    }

    fn is_current(&self, span: ByteSpan) -> bool {
        let Some(utterance) = self
            .open
            .current
            .and_then(|at| self.open.utterances.all.get(at))
        else {
            return false;
        };
        let quotes = utterance.pieces.iter();
        let mut spans = quotes.filter_map(|piece| self.article.quotes.get(*piece as usize));
        spans.any(|quote| quote.span.overlaps(span))
    }

    fn look(&self, look: Look) -> Style {
        let role = match look {
            Look::Kicker => Role::Kicker,
            Look::Title => Role::Headline,
            Look::Meta | Look::Note | Look::Link => Role::Meta,
            Look::Rule => Role::Rule,
            Look::Standfirst => Role::Standfirst,
            Look::Caption => Role::Caption,
            Look::Subhead => Role::Subhead,
            Look::Paragraph => Role::Text,
            Look::Furniture => Role::Furniture,
        };
        style(self.app, role)
    }

    fn speaker_style(&self, utterance: usize) -> Style {
        self.speakers.get(&utterance).copied().unwrap_or_default()
    }

    fn mark_style(&self, mark: &Mark) -> Style {
        let plain = self.speaker_style(mark.utterance);
        plain.patch(style(self.app, Role::Current)).not_underlined()
    }

    fn cell_style(&self, base: Style, part: u32, at: usize) -> Style {
        let span = |span: &ByteSpan| (span.start as usize, span.end as usize);
        let mut cell = base;
        let stretches = &self.open.utterances.stretches;
        if let Some(index) = index_at(stretches, at, |stretch| span(&stretch.span)) {
            cell = cell.patch(self.quote_style(stretches.get(index).map_or(0, |s| s.utterance)));
        }
        if covers(&self.open.highlights.text, at, span) {
            cell = cell.patch(style(self.app, Role::Match));
        }
        let found = &self.app.reader.find.found;
        let spot = Spot {
            part,
            at: at as u32,
        };
        let after = found.partition_point(|(start, _)| *start <= spot);
        if let Some(index) = after.checked_sub(1)
            && found
                .get(index)
                .is_some_and(|(from, span)| from.part == part && span.covers(at))
        {
            let find = &self.app.reader.find;
            let role = if find.at == Some(index) {
                Role::FoundCurrent
            } else if find.words.is_empty() {
                Role::Match
            } else {
                Role::Found
            };
            cell = cell.patch(style(self.app, role));
        }
        if self
            .selection
            .is_some_and(|(from, to)| (from..to).contains(&spot))
        {
            cell = cell.patch(style(self.app, Role::Selection));
        }
        cell
    }

    fn quote_style(&self, utterance: usize) -> Style {
        let mut words = self.speaker_style(utterance);
        let quote = self.open.utterances.first(self.article, utterance);
        if quote.is_some_and(|q| q.kind.is_reported()) {
            words = words.italic();
        }
        if self.open.current == Some(utterance) {
            words = words.patch(style(self.app, Role::Current));
        }
        words
    }
}
