//! Anchors: references to passages of articles. An anchor finds its passage again after the text
//! has changed, or reports that the passage no longer exists.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::model::{Article, ContentKey, sha256};
use crate::text::{ByteSpan, CharOffsets};

/// An anchor: a passage in one article, or the article as a whole. Two anchors are equal if they
/// have the same article, key, span and words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Anchor {
    /// The content key of the article's text when the anchor was made.
    pub article: ContentKey,
    /// The identifier of the article when the anchor was made. It is shown to people; nothing is
    /// looked up by it.
    pub key: Box<str>,
    /// The span of the passage in the text; `None` means the whole article.
    pub span: Option<ByteSpan>,
    /// The words of the passage, exactly as written; empty for a whole article.
    pub words: Box<str>,
    /// The place as other programs count it. An anchor that was made by an earlier version has none.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub place: Option<TextPlace>,
}

/// A passage as the records of the command line give it, so that an exported library joins them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TextPlace {
    /// Start of the passage in Unicode scalar values; `None` means the whole article.
    pub start: Option<usize>,
    /// End of the passage in Unicode scalar values.
    pub end: Option<usize>,
    /// SHA-256 of the article's text in hexadecimal digits.
    pub sha256: Box<str>,
}

impl TextPlace {
    /// Returns the place of `span` in `text`. Takes two passes over the text.
    pub(super) fn of(text: &str, span: Option<ByteSpan>) -> Self {
        let span = span.map(|span| CharOffsets::new(text).span(span));
        Self {
            start: span.as_ref().map(|span| span.start),
            end: span.map(|span| span.end),
            sha256: sha256(text).into(),
        }
    }
}

/// Where the passage of an anchor is in the current text of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorStatus {
    /// The passage is at its old place, which is the given span. `None` means the whole article.
    Here(Option<ByteSpan>),
    /// The text has changed, and the exact words of the passage occur in it once, at the given
    /// span.
    Moved(ByteSpan),
    /// The words of the passage no longer occur, or occur more than once. For a whole article: the
    /// text has changed.
    Orphaned,
}

impl Anchor {
    /// Creates an anchor to `span` in `article`, or to the whole article if `span` is `None`.
    pub fn of(article: &Article, span: Option<ByteSpan>) -> Self {
        let words = span.map_or("", |span| span.of(&article.text));
        Self {
            article: article.text.key(),
            key: article.key.clone(),
            span,
            words: words.into(),
            place: Some(TextPlace::of(&article.text, span)),
        }
    }

    /// Returns what makes an anchor: its article, key, span and words.
    fn identity(&self) -> (ContentKey, &str, Option<ByteSpan>, &str) {
        (self.article, &self.key, self.span, &self.words)
    }

    /// Finds the passage in `article`, whose content key is `content`. Only exactly the same words
    /// count, and elsewhere than at the old place only if they occur once: a similar passage is
    /// never taken for this one.
    pub fn status(&self, article: &Article, content: ContentKey) -> AnchorStatus {
        let Some(span) = self.span else {
            return if content == self.article {
                AnchorStatus::Here(None)
            } else {
                AnchorStatus::Orphaned
            };
        };
        if content == self.article && span.of(&article.text) == &*self.words {
            return AnchorStatus::Here(Some(span));
        }
        let mut found = article.text.match_indices(&*self.words);
        match (found.next(), found.next()) {
            (Some((at, words)), None) if !words.is_empty() => {
                AnchorStatus::Moved(ByteSpan::new(at, at + words.len()))
            }
            _ => AnchorStatus::Orphaned,
        }
    }
}

impl PartialEq for Anchor {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Anchor {}

impl PartialOrd for Anchor {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Anchor {
    fn cmp(&self, other: &Self) -> Ordering {
        self.identity().cmp(&other.identity())
    }
}

impl Hash for Anchor {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

/// A note that a user wrote about a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The passage that the note is about.
    pub place: Anchor,
    /// The text of the note.
    pub text: Box<str>,
    /// When the note was last written, in seconds since 1970 UTC.
    pub written: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        Article {
            key: "a.txt".into(),
            text: text.into(),
            ..Article::default()
        }
    }

    fn place(text: &str, words: &str) -> Anchor {
        let at = text.find(words).unwrap();
        Anchor::of(&article(text), Some(ByteSpan::new(at, at + words.len())))
    }

    #[test]
    fn a_passage_is_found_again_or_known_to_be_gone() {
        let kept = place("Satu. Kami siap. Dua.", "Kami siap.");
        for (now, expected) in [
            (
                "Satu. Kami siap. Dua.",
                AnchorStatus::Here(Some(ByteSpan::new(6, 16))),
            ),
            (
                "Baru! Satu. Kami siap. Dua.",
                AnchorStatus::Moved(ByteSpan::new(12, 22)),
            ),
            ("Satu. Kami siaga. Dua.", AnchorStatus::Orphaned),
            ("Baru. Kami siap. Kami siap.", AnchorStatus::Orphaned),
        ] {
            assert_eq!(
                kept.status(&article(now), ContentKey::of(now)),
                expected,
                "{now}"
            );
        }
    }

    #[test]
    fn an_exported_anchor_counts_characters_and_one_without_them_is_the_same() {
        let made = place("“Satu.” Kami siap.", "Kami siap.");
        let mut json = serde_json::to_value(&made).unwrap();
        assert_eq!((&json["start"], &json["end"]), (&8.into(), &18.into()));
        assert_eq!(json["sha256"], sha256("“Satu.” Kami siap."));
        let back: Anchor = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&back).unwrap(), json);
        let fields = json.as_object_mut().unwrap();
        fields.retain(|name, _| !["start", "end", "sha256"].contains(&&**name));
        let old: Anchor = serde_json::from_value(json).unwrap();
        assert_eq!(old, made);
        assert!(old.place.is_none());
    }
}
