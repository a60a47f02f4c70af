//! Draws a comparison: passages side by side, or under one another. Words that differ are shown by
//! weight and underline, never by colour alone.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::{drawn, style};
use super::pen::{Pen, index_at};
use crate::app::App;
use crate::app::boards::compare_head;
use crate::app::command::Command;
use crate::app::compare::line::{Line, Strip};
use crate::app::compare::sheet::{Form, GAP, LABEL, column_width};
use crate::app::compare::{Column, Compare, Scroll};
use crate::config::Role;
use crate::relate::Standing;

/// Draws a comparison on `area`, which takes the place of all panes.
pub fn draw(app: &App, compare: &Compare, area: Rect, buf: &mut Buffer) {
    let view = View { app, compare, area };
    view.draw_title(buf);
    if compare.rows.is_empty() && app.tasks.is_comparing() {
        view.draw_waiting(buf);
    }
    match compare.sheet.form {
        Form::Beside => view.draw_beside(buf),
        Form::Under => view.draw_under(buf),
    }
}

struct View<'a> {
    app: &'a App,
    compare: &'a Compare,
    area: Rect,
}

impl View<'_> {
    fn style(&self, role: Role) -> Style {
        style(self.app, role)
    }

    fn draw_title(&self, buf: &mut Buffer) {
        let focus = self.style(Role::Focus);
        let mut pen = Pen::new(buf, self.area, 0);
        pen.put(drawn(self.app, "━"), focus);
        pen.put_right(drawn(self.app, "━"), focus);
        let (here, all) = self.compare.place();
        if all > 1 {
            pen.put_right(
                &self
                    .app
                    .fill(" passage {0}/{1} ", &[&here.to_string(), &all.to_string()]),
                focus,
            );
        }
        if self.compare.look.scroll == Scroll::Apart {
            pen.put_right(self.app.tr(" apart "), focus);
        }
        let room = pen.room().saturating_sub(2);
        pen.put_clipped(
            &format!(" {} {} ", drawn(self.app, "▸"), self.compare.title),
            room,
            focus,
        );
        pen.fill(drawn(self.app, "━"), focus);
    }

    /// Draws a message that the passages are being compared, which takes a moment for long
    /// articles.
    fn draw_waiting(&self, buf: &mut Buffer) {
        let key = self.app.keys.keymap.names(Command::Stop);
        let key = key.split(' ').next().unwrap_or("?");
        let mut pen = Pen::new(buf, self.area, compare_head(self.compare) + 1);
        pen.to(self.area.x + 2);
        let words = self.app.fill("Comparing … ({0} stops)", &[key]);
        pen.put(&words, self.style(Role::Dim));
    }

    /// Returns the area on the screen of the compared column with index `at`.
    fn column(&self, at: usize) -> Rect {
        let width = column_width(self.area.width, self.compare.columns.len());
        let x = self.area.x + 1 + at as u16 * (width + GAP);
        Rect {
            x,
            width: width.min(self.area.right().saturating_sub(x)),
            ..self.area
        }
    }

    fn draw_beside(&self, buf: &mut Buffer) {
        let head = compare_head(self.compare);
        for (at, column) in self.compare.columns.iter().enumerate() {
            self.draw_head(at, column, buf);
            let place = self.column(at);
            for row in head..self.area.height {
                let strip = self.compare.strip(at, usize::from(row - head));
                self.draw_strip(at, strip, Pen::new(buf, place, row));
            }
            if at > 0 {
                self.draw_rule(place, buf);
            }
        }
        let rule = self.style(Role::Rule);
        let mut pen = Pen::new(buf, self.area, head - 1);
        pen.fill(drawn(self.app, "─"), rule);
        for at in 0..self.compare.columns.len() {
            let place = self.column(at);
            let is_chosen = at == self.compare.chosen;
            if is_chosen {
                let mut pen = Pen::new(buf, place, head - 1);
                pen.fill(drawn(self.app, "━"), self.style(Role::Focus));
            }
        }
    }

    fn draw_rule(&self, place: Rect, buf: &mut Buffer) {
        let column = Rect {
            x: place.x.saturating_sub(2),
            width: 1,
            ..self.area
        };
        for row in 1..self.area.height {
            Pen::new(buf, column, row).put(drawn(self.app, "│"), self.style(Role::Rule));
        }
    }

    fn draw_head(&self, at: usize, column: &Column, buf: &mut Buffer) {
        let is_chosen = at == self.compare.chosen;
        let first = self.style(if is_chosen {
            Role::Focus
        } else {
            Role::Headline
        });
        let place = self.column(at);
        let mut pen = Pen::new(buf, place, 1);
        let chosen = if is_chosen {
            drawn(self.app, "▸")
        } else {
            ""
        };
        let gap = if is_chosen { " " } else { "" };
        pen.put_right(&format!(" {}", column.date), self.style(Role::Dim));
        let room = pen.room();
        pen.put_clipped(&format!("{chosen}{gap}{}", column.outlet), room, first);
        let speaker = column.quote().map(|quote| self.app.speaker_style(quote));
        let speaker = speaker.unwrap_or_else(|| self.style(Role::Text));
        for (row, words, style) in [
            (2, &column.speaker, speaker.not_underlined()),
            (3, &column.cue, self.style(Role::Dim)),
        ] {
            let mut pen = Pen::new(buf, place, row);
            let room = pen.room();
            pen.put_clipped(words, room, style);
        }
    }

    fn draw_strip(&self, at: usize, strip: Option<&Strip>, mut pen: Pen) {
        match strip {
            Some(Strip::Beside(lines)) => match lines.get(at) {
                Some(Some(line)) => self.put_line(line, pen),
                _ => pen.put(drawn(self.app, "·"), self.style(Role::Rule)),
            },
            Some(Strip::Rule(row)) if at == 0 => {
                let number = format!("{} ", row + 1);
                pen.put(&number, self.style(Role::Dim));
                pen.fill(drawn(self.app, "┈"), self.style(Role::Rule));
            }
            Some(Strip::Rule(_)) => pen.fill(drawn(self.app, "┈"), self.style(Role::Rule)),
            Some(Strip::Under(..) | Strip::Blank) | None => {}
        }
    }

    fn put_line(&self, line: &Line, mut pen: Pen) {
        let mut plain = self.style(Role::Text);
        if line.is_reported {
            plain = plain.italic();
        }
        pen.put_each(&line.text, |at| {
            let mark = index_at(&line.marks, at, |(range, _)| (range.start, range.end));
            let standing = mark.and_then(|mark| line.marks.get(mark));
            match standing.map(|(_, standing)| standing) {
                Some(Standing::Own) => plain.patch(self.style(Role::Own)),
                Some(Standing::Partly) => plain.patch(self.style(Role::Partly)),
                _ => plain,
            }
        });
    }

    /// Returns the letter (`A`, `B`) that labels the compared column with index `at`.
    fn letter(at: usize) -> char {
        char::from(b'A' + (at % 26) as u8)
    }

    fn draw_label(&self, at: usize, pen: &mut Pen) {
        let (mark, role) = if at == self.compare.chosen {
            (drawn(self.app, "▸"), Role::Focus)
        } else {
            (" ", Role::Key)
        };
        let label = format!("{mark}{} ", Self::letter(at));
        pen.put(&label, self.style(role));
    }

    fn draw_under(&self, buf: &mut Buffer) {
        let head = compare_head(self.compare);
        for (row, (at, column)) in (1..).zip(self.compare.columns.iter().enumerate()) {
            let mut pen = Pen::new(buf, self.area, row);
            self.draw_label(at, &mut pen);
            pen.to(self.area.x + LABEL);
            let room = pen.room();
            let role = if at == self.compare.chosen {
                Role::Focus
            } else {
                Role::Text
            };
            pen.put_clipped(&column.line(), room, self.style(role));
        }
        Pen::new(buf, self.area, head - 1).fill(drawn(self.app, "─"), self.style(Role::Rule));
        for row in head..self.area.height {
            let mut pen = Pen::new(buf, self.area, row);
            match self.compare.strip(0, usize::from(row - head)) {
                Some(Strip::Under(at, line)) => {
                    self.draw_label(*at, &mut pen);
                    for (x, words) in line {
                        let place = Rect {
                            x: self.area.x + LABEL + x,
                            width: self.area.width.saturating_sub(LABEL + x),
                            ..self.area
                        };
                        self.put_line(words, Pen::new(buf, place, row));
                    }
                }
                Some(Strip::Rule(at)) => {
                    pen.put(&format!(" {} ", at + 1), self.style(Role::Dim));
                    pen.fill(drawn(self.app, "┈"), self.style(Role::Rule));
                }
                Some(Strip::Beside(_) | Strip::Blank) | None => {}
            }
        }
    }
}
