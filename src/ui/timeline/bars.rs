//! The bars of a timeline with their axes. ratatui's bar chart has one value for each bar; these are
//! divided into series, and stand on a scale of time that folds long silences.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::ink::series_sign;
use super::super::look::drawn;
use super::super::pen::Pen;
use super::steps::silence;
use super::view::View;
use crate::app::Signs;
use crate::app::chart::{Bar, Chart, FOLD_WIDTH, Steps};
use crate::config::Role;
use crate::relate::{Counts, Grain, SERIES};
use crate::text::width;

/// Number of parts into which the height of a cell is divided.
const PARTS: usize = 8;

/// Draws the bars, `rows` rows high, from the third row of the area on, and below them the axis
/// with the dates.
pub(super) fn draw(view: &View, rows: u16, buf: &mut Buffer) {
    let timeline = view.timeline;
    // The scale on the left: its widest number and the axis.
    let digits = width(&timeline.histogram.count.to_string()).max(2);
    let left = digits + 2;
    let area = Rect {
        x: view.area.x + left,
        y: view.area.y + 2,
        width: view.area.width.saturating_sub(left + 1),
        height: rows,
    };
    let chart = Chart::of(&timeline.histogram, timeline.stack, area.width);
    draw_scale(view, (&chart, digits), rows, buf);
    let drawing = Drawing {
        view,
        chart: &chart,
        area,
    };
    for bar in &chart.bars {
        match bar {
            Bar::Steps(steps) => drawing.draw_bar(steps, buf),
            Bar::Fold { x, .. } => drawing.draw_fold(*x, buf),
        }
    }
    drawing.draw_axis(buf);
    drawing.draw_dates(buf);
    Pen::new(buf, view.area, rows + 4).fill(drawn(view.app, "─"), view.style(Role::Rule));
}

/// Draws the numbers at the left edge: the highest bar, half of it, and nothing.
fn draw_scale(view: &View, (chart, digits): (&Chart, u16), rows: u16, buf: &mut Buffer) {
    let dim = view.style(Role::Dim);
    let is_blocks = view.app.view.signs == Signs::Usual;
    let (axis, tick, corner) = if is_blocks {
        ("│", "┤", "└")
    } else {
        ("|", "+", "+")
    };
    for row in 0..=rows {
        let mut pen = Pen::new(buf, view.area, row + 2);
        let number = match row {
            0 => Some(chart.highest),
            row if row == rows / 2 && rows > 4 && chart.highest > 1 => Some(chart.highest / 2),
            row if row == rows => Some(0),
            _ => None,
        };
        let words = number.map_or_else(String::new, |number| number.to_string());
        let sign = match number {
            _ if row == rows => corner,
            Some(_) => tick,
            None => axis,
        };
        pen.put(&format!("{words:>0$}", usize::from(digits + 1)), dim);
        pen.put(sign, view.style(Role::Rule));
    }
}

struct Drawing<'a> {
    view: &'a View<'a>,
    chart: &'a Chart,
    area: Rect,
}

impl Drawing<'_> {
    /// Draws one bar from the bottom up. Each cell has the sign of the series that fills most of it.
    fn draw_bar(&self, steps: &Steps, buf: &mut Buffer) {
        let rows = usize::from(self.area.height);
        let highest = self.chart.highest.max(1) as usize;
        let count = steps.count() as usize;
        let top = (count * rows * PARTS).div_ceil(highest);
        let brushed = self.view.timeline.brushed();
        let is_outside = brushed.is_some_and(|range| {
            *range.end() < steps.bins.start || *range.start() >= steps.bins.end
        });
        for row in 0..top.div_ceil(PARTS) {
            let filled = (top - row * PARTS).min(PARTS);
            // The part of the statements that this cell shows.
            let from = row * PARTS * count / top.max(1);
            let to = (row * PARTS + filled) * count / top.max(1);
            let series = most_in(&steps.counts, from..to.max(from + 1));
            let sign = if filled < PARTS {
                self.view.app.view.signs.eighths(filled)
            } else {
                series_sign(self.view.app, series)
            };
            let style = if is_outside {
                self.view.style(Role::Dim)
            } else {
                self.view.series_style(series)
            };
            let place = Rect {
                x: self.area.x + steps.x,
                width: self.chart.bar_width,
                ..self.area
            };
            let row = self.area.height - 1 - row as u16;
            Pen::new(buf, place, row).fill(sign, style);
        }
    }

    fn draw_fold(&self, x: u16, buf: &mut Buffer) {
        let place = Rect {
            x: self.area.x + x,
            width: FOLD_WIDTH,
            ..self.area
        };
        let sign = match self.view.app.view.signs {
            Signs::Usual => " ⋯ ",
            Signs::Ascii | Signs::Plain => "...",
        };
        Pen::new(buf, place, self.area.height - 1).put(sign, self.view.style(Role::Dim));
    }

    /// Returns whether one of the steps of a bar is selected.
    fn is_here(&self, steps: &Steps) -> bool {
        let here = self.view.timeline.step();
        here.is_some_and(|step| steps.bins.contains(&step))
    }

    /// Draws the axis, on which the selected step and the brushed range are marked.
    fn draw_axis(&self, buf: &mut Buffer) {
        let is_blocks = self.view.app.view.signs == Signs::Usual;
        let (line, brushed, here) = if is_blocks {
            ("─", "━", "▲")
        } else {
            ("-", "=", "^")
        };
        let row = Rect {
            y: self.area.y + self.area.height,
            height: 1,
            ..self.area
        };
        Pen::new(buf, row, 0).fill(line, self.view.style(Role::Rule));
        let focus = self.view.style(Role::Focus);
        if let Some((from, to)) = self.brushed_columns() {
            let range = Rect {
                x: row.x + from,
                width: to.saturating_sub(from),
                ..row
            };
            Pen::new(buf, range, 0).fill(brushed, focus);
        }
        for steps in self.chart.steps().filter(|steps| self.is_here(steps)) {
            let place = Rect {
                x: row.x + steps.x,
                width: self.chart.bar_width,
                ..row
            };
            Pen::new(buf, place, 0).fill(here, focus);
        }
    }

    /// Returns the first column of the brushed range and the column after its last one.
    fn brushed_columns(&self) -> Option<(u16, u16)> {
        let range = self.view.timeline.brushed()?;
        let bars = self
            .chart
            .steps()
            .filter(|steps| steps.bins.start <= *range.end() && steps.bins.end > *range.start());
        let mut columns = bars.map(|steps| steps.x);
        let first = columns.next()?;
        let last = columns.last().unwrap_or(first);
        Some((first, last + self.chart.bar_width))
    }

    /// Draws dates below the axis: the whole date at the beginning, after a silence and in a new
    /// year, else without the year.
    fn draw_dates(&self, buf: &mut Buffer) {
        let row = Rect {
            y: self.area.y + self.area.height + 1,
            height: 1,
            width: self.area.width + 1,
            ..self.area
        };
        let grain = self.view.timeline.histogram.grain;
        let (mut free, mut year) = (0, None);
        for bar in &self.chart.bars {
            let steps = match bar {
                Bar::Steps(steps) => steps,
                Bar::Fold { x, steps } => {
                    let words = silence(self.view, *steps);
                    let at = x.saturating_sub(width(&words) / 2).max(free);
                    if at + width(&words) <= row.width && at <= x + FOLD_WIDTH {
                        free = self.put(row, (at, &words), buf);
                    }
                    year = None;
                    continue;
                }
            };
            let own = chrono::Datelike::year(&steps.start);
            let pattern = match grain {
                Grain::Month => "%Y-%m",
                Grain::Day | Grain::Week if year == Some(own) => "%m-%d",
                Grain::Day | Grain::Week => "%Y-%m-%d",
            };
            let words = steps.start.format(pattern).to_string();
            if steps.x >= free && steps.x + width(&words) <= row.width {
                free = self.put(row, (steps.x, &words), buf);
                year = Some(own);
            }
        }
    }

    /// Writes words below the axis and returns the next free column.
    fn put(&self, row: Rect, (x, words): (u16, &str), buf: &mut Buffer) -> u16 {
        let mut pen = Pen::new(buf, row, 0);
        pen.to(row.x + x);
        pen.put(words, Style::new().patch(self.view.style(Role::Dim)));
        x + width(words) + 2
    }
}

/// Returns the series that has most statements in a range of a bar's statements, which are ordered
/// by series from the bottom up.
fn most_in(counts: &Counts, range: std::ops::Range<usize>) -> usize {
    let (mut from, mut best) = (0, (0, SERIES - 1));
    for (series, count) in counts.iter().enumerate() {
        let to = from + *count as usize;
        let inside = to.min(range.end).saturating_sub(from.max(range.start));
        if inside > best.0 {
            best = (inside, series);
        }
        from = to;
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_sign_of_the_series_that_fills_most_of_it() {
        let counts = [6, 0, 2, 1, 3];
        for (range, series) in [
            (0..4, 0),
            (4..8, 0),
            (5..9, 2),
            (8..9, 3),
            (8..12, 4),
            (0..12, 0),
        ] {
            assert_eq!(most_in(&counts, range.clone()), series, "{range:?}");
        }
    }
}
