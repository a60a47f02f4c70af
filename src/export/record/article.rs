//! The record of an article.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Origin, Precision};

/// One article with its structure. Unknown values are null. `Q` is what is written of the
/// quotations.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ArticleRecord<'a, Q> {
    /// Identifies the article in all records of a run. It is the record's own `id`, else the path
    /// below the argument, with `#record` if the file has many records. If several articles would
    /// have the same, each gets as much of its source as tells them apart.
    pub id: &'a str,
    /// Path of the source file, as it was named.
    pub path: &'a str,
    /// The record within the file (a line, an index, a member), if the file has many.
    pub record: Option<&'a str>,
    /// Language of the body, by ISO 639-1.
    pub lang: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Whether the title was taken from the first sentence, because the page has none.
    pub title_derived: bool,
    /// The short line above the headline.
    pub kicker: Option<String>,
    /// The summary below the headline. A blank line separates its paragraphs.
    pub standfirst: Option<String>,
    /// The outlet that published the article, by its usual name.
    pub outlet: Option<&'a str>,
    /// Where the outlet was found.
    pub outlet_from: Option<Origin>,
    /// When the article was published, as the page has it: RFC 3339, a date with a time but no
    /// zone (`2024-03-05T10:30`), a date, a month or a year.
    pub published: Option<String>,
    /// The moment of publication in UTC, always as `2024-03-05T03:30:00Z`. Null unless day, time
    /// and time zone are all known.
    #[schemars(extend("format" = "date-time"))]
    pub published_at: Option<String>,
    /// Where the date of publication was found.
    pub published_from: Option<Origin>,
    /// How much of the date of publication is known.
    pub published_precision: Option<Precision>,
    /// Names of the authors.
    pub reporters: Vec<String>,
    /// Names of the editors.
    pub editors: Vec<String>,
    /// The place where the report was written.
    pub dateline: Option<String>,
    /// Captions of pictures.
    pub captions: Vec<String>,
    /// Agencies and outlets that a source line names.
    pub credits: Vec<String>,
    /// Address of the article on the web.
    pub url: Option<&'a str>,
    /// Length of the body.
    #[schemars(extend("unit" = "words"))]
    pub words: usize,
    /// The quotations: how many the article has, whatever `--query` asks for; in an exported file,
    /// the records of those that the query keeps.
    #[schemars(extend("unit" = "quotations"))]
    pub quotes: Q,
    /// Whole lines of the page that do not belong to the article.
    pub furniture: Vec<String>,
    /// Identifier of the story (in `stories`) that the article belongs to, among the articles that
    /// were listed together. Null if no other article reports the same event. Left out with
    /// `--no-survey`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<Option<&'a str>>,
    /// Identifier of the article that has nearly the same text and was published first. Null if
    /// there is none, or if it is this one. Left out with `--no-survey`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<Option<&'a str>>,
    /// SHA-256 of the article's text in UTF-8, in hexadecimal digits. For a plain UTF-8 file,
    /// `sha256sum` prints the same. The library names an article by its first 32 digits.
    pub sha256: String,
    /// Paragraphs and subheads, separated by blank lines. Written with `--body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Option<String>>,
    /// The full text as it was decoded, in which all offsets count. Written with `--text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    /// The source in one line. Written to exported files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
}
