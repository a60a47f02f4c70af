//! Whether an article satisfies a query, and with what score.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::fold_map::{holds, in_order};
use super::index::Line;
use super::key_line::{Part, speaker_names};
use super::passages::passages;
use super::query::{DateRange, Has, Is, Node, Test};
use crate::model::{Article, ArticleId, Precision, Published};
use crate::text::fold;

/// What other rooms know of an article, as plain answers: state of the library, stories.
pub trait Facts: Sync {
    /// Whether the reader gave it this tag.
    fn has_tag(&self, article: ArticleId, tag: &str) -> bool;
    /// Whether the reader has opened it.
    fn is_read(&self, article: ArticleId) -> bool;
    /// Whether it belongs to the story of this name or number.
    fn is_in_story(&self, article: ArticleId, story: &str) -> bool;
}

/// No library and no stories: nothing is tagged, read or in a story.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFacts;

impl Facts for NoFacts {
    fn has_tag(&self, _: ArticleId, _: &str) -> bool {
        false
    }

    fn is_read(&self, _: ArticleId) -> bool {
        false
    }

    fn is_in_story(&self, _: ArticleId, _: &str) -> bool {
        false
    }
}

/// One article under test.
pub(super) struct Candidate<'a> {
    pub(super) id: ArticleId,
    pub(super) article: &'a Article,
    pub(super) line: Line<'a>,
    pub(super) facts: &'a dyn Facts,
}

impl Candidate<'_> {
    /// The score: the sum over what must all hold, the best of alternatives, 0 for tests that
    /// only select. `None` where the article does not satisfy `node`.
    pub(super) fn score(&self, node: &Node, matcher: &SkimMatcherV2) -> Option<i64> {
        match node {
            Node::And(nodes) => {
                let mut scores = nodes.iter().map(|node| self.score(node, matcher));
                scores.try_fold(0, |sum, score| Some(sum + score?))
            }
            Node::Or(nodes) => nodes
                .iter()
                .filter_map(|node| self.score(node, matcher))
                .max(),
            Node::Not(node) => self.score(node, matcher).is_none().then_some(0),
            Node::Term(term) => match &term.test {
                Test::Fuzzy(pattern) => matcher
                    .fuzzy_match(&fold(self.line.text), pattern.folded())
                    .filter(|_| in_order(self.line.text, pattern)),
                test => self.satisfies(test).then_some(0),
            },
        }
    }

    fn satisfies(&self, test: &Test) -> bool {
        let article = self.article;
        match test {
            Test::Fuzzy(pattern) => in_order(self.line.text, pattern),
            Test::Exact(pattern, anchor) => {
                let mut parts = Part::ALL.iter().map(|part| self.line.part(*part));
                parts.any(|part| holds(part, pattern, *anchor))
            }
            Test::Title(pattern, anchor) => holds(self.line.part(Part::Title), pattern, *anchor),
            Test::Outlet(pattern, anchor) => holds(self.line.part(Part::Outlet), pattern, *anchor),
            Test::Speaker(pattern, anchor) => speaker_names(article)
                .iter()
                .any(|name| holds(name, pattern, *anchor)),
            Test::Said(pattern) => article.quotes.iter().any(|quote| {
                holds(
                    quote.span.of(&article.text),
                    pattern,
                    super::Anchor::Anywhere,
                )
            }),
            Test::Text(pattern) => passages(article)
                .any(|span| holds(span.of(&article.text), pattern, super::Anchor::Anywhere)),
            Test::Lang(lang) => article.language == Some(*lang),
            Test::Tag(tag) => self.facts.has_tag(self.id, tag),
            Test::Date(range) => article
                .structure
                .published
                .is_some_and(|p| is_within(&p, *range)),
            Test::Has(has) => has_part(article, *has),
            Test::Is(Is::Read) => self.facts.is_read(self.id),
            Test::Is(Is::Unread) => !self.facts.is_read(self.id),
            Test::Story(story) => self.facts.is_in_story(self.id, story),
        }
    }
}

/// Whether the article may have been published in the range: of a date known by its month, any
/// day of the month counts.
fn is_within(published: &Published, range: DateRange) -> bool {
    let first = published.date;
    let months = match published.precision {
        Precision::Year => 12,
        Precision::Month => 1,
        Precision::Day | Precision::Minute => 0,
    };
    let after = first.checked_add_months(chrono::Months::new(months));
    let last = after.and_then(|day| {
        if months > 0 {
            day.pred_opt()
        } else {
            Some(day)
        }
    });
    range.meets(first, last.unwrap_or(first))
}

fn has_part(article: &Article, has: Has) -> bool {
    let structure = &article.structure;
    match has {
        Has::Quotes => !article.quotes.is_empty(),
        Has::Speaker => article.quotes.iter().any(crate::model::Quote::has_speaker),
        Has::Title => structure.title.as_ref().is_some_and(|title| !title.derived),
        Has::Outlet => structure.outlet.is_some(),
        Has::Date => structure.published.is_some(),
        Has::Caption => !structure.captions.is_empty(),
        Has::Url => structure.url.is_some(),
    }
}
