//! A quotation: what was said, and who is reported to have said it.

use serde::{Deserialize, Serialize};

use super::Rule;
use crate::text::{ByteSpan, Spans};

/// One quotation in one article. All spans refer to the article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// How the words are reported.
    pub kind: QuoteKind,
    /// The quoted words: the text inside the marks, or the reported clause.
    pub span: ByteSpan,
    /// Number that all pieces of one utterance share. Counted from 0 in each article.
    pub group: u32,
    /// For a fragment inside a reported clause, the index of that clause in the article's
    /// quotations.
    pub within: Option<u32>,
    /// The reporting word (`ujarnya`, `menurut`, `said`).
    pub cue: Option<ByteSpan>,
    /// The words next to the cue that name the speaker (`Kim`, `dia`, the `nya` of `ujarnya`).
    pub mention: Option<ByteSpan>,
    /// The fullest name of the speaker in this article. Holds several spans if people speak
    /// together, and none if the speaker is unknown.
    pub speakers: Spans,
    /// The agency or outlet that reported the words (`dilaporkan KCNA`).
    pub via: Option<ByteSpan>,
    /// The person spoken to (`kata Kim kepada Putin`).
    pub addressee: Option<ByteSpan>,
    /// How reliable the attribution is.
    pub confidence: Confidence,
    /// The rule that found the speaker.
    pub rule: Rule,
}

impl Quote {
    /// Creates a quotation without a speaker, before attribution.
    pub fn unattributed(kind: QuoteKind, span: ByteSpan, group: u32) -> Self {
        Self {
            kind,
            span,
            group,
            within: None,
            cue: None,
            mention: None,
            speakers: Spans::default(),
            via: None,
            addressee: None,
            confidence: Confidence::Unsure,
            rule: Rule::None,
        }
    }

    /// Returns whether the quotation has at least one named speaker.
    pub fn has_speaker(&self) -> bool {
        !self.speakers.is_empty()
    }
}

/// How words are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// A whole utterance between marks.
    Direct,
    /// Marked words inside a reporting clause, a quoted name or phrase, or scare quotes.
    Fragment,
    /// A reporting clause without marks.
    Indirect,
    /// A reporting clause with marked words in it.
    Mixed,
}

impl QuoteKind {
    /// All kinds, in the order in which they are listed to users.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Fragment, Self::Indirect, Self::Mixed];

    /// Returns the name used in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Fragment => "fragment",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// How reliable an attribution is. At least 95 of 100 attributions marked `Sure` must be right.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess, or no speaker was found.
    #[default]
    Unsure,
    /// Found by a rule that is right more often than not.
    Likely,
    /// Named next to the verb, with no other candidate.
    Sure,
}

impl Confidence {
    /// Returns the name used in files and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
}
