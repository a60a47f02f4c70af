//! Opens views of the whole corpus, and steps through related articles.

use super::super::msg::Effect;
use super::super::overlay::Overlay;
use super::super::panes::Pane;
use super::super::people::Speakers;
use super::super::speakers;
use super::super::survey::{AnswerUse, RelatedWalk};
use super::super::{App, Tone, overlays, views};
use crate::model::{ArticleId, QuoteId};
use crate::people::PersonId;
use crate::relate::{StoryId, Survey};
use crate::work::{About, Answer, Tagged};

impl App {
    /// Opens a list of all speakers.
    pub(super) fn list_speakers(&mut self) {
        self.open_view(|app, survey| Some(speakers::speakers(app, survey, Speakers::default())));
    }

    /// Opens a list of all stories.
    pub(super) fn list_stories(&mut self) {
        self.open_view(|app, survey| Some(views::stories(app, survey)));
    }

    /// Opens a list of all outlets.
    pub(super) fn list_outlets(&mut self) {
        self.open_view(|app, survey| Some(views::outlets(app, survey)));
    }

    /// Handles Enter on an outlet: filters the list of articles by it.
    pub(super) fn filter_by_outlet(&mut self, at: usize) -> Vec<Effect> {
        let outlet = self.surveyed();
        let outlet = outlet.and_then(|survey| survey.trends.outlets().get(at));
        let Some(name) = outlet.and_then(|outlet| outlet.name.clone()) else {
            self.notify("The outlet of these articles is not known.", Tone::Plain);
            return Vec::new();
        };
        self.layers.close();
        self.focus_on(Pane::List);
        self.set_filter(&format!("outlet:\"{name}\""))
    }

    pub(super) fn open_view<O: Into<Overlay>>(
        &mut self,
        make: impl FnOnce(&Self, &Survey) -> Option<O>,
    ) {
        let Some(survey) = self.surveys.ready.clone() else {
            let progress = self.surveys.progress(&self.view.interface);
            let progress = progress.unwrap_or_else(|| self.tr("reading").to_owned());
            let words = "Not known yet: still at work on the corpus ({0}).";
            return self.notify_with(words, &[&progress], Tone::Plain);
        };
        if let Some(overlay) = make(self, &survey) {
            self.push_overlay(overlay);
        }
    }

    pub(super) fn open_person(&mut self, id: PersonId) {
        self.open_view(|app, survey| speakers::speaker(app, survey, id));
    }

    pub(super) fn open_story(&mut self, id: StoryId) {
        self.open_view(|app, survey| views::story(app, survey, id));
    }

    /// Handles `gs`: lists the quotations of the current quote's speaker, or the speakers if
    /// several speak together.
    pub(super) fn open_speaker(&mut self) {
        let quote = self.reader.open.as_ref().and_then(|open| {
            let piece = open.utterances.all.get(open.current?)?.pieces.first()?;
            Some(QuoteId {
                article: open.id,
                index: *piece,
            })
        });
        let Some(quote) = quote else {
            return self.notify("No quote here whose speaker could be shown.", Tone::Plain);
        };
        let before = self.layers.overlays.len();
        self.open_view(|app, survey| match survey.directory.speakers_of(quote) {
            [] => None,
            [one] => speakers::speaker(app, survey, *one),
            several => {
                let list = Speakers {
                    only: Some(several.to_vec()),
                    chosen: Vec::new(),
                };
                Some(speakers::speakers(app, survey, list))
            }
        });
        if self.layers.overlays.len() == before && self.surveys.ready.is_some() {
            self.notify("The speaker of this quote is not known.", Tone::Plain);
        }
    }

    pub(super) fn ask_related(&mut self, answer_use: AnswerUse) -> Vec<Effect> {
        let Some(of) = self.reader.open.as_ref().map(|open| open.id) else {
            return Vec::new();
        };
        let Some(survey) = self.surveys.ready.clone() else {
            self.open_view(|_, _| None::<Overlay>);
            return Vec::new();
        };
        let about = About::Related(survey, of);
        vec![self.surveys.ask_question(&self.corpus, about, answer_use)]
    }

    /// Handles `]r` and `[r`: steps through the articles related to the one where the user began to
    /// step.
    pub(super) fn step_related(&mut self, steps: isize) -> Vec<Effect> {
        let here = self.reader.open.as_ref().map(|open| open.id);
        let is_on = |walk: &&mut RelatedWalk| walk.here() == here;
        let Some(walk) = self.surveys.walk.as_mut().filter(is_on) else {
            return self.ask_related(AnswerUse::Step(steps));
        };
        match walk.go(steps) {
            Some(id) => self.jump(id),
            None => self.notify("No further related article.", Tone::Plain),
        }
        Vec::new()
    }

    /// Opens an article from an overlay or board, and closes these. The previous article is kept in
    /// the history.
    pub(super) fn jump(&mut self, id: ArticleId) {
        if let Some(open) = &self.reader.open {
            self.reader.history.visit(open.id);
        }
        self.layers.close();
        self.visit(id);
        self.focus_on(Pane::Text);
    }

    /// Handles the answer to a question: lists or steps through related articles, shows
    /// words, or shows how a speaker was found.
    pub(super) fn answered(&mut self, answer: Tagged<Answer>) -> Vec<Effect> {
        let Some(answered) = self.surveys.accept_answer(answer) else {
            return Vec::new();
        };
        match answered {
            (Answer::Related(of, related), answer_use) => {
                let ids = related.iter().map(|found| found.article);
                self.surveys.walk = Some(RelatedWalk::new(of, ids.collect()));
                match answer_use {
                    AnswerUse::Step(steps) => return self.step_related(steps),
                    _ => self
                        .open_view(|app, survey| Some(views::related(app, survey, (of, &related)))),
                }
            }
            (Answer::Words(found), AnswerUse::Words(wanted)) => self.show_words(*wanted, found),
            (Answer::Candidates(quote, names), AnswerUse::Review(review)) => {
                if review.current() == Some(quote) {
                    self.show_candidates(review, &names);
                }
            }
            (Answer::Trace(article, steps), _) => {
                // The user may have gone on to another article.
                let explained = overlays::explain(self, &steps);
                if let Some((_, card)) = explained.filter(|(open, _)| *open == article) {
                    self.push_overlay(card);
                }
            }
            (Answer::Histogram(survey, histogram), AnswerUse::Timeline(placed, others)) => {
                self.show_timeline((histogram, survey), placed, others);
            }
            (Answer::Grid(survey, grid), AnswerUse::Matrix(placed)) => {
                self.show_matrix((grid, survey), placed);
            }
            (
                Answer::Words(_)
                | Answer::Candidates(..)
                | Answer::Histogram(..)
                | Answer::Grid(..),
                _,
            ) => {}
        }
        Vec::new()
    }
}
