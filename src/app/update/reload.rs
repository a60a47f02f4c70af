//! Reloads the corpus without losing the user's position: each article that still exists is mapped
//! to its new identifier.

use super::super::list::Lead;
use super::super::msg::{Discarded, Effect};
use super::super::reload::{Asked, Reload};
use super::super::{App, LoadState, Tone};
use crate::model::{ArticleId, Corpus};
use crate::work::{Changes, ReloadReport, ReloadRequest, Reloaded};

impl App {
    /// Reloads the corpus now, or as soon as possible.
    pub(super) fn reload(&mut self, by: Asked) -> Vec<Effect> {
        if by == Asked::ByUser {
            self.say("reading all files again …", Tone::Plain);
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
                    asked: by,
                    again: Some(by),
                };
                return Vec::new();
            }
            Reload::No | Reload::Done(..) => {}
        }
        self.load.reload = Reload::Running {
            asked: by,
            again: None,
        };
        vec![Effect::Reload(ReloadRequest {
            corpus: self.corpus.clone(),
            keys: self.keeping.keys.clone(),
        })]
    }

    /// Starts another reload if one was requested during the last.
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

    pub(super) fn hear_reload(&mut self, report: Result<ReloadReport, String>) -> Vec<Effect> {
        let Reload::Running { asked, again } = self.load.reload else {
            return Vec::new();
        };
        match report {
            Ok(ReloadReport::Progress(_)) => {
                self.load.turns += 1;
                return Vec::new();
            }
            Err(reason) => {
                self.load.reload = Reload::No;
                self.say(reason, Tone::Fault);
                return Vec::new();
            }
            Ok(ReloadReport::Done(reloaded)) if again.is_none() => {
                self.load.reload = Reload::Done(reloaded, asked);
                if !self.layers.is_empty() {
                    self.say(
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

    /// Shows the result of a reload once nothing covers the panes.
    pub(super) fn show_reloaded(&mut self) -> Vec<Effect> {
        if !matches!(self.load.reload, Reload::Done(..)) || !self.layers.is_empty() {
            return Vec::new();
        }
        let Reload::Done(reloaded, asked) = std::mem::take(&mut self.load.reload) else {
            return Vec::new();
        };
        let Reloaded { changes, .. } = *reloaded;
        self.load.issues.clone_from(&reloaded.issues);
        self.load.skipped.clone_from(&reloaded.skipped);
        if changes.is_none() {
            if asked == Asked::ByUser {
                self.say(
                    "all files were read again: nothing has changed",
                    Tone::Plain,
                );
            }
            return Vec::new();
        }
        let words = self.summary(changes);
        self.say(words, Tone::Plain);
        let before = self.take_reloaded(*reloaded);
        vec![
            Effect::Discard(before),
            self.filter.ask(&self.corpus),
            self.surveys.ask(&self.corpus),
            Effect::Index(self.corpus.clone()),
        ]
    }

    fn take_reloaded(&mut self, reloaded: Reloaded) -> Discarded {
        let old = std::mem::replace(&mut self.corpus, reloaded.corpus);
        self.keeping.keys = reloaded.keys;
        self.filter.begin_anew();
        let survey = self.surveys.ready.take();
        let stories = survey.as_ref().map(|survey| &survey.stories);
        self.surveys.begin_anew();
        let moves = reloaded.moves;
        let to = |id: ArticleId| moves.get(id);
        self.list.follow_moves(to, stories);
        self.load.edition += 1;
        if let Some(session) = &mut self.keeping.session {
            match to(session.id) {
                Some(id) => session.id = id,
                None => self.keeping.session = None,
            }
        }
        let before = self.reader.open.as_ref().map(|open| open.id);
        self.reader.follow_moves(to);
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

    /// Updates the open article after the corpus has changed but its identifiers have not.
    pub(super) fn renew_changed(&mut self, old: &Corpus) {
        let open = self.reader.open.as_ref();
        if let Some(before) = open.and_then(|open| old.get(open.id)) {
            self.renew_open(Some(before));
        }
    }

    /// Updates the open article to its new text. If it no longer exists, says so and shows the
    /// selected article.
    fn renew_open(&mut self, before: Option<&crate::model::Article>) {
        let Some(before) = before else {
            self.list.lead = Lead::List;
            return;
        };
        let Some(open) = &self.reader.open else {
            let name = before.title().unwrap_or_else(|| (&*before.key).into());
            self.say_with("no longer there: {0}", &[&name], Tone::Fault);
            self.list.lead = Lead::List;
            return;
        };
        let setting = self.setting();
        if let Some(now) = self.corpus.get(open.id).filter(|now| *now != before) {
            self.reader
                .renew((before, now), &self.filter.query, setting);
        }
    }
}

impl Asked {
    /// Returns the origin about which the user is told more.
    fn first(self, other: Self) -> Self {
        if other == Self::ByUser { other } else { self }
    }
}
