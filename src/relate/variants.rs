//! Groups variants: quotations, direct and indirect, that report one utterance in different
//! wordings. Rare words and known wordings find the candidates; weighted overlap, the speaker and
//! the date decide.

use std::cell::RefCell;
use std::collections::HashMap;

use rayon::prelude::*;

use super::cluster::{Link, cluster};
use super::index::{TermIndex, product};
use super::keyed::Keyed;
use super::sayings::{Content, Saying, Sayings};
use super::tokens::hash;
use super::{Run, Step, Stories};
use crate::model::{ArticleId, QuoteId};
use crate::people::Directory;
use crate::text::ByteSpan;

/// Maximum number of days between two paraphrases of one occasion.
const OCCASION_DAYS: i32 = 3;
/// Maximum number of days between two verbatim reports of one occasion: reviews of the month quote
/// again.
const VERY_WORDS_DAYS: i32 = 30;
/// Number of rarest words by which a quotation is found.
const RARE_WORDS: usize = 8;
/// Maximum number of quotations that contain a key word. A more frequent word finds too many.
const MAX_COUNT: u32 = 400;
/// Maximum number of quotations that one key may lead to. More are a formula or page furniture.
const MAX_FOUND: usize = 256;
/// Minimum number of keys that two quotations must share before they are compared.
const MIN_KEYS: u8 = 2;
/// Minimum weight of the shared words, in units of a word that no other quotation has. So formula
/// words alone (`akan terus mendukung`) never form a group.
const MIN_WEIGHT: f32 = 1.75;
/// Minimum number of words that two wordings share.
const MIN_WORDS: usize = 3;
/// Minimum share of the shorter wording, by weight, that makes a paraphrase.
const MIN_SHARE: f32 = 0.4;
/// Minimum weight, in the units of [`MIN_WEIGHT`], of a paraphrase that keeps less than half of the
/// words.
const PARAPHRASE_WEIGHT: f32 = 2.5;
/// Minimum similarity of two articles on one matter, whatever the angle of each.
const SAME_MATTER: f32 = 0.1;
/// Maximum number of wordings that a quotation is linked to.
const NEAREST: usize = 12;
/// Minimum share of links between two groups that merges them.
const DENSITY: f32 = 0.5;

/// Number of quotations whose keys are collected at a time.
const AT_ONCE: usize = 1 << 16;

/// The index of a group in [`Variants`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariantId(pub u32);

/// One wording of an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The quotation.
    pub quote: QuoteId,
    /// Position of the words: the span of the quotation, or that span and the next sentence that
    /// continues it.
    pub span: ByteSpan,
}

/// One utterance that at least two articles report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The wordings, sorted by date and then in the order in which they were read.
    pub members: Vec<Member>,
}

/// All utterances of a corpus that several articles report.
#[derive(Clone, Debug, Default)]
pub struct Variants {
    list: Vec<Variant>,
    group_of: HashMap<QuoteId, VariantId>,
    in_article: HashMap<ArticleId, Vec<VariantId>>,
}

/// How the speakers of two quotations relate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speakers {
    Same,
    Unknown,
    Different,
}

/// The overlap of two wordings.
#[derive(Clone, Copy)]
struct Overlap<'a> {
    a: &'a Content,
    b: &'a Content,
    /// Number of shared content words.
    words: usize,
    /// Weight of the shared words, as a share of the weight of the lighter wording.
    share: f32,
    /// Weight of the shared words, in units of a word that no other quotation has.
    weight: f32,
    /// Whether nearly all words of both are the same.
    is_verbatim: bool,
}

impl Variants {
    pub(super) fn find(
        (index, sayings): (&impl TermIndex, &Sayings),
        directory: &Directory,
        stories: &Stories,
        run: &Run,
    ) -> Option<Self> {
        let keys = Keys::of(sayings, run)?;
        let judge = Judge {
            sayings,
            directory,
            stories,
        };
        let found = run.map(Step::Variants, &keys.by_quotation(), |behind| {
            judge.links_of(behind, &keys)
        })?;
        drop(keys);
        let mut links = Vec::new();
        let mut longer = vec![false; sayings.list.len()];
        for (link, lengths) in found.into_iter().flatten() {
            longer[link.a as usize] |= lengths.0;
            longer[link.b as usize] |= lengths.1;
            links.push(link);
        }
        let fits = |a: &[u32], b: &[u32]| {
            let days = a
                .iter()
                .chain(b)
                .filter_map(|id| sayings.list[*id as usize].day);
            let (first, last) = days.fold((i32::MAX, i32::MIN), |(first, last), day| {
                (first.min(day), last.max(day))
            });
            first > last || last - first <= VERY_WORDS_DAYS
        };
        let groups = cluster(sayings.list.len(), links, DENSITY, fits);
        let groups = groups.into_iter().map(|group| {
            let members = group
                .into_iter()
                .map(|id| sayings.list[id as usize].member(longer[id as usize]));
            Variant {
                members: members.collect(),
            }
        });
        let told = groups.filter(|group| is_spoken(group, directory, index));
        Some(Self::from_groups(told))
    }

    fn from_groups(groups: impl Iterator<Item = Variant>) -> Self {
        let mut variants = Self::default();
        for group in groups {
            let number = VariantId(variants.list.len() as u32);
            for member in &group.members {
                variants.group_of.insert(member.quote, number);
                let own = variants.in_article.entry(member.quote.article).or_default();
                if own.last() != Some(&number) {
                    own.push(number);
                }
            }
            variants.list.push(group);
        }
        variants
    }

    /// Returns all groups, ordered by the date of their first wording.
    pub fn list(&self) -> &[Variant] {
        &self.list
    }

    /// Returns the group with this identifier.
    pub fn get(&self, id: VariantId) -> Option<&Variant> {
        self.list.get(id.0 as usize)
    }

    /// Returns the group that a quotation belongs to.
    pub fn of(&self, quote: QuoteId) -> Option<VariantId> {
        self.group_of.get(&quote).copied()
    }

    /// Returns the utterances that an article shares with others.
    pub fn in_article(&self, article: ArticleId) -> &[VariantId] {
        self.in_article.get(&article).map_or(&[], |list| list)
    }

    /// Returns pairs of articles that report one utterance. Each wording is paired only with the
    /// next one of its group, which suffices to connect them all.
    pub(crate) fn told_together(&self) -> impl Iterator<Item = (ArticleId, ArticleId)> {
        self.list.iter().flat_map(|group| {
            let pairs = group.members.windows(2).filter_map(|two| {
                let [a, b] = two else { return None };
                Some((a.quote.article, b.quote.article))
            });
            pairs.filter(|(a, b)| a != b)
        })
    }

    /// Returns the utterances that both articles report.
    pub fn in_both(&self, a: ArticleId, b: ArticleId) -> impl Iterator<Item = VariantId> {
        let other = self.in_article(b);
        self.in_article(a)
            .iter()
            .copied()
            .filter(|id| other.contains(id))
    }
}

/// Returns whether a group is a real utterance. The same words under a new name in every article,
/// on unrelated matters, are page furniture that was taken for a quotation.
fn is_spoken(group: &Variant, directory: &Directory, index: &impl TermIndex) -> bool {
    let speakers = |member: &Member| directory.speakers_of(member.quote);
    let mut names: Vec<_> = group.members.iter().flat_map(speakers).collect();
    let said = names.len();
    names.sort_unstable();
    names.dedup();
    let has_unnamed = group.members.iter().any(|one| speakers(one).is_empty());
    let is_new_everywhere = names.len() == said && !has_unnamed;
    let is_alike = |two: &[Member]| match two {
        [a, b] => {
            let (a, b) = (a.quote.article, b.quote.article);
            product(index.terms(a), index.terms(b)) >= SAME_MATTER
        }
        _ => false,
    };
    let is_furniture = is_new_everywhere && !group.members.windows(2).any(is_alike);
    !is_furniture && (names.len() <= 3 || names.len() * 2 <= group.members.len())
}

impl Saying {
    fn member(&self, is_longer: bool) -> Member {
        let content = self
            .longer
            .as_ref()
            .filter(|_| is_longer)
            .unwrap_or(&self.own);
        Member {
            quote: self.quote,
            span: content.span,
        }
    }
}

/// The nearby later quotations that share one key with an earlier quotation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Behind {
    /// The earlier quotation, by its index.
    place: u32,
    /// Range of the later quotations in [`Keys::places`].
    start: u32,
    end: u32,
}

/// The quotations that share keys, by date. A key is a rare word or a run of four words.
struct Keys {
    /// Quotations of each key, one key after the other.
    places: Vec<u32>,
    /// Ranges of later quotations, sorted by the earlier one.
    behind: Vec<Behind>,
    quotations: usize,
}

impl Keys {
    fn of(sayings: &Sayings, run: &Run) -> Option<Self> {
        let mut all: Vec<Keyed> = Vec::new();
        let places: Vec<u32> = (0..sayings.list.len() as u32).collect();
        // In chunks, because results collected in parallel are in memory twice.
        for some in places.chunks(AT_ONCE) {
            if (run.is_cancelled)() {
                return None;
            }
            all.par_extend(some.par_iter().flat_map_iter(|place| {
                let keys = keys_of(&sayings.list[*place as usize], sayings).into_iter();
                keys.map(|key| Keyed::new(key, *place))
            }));
        }
        all.par_sort_unstable();
        let near = Near::of(&sayings.list);
        let (mut places, mut behind) = (Vec::new(), Vec::new());
        for same in all
            .chunk_by(|a, b| a.key() == b.key())
            .filter(|s| s.len() > 1)
        {
            let start = places.len();
            places.extend(same.iter().map(|one| one.of()));
            near.behind(&places, start, &mut behind);
        }
        behind.par_sort_unstable();
        Some(Self {
            places,
            behind,
            quotations: sayings.list.len(),
        })
    }

    /// Returns, for each quotation with later candidates, their ranges.
    fn by_quotation(&self) -> Vec<&[Behind]> {
        self.behind.chunk_by(|a, b| a.place == b.place).collect()
    }

    /// Returns the quotations in the ranges `behind` that share enough keys with the earlier one.
    fn sharing(&self, behind: &[Behind]) -> Vec<u32> {
        let found = |one: &Behind| self.places.get(one.start as usize..one.end as usize);
        let mut shared = Vec::new();
        COUNTS.with_borrow_mut(|counts| {
            counts.resize(self.quotations.max(counts.len()), 0);
            for other in behind.iter().filter_map(found).flatten() {
                let count = &mut counts[*other as usize];
                if *count == 0 {
                    shared.push(*other);
                }
                *count = count.saturating_add(1);
            }
            shared.retain(|other| std::mem::take(&mut counts[*other as usize]) >= MIN_KEYS);
        });
        shared
    }
}

thread_local! {
    /// Number of keys that each quotation shares with the current one. All zero between uses.
    static COUNTS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The quotations near each quotation in time: later ones within the limit, and the undated ones.
struct Near {
    /// For each quotation, the index of the first one that is too late.
    ends: Vec<u32>,
    /// Index of the first undated quotation.
    undated: u32,
}

impl Near {
    fn of(list: &[Saying]) -> Self {
        let undated = list.partition_point(|saying| saying.day.is_some());
        let mut end = 0;
        let ends = list.iter().map(|saying| {
            let latest = saying.day.map(|day| day.saturating_add(VERY_WORDS_DAYS));
            let is_near = |other: &Saying| latest.is_none() || other.day <= latest;
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

    /// Appends the ranges of nearby later quotations for each quotation of one key, which are
    /// `places` from `start` on. For a frequent key, only the next [`MAX_FOUND`] count.
    fn behind(&self, places: &[u32], start: usize, found: &mut Vec<Behind>) {
        let same = &places[start..];
        let undated = same.partition_point(|place| *place < self.undated);
        let mut near = 0;
        for (at, place) in same.iter().enumerate() {
            let next = at + 1;
            let last = same.len().min(next + MAX_FOUND);
            let is_near = |other: &&u32| **other < self.ends[*place as usize];
            near += same[near..undated].iter().take_while(is_near).count();
            for (from, to) in [(next, near.min(last)), (undated.max(next), last)] {
                if from < to {
                    found.push(Behind {
                        place: *place,
                        start: (start + from) as u32,
                        end: (start + to) as u32,
                    });
                }
            }
        }
    }
}

fn keys_of(saying: &Saying, sayings: &Sayings) -> Vec<u32> {
    let all = saying.longer.as_ref().unwrap_or(&saying.own);
    let count = |stem: &u32| sayings.counts[*stem as usize];
    let mut rare: Vec<u32> = all
        .set()
        .iter()
        .copied()
        .filter(|stem| (2..=MAX_COUNT).contains(&count(stem)))
        .collect();
    rare.sort_by_key(count);
    rare.truncate(RARE_WORDS);
    let words = rare.into_iter().map(|stem| hash(&stem.to_le_bytes()));
    let mut keys: Vec<u32> = words.chain(saying.own.shingles()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Decides whether two quotations report the same utterance.
struct Judge<'a> {
    sayings: &'a Sayings,
    directory: &'a Directory,
    stories: &'a Stories,
}

/// Whether the sentence after each of two quotations is needed to match them.
type Longer = (bool, bool);

impl Judge<'_> {
    fn links_of(&self, behind: &[Behind], keys: &Keys) -> Vec<(Link, Longer)> {
        let place = behind.first().map_or(0, |first| first.place);
        let own = &self.sayings.list[place as usize];
        let mut links: Vec<(Link, Longer)> = keys
            .sharing(behind)
            .into_iter()
            .filter(|other| {
                let other = &self.sayings.list[*other as usize];
                other.quote.article != own.quote.article
            })
            .filter_map(|other| {
                let (strength, longer) = self.compare(own, &self.sayings.list[other as usize])?;
                let link = Link {
                    a: place,
                    b: other,
                    strength,
                };
                Some((link, longer))
            })
            .collect();
        links.sort_by(|x, y| {
            y.0.strength
                .total_cmp(&x.0.strength)
                .then(x.0.b.cmp(&y.0.b))
        });
        links.truncate(NEAREST);
        links
    }

    /// Returns how strongly two quotations match, and with which of their continuations. Returns
    /// `None` if they are different utterances.
    fn compare(&self, a: &Saying, b: &Saying) -> Option<(f32, Longer)> {
        let accepted = |x: &Content, y: &Content| {
            let overlap = self.overlap(x, y)?;
            self.is_one(a, b, overlap).then_some(overlap.share.min(1.0))
        };
        if let Some(strength) = accepted(&a.own, &b.own) {
            return Some((strength, (false, false)));
        }
        let with_a = a
            .longer
            .as_ref()
            .and_then(|longer| accepted(longer, &b.own));
        let with_b = b
            .longer
            .as_ref()
            .and_then(|longer| accepted(&a.own, longer));
        with_a
            .map(|strength| (strength, (true, false)))
            .or(with_b.map(|strength| (strength, (false, true))))
    }

    /// Computes the overlap of two contents. Returns `None` if they share too little to be one
    /// utterance.
    fn overlap<'c>(&self, a: &'c Content, b: &'c Content) -> Option<Overlap<'c>> {
        let mut shared = a.common(b);
        if shared.len() < MIN_WORDS {
            return None;
        }
        // Of a name in both, one word counts, unless nearly all other words are the same too.
        let is_verbatim = shared.len() * 4 >= a.set().len().max(b.set().len()) * 3;
        if !is_verbatim {
            shared.drop_carried();
        }
        let weigh = shared
            .stems()
            .iter()
            .map(|stem| self.sayings.weights[*stem as usize]);
        let weight: f32 = weigh.sum();
        let lone = (1.0 + self.sayings.list.len() as f32).ln();
        let share = weight / a.weight.min(b.weight);
        if shared.len() < MIN_WORDS || weight < MIN_WEIGHT * lone || share < MIN_SHARE {
            return None;
        }
        Some(Overlap {
            a,
            b,
            words: shared.len(),
            weight: weight / lone,
            share,
            is_verbatim,
        })
    }

    fn is_one(&self, a: &Saying, b: &Saying, overlap: Overlap) -> bool {
        let days = a.day.zip(b.day).map(|(a, b)| (a - b).abs());
        let story = self.stories.are_one(a.quote.article, b.quote.article);
        let Overlap {
            words,
            share,
            weight,
            is_verbatim,
            ..
        } = overlap;
        // Checked last, because it costs most.
        let runs = |least| longest_run(overlap.a, overlap.b) >= least;
        let occasion = days.map_or(story, |days| days <= OCCASION_DAYS);
        match self.speakers(a.quote, b.quote) {
            Speakers::Same if occasion && is_verbatim => words >= 4,
            // Reports of one event by one speaker: a paraphrase suffices. The words of the event
            // itself occur in everything said about it, so the shared words must be rare.
            Speakers::Same if occasion && share < 0.5 => {
                (words >= 4 || story) && weight >= PARAPHRASE_WEIGHT && runs(2)
            }
            Speakers::Same if occasion && story => runs(2),
            Speakers::Same if occasion => share >= 0.5 && (words >= 5 || runs(3)),
            Speakers::Unknown if occasion => share >= 0.6 && words >= 4 && runs(3),
            // Another speaker's words, or one report has the wrong name: only a verbatim match
            // decides.
            Speakers::Different if occasion => share >= 0.7 && runs(5),
            Speakers::Same | Speakers::Unknown => share >= 0.8 && runs(6),
            Speakers::Different => false,
        }
    }

    fn speakers(&self, a: QuoteId, b: QuoteId) -> Speakers {
        let (a, b) = (self.directory.speakers_of(a), self.directory.speakers_of(b));
        if a.is_empty() || b.is_empty() {
            Speakers::Unknown
        } else if a.iter().any(|id| b.contains(id)) {
            Speakers::Same
        } else {
            Speakers::Different
        }
    }
}

/// Returns the length of the longest run that both contents share. Words that only continue a name
/// in both do not count. Both are short (see `sayings::MAX_WORDS`).
fn longest_run(a: &Content, b: &Content) -> usize {
    // Length of the run that ends at each word of `b`. The loop goes from the last word to the
    // first, so that the entry of the previous word still belongs to the previous stem.
    let mut runs = vec![0; b.stems().len() + 1];
    let mut longest = 0;
    for (stem, is_tail) in a.carried() {
        for (at, (other, is_other_tail)) in b.carried().enumerate().rev() {
            let counts = usize::from(!(is_tail && is_other_tail));
            let is_same = other == stem && stem != u32::MAX;
            runs[at + 1] = if is_same { runs[at] + counts } else { 0 };
            longest = longest.max(runs[at + 1]);
        }
    }
    longest
}
