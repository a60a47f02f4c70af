//! The metadata that a record gives about its article, besides the text.

/// Metadata from a record's fields or a page's head, as written there. Everything may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Identifier that the record gives itself, such as its key in a database.
    pub id: Option<String>,
    /// Title of the article.
    pub title: Option<String>,
    /// Summary that is displayed below the title.
    pub standfirst: Option<String>,
    /// Name of the outlet that published the article.
    pub outlet: Option<String>,
    /// Date of publication, in any notation.
    pub published: Option<String>,
    /// Names of the authors, in the order of the record.
    pub authors: Vec<String>,
    /// Web address of the article.
    pub url: Option<String>,
    /// Language of the article, as a code or a name.
    pub language: Option<String>,
}
