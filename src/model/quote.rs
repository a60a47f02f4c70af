//! A quotation: what was said, and who is reported to have said it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::text::{ByteSpan, Spans};

/// One quotation in one article. All spans refer to the article's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// How the words are reported: in quotation marks, as a reported clause, and so on.
    pub kind: QuoteKind,
    /// The span of the quoted words: the text inside the marks, or the reported clause.
    pub span: ByteSpan,
    /// The number of the utterance that the quotation is a piece of. Utterances are counted from 0
    /// in each article.
    pub group: u32,
    /// For a fragment: the index, among the quotations of the article, of the reported clause
    /// around it.
    pub within: Option<u32>,
    /// The span of the reporting word (`ujarnya`, `menurut`, `said`), if there is one.
    pub cue: Option<ByteSpan>,
    /// The span of the words next to the cue that name the speaker (`Kim`, `dia`, the `nya` of
    /// `ujarnya`), if there are any.
    pub mention: Option<ByteSpan>,
    /// The span of the fullest name of the speaker in this article. There are several if people
    /// speak together, and none if the speaker is unknown.
    pub speakers: Spans,
    /// The span of the agency or outlet that relayed the words (`dilaporkan KCNA`), if one is
    /// named.
    pub via: Option<ByteSpan>,
    /// The span of the person spoken to (`Putin` in `kata Kim kepada Putin`), if one is named.
    pub addressee: Option<ByteSpan>,
    /// How reliable the attribution to the speaker is.
    pub confidence: Confidence,
    /// The rule that found the speaker.
    pub rule: Rule,
}

impl Quote {
    /// Creates a quotation without a speaker, as it is before a speaker is looked for.
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

/// The kind of a quotation: the way in which words are reported.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// A whole utterance between quotation marks.
    Direct,
    /// Words in quotation marks inside a clause, a quoted name or phrase, or scare quotes.
    Fragment,
    /// A reported clause without quotation marks (`Kim said that he would come`).
    Indirect,
    /// A reported clause with some words of it in quotation marks.
    Mixed,
}

impl QuoteKind {
    /// All kinds, in the order in which they are listed to users.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Fragment, Self::Indirect, Self::Mixed];

    /// Returns the name of the kind in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Fragment => "fragment",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

impl QuoteKind {
    /// Returns whether the words are not those that were said but those of who tells it, so that
    /// they are shown in italics.
    pub fn is_reported(self) -> bool {
        matches!(self, Self::Indirect | Self::Mixed)
    }

    /// Returns words of a quotation of this kind as lists and documents show them: in quotation
    /// marks, unless they are reported.
    pub fn in_marks(self, words: &str) -> String {
        if self.is_reported() {
            words.to_owned()
        } else {
            format!("“{words}”")
        }
    }
}

/// The reliability of an attribution to a speaker. At least 95 of 100 attributions marked `Sure`
/// must be right.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The attribution is a guess, or no speaker was found.
    #[default]
    Unsure,
    /// The attribution was made by a rule that is right more often than not.
    Likely,
    /// The speaker is named next to the verb, and there is no other candidate.
    Sure,
}

impl Confidence {
    /// Returns the name of this level in files and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
}
