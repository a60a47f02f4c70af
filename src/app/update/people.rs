//! Commands that decide by hand who is who: in the list of speakers, and in the review of
//! quotations whose speaker is not certain.

use super::super::ask::Ask;
use super::super::cursor::Motion;
use super::super::msg::Effect;
use super::super::overlay::{Kind, Overlay};
use super::super::people::{Review, Speakers};
use super::super::picker::Choice;
use super::super::survey::AnswerUse;
use super::super::{App, Tone};
use super::super::{review, speakers};
use crate::library::{Anchor, Change, PersonChoice, SpeakerChoice};
use crate::model::QuoteId;
use crate::people::{Person, PersonId, PersonKind};
use crate::work::About;

impl App {
    /// Returns the person at the cursor of a list of speakers or of a person's names.
    fn person_here(&self) -> Option<PersonId> {
        match self.layers.picker()?.current()?.choice {
            Choice::Speaker(id) | Choice::Alias(id, _) => Some(id),
            _ => match self.layers.overlays.last()?.kind {
                Kind::Person(id) => Some(id),
                _ => None,
            },
        }
    }

    fn person(&self, id: PersonId) -> Option<&Person> {
        self.surveyed()?.directory.get(id)
    }

    /// Handles Space in the list of speakers: chooses the speaker, or no longer.
    pub(super) fn choose_speaker(&mut self) {
        let Some(id) = self.person_here() else {
            return;
        };
        if let Some(Kind::Speakers(list)) = self.top_kind() {
            match list.chosen.iter().position(|chosen| *chosen == id) {
                Some(at) => drop(list.chosen.remove(at)),
                None => list.chosen.push(id),
            }
            self.renew_people();
            self.go(Motion::Rows(1));
        }
    }

    fn top_kind(&mut self) -> Option<&mut Kind> {
        Some(&mut self.layers.overlays.last_mut()?.kind)
    }

    /// Joins the chosen speakers and the one at the cursor, or the two of a likely join.
    pub(super) fn join_speakers(&mut self) {
        let current = self.layers.picker().and_then(|picker| picker.current());
        let ids = match current.map(|item| item.choice.clone()) {
            Some(Choice::Join(person, other)) => vec![person, other],
            Some(Choice::Speaker(id)) => {
                let mut ids = match self.top_kind() {
                    Some(Kind::Speakers(list)) => std::mem::take(&mut list.chosen),
                    _ => Vec::new(),
                };
                ids.retain(|chosen| *chosen != id);
                ids.insert(0, id);
                ids
            }
            _ => return,
        };
        let people: Vec<Person> = ids
            .iter()
            .filter_map(|id| self.person(*id).cloned())
            .collect();
        if people.len() < 2 {
            return self.notify(
                "Choose another speaker first, to join with this one.",
                Tone::Plain,
            );
        }
        let full = people.iter().filter(|person| person.has_full_name());
        let Some(target) = full.max_by_key(|person| person.quotes.len()).cloned() else {
            return self.notify(
                "None of these has a full name to be joined under.",
                Tone::Plain,
            );
        };
        let others = people.iter().filter(|person| person.id != target.id);
        let changes = others.flat_map(|other| self.joined(other, &target));
        let changes: Vec<Change> = changes.collect();
        self.change_library_all(changes);
    }

    /// Returns the changes that make one person of two. One who is known in some articles only is
    /// joined by each quotation, so that others of the name stay apart.
    fn joined(&self, other: &Person, target: &Person) -> Vec<Change> {
        let directory = self.surveyed().map(|survey| &survey.directory);
        let is_shared = directory.is_none_or(|known| known.named(other.known_as()).len() > 1);
        if other.has_full_name() && !is_shared {
            let join = PersonChoice::Join(target.known_as().into());
            return vec![Change::Person(other.known_as().into(), Some(join))];
        }
        let quotes = other
            .quotes
            .iter()
            .filter_map(|id| self.place_of_quote(*id));
        let named =
            |place| Change::Speaker(place, Some(SpeakerChoice::Named(target.known_as().into())));
        quotes.map(named).collect()
    }

    fn place_of_quote(&self, id: QuoteId) -> Option<Anchor> {
        let (article, quote) = self.corpus.quote(id)?;
        Some(Anchor::of(article, Some(quote.span)))
    }

    /// Splits the name at the cursor off its person, or keeps the two of a likely join apart.
    pub(super) fn split_name(&mut self) {
        let current = self.layers.picker().and_then(|picker| picker.current());
        match current.map(|item| item.choice.clone()) {
            Some(Choice::Alias(id, at)) => {
                let names = self.person(id).and_then(|person| {
                    let alias = person.aliases.get(at)?.written.clone();
                    Some((alias, Box::from(person.known_as())))
                });
                let Some((alias, name)) = names else {
                    return;
                };
                if alias == name {
                    return self.notify(
                        "This is the main name: split the others off it.",
                        Tone::Plain,
                    );
                }
                self.change_library(Change::Person(alias, Some(PersonChoice::Split(name))));
            }
            Some(Choice::Join(person, other)) => {
                let name = |id| self.person(id).map(|person| Box::from(person.known_as()));
                if let (Some(a), Some(b)) = (name(other), name(person)) {
                    self.change_library(Change::Person(a, Some(PersonChoice::Split(b))));
                }
            }
            _ => self.notify("Open a speaker to split a name off.", Tone::Plain),
        }
    }

    /// Asks for the name by which the speaker at the cursor is shown.
    pub(super) fn ask_name(&mut self) {
        let person = self.person_here().and_then(|id| self.person(id));
        let names = person.map(|person| (Box::from(person.known_as()), person.name.clone()));
        if let Some((known, shown)) = names {
            self.ask(Ask::Called(known), &shown);
        }
    }

    /// Handles Enter in the prompt for a name. The decision belongs to a name that texts have.
    pub(super) fn rename(&mut self, known: Box<str>, words: &str) {
        let shown = Some(words).filter(|words| **words != *known);
        self.change_library(Change::Called(known, shown.map(Box::from)));
    }

    /// Goes on to the next kind of speaker: person, body, nobody known.
    pub(super) fn switch_kind(&mut self) {
        let person = self.person_here().and_then(|id| self.person(id));
        let known = person.map(|person| (Box::from(person.known_as()), person.kind));
        if let Some((name, kind)) = known {
            let kind = match kind {
                PersonKind::Person => PersonKind::Body,
                PersonKind::Body => PersonKind::Anonymous,
                PersonKind::Anonymous => PersonKind::Person,
            };
            self.change_library(Change::Sort(name, Some(kind)));
        }
    }

    /// Lists likely joins and splits.
    pub(super) fn list_likely(&mut self) {
        self.open_view(|app, survey| Some(speakers::likely(app, survey)));
    }

    /// Rebuilds the lists of people after a decision or a new survey. Places in a list stay.
    pub(super) fn renew_people(&mut self) {
        let Some(survey) = self.surveys.ready.clone() else {
            return;
        };
        let mut overlays = std::mem::take(&mut self.layers.overlays);
        for overlay in &mut overlays {
            let made = match &overlay.kind {
                Kind::Speakers(list) => Some(speakers::speakers(self, &survey, list.clone())),
                Kind::Person(id) => speakers::speaker(self, &survey, *id),
                Kind::Likely => Some(speakers::likely(self, &survey)),
                _ => None,
            };
            if let Some(Overlay { picker, .. }) = made {
                overlay.picker.title = picker.title;
                overlay.picker.replace_items(picker.items);
            }
        }
        self.layers.overlays = overlays;
    }

    /// Follows people to a new survey, in which each may have another number: by their names.
    pub(super) fn follow_people(&mut self, old: &crate::relate::Survey) {
        let Some(new) = self.surveys.ready.clone() else {
            return;
        };
        let moved = |id: PersonId| {
            let person = old.directory.get(id)?;
            let quote = person.quotes.first()?;
            new.directory.speakers_of(*quote).first().copied()
        };
        for overlay in &mut self.layers.overlays {
            match &mut overlay.kind {
                Kind::Speakers(Speakers { only, chosen }) => {
                    *chosen = chosen.iter().filter_map(|id| moved(*id)).collect();
                    if let Some(only) = only {
                        *only = only.iter().filter_map(|id| moved(*id)).collect();
                    }
                }
                Kind::Person(id) => *id = moved(*id).unwrap_or(*id),
                _ => {}
            }
        }
        self.renew_people();
    }

    /// Begins the review of quotations whose speaker is not certain.
    pub(super) fn review(&mut self) -> Vec<Effect> {
        if self.surveyed().is_none() {
            self.open_view(|_, _| None::<Overlay>);
            return Vec::new();
        }
        let review = review::uncertain(self);
        self.show_review(review)
    }

    /// Asks for the candidates of the current quotation of a review.
    fn show_review(&mut self, review: Review) -> Vec<Effect> {
        self.layers
            .overlays
            .retain(|overlay| !matches!(overlay.kind, Kind::Review(_)));
        let Some(quote) = review.current() else {
            self.notify("No quote here whose speaker is uncertain.", Tone::Plain);
            return Vec::new();
        };
        let about = About::Candidates(quote);
        let asked = self
            .surveys
            .ask_question(&self.corpus, about, AnswerUse::Review(review));
        vec![asked]
    }

    /// Shows the quotation under review in the text, and who may speak it.
    pub(super) fn show_candidates(&mut self, review: Review, names: &[Box<str>]) {
        if let Some(quote) = review.current() {
            self.go_to_quotation(quote);
        }
        if let Some(overlay) = review::review(self, review, names) {
            self.push_overlay(overlay);
        }
    }

    fn reviewed(&self) -> Option<&Review> {
        match &self.layers.overlays.last()?.kind {
            Kind::Review(review) => Some(review),
            _ => None,
        }
    }

    /// Goes to another quotation of the review.
    pub(super) fn step_review(&mut self, steps: isize) -> Vec<Effect> {
        let Some(mut review) = self.reviewed().cloned() else {
            return Vec::new();
        };
        if !review.go(steps) {
            self.layers.overlays.pop();
            self.notify("No further quote whose speaker is uncertain.", Tone::Plain);
            return Vec::new();
        }
        self.show_review(review)
    }

    /// Takes a decision about the quotation under review, and goes on to the next.
    pub(super) fn decide_speaker(&mut self, choice: SpeakerChoice) -> Vec<Effect> {
        let quote = self.reviewed().and_then(Review::current);
        let Some(place) = quote.and_then(|quote| self.place_of_quote(quote)) else {
            return Vec::new();
        };
        self.change_library(Change::Speaker(place, Some(choice)));
        let notice = self.notice.take();
        let effects = self.step_review(1);
        if self.notice.is_none() {
            self.notice = notice;
        }
        effects
    }
}
