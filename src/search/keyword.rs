//! Keywords: one or several words that are looked up in quotations.

use crate::model::{Article, Quote};
use crate::text::{ByteSpan, fold, words};

/// A keyword: one word, or several in a row, compared without case and accents. A `*` at the end of
/// a word stands for any ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword(Vec<Pattern>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    Whole(String),
    Beginning(String),
}

impl Pattern {
    fn matches(&self, folded: &str) -> bool {
        match self {
            Self::Whole(word) => folded == word,
            Self::Beginning(word) => folded.starts_with(&**word),
        }
    }
}

impl Keyword {
    /// Parses what a user typed. Returns `None` if it contains no word.
    pub fn parse(typed: &str) -> Option<Self> {
        let patterns: Vec<_> = words(typed)
            .map(|word| {
                let is_open = typed.get(word.span.range().end..);
                let folded = fold(word.text);
                if is_open.is_some_and(|rest| rest.starts_with('*')) {
                    Pattern::Beginning(folded)
                } else {
                    Pattern::Whole(folded)
                }
            })
            .collect();
        (!patterns.is_empty()).then_some(Self(patterns))
    }

    /// Returns the number of words of the keyword, at least one.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether the keyword has no words, which cannot be.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the indices of the words, which are folded, at which the keyword begins.
    pub fn places(&self, words: &[&str]) -> impl Iterator<Item = usize> {
        let windows = words.windows(self.0.len()).enumerate();
        windows.filter_map(|(at, window)| {
            let mut pairs = window.iter().zip(&self.0);
            pairs
                .all(|(word, pattern)| pattern.matches(word))
                .then_some(at)
        })
    }

    /// Returns the spans in the article's text at which the keyword occurs in a quotation, in
    /// order.
    pub fn find(&self, article: &Article, quote: &Quote) -> Vec<ByteSpan> {
        let start = quote.span.range().start;
        let found: Vec<_> = words(quote.span.of(&article.text))
            .map(|word| (word.span, fold(word.text)))
            .collect();
        let folded: Vec<&str> = found.iter().map(|(_, word)| &**word).collect();
        let hits = self.places(&folded);
        hits.filter_map(|at| {
            let (first, last) = (found.get(at)?, found.get(at + self.len() - 1)?);
            let whole = first.0.join(last.0);
            Some(ByteSpan::new(
                start + whole.range().start,
                start + whole.range().end,
            ))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::QuoteKind;

    #[test]
    fn a_keyword_is_found_by_words_not_by_letters() {
        let text = "Kami akan menembak. Temb\u{e1}kan itu ditembak, menembak lagi.";
        let article = Article {
            text: text.into(),
            ..Article::default()
        };
        let span = ByteSpan::new(5, text.len());
        let quote = Quote::unattributed(QuoteKind::Direct, span, 0);
        for (typed, expected) in [
            ("menembak", vec!["menembak", "menembak"]),
            ("temba*", vec!["Temb\u{e1}kan"]),
            ("itu ditembak", vec!["itu ditembak"]),
            ("kami", vec![]),
        ] {
            let hits = Keyword::parse(typed).unwrap().find(&article, &quote);
            let found: Vec<_> = hits.iter().map(|span| span.of(text)).collect();
            assert_eq!(found, expected, "{typed}");
        }
        assert_eq!(Keyword::parse("*"), None);
    }
}
