//! Handles reports of the workers and the terminal, for example that more of the corpus was read,
//! that a filter run ended or that text was copied.

use std::sync::Arc;

use super::super::list::needed_width;
use super::super::long_layout::FinishedLayout;
use super::super::msg::{Effect, Report};
use super::super::panes::Pane;
use super::super::reload::ReloadOrigin;
use super::super::{App, LoadState, Tone};
use crate::config::Sentence;
use crate::export::Fate;
use crate::model::ArticleId;
use crate::work::{CompareReport, Failed, Filtered, SurveyReport, Tagged, Work};

impl App {
    pub(super) fn report(&mut self, report: Report) -> Vec<Effect> {
        match report {
            Report::Corpus(corpus) => {
                let old = std::mem::replace(&mut self.corpus, corpus);
                self.load.report_count += 1;
                self.list.needed = needed_width(&self.corpus);
                if !self.corpus.continues(&old) {
                    self.renew_changed(&old);
                }
                return vec![self.filter.ask(&self.corpus)];
            }
            Report::Issue(issue) => self.load.issues.push(issue),
            Report::Progress(read, found) => {
                self.load.report_count += 1;
                self.load.read = read;
                self.load.found = found;
            }
            Report::Skipped(skipped) => {
                let kind = (skipped.format, Fate::PassedOver);
                let count = skipped.count as usize;
                self.load.skipped.add(kind, &skipped.reason, count);
            }
            Report::Loaded => {
                self.load.state = LoadState::Ready;
                self.decide_people();
                let survey = self.surveys.ask(&self.corpus);
                let again = self.reload_again();
                return std::iter::once(survey).chain(again).collect();
            }
            Report::Reload(report) => return self.handle_reload_report(report),
            Report::Changed => return self.reload(ReloadOrigin::ByFiles),
            Report::Survey(report) => return self.survey(report),
            Report::Filtered(filtered) => self.filtered(filtered),
            Report::Keys(keys) => {
                self.library.keys = keys;
                // What was decided about passages can be found now.
                self.library.is_changed = true;
            }
            Report::LibraryWriter(report) => self.library_report(report),
            Report::Counts(counts) => self.show_counts(counts),
            Report::Failed(failed) => self.failed(&failed),
            Report::CompareWorker(report) => self.compare_report(report),
            Report::Copied(words) => self.show_outcome(&Ok(words)),
            Report::ProgramEnded(outcome) => self.show_outcome(&outcome),
            Report::Layout(layout) => self.layout_done(layout),
        }
        Vec::new()
    }

    /// Shows the outcome of an action, a sentence about success or failure, as a notice.
    fn show_outcome(&mut self, outcome: &Result<Sentence, Sentence>) {
        let (words, tone) = match outcome {
            Ok(words) => (words, Tone::Plain),
            Err(words) => (words, Tone::Fault),
        };
        let words = words.in_words(&self.view.interface);
        self.notify(words, tone);
    }

    fn compare_report(&mut self, report: CompareReport) {
        self.load.report_count += 1;
        match report {
            CompareReport::Compared(rows) => self.compared(rows),
            CompareReport::Writing(done) => self.tasks.wrote(&done),
            CompareReport::Written(outcome) => {
                if let Some(outcome) = self.tasks.finished(outcome) {
                    self.show_outcome(&outcome);
                }
            }
            CompareReport::Failed(failed) => self.failed(&failed),
        }
    }

    fn survey(&mut self, report: SurveyReport) -> Vec<Effect> {
        match report {
            SurveyReport::Progress(progress) => {
                self.load.report_count += 1;
                self.surveys.set_progress(progress);
            }
            SurveyReport::Done(survey) => {
                let mut effects = self.accept_survey(survey);
                if self.filter.asks_survey() {
                    effects.push(self.filter.ask(&self.corpus));
                }
                return effects;
            }
            SurveyReport::Answered(answer) => return self.answered(answer),
            SurveyReport::Failed(failed) => self.failed(&failed),
        }
        Vec::new()
    }

    /// Stops waiting for the result of a worker that failed, and shows a notice about the failure.
    pub(super) fn failed(&mut self, failed: &Failed) {
        match failed.work {
            Work::Filter(generation) => self.filter.give_up(generation),
            Work::Survey(generation) => self.surveys.give_up(generation),
            Work::Question(generation) => self.surveys.give_up_question(generation),
            Work::Compare(generation) => self.tasks.give_up_comparing(generation),
            Work::Export(generation) => self.tasks.give_up_writing(generation),
            Work::Count(generation) => self.give_up_counts(generation),
            Work::Layout(generation) => self.reader.give_up_layout(generation, &self.corpus),
            Work::Index | Work::Reload => {}
        }
        let place = &failed.failure.place;
        let words = "kutip failed here: please report ({0})";
        self.notify_with(words, &[place], Tone::Fault);
    }

    fn filtered(&mut self, filtered: Tagged<Filtered>) {
        if filtered.value.is_beginning() && !self.shows_partial_results() {
            return;
        }
        let Some(filtered) = self.filter.receive(filtered) else {
            return;
        };
        self.show_list(filtered.ids, filtered.count);
        let open = self.reader.open.as_ref();
        if let Some(article) = open.and_then(|open| self.corpus.get(open.id)) {
            self.reader.highlight(article, &self.filter.query);
        }
        if self.filter.take_opening()
            && let Some(id) = self.list.selected()
        {
            self.visit(id);
            self.focus_on(Pane::Text);
        }
    }

    fn layout_done(&mut self, layout: Tagged<Box<FinishedLayout>>) {
        if let Some(article) = self.corpus.get(layout.value.id) {
            self.reader.accept_layout(layout, article);
        }
    }

    fn show_list(&mut self, ids: Arc<[ArticleId]>, count: usize) {
        // While the user types, the selection is kept only if it is among the best matches on the
        // first page.
        let reach = if self.is_typing_unsorted() {
            self.list_page()
        } else {
            usize::MAX
        };
        let survey = self.surveys.ready.as_deref();
        let stories = survey.map(|survey| &survey.stories);
        self.list.show((ids, stories), reach);
        self.list.count = count;
    }
}
