//! Anchors: passages of articles that can be found again after the text changed, or are known to
//! be gone.

use serde::{Deserialize, Serialize};

use crate::model::{Article, ContentKey};
use crate::text::ByteSpan;

/// An anchor: a passage in one article, or the article as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The key of the article's text.
    pub article: ContentKey,
    /// The article's identifier when the anchor was made. It is shown to people; nothing is looked
    /// up by it.
    pub key: Box<str>,
    /// The span in the text; `None` means the whole article.
    pub span: Option<ByteSpan>,
    /// The words at that span, exactly as written.
    pub words: Box<str>,
}

/// The status of an anchor in the current text of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorStatus {
    /// The passage is where it was. `None` means the whole article.
    Here(Option<ByteSpan>),
    /// The text around the passage changed; its exact words occur once, at this span.
    Moved(ByteSpan),
    /// The words of the passage are gone, or occur more than once.
    Orphaned,
}

impl Anchor {
    /// Returns an anchor to `span` in `article`, or to the whole article if `span` is `None`.
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
    /// count, and only if they occur once: a similar passage is never taken for this one.
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
    /// When it was last written, in seconds since 1970 UTC.
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
