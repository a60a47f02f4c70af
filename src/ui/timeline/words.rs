//! What the bars of a timeline show, in words: for a screen reader, and where there is no room for
//! bars.

use ratatui::buffer::Buffer;

use super::super::pen::Pen;
use super::steps::{silence, step_name};
use super::view::View;
use crate::app::timeline::{Line, near};
use crate::config::Role;

/// Draws the words in the second row.
pub(super) fn draw(view: &View, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, view.area, 1);
    let room = pen.room();
    let words = format!(" {}", overview(view));
    pen.put_clipped(&words, room, view.style(Role::Text));
}

/// Returns words that say when most was said, how it is divided, over which days it goes, and what
/// the longest silence is.
fn overview(view: &View) -> String {
    let (app, histogram) = (view.app, &view.timeline.histogram);
    let mut parts = Vec::new();
    let most = near(histogram).max_by_key(|(at, bin)| (bin.quotes.len(), std::cmp::Reverse(*at)));
    if let Some((_, bin)) = most {
        let (count, all) = (bin.quotes.len().to_string(), histogram.count.to_string());
        let name = step_name(view, bin.start);
        parts.push(app.fill("most on {0}: {1} of {2}", &[&name, &count, &all]));
    }
    let series = view.series();
    let series = series.iter().map(|(name, count)| format!("{name} {count}"));
    parts.push(series.collect::<Vec<_>>().join(", "));
    let mut days = near(histogram).filter_map(|(_, bin)| bin.start);
    if let Some(first) = days.next() {
        let last = days.last().unwrap_or(first);
        parts.push(format!("{first} – {last}"));
    }
    let silences = view.timeline.lines.iter().filter_map(|line| match line {
        Line::Silence(steps) => Some(*steps),
        _ => None,
    });
    parts.extend(silences.max().map(|steps| silence(view, steps)));
    parts.join("; ")
}
