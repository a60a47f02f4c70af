//! The `[dates]` section of a pack: months, weekdays, zones, and the order of day and month.

use serde::Deserialize;

/// `[dates]` as it stands in a pack.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DateWordsFile {}

/// The compiled section.
#[derive(Clone, Debug, Default)]
pub struct DateWords {}

impl DateWords {
    pub(super) fn compile(_file: &DateWordsFile) -> Self {
        Self {}
    }
}
