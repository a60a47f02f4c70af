//! The record of a quotation.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use super::PersonRecord;
use crate::model::{Confidence, QuoteKind, Rule};
use crate::people::SaidBy;

/// One quotation with its speaker and its article.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuoteRecord<'a> {
    /// Identifies the quotation: `article@start-end`.
    pub id: String,
    /// Identifier of the article that contains the quotation.
    pub article: &'a str,
    /// Path of the article's file, as it was named.
    pub path: &'a str,
    /// How the words are reported.
    pub kind: QuoteKind,
    /// Number that all pieces of one utterance in an article share, from 0 in each article.
    #[schemars(extend("unit" = "index"))]
    pub group: u32,
    /// Identifier of the quotation that contains this one, for a fragment inside a reported clause.
    pub within: Option<String>,
    /// Start of the quotation in the article's text, from 0.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub start: usize,
    /// End of the quotation in the article's text: the offset after its last character.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub end: usize,
    /// The quoted words, exactly as they are in the article's text.
    pub text: &'a str,
    /// The fullest name of the speaker in the article; joint speakers are joined by `; `.
    pub speaker: Option<String>,
    /// The people who speak, as they are known in the whole corpus. Left out with `--no-survey`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<Vec<PersonRecord<'a>>>,
    /// The user's decision about who speaks, which is kept in the library. Left out without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "by_hand")]
    pub by_hand: Option<&'static str>,
    /// The words next to the cue that refer to the speaker: a name, a pronoun, a description.
    pub speaker_as_written: Option<String>,
    /// Start of these words in the article's text.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub speaker_start: Option<usize>,
    /// End of these words in the article's text.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub speaker_end: Option<usize>,
    /// The word that reports the speech: “said”, “ujar”, “according to”.
    pub cue: Option<String>,
    /// The agency or outlet that relayed the words, as in “reported by KCNA”. It is not the speaker.
    pub via: Option<String>,
    /// The person spoken to.
    pub addressee: Option<String>,
    /// How reliable the speaker is.
    pub confidence: Confidence,
    /// The outlet that published the article.
    pub outlet: Option<&'a str>,
    /// When the article was published, as the page has it (see `articles`).
    pub published: Option<String>,
    /// The moment of publication in UTC, or null (see `articles`).
    #[schemars(extend("format" = "date-time"))]
    pub published_at: Option<String>,
    /// Language of the article, by ISO 639-1.
    pub lang: Option<String>,
    /// Headline of the article.
    pub title: Option<Cow<'a, str>>,
    /// Address of the article on the web.
    pub url: Option<&'a str>,
    /// Identifier of the article's story in `stories`, or null (see `articles`). Left out with
    /// `--no-survey`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<Option<&'a str>>,
    /// The rule by which the speaker was found. Written with `--explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "rules")]
    pub rule: Option<&'static str>,
    /// The words of the quotation before the keyword. Written with `--match`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// The keyword as written. Written with `--match`.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// The words of the quotation after the keyword. Written with `--match`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    /// The source in one line. Written to exported files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// SHA-256 of the article's text in UTF-8. Written to exported files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// One step of the search for a speaker.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepRecord<'a> {
    /// Identifier of the article.
    pub article: &'a str,
    /// Start of the words that the step is about in the article's text, from 0.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub start: usize,
    /// End of these words in the article's text.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub end: usize,
    /// These words: a quotation or a reporting verb.
    pub words: String,
    /// What was found, weighed, chosen or dropped, in one line.
    pub step: String,
}

fn by_hand(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "string", "enum": SaidBy::NAMES })
}

fn rules(_: &mut SchemaGenerator) -> Schema {
    let ids: Vec<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    schemars::json_schema!({ "type": "string", "enum": ids })
}
