//! Draws a matrix as a heat map, with outlets as columns and speakers as rows. A `·` marks a speaker
//! whom an outlet does not quote, which is a finding.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ink::{SHADES, shade_of, shade_sign};
use super::look::{drawn, on_row, person_style, style};
use super::pen::Pen;
use crate::app::boards::{MATRIX_FOOT, MATRIX_HEAD};
use crate::app::counts::Counted;
use crate::app::matrix::{Matrix, Measure};
use crate::app::{App, Signs};
use crate::config::Role;
use crate::relate::{GridRow, GridScope};
use crate::text::{clip, width};

/// Minimum and maximum width of an outlet's column, in columns of the screen. A screen of [`WIDE`]
/// columns has room for longer names.
const OUTLET: (u16, u16) = (9, 26);
const OUTLET_WIDE: u16 = 13;
const WIDE: u16 = 100;
/// Width of the column of all outlets together.
const ALL: u16 = 11;
/// Maximum number of signs by which a cell is shaded.
const SHADE: u16 = 3;
/// Number of rows whose names decide about the width of the names.
const MEASURED: usize = 200;

/// Draws a matrix on `area`, which takes the place of all panes.
pub fn draw(app: &App, matrix: &Matrix, area: Rect, buf: &mut Buffer) {
    let names = matrix.rows().take(MEASURED).map(|row| width(&row.name));
    let names = names.max().unwrap_or(0) + 1;
    let view = View {
        app,
        matrix,
        area,
        names: names.clamp(12, (area.width * 2 / 5).max(12)),
        highest: matrix.highest(),
    };
    view.draw_title(buf);
    view.draw_about(buf);
    view.draw_outlets(buf);
    view.draw_rows(buf);
    view.draw_totals(buf);
}

struct View<'a> {
    app: &'a App,
    matrix: &'a Matrix,
    area: Rect,
    names: u16,
    highest: f64,
}

impl View<'_> {
    fn style(&self, role: Role) -> Style {
        style(self.app, role)
    }

    fn speaker(&self, row: &GridRow) -> Style {
        person_style(self.app, row.speaker)
    }

    fn draw_title(&self, buf: &mut Buffer) {
        let focus = self.style(Role::Focus);
        let mut pen = Pen::new(buf, self.area, 0);
        let (line, mark) = (drawn(self.app, "━"), drawn(self.app, "▸"));
        pen.put(&format!("{line} {mark} "), focus);
        pen.put(self.app.tr("Matrix · who is quoted where"), focus);
        let measure = match self.matrix.measure {
            Measure::Absolute => "quotations",
            Measure::PerArticle => "quotations per article",
        };
        pen.put(&format!(" · {} ", self.app.tr(measure)), focus);
        pen.put_right(line, focus);
        let place = self.matrix.cursor.at + 1;
        pen.put_right(&format!(" {place}/{} ", self.matrix.order.len()), focus);
        pen.fill(line, focus);
    }

    /// Draws what the matrix is about: the story or the corpus, and how large it is. Where cells are
    /// not shaded, words say what the chosen row shows.
    fn draw_about(&self, buf: &mut Buffer) {
        let mut pen = Pen::new(buf, self.area, 1);
        pen.put(" ", Style::new());
        let grid = &self.matrix.grid;
        let mut size = self.app.counted(grid.articles(), Counted::Articles);
        if let Some(texts) = grid.independent {
            size = format!("{size}, {}", self.app.counted(texts, Counted::Texts));
        }
        if grid.left_out > 0 {
            let left_out = grid.left_out.to_string();
            let words = "{0} speakers who are quoted less are left out";
            size = format!("{size}; {}", self.app.fill(words, &[&left_out]));
        }
        let title = match grid.scope {
            GridScope::All => self.app.tr("the whole corpus"),
            GridScope::Story(_) if grid.title.is_empty() => self.app.tr("untitled"),
            GridScope::Story(_) => &grid.title,
        };
        if let Some(words) = self.words().filter(|_| self.app.view.signs == Signs::Plain) {
            let room = pen.room();
            return pen.put_clipped(&words, room, self.style(Role::Text));
        }
        pen.put_right(&format!(" {size} "), self.style(Role::Dim));
        let room = pen.room();
        pen.put_clipped(title, room, self.style(Role::Headline));
    }

    /// Returns what the chosen row shows, in words.
    fn words(&self) -> Option<String> {
        let row = self.matrix.row()?;
        let cells = row.cells.iter().enumerate();
        let (quoted, not): (Vec<_>, Vec<_>) = cells.partition(|(_, cell)| !cell.is_empty());
        let quoted = quoted.iter().map(|(column, cell)| {
            let value = self.number(cell.len(), *column);
            format!("{} {value}", self.name(*column))
        });
        let quoted = quoted.collect::<Vec<_>>().join(", ");
        let not: Vec<&str> = not.iter().map(|(column, _)| self.name(*column)).collect();
        let words = format!("{}: {quoted}", row.name);
        Some(match &not[..] {
            [] => words,
            not => self.app.fill("{0}; not in {1}", &[&words, &not.join(", ")]),
        })
    }

    /// Returns the name of an outlet, or of all outlets together.
    fn name(&self, column: usize) -> &str {
        match self.matrix.grid.columns.get(column) {
            Some(outlet) => {
                let name = outlet.name.as_deref();
                name.unwrap_or(self.app.tr("outlet unknown"))
            }
            None => self.app.tr("all"),
        }
    }

    /// Returns a value of the matrix as it is written in a cell.
    fn number(&self, count: usize, column: usize) -> String {
        let value = self.matrix.value(count, column);
        match self.matrix.measure {
            Measure::Absolute => count.to_string(),
            Measure::PerArticle if value < 0.1 => format!("{value:.2}"),
            Measure::PerArticle => format!("{value:.1}"),
        }
    }

    /// Returns the width of one outlet's column, in columns of the screen: as much as the longest
    /// name needs, if all columns then fit.
    fn width(&self) -> u16 {
        let columns = 0..self.matrix.grid.columns.len();
        let count = columns.len().max(1) as u16;
        let longest = columns.map(|at| width(self.name(at))).max().unwrap_or(0) + 4;
        let least = if self.area.width < WIDE {
            OUTLET.0
        } else {
            OUTLET_WIDE
        };
        (self.room() / count).min(longest).clamp(least, OUTLET.1)
    }

    /// Returns the number of columns of the screen that the outlets share.
    fn room(&self) -> u16 {
        self.area.width.saturating_sub(self.names + ALL + 3)
    }

    /// Returns the outlets whose columns fit on the screen, including the chosen one, and after them
    /// the column of all, each with its index and its area.
    fn columns(&self) -> impl Iterator<Item = (usize, Rect)> {
        let width = self.width();
        let fit = usize::from(self.room() / width).max(1);
        let all = self.matrix.grid.columns.len();
        let first = (self.matrix.column + 1).min(all).saturating_sub(fit);
        let left = self.area.x + self.names + 2;
        let area = self.area;
        let place = move |slot: u16, width: u16| Rect {
            x: left + slot,
            width: width.min(area.right().saturating_sub(left + slot)),
            ..area
        };
        let shown = (first..all).take(fit);
        let end = shown.len() as u16 * width;
        let outlets = shown.enumerate();
        let outlets = outlets.map(move |(slot, at)| (at, place(slot as u16 * width, width - 1)));
        outlets.chain(std::iter::once((all, place(end + 1, ALL))))
    }

    fn draw_outlets(&self, buf: &mut Buffer) {
        for (at, place) in self.columns() {
            let is_here = at == self.matrix.column;
            let role = if is_here {
                Role::Focus
            } else {
                Role::PaneTitle
            };
            let mut pen = Pen::new(buf, place, 2);
            let sorted = if self.matrix.sorted_by == Some(at) {
                "↓"
            } else {
                " "
            };
            pen.put_right(sorted, self.style(Role::Focus));
            let sign = if is_here { drawn(self.app, "▾") } else { "" };
            let name = clip(self.name(at), pen.room().saturating_sub(width(sign)));
            pen.put_right(&format!("{sign}{name}"), self.style(role));
        }
        self.draw_rule(MATRIX_HEAD - 1, buf);
    }

    fn draw_rule(&self, row: u16, buf: &mut Buffer) {
        Pen::new(buf, self.area, row).fill(drawn(self.app, "─"), self.style(Role::Rule));
    }

    /// Returns the rows of the screen that show speakers.
    fn speaker_rows(&self) -> std::ops::Range<u16> {
        MATRIX_HEAD..self.area.height.saturating_sub(MATRIX_FOOT)
    }

    fn draw_rows(&self, buf: &mut Buffer) {
        let visible = self.matrix.rows().enumerate();
        let visible = visible.skip(self.matrix.cursor.top);
        for (row, (at, speaker)) in self.speaker_rows().zip(visible) {
            let is_here = at == self.matrix.cursor.at;
            let base = if is_here {
                self.style(Role::Row)
            } else {
                Style::new()
            };
            if is_here {
                let line = Rect {
                    y: self.area.y + row,
                    height: 1,
                    ..self.area
                };
                buf.set_style(line, base);
                Pen::new(buf, self.area, row).put(drawn(self.app, "▌"), self.style(Role::Focus));
            }
            self.draw_row((row, speaker, is_here), base, buf);
        }
    }

    fn draw_row(
        &self,
        (row, speaker, is_here): (u16, &GridRow, bool),
        base: Style,
        buf: &mut Buffer,
    ) {
        let mut pen = Pen::new(buf, self.area, row);
        pen.to(self.area.x + 2);
        let name = on_row(base, self.speaker(speaker));
        pen.put_clipped(&speaker.name, self.names - 1, name);
        for (column, place) in self.columns() {
            let cell = Cell {
                count: crate::app::matrix::count(speaker, column),
                column,
                is_chosen: is_here && column == self.matrix.column,
            };
            self.draw_cell(&cell, Pen::new(buf, place, row), base);
        }
    }

    /// Draws a cell: signs that shade it by how much it is, and the number. An empty cell is a `·`.
    fn draw_cell(&self, cell: &Cell, mut pen: Pen, base: Style) {
        let (open, close) = if cell.is_chosen {
            ("[", "]")
        } else {
            (" ", " ")
        };
        let focus = on_row(base, self.style(Role::Focus));
        pen.put(open, focus);
        pen.put_right(close, focus);
        let is_outlet = cell.column < self.matrix.grid.columns.len();
        if cell.count == 0 {
            let dim = on_row(base, self.style(Role::Dim));
            return pen.put_right(drawn(self.app, "·"), dim);
        }
        let role = if is_outlet { Role::Text } else { Role::Dim };
        let number = self.number(cell.count, cell.column);
        pen.put_right(&number, on_row(base, self.style(role)));
        if !is_outlet || self.app.view.signs == Signs::Plain {
            return;
        }
        let value = self.matrix.value(cell.count, cell.column);
        let level = shade_of(value, self.highest);
        let shade = on_row(base, self.app.theme().shade(level, SHADES));
        let signs = shade_sign(self.app, level);
        pen.put_right(" ", base);
        let columns = SHADE.min(pen.room());
        pen.put_right(&signs.repeat(usize::from(columns)), shade);
    }

    fn draw_totals(&self, buf: &mut Buffer) {
        let Some(row) = self.area.height.checked_sub(1) else {
            return;
        };
        if self.speaker_rows().is_empty() {
            return;
        }
        self.draw_rule(row - 1, buf);
        let mut pen = Pen::new(buf, self.area, row);
        pen.to(self.area.x + 2);
        let title = self.style(Role::PaneTitle);
        pen.put_clipped(self.app.tr("all"), self.names - 1, title);
        let grid = &self.matrix.grid;
        let all: usize = grid.rows.iter().map(GridRow::count).sum();
        for (column, place) in self.columns() {
            let count = match grid.columns.get(column) {
                Some(_) => grid.count_in(column),
                None => all,
            };
            let mut pen = Pen::new(buf, place, row);
            pen.put_right(" ", Style::new());
            pen.put_right(&self.number(count, column), title);
        }
    }
}

/// A cell of the matrix as it is drawn.
struct Cell {
    count: usize,
    column: usize,
    is_chosen: bool,
}
