//! Which quotations a query asks for: those of a speaker, those with certain words.

use super::fold_map::holds;
use super::query::{Anchor, Node, Query, Test};
use crate::model::{Article, ArticleId, QuoteId};

/// Who speaks in a corpus, under every name.
pub trait Speakers: Sync {
    /// Returns the numbers of the speakers with a name that `is_called` accepts, in rising order.
    fn called(&self, is_called: &dyn Fn(&str) -> bool) -> Vec<u32>;
    /// Returns the numbers of those who speak a quotation.
    fn of(&self, quote: QuoteId) -> Vec<u32>;
    /// Returns whether one of `among`, in rising order, speaks in an article.
    fn speaks_in(&self, article: ArticleId, among: &[u32]) -> bool;
}

/// What a query asks of quotations, with its speakers looked up once.
pub struct QuoteTest<'a> {
    /// The parts that all must hold, of those that are about quotations.
    parts: Vec<Part<'a>>,
    speakers: Option<&'a dyn Speakers>,
}

/// A part of a query that is about quotations.
struct Part<'a> {
    /// One of these must hold.
    asked: Vec<Asked<'a>>,
    /// Whether the part is about speakers alone.
    is_of_speakers: bool,
}

/// One test of a quotation.
enum Asked<'a> {
    Speaker(&'a Test, Vec<u32>),
    Said(&'a Test),
}

impl<'a> QuoteTest<'a> {
    /// Prepares the test of a query. Without `speakers`, names count as the articles write them.
    pub fn of(query: &'a Query, speakers: Option<&'a dyn Speakers>) -> Self {
        let parts = match &query.root {
            Some(Node::And(parts)) => parts.as_slice(),
            Some(part) => std::slice::from_ref(part),
            None => &[],
        };
        let asked = |part: &'a Node| -> Part<'a> {
            let tests: Vec<&Test> = part
                .positive_terms()
                .iter()
                .map(|term| &term.test)
                .collect();
            let is_of_speakers = tests.iter().all(|test| matches!(test, Test::Speaker(..)));
            let asked = tests.into_iter().filter_map(|test| match test {
                Test::Speaker(..) => Some(Asked::Speaker(test, called(test, speakers))),
                Test::Said(_) => Some(Asked::Said(test)),
                _ => None,
            });
            Part {
                asked: asked.collect(),
                is_of_speakers,
            }
        };
        let parts = parts.iter().map(asked);
        Self {
            parts: parts.filter(|part| !part.asked.is_empty()).collect(),
            speakers,
        }
    }

    /// Returns whether the query says nothing about quotations.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Returns the quotations of an article that match every part of the query about quotations,
    /// in rising order; `None` for all. A part that the article matches in another way does not
    /// restrict them.
    pub fn quotes(&self, (id, article): (ArticleId, &Article)) -> Option<Vec<u32>> {
        let mut kept: Option<Vec<u32>> = None;
        for part in &self.parts {
            let indices = 0..article.quotes.len() as u32;
            let found: Vec<u32> = indices
                .filter(|index| {
                    part.asked
                        .iter()
                        .any(|asked| self.holds(asked, (id, article), *index))
                })
                .collect();
            if found.is_empty() {
                continue;
            }
            kept = Some(match kept {
                None => found,
                Some(known) => known.into_iter().filter(|at| found.contains(at)).collect(),
            });
        }
        kept
    }

    /// Returns the quotation of an article that matches most parts of the query about quotations:
    /// of several, one of the speaker who is asked for, then the first. `None` if none matches.
    pub fn best(&self, (id, article): (ArticleId, &Article)) -> Option<u32> {
        let matched = |index: u32| {
            let parts = self.parts.iter().filter(|part| {
                let mut asked = part.asked.iter();
                asked.any(|asked| self.holds(asked, (id, article), index))
            });
            let count = parts.clone().count();
            (count, parts.filter(|part| part.is_of_speakers).count())
        };
        let indices = 0..article.quotes.len() as u32;
        let scored = indices.map(|index| (matched(index), std::cmp::Reverse(index)));
        let best = scored.max().filter(|((count, _), _)| *count > 0);
        best.map(|(_, std::cmp::Reverse(index))| index)
    }

    /// Returns the numbers of the speakers whom the query asks for, in rising order; `None` if it
    /// asks for nobody by name alone.
    pub fn people(&self) -> Option<Vec<u32>> {
        self.speakers?;
        let mut parts = self
            .parts
            .iter()
            .filter(|part| part.is_of_speakers)
            .peekable();
        parts.peek()?;
        let called = parts
            .flat_map(|part| &part.asked)
            .filter_map(|asked| match asked {
                Asked::Speaker(_, called) => Some(called),
                Asked::Said(_) => None,
            });
        let mut people: Vec<u32> = called.flatten().copied().collect();
        people.sort_unstable();
        people.dedup();
        Some(people)
    }

    fn holds(&self, asked: &Asked, (id, article): (ArticleId, &Article), index: u32) -> bool {
        let Some(quote) = article.quotes.get(index as usize) else {
            return false;
        };
        match (asked, self.speakers) {
            (Asked::Speaker(_, called), Some(speakers)) => {
                let of = speakers.of(QuoteId { article: id, index });
                of.iter().any(|one| called.binary_search(one).is_ok())
            }
            (Asked::Speaker(Test::Speaker(pattern, anchor), _), None) => {
                let mut names = quote.speakers.iter().map(|span| article.words(*span));
                names.any(|name| holds(&name, pattern, *anchor))
            }
            (Asked::Said(Test::Said(pattern)), _) => {
                holds(quote.span.of(&article.text), pattern, Anchor::Anywhere)
            }
            _ => false,
        }
    }
}

/// The speakers whom a test names.
pub(super) fn called(test: &Test, speakers: Option<&dyn Speakers>) -> Vec<u32> {
    match (test, speakers) {
        (Test::Speaker(pattern, anchor), Some(speakers)) => {
            speakers.called(&|name| holds(name, pattern, *anchor))
        }
        _ => Vec::new(),
    }
}
