//! The matrix: how often each outlet quotes each speaker, in a story or in the whole corpus, and
//! which speakers it does not quote.

use std::sync::Arc;

use super::cursor::{Cursor, Motion};
use crate::model::QuoteId;
use crate::relate::{Grid, GridColumn, GridRow, Survey};

/// What the numbers of a matrix mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// The number of quotations.
    #[default]
    Absolute,
    /// The number of quotations per article of the outlet.
    PerArticle,
}

/// A matrix that takes the whole screen. Outlets are columns, speakers are rows.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The counts.
    pub grid: Arc<Grid>,
    /// The survey by which they were counted.
    pub survey: Arc<Survey>,
    /// What the numbers mean.
    pub measure: Measure,
    /// The rows in the order in which they are shown, as indices into [`Grid::rows`].
    pub order: Vec<usize>,
    /// The column by which the rows are sorted, as [`Self::column`] counts, or `None` if those
    /// quoted by most outlets come first.
    pub sorted_by: Option<usize>,
    /// The chosen row and the first visible row, as indices into `order`.
    pub cursor: Cursor,
    /// The index of the chosen outlet in [`Grid::columns`]. The index after the last one means all
    /// outlets together.
    pub column: usize,
}

impl Matrix {
    /// Creates a matrix with the rows in the order of the grid.
    pub fn new(grid: Arc<Grid>, survey: Arc<Survey>) -> Self {
        Self {
            order: (0..grid.rows.len()).collect(),
            grid,
            survey,
            measure: Measure::default(),
            sorted_by: None,
            cursor: Cursor::default(),
            column: 0,
        }
    }

    /// Chooses another speaker by a motion, with pages of `height` rows.
    pub fn go(&mut self, motion: Motion, height: usize) {
        self.cursor.go(motion, self.order.len(), height);
    }

    /// Chooses the outlet `by` columns to the right of the chosen one, or to the left if `by` is
    /// negative. Right of the last outlet is the column of all.
    pub fn choose(&mut self, by: isize) {
        let last = self.grid.columns.len();
        self.column = self.column.saturating_add_signed(by).min(last);
    }

    /// Returns the row of the chosen speaker.
    pub fn row(&self) -> Option<&GridRow> {
        self.grid.rows.get(*self.order.get(self.cursor.at)?)
    }

    /// Returns the rows in the order in which they are shown.
    pub fn rows(&self) -> impl Iterator<Item = &GridRow> {
        let order = self.order.iter();
        order.filter_map(|at| self.grid.rows.get(*at))
    }

    /// Returns the counts with the rows in the order in which they are shown.
    pub fn sorted(&self) -> Grid {
        Grid {
            rows: self.rows().cloned().collect(),
            ..Grid::clone(&self.grid)
        }
    }

    /// Returns the chosen outlet, or `None` if all are chosen.
    pub fn outlet(&self) -> Option<&GridColumn> {
        self.grid.columns.get(self.column)
    }

    /// Returns the quotations of the chosen speaker in the chosen outlet, or in all.
    pub fn cell(&self) -> Vec<QuoteId> {
        let cells = self.row().map_or(&[][..], |row| &row.cells);
        match cells.get(self.column) {
            Some(cell) => cell.clone(),
            None => cells.concat(),
        }
    }

    /// Sorts the rows by the chosen column, highest first, or puts them back in their first order
    /// if they are sorted by it. The chosen speaker stays chosen.
    pub fn toggle_sort(&mut self) {
        let here = self.order.get(self.cursor.at).copied();
        self.sorted_by = match self.sorted_by {
            Some(column) if column == self.column => None,
            _ => Some(self.column),
        };
        self.order = (0..self.grid.rows.len()).collect();
        if let Some(column) = self.sorted_by {
            let count = |at: &usize| self.grid.rows.get(*at).map(|row| count(row, column));
            self.order.sort_by_key(|at| std::cmp::Reverse(count(at)));
        }
        let at = self.order.iter().position(|at| Some(*at) == here);
        self.cursor.at = at.unwrap_or(0);
    }

    /// Switches between numbers of quotations and numbers per article.
    pub fn toggle_measure(&mut self) {
        self.measure = match self.measure {
            Measure::Absolute => Measure::PerArticle,
            Measure::PerArticle => Measure::Absolute,
        };
    }

    /// Returns the number of articles of a column. All articles are those of all columns.
    pub fn articles(&self, column: usize) -> usize {
        match self.grid.columns.get(column) {
            Some(column) => column.articles,
            None => self.grid.articles(),
        }
    }

    /// Returns the value of `count` quotations in a column: the count itself, or the quotations per
    /// article.
    pub fn value(&self, count: usize, column: usize) -> f64 {
        match self.measure {
            Measure::Absolute => count as f64,
            Measure::PerArticle => count as f64 / self.articles(column).max(1) as f64,
        }
    }

    /// Returns the highest value of a cell, at least a little above 0.
    pub fn highest(&self) -> f64 {
        let rows = self.grid.rows.iter();
        let values = rows.flat_map(|row| {
            let cells = row.cells.iter().enumerate();
            cells.map(|(column, cell)| self.value(cell.len(), column))
        });
        values.fold(f64::MIN_POSITIVE, f64::max)
    }
}

/// Returns the number of quotations of a row in a column, or in all of them together.
pub fn count(row: &GridRow, column: usize) -> usize {
    row.cells.get(column).map_or_else(|| row.count(), Vec::len)
}
