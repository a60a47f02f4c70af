//! The list of articles: the shown articles and the selection. The selection belongs to an article
//! or a story, not to a row, so it stays when the list changes around it.

use std::sync::Arc;

use super::cursor::{Cursor, Motion};
use super::groups::{Fold, Folds, Groups, Line};
use crate::model::ArticleId;
use crate::relate::Stories;

/// Width in columns below which an article takes two rows: its title, and the other facts.
pub const TWO_ROWS_BELOW: u16 = 64;

/// The list pane.
#[derive(Clone, Debug, Default)]
pub struct ListPane {
    /// The articles that pass the filter, in sort order.
    pub ids: Arc<[ArticleId]>,
    /// The number of articles that pass the filter. Briefly larger than `ids` while only the best
    /// matches are known.
    pub count: usize,
    /// The selected line and the first visible one.
    pub cursor: Cursor,
    /// Whether the user has done anything yet. Until then the first row stays selected, whichever
    /// article is loaded there.
    pub touched: Touched,
    /// Whether to group by story. Groups are shown once the stories are known.
    pub grouping: Grouping,
    /// Which stories are folded.
    pub folds: Folds,
    /// Whether the list or the text follows the other at the end of the current message.
    pub(super) lead: Lead,
    /// The groups, if they are wanted and known.
    groups: Option<Arc<Groups>>,
}

/// Whether the user has done anything yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Touched {
    /// The user has done nothing.
    #[default]
    No,
    /// The user has done something.
    Yes,
}

/// Which of list and text follows the other at the end of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lead {
    /// Both stay.
    #[default]
    Neither,
    /// The text shows the selected article, because the selection was moved.
    List,
    /// The text shows the selected article unless the user is reading, because the listed articles
    /// changed.
    Listing,
    /// The list selects the open article if it is listed, because another article was opened.
    Text,
}

/// How the list is grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Not grouped.
    #[default]
    No,
    /// The articles of one story are below one heading.
    Stories,
}

/// Returns the number of screen rows of one line in a list of this width.
pub fn rows_each(width: u16) -> usize {
    if width < TWO_ROWS_BELOW { 2 } else { 1 }
}

impl ListPane {
    /// Returns the number of lines.
    pub fn len(&self) -> usize {
        match &self.groups {
            Some(groups) => groups.lines().len(),
            None => self.ids.len(),
        }
    }

    /// Returns whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Returns the line at an index.
    pub fn line(&self, at: usize) -> Option<Line> {
        match &self.groups {
            Some(groups) => groups.lines().get(at).copied(),
            None => self.ids.get(at).copied().map(Line::Single),
        }
    }

    /// Returns the selected line.
    pub fn current(&self) -> Option<Line> {
        self.line(self.cursor.at)
    }

    /// Returns the selected article. For a story, its first listed article.
    pub fn selected(&self) -> Option<ArticleId> {
        self.current().map(Line::article)
    }

    /// Returns all articles in the order of the lines, including folded ones.
    pub fn order(&self) -> &[ArticleId] {
        match &self.groups {
            Some(groups) => groups.order(),
            None => &self.ids,
        }
    }

    /// Shows other articles. The selection stays, at the same height on the screen, if it is among
    /// the first `reach` lines. Otherwise the first line is selected.
    pub fn show(&mut self, (ids, stories): (Arc<[ArticleId]>, Option<&Stories>), reach: usize) {
        self.list((ids, stories), reach);
        self.lead = Lead::Listing;
    }

    /// Turns grouping by story on or off. The selection stays.
    pub fn group(&mut self, grouping: Grouping, stories: Option<&Stories>) {
        self.grouping = grouping;
        self.list((Arc::clone(&self.ids), stories), usize::MAX);
    }

    /// Switches to newer stories. Folded stories stay folded although their identifiers have
    /// changed.
    pub fn take_stories(&mut self, old: Option<&Stories>, new: &Stories) {
        self.folds.carry(old, new);
        if self.grouping == Grouping::Stories {
            self.group(Grouping::Stories, Some(new));
        }
    }

    /// Restores an earlier state of the list.
    pub fn restore(&mut self, before: Self) {
        *self = before;
        self.lead = Lead::List;
    }

    fn list(&mut self, (ids, stories): (Arc<[ArticleId]>, Option<&Stories>), reach: usize) {
        let current = self.current();
        let depth = self.cursor.at - self.cursor.top.min(self.cursor.at);
        self.ids = ids;
        let wanted = stories.filter(|_| self.grouping == Grouping::Stories);
        self.groups = wanted.map(|known| Arc::new(Groups::new(&self.ids, known, &self.folds)));
        let place = current
            .filter(|_| self.touched == Touched::Yes)
            .and_then(|line| self.place_of(line, stories))
            .filter(|at| *at < reach);
        self.cursor.at = place.unwrap_or(0);
        self.cursor.top = self.cursor.at.saturating_sub(depth);
    }

    /// Keeps the selected line visible on a page of `page` lines.
    pub fn follow(&mut self, page: usize) {
        self.cursor.follow(self.len(), page);
    }

    /// Returns the index of a line of an older list: that of its article, or of its story if that
    /// is folded.
    fn place_of(&self, line: Line, stories: Option<&Stories>) -> Option<usize> {
        let Some(groups) = &self.groups else {
            return self.ids.iter().position(|id| *id == line.article());
        };
        let is_same = |known: &Line| match (known, line) {
            (Line::Member(id) | Line::Single(id), Line::Member(own) | Line::Single(own)) => {
                *id == own
            }
            _ => false,
        };
        let story = stories.and_then(|stories| stories.of(line.article()));
        let is_story = |known: &Line| matches!(known, Line::Heading(h) if Some(h.story) == story);
        let mut lines = groups.lines().iter();
        let place = lines.clone().position(is_same);
        place.or_else(|| lines.position(is_story))
    }

    /// Selects an article, or its story if that is folded. Does nothing if the article is not
    /// listed.
    pub fn select(&mut self, id: ArticleId, stories: Option<&Stories>) {
        if let Some(at) = self.place_of(Line::Single(id), stories) {
            self.cursor.at = at;
        }
    }

    /// Folds or unfolds the story of the selected line and selects its heading. Returns whether the
    /// line belongs to a story.
    pub fn turn_fold(&mut self) -> bool {
        let at = self.cursor.at;
        let Some((at, heading)) = self.groups.as_ref().and_then(|g| g.heading_at(at)) else {
            return false;
        };
        let turned = match heading.fold {
            Fold::Closed => Fold::Open,
            Fold::Open => Fold::Closed,
        };
        self.folds.set(heading.story, turned);
        self.refold();
        self.cursor.at = at;
        self.lead = Lead::List;
        true
    }

    /// Folds or unfolds all stories. The selected article, or else its story, stays selected.
    pub fn fold_all(&mut self, fold: Fold, stories: Option<&Stories>) {
        let current = self.current();
        let depth = self.cursor.at - self.cursor.top.min(self.cursor.at);
        self.folds.set_all(fold);
        self.refold();
        let place = current.and_then(|line| self.place_of(line, stories));
        self.cursor.at = place.unwrap_or(0);
        self.cursor.top = self.cursor.at.saturating_sub(depth);
        self.lead = Lead::List;
    }

    /// Unfolds the story of an article if it is folded.
    pub fn reveal(&mut self, id: ArticleId, stories: Option<&Stories>) {
        let story = stories.and_then(|stories| stories.of(id));
        if let Some(story) = story.filter(|story| self.folds.of(*story) == Fold::Closed)
            && self.groups.is_some()
        {
            self.folds.set(story, Fold::Open);
            self.refold();
        }
    }

    fn refold(&mut self) {
        if let Some(groups) = &mut self.groups {
            Arc::make_mut(groups).fold(&self.folds);
        }
    }

    /// Maps articles to their new identifiers after a reload. If the selected article no longer
    /// exists, the next one that does is selected.
    pub fn follow_moves(
        &mut self,
        to: impl Fn(ArticleId) -> Option<ArticleId>,
        stories: Option<&Stories>,
    ) {
        let depth = self.cursor.at - self.cursor.top.min(self.cursor.at);
        let mut behind = (self.cursor.at..self.len()).filter_map(|at| to(self.line(at)?.article()));
        let kept = behind.next();
        self.ids = self.ids.iter().filter_map(|id| to(*id)).collect();
        self.count = self.ids.len();
        // Stories are being found again. Until then the list is not grouped.
        self.groups = None;
        self.folds.follow_moves(stories, &to);
        let at = kept.and_then(|kept| self.ids.iter().position(|id| *id == kept));
        self.cursor.at = at.unwrap_or(self.ids.len().saturating_sub(1));
        self.cursor.top = self.cursor.at.saturating_sub(depth);
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.cursor.go(motion, self.len(), page);
        self.lead = Lead::List;
    }

    /// Scrolls. The selection moves only if it would leave the view.
    pub fn scroll(&mut self, rows: isize, page: usize) {
        self.cursor.scroll(rows, self.len(), page);
        self.lead = Lead::List;
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
        list.show((ids(&[4, 1, 3, 2]), None), 9);
        list.select(ArticleId(3), None);
        list.follow_moves(|id| (id.0 != 1).then_some(ArticleId(id.0 + 10)), None);
        assert_eq!(list.selected(), Some(ArticleId(13)));
        list.follow_moves(|id| (id.0 != 13).then_some(id), None);
        assert_eq!(list.selected(), Some(ArticleId(12)));
    }

    #[test]
    fn the_selection_stays_with_its_article() {
        let mut list = ListPane {
            touched: Touched::Yes,
            ..ListPane::default()
        };
        let show = |list: &mut ListPane, numbers: &[u32], reach| {
            list.show((ids(numbers), None), reach);
            list.selected()
        };
        show(&mut list, &[0, 1, 2, 3], 9);
        list.select(ArticleId(2), None);
        assert_eq!(show(&mut list, &[9, 2, 7], 9), Some(ArticleId(2)));
        assert_eq!(
            show(&mut list, &[7, 9], 9),
            Some(ArticleId(7)),
            "gone: the first"
        );
        assert_eq!(
            show(&mut list, &[2, 9], 0),
            Some(ArticleId(2)),
            "out of reach: the first"
        );
        assert_eq!(show(&mut list, &[], 9), None);
    }
}
