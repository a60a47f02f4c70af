//! The records of plain lists: statements, faults, counts, keys and notes.

use schemars::JsonSchema;
use serde::Serialize;

use super::PersonRecord;

/// One statement, for a list by date of publication.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatementRecord<'a> {
    /// When the article was published, as the page has it (see `articles`).
    pub published: Option<String>,
    /// The moment of publication in UTC, or null (see `articles`).
    #[schemars(extend("format" = "date-time"))]
    pub published_at: Option<String>,
    /// Identifier of the quotation in `quotes`.
    pub quote: String,
    /// Identifier of the article.
    pub article: &'a str,
    /// The outlet that published the article.
    pub outlet: Option<&'a str>,
    /// The fullest name of the speaker in the article; joint speakers are joined by `; `.
    pub speaker: Option<String>,
    /// The people who speak, as they are known in the whole corpus.
    pub people: Vec<PersonRecord<'a>>,
    /// The quoted words, exactly as they are in the article's text.
    pub text: &'a str,
}

/// One fault: something that could not be read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FaultRecord<'a> {
    /// Path of the file, as it was named.
    pub path: &'a str,
    /// The record within the file, if the file has many.
    pub record: Option<&'a str>,
    /// Number of the line, from 1, if one can be named.
    #[schemars(extend("unit" = "lines"))]
    pub line: Option<u32>,
    /// What is wrong and, where it helps, what to try.
    pub reason: String,
}

/// One file or record that was passed over: neither an article nor a fault.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SkippedRecord<'a> {
    /// Path of the file, as it was named.
    pub path: &'a str,
    /// The record within the file, if the file has many.
    pub record: Option<&'a str>,
    /// Why it was passed over.
    pub reason: String,
}

/// How many records of one format had one fate, for one kind of reason.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TallyRecord<'a> {
    /// The format of the records.
    pub format: &'static str,
    /// What became of them: `read`, `passed over` or `fault`.
    pub outcome: &'static str,
    /// Why; null for those that were read.
    pub reason: Option<&'a str>,
    /// How many records there are.
    #[schemars(extend("unit" = "records"))]
    pub records: usize,
}

/// One command of the reader with its keys.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KeyRecord {
    /// Name of the command, as `:` takes it.
    pub command: &'static str,
    /// The keys, separated by spaces; empty if it has none.
    pub keys: String,
    /// The panes in which these keys hold, separated by spaces.
    pub context: String,
    /// The group of commands that it belongs to.
    pub group: &'static str,
    /// What the command does, in one sentence.
    pub summary: &'static str,
}

/// One note with the place of its passage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NoteRecord<'a> {
    /// Identifier of the article.
    pub article: &'a str,
    /// Whether the passage was found.
    pub standing: NoteStanding,
    /// Start of the passage in the article's text, from 0; null if it was not found, or if the note
    /// is about the whole article.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub start: Option<usize>,
    /// End of the passage in the article's text.
    #[schemars(extend("unit" = "Unicode scalar values"))]
    pub end: Option<usize>,
    /// The words of the passage when the note was written.
    pub text: &'a str,
    /// The note.
    pub note: &'a str,
    /// When the note was last written, in UTC.
    #[schemars(extend("format" = "date-time"))]
    pub written: Option<String>,
}

/// Whether the passage of a note was found in the articles that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NoteStanding {
    /// The passage was found.
    Here,
    /// The article was read, but its text no longer has the passage.
    Orphaned,
    /// The article was not read.
    Elsewhere,
}
