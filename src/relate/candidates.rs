//! Which quotations are compared at all: those that share rare words or a run of words and are near
//! in time, and what one speaker says within one story.

use std::collections::HashMap;

use rayon::prelude::*;

use super::keyed::Keyed;
use super::quote_features::{QuoteFeatures, Quotes, Scope};
use super::tokens::pair_of_keys;
use super::voices::Voices;
use super::{Run, StoryId};

/// Days within which the very words can be of one occasion: reviews of the month quote again.
pub(super) const VERY_WORDS_DAYS: i32 = 30;
/// Rarest words by which a quotation is found, two at a time.
const RARE_WORDS: usize = 6;
/// Quotations that one key may lead to; more are a formula or a page's furniture.
const MAX_FOUND: usize = 256;
/// Quotations of one speaker in one story that are all compared with each other; of more, each with
/// the next ones.
const MAX_SPOKEN: usize = 400;
/// Quotations whose keys are gathered at a time.
const AT_ONCE: usize = 1 << 16;

/// Two quotations to be compared, by their places, the earlier first.
pub(super) type Candidate = (u32, u32);

/// Returns all pairs of quotations to be compared, in order; `None` once cancelled.
pub(super) fn candidates(quotes: &Quotes, voices: &Voices, run: &Run) -> Option<Vec<Candidate>> {
    let mut found = by_keys(quotes, run)?;
    found.par_extend(
        within_stories(quotes, voices)
            .par_iter()
            .flat_map_iter(|places| {
                let pairs = places.iter().enumerate();
                pairs.flat_map(|(at, a)| {
                    let behind = places.iter().skip(at + 1).take(MAX_SPOKEN);
                    behind.map(|b| (*a, *b))
                })
            }),
    );
    let is_apart = |(a, b): &Candidate| {
        let article = |place: u32| quotes.list.get(place as usize).map(|one| one.quote.article);
        article(*a) != article(*b)
    };
    found.retain(is_apart);
    found.par_sort_unstable();
    found.dedup();
    Some(found)
}

/// The quotations of each speaker in each story.
fn within_stories(quotes: &Quotes, voices: &Voices) -> Vec<Vec<u32>> {
    let mut spoken: HashMap<(StoryId, u32), Vec<u32>> = HashMap::new();
    for (place, quote) in quotes.list.iter().enumerate() {
        let Some(story) = quote.story else { continue };
        for voice in voices.keys(place) {
            spoken
                .entry((story, *voice))
                .or_default()
                .push(place as u32);
        }
    }
    spoken
        .into_values()
        .filter(|places| places.len() > 1)
        .collect()
}

fn by_keys(quotes: &Quotes, run: &Run) -> Option<Vec<Candidate>> {
    let mut all: Vec<Keyed> = Vec::new();
    let places: Vec<u32> = (0..quotes.list.len() as u32).collect();
    // Some at a time, since what is gathered in parallel is in memory twice.
    for some in places.chunks(AT_ONCE) {
        if (run.is_cancelled)() {
            return None;
        }
        all.par_extend(some.par_iter().flat_map_iter(|place| {
            let quote = quotes.list.get(*place as usize);
            let keys = quote.map(keys_of).unwrap_or_default().into_iter();
            keys.map(|key| Keyed::new(key, *place))
        }));
    }
    all.par_sort_unstable();
    let near = Near::of(&quotes.list);
    let same = all.par_chunk_by(|a, b| a.key() == b.key());
    let found = same
        .filter(|same| same.len() > 1)
        .flat_map_iter(|same| near.pairs(same));
    Some(found.collect())
}

/// The keys of a quotation: each two of its rarest words, and its runs of four words.
fn keys_of(quote: &QuoteFeatures) -> Vec<u64> {
    let mut rare: Vec<(f32, u32)> = quote
        .weights(Scope::Window)
        .zip(quote.stems().iter().copied())
        .collect();
    rare.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    rare.truncate(RARE_WORDS);
    rare.sort_unstable_by_key(|(_, stem)| *stem);
    let pairs = rare.iter().enumerate().flat_map(|(at, (_, a))| {
        let behind = rare.iter().skip(at + 1);
        behind.map(|(_, b)| pair_of_keys(u64::from(*a), u64::from(*b)))
    });
    let mut keys: Vec<u64> = pairs.chain(quote.shingles()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Which quotations are near enough to one: those of later days up to a place, and the undated ones.
struct Near {
    /// By place, the first one that is too late.
    ends: Vec<u32>,
    /// The place of the first undated one.
    undated: u32,
}

impl Near {
    fn of(list: &[QuoteFeatures]) -> Self {
        let undated = list.partition_point(|quote| quote.day.is_some());
        let mut end = 0;
        let ends = list.iter().map(|quote| {
            let latest = quote.day.map(|day| day.saturating_add(VERY_WORDS_DAYS));
            let is_near = |other: &QuoteFeatures| latest.is_none() || other.day <= latest;
            end += list[end..undated]
                .iter()
                .take_while(|other| is_near(other))
                .count();
            end as u32
        });
        Self {
            ends: ends.collect(),
            undated: undated as u32,
        }
    }

    /// The pairs of near quotations among those of one key; of a key that is found too often each
    /// with the next ones only.
    fn pairs(&self, same: &[Keyed]) -> Vec<Candidate> {
        let undated = same.partition_point(|one| one.of() < self.undated);
        let (mut near, mut pairs) = (0, Vec::new());
        for (at, one) in same.iter().enumerate() {
            let next = at + 1;
            let last = same.len().min(next + MAX_FOUND);
            let end = self.ends.get(one.of() as usize).copied().unwrap_or(0);
            let is_near = |other: &&Keyed| other.of() < end;
            near += same[near..undated].iter().take_while(is_near).count();
            for (from, to) in [(next, near.min(last)), (undated.max(next), last)] {
                let found = same.get(from..to.max(from)).unwrap_or(&[]);
                pairs.extend(found.iter().map(|other| (one.of(), other.of())));
            }
        }
        pairs
    }
}
