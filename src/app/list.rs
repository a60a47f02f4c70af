//! The list of articles: which are shown, which is selected. A selection is an article, not a row:
//! it stays where the list changes around it.

use std::sync::Arc;

use super::cursor::{Cursor, Motion};
use crate::model::ArticleId;

/// Columns below which an article takes two rows: its title, and what is known of it.
pub const TWO_ROWS_BELOW: u16 = 64;

/// The list.
#[derive(Clone, Debug, Default)]
pub struct ListPane {
    /// What is shown, in order.
    pub ids: Arc<[ArticleId]>,
    /// The selected row and the first visible one, in articles.
    pub cursor: Cursor,
    /// Whether the user has done anything yet. Until then the first row stays selected, whatever
    /// article the loading puts there.
    pub touched: Touched,
}

/// Whether the user has done anything yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Touched {
    /// Nothing.
    #[default]
    No,
    /// Something.
    Yes,
}

/// Rows that one article takes in a list of that width.
pub fn rows_each(width: u16) -> usize {
    if width < TWO_ROWS_BELOW { 2 } else { 1 }
}

impl ListPane {
    /// The selected article.
    pub fn selected(&self) -> Option<ArticleId> {
        self.ids.get(self.cursor.at).copied()
    }

    /// Shows other articles. The selected one stays selected if it is among the first `reach` of
    /// them, at the same height on the screen; else the first is.
    pub fn show(&mut self, ids: Arc<[ArticleId]>, reach: usize, page: usize) {
        let selected = self.selected();
        let depth = self.cursor.at - self.cursor.top.min(self.cursor.at);
        self.ids = ids;
        let place = selected
            .filter(|_| self.touched == Touched::Yes)
            .and_then(|id| self.ids.iter().take(reach).position(|known| *known == id));
        self.cursor.at = place.unwrap_or(0);
        self.cursor.top = self.cursor.at.saturating_sub(depth);
        self.cursor.follow(self.ids.len(), page);
    }

    /// Selects an article where it is in the list.
    pub fn select(&mut self, id: ArticleId, page: usize) {
        if let Some(at) = self.ids.iter().position(|known| *known == id) {
            self.cursor.at = at;
            self.cursor.follow(self.ids.len(), page);
        }
    }

    /// Follows articles to where a reloading put them. Where the selected one is gone, the next one
    /// that is left is selected.
    pub fn follow_moves(&mut self, to: impl Fn(ArticleId) -> Option<ArticleId>, page: usize) {
        let left = |ids: &[ArticleId]| ids.iter().filter_map(|id| to(*id)).count();
        let before = self.ids.get(..self.cursor.at).map_or(0, left);
        let above = self.ids.get(..self.cursor.top).map_or(0, left);
        self.ids = self.ids.iter().filter_map(|id| to(*id)).collect();
        self.cursor.at = before.min(self.ids.len().saturating_sub(1));
        self.cursor.top = above.min(self.cursor.at);
        self.cursor.follow(self.ids.len(), page);
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.cursor.go(motion, self.ids.len(), page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[u32]) -> Arc<[ArticleId]> {
        numbers.iter().copied().map(ArticleId).collect()
    }

    #[test]
    fn a_reloading_keeps_the_selection_or_the_next_that_is_left() {
        let mut list = ListPane::default();
        list.show(ids(&[4, 1, 3, 2]), 9, 10);
        list.select(ArticleId(3), 10);
        list.follow_moves(|id| (id.0 != 1).then_some(ArticleId(id.0 + 10)), 10);
        assert_eq!(list.selected(), Some(ArticleId(13)));
        list.follow_moves(|id| (id.0 != 13).then_some(id), 10);
        assert_eq!(list.selected(), Some(ArticleId(12)));
    }

    #[test]
    fn the_selection_stays_with_its_article() {
        let mut list = ListPane {
            touched: Touched::Yes,
            ..ListPane::default()
        };
        list.show(ids(&[0, 1, 2, 3]), 9, 10);
        list.select(ArticleId(2), 10);
        list.show(ids(&[9, 2, 7]), 9, 10);
        assert_eq!(list.selected(), Some(ArticleId(2)));
        list.show(ids(&[7, 9]), 9, 10);
        assert_eq!(list.selected(), Some(ArticleId(7)), "gone: the first");
        list.show(ids(&[2, 9]), 0, 10);
        assert_eq!(
            list.selected(),
            Some(ArticleId(2)),
            "out of reach: the first"
        );
        list.show(ids(&[]), 9, 10);
        assert_eq!(list.selected(), None);
    }
}
