//! Commands on a timeline and on a matrix, whose counts are computed by a worker.

use std::sync::Arc;

use super::super::boards::Board;
use super::super::matrix::{Matrix, Measure};
use super::super::msg::Effect;
use super::super::overlay::{Kind, Overlay};
use super::super::panes::Pane;
use super::super::picker::Picker;
use super::super::statements::statement;
use super::super::survey::{AnswerUse, Placed};
use super::super::timeline::{Line, Timeline};
use super::super::{App, Tone};
use crate::relate::{Grain, Grid, GridScope, Histogram, Scope, Stack, StoryId, Survey};
use crate::work::About;

impl App {
    fn timeline(&mut self) -> Option<&mut Timeline> {
        match self.layers.boards.last_mut() {
            Some(Board::Timeline(timeline)) => Some(timeline),
            _ => None,
        }
    }

    fn matrix(&mut self) -> Option<&mut Matrix> {
        match self.layers.boards.last_mut() {
            Some(Board::Matrix(matrix)) => Some(matrix),
            _ => None,
        }
    }

    /// Opens a timeline of the current quote's speaker, else of the current story, else of all
    /// statements.
    pub(super) fn open_timeline(&mut self) -> Vec<Effect> {
        let Some(survey) = self.surveys.ready.clone() else {
            self.notify_unsurveyed();
            return Vec::new();
        };
        let quote = self.current_quote().filter(|_| self.focus != Pane::List);
        let speakers = quote.map_or(&[][..], |quote| survey.directory.speakers_of(quote));
        let speaker = speakers.first().copied().map(Scope::Speaker);
        let story = self.story_here().map(Scope::Story);
        let mut others: Vec<_> = speaker.into_iter().chain(story).collect();
        others.push(Scope::All);
        let scope = others.remove(0);
        self.count_timeline(survey, (scope, Grain::Day), (Placed::Anew, others))
    }

    /// Returns the effects that count statements for a timeline.
    fn count_timeline(
        &mut self,
        survey: Arc<Survey>,
        (scope, grain): (Scope, Grain),
        (placed, others): (Placed, Vec<Scope>),
    ) -> Vec<Effect> {
        self.notify("Counting …", Tone::Plain);
        let about = About::Histogram(survey, scope, grain);
        let answer_use = AnswerUse::Timeline(placed, others);
        vec![self.surveys.ask_question(&self.corpus, about, answer_use)]
    }

    /// Shows counted statements as a timeline.
    pub(super) fn show_timeline(
        &mut self,
        (histogram, survey): (Arc<Histogram>, Arc<Survey>),
        placed: Placed,
        others: Vec<Scope>,
    ) {
        self.notice = None;
        match (placed, self.timeline()) {
            (Placed::There, Some(timeline)) => timeline.replace(histogram, others),
            (Placed::There, None) => {}
            (Placed::Anew, _) => {
                let mut timeline = Timeline::new(histogram, survey, others);
                timeline.select_peak();
                self.layers.boards.push(Board::Timeline(Box::new(timeline)));
            }
        }
    }

    /// Switches the topmost timeline to the next step of time.
    pub(super) fn next_grain(&mut self) -> Vec<Effect> {
        let Some(timeline) = self.timeline() else {
            return Vec::new();
        };
        let (survey, others) = (Arc::clone(&timeline.survey), timeline.others.clone());
        let (scope, grain) = (timeline.histogram.scope, timeline.histogram.grain);
        self.count_timeline(survey, (scope, grain.next()), (Placed::There, others))
    }

    /// Switches the topmost timeline or matrix to the next scope, if there is another one.
    pub(super) fn next_scope(&mut self) -> Vec<Effect> {
        if self.matrix().is_some() {
            return self.next_grid();
        }
        let Some(timeline) = self.timeline() else {
            return Vec::new();
        };
        let (scope, grain) = (timeline.histogram.scope, timeline.histogram.grain);
        let (survey, mut others) = (Arc::clone(&timeline.survey), timeline.others.clone());
        if others.is_empty() {
            self.notify("There is no other scope here.", Tone::Plain);
            return Vec::new();
        }
        others.push(scope);
        let next = others.remove(0);
        self.count_timeline(survey, (next, grain), (Placed::There, others))
    }

    /// Divides the bars of the topmost timeline by `stack`.
    pub(super) fn stack_by(&mut self, stack: Stack) {
        if let Some(timeline) = self.timeline() {
            timeline.stack = stack;
        }
    }

    /// Begins to brush a range of the topmost timeline, or drops it.
    pub(super) fn brush(&mut self) {
        let Some(timeline) = self.timeline() else {
            return;
        };
        timeline.toggle_brush();
        let words = match timeline.brush {
            Some(_) => "Move to the other end of the range; Enter filters the list by it.",
            None => "The range was dropped.",
        };
        self.notify(words, Tone::Plain);
    }

    /// Handles Enter on a timeline: filters the list by the brushed range, unfolds a step, or goes
    /// to a statement.
    pub(super) fn open_on_timeline(&mut self) -> Vec<Effect> {
        let Some(timeline) = self.timeline() else {
            return Vec::new();
        };
        if timeline.brush.is_some() {
            return self.filter_by_brush();
        }
        match timeline.lines.get(timeline.cursor.at).copied() {
            Some(Line::Statement(quote)) => self.go_to_quotation(quote),
            Some(Line::Step(_)) => timeline.toggle_fold(),
            Some(Line::Silence(_)) | None => {}
        }
        Vec::new()
    }

    fn filter_by_brush(&mut self) -> Vec<Effect> {
        let days = self.timeline().and_then(|timeline| timeline.brushed_days());
        let Some((first, last)) = days else {
            self.notify("The range has no dates.", Tone::Plain);
            return Vec::new();
        };
        let range = if first == last {
            format!("date:{first}")
        } else {
            format!("date:{first}..{last}")
        };
        // One range takes the place of another: no article is in two that do not overlap.
        let words = self.filter.words.split_whitespace();
        let words = words.filter(|word| !word.starts_with("date:"));
        let words: Vec<&str> = words.chain([&*range]).collect();
        let words = words.join(" ");
        self.layers.close();
        self.focus_on(Pane::List);
        self.set_filter(&words)
    }

    /// Opens the matrix of the story of the current article, or that of the corpus if the article
    /// has no story.
    pub(super) fn open_matrix(&mut self) -> Vec<Effect> {
        let Some(survey) = self.surveys.ready.clone() else {
            self.notify_unsurveyed();
            return Vec::new();
        };
        let scope = self.story_here().map_or(GridScope::All, GridScope::Story);
        self.count_grid(survey, scope, Placed::Anew)
    }

    fn count_grid(&mut self, survey: Arc<Survey>, scope: GridScope, placed: Placed) -> Vec<Effect> {
        self.notify("Counting …", Tone::Plain);
        let about = About::Grid(survey, scope);
        let answer_use = AnswerUse::Matrix(placed);
        vec![self.surveys.ask_question(&self.corpus, about, answer_use)]
    }

    /// Shows counts as a matrix.
    pub(super) fn show_matrix(&mut self, (grid, survey): (Arc<Grid>, Arc<Survey>), placed: Placed) {
        self.notice = None;
        let mut next = Matrix::new(grid, survey);
        match (placed, self.matrix()) {
            (Placed::There, Some(matrix)) => {
                next.measure = matrix.measure;
                *matrix = next;
            }
            (Placed::There, None) => {}
            (Placed::Anew, _) => self.layers.boards.push(Board::Matrix(Box::new(next))),
        }
    }

    /// Switches a matrix from the story to the whole corpus, or back to the story of the current
    /// article.
    fn next_grid(&mut self) -> Vec<Effect> {
        let story = self.story_here().map(GridScope::Story);
        let Some(matrix) = self.matrix() else {
            return Vec::new();
        };
        let survey = Arc::clone(&matrix.survey);
        let scope = match matrix.grid.scope {
            GridScope::Story(_) => Some(GridScope::All),
            GridScope::All => story,
        };
        let Some(scope) = scope else {
            let words = "No other article here reports this event: there is no story to show.";
            self.notify(words, Tone::Plain);
            return Vec::new();
        };
        self.count_grid(survey, scope, Placed::There)
    }

    /// Handles `J` and `K` on a matrix: shows the next or previous story by date.
    pub(super) fn step_story(&mut self, steps: isize) -> Vec<Effect> {
        let Some(matrix) = self.matrix() else {
            return Vec::new();
        };
        let survey = Arc::clone(&matrix.survey);
        let last = survey.stories.list().len().saturating_sub(1);
        let to = match matrix.grid.scope {
            GridScope::Story(story) => {
                let at = story.0 as usize;
                let to = at.saturating_add_signed(steps).min(last);
                (to != at).then_some(to)
            }
            GridScope::All => None,
        };
        let Some(to) = to else {
            self.notify("No further story.", Tone::Plain);
            return Vec::new();
        };
        let scope = GridScope::Story(StoryId(to as u32));
        self.count_grid(survey, scope, Placed::There)
    }

    /// Sorts the rows of the topmost matrix by the chosen column, or puts them back.
    pub(super) fn sort_matrix(&mut self) {
        let Some(matrix) = self.matrix() else {
            return;
        };
        matrix.toggle_sort();
        let is_all = matrix.outlet().is_none();
        let name = matrix.outlet().and_then(|outlet| outlet.name.clone());
        if matrix.sorted_by.is_none() {
            return self.notify("Those whom most outlets quote come first.", Tone::Plain);
        }
        let name = match name {
            Some(name) => name.to_string(),
            None if is_all => self.tr("all").to_owned(),
            None => self.tr("outlet unknown").to_owned(),
        };
        self.notify_with("sorted by {0}", &[&name], Tone::Plain);
    }

    /// Switches the topmost matrix between numbers of quotations and numbers per article.
    pub(super) fn toggle_measure(&mut self) {
        let Some(matrix) = self.matrix() else {
            return;
        };
        matrix.toggle_measure();
        let words = match matrix.measure {
            Measure::Absolute => "numbers of quotations",
            Measure::PerArticle => "quotations per article of the outlet",
        };
        self.notify(words, Tone::Plain);
    }

    /// Lists the quotations of the chosen cell of the topmost matrix.
    pub(super) fn open_cell(&mut self) {
        let Some(Board::Matrix(matrix)) = self.layers.boards.last() else {
            return;
        };
        let name = matrix.row().map_or("", |row| &row.name);
        let outlet = match matrix.outlet() {
            Some(outlet) => outlet.name.as_deref(),
            None => Some(self.tr("all")),
        };
        let outlet = outlet.unwrap_or(self.tr("outlet unknown"));
        let cell = matrix.cell();
        let items = cell.iter().filter_map(|id| statement(self, *id, ""));
        let empty = match matrix.grid.scope {
            GridScope::Story(_) => {
                "Not quoted here: the outlet reports the story without this speaker."
            }
            GridScope::All => "Not quoted here: no article of this outlet quotes this speaker.",
        };
        let title = self.fill("{0} in {1}", &[name, outlet]);
        let picker = Picker::new(&title, empty, items.collect());
        self.push_overlay(Overlay::new(picker, Kind::Wide));
    }
}
