//! Finds copies: articles with nearly the same text, even if words were changed, the end was cut,
//! or the page around it differs.

use std::collections::HashMap;

use rayon::prelude::*;

use super::keyed::Keyed;
use super::reading::Reading;
use super::tokens::pair_of_keys;
use super::{Run, Step};
use crate::language::Packs;
use crate::model::{ArticleId, BlockKind, Corpus};
use crate::people::Groups;

/// One shingle in this many is kept to find candidates: the same ones in every text.
const SAMPLE: u64 = 4;
/// Texts of fewer shingles are too short to be told a copy: a notice or a caption.
const MIN_SHINGLES: usize = 24;
/// Minimum number of sampled shingles that a pair must share before its texts are compared.
const MIN_SHARED: u32 = 3;
/// Maximum number of texts with one shingle that are all paired with each other. In a larger group,
/// each text is paired only with the next ones, which suffices because copies are merged
/// transitively.
const MAX_PAIRED: usize = 12;
/// Minimum share of the shorter text's shingles that makes a copy. Changing one word in ten leaves
/// `0.9³ = 0.73` of them; articles about one event that quote the same sentences share less than a
/// third.
const COPY: f32 = 0.5;
/// Number of standard errors by which the share in the samples must differ from [`COPY`] to decide.
/// The standard error is at most `½/√n`. If the share is closer, the whole texts are compared.
const CLEARLY: f32 = 4.0;

/// Two articles with nearly the same text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Copy {
    /// The article with the lower identifier.
    pub a: ArticleId,
    /// The article with the higher identifier.
    pub b: ArticleId,
    /// Share of the shorter text that is also in the longer one, in 0..=1, measured in runs of
    /// three words.
    pub shared: f32,
}

/// The groups of articles with nearly the same text.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    pairs: Vec<Copy>,
    groups: Vec<Vec<ArticleId>>,
    group_of: HashMap<ArticleId, u32>,
}

impl Copies {
    /// Finds all copies in a corpus, given the shingle samples of its articles. The samples decide
    /// most pairs; only doubtful pairs are read again. Returns `None` if cancelled.
    pub(super) fn find(
        (corpus, packs): (&Corpus, &Packs),
        samples: &[Box<[u64]>],
        run: &Run,
    ) -> Option<Self> {
        let candidates = candidates(samples);
        let compared = run.map(Step::Copies, &candidates, |&(a, b)| {
            let sample = |id: u32| samples.get(id as usize).map_or(&[][..], |sample| sample);
            let shared = estimate(sample(a), sample(b));
            let text = |id: u32| {
                let article = corpus.get(ArticleId(id))?;
                Some(shingles(&Reading::of(article, packs)))
            };
            let shared = match shared {
                Some(shared) => shared,
                None => contained(&text(a)?, &text(b)?),
            };
            let (a, b) = (ArticleId(a), ArticleId(b));
            (shared >= COPY).then_some(Copy { a, b, shared })
        })?;
        Some(Self::from_pairs(
            samples.len(),
            compared.into_iter().flatten().collect(),
        ))
    }

    fn from_pairs(len: usize, pairs: Vec<Copy>) -> Self {
        let mut union = Groups::new(len);
        for copy in &pairs {
            union.join(copy.a.0, copy.b.0);
        }
        let groups: Vec<Vec<ArticleId>> = union
            .several()
            .into_iter()
            .map(|group| group.into_iter().map(ArticleId).collect())
            .collect();
        let group_of = groups
            .iter()
            .zip(0..)
            .flat_map(|(group, number)| group.iter().map(move |id| (*id, number)));
        Self {
            group_of: group_of.collect(),
            pairs,
            groups,
        }
    }

    /// Returns the groups of copies, ordered by their first article.
    pub fn groups(&self) -> &[Vec<ArticleId>] {
        &self.groups
    }

    /// Returns the pairs that were compared and found to be copies, sorted by identifiers.
    pub fn pairs(&self) -> &[Copy] {
        &self.pairs
    }

    /// Returns all articles with nearly the same text as `article`, including itself. Empty if it
    /// has no copy.
    pub fn of(&self, article: ArticleId) -> &[ArticleId] {
        let group = self.group_of.get(&article).copied();
        group.map_or(&[], |group| &self.groups[group as usize])
    }

    /// Returns the share of the shorter text that is also in the other one, or `None` if the two
    /// were not found to be copies.
    pub fn shared(&self, a: ArticleId, b: ArticleId) -> Option<f32> {
        let key = (a.min(b), a.max(b));
        let at = self
            .pairs
            .binary_search_by_key(&key, |copy| (copy.a, copy.b));
        at.ok().map(|at| self.pairs[at].shared)
    }

    /// Returns the number of distinct texts among `articles`, counting copies of one text once.
    pub fn independent(&self, articles: &[ArticleId]) -> usize {
        let mut texts: Vec<Result<u32, ArticleId>> = articles
            .iter()
            .map(|id| self.group_of.get(id).copied().ok_or(*id))
            .collect();
        texts.sort_unstable();
        texts.dedup();
        texts.len()
    }
}

/// The runs of three words by which an article is found as a copy, by hash; none where the text is
/// too short to be told one.
pub(super) fn sample(read: &Reading) -> Box<[u64]> {
    let sampled = runs_of_three(read).filter(|shingle| shingle % SAMPLE == 0);
    let sample = distinct(sampled.collect());
    let is_long = sample.len() >= MIN_SHINGLES || shingles(read).len() >= MIN_SHINGLES;
    if is_long {
        sample.into()
    } else {
        Box::default()
    }
}

/// The hashes of all runs of three words in an article, in rising order, each once.
pub(super) fn shingles(read: &Reading) -> Vec<u64> {
    distinct(runs_of_three(read).collect())
}

fn runs_of_three(read: &Reading) -> impl Iterator<Item = u64> {
    // Outlets write their own headlines over one wire text.
    let told = read
        .passages()
        .filter(|(kind, _)| *kind != BlockKind::Title);
    told.flat_map(|(_, words)| {
        words.windows(3).map(|three| {
            let hashes = three.iter().map(|token| u64::from(token.word));
            hashes.reduce(pair_of_keys).unwrap_or_default()
        })
    })
}

fn distinct(mut shingles: Vec<u64>) -> Vec<u64> {
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Pairs of texts that share enough of their samples, lower number first, in order.
fn candidates(samples: &[Box<[u64]>]) -> Vec<(u32, u32)> {
    let mut all = Vec::with_capacity(samples.iter().map(|s| s.len()).sum());
    for (sample, id) in samples.iter().zip(0..) {
        all.extend(sample.iter().map(|shingle| Keyed::new(*shingle, id)));
    }
    all.par_sort_unstable();
    let mut pairs: Vec<Keyed> = all
        .par_chunk_by(|a, b| a.key() == b.key())
        .filter(|same| same.len() > 1)
        .flat_map_iter(paired)
        .collect();
    drop(all);
    pairs.par_sort_unstable();
    pairs
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() as u32 >= MIN_SHARED)
        .map(|same| (same[0].key() as u32, same[0].of()))
        .collect()
}

fn paired(same: &[Keyed]) -> impl Iterator<Item = Keyed> {
    let reach = if same.len() <= MAX_PAIRED {
        same.len()
    } else {
        MAX_PAIRED / 2
    };
    same.iter().enumerate().flat_map(move |(at, a)| {
        let behind = same[at + 1..].iter().take(reach);
        behind.map(|b| Keyed::new(u64::from(a.of()), b.of()))
    })
}

/// How much of the shorter text stands in the longer one, by their samples; `None` where these are
/// too few to tell.
fn estimate(a: &[u64], b: &[u64]) -> Option<f32> {
    let shared = contained(a, b);
    let error = 0.5 / (a.len().min(b.len()) as f32).sqrt();
    let tells = (shared - COPY).abs() >= CLEARLY * error;
    tells.then_some(shared)
}

/// The share of the smaller set that is in the other, too. Both in rising order.
pub(super) fn contained(a: &[u64], b: &[u64]) -> f32 {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return 0.0;
    }
    let (mut at, mut shared) = (0, 0_usize);
    for shingle in a {
        while b.get(at).is_some_and(|other| other < shingle) {
            at += 1;
        }
        shared += usize::from(b.get(at) == Some(shingle));
    }
    shared as f32 / smaller as f32
}
