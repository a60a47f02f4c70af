//! Commands on a comparison and on any board, and the jump from a board to the text.

use super::super::boards::Board;
use super::super::compare::Compare;
use super::super::cursor::Motion;
use super::super::msg::Effect;
use super::super::panes::Pane;
use super::super::reader::ScrollTarget;
use super::super::tray::Entry;
use super::super::{App, Tone};
use crate::model::QuoteId;
use crate::relate::{Passage, Row, StoryId};
use crate::work::{CompareRequest, Tagged};

impl App {
    pub(super) fn go_board(&mut self, motion: Motion) {
        let page = self.board_page();
        match self.layers.boards.last_mut() {
            Some(Board::Compare(compare)) => compare.scroll(motion, page),
            Some(Board::Matrix(matrix)) => matrix.go(motion, page),
            Some(Board::Timeline(timeline)) => timeline.go(motion, page),
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

    /// Chooses the column of a comparison, the outlet of a matrix or the step of a timeline, `by`
    /// positions to the right, or to the left if `by` is negative.
    pub(super) fn choose_column(&mut self, by: isize) {
        match self.layers.boards.last_mut() {
            Some(Board::Compare(compare)) => compare.choose(by),
            Some(Board::Matrix(matrix)) => matrix.choose(by),
            Some(Board::Timeline(timeline)) => timeline.go_step(by),
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
    /// article. On a matrix, lists the quotations of the chosen cell. On a timeline, unfolds a step,
    /// goes to a statement, or filters by the brushed range.
    pub(super) fn open_on_board(&mut self) -> Vec<Effect> {
        match self.layers.boards.last() {
            Some(Board::Compare(compare)) => {
                if let Some(passage) = compare.passage() {
                    self.go_to_passage(passage);
                }
                Vec::new()
            }
            Some(Board::Matrix(_)) => {
                self.open_cell();
                Vec::new()
            }
            Some(Board::Timeline(_)) => self.open_on_timeline(),
            None => Vec::new(),
        }
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
    pub(super) fn story_here(&self) -> Option<StoryId> {
        let id = match self.focus {
            Pane::List => self.selected(),
            _ => self.reader.open.as_ref().map(|open| open.id),
        };
        self.surveyed()?.stories.of(id?)
    }
}
