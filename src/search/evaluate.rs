//! Tests a single article against a single term, without the SIMD kernel.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::fold_map::{holds, in_order};
use super::index::Line;
use super::key_line::{Part, speaker_names};
use super::passages::passages;
use super::query::{Anchor, DateRange, Has, Is, Pattern, Test};
use super::speakers::Speakers;
use super::terms::TextHits;
use crate::model::{Article, ArticleId, Corpus, Precision, Published};
use crate::text::fold;

/// Facts about articles that come from the library and the stories.
pub trait Facts: Sync {
    /// Returns whether the user gave the article this tag.
    fn has_tag(&self, article: ArticleId, tag: &str) -> bool;
    /// Returns whether the user has opened the article.
    fn is_read(&self, article: ArticleId) -> bool;
    /// Returns whether the article belongs to the story with this name or number.
    fn is_in_story(&self, article: ArticleId, story: &str) -> bool;
    /// Returns who speaks in the corpus, once that is known. Until then, names count as the
    /// articles write them.
    fn speakers(&self) -> Option<&dyn Speakers> {
        None
    }
}

/// Facts without a library and stories: no article is tagged, read or in a story.
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

/// A `text:` pattern with its hits in the term index.
pub(super) type FoundText = (Pattern, TextHits);
/// A `speaker:` test with the numbers of the speakers whom it names, in ascending order.
pub(super) type Called = (Test, Vec<u32>);

/// The data that tests of single articles need.
pub(super) struct Tester<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) facts: &'a dyn Facts,
    /// The hits of the term index for each `text:` pattern.
    pub(super) texts: &'a [FoundText],
    /// The numbers of the speakers whom each `speaker:` test names.
    pub(super) called: &'a [Called],
}

impl Tester<'_> {
    /// Returns the score of an article for one test, or `None` if the article fails it. Tests that
    /// only select score 0.
    pub(super) fn score(&self, test: &Test, id: ArticleId, line: Line) -> Option<i64> {
        match test {
            Test::Fuzzy(pattern) => {
                // A new matcher each time: one that has matched other lines scores `aaa` by its
                // history.
                let matcher = SkimMatcherV2::default();
                let score = matcher.fuzzy_match(&fold(line.text), pattern.folded());
                score.filter(|_| in_order(line.text, pattern))
            }
            Test::Text(pattern) => self.text_score(pattern, id),
            test => self.satisfies(test, id, line).then_some(0),
        }
    }

    fn text_score(&self, pattern: &Pattern, id: ArticleId) -> Option<i64> {
        let known = self.texts.iter().find(|(of, _)| of == pattern);
        match known.filter(|(_, hits)| hits.covers(id)) {
            Some((_, hits)) => {
                let score = hits.score(id)?;
                let holds = hits.is_settled() || self.text_holds(pattern, id);
                // Converts BM25 to sixteenths, so that a rare word weighs about as much as a fuzzy
                // word of its length.
                holds.then_some((score * 16.0) as i64)
            }
            None => self.text_holds(pattern, id).then_some(0),
        }
    }

    fn text_holds(&self, pattern: &Pattern, id: ArticleId) -> bool {
        self.corpus.get(id).is_some_and(|article| {
            let mut spans = passages(article);
            spans.any(|span| holds(span.of(&article.text), pattern, Anchor::Anywhere))
        })
    }

    fn satisfies(&self, test: &Test, id: ArticleId, line: Line) -> bool {
        let is_in = |part: &str, pattern: &Pattern| holds(part, pattern, Anchor::Anywhere);
        let article = || self.corpus.get(id);
        match test {
            Test::Fuzzy(_) | Test::Text(_) => self.score(test, id, line).is_some(),
            Test::Exact(pattern, anchor) => {
                let mut parts = Part::ALL.iter().map(|part| line.part(*part));
                parts.any(|part| holds(part, pattern, *anchor))
            }
            Test::Title(pattern, anchor) => holds(line.part(Part::Title), pattern, *anchor),
            Test::Outlet(pattern, anchor) => holds(line.part(Part::Outlet), pattern, *anchor),
            Test::Speaker(pattern, anchor) => match self.facts.speakers() {
                Some(speakers) => {
                    let mut called = self.called.iter().filter(|(of, _)| of == test);
                    called.any(|(_, called)| speakers.speaks_in(id, called))
                }
                None => article().is_some_and(|article| {
                    let names = speaker_names(article);
                    names.iter().any(|name| holds(name, pattern, *anchor))
                }),
            },
            Test::Said(pattern) => article().is_some_and(|article| {
                let mut quotes = article.quotes.iter();
                quotes.any(|quote| is_in(quote.span.of(&article.text), pattern))
            }),
            Test::Lang(lang) => article().is_some_and(|a| a.language == Some(*lang)),
            Test::Date(range) => article()
                .and_then(|article| article.structure.published)
                .is_some_and(|published| is_within(&published, *range)),
            Test::Has(has) => article().is_some_and(|article| has_part(article, *has)),
            Test::Is(Is::Read) => self.facts.is_read(id),
            Test::Is(Is::Unread) => !self.facts.is_read(id),
            Test::Tag(tag) => self.facts.has_tag(id, tag),
            Test::Story(story) => self.facts.is_in_story(id, story),
        }
    }
}

/// Returns whether the article may have been published in the range. If only its month or year is
/// known, any day of that period counts.
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
