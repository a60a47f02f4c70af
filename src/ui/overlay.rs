//! Draws the topmost overlay. All pickers share this drawing code.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::hints;
use super::look::{drawn, style};
use super::pen::{Pen, covers};
use super::status::tail;
use super::trends::{self, TrendColumns};
use crate::app::find::Needle;
use crate::app::overlay::Overlay;
use crate::app::picker::{Ink, InkColumn, Item, Picker, Shade, Typing};
use crate::app::{App, Signs};
use crate::config::Role;
use crate::text::{ByteSpan, cells, clip, laid_width, width};

/// Width of the outlet's name beside a line that is aligned at a keyword, in columns. The next
/// constant is the minimum width of an overlay that shows it.
const OUTLET: usize = 12;
const OUTLET_FROM: u16 = 90;

/// Draws the topmost overlay, if one is open. Returns the position of the cursor while the user
/// types into the overlay.
pub fn draw(app: &App, buf: &mut Buffer) -> Option<Position> {
    let overlay = app.layers.overlays.last()?;
    let picker = &overlay.picker;
    let area = app.overlay_area();
    if area.width < 4 || area.height < 3 {
        return None;
    }
    veil(app, buf);
    clear(buf, area);
    draw_edges(app, picker, area, buf);
    let inner = Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2);
    draw_items(app, picker, inner, buf);
    draw_foot(app, overlay, area, buf)
}

/// Number of columns beside an overlay that are left blank where the screen behind it is seen.
const CLEARANCE: u16 = 1;
/// Number of columns beside an overlay below which nothing of the screen behind it is seen. Single
/// letters of words would be left otherwise.
const STRAY: u16 = 12;

/// Draws the screen behind an overlay in one quiet style, except the status line. Nothing there can
/// be mistaken for a part of the overlay then.
fn veil(app: &App, buf: &mut Buffer) {
    let behind = style(app, Role::Behind);
    let last = buf.area.bottom().saturating_sub(1);
    let rows = Rect {
        height: last.saturating_sub(buf.area.y),
        ..buf.area
    };
    for at in rows.positions() {
        if let Some(cell) = buf.cell_mut(at) {
            cell.set_style(Style::reset().patch(behind));
        }
    }
}

fn clear(buf: &mut Buffer, area: Rect) {
    let right = buf.area.right().saturating_sub(area.right());
    let left = area.x.saturating_sub(buf.area.x);
    let beside = |room: u16| if room < STRAY { room } else { CLEARANCE };
    let columns = area.x - beside(left)..area.right() + beside(right);
    for y in area.top()..area.bottom() {
        // A wide character that begins outside the area would be cut in half, so it is
        // cleared too.
        for x in columns.start.saturating_sub(1)..columns.end {
            if let Some(cell) = buf.cell_mut((x, y))
                && (x >= columns.start || width(cell.symbol()) > 1)
            {
                cell.reset();
            }
        }
    }
}

fn draw_edges(app: &App, picker: &Picker, area: Rect, buf: &mut Buffer) {
    let line = style(app, Role::Focus);
    if app.view.signs != Signs::Usual {
        let mut pen = Pen::new(buf, area, 0);
        pen.put(" ", line);
        pen.put_right(&format!(" {} ", place(picker)), style(app, Role::PaneTitle));
        return pen.put(app.tr(&picker.title), line);
    }
    let mut pen = Pen::new(buf, area, 0);
    pen.put("┏━ ", line);
    pen.put_right("━┓", line);
    pen.put_right(&format!(" {} ", place(picker)), style(app, Role::PaneTitle));
    if picker.has_trends() {
        let legend = format!(" {} ", super::ink::kinds_legend(app));
        if width(&legend) + width(app.tr(&picker.title)) + 4 < pen.room() {
            pen.put_right(drawn(app, "━"), line);
            pen.put_right(&legend, style(app, Role::PaneTitle));
        }
    }
    let room = pen.room().saturating_sub(2);
    pen.put_clipped(app.tr(&picker.title), room, line);
    pen.put(" ", line);
    pen.fill(drawn(app, "━"), line);
    for row in 1..area.height - 1 {
        let mut pen = Pen::new(buf, area, row);
        pen.put("┃", line);
        pen.put_right("┃", line);
    }
    let mut pen = Pen::new(buf, area, area.height - 1);
    pen.put("┗", line);
    pen.put_right("┛", line);
    pen.fill(drawn(app, "━"), line);
}

fn place(picker: &Picker) -> String {
    match picker.shown.len() {
        0 => "0".to_owned(),
        len => format!("{}/{len}", picker.cursor.at + 1),
    }
}

/// Draws the bottom edge of an overlay: the text being typed, or the key hints. Returns the
/// position of the cursor while the user types.
fn draw_foot(app: &App, overlay: &Overlay, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let picker = &overlay.picker;
    let mut pen = Pen::new(buf, area, area.height - 1);
    pen.to(area.x + 2);
    let typed = picker.input.text();
    if picker.typing == Typing::Off && typed.is_empty() {
        pen.put(" ", Style::new());
        hints::draw(app, hints::of_overlay(overlay), pen);
        return None;
    }
    pen.put(" / ", style(app, Role::Key));
    let (before, behind) = picker.input.parts();
    pen.put(before, style(app, Role::Text));
    let x = pen.x();
    pen.put(behind, style(app, Role::Text));
    pen.put(" ", Style::new());
    let at = Position {
        x: x.min(area.right().saturating_sub(2)),
        y: area.bottom() - 1,
    };
    (picker.typing != Typing::Off).then_some(at)
}

fn draw_items(app: &App, picker: &Picker, area: Rect, buf: &mut Buffer) {
    if picker.shown.is_empty() {
        let mut pen = Pen::new(buf, area, 1);
        pen.to(area.x + 2);
        let empty = if picker.items.is_empty() {
            &*picker.empty
        } else {
            "Nothing matches."
        };
        let room = pen.room();
        pen.put_clipped(app.tr(empty), room, style(app, Role::Dim));
        return;
    }
    let lead = picker.measure.lead_in(area.width);
    let trends = TrendColumns::of(app, picker, (area, lead));
    let needles = picker.needles();
    let visible = picker.shown.iter().enumerate().skip(picker.cursor.top);
    let rows = picker.rows() as u16;
    for (slot, (at, place)) in (0..area.height / rows).zip(visible) {
        let row = slot * rows;
        let Some(item) = picker.items.get(*place) else {
            continue;
        };
        let mut base = Style::new();
        if at == picker.cursor.at {
            base = style(app, Role::Row);
            let line = Rect {
                y: area.y + row,
                height: rows,
                ..area
            };
            buf.set_style(line, base);
            for part in 0..rows {
                Pen::new(buf, area, row + part).put(drawn(app, "▌"), style(app, Role::Focus));
            }
        }
        let drawn = ItemRow {
            app,
            base,
            lead,
            trends: trends.as_ref(),
            needles: &needles,
        };
        if let Some(trends) = &trends {
            trends.draw(app, item, row, (buf, base));
        }
        drawn.draw(item, Pen::new(buf, area, row), area);
        if rows > 1 {
            drawn.draw_below(item, Pen::new(buf, area, row + 1), area);
        }
    }
}

/// Returns the longest end of `words` that fits into `room` columns and does not cut a word.
fn whole_words_at_end(words: &str, room: u16) -> &str {
    let end = tail(words, room);
    let cut = words.len() - end.len();
    let before = words.get(..cut).unwrap_or("");
    if cut == 0 || before.ends_with(' ') || end.starts_with(' ') {
        return end;
    }
    end.find(' ').and_then(|at| end.get(at..)).unwrap_or("")
}

/// Returns the longest beginning of `words` that fits into `room` columns and does not cut a word.
fn whole_words(words: &str, room: u16) -> &str {
    let (mut used, mut end) = (0, 0);
    for cell in cells(words) {
        used += cell.width;
        if used > room {
            let kept = words.get(..end).unwrap_or("");
            let rest = words.get(end..).unwrap_or("");
            if rest.starts_with(' ') {
                return kept;
            }
            return kept.get(..kept.rfind(' ').unwrap_or(0)).unwrap_or("");
        }
        end = cell.end;
    }
    words
}

struct ItemRow<'a> {
    app: &'a App,
    base: Style,
    lead: u16,
    trends: Option<&'a TrendColumns>,
    needles: &'a [Needle],
}

impl ItemRow<'_> {
    fn draw(&self, item: &Item, mut pen: Pen, area: Rect) {
        pen.to(area.x + 2);
        pen.put_right(" ", self.base);
        if let Some(focus) = item.focus {
            return self.draw_aligned(item, pen, (area, focus));
        }
        let needed = self.lead + width(&item.text) + width(&item.note) + 6;
        // An item with a second row is an article, and its date and outlet are as useful as the end
        // of its title.
        let is_wanted = !item.below.is_empty() && width(&item.note) < area.width / 2;
        if !item.note.is_empty() && (is_wanted || needed <= area.width) {
            pen.put_right(&item.note, self.base.patch(style(self.app, Role::Dim)));
            pen.put_right("  ", self.base);
        }
        if self.lead > 0 {
            self.put_lead(item, &mut pen);
            pen.to(area.x + 2 + self.lead + 2);
        }
        let mut room = pen.room();
        if let Some(trends) = self.trends {
            pen.to(trends.text);
            room = trends.end.saturating_sub(pen.x());
        }
        let inks = item.inks(InkColumn::Text);
        self.put_inked(&mut pen, (&item.text, inks), room, Role::Text);
    }

    /// Draws the second row of an item, which shows its text `below`.
    fn draw_below(&self, item: &Item, mut pen: Pen, area: Rect) {
        let indent = if self.lead > 0 { self.lead + 2 } else { 0 };
        pen.to(area.x + 2 + indent);
        pen.put_right(" ", self.base);
        let room = pen.room();
        let words = trends::in_words(self.app, item);
        match words.filter(|_| self.app.view.signs == Signs::Plain) {
            Some(words) => {
                let words = format!("{words} · {}", item.below);
                self.put(&mut pen, &words, room, Role::Dim);
            }
            None => self.put(&mut pen, &item.below, room, Role::Dim),
        }
    }

    /// Draws an item that is aligned at its `focus`, such as a keyword: the speaker, the words
    /// around the focus, and the outlet. The focus of all items is in one column.
    fn draw_aligned(&self, item: &Item, mut pen: Pen, (area, focus): (Rect, ByteSpan)) {
        if area.width >= OUTLET_FROM {
            let outlet = format!("{:OUTLET$}", clip(&item.note, OUTLET as u16));
            pen.put_right(&outlet, self.base.patch(style(self.app, Role::Dim)));
            pen.put_right(" ", self.base);
        }
        self.put_lead(item, &mut pen);
        pen.to(area.x + 2 + self.lead + 2);
        let range = focus.range();
        let part = |from: usize, to: usize| item.text.get(from..to).unwrap_or("");
        let before = pen.room() * 9 / 20;
        let left = whole_words_at_end(part(0, range.start), before);
        let at = pen.x() + before - width(left);
        pen.to(at);
        self.put_context(item, range.start - left.len()..range.start, &mut pen);
        let word = part(range.start, range.end);
        pen.put(word, self.base.patch(style(self.app, Role::Match)));
        let right = whole_words(part(range.end, item.text.len()), pen.room());
        self.put_context(item, range.end..range.end + right.len(), &mut pen);
    }

    /// Draws the words beside a keyword, which are a range of the text of an item.
    fn put_context(&self, item: &Item, range: std::ops::Range<usize>, pen: &mut Pen) {
        let words = item.text.get(range.clone()).unwrap_or("");
        let (start, end) = (range.start as u32, range.end as u32);
        let inks = item.inks(InkColumn::Text).map(|ink| {
            let from = ink.span.start.clamp(start, end) - start;
            let to = ink.span.end.clamp(start, end) - start;
            Ink::of_text(from as usize, to as usize, ink.shade)
        });
        let inks: Vec<Ink> = inks.collect();
        let room = pen.room();
        self.put_inked(pen, (words, inks.iter()), room, Role::Text);
    }

    fn put_lead(&self, item: &Item, pen: &mut Pen) {
        let inks = item.inks(InkColumn::Lead);
        self.put_inked(pen, (&item.lead, inks), self.lead, Role::Key);
    }

    fn put(&self, pen: &mut Pen, words: &str, max: u16, role: Role) {
        self.put_inked(pen, (words, std::iter::empty()), max, role);
    }

    /// Returns the style of a part of an item on top of `plain`.
    fn inked(&self, plain: Style, shade: Shade) -> Style {
        match shade {
            Shade::Speaker(hue) => plain.patch(self.app.theme().speaker(hue)).not_underlined(),
            Shade::Reported => plain.italic(),
            Shade::Context => plain.patch(style(self.app, Role::Dim)),
        }
    }

    fn put_inked<'i>(
        &self,
        pen: &mut Pen,
        (words, inks): (&str, impl Iterator<Item = &'i Ink>),
        max: u16,
        role: Role,
    ) {
        let max = max.min(pen.room());
        let words = if laid_width(words) <= max {
            words.into()
        } else {
            clip(words, max)
        };
        let mut found: Vec<ByteSpan> = Vec::new();
        for needle in self.needles {
            needle.find(&words, 0, &mut found);
        }
        found.sort_unstable();
        let plain = self.base.patch(style(self.app, role));
        let inks: Vec<_> = inks
            .map(|ink| (ink.span, self.inked(plain, ink.shade)))
            .collect();
        let ends = |span: &ByteSpan| (span.start as usize, span.end as usize);
        pen.put_each(&words, |at| {
            let own = inks.iter().find(|(span, _)| span.covers(at));
            let own = own.map_or(plain, |(_, style)| *style);
            if covers(&found, at, ends) {
                own.patch(style(self.app, Role::Match))
            } else {
                own
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_between_words_only() {
        for (words, room, at_end, at_start) in [
            ("harga ikan naik", 20, "harga ikan naik", "harga ikan naik"),
            ("harga ikan naik", 11, " ikan naik", "harga ikan"),
            ("harga ikan naik", 9, "ikan naik", "harga"),
            ("harga ikan naik", 4, "naik", ""),
            ("harga", 3, "", ""),
            ("平壤 宣言", 6, " 宣言", "平壤"),
        ] {
            assert_eq!(whole_words_at_end(words, room), at_end, "{words} {room}");
            assert_eq!(
                whole_words(words, room).trim_end(),
                at_start,
                "{words} {room}"
            );
        }
    }
}
