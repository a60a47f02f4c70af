//! Follow-ups: which story tells the next development of the affair that an earlier one tells of. A
//! link of its own, never mixed up with sameness.

use std::collections::HashMap;

use super::bags::Term;
use super::events::{Witness, sharing};
use super::index::Index;
use super::{Run, Step, Stories, StoryId};
use crate::model::ArticleId;

/// Days from the last report of a story to the first of the next: an affair that rests for longer
/// is taken up as another one.
const GAP_DAYS: i32 = 14;
/// How alike two stories of one affair are on average at least: less than reports of one event.
const SAME_AFFAIR: f32 = 0.18;
/// Reports of a story that are compared with those of another: its first ones, which tell what
/// happened.
const COMPARED: usize = 6;
/// Weightiest terms by which earlier reports are found.
const FINDING: usize = 24;
/// Terms that occur in more articles tell no affair from another.
const MAX_POSTINGS: usize = 1_000;
/// What two articles share at least, in squares of weights of the weightiest terms.
const MIN_SHARED: f32 = 0.03;
/// Earlier stories that are compared with one.
const CANDIDATES: usize = 8;

/// Returns for each story the one that it carries on, if any; `None` once cancelled.
pub(super) fn follow_ups(
    (index, witness): (&Index, &Witness),
    stories: &Stories,
    run: &Run,
) -> Option<Vec<Option<StoryId>>> {
    let ids: Vec<StoryId> = (0..stories.list().len() as u32).map(StoryId).collect();
    run.map(Step::Stories, &ids, |id| {
        let own = stories.get(*id)?;
        let first = own.articles.iter().filter_map(|id| index.day(*id)).min()?;
        let mut weights: HashMap<StoryId, f32> = HashMap::new();
        for article in own.articles.iter().take(COMPARED) {
            for (other, shared) in earlier((index, witness), *article, first) {
                let story = stories.of(other).filter(|story| story != id);
                if let Some(story) = story {
                    *weights.entry(story).or_default() += shared;
                }
            }
        }
        let mut found: Vec<(StoryId, f32)> = weights.into_iter().collect();
        found.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        found.truncate(CANDIDATES);
        let alike = found.into_iter().filter_map(|(story, _)| {
            let other = stories.get(story)?;
            let start = other
                .articles
                .iter()
                .filter_map(|id| index.day(*id))
                .min()?;
            // Of two stories that begin on one day, neither carries on the other.
            (start < first).then(|| (mean(witness, &own.articles, &other.articles), story))
        });
        let best = alike.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)))?;
        (best.0 >= SAME_AFFAIR).then_some(best.1)
    })
}

/// The reports of the days before `first` that share most with an article.
fn earlier(
    (index, witness): (&Index, &Witness),
    article: ArticleId,
    first: i32,
) -> Vec<(ArticleId, f32)> {
    let mut terms: Vec<(Term, f32)> = index.terms(article).to_vec();
    terms.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    terms.truncate(FINDING);
    let range = witness.places_of_days(first - GAP_DAYS..first);
    let found = sharing(index, &terms, (MIN_SHARED, MAX_POSTINGS), &[range]);
    let found = found.into_iter();
    found
        .filter_map(|(place, shared)| Some((index.at(place)?, shared)))
        .collect()
}

/// How much speaks for one affair between two stories, on average.
fn mean(witness: &Witness, a: &[ArticleId], b: &[ArticleId]) -> f32 {
    let pairs = a.iter().take(COMPARED);
    let pairs = pairs.flat_map(|a| b.iter().rev().take(COMPARED).map(move |b| (*a, *b)));
    let (mut count, mut sum) = (0_usize, 0.0);
    for (a, b) in pairs {
        count += 1;
        sum += witness.affinity(a, b);
    }
    sum / count.max(1) as f32
}
