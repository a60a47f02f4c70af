//! The list below the bars of a timeline.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::ink::lying_bar;
use super::super::look::{drawn, on_row, person_style};
use super::super::pen::Pen;
use super::steps::{silence, step_name};
use super::view::View;
use crate::app::timeline::{Line, is_far};
use crate::config::Role;
use crate::model::{QuoteId, QuoteKind};
use crate::relate::{Bin, Scope};
use crate::text::{clip, head, width};

/// Maximum number of bytes of a statement that are shown in one line.
const MAX_WORDS: usize = 600;
/// Maximum width of the name of an outlet and of a speaker, in columns.
const OUTLET: u16 = 16;
const SPEAKER: u16 = 24;
/// Maximum length of a bar of an outlet, in columns, and the length below which an outlet is left out.
const BAR: u16 = 10;
const LEAST_BAR: u16 = 4;
/// Minimum width of a timeline in which half of a row is for the outlets.
const WIDE: u16 = 100;
/// Number of outlets whose names decide about the width of the names. They are the most frequent.
const MEASURED: usize = 12;

/// Draws the visible lines of the list.
pub(super) fn draw(view: &View, buf: &mut Buffer) {
    let head = view.app.timeline_head();
    let timeline = view.timeline;
    if timeline.lines.is_empty() {
        let mut pen = Pen::new(buf, view.area, head);
        pen.to(view.area.x + 2);
        return pen.put(view.app.tr("Nobody is quoted here."), view.style(Role::Dim));
    }
    let columns = Columns::of(view);
    let brushed = timeline.brushed();
    let lines = timeline.lines.iter().enumerate().skip(timeline.cursor.top);
    for (row, (at, line)) in (head..view.area.height).zip(lines) {
        let is_here = at == timeline.cursor.at;
        let base = if is_here {
            view.style(Role::Row)
        } else {
            Style::new()
        };
        if is_here {
            let place = Rect {
                y: view.area.y + row,
                height: 1,
                ..view.area
            };
            buf.set_style(place, base);
            Pen::new(buf, view.area, row).put(drawn(view.app, "▌"), view.style(Role::Focus));
        }
        let mut pen = Pen::new(buf, view.area, row);
        pen.put_right(" ", base);
        match line {
            Line::Step(step) => {
                if brushed.as_ref().is_some_and(|range| range.contains(step)) {
                    pen.to(view.area.x + 1);
                    pen.put(drawn(view.app, "┃"), view.style(Role::Focus));
                }
                columns.draw_step((view, *step), pen, base);
            }
            Line::Statement(quote) => draw_statement(view, *quote, pen, base),
            Line::Silence(steps) => {
                pen.to(view.area.x + 4);
                let dim = on_row(base, view.style(Role::Dim));
                pen.put(drawn(view.app, "⋯"), dim);
                pen.put(&format!(" {}", silence(view, *steps)), dim);
            }
        }
    }
}

/// The widths of the columns of a step.
struct Columns {
    digits: u16,
    /// The number of outlets that are named, and the width of each.
    outlets: (u16, u16),
    /// The width of the names of outlets.
    names: u16,
    /// The highest number of statements of one outlet in one step.
    highest: usize,
}

impl Columns {
    fn of(view: &View) -> Self {
        let bins = view.timeline.histogram.bins.iter();
        let most = bins.clone().map(|bin| bin.quotes.len()).max().unwrap_or(0);
        let digits = width(&most.to_string()).max(2);
        let outlets = bins.clone().map(|bin| bin.outlets.len()).max().unwrap_or(0) as u16;
        let highest = bins.filter_map(|bin| bin.outlets.first()).map(|(_, n)| *n);
        // At least half of the row is left to the words.
        let room = view.area.width.saturating_sub(digits + 18);
        let room = if view.area.width < WIDE {
            room * 2 / 5
        } else {
            room / 2
        };
        let outlets_by_count = view.timeline.histogram.outlets.iter().take(MEASURED);
        let unknown = view.app.tr("outlet unknown");
        let widths = outlets_by_count.map(|name| width(name.as_deref().unwrap_or(unknown)));
        let names = widths.max().unwrap_or(0).min(OUTLET);
        let count = (room / (names + LEAST_BAR + digits + 4)).min(outlets);
        let widest = names + BAR + digits + 4;
        Self {
            digits,
            names,
            outlets: (count, (room / count.max(1)).min(widest)),
            highest: highest.max().unwrap_or(0) as usize,
        }
    }

    fn draw_step(&self, (view, step): (&View, usize), mut pen: Pen, base: Style) {
        let Some(bin) = view.timeline.histogram.bins.get(step) else {
            return;
        };
        let sign = if view.timeline.is_unfolded(step) {
            "▾"
        } else {
            "▸"
        };
        let left = view.area.x + 2;
        pen.to(left);
        let dim = on_row(base, view.style(Role::Dim));
        pen.put(drawn(view.app, sign), dim);
        pen.to(left + 2);
        let name = step_name(view, bin.start);
        pen.put(&name, on_row(base, view.style(Role::Text)));
        pen.to(left
            + 14
            + self
                .digits
                .saturating_sub(width(&bin.quotes.len().to_string())));
        let count = bin.quotes.len().to_string();
        pen.put(&count, on_row(base, view.style(Role::Key)));
        pen.to(left + 14 + self.digits + 2);
        if bin
            .start
            .is_some_and(|start| is_far(&view.timeline.histogram, start))
        {
            let words = view.app.tr("a date far outside the corpus");
            pen.put(words, on_row(base, view.style(Role::Fault)));
            pen.put("  ", base);
        }
        self.draw_outlets((view, bin), &mut pen, base);
        draw_most((view, bin), &mut pen, base);
    }

    fn draw_outlets(&self, (view, bin): (&View, &Bin), pen: &mut Pen, base: Style) {
        let (count, each) = self.outlets;
        let from = pen.x();
        let bar = BAR.min(each.saturating_sub(self.names + self.digits + 4));
        for (slot, (outlet, number)) in (0..count).zip(&bin.outlets) {
            pen.to(from + slot * each);
            let name = view.timeline.histogram.outlets.get(*outlet as usize);
            let name = name.and_then(|name| name.as_deref());
            let name = name.unwrap_or(view.app.tr("outlet unknown"));
            pen.put_clipped(name, self.names, on_row(base, view.style(Role::Dim)));
            pen.to(from + slot * each + self.names + 1);
            let drawn = lying_bar(view.app, (*number as usize, self.highest), bar);
            pen.put(&drawn, on_row(base, view.style(Role::Bar)));
            pen.put(&format!(" {number}"), on_row(base, view.style(Role::Text)));
        }
        pen.to(from + count * each);
    }
}

/// Draws the statement that was reported most in the step, with the number of its reports.
fn draw_most((view, bin): (&View, &Bin), pen: &mut Pen, base: Style) {
    let (quote, times) = bin.most;
    if times > 1 {
        pen.put(&format!("×{times} "), on_row(base, view.style(Role::Key)));
    }
    if !matches!(view.timeline.histogram.scope, Scope::Speaker(_)) {
        draw_speaker(view, quote, pen, base);
    }
    draw_words(view, quote, pen, base);
}

/// Draws the line of one statement: outlet, speaker and words. The speaker is left out if all
/// statements are of one.
fn draw_statement(view: &View, quote: QuoteId, mut pen: Pen, base: Style) {
    let left = view.area.x + 6;
    pen.to(left);
    let outlet = view
        .app
        .corpus
        .get(quote.article)
        .and_then(|one| one.outlet());
    let outlet = outlet.unwrap_or(view.app.tr("outlet unknown"));
    pen.put_clipped(outlet, OUTLET, on_row(base, view.style(Role::Dim)));
    pen.to(left + OUTLET + 2);
    if !matches!(view.timeline.histogram.scope, Scope::Speaker(_)) {
        draw_speaker(view, quote, &mut pen, base);
        pen.to(left + OUTLET + 2 + SPEAKER + 2);
    }
    draw_words(view, quote, &mut pen, base);
}

fn draw_speaker(view: &View, quote: QuoteId, pen: &mut Pen, base: Style) {
    let directory = &view.timeline.survey.directory;
    let person = directory.speakers_of(quote).first();
    let name = directory.name_of(quote);
    let name = name.unwrap_or_else(|| view.app.tr("unattributed").to_owned());
    let style = match person {
        Some(person) => person_style(view.app, *person),
        None => view.style(Role::Dim),
    };
    pen.put(&clip(&name, SPEAKER.min(pen.room())), on_row(base, style));
    pen.put(" ", base);
}

/// Draws the words of a statement: direct speech in its marks, indirect speech in italics.
fn draw_words(view: &View, quote: QuoteId, pen: &mut Pen, base: Style) {
    let Some((article, quote)) = view.app.corpus.quote(quote) else {
        return;
    };
    let words = article.words(quote.span);
    let words = head(&words, MAX_WORDS);
    let plain = on_row(base, view.style(Role::Text));
    let room = pen.room();
    if quote.kind == QuoteKind::Direct {
        pen.put_clipped(&format!("“{words}”"), room, plain);
    } else {
        pen.put_clipped(words, room, plain.add_modifier(Modifier::ITALIC));
    }
}
