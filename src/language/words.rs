//! The `[words]` section: stop words, by which a language is told and terms are weighed.

use std::collections::HashSet;

use serde::Deserialize;

use crate::text::fold;

/// `[words]` as it stands in a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WordsFile {
    stop: Vec<String>,
}

/// A language's word lists.
#[derive(Clone, Debug, Default)]
pub struct WordLists {
    stop: HashSet<Box<str>>,
}

impl WordLists {
    pub(super) fn compile(file: &WordsFile) -> Self {
        Self {
            stop: file.stop.iter().map(|word| fold(word).into()).collect(),
        }
    }

    /// The stop words, folded.
    pub fn stop_words(&self) -> impl Iterator<Item = &str> {
        self.stop.iter().map(|word| &**word)
    }

    /// Whether a folded word carries grammar rather than matter.
    pub fn is_stop(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }
}
