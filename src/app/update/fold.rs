//! The list grouped by story: grouping it, folding and unfolding.

use std::sync::Arc;

use super::super::command::Command;
use super::super::groups::Fold;
use super::super::list::Grouping;
use super::super::{App, Tone};
use super::hint;
use crate::model::ArticleId;
use crate::work::Surveyed;

impl App {
    /// `gE`: stories as groups, or not. All but the story that one looks at are folded.
    pub(super) fn group_list(&mut self) {
        let is_grouped = self.list.grouping == Grouping::Stories;
        self.list.grouping = match self.list.grouping {
            Grouping::No => Grouping::Stories,
            Grouping::Stories => Grouping::No,
        };
        let here = self.list.selected();
        self.regroup();
        if is_grouped {
            return self.say("The list is no longer grouped.", Tone::Plain);
        }
        let Some(id) = here.filter(|_| self.surveys.ready.is_some()) else {
            let words = "Stories are still being found; the list is grouped once they are known.";
            return self.say(words, Tone::Plain);
        };
        self.reveal(id);
        let (one, all) = (hint(self, Command::Fold), hint(self, Command::UnfoldAll));
        let words = "Grouped by story: {0} folds or unfolds one, {1} unfolds all.";
        self.say_with(words, &[&one, &all], Tone::Plain);
    }

    /// Makes the groups anew of what is listed.
    fn regroup(&mut self) {
        let ids = Arc::clone(&self.list.ids);
        self.show_list(ids, self.list.count);
    }

    /// Selects an article, and unfolds its story so that it is seen.
    pub(super) fn reveal(&mut self, id: ArticleId) {
        let survey = self.surveys.ready.clone();
        self.list
            .reveal(id, survey.as_ref().map(|survey| &survey.stories));
        self.select_in_list(id);
    }

    /// Folds or unfolds the story of the selected line.
    pub(super) fn fold_story(&mut self) {
        let page = self.list_page();
        if !self.list.turn_fold(page) {
            return self.say_unfolded();
        }
        self.show_selected();
    }

    /// Folds or unfolds all stories.
    pub(super) fn fold_stories(&mut self, fold: Fold) {
        if self.list.grouping == Grouping::No {
            return self.say_unfolded();
        }
        let page = self.list_page();
        let survey = self.surveys.ready.clone();
        let stories = survey.as_ref().map(|survey| &survey.stories);
        self.list.fold_all(fold, stories, page);
        self.show_selected();
    }

    fn say_unfolded(&mut self) {
        let words = match self.list.grouping {
            Grouping::No => "The list is not grouped: {0} groups it by story.",
            Grouping::Stories => "This article is of no story.",
        };
        let key = hint(self, Command::GroupList);
        self.say_with(words, &[&key], Tone::Plain);
    }

    /// A survey is there: what was folded stays folded, though stories have other numbers now.
    pub(super) fn surveyed_anew(&mut self, surveyed: Surveyed) {
        let old = self.surveys.ready.clone();
        self.surveys.accept(surveyed);
        let old = old.as_ref().map(|old| &old.stories);
        if let Some(new) = &self.surveys.ready {
            self.list.folds.carry(old, &new.stories);
        }
        if self.list.grouping == Grouping::Stories {
            self.regroup();
        }
    }
}
