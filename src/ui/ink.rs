//! Ink for numbers: the signs of bars, shades and small charts, and what stands for them where a
//! terminal has no block signs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::shade;
use ratatui::widgets::{Sparkline, Widget};

use super::look::style;
use crate::app::{App, Signs};
use crate::config::Role;
use crate::model::QuoteKind;
use crate::relate::{KINDS, PARTS, SERIES};

/// Number of shades that a sign can show.
pub(super) const SHADES: usize = 4;

/// Returns the sign of a shade, from 1 for the least to [`SHADES`] for the most.
pub(super) fn shade_sign(app: &App, level: usize) -> &'static str {
    let usual = [shade::LIGHT, shade::MEDIUM, shade::DARK, shade::FULL];
    let ascii = [".", "-", "=", "#"];
    let signs = match app.view.signs {
        Signs::Usual => usual,
        Signs::Ascii | Signs::Plain => ascii,
    };
    let at = level.saturating_sub(1).min(SHADES - 1);
    signs.get(at).copied().unwrap_or(" ")
}

/// Returns the sign of one series of a bar, the first one the darkest. The last series, which is
/// all the rest, has a sign of its own.
pub(super) fn series_sign(app: &App, series: usize) -> &'static str {
    if series + 1 >= SERIES {
        return match app.view.signs {
            Signs::Usual => "┆",
            Signs::Ascii | Signs::Plain => ":",
        };
    }
    shade_sign(app, SHADES - series)
}

/// Returns the level of the shade for `value`, of which `highest` is the highest, or 0 for no shade
/// at all.
pub(super) fn shade_of(value: f64, highest: f64) -> usize {
    if value <= 0.0 {
        return 0;
    }
    let steps = 1..SHADES;
    let above = steps.filter(|step| value * SHADES as f64 > highest * *step as f64);
    1 + above.count()
}

/// Returns a lying bar whose length stands for `count`, of which `highest` is the highest. It is
/// `longest` columns long at most, and never empty unless `count` is 0.
pub(super) fn lying_bar(app: &App, (count, highest): (usize, usize), longest: u16) -> String {
    let sign = match app.view.signs {
        Signs::Usual => "▇",
        Signs::Ascii => "#",
        // The number beside it says the same to a screen reader.
        Signs::Plain => "",
    };
    sign.repeat((count * usize::from(longest)).div_ceil(highest.max(1)))
}

/// Draws a line of small bars, one for each count. Draws nothing for a screen reader.
pub(super) fn sparkline(app: &App, counts: &[u16], area: Rect, (buf, base): (&mut Buffer, Style)) {
    if app.view.signs == Signs::Plain || area.is_empty() {
        return;
    }
    let highest = counts.iter().copied().max().unwrap_or(0).max(1);
    // A bar that is there at all is seen, however small it is beside the highest.
    let least = u64::from(highest).div_ceil(8);
    let seen = counts.iter().map(|count| match count {
        0 => 0,
        count => u64::from(*count).max(least),
    });
    let seen: Vec<u64> = seen.collect();
    Sparkline::default()
        .data(seen)
        .max(u64::from(highest))
        .bar_set(app.view.signs.bars())
        .style(base.patch(style(app, Role::Bar)))
        .render(area, buf);
}

/// Returns the counts of a trend in `columns` columns: neighbouring parts are added where there are
/// fewer columns than parts.
pub(super) fn in_columns(parts: &[u16; PARTS], columns: u16) -> Vec<u16> {
    let each = PARTS.div_ceil(usize::from(columns).max(1)).max(1);
    let sums = parts.chunks(each);
    sums.map(|some| {
        some.iter()
            .fold(0, |sum: u16, count| sum.saturating_add(*count))
    })
    .collect()
}

/// Returns the signs of a bar that shows the share of each kind of quotations in `columns` columns.
/// A kind that there is at all has at least one column.
pub(super) fn kinds_bar(app: &App, kinds: &[u32; KINDS], columns: u16) -> String {
    let all: u32 = kinds.iter().sum();
    if all == 0 || app.view.signs == Signs::Plain {
        return String::new();
    }
    let signs = KIND_SHADES.map(|level| shade_sign(app, level));
    let mut lengths = kinds.map(|count| {
        let (count, all) = (u64::from(count), u64::from(all));
        // Rounded to the nearest column.
        let share = (2 * count * u64::from(columns) + all) / (2 * all);
        (share as u16).max(u16::from(count > 0))
    });
    // What rounding added or took is settled with the longest part.
    let sum: u16 = lengths.iter().sum();
    if let Some(longest) = lengths.iter_mut().max() {
        *longest = (*longest + columns).saturating_sub(sum);
    }
    let parts = signs.iter().zip(lengths);
    parts
        .map(|(sign, length)| sign.repeat(usize::from(length)))
        .collect()
}

/// The shade of each kind of quotations in a bar: direct, indirect, fragment.
const KIND_SHADES: [usize; KINDS] = [4, 2, 1];

/// Returns a legend of the signs of [`kinds_bar`].
pub(super) fn kinds_legend(app: &App) -> String {
    let names = [
        QuoteKind::Direct.name(),
        QuoteKind::Indirect.name(),
        QuoteKind::Fragment.name(),
    ];
    let parts = names.iter().zip(KIND_SHADES);
    let parts = parts.map(|(name, level)| format!("{} {}", shade_sign(app, level), app.tr(name)));
    parts.collect::<Vec<_>>().join("  ")
}
