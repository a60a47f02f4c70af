//! Saying that names stand for one person, or do not.

use super::super::ask::Ask;
use super::super::{App, Tone};
use crate::library::{Change, PersonChoice};

impl App {
    /// The speakers of the open article.
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

    /// The name of the current quote's speaker, as the article has it.
    fn current_speaker(&mut self) -> Option<Box<str>> {
        let name = self.reader.open.as_ref().and_then(|open| {
            let utterance = open.utterances.all.get(open.current?)?;
            open.utterances.speaker_of(utterance).map(Box::from)
        });
        if name.is_none() {
            self.say("No quote with a speaker here.", Tone::Plain);
        }
        name
    }

    /// The person that the directory lists under another name than this one.
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
            let known = self.keeping.state().people().get(&name);
            let choice = match known {
                Some(PersonChoice::Split(_)) => None,
                _ => match self.person_under(&name) {
                    Some(person) => Some(PersonChoice::Split(person)),
                    None => return self.say("This name stands for nobody else.", Tone::Plain),
                },
            };
            self.keep(Change::Person(name, choice));
        }
    }
}
