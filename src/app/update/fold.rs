//! Commands that group the list by story, and that fold and unfold stories.

use std::sync::Arc;

use super::super::command::Command;
use super::super::groups::Fold;
use super::super::list::Grouping;
use super::super::msg::{Discarded, Effect};
use super::super::panes::Pane;
use super::super::sidebar::Inner;
use super::super::{App, Tone};
use super::hint;
use crate::relate::Survey;
use crate::work::Tagged;

impl App {
    /// Handles `gE`: turns grouping by story on or off. When it is turned on, the story of the
    /// selected article is unfolded.
    pub(super) fn group_list(&mut self) {
        let is_grouped = self.list.grouping == Grouping::Stories;
        let grouping = match self.list.grouping {
            Grouping::No => Grouping::Stories,
            Grouping::Stories => Grouping::No,
        };
        let here = self.list.selected();
        let survey = self.surveys.ready.clone();
        let stories = survey.as_ref().map(|survey| &survey.stories);
        self.list.group(grouping, stories);
        if is_grouped {
            return self.notify("The list is no longer grouped.", Tone::Plain);
        }
        let Some(id) = here.filter(|_| stories.is_some()) else {
            let words = "Stories are still being found; the list is grouped once they are known.";
            return self.notify(words, Tone::Plain);
        };
        self.list.reveal(id, stories);
        self.list.select(id, stories);
        let (one, all) = (hint(self, Command::Fold), hint(self, Command::UnfoldAll));
        let words = "Grouped by story: {0} folds or unfolds one, {1} unfolds all.";
        self.notify_with(words, &[&one, &all], Tone::Plain);
    }

    /// Handles `za`: folds or unfolds the story of the selected line or, in the sidebar, the
    /// utterances inside others.
    pub(super) fn fold_here(&mut self) {
        if self.focus != Pane::Quotes {
            return self.fold_story();
        }
        let (inner, words) = match self.reader.sidebar.inner {
            Inner::Folded => (Inner::Shown, "quotes inside others have cards of their own"),
            Inner::Shown => (Inner::Folded, "quotes inside others are folded into them"),
        };
        self.reader.sidebar.inner = inner;
        self.notify(words, Tone::Plain);
    }

    /// Folds or unfolds the story of the selected line. Shows a notice if the line has no story.
    pub(super) fn fold_story(&mut self) {
        if !self.list.toggle_fold() {
            self.notify_unfolded();
        }
    }

    /// Folds or unfolds all stories of the list.
    pub(super) fn fold_stories(&mut self, fold: Fold) {
        if self.list.grouping == Grouping::No {
            return self.notify_unfolded();
        }
        let survey = self.surveys.ready.as_deref();
        self.list
            .fold_all(fold, survey.map(|survey| &survey.stories));
    }

    fn notify_unfolded(&mut self) {
        let words = match self.list.grouping {
            Grouping::No => "The list is not grouped: {0} groups it by story.",
            Grouping::Stories => "This article is not part of a story.",
        };
        let key = hint(self, Command::GroupList);
        self.notify_with(words, &[&key], Tone::Plain);
    }

    /// Stores a finished survey, regroups the list by its stories, and returns the effect that
    /// frees the previous survey.
    pub(super) fn accept_survey(&mut self, survey: Tagged<Arc<Survey>>) -> Vec<Effect> {
        let before = self.surveys.ready.clone();
        let old = before.as_ref().map(|survey| &survey.stories);
        let replaced = self.surveys.accept(survey);
        if let Some(new) = &self.surveys.ready {
            self.list.take_stories(old, &new.stories);
        }
        if let Some(old) = &replaced {
            self.follow_people(old);
        }
        let discarded = replaced.map(|survey| Discarded {
            corpus: None,
            survey: Some(survey),
        });
        discarded.map(Effect::Discard).into_iter().collect()
    }
}
