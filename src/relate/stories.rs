//! Groups articles about one event into stories. Such articles are close in time and share names
//! and rare words; the same people at another time are another story.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::cluster::{Link, cluster};
use super::index::{TermIndex, product};
use super::passages::Term;
use super::{Copies, Run, Step};
use crate::model::{ArticleId, Corpus};

/// Maximum number of days between two reports of one event: the day itself, the paper of the next
/// day, and one more.
const WINDOW_DAYS: i32 = 2;
/// Maximum number of days from the first report of a story to its last. Anything longer is a topic.
const MAX_DAYS: i32 = 7;
/// Minimum similarity of two reports of one event, if both are dated.
const SAME_EVENT: f32 = 0.34;
/// Added to the minimum for each day between two reports. The paper of the next day reports the
/// same event, or the next event of the same people.
const EACH_DAY: f32 = 0.05;
/// Added to the minimum if each lead names its own day. These are two events of a kind (the price
/// of gold on Wednesday, on Friday) or two turns of one event.
const OTHER_DAY: f32 = 0.1;
/// Minimum similarity if a date is unknown.
const SAME_EVENT_UNDATED: f32 = 0.42;
/// Minimum similarity if the two reports also share an utterance, spoken within the same days.
const SAME_EVENT_TOLD: f32 = 0.22;
/// Minimum similarity if two reports share several utterances. A single shared utterance is not
/// enough, because it may be something that the speaker says every day.
const SAME_EVENT_RETOLD: f32 = 0.1;
/// Minimum share of links between two groups that merges them into one story.
const DENSITY: f32 = 0.6;
/// Maximum number of links per article: enough to hold a story of any size together.
const NEAREST: usize = 16;
/// Number of terms with the highest weights that are used to find candidates. Reports of one event
/// share some of these.
const FINDING: usize = 32;
/// Maximum number of articles in the window that contain a term. A more frequent term does not
/// distinguish events.
const MAX_POSTINGS: usize = 2_000;

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
}

impl Stories {
    /// Finds the stories by the words and names of the articles alone. Also returns the links
    /// between articles, for [`Self::with_utterances`]. Returns `None` if cancelled.
    pub(crate) fn find(
        index: &impl TermIndex,
        copies: &Copies,
        run: &Run,
    ) -> Option<(Self, Vec<Link>)> {
        let places: Vec<u32> = (0..index.len() as u32).collect();
        let by_date = index.by_date();
        let undated = by_date.partition_point(|id| index.day(*id).is_some());
        let links = run.map(Step::Stories, &places, |place| {
            links_of(index, *place, undated as u32)
        })?;
        let by_copy = copies.links().filter(|link| is_of_event(index, link));
        let mut links: Vec<Link> = links.into_iter().flatten().chain(by_copy).collect();
        // One text with new figures each day is a form that is filled in daily.
        links.retain(|link| {
            let (a, b) = (ArticleId(link.a), ArticleId(link.b));
            !(tell_of_other_days(index, a, b) && copies.shared(a, b).is_some())
        });
        Some((Self::of_links(index, copies, links.clone()), links))
    }

    /// Finds the stories again, using shared utterances too. Two reports close in time that quote
    /// the same words are about one event, even if each has its own angle and background.
    pub(crate) fn with_utterances(
        index: &impl TermIndex,
        copies: &Copies,
        mut links: Vec<Link>,
        told: impl Iterator<Item = (ArticleId, ArticleId)>,
    ) -> Self {
        let mut times: HashMap<(ArticleId, ArticleId), usize> = HashMap::new();
        for (a, b) in told {
            *times.entry((a.min(b), a.max(b))).or_default() += 1;
        }
        let told = times.into_iter().filter_map(|((a, b), times)| {
            let link = Link {
                a: a.0,
                b: b.0,
                strength: product(index.terms(a), index.terms(b)).min(1.0),
            };
            let least = if times > 1 {
                SAME_EVENT_RETOLD
            } else {
                SAME_EVENT_TOLD
            };
            (link.strength >= least && is_of_event(index, &link)).then_some(link)
        });
        links.extend(told);
        Self::of_links(index, copies, links)
    }

    fn of_links(index: &impl TermIndex, copies: &Copies, links: Vec<Link>) -> Self {
        let fits = |a: &[u32], b: &[u32]| {
            let days = a.iter().chain(b).filter_map(|id| index.day(ArticleId(*id)));
            let (first, last) = days.fold((i32::MAX, i32::MIN), |(first, last), day| {
                (first.min(day), last.max(day))
            });
            first > last || last - first <= MAX_DAYS
        };
        let mut groups = cluster(index.len(), links, DENSITY, fits);
        for group in &mut groups {
            group.sort_unstable_by_key(|id| index.place(ArticleId(*id)));
        }
        groups.sort_unstable_by_key(|group| group.first().map(|id| index.place(ArticleId(*id))));
        Self::from_groups(groups, copies)
    }

    fn from_groups(groups: Vec<Vec<u32>>, copies: &Copies) -> Self {
        let mut stories = Self::default();
        for (group, number) in groups.into_iter().zip(0..) {
            let articles: Vec<ArticleId> = group.into_iter().map(ArticleId).collect();
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

    /// Returns whether two articles report the same event.
    pub fn are_one(&self, a: ArticleId, b: ArticleId) -> bool {
        self.of(a).is_some_and(|story| self.of(b) == Some(story))
    }
}

/// Returns whether two articles can report the same event: they are close in time and neither is a
/// piece of a series.
fn is_of_event(index: &impl TermIndex, link: &Link) -> bool {
    let (a, b) = (ArticleId(link.a), ArticleId(link.b));
    let days = days_apart(index, a, b);
    let is_serial = index.is_serial(a) || index.is_serial(b);
    !is_serial && days.is_none_or(|days| days <= WINDOW_DAYS)
}

/// Returns whether the leads of two articles of different days each name their own day.
fn tell_of_other_days(index: &impl TermIndex, a: ArticleId, b: ArticleId) -> bool {
    let of_its_day = |id| {
        index
            .day(id)
            .filter(|day| index.event_day(id) == Some(*day))
    };
    of_its_day(a)
        .zip(of_its_day(b))
        .is_some_and(|(a, b)| a != b)
}

/// Returns the number of days between two articles' dates of publication, or `None` if either is
/// unknown.
pub(crate) fn days_apart(index: &impl TermIndex, a: ArticleId, b: ArticleId) -> Option<i32> {
    Some((index.day(a)? - index.day(b)?).abs())
}

thread_local! {
    /// Sum of shared term weights for each other article. All zero between uses.
    static SUMS: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// Returns the places that share at least `least` with `terms`, each with its share (the sum of the
/// squared weights of the shared terms), in no particular order. `within` narrows the postings of a
/// term to the places that may count.
pub(crate) fn sharing<'a>(
    index: &'a impl TermIndex,
    terms: &[(Term, f32)],
    least: f32,
    within: impl Fn(&'a [u32]) -> [&'a [u32]; 2],
) -> Vec<(u32, f32)> {
    SUMS.with_borrow_mut(|sums| {
        sums.resize(index.len().max(sums.len()), 0.0);
        let mut touched = Vec::new();
        for (term, weight) in terms {
            for place in within(index.postings(*term)).into_iter().flatten() {
                let sum = &mut sums[*place as usize];
                if *sum == 0.0 {
                    touched.push(*place);
                }
                *sum += weight * weight;
            }
        }
        let shared = touched
            .into_iter()
            .map(|place| (place, std::mem::take(&mut sums[place as usize])));
        shared.filter(|(_, sum)| *sum >= least).collect()
    })
}

/// Returns links to the most similar articles that come later by date and may report the same
/// event. `undated` is the place of the first undated article.
fn links_of(index: &impl TermIndex, place: u32, undated: u32) -> Vec<Link> {
    let by_date = index.by_date();
    let id = by_date[place as usize];
    if index.is_serial(id) {
        return Vec::new();
    }
    let last = index
        .day(id)
        .map_or(i32::MAX, |day| day.saturating_add(WINDOW_DAYS));
    let end =
        by_date.partition_point(|other| index.day(*other).is_some_and(|day| day <= last)) as u32;
    let mut weightiest = index.terms(id).to_vec();
    weightiest.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    weightiest.truncate(FINDING);
    let mut links: Vec<Link> = sharing(index, &weightiest, SAME_EVENT / 4.0, |postings| {
        let after = postings.partition_point(|other| *other <= place);
        let after = postings.get(after..).unwrap_or(&[]);
        // Linear scan: few places are near, and each step of a binary search would wait for memory.
        let near = after.iter().take(MAX_POSTINGS + 1);
        let near = near.take_while(|other| **other < end).count();
        let (near, later) = after.split_at(near);
        let is_open = later.last().is_some_and(|last| *last >= undated);
        let open = if is_open {
            later.partition_point(|other| *other < undated)
        } else {
            later.len()
        };
        let parts = [near, later.get(open..).unwrap_or(&[])];
        let count = parts.iter().map(|part| part.len()).sum::<usize>();
        if count > MAX_POSTINGS {
            [&[], &[]]
        } else {
            parts
        }
    })
    .into_iter()
    .filter_map(|(other, _)| link(index, id, by_date[other as usize]))
    .collect();
    links.sort_unstable_by(|x, y| {
        y.strength
            .total_cmp(&x.strength)
            .then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    links.truncate(NEAREST);
    links
}

fn link(index: &impl TermIndex, a: ArticleId, b: ArticleId) -> Option<Link> {
    if index.is_serial(a) || index.is_serial(b) {
        return None;
    }
    let strength = product(index.terms(a), index.terms(b));
    let least = match days_apart(index, a, b) {
        Some(days) if tell_of_other_days(index, a, b) => {
            SAME_EVENT + EACH_DAY * days as f32 + OTHER_DAY
        }
        Some(days) => SAME_EVENT + EACH_DAY * days as f32,
        None => SAME_EVENT_UNDATED,
    };
    (strength >= least).then_some(Link {
        a: a.0.min(b.0),
        b: a.0.max(b.0),
        strength: strength.min(1.0),
    })
}
