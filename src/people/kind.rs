//! What kind of speaker somebody is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a speaker is a human being.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum PersonKind {
    /// A human being, by the look of the name.
    Person,
    /// An agency, an office, a company, a country.
    Body,
    /// An office or a description without a name (`the spokesman`), known in one article only.
    Anonymous,
}

impl PersonKind {
    /// Returns the name used in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Body => "body",
            Self::Anonymous => "anonymous",
        }
    }
}
