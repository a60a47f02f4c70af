//! What a record says of its article beside the text.

/// Facts from a record's fields or a page's metadata, as written there; all may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The record's own identifier.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// A summary below the headline.
    pub standfirst: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// The date of publication, in any notation.
    pub published: Option<String>,
    /// Those who wrote it.
    pub authors: Vec<String>,
    /// Where it can be read on the web.
    pub url: Option<String>,
    /// A language code or name.
    pub language: Option<String>,
}
