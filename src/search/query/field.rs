//! The fields of the query language: one table for the parser, completion and help.

use strsim::levenshtein;

/// A field of the query language, as in `outlet:republika`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `title:`
    Title,
    /// `outlet:`
    Outlet,
    /// `speaker:`
    Speaker,
    /// `said:`
    Said,
    /// `text:`
    Text,
    /// `lang:`
    Lang,
    /// `tag:`
    Tag,
    /// `date:`
    Date,
    /// `after:`
    After,
    /// `before:`
    Before,
    /// `newer:`
    Newer,
    /// `has:`
    Has,
    /// `is:`
    Is,
    /// `story:`
    Story,
    /// `sort:`
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

    /// Finds a field by name, ignoring case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known, _)| known.eq_ignore_ascii_case(name))
            .map(|(field, ..)| *field)
    }

    /// Returns the name, without the colon.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(field, ..)| *field == self)
            .map_or("", |(_, name, _)| name)
    }
}

/// Returns the `known` word closest to a mistyped one. It must be within two edits, and fewer than
/// the word has letters.
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
