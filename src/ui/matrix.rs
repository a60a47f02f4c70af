//! Draws the matrix of a story, with outlets as columns and speakers as rows. A `·` marks a speaker
//! whom an outlet does not quote.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::{drawn, style};
use super::pen::Pen;
use crate::app::App;
use crate::app::boards::MATRIX_HEAD;
use crate::app::counts::Counted;
use crate::app::matrix::{Matrix, SpeakerRow};
use crate::config::Role;

/// Maximum and minimum width of an outlet's column, in columns of the screen.
const OUTLET: (u16, u16) = (18, 8);

/// Draws a matrix on `area`, which takes the place of all panes.
pub fn draw(app: &App, matrix: &Matrix, area: Rect, buf: &mut Buffer) {
    let view = View {
        app,
        matrix,
        area,
        names: (area.width * 3 / 10).clamp(12, 40),
    };
    view.draw_title(buf);
    view.draw_outlets(buf);
    view.draw_rows(buf);
}

struct View<'a> {
    app: &'a App,
    matrix: &'a Matrix,
    area: Rect,
    names: u16,
}

impl View<'_> {
    fn style(&self, role: Role) -> Style {
        style(self.app, role)
    }

    fn speaker(&self, row: &SpeakerRow) -> Style {
        let hue = self.app.person_hue(row.speaker);
        self.app.theme().speaker(hue).not_underlined()
    }

    fn draw_title(&self, buf: &mut Buffer) {
        let focus = self.style(Role::Focus);
        let mut pen = Pen::new(buf, self.area, 0);
        let (line, mark) = (drawn(self.app, "━"), drawn(self.app, "▸"));
        pen.put(
            &format!(
                "{line} {mark} {} ",
                self.app.tr("Matrix · who is quoted where")
            ),
            focus,
        );
        pen.put_right(drawn(self.app, "━"), focus);
        let place = format!(" {}/{} ", self.matrix.cursor.at + 1, self.matrix.rows.len());
        pen.put_right(&place, focus);
        pen.fill(drawn(self.app, "━"), focus);
        let mut pen = Pen::new(buf, self.area, 1);
        let (articles, texts) = self.matrix.size;
        pen.put(" ", Style::new());
        let size = format!(
            " {}, {} ",
            self.app.counted(articles, Counted::Articles),
            self.app.counted(texts, Counted::Texts)
        );
        pen.put_right(&size, self.style(Role::Dim));
        let room = pen.room();
        pen.put_clipped(&self.matrix.title, room, self.style(Role::Headline));
    }

    /// Returns the width of one outlet's column, in columns of the screen.
    fn width(&self) -> u16 {
        let count = self.matrix.outlets.len().max(1) as u16;
        let room = self.area.width.saturating_sub(self.names + 8);
        (room / count).clamp(OUTLET.1, OUTLET.0)
    }

    /// Returns the outlets whose columns fit on the screen, including the chosen one, each with its
    /// index and its area.
    fn outlets(&self) -> impl Iterator<Item = (usize, Rect)> {
        let width = self.width();
        let room = self.area.width.saturating_sub(self.names + 8);
        let fit = usize::from(room / width).max(1);
        let first = (self.matrix.column + 1).saturating_sub(fit);
        let left = self.area.x + self.names + 2;
        let area = self.area;
        let places = (first..self.matrix.outlets.len()).take(fit).enumerate();
        places.map(move |(slot, at)| {
            let x = left + slot as u16 * width;
            let place = Rect {
                x,
                width: width.saturating_sub(1),
                ..area
            };
            (at, place)
        })
    }

    fn draw_outlets(&self, buf: &mut Buffer) {
        for (at, place) in self.outlets() {
            let role = if at == self.matrix.column {
                Role::Focus
            } else {
                Role::PaneTitle
            };
            let name = self.matrix.outlets.get(at).map_or("", String::as_str);
            let mut pen = Pen::new(buf, place, 2);
            let sign = if at == self.matrix.column {
                drawn(self.app, "▾")
            } else {
                ""
            };
            let room = pen.room();
            pen.put_clipped(&format!("{sign}{name}"), room, self.style(role));
        }
        let mut pen = Pen::new(buf, self.area, 2);
        pen.put_right(" ", Style::new());
        pen.put_right(self.app.tr("all"), self.style(Role::PaneTitle));
        Pen::new(buf, self.area, MATRIX_HEAD - 1)
            .fill(drawn(self.app, "─"), self.style(Role::Rule));
    }

    fn draw_rows(&self, buf: &mut Buffer) {
        let visible = self
            .matrix
            .rows
            .iter()
            .enumerate()
            .skip(self.matrix.cursor.top);
        for (row, (at, speaker)) in (MATRIX_HEAD..self.area.height).zip(visible) {
            let is_here = at == self.matrix.cursor.at;
            let base = if is_here {
                self.style(Role::Row)
            } else {
                Style::new()
            };
            let line = Rect {
                y: self.area.y + row,
                height: 1,
                ..self.area
            };
            if is_here {
                buf.set_style(line, base);
                Pen::new(buf, self.area, row).put(drawn(self.app, "▌"), self.style(Role::Focus));
            }
            let mut pen = Pen::new(buf, self.area, row);
            pen.to(self.area.x + 2);
            pen.put_clipped(
                &speaker.name,
                self.names - 1,
                base.patch(self.speaker(speaker)),
            );
            pen.put_right(" ", base);
            let dim = base.patch(self.style(Role::Dim));
            pen.put_right(&speaker.count().to_string(), dim);
            for (outlet, place) in self.outlets() {
                let count = speaker.cells.get(outlet).map_or(0, Vec::len);
                let is_cell = is_here && outlet == self.matrix.column;
                let (words, role) = match count {
                    0 => ("·".to_owned(), Role::Rule),
                    count => (count.to_string(), Role::Text),
                };
                let words = if is_cell {
                    format!("[{words}]")
                } else {
                    format!(" {words}")
                };
                let role = if is_cell { Role::Focus } else { role };
                Pen::new(buf, place, row).put(&words, base.patch(self.style(role)));
            }
        }
    }
}
