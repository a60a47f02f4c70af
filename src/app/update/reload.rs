//! Reloads the corpus without losing the user's position: each article that still exists is mapped
//! to its new identifier.

use super::super::list::{Lead, needed_width};
use super::super::msg::{Discarded, Effect};
use super::super::reload::{Reload, ReloadOrigin};
use super::super::{App, LoadState, Tone};
use crate::model::{ArticleId, Corpus};
use crate::work::{Changes, ReloadReport, ReloadRequest, Reloaded};

impl App {
    /// Reloads the corpus, now or after the load or reload that is running.
    pub(super) fn reload(&mut self, by: ReloadOrigin) -> Vec<Effect> {
        if by == ReloadOrigin::ByUser {
            self.notify("reading all files again …", Tone::Plain);
        }
        let is_reading = self.load.state == LoadState::Running;
        match &mut self.load.reload {
            Reload::Running { again, .. } => {
                *again = Some(again.map_or(by, |known| known.first(by)));
                return Vec::new();
            }
            Reload::No | Reload::Done(..) if is_reading => {
                // The reload starts after the first load has ended, because files read by then may
                // have changed.
                self.load.reload = Reload::Running {
                    origin: by,
                    again: Some(by),
                };
                return Vec::new();
            }
            Reload::No | Reload::Done(..) => {}
        }
        self.load.reload = Reload::Running {
            origin: by,
            again: None,
        };
        vec![Effect::Reload(ReloadRequest {
            corpus: self.corpus.clone(),
            keys: self.library.keys.clone(),
        })]
    }

    /// Starts the reload that was requested during the last load or reload, if there was a request.
    pub(super) fn reload_again(&mut self) -> Vec<Effect> {
        match self.load.reload {
            Reload::Running {
                again: Some(by), ..
            } => {
                self.load.reload = Reload::No;
                self.reload(by)
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn handle_reload_report(
        &mut self,
        report: Result<ReloadReport, String>,
    ) -> Vec<Effect> {
        let Reload::Running { origin, again } = self.load.reload else {
            return Vec::new();
        };
        match report {
            Ok(ReloadReport::Progress(_)) => {
                self.load.report_count += 1;
                return Vec::new();
            }
            Err(reason) => {
                self.load.reload = Reload::No;
                self.notify(reason, Tone::Fault);
                return Vec::new();
            }
            Ok(ReloadReport::Done(reloaded)) if again.is_none() => {
                self.load.reload = Reload::Done(reloaded, origin);
                if !self.layers.is_empty() {
                    self.notify(
                        "all files were read again: close this to see them",
                        Tone::Plain,
                    );
                }
            }
            Ok(ReloadReport::Failed(failed)) => {
                self.load.reload = Reload::No;
                self.failed(&failed);
                return again.map_or(Vec::new(), |by| self.reload(by));
            }
            // The result is already out of date.
            Ok(ReloadReport::Done(_)) => return self.reload_again(),
        }
        Vec::new()
    }

    /// Shows the result of a finished reload, once no layer covers the panes. Returns the effects
    /// that follow from it.
    pub(super) fn show_reloaded(&mut self) -> Vec<Effect> {
        if !matches!(self.load.reload, Reload::Done(..)) || !self.layers.is_empty() {
            return Vec::new();
        }
        let Reload::Done(reloaded, origin) = std::mem::take(&mut self.load.reload) else {
            return Vec::new();
        };
        let Reloaded { changes, .. } = *reloaded;
        self.load.issues.clone_from(&reloaded.issues);
        self.load.skipped.clone_from(&reloaded.skipped);
        if changes.is_none() {
            if origin == ReloadOrigin::ByUser {
                self.notify(
                    "all files were read again: nothing has changed",
                    Tone::Plain,
                );
            }
            return Vec::new();
        }
        let words = self.summary(changes);
        self.notify(words, Tone::Plain);
        let before = self.take_reloaded(*reloaded);
        self.decide_people();
        vec![
            Effect::Discard(before),
            self.filter.ask(&self.corpus),
            self.surveys.ask(&self.corpus),
            Effect::Index(self.corpus.clone()),
        ]
    }

    fn take_reloaded(&mut self, reloaded: Reloaded) -> Discarded {
        let old = std::mem::replace(&mut self.corpus, reloaded.corpus);
        self.list.needed = needed_width(&self.corpus);
        self.library.keys = reloaded.keys;
        self.filter.reset();
        let survey = self.surveys.ready.take();
        let stories = survey.as_ref().map(|survey| &survey.stories);
        self.surveys.reset();
        let moves = reloaded.moves;
        let to = |id: ArticleId| moves.get(id);
        self.list.remap_ids(to, stories);
        self.load.edition += 1;
        if let Some(session) = &mut self.library.session {
            match to(session.id) {
                Some(id) => session.id = id,
                None => self.library.session = None,
            }
        }
        let before = self.reader.open.as_ref().map(|open| open.id);
        self.reader.remap_ids(to);
        self.renew_open(before.and_then(|id| old.get(id)));
        Discarded {
            corpus: Some(old),
            survey,
        }
    }

    fn summary(&self, changes: Changes) -> String {
        let parts = [
            (changes.added, "{0} added"),
            (changes.changed, "{0} changed"),
            (changes.removed, "{0} removed"),
        ];
        let told = parts.iter().filter(|(count, _)| *count > 0);
        let told: Vec<_> = told
            .map(|(count, words)| self.fill(words, &[&count.to_string()]))
            .collect();
        self.fill("articles: {0}", &[&told.join(", ")])
    }

    /// Updates the open article after a newer corpus has changed facts about it, but not its
    /// identifier. `old` is the corpus before.
    pub(super) fn renew_changed(&mut self, old: &Corpus) {
        let open = self.reader.open.as_ref();
        if let Some(before) = open.and_then(|open| old.get(open.id)) {
            self.renew_open(Some(before));
        }
    }

    /// Updates the open article to its new version. `before` is the old one. If the article no
    /// longer exists, says so and shows the selected article.
    fn renew_open(&mut self, before: Option<&crate::model::Article>) {
        let Some(before) = before else {
            self.list.lead = Lead::List;
            return;
        };
        let Some(open) = &self.reader.open else {
            let name = before.title().unwrap_or_else(|| (&*before.key).into());
            self.notify_with("no longer there: {0}", &[&name], Tone::Fault);
            self.list.lead = Lead::List;
            return;
        };
        let setting = self.setting();
        if let Some(now) = self.corpus.get(open.id).filter(|now| *now != before) {
            self.reader
                .update_text((before, now), &self.filter.query, setting);
        }
    }
}

impl ReloadOrigin {
    /// Returns the one of two origins that asks for more notices: `ByUser` if either is.
    fn first(self, other: Self) -> Self {
        if other == Self::ByUser { other } else { self }
    }
}
