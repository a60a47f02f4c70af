//! Words of a corpus in their context: every occurrence of a keyword with the words to its left and
//! right, where and when it occurs, which words stand beside it, and which words are typical of a
//! selection against the rest.
//!
//! All of it is counted in one pass, in parallel. Counts are sums, so the result does not depend on
//! how the corpus is divided.

mod count;
mod keyness;
mod lines;
mod question;
mod spread;

use rayon::prelude::*;

use crate::model::{Article, ArticleId, Corpus};
use count::Part;
pub use keyness::{KeyWord, log_likelihood};
pub use lines::Line;
pub use question::{LineOrder, MAX_LINES, TextScope, Whose, WordQuestion};
pub use spread::{Spread, SpreadOf, SpreadRow};

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct WordsFound {
    /// The occurrences of the keyword in the selection, sorted. Not more than [`MAX_LINES`].
    pub lines: Vec<Line>,
    /// The number of all occurrences in the selection.
    pub count: usize,
    /// The number of occurrences in the rest.
    pub elsewhere: usize,
    /// The number of articles with occurrences in the selection.
    pub articles: usize,
    /// Where and when the keyword occurs in the selection.
    pub spread: Spread,
    /// The words beside the keyword that are more frequent there than elsewhere, the most telling
    /// first. With a selection, they are compared with those beside the keyword in the rest.
    pub beside: Vec<KeyWord>,
    /// The words that the selection uses more often or less often than the rest, the most telling
    /// first. Empty if everybody is selected.
    pub typical: Vec<KeyWord>,
}

/// Number of articles that are counted at a time.
const AT_ONCE: usize = 256;

/// Finds the words that are asked for. Returns `None` if `is_cancelled` returns true.
pub fn find_words(
    corpus: &Corpus,
    question: &WordQuestion,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<WordsFound> {
    let articles: Vec<(ArticleId, &Article)> = corpus.iter().collect();
    let counted = articles
        .par_chunks(AT_ONCE)
        .map(|some| (!is_cancelled()).then(|| Part::of(some, question)))
        .try_reduce(Part::default, |one, other| Some(one.merge(other)))?;
    let mut found = WordsFound {
        count: counted.hits.len(),
        elsewhere: counted.elsewhere,
        articles: counted.articles(),
        spread: Spread::of(corpus, question, &counted.hits),
        beside: counted.beside(&question.whose),
        typical: counted.typical(&question.whose),
        lines: Vec::new(),
    };
    if is_cancelled() {
        return None;
    }
    found.lines = lines::sorted((corpus, question), counted.hits);
    Some(found)
}

#[cfg(test)]
mod tests;
