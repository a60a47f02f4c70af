//! Counts words: one pass over the text of some articles.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::keyness::{KeyWord, Pair, key_words};
use super::question::{TextScope, Whose, WordQuestion};
use crate::model::{Article, ArticleId, QuoteId};
use crate::search::{Keyword, passages};
use crate::text::{ByteSpan, fold, words};

/// Number of words on either side of a keyword that stand beside it.
const BESIDE: usize = 5;

/// One occurrence of the keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// The span of the occurrence in the article's text.
    pub span: ByteSpan,
    /// The index of the outermost quotation that contains it, if one does.
    pub quote: Option<u32>,
}

/// How often a word occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    /// Anywhere.
    pub all: Pair,
    /// Beside the keyword.
    pub beside: Pair,
}

/// The counts of some articles. Counts of several parts are sums, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The occurrences in the selection.
    pub hits: Vec<Hit>,
    /// The number of occurrences in the rest.
    pub elsewhere: usize,
    frequencies: HashMap<Box<str>, Frequency>,
}

impl Part {
    /// Counts the words of some articles.
    pub fn of(articles: &[(ArticleId, &Article)], question: &WordQuestion) -> Self {
        let mut part = Self::default();
        for (id, article) in articles {
            let reader = Reader {
                question,
                id: *id,
                article,
                outer: outermost(article),
            };
            reader.read(&mut part);
        }
        part
    }

    /// Adds the counts of another part.
    #[must_use]
    pub fn merge(mut self, mut other: Self) -> Self {
        if self.frequencies.len() < other.frequencies.len() {
            std::mem::swap(&mut self, &mut other);
        }
        self.hits.append(&mut other.hits);
        self.elsewhere += other.elsewhere;
        for (word, more) in other.frequencies {
            match self.frequencies.entry(word) {
                Entry::Vacant(entry) => {
                    entry.insert(more);
                }
                Entry::Occupied(mut entry) => {
                    entry.get_mut().all.merge(more.all);
                    entry.get_mut().beside.merge(more.beside);
                }
            }
        }
        self
    }

    /// Returns the number of articles with occurrences in the selection.
    pub fn articles(&self) -> usize {
        let mut ids: Vec<_> = self.hits.iter().map(|hit| hit.article).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }

    /// Returns the words beside the keyword that are more frequent there than elsewhere: with a
    /// selection, than beside the keyword in the rest.
    pub fn beside(&self, whose: &Whose) -> Vec<KeyWord> {
        let pairs = self.frequencies.iter().map(|(word, known)| {
            let pair = if whose.has_rest() {
                known.beside
            } else {
                Pair {
                    here: known.beside.here,
                    rest: known.all.here.saturating_sub(known.beside.here),
                }
            };
            (&**word, pair)
        });
        let mut found = key_words(pairs);
        found.retain(|word| word.is_more);
        found
    }

    /// Returns the words that the selection uses more often or less often than the rest.
    pub fn typical(&self, whose: &Whose) -> Vec<KeyWord> {
        if !whose.has_rest() {
            return Vec::new();
        }
        key_words(
            self.frequencies
                .iter()
                .map(|(word, known)| (&**word, known.all)),
        )
    }

    fn count(&mut self, word: &str, add: impl FnOnce(&mut Frequency)) {
        match self.frequencies.get_mut(word) {
            Some(known) => add(known),
            None => add(self.frequencies.entry(word.into()).or_default()),
        }
    }
}

/// Returns the outermost quotations of an article with their indices, in the order of the text.
fn outermost(article: &Article) -> Vec<(u32, ByteSpan)> {
    let mut found: Vec<(u32, ByteSpan)> = Vec::new();
    for (index, quote) in (0..).zip(&article.quotes) {
        let end = found.last().map_or(0, |(_, span)| span.end);
        if quote.span.start >= end {
            found.push((index, quote.span));
        }
    }
    found
}

/// Reads one article.
struct Reader<'a> {
    question: &'a WordQuestion,
    id: ArticleId,
    article: &'a Article,
    outer: Vec<(u32, ByteSpan)>,
}

/// One word of a stretch of text, folded.
struct Token {
    span: ByteSpan,
    folded: String,
    is_here: bool,
}

impl Reader<'_> {
    fn read(&self, part: &mut Part) {
        match self.question.scope {
            TextScope::Quotes => {
                for (_, span) in &self.outer {
                    self.read_stretch(*span, part);
                }
            }
            TextScope::Text => {
                for span in passages(self.article) {
                    self.read_stretch(span, part);
                }
            }
        }
    }

    fn read_stretch(&self, span: ByteSpan, part: &mut Part) {
        let start = span.range().start;
        let tokens = words(span.of(&self.article.text)).map(|word| {
            let own = word.span.range();
            let span = ByteSpan::new(start + own.start, start + own.end);
            Token {
                span,
                folded: fold(word.text),
                is_here: self.is_here(self.quote_at(span.start)),
            }
        });
        let tokens: Vec<Token> = tokens.collect();
        let folded: Vec<&str> = tokens.iter().map(|token| &*token.folded).collect();
        for token in tokens.iter().filter(|token| is_counted(&token.folded)) {
            part.count(&token.folded, |known| known.all.add(token.is_here));
        }
        if let Some(keyword) = &self.question.keyword {
            self.find(keyword, (&tokens, &folded), part);
        }
    }

    fn find(&self, keyword: &Keyword, (tokens, folded): (&[Token], &[&str]), part: &mut Part) {
        // A word between two occurrences stands beside both, but is one word.
        let mut counted = 0;
        for at in keyword.places(folded) {
            let end = at + keyword.len();
            let (Some(first), Some(last)) = (tokens.get(at), tokens.get(end - 1)) else {
                continue;
            };
            if first.is_here {
                part.hits.push(Hit {
                    article: self.id,
                    span: first.span.join(last.span),
                    quote: self.quote_at(first.span.start),
                });
            } else {
                part.elsewhere += 1;
            }
            let before = at.saturating_sub(BESIDE).max(counted)..at;
            let after = end.max(counted)..(end + BESIDE).min(tokens.len());
            counted = after.end.max(counted);
            for token in before.chain(after).filter_map(|place| tokens.get(place)) {
                let is_keyword = keyword.places(&[&*token.folded]).next().is_some();
                if is_counted(&token.folded) && !is_keyword {
                    part.count(&token.folded, |known| known.beside.add(first.is_here));
                }
            }
        }
    }

    /// Returns the outermost quotation that contains a byte offset.
    fn quote_at(&self, at: u32) -> Option<u32> {
        let next = self.outer.partition_point(|(_, span)| span.end <= at);
        let (index, span) = self.outer.get(next)?;
        (span.start <= at).then_some(*index)
    }

    fn is_here(&self, quote: Option<u32>) -> bool {
        match &self.question.whose {
            Whose::Everybody => true,
            Whose::Articles(ids) => ids.binary_search(&self.id).is_ok(),
            Whose::Person(person) => {
                let survey = self.question.survey.as_deref();
                let id = quote.map(|index| QuoteId {
                    article: self.id,
                    index,
                });
                let speakers = survey
                    .zip(id)
                    .map(|(survey, id)| survey.directory.speakers_of(id));
                speakers.is_some_and(|speakers| speakers.contains(person))
            }
        }
    }
}

/// Returns whether a word is counted: numbers and single letters say nothing about a use of words.
fn is_counted(folded: &str) -> bool {
    folded.chars().any(char::is_alphabetic) && folded.chars().nth(1).is_some()
}
