//! Commands by which the user says that two names mean one person, or that a name means a separate
//! person.

use super::super::ask::Ask;
use super::super::{App, Tone};
use crate::library::{Change, PersonChoice};

impl App {
    /// Returns the names of the speakers of the open article, sorted and without duplicates.
    pub(super) fn speaker_names(&self) -> Vec<String> {
        let Some(open) = &self.reader.open else {
            return Vec::new();
        };
        let all = open.utterances.all.iter();
        let names = all.filter_map(|one| open.utterances.speaker_of(one));
        let mut names: Vec<_> = names.map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Returns the name of the current quote's speaker, as written in the article. Shows a notice
    /// if there is none.
    fn current_speaker(&mut self) -> Option<Box<str>> {
        let name = self.reader.open.as_ref().and_then(|open| {
            let utterance = open.utterances.all.get(open.current?)?;
            open.utterances.speaker_of(utterance).map(Box::from)
        });
        if name.is_none() {
            self.notify("No quote with a speaker here.", Tone::Plain);
        }
        name
    }

    /// Returns the main name of the person whom `name` means in the survey, or `None` if that is
    /// `name` itself.
    fn person_under(&self, name: &str) -> Option<Box<str>> {
        let directory = &self.surveyed()?.directory;
        let person = directory.get(directory.find(name).next()?)?;
        (&*person.name != name).then(|| person.name.clone())
    }

    pub(super) fn ask_join(&mut self) {
        if let Some(name) = self.current_speaker() {
            self.ask(Ask::Join(name), "");
        }
    }

    pub(super) fn split_person(&mut self) {
        if let Some(name) = self.current_speaker() {
            let known = self.library.state().people().get(&name);
            let choice = match known {
                Some(PersonChoice::Split(_)) => None,
                _ => match self.person_under(&name) {
                    Some(person) => Some(PersonChoice::Split(person)),
                    None => return self.notify("This name stands for nobody else.", Tone::Plain),
                },
            };
            self.change_library(Change::Person(name, choice));
        }
    }
}
