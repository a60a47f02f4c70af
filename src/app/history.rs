//! The articles that were opened, for going back and forward.

use crate::model::ArticleId;

/// Maximum number of articles in the history. Beyond it, the oldest is dropped.
const MAX_VISITS: usize = 500;

/// The opened articles, oldest first, and the current position among them.
#[derive(Clone, Debug, Default)]
pub struct History {
    visits: Vec<ArticleId>,
    at: usize,
}

impl History {
    /// Records that an article was opened, unless it is the current one. The articles after the
    /// current position are dropped.
    pub fn visit(&mut self, id: ArticleId) {
        if self.visits.get(self.at) == Some(&id) {
            return;
        }
        self.visits.truncate(self.at + 1);
        self.visits.push(id);
        if self.visits.len() > MAX_VISITS {
            self.visits.remove(0);
        }
        self.at = self.visits.len() - 1;
    }

    /// Moves the current position `steps` forward, or back if negative, and returns the article
    /// there. Returns `None` and does not move if the history has no article there.
    pub fn go(&mut self, steps: isize) -> Option<ArticleId> {
        let at = self.at.checked_add_signed(steps)?;
        let id = self.visits.get(at).copied()?;
        self.at = at;
        Some(id)
    }

    /// Replaces articles by their new identifiers after a reload, as mapped by `to`. Articles that
    /// no longer exist are dropped.
    pub fn remap_ids(&mut self, to: impl Fn(ArticleId) -> Option<ArticleId>) {
        let before = self.visits.get(..self.at).unwrap_or(&[]);
        self.at = before.iter().filter(|id| to(**id).is_some()).count();
        self.visits = self.visits.iter().filter_map(|id| to(*id)).collect();
        self.at = self.at.min(self.visits.len().saturating_sub(1));
    }

    /// Returns the opened articles, newest first, each with whether it is at the current position.
    pub fn newest_first(&self) -> impl Iterator<Item = (ArticleId, bool)> {
        let visits = self.visits.iter().copied().enumerate().rev();
        visits.map(|(index, id)| (id, index == self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_and_opening_forgets_what_lay_ahead() {
        let mut history = History::default();
        for id in [1, 2, 2, 3] {
            history.visit(ArticleId(id));
        }
        assert_eq!(history.go(-1), Some(ArticleId(2)));
        assert_eq!(history.go(-1), Some(ArticleId(1)));
        assert_eq!(history.go(-1), None);
        assert_eq!(history.go(1), Some(ArticleId(2)));
        history.visit(ArticleId(9));
        assert_eq!(history.go(1), None);
        assert_eq!(history.go(-1), Some(ArticleId(2)));
    }

    #[test]
    fn a_reloading_keeps_ones_place_among_what_is_left() {
        let mut history = History::default();
        for id in [1, 2, 3, 4] {
            history.visit(ArticleId(id));
        }
        history.go(-1);
        history.remap_ids(|id| (id.0 != 2).then_some(ArticleId(id.0 + 10)));
        assert_eq!(history.go(-1), Some(ArticleId(11)));
        assert_eq!(history.go(2), Some(ArticleId(14)));
    }
}
