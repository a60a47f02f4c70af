//! The columns of a histogram on a true scale of time: which steps of time stand in which column of
//! the screen, and which long silences are folded.

use std::ops::Range;

use chrono::NaiveDate;

use super::timeline::{fold_from, near};
use crate::relate::{Counts, Histogram, Stack};

/// Number of screen columns that a folded silence takes.
pub const FOLD_WIDTH: u16 = 3;
/// Maximum number of screen columns that one step takes, with the space behind it.
const WIDEST: u16 = 4;

/// A bar of a chart, or a silence between two bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bar {
    /// The statements of one or several neighbouring steps.
    Steps(Steps),
    /// A long silence.
    Fold {
        /// The column of its left edge.
        x: u16,
        /// The number of steps without a statement.
        steps: usize,
    },
}

/// The statements of one or several neighbouring steps, as one bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The column of its left edge, counted from the left edge of the chart.
    pub x: u16,
    /// The first day of the first step.
    pub start: NaiveDate,
    /// The steps, as indices into [`Histogram::bins`].
    pub bins: Range<usize>,
    /// The statements in each series.
    pub counts: Counts,
}

impl Steps {
    /// Returns the number of statements.
    pub fn count(&self) -> u32 {
        self.counts.iter().sum()
    }
}

/// The bars of a histogram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// The bars, from left to right. Where nothing was said there is none.
    pub bars: Vec<Bar>,
    /// The width of a bar, in columns of the screen.
    pub bar_width: u16,
    /// The width of all bars and the silences between them.
    pub width: u16,
    /// The number of steps that one bar shows.
    pub steps_each: usize,
    /// The number of statements in the highest bar.
    pub highest: u32,
}

/// Steps between two folded silences, as step numbers.
struct Segment {
    first: i64,
    last: i64,
    bins: Vec<usize>,
}

impl Segment {
    fn len(&self) -> usize {
        usize::try_from(self.last - self.first + 1).unwrap_or(1)
    }
}

impl Chart {
    /// Arranges the bars of a histogram in `width` columns of the screen. Takes one pass over its
    /// steps.
    pub fn of(histogram: &Histogram, stack: Stack, width: u16) -> Self {
        let segments = segments(histogram);
        let folds = segments.len().saturating_sub(1);
        // Each silence may leave one bar that shows fewer steps than the others.
        let folded = folds as u16 * (FOLD_WIDTH + 1);
        let room = width.saturating_sub(folded).max(1);
        let all: usize = segments.iter().map(Segment::len).sum();
        let steps_each = all.div_ceil(usize::from(room)).max(1);
        let each = usize::from(room) / all.div_ceil(steps_each).max(1);
        let each = (each as u16).clamp(1, WIDEST);
        let mut chart = Self {
            bar_width: if each > 2 { each - 1 } else { each },
            steps_each,
            ..Self::default()
        };
        let mut before: Option<i64> = None;
        for segment in &segments {
            if let Some(before) = before {
                chart.bars.push(Bar::Fold {
                    x: chart.width,
                    steps: usize::try_from(segment.first - before - 1).unwrap_or(0),
                });
                chart.width += FOLD_WIDTH;
            }
            before = Some(segment.last);
            chart.add(histogram, (segment, stack), each);
        }
        chart
    }

    fn add(&mut self, histogram: &Histogram, (segment, stack): (&Segment, Stack), each: u16) {
        let from = self.width;
        for at in &segment.bins {
            let Some((bin, start)) = histogram
                .bins
                .get(*at)
                .and_then(|bin| Some((bin, bin.start?)))
            else {
                continue;
            };
            let step = usize::try_from(histogram.grain.number(start) - segment.first).unwrap_or(0);
            let x = from + (step / self.steps_each) as u16 * each;
            let counts = bin.counts(stack);
            match self.bars.last_mut() {
                Some(Bar::Steps(steps)) if steps.x == x => {
                    steps.bins.end = at + 1;
                    for (sum, count) in steps.counts.iter_mut().zip(counts) {
                        *sum += count;
                    }
                }
                _ => self.bars.push(Bar::Steps(Steps {
                    x,
                    start,
                    bins: *at..at + 1,
                    counts: *counts,
                })),
            }
            if let Some(Bar::Steps(steps)) = self.bars.last() {
                self.highest = self.highest.max(steps.count());
            }
        }
        self.width = from + segment.len().div_ceil(self.steps_each) as u16 * each;
    }

    /// Returns the bars that show statements.
    pub fn steps(&self) -> impl Iterator<Item = &Steps> {
        self.bars.iter().filter_map(|bar| match bar {
            Bar::Steps(steps) => Some(steps),
            Bar::Fold { .. } => None,
        })
    }
}

fn segments(histogram: &Histogram) -> Vec<Segment> {
    let fold = fold_from(histogram);
    let mut segments: Vec<Segment> = Vec::new();
    for (at, bin) in near(histogram) {
        let Some(number) = bin.start.map(|start| histogram.grain.number(start)) else {
            continue;
        };
        match segments.last_mut() {
            Some(last) if usize::try_from(number - last.last - 1).unwrap_or(0) < fold => {
                last.last = number;
                last.bins.push(at);
            }
            _ => segments.push(Segment {
                first: number,
                last: number,
                bins: vec![at],
            }),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, QuoteId};
    use crate::relate::{Bin, Grain, SERIES, Scope};

    /// A histogram with so many statements on these days.
    fn histogram(days: &[(&str, u32)]) -> Histogram {
        let quote = QuoteId {
            article: ArticleId(0),
            index: 0,
        };
        let bins = days.iter().map(|(day, count)| {
            let mut counts = [0; SERIES];
            counts[0] = *count;
            Bin {
                start: Some(day.parse().unwrap()),
                quotes: vec![quote; *count as usize],
                by: [counts; 3],
                outlets: Vec::new(),
                most: (quote, 1),
            }
        });
        Histogram {
            scope: Scope::All,
            grain: Grain::Day,
            bins: bins.collect(),
            series: [Vec::new(), Vec::new(), Vec::new()],
            outlets: Vec::new(),
            days: None,
            count: 0,
        }
    }

    #[test]
    fn bars_stand_on_a_true_scale_and_a_long_silence_is_folded() {
        let week = histogram(&[("2025-06-01", 3), ("2025-06-02", 5), ("2025-06-07", 1)]);
        let chart = Chart::of(&week, Stack::Outlet, 28);
        let at: Vec<_> = chart
            .steps()
            .map(|steps| (steps.x, steps.count()))
            .collect();
        assert_eq!(at, [(0, 3), (4, 5), (24, 1)]);
        assert_eq!((chart.bar_width, chart.width, chart.highest), (3, 28, 5));

        let year = histogram(&[("2025-06-01", 3), ("2025-06-02", 5), ("2026-06-07", 1)]);
        let chart = Chart::of(&year, Stack::Outlet, 28);
        let folds = chart.bars.iter().filter_map(|bar| match bar {
            Bar::Fold { x, steps } => Some((*x, *steps)),
            Bar::Steps(_) => None,
        });
        assert_eq!(folds.collect::<Vec<_>>(), [(8, 369)]);
        let at: Vec<_> = chart.steps().map(|steps| steps.x).collect();
        assert_eq!(at, [0, 4, 11]);
    }

    #[test]
    fn no_bar_is_lost_and_none_leaves_the_chart_at_any_width() {
        let first: NaiveDate = "2024-01-01".parse().unwrap();
        let days: Vec<_> = first.iter_days().step_by(3).take(300).collect();
        let days: Vec<_> = days.iter().map(ToString::to_string).collect();
        let days: Vec<(&str, u32)> = days.iter().map(|day| (&**day, 2)).collect();
        let histogram = histogram(&days);
        for width in 0..250 {
            let chart = Chart::of(&histogram, Stack::Kind, width);
            let sum: u32 = chart.steps().map(Steps::count).sum();
            assert_eq!(sum, 600, "{width}");
            let right = chart.steps().map(|steps| steps.x + chart.bar_width).max();
            assert!(width == 0 || right.unwrap() <= width, "{width}: {right:?}");
        }
    }
}
