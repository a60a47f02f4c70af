//! Steps of time and silences in words.

use chrono::NaiveDate;

use super::view::View;
use crate::relate::Grain;

/// Returns words for a number of steps without a statement.
pub(super) fn silence(view: &View, steps: usize) -> String {
    let words = match view.timeline.histogram.grain {
        Grain::Day => "{0} days of silence",
        Grain::Week => "{0} weeks of silence",
        Grain::Month => "{0} months of silence",
    };
    view.app.fill(words, &[&steps.to_string()])
}

/// Returns the first day of a step as it is written in the list.
pub(super) fn step_name(view: &View, start: Option<NaiveDate>) -> String {
    let pattern = match view.timeline.histogram.grain {
        Grain::Day => "%Y-%m-%d",
        Grain::Week => "%Y-%m-%d…",
        Grain::Month => "%Y-%m",
    };
    match start {
        Some(start) => start.format(pattern).to_string(),
        None => view.app.tr("undated").to_owned(),
    }
}
