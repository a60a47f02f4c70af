//! Handles reports from the outside: more of the corpus was read, a filter run ended, text was
//! copied.

use std::sync::Arc;

use super::super::laying::LaidOut;
use super::super::msg::{Effect, Report};
use super::super::panes::Pane;
use super::super::reload::Asked;
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
                self.load.turns += 1;
                if !self.corpus.continues(&old) {
                    self.renew_changed(&old);
                }
                return vec![self.filter.ask(&self.corpus)];
            }
            Report::Issue(issue) => self.load.issues.push(issue),
            Report::Progress(read, found) => {
                self.load.turns += 1;
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
                let survey = self.surveys.ask(&self.corpus);
                let again = self.reload_again();
                return std::iter::once(survey).chain(again).collect();
            }
            Report::Reload(report) => return self.hear_reload(report),
            Report::Changed => return self.reload(Asked::ByFiles),
            Report::Survey(report) => return self.survey(report),
            Report::Filtered(filtered) => self.filtered(filtered),
            Report::Keys(keys) => self.keeping.keys = keys,
            Report::LibraryWriter(report) => self.keeper(report),
            Report::Counts(counts) => self.show_counts(counts),
            Report::Failed(failed) => self.failed(&failed),
            Report::CompareWorker(report) => self.collated(report),
            Report::Copied(words) => self.tell(&Ok(words)),
            Report::Told(told) => self.tell(&told),
            Report::LaidOut(laid) => self.laid_out(laid),
        }
        Vec::new()
    }

    /// Shows the outcome of an action as a notice.
    fn tell(&mut self, told: &Result<Sentence, Sentence>) {
        let (words, tone) = match told {
            Ok(words) => (words, Tone::Plain),
            Err(words) => (words, Tone::Fault),
        };
        let words = words.in_words(&self.view.interface);
        self.say(words, tone);
    }

    fn collated(&mut self, report: CompareReport) {
        self.load.turns += 1;
        match report {
            CompareReport::Compared(rows) => self.compared(rows),
            CompareReport::Writing(done) => self.tasks.wrote(&done),
            CompareReport::Written(told) => {
                if let Some(told) = self.tasks.finished(told) {
                    self.tell(&told);
                }
            }
            CompareReport::Failed(failed) => self.failed(&failed),
        }
    }

    fn survey(&mut self, report: SurveyReport) -> Vec<Effect> {
        match report {
            SurveyReport::Progress(progress) => {
                self.load.turns += 1;
                self.surveys.go_on(progress);
            }
            SurveyReport::Done(survey) => {
                let mut effects = self.surveyed_anew(survey);
                if self.filter.asks_stories() {
                    effects.push(self.filter.ask(&self.corpus));
                }
                return effects;
            }
            SurveyReport::Answered(answer) => return self.answered(answer),
            SurveyReport::Failed(failed) => self.failed(&failed),
        }
        Vec::new()
    }

    /// Stops waiting for work that failed, and reports the failure.
    pub(super) fn failed(&mut self, failed: &Failed) {
        match failed.work {
            Work::Filter(generation) => self.filter.give_up(generation),
            Work::Survey(generation) => self.surveys.give_up(generation),
            Work::Question(generation) => self.surveys.give_up_question(generation),
            Work::Compare(generation) => self.tasks.give_up_comparing(generation),
            Work::Export(generation) => self.tasks.give_up_writing(generation),
            Work::Count(generation) => self.give_up_counts(generation),
            Work::LayOut(generation) => self.reader.give_up_layout(generation, &self.corpus),
            Work::Index | Work::Reload => {}
        }
        let place = &failed.failure.place;
        let words = "kutip failed here: please report ({0})";
        self.say_with(words, &[place], Tone::Fault);
    }

    fn filtered(&mut self, filtered: Tagged<Filtered>) {
        if filtered.value.is_beginning() && !self.shows_beginnings() {
            return;
        }
        let Some(filtered) = self.filter.receive(filtered) else {
            return;
        };
        self.show_list(filtered.ids, filtered.count);
        let open = self.reader.open.as_ref();
        if let Some(article) = open.and_then(|open| self.corpus.get(open.id)) {
            self.reader.light(article, &self.filter.query);
        }
        if self.filter.takes_opening()
            && let Some(id) = self.list.selected()
        {
            self.visit(id);
            self.focus_on(Pane::Text);
        }
    }

    fn laid_out(&mut self, laid: Tagged<Box<LaidOut>>) {
        if let Some(article) = self.corpus.get(laid.value.id) {
            self.reader.take(laid, article);
        }
    }

    fn show_list(&mut self, ids: Arc<[ArticleId]>, count: usize) {
        // While the user types, the selection is kept only if it is among the best matches on the
        // first page.
        let reach = if self.types_for_best() {
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
