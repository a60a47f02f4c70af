//! The `[people]` section of a pack: titles, honorifics, offices, pronouns and name particles.

use serde::Deserialize;

/// `[people]` as it stands in a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PeopleWordsFile {}

/// The compiled section.
#[derive(Clone, Debug, Default)]
pub struct PeopleWords {}

impl PeopleWords {
    pub(super) fn compile(_file: &PeopleWordsFile) -> Self {
        Self {}
    }
}
