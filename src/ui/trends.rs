//! The numbers of speakers, stories and outlets in a list, as ink: how many quotations, when, and of
//! what kinds.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ink::{in_columns, kinds_bar, lying_bar, sparkline};
use super::look::{on_row, style};
use super::pen::Pen;
use crate::app::picker::{Choice, Item, Picker};
use crate::app::{App, Signs};
use crate::config::Role;
use crate::relate::{PARTS, Trend};
use crate::text::width;

/// The columns of the screen in which the trends of a list are drawn. They are the same in each row.
pub(super) struct TrendColumns {
    /// The column where the text of an item begins.
    pub text: u16,
    /// The column where the text of an item ends.
    pub end: u16,
    bar: (u16, u16),
    spark: (u16, u16),
    kinds: (u16, u16),
    /// The highest number that a bar stands for.
    highest: usize,
    area: Rect,
}

/// Minimum width of a list that shows trends, and of one that shows them at full length.
const SHOWN_FROM: u16 = 64;
const LONG_FROM: u16 = 100;
/// Number of columns for the days of a story: as many days as the reports of one event take.
const STORY_DAYS: u16 = 8;
/// Space between two columns.
const GAP: u16 = 2;
/// Number of items that decide about widths and the highest number. The highest come first.
const MEASURED: usize = 1000;

impl TrendColumns {
    /// Arranges the columns of a list on `area`, whose leads are `lead` wide. Returns `None` if its
    /// items have no trends, or if there is no room for them.
    pub fn of(app: &App, picker: &Picker, (area, lead): (Rect, u16)) -> Option<Self> {
        let has_room = area.width >= SHOWN_FROM && app.view.signs != Signs::Plain;
        if !has_room || !picker.has_trends() {
            return None;
        }
        let items = picker.items.iter().take(MEASURED);
        let note = items.clone().map(|item| width(&item.note)).max();
        let highest = items.map(|item| amount(app, item)).max();
        let is_story = matches!(picker.items.first()?.choice, Choice::Story(_));
        let is_long = area.width >= LONG_FROM;
        let (bar, spark, kinds) = match (is_story, is_long) {
            // A story has a bar for each of its few days, and its title needs the room.
            (true, true) => (0, STORY_DAYS, 10),
            (true, false) => (0, STORY_DAYS, 0),
            (false, true) => (10, PARTS as u16, 10),
            (false, false) => (0, PARTS as u16 / 2, 6),
        };
        let right = area.right().saturating_sub(note.unwrap_or(0) + GAP + 1);
        let kinds = (right.saturating_sub(kinds), kinds);
        let gap = if kinds.1 > 0 { GAP } else { 0 };
        let spark = (kinds.0.saturating_sub(spark + gap), spark);
        let left = area.x + 2 + lead + GAP;
        let text = if bar > 0 { left + bar + GAP } else { left };
        Some(Self {
            text,
            end: spark.0.saturating_sub(GAP),
            bar: (left, bar),
            spark,
            kinds,
            highest: highest.unwrap_or(0),
            area,
        })
    }

    /// Draws the trend of an item on a row of the list.
    pub fn draw(&self, app: &App, item: &Item, row: u16, (buf, base): (&mut Buffer, Style)) {
        let Some(trend) = trend(app, item) else {
            return;
        };
        let place = |(x, width): (u16, u16)| Rect {
            x,
            width: width.min(self.area.right().saturating_sub(x)),
            y: self.area.y + row,
            height: 1,
        };
        let ink = on_row(base, style(app, Role::Bar));
        let bar = lying_bar(app, (amount(app, item), self.highest), self.bar.1);
        Pen::new(buf, place(self.bar), 0).put(&bar, ink);
        let counts = match days_of(app, item) {
            Some(days) => trend.parts.iter().take(days).copied().collect(),
            None => in_columns(&trend.parts, self.spark.1),
        };
        sparkline(app, &counts, place(self.spark), (buf, base));
        let kinds = kinds_bar(app, &trend.kinds, self.kinds.1);
        Pen::new(buf, place(self.kinds), 0).put(&kinds, ink);
    }
}

/// Returns the number that the bar of an item stands for: the one in its first column.
fn amount(app: &App, item: &Item) -> usize {
    match item.choice {
        Choice::Outlet(at) => {
            let outlets = app.surveyed().map(|survey| survey.trends.outlets());
            let outlet = outlets.and_then(|outlets| outlets.get(at));
            outlet.map_or(0, |outlet| outlet.articles as usize)
        }
        _ => trend(app, item).map_or(0, |trend| trend.kinds.iter().sum::<u32>() as usize),
    }
}

fn trend<'a>(app: &'a App, item: &Item) -> Option<&'a Trend> {
    let trends = &app.surveyed()?.trends;
    match item.choice {
        Choice::Speaker(id) => trends.person(id),
        Choice::Story(id) => trends.story(id),
        Choice::Outlet(at) => trends.outlets().get(at).map(|outlet| &outlet.trend),
        _ => None,
    }
}

/// Returns the number of days of a story, or `None` if the item is no story.
fn days_of(app: &App, item: &Item) -> Option<usize> {
    let Choice::Story(id) = item.choice else {
        return None;
    };
    let (first, last) = app.surveyed()?.heading(id)?.days?;
    usize::try_from((last - first).num_days() + 1).ok()
}

/// Returns what the trend of an item shows, in words: when most was said, and the shares of the
/// kinds. Returns `None` if the item has none.
pub(super) fn in_words(app: &App, item: &Item) -> Option<String> {
    let trend = trend(app, item)?;
    let all: u32 = trend.kinds.iter().sum();
    let mut parts = Vec::new();
    let days = app.surveyed()?.trends.days.as_ref();
    if let (None, Some(days), Some((part, count))) = (days_of(app, item), days, trend.peak()) {
        let (start, count) = (days.start_of(part, PARTS).to_string(), count.to_string());
        parts.push(app.fill("most from {0} on: {1}", &[&start, &count]));
    }
    let names = ["direct {0}%", "indirect {0}%", "fragments {0}%"];
    for (words, count) in names.iter().zip(trend.kinds) {
        if count > 0 {
            let percent = f64::from(count) * 100.0 / f64::from(all.max(1));
            parts.push(app.fill(words, &[&format!("{percent:.0}")]));
        }
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}
