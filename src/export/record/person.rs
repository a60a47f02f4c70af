//! The record of a person beside what they say.

use schemars::JsonSchema;
use serde::Serialize;

use crate::people::{Directory, Person, PersonId};

/// One person who speaks, as known in the whole corpus.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct PersonRecord<'a> {
    /// Identifier of the speaker in `speakers`.
    pub id: &'a str,
    /// Name of the speaker in `speakers`.
    pub name: &'a str,
}

impl<'a> PersonRecord<'a> {
    /// Returns the records of some speakers, in order.
    pub(in crate::export) fn all(directory: &'a Directory, ids: &[PersonId]) -> Vec<Self> {
        let people = ids.iter().filter_map(|id| directory.get(*id));
        people.map(Self::from).collect()
    }
}

impl<'a> From<&'a Person> for PersonRecord<'a> {
    fn from(person: &'a Person) -> Self {
        Self {
            id: &person.id,
            name: &person.name,
        }
    }
}
