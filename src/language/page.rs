//! The `[page]` section of a pack: furniture, byline and caption patterns that belong to the language.

use serde::Deserialize;

/// `[page]` as it stands in a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PageWordsFile {}

/// The compiled section.
#[derive(Clone, Debug, Default)]
pub struct PageWords {}

impl PageWords {
    pub(super) fn compile(_file: &PageWordsFile) -> Self {
        Self {}
    }
}
