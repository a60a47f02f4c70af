//! The timeline: statements by date of publication. It shows a histogram over a list of steps of
//! time, each of which unfolds into its statements.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::NaiveDate;

use super::cursor::{Cursor, Motion};
use crate::config::Interface;
use crate::model::QuoteId;
use crate::relate::{Bin, Grain, Histogram, Scope, Stack, Survey};

/// A line of the list below the histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A step of time, as an index into [`Histogram::bins`].
    Step(usize),
    /// A statement of an unfolded step.
    Statement(QuoteId),
    /// Long silence before the next step: the number of steps without a statement.
    Silence(usize),
}

/// A timeline that takes the whole screen.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The counted statements.
    pub histogram: Arc<Histogram>,
    /// The survey by which they were counted.
    pub survey: Arc<Survey>,
    /// By what the bars are divided.
    pub stack: Stack,
    /// The other scopes, in the order in which the user can switch to them.
    pub others: Vec<Scope>,
    /// The lines of the list.
    pub lines: Vec<Line>,
    /// The selected line and the first visible one, as indices into `lines`.
    pub cursor: Cursor,
    /// The step at which the user began to brush a range of time, if one is being brushed.
    pub brush: Option<usize>,
    /// The step that each line belongs to.
    steps: Vec<usize>,
    unfolded: BTreeSet<usize>,
}

impl Timeline {
    /// Creates a timeline at the step with most statements. Its steps are folded.
    pub fn new(histogram: Arc<Histogram>, survey: Arc<Survey>, others: Vec<Scope>) -> Self {
        let mut timeline = Self {
            histogram,
            survey,
            stack: Stack::default(),
            others,
            lines: Vec::new(),
            steps: Vec::new(),
            cursor: Cursor::default(),
            brush: None,
            unfolded: BTreeSet::new(),
        };
        timeline.list();
        timeline
    }

    /// Lists the steps, the statements of unfolded ones, and the silences.
    fn list(&mut self) {
        let histogram = Arc::clone(&self.histogram);
        self.lines.clear();
        self.steps.clear();
        let folded = fold_from(&histogram);
        let mut before: Option<i64> = None;
        for (at, bin) in histogram.bins.iter().enumerate() {
            // Between a date that is far outside and the others nobody is silent.
            let near = bin.start.filter(|start| !is_far(&histogram, *start));
            let number = near.map(|start| histogram.grain.number(start));
            if let (Some(before), Some(number)) = (before, number) {
                let silent = usize::try_from(number - before - 1).unwrap_or(0);
                if silent >= folded {
                    self.push(Line::Silence(silent), at);
                }
            }
            before = number;
            self.push(Line::Step(at), at);
            if self.unfolded.contains(&at) {
                for quote in &bin.quotes {
                    self.push(Line::Statement(*quote), at);
                }
            }
        }
    }

    fn push(&mut self, line: Line, step: usize) {
        self.lines.push(line);
        self.steps.push(step);
    }

    /// Replaces the counted statements, for example by those of another scope. Keeps the way in
    /// which bars are divided, and selects the step that contains the day of the one selected.
    pub fn replace(&mut self, histogram: Arc<Histogram>, others: Vec<Scope>) {
        let day = self.bin().and_then(|bin| bin.start);
        self.unfolded.clear();
        self.brush = None;
        self.histogram = histogram;
        self.others = others;
        self.list();
        let grain = self.histogram.grain;
        let number = day.map(|day| grain.number(day));
        let bins = self.histogram.bins.iter();
        let found = bins.enumerate().find(|(_, bin)| {
            let own = bin.start.map(|start| grain.number(start));
            own >= number
        });
        self.select(found.map_or(0, |(at, _)| at));
    }

    /// Returns whose statements are shown, in words.
    pub fn whose(&self, interface: &Interface) -> String {
        match self.histogram.scope {
            Scope::All => interface.tr("all statements").to_owned(),
            Scope::Speaker(id) => {
                let person = self.survey.directory.get(id);
                person.map_or_else(String::new, |person| person.name.to_string())
            }
            Scope::Story(id) => {
                let title = self.survey.heading(id).map_or("", |heading| &heading.title);
                interface.fill("story “{0}”", &[title])
            }
        }
    }

    /// Returns the step that the selected line belongs to, as an index into [`Histogram::bins`].
    pub fn step(&self) -> Option<usize> {
        self.steps.get(self.cursor.at).copied()
    }

    /// Returns the step that the selected line belongs to.
    pub fn bin(&self) -> Option<&Bin> {
        self.histogram.bins.get(self.step()?)
    }

    /// Returns the selected statement: that of the selected line, or the one that a step says was
    /// reported most.
    pub fn statement(&self) -> Option<QuoteId> {
        match self.lines.get(self.cursor.at)? {
            Line::Statement(quote) => Some(*quote),
            Line::Step(at) => self.histogram.bins.get(*at).map(|bin| bin.most.0),
            Line::Silence(_) => None,
        }
    }

    /// Selects the line of a step.
    fn select(&mut self, step: usize) {
        let at = self.lines.iter().position(|line| *line == Line::Step(step));
        self.cursor.at = at.unwrap_or(0);
    }

    /// Selects the step with most statements.
    pub fn select_peak(&mut self) {
        let bins = self.histogram.bins.iter().enumerate();
        let dated = bins.filter(|(_, bin)| bin.start.is_some()).rev();
        if let Some((at, _)) = dated.max_by_key(|(_, bin)| bin.quotes.len()) {
            self.select(at);
        }
    }

    /// Selects another line by a motion, with pages of `height` rows. A silence is passed over.
    pub fn go(&mut self, motion: Motion, height: usize) {
        let before = self.cursor.at;
        self.cursor.go(motion, self.lines.len(), height);
        if matches!(self.lines.get(self.cursor.at), Some(Line::Silence(_))) {
            let step = if self.cursor.at < before { -1 } else { 1 };
            self.cursor.go(Motion::Rows(step), self.lines.len(), height);
        }
    }

    /// Selects the step that is `by` steps later, or earlier if negative.
    pub fn go_step(&mut self, by: isize) {
        let last = self.histogram.bins.len().saturating_sub(1);
        let here = self.step().unwrap_or(0);
        self.select(here.saturating_add_signed(by).min(last));
    }

    /// Unfolds the selected step into its statements, or folds it.
    pub fn toggle_fold(&mut self) {
        let Some(at) = self.step() else {
            return;
        };
        if !self.unfolded.remove(&at) {
            self.unfolded.insert(at);
        }
        self.list();
        self.select(at);
    }

    /// Returns whether a step is unfolded.
    pub fn is_unfolded(&self, step: usize) -> bool {
        self.unfolded.contains(&step)
    }

    /// Begins to brush a range at the selected step, or ends it without a result.
    pub fn toggle_brush(&mut self) {
        self.brush = match self.brush {
            Some(_) => None,
            None => self.step(),
        };
    }

    /// Returns the steps that are being brushed.
    pub fn brushed(&self) -> Option<RangeInclusive<usize>> {
        let (from, to) = (self.brush?, self.step()?);
        Some(from.min(to)..=from.max(to))
    }

    /// Returns the first and the last day of the brushed steps.
    pub fn brushed_days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let bins = self.histogram.bins.get(self.brushed()?)?;
        let mut starts = bins.iter().filter_map(|bin| bin.start);
        let first = starts.next()?;
        let last = starts.next_back().unwrap_or(first);
        Some((first, self.histogram.grain.end(last)))
    }
}

/// Minimum number of steps without a statement that are folded.
const LEAST_FOLD: i64 = 10;
/// A silence is folded if it makes up more than one of this number of all steps. Shorter ones show
/// how often somebody speaks.
const FOLD_SHARE: i64 = 4;

/// Returns the number of steps without a statement from which on a silence is folded.
pub fn fold_from(histogram: &Histogram) -> usize {
    let grain: Grain = histogram.grain;
    let mut near = near(histogram);
    let first = near.next().and_then(|(_, bin)| bin.start);
    let last = near.last().and_then(|(_, bin)| bin.start).or(first);
    let Some((first, last)) = first.zip(last) else {
        return usize::MAX;
    };
    let all = grain.number(last) - grain.number(first);
    usize::try_from((all / FOLD_SHARE).max(LEAST_FOLD)).unwrap_or(usize::MAX)
}

/// Returns the steps on the scale of the histogram: those with a date that is not far outside the
/// corpus, each with its index.
pub fn near(histogram: &Histogram) -> impl Iterator<Item = (usize, &Bin)> {
    let bins = histogram.bins.iter().enumerate();
    bins.filter(|(_, bin)| bin.start.is_some_and(|start| !is_far(histogram, start)))
}

/// Returns whether a step that begins on `start` is far outside the days of the corpus.
pub fn is_far(histogram: &Histogram, start: NaiveDate) -> bool {
    let end = histogram.grain.end(start);
    let days = histogram.days.as_ref();
    days.is_some_and(|days| days.is_far(start) && days.is_far(end))
}
