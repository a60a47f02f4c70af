//! The metadata that a record gives about its article.

/// Metadata from a record's fields or a page's head, as written there. Everything may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Identifier of the record itself.
    pub id: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Summary below the title.
    pub standfirst: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Date of publication, in any notation.
    pub published: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Web address.
    pub url: Option<String>,
    /// Language code or name.
    pub language: Option<String>,
}
