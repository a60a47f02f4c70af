//! The list of articles: the shown articles and the selection. The selection belongs to an article
//! or a story, not to a row. It stays when the list changes around it.

use std::sync::Arc;

use super::cursor::{Cursor, Motion};
use super::groups::{Fold, Folds, Groups, Line};
use crate::model::{ArticleId, Corpus};
use crate::relate::Stories;
use crate::text::width;

/// Width of the list below which each article takes two rows, in columns: the first for its title,
/// the second for the other facts.
pub const TWO_ROWS_BELOW: u16 = 64;

/// The list pane: the shown articles, the selection, and the grouping by story.
#[derive(Clone, Debug, Default)]
pub struct ListPane {
    /// The articles that pass the filter, in sort order.
    pub ids: Arc<[ArticleId]>,
    /// The number of articles that pass the filter. It is larger than the length of `ids` for a
    /// moment, while only the best matches are known.
    pub count: usize,
    /// The selected line and the first visible line.
    pub cursor: Cursor,
    /// Whether the user has done anything yet, such as pressing a key. Until then the first row
    /// stays selected, whichever article is loaded there.
    pub touched: Touched,
    /// Whether to group the list by story. Groups are shown once the stories are known.
    pub grouping: Grouping,
    /// Which stories are folded, so that their articles are hidden.
    pub folds: Folds,
    /// The width that the titles of nearly all articles of the corpus need, in columns.
    pub needed: u16,
    /// Which of list and text follows the other at the end of the current message.
    pub(super) lead: Lead,
    /// The list grouped by story, or `None` if grouping is off or the stories are not known yet.
    groups: Option<Arc<Groups>>,
}

/// Whether the user has used the keyboard or the mouse since the reader started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Touched {
    /// The user has not pressed a key or used the mouse yet.
    #[default]
    No,
    /// The user has pressed a key, pasted text or used the mouse.
    Yes,
}

/// Which of list and text follows the other at the end of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lead {
    /// Neither the list nor the text follows the other.
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

/// Whether the list of articles is grouped by story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// The list is not grouped.
    #[default]
    No,
    /// The articles of each story are listed below a heading.
    Stories,
}

/// Returns the number of screen rows that each line takes in a list of `width` columns.
pub fn rows_each(width: u16) -> usize {
    if width < TWO_ROWS_BELOW { 2 } else { 1 }
}

/// Number of articles whose titles are measured, and the share of them that must fit.
const MEASURED: usize = 256;
const FITTING: (usize, usize) = (9, 10);
/// Number of columns of a row beside the title: the bar, the sign of an unread article, that of the
/// tray and a gap.
const BESIDE_TITLE: u16 = 4;

/// Returns the width that the titles of nearly all articles of a corpus need in a list, in columns.
/// Measures some of them, from the whole corpus.
pub fn needed_width(corpus: &Corpus) -> u16 {
    let len = corpus.len();
    let step = len.div_ceil(MEASURED).max(1);
    let ids = (0..len).step_by(step).map(|at| ArticleId(at as u32));
    let titles = ids.filter_map(|id| corpus.get(id)?.title().map(|title| width(&title)));
    let mut widths: Vec<u16> = titles.collect();
    widths.sort_unstable();
    let (share, of) = FITTING;
    let wide = widths.get(widths.len().saturating_sub(1) * share / of);
    wide.map_or(0, |wide| wide.saturating_add(BESIDE_TITLE))
}

impl ListPane {
    /// Returns the number of lines, which are articles and headings.
    pub fn len(&self) -> usize {
        match &self.groups {
            Some(groups) => groups.lines().len(),
            None => self.ids.len(),
        }
    }

    /// Returns whether the list contains no articles.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Returns the line at index `at`, or `None` if there is none.
    pub fn line(&self, at: usize) -> Option<Line> {
        match &self.groups {
            Some(groups) => groups.lines().get(at).copied(),
            None => self.ids.get(at).copied().map(Line::Single),
        }
    }

    /// Returns the selected line, or `None` if the list is empty.
    pub fn current(&self) -> Option<Line> {
        self.line(self.cursor.at)
    }

    /// Returns the selected article. If the heading of a story is selected, returns the story's
    /// first listed article.
    pub fn selected(&self) -> Option<ArticleId> {
        self.current().map(Line::article)
    }

    /// Returns all articles in the order of the lines, including those of folded stories.
    pub fn order(&self) -> &[ArticleId] {
        match &self.groups {
            Some(groups) => groups.order(),
            None => &self.ids,
        }
    }

    /// Shows the articles `ids`, grouped by `stories` if grouping is on. The selection stays, at
    /// the same height on the screen, if it is among the first `reach` lines. Otherwise the first
    /// line is selected.
    pub fn show(&mut self, (ids, stories): (Arc<[ArticleId]>, Option<&Stories>), reach: usize) {
        self.list((ids, stories), reach);
        self.lead = Lead::Listing;
    }

    /// Turns grouping by story on or off. The selected article stays selected.
    pub fn group(&mut self, grouping: Grouping, stories: Option<&Stories>) {
        self.grouping = grouping;
        self.list((Arc::clone(&self.ids), stories), usize::MAX);
    }

    /// Switches from the stories `old` to the stories `new`. Folded stories stay folded although
    /// their identifiers have changed.
    pub fn take_stories(&mut self, old: Option<&Stories>, new: &Stories) {
        self.folds.keep_exceptions(old, new);
        if self.grouping == Grouping::Stories {
            self.group(Grouping::Stories, Some(new));
        }
    }

    /// Restores an earlier state of the list. The text then shows the article that is selected in
    /// it.
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

    /// Keeps the selected line visible. `page` is the number of lines that fit on the screen.
    pub fn follow(&mut self, page: usize) {
        self.cursor.follow(self.len(), page);
    }

    /// Finds a line of an older list in the current one and returns its index: that of the same
    /// article, else that of its story's heading.
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

    /// Selects the line of an article, or the heading of its story if that is folded. Does nothing
    /// if the article is not listed.
    pub fn select(&mut self, id: ArticleId, stories: Option<&Stories>) {
        if let Some(at) = self.place_of(Line::Single(id), stories) {
            self.cursor.at = at;
        }
    }

    /// Folds or unfolds the story of the selected line and selects its heading. Returns `false` if
    /// the line belongs to no story.
    pub fn toggle_fold(&mut self) -> bool {
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

    /// Folds or unfolds all stories. The selected article stays selected, or else the heading of
    /// its story.
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

    /// Replaces articles by their new identifiers after a reload, as mapped by `to`. If the
    /// selected article no longer exists, the next one that does is selected.
    pub fn remap_ids(
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
        self.folds.remap_ids(stories, &to);
        let at = kept.and_then(|kept| self.ids.iter().position(|id| *id == kept));
        self.cursor.at = at.unwrap_or(self.ids.len().saturating_sub(1));
        self.cursor.top = self.cursor.at.saturating_sub(depth);
    }

    /// Moves the selection by a motion. `page` is the number of lines on a page.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.cursor.go(motion, self.len(), page);
        self.lead = Lead::List;
    }

    /// Scrolls the list. The selection moves only if it would leave the view.
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
        list.remap_ids(|id| (id.0 != 1).then_some(ArticleId(id.0 + 10)), None);
        assert_eq!(list.selected(), Some(ArticleId(13)));
        list.remap_ids(|id| (id.0 != 13).then_some(id), None);
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
