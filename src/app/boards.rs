//! What takes the whole screen instead of the panes: a comparison, a matrix.

use super::App;
use super::command::Context;
use super::compare::Compare;
use super::compare::sheet::{Form, Signs};
use super::matrix::Matrix;
use crate::config::Numbers;
use crate::relate::Survey;

/// One of them.
#[derive(Clone, Debug)]
pub enum Board {
    /// Passages side by side.
    Compare(Box<Compare>),
    /// Story × outlet × speaker.
    Matrix(Box<Matrix>),
}

impl Board {
    /// Where keys are looked up.
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Compare(_) => &[Context::Compare, Context::Global],
            Self::Matrix(_) => &[Context::Matrix, Context::Global],
        }
    }
}

/// Rows above the passages of a comparison: its title, the headings, a rule.
pub fn compare_head(compare: &Compare) -> u16 {
    match compare.sheet.form {
        Form::Beside => 5,
        Form::Under => 2 + compare.columns.len() as u16,
    }
}

/// Rows above the speakers of a matrix: its title, the story, the outlets, a rule.
pub const MATRIX_HEAD: u16 = 4;

impl App {
    /// What is known of the whole corpus; `None` while nobody has surveyed it.
    pub fn surveyed(&self) -> Option<&Survey> {
        self.surveys.ready.as_deref()
    }

    /// Rows of the topmost board below its headings.
    pub fn board_page(&self) -> usize {
        let body = self.screen.1.saturating_sub(1);
        let head = match self.boards.last() {
            Some(Board::Compare(compare)) => compare_head(compare),
            Some(Board::Matrix(_)) => MATRIX_HEAD,
            None => 0,
        };
        usize::from(body.saturating_sub(head))
    }

    /// Lays the topmost board out anew.
    pub(super) fn lay_out_board(&mut self) {
        // The bracketed themes are those that cannot rely on colour.
        let signs = match self.theme().numbers {
            Numbers::Raised => Signs::Styled,
            Numbers::Brackets => Signs::Written,
        };
        let (width, page) = (self.screen.0, self.board_page());
        match self.boards.last_mut() {
            Some(Board::Compare(compare)) => compare.lay_out(&self.corpus, width, signs),
            Some(Board::Matrix(matrix)) => matrix.cursor.follow(matrix.rows.len(), page),
            None => {}
        }
    }
}
