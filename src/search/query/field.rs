//! The fields of the query language. One table serves the parser, completion and help.

use strsim::levenshtein;

/// A field of the query language, as in `outlet:republika`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The field `title:`, for words in the title.
    Title,
    /// The field `outlet:`, for words in the outlet's name.
    Outlet,
    /// The field `speaker:`, for words in the name of a quoted person.
    Speaker,
    /// The field `said:`, for words inside a quotation.
    Said,
    /// The field `text:`, for words in the article's running text.
    Text,
    /// The field `lang:`, for the language of the article as a two-letter code.
    Lang,
    /// The field `tag:`, for a tag that the user gave the article.
    Tag,
    /// The field `date:`, for a publication date within a day, month, year or range of these.
    Date,
    /// The field `after:`, for a publication date after a day, month or year.
    After,
    /// The field `before:`, for a publication date before a day, month or year.
    Before,
    /// The field `newer:`, for a publication date no longer ago than a period such as `"2 weeks"`.
    Newer,
    /// The field `has:`, for a feature of the article such as a caption (see [`Has`](super::Has)).
    Has,
    /// The field `is:`, for articles that the user has read or not read.
    Is,
    /// The field `story:`, for the articles of one story.
    Story,
    /// The field `sort:`, which sets the order of the result and selects nothing.
    Sort,
}

impl Field {
    /// All fields with their names and descriptions, in the order of the help.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Title, "title", "words in the title"),
        (Self::Outlet, "outlet", "words in the outlet's name"),
        (Self::Speaker, "speaker", "words in a quoted person's name"),
        (Self::Said, "said", "words inside a quotation"),
        (Self::Text, "text", "words in the article's text"),
        (Self::Lang, "lang", "language: id, en, de"),
        (Self::Tag, "tag", "a tag of yours"),
        (
            Self::Date,
            "date",
            "published in: 2023-09 or 2023-08..2023-10",
        ),
        (Self::After, "after", "published after a day, month or year"),
        (
            Self::Before,
            "before",
            "published before a day, month or year",
        ),
        (Self::Newer, "newer", "no older than: \"2 weeks\""),
        (
            Self::Has,
            "has",
            "with quotes, speaker, title, outlet, date, caption, url",
        ),
        (Self::Is, "is", "read or unread"),
        (Self::Story, "story", "articles of one story"),
        (
            Self::Sort,
            "sort",
            "order: path, date, title, outlet, quotes, length; - reverses",
        ),
    ];

    /// Returns the field with this name, ignoring case, or `None`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known, _)| known.eq_ignore_ascii_case(name))
            .map(|(field, ..)| *field)
    }

    /// Returns the name of the field, without the colon.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(field, ..)| *field == self)
            .map_or("", |(_, name, _)| name)
    }
}

/// Returns the `known` word that is closest to a mistyped one. The distance must be at most two
/// edits, and less than the number of letters of the word.
pub(super) fn nearest(
    word: &str,
    known: impl IntoIterator<Item = &'static str>,
) -> Option<&'static str> {
    let word = word.to_lowercase();
    // A long word is close to none of them; this keeps the edit table small.
    if word.chars().count() > 20 {
        return None;
    }
    known
        .into_iter()
        .map(|name| (levenshtein(&word, name), name))
        .filter(|(distance, _)| *distance <= 2 && *distance < word.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
