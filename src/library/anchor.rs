//! A passage of an article, kept so that it is found again or known to be gone.

use serde::{Deserialize, Serialize};

use crate::model::{Article, ContentKey};
use crate::text::ByteSpan;

/// A passage in one article, or the article as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The text that it stands in.
    pub article: ContentKey,
    /// The article's identifier when it was kept; tells people which one, finds nothing.
    pub key: Box<str>,
    /// Where in the text; `None` means the whole article.
    pub span: Option<ByteSpan>,
    /// The words that stood there, as written.
    pub words: Box<str>,
}

/// What has become of a kept passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorStatus {
    /// It stands where it stood.
    Here(Option<ByteSpan>),
    /// The text around it changed, and these exact words stand there once.
    Moved(ByteSpan),
    /// Its words are gone, or stand there more than once.
    Orphaned,
}

impl Anchor {
    /// The place of `span` in `article`, with its words.
    pub fn of(article: &Article, span: Option<ByteSpan>) -> Self {
        let words = span.map_or("", |span| span.of(&article.text));
        Self {
            article: article.text.key(),
            key: article.key.clone(),
            span,
            words: words.into(),
        }
    }

    /// Where the passage stands in `article`, of which `content` is the key. A passage is never
    /// taken to be one that merely looks like it: only the very same words count, and only once.
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

/// What a user wrote about a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it is about.
    pub place: Anchor,
    /// The note itself.
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
