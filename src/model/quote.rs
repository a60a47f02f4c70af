//! A quotation: what was said, and who is said to have said it.

use serde::{Deserialize, Serialize};

use super::Rule;
use crate::text::{ByteSpan, Spans};

/// One quotation in one article. Spans are over the article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// How the words are reported.
    pub kind: QuoteKind,
    /// The words themselves: inside the marks, or the reported clause.
    pub span: ByteSpan,
    /// Pieces of one utterance share this number; counted from 0 in each article.
    pub group: u32,
    /// For a fragment inside a reported clause: that clause's place in the article's quotations.
    pub within: Option<u32>,
    /// The word of saying (`ujarnya`, `menurut`, `said`).
    pub cue: Option<ByteSpan>,
    /// The words beside the cue that name the speaker (`Kim`, `dia`, the `nya` of `ujarnya`).
    pub mention: Option<ByteSpan>,
    /// The fullest name that the mention stands for in this article; several where people speak
    /// together; none where it is not known.
    pub speakers: Spans,
    /// The agency or outlet that carries the words (`dilaporkan KCNA`).
    pub via: Option<ByteSpan>,
    /// To whom it was said (`kata Kim kepada Putin`).
    pub addressee: Option<ByteSpan>,
    /// How far the speaker can be trusted.
    pub confidence: Confidence,
    /// How the speaker was found.
    pub rule: Rule,
}

impl Quote {
    /// Words whose speaker has not been looked for.
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

    /// Whether anyone is named as the speaker.
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
    /// Marked words inside a reporting clause, a quoted name or phrase, a scare quote.
    Fragment,
    /// A reporting clause without marks.
    Indirect,
    /// A reporting clause with marked words in it.
    Mixed,
}

impl QuoteKind {
    /// All kinds, in the order in which they are listed to users.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Fragment, Self::Indirect, Self::Mixed];

    /// Its name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Fragment => "fragment",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// How far an attribution can be trusted. Of those marked `Sure`, 95 in 100 must be right.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess, or nobody was found.
    #[default]
    Unsure,
    /// Found by a rule that is right more often than not.
    Likely,
    /// Named beside the verb, without a rival.
    Sure,
}

impl Confidence {
    /// Its name in files and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
}
