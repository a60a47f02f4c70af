//! The records of relations between articles, quotations and speakers.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Grouped, PersonRecord};
use crate::people::{NameEvidence, PersonKind};

/// One speaker with all names.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpeakerRecord<'a> {
    /// Identifies the speaker: the `id` in `people` of other records.
    pub id: &'a str,
    /// The fullest name, in its most frequent spelling.
    pub name: &'a str,
    /// Whether the speaker is a human being.
    pub kind: PersonKind,
    /// All spellings of the name that occur, the most frequent first; `name` is among them.
    pub aliases: Vec<&'a str>,
    /// These spellings, each with what tells that it is this speaker's name.
    pub names: Vec<NameRecord<'a>>,
    /// How many quotations the speaker has.
    #[schemars(extend("unit" = "quotations"))]
    pub quotes: usize,
    /// How many articles quote the speaker.
    #[schemars(extend("unit" = "articles"))]
    pub articles: u32,
    /// The outlets of these articles, in alphabetical order.
    pub outlets: Vec<&'a str>,
    /// Day of the first of these articles, in the time zone of the page.
    #[schemars(extend("format" = "date"))]
    pub first: Option<String>,
    /// Day of the last of these articles.
    #[schemars(extend("format" = "date"))]
    pub last: Option<String>,
}

/// One spelling of a speaker's name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NameRecord<'a> {
    /// The name as it is written.
    pub name: &'a str,
    /// How many quotations have a speaker who is written so.
    #[schemars(extend("unit" = "quotations"))]
    pub quotes: u32,
    /// What tells that the name is this speaker's.
    pub evidence: NameEvidence,
}

/// One article related to the article in question.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RelatedRecord<'a> {
    /// Identifier of the related article.
    pub article: &'a str,
    /// How closely it is related. Comparable only within one list.
    #[schemars(extend("unit" = "weight, 0 or more"))]
    pub score: f64,
    /// Why it is related, the strongest reason first.
    pub reasons: Vec<ReasonRecord>,
}

/// One reason why two articles are related.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReasonRecord {
    /// What they have in common: a copy, an utterance, an event, speakers, names, words, days.
    pub kind: &'static str,
    /// What it is in words.
    pub detail: String,
}

/// One story: the articles about one event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StoryRecord<'a> {
    /// Identifies the story: the id of its first article, by date and then by id.
    pub id: &'a str,
    /// The first title that an article of the story has.
    pub title: Option<String>,
    /// Identifiers of the articles, by date and then by id.
    pub articles: Vec<&'a str>,
    /// The outlets that report the story, in alphabetical order.
    pub outlets: Vec<&'a str>,
    /// Day of the first article, in the time zone of the page.
    #[schemars(extend("format" = "date"))]
    pub first: Option<String>,
    /// Day of the last article.
    #[schemars(extend("format" = "date"))]
    pub last: Option<String>,
    /// How many different texts the articles have, where copies of one text count once.
    #[schemars(extend("unit" = "texts"))]
    pub independent_texts: usize,
}

/// One utterance that several articles report, with all wordings.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VariantRecord<'a> {
    /// Identifies the utterance: the id of its first quotation, by date and then by id.
    pub id: String,
    /// The speaker whom most wordings name; several are joined by `; `.
    pub speaker: Option<String>,
    /// These speakers, as they are known in the whole corpus.
    pub people: Vec<PersonRecord<'a>>,
    /// The wordings, by date and then by id.
    pub members: Vec<WordingRecord<'a>>,
    /// The content words that all wordings share.
    pub shared: Vec<String>,
    /// For each wording, the content words that not all others have.
    pub differing: Vec<Vec<String>>,
}

/// One wording of an utterance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WordingRecord<'a> {
    /// Identifier of the quotation in `quotes`.
    pub quote: String,
    /// Identifier of the article.
    pub article: &'a str,
    /// The outlet that published the article.
    pub outlet: Option<&'a str>,
    /// When the article was published, as the page has it (see `articles`).
    pub published: Option<String>,
    /// The moment of publication in UTC, or null (see `articles`).
    #[schemars(extend("format" = "date-time"))]
    pub published_at: Option<String>,
    /// Start of the quotation in the article's text, from 0.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub start: usize,
    /// End of the quotation in the article's text.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub end: usize,
    /// The quoted words, exactly as they are in the article's text.
    pub text: &'a str,
    /// The sentence after the quotation that continues it and was compared with it.
    pub continued: Option<&'a str>,
}

/// One wording of an utterance with what is said of the utterance as a whole.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VariantLine<'a> {
    /// Identifies the utterance.
    pub id: String,
    /// The speaker whom most wordings name.
    pub speaker: Option<String>,
    /// The speakers whom most wordings name, as they are known in the whole corpus.
    pub people: Vec<PersonRecord<'a>>,
    /// The wording.
    #[serde(flatten)]
    pub wording: WordingRecord<'a>,
    /// The content words that all wordings share.
    pub shared: Vec<String>,
    /// The content words of this wording that not all others have.
    pub differing: Vec<String>,
}

impl<'a> Grouped for VariantRecord<'a> {
    type Line = VariantLine<'a>;

    fn lines(self) -> Vec<VariantLine<'a>> {
        let members = self.members.into_iter().zip(self.differing);
        let lines = members.map(|(wording, differing)| VariantLine {
            id: self.id.clone(),
            speaker: self.speaker.clone(),
            people: self.people.clone(),
            wording,
            shared: self.shared.clone(),
            differing,
        });
        lines.collect()
    }
}

/// One row of a comparison: passages that belong together. `M` is the record of a passage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PassageRecord<M> {
    /// Number of the row, from 1.
    #[schemars(extend("unit" = "index"))]
    pub passage: usize,
    /// The passages, in the order in which they were named. One that has no counterpart is alone.
    pub members: Vec<M>,
    /// The content words that all passages share.
    pub shared: Vec<String>,
}

/// One passage with what is said of its row.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PassageLine<M> {
    /// Number of the row, from 1.
    #[schemars(extend("unit" = "index"))]
    pub passage: usize,
    /// The passage.
    #[serde(flatten)]
    pub member: M,
    /// The content words that all passages of the row share.
    pub shared: Vec<String>,
}

impl<M: Serialize + JsonSchema> Grouped for PassageRecord<M> {
    type Line = PassageLine<M>;

    fn lines(self) -> Vec<PassageLine<M>> {
        let lines = self.members.into_iter().map(|member| PassageLine {
            passage: self.passage,
            member,
            shared: self.shared.clone(),
        });
        lines.collect()
    }
}

/// One passage of a comparison.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ComparedRecord<'a> {
    /// Identifier of the article.
    pub article: &'a str,
    /// Identifier of the quotation in `quotes`, if the passage is one.
    pub quote: Option<String>,
    /// Start of the passage in the article's text, from 0.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub start: usize,
    /// End of the passage in the article's text.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub end: usize,
    /// The words of the passage, exactly as they are in the article's text.
    pub text: &'a str,
}

/// One passage as evidence: its words, its source, and what is needed to check them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidenceRecord<'a> {
    /// The passage.
    #[serde(flatten)]
    pub passage: ComparedRecord<'a>,
    /// The fullest name of the speaker in the article.
    pub speaker: Option<String>,
    /// The people who speak, as they are known in the whole corpus; left out if they are not known
    /// yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<Vec<PersonRecord<'a>>>,
    /// The word that reports the speech.
    pub cue: Option<String>,
    /// The agency or outlet that relayed the words.
    pub via: Option<String>,
    /// Headline of the article.
    pub title: Option<String>,
    /// The outlet that published the article.
    pub outlet: Option<&'a str>,
    /// When the article was published, as the page has it (see `articles`).
    pub published: Option<String>,
    /// The moment of publication in UTC, or null (see `articles`).
    #[schemars(extend("format" = "date-time"))]
    pub published_at: Option<String>,
    /// Path of the article's file, as it was named.
    pub path: &'a str,
    /// The record within the file, if the file has many.
    pub record: Option<&'a str>,
    /// Address of the article on the web.
    pub url: Option<&'a str>,
    /// SHA-256 of the article's text in UTF-8.
    pub sha256: &'a str,
    /// The source in one line.
    pub citation: String,
}

/// One cell of the matrix: how often an outlet quotes a speaker in a story.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CellRecord<'a> {
    /// Identifier of the story in `stories`.
    pub story: &'a str,
    /// The outlet; null if it is unknown.
    pub outlet: Option<&'a str>,
    /// Name of the speaker in `speakers`.
    pub speaker: &'a str,
    /// The speaker, as known in the whole corpus.
    pub people: Vec<PersonRecord<'a>>,
    /// How many quotations of the speaker the outlet has in this story; 0 if only others quote the
    /// speaker.
    #[schemars(extend("unit" = "quotations"))]
    pub quotes: usize,
}
