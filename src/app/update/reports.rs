//! What the outside tells: the corpus grows, a filter run is done, words were copied.

use super::super::laying::LaidOut;
use super::super::msg::{Effect, Report};
use super::super::panes::Pane;
use super::super::reader::Open;
use super::super::reload::Asked;
use super::super::{App, LoadState, Tone};
use super::tray::Again;
use crate::config::Sentence;
use crate::export::Fate;
use crate::work::{CollatorReport, Failed, Filtered, SurveyReport, Work};

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
                self.find_tray(Again::Yes);
                let survey = self.surveys.ask(&self.corpus);
                let again = self.reload_again();
                return std::iter::once(survey).chain(again).collect();
            }
            Report::Reload(report) => return self.hear_reload(report),
            Report::Changed => return self.reload(Asked::ByFiles),
            Report::Survey(report) => return self.survey(report),
            Report::Filtered(filtered) => self.filtered(filtered),
            Report::Keys(keys) => self.keeping.keys = keys,
            Report::Keeper(report) => self.keeper(report),
            Report::Counts(counts) => self.show_counts(&counts),
            Report::Failed(failed) => self.failed(&failed),
            Report::Collator(report) => self.collated(report),
            Report::Copied(words) => self.tell(&Ok(words)),
            Report::Told(told) => self.tell(&told),
            Report::LaidOut(laid) => self.laid_out(*laid),
        }
        Vec::new()
    }

    /// Says what became of something.
    fn tell(&mut self, told: &Result<Sentence, Sentence>) {
        let (words, tone) = match told {
            Ok(words) => (words, Tone::Plain),
            Err(words) => (words, Tone::Fault),
        };
        let words = words.in_words(&self.view.interface);
        self.say(words, tone);
    }

    fn collated(&mut self, report: CollatorReport) {
        self.load.turns += 1;
        match report {
            CollatorReport::Compared(compared) => self.compared(compared),
            CollatorReport::Writing(done) => self.tasks.wrote(done),
            CollatorReport::Written(told) => {
                self.tasks.written();
                self.tell(&told);
            }
            CollatorReport::Failed(failed) => self.failed(&failed),
        }
    }

    fn survey(&mut self, report: SurveyReport) -> Vec<Effect> {
        match report {
            SurveyReport::Progress(progress) => {
                self.load.turns += 1;
                self.surveys.go_on(progress);
            }
            SurveyReport::Done(surveyed) => {
                self.surveyed_anew(surveyed);
                if self.filter.asks_stories() {
                    return vec![self.filter.ask(&self.corpus)];
                }
            }
            SurveyReport::Answered(answered) => return self.answered(answered),
            SurveyReport::Failed(failed) => self.failed(&failed),
        }
        Vec::new()
    }

    /// Waits no longer for what failed, and says so.
    pub(super) fn failed(&mut self, failed: &Failed) {
        match failed.work {
            Work::Filter(generation) => {
                self.filter.accept(generation);
                self.filter.takes_opening();
            }
            Work::Survey(generation) => self.surveys.give_up(generation),
            Work::Question(generation) => {
                self.surveys.take(generation);
            }
            Work::Compare(generation) => {
                self.tasks.compared(generation);
            }
            Work::Export => self.tasks.written(),
            Work::Index | Work::Count | Work::LayOut | Work::Reload => {}
        }
        let place = &failed.failure.place;
        let words = "kutip failed here: please report ({0})";
        self.say_with(words, &[place], Tone::Fault);
    }

    fn filtered(&mut self, filtered: Filtered) {
        if filtered.is_beginning() && !self.shows_beginnings() {
            return;
        }
        if !self.filter.accept(filtered.generation) {
            return;
        }
        self.show_list(filtered.ids, filtered.count);
        self.light_again();
        // A reader is not torn away from a text because the list changed.
        match &self.reader.open {
            Some(open) if self.focus != Pane::List => {
                let id = open.id;
                self.select_in_list(id);
            }
            _ => self.show_selected(),
        }
        if self.filter.takes_opening()
            && let Some(id) = self.list.selected()
        {
            self.visit(id);
            self.focus_on(Pane::Text);
        }
    }

    fn laid_out(&mut self, laid: LaidOut) {
        if let Some(article) = self.corpus.get(laid.id) {
            self.reader.take(laid, article);
            self.lay_out();
            self.follow_text();
            self.list_quotes();
        }
    }

    fn light_again(&mut self) {
        let query = &self.filter.query;
        let article = |open: &Open| self.corpus.get(open.id);
        if let Some(open) = &mut self.reader.open
            && let Some(article) = article(open)
        {
            let is_lit = open.light(article, query);
            if is_lit && self.reader.find.words.is_empty() {
                self.reader.find_again(article);
            }
        }
    }
}
