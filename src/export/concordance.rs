//! Keyword in context: every occurrence of a word in the quotations of a corpus, with the words to
//! its left and right.

use rayon::prelude::*;

use super::Keyword;
use crate::model::{Article, Corpus, Quote, QuoteId, Segment};
use crate::text::{ByteSpan, fold, words};

/// Bytes of context on either side of a line: more than fits the widest screen.
const REACH: usize = 240;
/// Maximum number of words of context by which lines are sorted.
const DEPTH: usize = 4;

/// One occurrence of a keyword in a quotation. Its context ends at the ends of the quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The quotation; the outermost one if quotations nest.
    pub quote: QuoteId,
    /// The span of the occurrence in the article's text.
    pub hit: ByteSpan,
    /// The words before it, with white space squeezed.
    pub left: Box<str>,
    /// The words found.
    pub word: Box<str>,
    /// The words after it, with white space squeezed.
    pub right: Box<str>,
}

/// The order of the lines of a concordance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nearest {
    /// Lines are sorted by the words to the right, nearest first.
    #[default]
    Right,
    /// Lines are sorted by the words to the left, nearest first.
    Left,
    /// Lines are in the order of the corpus.
    None,
}

impl Nearest {
    /// Returns the next order in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::None,
            Self::None => Self::Right,
        }
    }

    /// Returns the name of the order for users.
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "by the word to the right",
            Self::Left => "by the word to the left",
            Self::None => "as read",
        }
    }

    /// Sorts lines. Lines with equal words stay in the order of the corpus.
    pub fn sort(self, lines: &mut [Line]) {
        match self {
            Self::None => lines.sort_by_key(|line| (line.quote, line.hit)),
            Self::Right => lines.sort_by_cached_key(|line| key(words(&line.right), line)),
            Self::Left => {
                lines.sort_by_cached_key(|line| {
                    let words: Vec<_> = words(&line.left).collect();
                    key(words.into_iter().rev(), line)
                });
            }
        }
    }
}

type Key = (Vec<String>, QuoteId, ByteSpan);

fn key<'a>(words: impl Iterator<Item = crate::text::Word<'a>>, line: &Line) -> Key {
    let nearest = words.take(DEPTH).map(|word| fold(word.text));
    (nearest.collect(), line.quote, line.hit)
}

/// Returns all occurrences of `keyword` in the quotations of `corpus`, in the order of the corpus.
/// An occurrence in nested quotations is returned once. Returns `None` if `is_cancelled` returns
/// true. Reads every quotation once, in parallel.
pub fn concordance(
    corpus: &Corpus,
    keyword: &Keyword,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Line>> {
    let segments = corpus.segments().par_iter();
    let found: Option<Vec<Vec<Line>>> = segments
        .map(|segment| (!is_cancelled()).then(|| lines_of(segment, keyword)))
        .collect();
    Some(found?.into_iter().flatten().collect())
}

fn lines_of(segment: &Segment, keyword: &Keyword) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, article) in (segment.first..)
        .map(crate::model::ArticleId)
        .zip(&segment.articles)
    {
        let from = lines.len();
        for (index, quote) in (0..).zip(&article.quotes) {
            let quote_id = QuoteId { article: id, index };
            let hits = keyword.find(article, quote).into_iter();
            lines.extend(hits.map(|hit| line(article, (quote_id, quote), hit)));
        }
        if let Some(own) = lines.get_mut(from..) {
            own.sort_by_key(|line: &Line| (line.hit, line.quote));
        }
    }
    // An enclosing quotation comes before the quotations inside it.
    lines.dedup_by_key(|line| (line.quote.article, line.hit));
    lines
}

fn line(article: &Article, (id, quote): (QuoteId, &Quote), hit: ByteSpan) -> Line {
    let (whole, hit_range) = (quote.span.range(), hit.range());
    let text = &article.text;
    let from = text.ceil_char_boundary(hit_range.start.saturating_sub(REACH));
    let to = text.floor_char_boundary(hit_range.end.saturating_add(REACH));
    let words = |start: usize, end: usize| article.words(ByteSpan::new(start, end)).into();
    Line {
        quote: id,
        hit,
        left: words(from.max(whole.start), hit_range.start),
        word: words(hit_range.start, hit_range.end),
        right: words(hit_range.end, to.min(whole.end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::QuoteKind;

    fn quote(text: &str, words: &str, within: Option<u32>) -> Quote {
        let start = text.find(words).unwrap();
        let span = ByteSpan::new(start, start + words.len());
        Quote {
            within,
            ..Quote::unattributed(QuoteKind::Direct, span, 0)
        }
    }

    #[test]
    fn a_place_counts_once_and_lines_are_sorted_by_the_nearest_word() {
        let text = "Harga ikan\r\nnaik. “ikan segar”. Bukan ikan asin.";
        let article = Article {
            text: text.into(),
            quotes: vec![
                quote(text, "Harga ikan\r\nnaik. “ikan segar”.", None),
                quote(text, "ikan segar", Some(0)),
                quote(text, "Bukan ikan asin.", None),
            ],
            ..Article::default()
        };
        let corpus = Corpus::from_articles(vec![article]);
        let keyword = Keyword::parse("ikan").unwrap();
        let mut lines = concordance(&corpus, &keyword, &|| false).unwrap();
        for (nearest, expected) in [
            (Nearest::None, ["naik.", "segar”.", "asin."]),
            (Nearest::Right, ["asin.", "naik.", "segar”."]),
            (Nearest::Left, ["asin.", "naik.", "segar”."]),
        ] {
            nearest.sort(&mut lines);
            let right: Vec<_> = lines
                .iter()
                .filter_map(|line| line.right.split_whitespace().next())
                .collect();
            assert_eq!(right, expected, "{nearest:?}");
        }
        assert_eq!(concordance(&corpus, &keyword, &|| true), None);
    }
}
