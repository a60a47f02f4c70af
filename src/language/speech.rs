//! The `[speech]` section of a pack: words of saying, quotation marks, and what only looks like saying.

use serde::Deserialize;

/// `[speech]` as it stands in a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SpeechWordsFile {}

/// The compiled section.
#[derive(Clone, Debug, Default)]
pub struct SpeechWords {}

impl SpeechWords {
    pub(super) fn compile(_file: &SpeechWordsFile) -> Self {
        Self {}
    }
}
