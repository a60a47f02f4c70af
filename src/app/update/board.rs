//! Commands on a comparison and on a matrix, and the jump from them to the text.

use super::super::boards::Board;
use super::super::compare::Compare;
use super::super::cursor::Motion;
use super::super::matrix::Matrix;
use super::super::msg::Effect;
use super::super::overlay::{Kind, Overlay};
use super::super::panes::Pane;
use super::super::picker::Picker;
use super::super::reader::ScrollTarget;
use super::super::statements::statement;
use super::super::timeline::{Scope, Shown};
use super::super::tray::Entry;
use super::super::{App, Tone, statements};
use crate::model::QuoteId;
use crate::relate::{Grain, Passage, Row, StoryId};
use crate::work::{CompareRequest, Tagged};

impl App {
    pub(super) fn go_board(&mut self, motion: Motion) {
        let page = self.board_page();
        match self.layers.boards.last_mut() {
            Some(Board::Compare(compare)) => compare.scroll(motion, page),
            Some(Board::Matrix(matrix)) => matrix.go(motion, page),
            None => {}
        }
    }

    fn comparison(&mut self) -> Option<&mut Compare> {
        match self.layers.boards.last_mut() {
            Some(Board::Compare(compare)) => Some(compare),
            _ => None,
        }
    }

    /// Stores the rows that were computed for the topmost comparison.
    pub(super) fn compared(&mut self, rows: Tagged<Vec<Row>>) {
        if let Some(rows) = self.tasks.compared(rows)
            && let Some(compare) = self.comparison()
        {
            compare.take_rows(rows);
        }
    }

    /// Returns the effects that compute the rows of the topmost comparison.
    pub(super) fn ask_rows(&mut self) -> Vec<Effect> {
        let Some(sides) = self.comparison().map(|shown| shown.sides()) else {
            return Vec::new();
        };
        let corpus = self.corpus.clone();
        vec![self.tasks.compare(CompareRequest { corpus, sides })]
    }

    /// Handles `Ctrl-g`: stops the running comparison or export.
    pub(super) fn stop_tasks(&mut self) -> Vec<Effect> {
        let was_comparing = self.tasks.is_comparing();
        if !was_comparing && !self.tasks.is_writing() {
            self.notify("Nothing is being compared or written.", Tone::Plain);
            return Vec::new();
        }
        if was_comparing {
            self.tasks.stop_comparing();
            self.layers.boards.pop();
        }
        vec![Effect::Stop]
    }

    /// Chooses the column of a comparison, or the outlet of a matrix, `by` positions to the right,
    /// or to the left if `by` is negative.
    pub(super) fn choose_column(&mut self, by: isize) {
        match self.layers.boards.last_mut() {
            Some(Board::Compare(compare)) => compare.choose(by),
            Some(Board::Matrix(matrix)) => matrix.choose(by),
            None => {}
        }
    }

    /// Scrolls the topmost comparison to the passage `steps` further down, or up if negative.
    pub(super) fn step_passage(&mut self, steps: isize) {
        let page = self.board_page();
        if let Some(compare) = self.comparison() {
            compare.step(steps, page);
        }
    }

    /// Changes a display setting of the topmost comparison by `change`, and shows the notice that
    /// `change` returns.
    pub(super) fn change_comparison(&mut self, change: fn(&mut Compare) -> &'static str) {
        if let Some(words) = self.comparison().map(change) {
            self.notify(words, Tone::Plain);
        }
    }

    pub(super) fn drop_column(&mut self) -> Vec<Effect> {
        let Some(compare) = self.comparison() else {
            return Vec::new();
        };
        if !compare.drop_column() {
            self.notify("Two columns are needed to compare.", Tone::Plain);
            return Vec::new();
        }
        self.ask_rows()
    }

    /// Handles Enter on a board. From a comparison, goes to the current passage in the text of its
    /// article. On a matrix, lists the quotations of the chosen cell.
    pub(super) fn open_on_board(&mut self) {
        let cell = match self.layers.boards.last() {
            Some(Board::Compare(compare)) => {
                if let Some(passage) = compare.passage() {
                    self.go_to_passage(passage);
                }
                return;
            }
            Some(Board::Matrix(matrix)) => {
                let name = matrix.row().map_or("", |row| &row.name);
                let outlet = matrix.outlets.get(matrix.column).map_or("", String::as_str);
                let items = matrix.cell().iter();
                let items: Vec<_> = items.filter_map(|id| statement(self, *id, "")).collect();
                let empty = "Not quoted here: the outlet reports the story without this speaker.";
                Picker::new(&self.fill("{0} in {1}", &[name, outlet]), empty, items)
            }
            None => return,
        };
        self.push_overlay(Overlay::new(cell, Kind::Wide));
    }

    /// Closes all boards and overlays, and shows a passage in the text of its article.
    pub(super) fn go_to_passage(&mut self, passage: Passage) {
        self.layers.close();
        self.visit(passage.article);
        self.focus_on(Pane::Text);
        match passage.quote {
            Some(quote) => self.go_to_quotation(quote),
            None => self.go_to_byte(passage.span.start),
        }
    }

    /// Closes all boards and overlays, and shows a quotation in the text of its article.
    pub(super) fn go_to_quotation(&mut self, id: QuoteId) {
        self.layers.close();
        self.visit(id.article);
        self.focus_on(Pane::Text);
        if let Some(at) = self.utterance_of(id.index) {
            self.go_to_quote(at, ScrollTarget::Third);
        }
    }

    /// Handles Enter on a line of the tray: goes to its article or utterance, if that is in this
    /// corpus.
    pub(super) fn choose_tray_item(&mut self, entry: Option<Entry>) {
        match entry {
            Some(Entry::Quote(id)) => self.go_to_quotation(id),
            Some(Entry::Article(id)) => self.choose_article(id),
            None => {}
        }
    }

    /// Returns the story of the article that the user is looking at: the selected one if the list
    /// takes the keys, else the open one.
    fn story_here(&self) -> Option<StoryId> {
        let id = match self.focus {
            Pane::List => self.selected(),
            _ => self.reader.open.as_ref().map(|open| open.id),
        };
        self.surveyed()?.stories.of(id?)
    }

    /// Opens the matrix of the story of the current article.
    pub(super) fn open_matrix(&mut self) {
        let Some(survey) = self.surveyed() else {
            return self.notify_unsurveyed();
        };
        let Some(story) = self.story_here() else {
            let words = "No other article here reports this event: there is no story to show.";
            return self.notify(words, Tone::Plain);
        };
        if let Some(matrix) = Matrix::new(survey, &self.corpus, story) {
            self.layers.boards.push(Board::Matrix(Box::new(matrix)));
        }
    }

    /// Handles `J` and `K` on a matrix: shows the next or previous story by date.
    pub(super) fn step_story(&mut self, steps: isize) {
        let Some(Board::Matrix(matrix)) = self.layers.boards.last() else {
            return;
        };
        let Some(survey) = self.surveyed() else {
            return;
        };
        let last = survey.stories.list().len().saturating_sub(1);
        let at = matrix.story.0 as usize;
        let to = at.saturating_add_signed(steps).min(last);
        let next = Matrix::new(survey, &self.corpus, StoryId(to as u32));
        match next {
            Some(next) if to != at => {
                self.layers.boards.pop();
                self.layers.boards.push(Board::Matrix(Box::new(next)));
            }
            _ => self.notify("No further story.", Tone::Plain),
        }
    }

    /// Opens a timeline of the current quote's speaker, else of the current story, else of all
    /// statements.
    pub(super) fn open_timeline(&mut self) {
        let Some(survey) = self.surveyed() else {
            return self.notify_unsurveyed();
        };
        let quote = self.current_quote().filter(|_| self.focus != Pane::List);
        let speakers = quote.map_or(&[][..], |quote| survey.directory.speakers_of(quote));
        let speaker = speakers.first().copied().map(Scope::Speaker);
        let story = self.story_here().map(Scope::Story);
        let mut others: Vec<_> = speaker.into_iter().chain(story).collect();
        others.push(Scope::All);
        let scope = others.remove(0);
        self.push_timeline(Shown {
            scope,
            grain: Grain::Day,
            others,
        });
    }

    fn push_timeline(&mut self, shown: Shown) {
        let timeline = statements::by_date(self, shown);
        self.push_overlay(timeline);
    }

    /// Changes the step of time or the scope of the topmost timeline by `change`, and shows it
    /// again.
    pub(super) fn change_timeline(&mut self, change: fn(&mut Shown)) {
        let Some(Kind::Timeline(shown)) = self.layers.overlays.last().map(|top| &top.kind) else {
            return;
        };
        let mut shown = shown.clone();
        change(&mut shown);
        self.layers.overlays.pop();
        self.push_timeline(shown);
    }
}
