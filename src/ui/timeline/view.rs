//! What all parts of a timeline draw from: its state and its area, its title, and the series of its
//! bars.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::ink::series_sign;
use super::super::look::{drawn, person_style, style};
use super::super::pen::Pen;
use crate::app::App;
use crate::app::counts::Counted;
use crate::app::timeline::Timeline;
use crate::config::Role;
use crate::relate::{Grain, SERIES, Stack};
use crate::text::width;

/// A timeline that is being drawn.
pub(super) struct View<'a> {
    pub(super) app: &'a App,
    pub(super) timeline: &'a Timeline,
    pub(super) area: Rect,
}

impl View<'_> {
    pub(super) fn style(&self, role: Role) -> Style {
        style(self.app, role)
    }

    pub(super) fn draw_title(&self, buf: &mut Buffer) {
        let focus = self.style(Role::Focus);
        let mut pen = Pen::new(buf, self.area, 0);
        let (line, mark) = (drawn(self.app, "━"), drawn(self.app, "▸"));
        pen.put(&format!("{line} {mark} "), focus);
        pen.put_right(line, focus);
        let steps = self.timeline.histogram.bins.len();
        let place = self.timeline.step().map_or(0, |step| step + 1);
        pen.put_right(&format!(" {place}/{steps} "), focus);
        let words = match self.timeline.histogram.grain {
            Grain::Day => "Timeline · published by day · {0}",
            Grain::Week => "Timeline · published by week · {0}",
            Grain::Month => "Timeline · published by month · {0}",
        };
        let words = self
            .app
            .fill(words, &[&self.timeline.whose(&self.app.view.interface)]);
        let count = self.timeline.histogram.count;
        let count = self.app.counted(count, Counted::Statements);
        let room = pen.room().saturating_sub(1);
        pen.put_clipped(&format!("{words} · {count}"), room, focus);
        pen.put(" ", focus);
        pen.fill(line, focus);
    }

    /// Returns the style of a series of the bars. A speaker has the colour that the speaker has
    /// everywhere; outlets and kinds have shades.
    pub(super) fn series_style(&self, series: usize) -> Style {
        let stack = self.timeline.stack;
        let known = self.timeline.histogram.series[stack as usize].get(series);
        if series + 1 >= SERIES {
            return self.style(Role::Dim);
        }
        if let Some(person) = known.and_then(|known| known.person) {
            return person_style(self.app, person);
        }
        let levels = SERIES - 1;
        self.app.theme().shade(levels - series, levels)
    }

    /// Returns the names of the series with their counts. What is in no series comes last.
    pub(super) fn series(&self) -> Vec<(String, u32)> {
        let histogram = &self.timeline.histogram;
        let known = &histogram.series[self.timeline.stack as usize];
        let unknown = match self.timeline.stack {
            Stack::Outlet => self.app.tr("outlet unknown"),
            Stack::Speaker | Stack::Kind => self.app.tr("unattributed"),
        };
        let mut series: Vec<(String, u32)> = known
            .iter()
            .map(|one| {
                let name = one.name.as_deref().unwrap_or(unknown);
                let name = match self.timeline.stack {
                    Stack::Kind => self.app.tr(name),
                    Stack::Outlet | Stack::Speaker => name,
                };
                (name.to_owned(), one.count)
            })
            .collect();
        let named: u32 = series.iter().map(|(_, count)| count).sum();
        let rest = (histogram.count as u32).saturating_sub(named);
        if rest > 0 {
            series.push((self.app.tr("others").to_owned(), rest));
        }
        series
    }

    /// Draws the legend of the bars.
    pub(super) fn draw_series(&self, buf: &mut Buffer) {
        let mut pen = Pen::new(buf, self.area, 1);
        let by = match self.timeline.stack {
            Stack::Outlet => "by outlet",
            Stack::Speaker => "by speaker",
            Stack::Kind => "by kind",
        };
        pen.put(
            &format!(" {}", self.app.tr(by)),
            self.style(Role::PaneTitle),
        );
        let named = self.timeline.histogram.series[self.timeline.stack as usize].len();
        for (at, (name, count)) in self.series().iter().enumerate() {
            let series = if at < named { at } else { SERIES - 1 };
            let sign = series_sign(self.app, series);
            let count = count.to_string();
            if width(name) + width(&count) + 6 > pen.room() {
                return pen.put("   …", self.style(Role::Dim));
            }
            pen.put("   ", Style::new());
            pen.put(sign, self.series_style(series));
            pen.put(&format!(" {name} "), self.style(Role::Text));
            pen.put(&count, self.style(Role::Dim));
        }
    }
}
