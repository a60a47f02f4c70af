//! Groups articles about one event into stories. Such articles are close in time and share names
//! and rare words; the same people at another time are another story.

use std::collections::HashMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::agglomerate::{Crowd, agglomerate};
use super::cluster::Link;
use super::events::{Pair, Witness};
use super::index::Index;
use super::{Copies, Run};
use crate::model::{ArticleId, Corpus};

/// Days from a story's first report to its last. What goes on longer is a topic.
const MAX_DAYS: i32 = 7;
/// Minimum average evidence of one event between the reports of a story.
const SAME_EVENT: f32 = 0.22;

/// The index of a story in [`Stories`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub u32);

/// A story: the articles about one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// At least two articles, sorted by date and then in the order in which they were read. Undated
    /// ones come last.
    pub articles: Vec<ArticleId>,
    /// Number of distinct texts, counting copies of one text once.
    pub independent: usize,
}

impl Story {
    /// Returns the first title that an article has.
    pub fn title(&self, corpus: &Corpus) -> Option<String> {
        let mut known = self.articles.iter().filter_map(|id| corpus.get(*id));
        known.find_map(|article| Some(article.title()?.into_owned()))
    }

    /// Returns the names of the outlets that report the story, sorted, each once.
    pub fn outlets<'a>(&self, corpus: &'a Corpus) -> Vec<&'a str> {
        let known = self
            .articles
            .iter()
            .filter_map(|id| corpus.get(*id)?.outlet());
        let mut outlets: Vec<_> = known.collect();
        outlets.sort_unstable();
        outlets.dedup();
        outlets
    }

    /// Returns the first and the last day of publication, if any is known.
    pub fn days(&self, corpus: &Corpus) -> Option<(NaiveDate, NaiveDate)> {
        let date = |id: &ArticleId| Some(corpus.get(*id)?.structure.published?.date);
        let dates = || self.articles.iter().filter_map(date);
        Some((dates().min()?, dates().max()?))
    }
}

/// All stories of a corpus. An article belongs to at most one story.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    list: Vec<Story>,
    /// Story of each article. A vector, because a list of any length is regrouped while the user
    /// types.
    story_of: Vec<Option<StoryId>>,
    /// By story, the one that it carries on.
    follows: Vec<Option<StoryId>>,
}

impl Stories {
    /// Finds the stories by the words and names of the articles alone, with the pairs of articles
    /// that may report one event.
    pub(super) fn find(
        (index, witness): (&Index, &mut Witness),
        copies: &Copies,
        run: &Run,
    ) -> Option<(Self, Vec<Pair>)> {
        let pairs = witness.pairs(run)?;
        let stories = Self::of_pairs((index, witness), copies, &pairs, &HashMap::new());
        Some((stories, pairs))
    }

    /// Finds the stories once utterances are known: two reports near in time that quote the same
    /// words are of one event, though each has its own angle and background.
    pub(super) fn with_utterances(
        (index, witness): (&Index, &Witness),
        copies: &Copies,
        mut pairs: Vec<Pair>,
        told: impl Iterator<Item = (ArticleId, ArticleId)>,
    ) -> Self {
        let mut times: HashMap<Pair, usize> = HashMap::new();
        for (a, b) in told.filter(|(a, b)| witness.is_near(*a, *b)) {
            let (a, b) = (index.place(a), index.place(b));
            *times.entry((a.min(b), a.max(b))).or_default() += 1;
        }
        pairs.extend(times.keys());
        pairs.sort_unstable();
        pairs.dedup();
        Self::of_pairs((index, witness), copies, &pairs, &times)
    }

    fn of_pairs(
        (index, witness): (&Index, &Witness),
        copies: &Copies,
        pairs: &[Pair],
        told: &HashMap<Pair, usize>,
    ) -> Self {
        let links = pairs
            .par_iter()
            .filter_map(|pair| witness.link(*pair, told.get(pair).copied().unwrap_or(0)));
        let links: Vec<Link> = links.collect();
        let groups = agglomerate(index.len(), links, SAME_EVENT, &Reports(index));
        let articles =
            |group: Vec<u32>| group.iter().filter_map(|place| index.at(*place)).collect();
        Self::from_groups(groups.into_iter().map(articles), copies)
    }

    fn from_groups(groups: impl Iterator<Item = Vec<ArticleId>>, copies: &Copies) -> Self {
        let mut stories = Self::default();
        for (articles, number) in groups.zip(0..) {
            for id in &articles {
                let place = id.0 as usize;
                if place >= stories.story_of.len() {
                    stories.story_of.resize(place + 1, None);
                }
                stories.story_of[place] = Some(StoryId(number));
            }
            stories.list.push(Story {
                independent: copies.independent(&articles),
                articles,
            });
        }
        stories
    }

    /// Returns all stories, ordered by their first report. Undated ones come last.
    pub fn list(&self) -> &[Story] {
        &self.list
    }

    /// Returns the story with this identifier.
    pub fn get(&self, id: StoryId) -> Option<&Story> {
        self.list.get(id.0 as usize)
    }

    /// Returns the story that an article belongs to.
    pub fn of(&self, article: ArticleId) -> Option<StoryId> {
        self.story_of.get(article.0 as usize).copied().flatten()
    }

    /// Takes what each story carries on.
    pub(super) fn with_follow_ups(mut self, follows: Vec<Option<StoryId>>) -> Self {
        self.follows = follows;
        self
    }

    /// The story whose affair a story carries on: the last development before it, if any.
    pub fn before(&self, id: StoryId) -> Option<StoryId> {
        self.follows.get(id.0 as usize).copied().flatten()
    }

    /// The stories that carry on a story, by their first report.
    pub fn after(&self, id: StoryId) -> impl Iterator<Item = StoryId> {
        let all = self.follows.iter().zip(0..);
        all.filter(move |(before, _)| **before == Some(id))
            .map(|(_, next)| StoryId(next))
    }

    /// Whether two articles report one event.
    pub fn are_one(&self, a: ArticleId, b: ArticleId) -> bool {
        self.of(a).is_some_and(|story| self.of(b) == Some(story))
    }
}

/// Reports that may be put together: those within the days of one story.
struct Reports<'a>(&'a Index);

impl Crowd for Reports<'_> {
    fn fits(&self, a: &[u32], b: &[u32]) -> bool {
        let places = a.iter().chain(b);
        let days = places.filter_map(|place| self.0.day(self.0.at(*place)?));
        let (first, last) = days.fold((i32::MAX, i32::MIN), |(first, last), day| {
            (first.min(day), last.max(day))
        });
        first > last || last - first <= MAX_DAYS
    }
}
