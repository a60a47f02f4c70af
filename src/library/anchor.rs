//! Anchors: references to passages of articles. An anchor finds its passage again after the text
//! has changed, or reports that the passage no longer exists.

use serde::{Deserialize, Serialize};

use crate::model::{Article, ContentKey};
use crate::text::ByteSpan;

/// A reference to a passage of an article, or to the article as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
        }
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
}
