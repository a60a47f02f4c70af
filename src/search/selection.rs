//! The lines of a stripe that a query selects, with their scores or upper bounds for them.

use std::ops::RangeInclusive;

use super::kernel::{LANES, Scores};
use super::query::Test;

/// A set of lines of a stripe, as a bit mask with one bit per line and one 32-bit word per block.
/// It holds the lines that a query has not ruled out yet.
pub(super) type CandidateMask = Vec<u32>;

/// The lines that satisfy a part of a query, with their scores or upper bounds for them. Scores of
/// other lines are meaningless.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) candidates: CandidateMask,
    /// The lines whose score is exact and not only a bound.
    exact: CandidateMask,
    scores: Vec<i32>,
}

impl Selection {
    /// Creates a selection of all `candidates`, each with the exact score 0.
    pub(super) fn of(candidates: CandidateMask) -> Self {
        Self {
            exact: vec![u32::MAX; candidates.len()],
            scores: vec![0; candidates.len() * LANES],
            candidates,
        }
    }

    /// Creates a selection of all `candidates` with unknown scores, whose bound is the highest
    /// number.
    pub(super) fn unknown(candidates: CandidateMask) -> Self {
        Self {
            exact: vec![0; candidates.len()],
            scores: vec![i32::MAX; candidates.len() * LANES],
            candidates,
        }
    }

    /// Returns the score of a line, or the upper bound for it. The line is given by the index of
    /// its mask word and its lane (bit).
    pub(super) fn score(&self, word: usize, lane: usize) -> Option<i32> {
        self.scores.get(word * LANES + lane).copied()
    }

    /// Splits the lines `chosen` into those with exact scores and those with upper bounds only.
    pub(super) fn parted(&self, chosen: &[u32]) -> (CandidateMask, CandidateMask) {
        let words = chosen.iter().zip(&self.exact);
        words
            .map(|(word, exact)| (word & exact, word & !exact))
            .unzip()
    }

    /// Returns the candidates whose score, or upper bound for it, lies within `scores`.
    pub(super) fn within(&self, scores: &RangeInclusive<i32>) -> CandidateMask {
        let blocks = self.candidates.iter().zip(self.scores.chunks(LANES));
        let words = blocks.map(|(candidates, block)| {
            if *candidates == 0 {
                0
            } else {
                let lanes = block.iter().enumerate();
                let within = lanes.fold(0, |within, (lane, score)| {
                    within | u32::from(scores.contains(score)) << lane
                });
                candidates & within
            }
        });
        words.collect()
    }

    /// Returns the scores of all candidates, or the upper bounds for them.
    pub(super) fn candidate_scores(&self) -> impl Iterator<Item = i32> {
        let blocks = self.candidates.iter().zip(self.scores.chunks(LANES));
        blocks.flat_map(|(candidates, block)| {
            lanes(*candidates).filter_map(|lane| block.get(lane).copied())
        })
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (sum, score) in self.scores.iter_mut().zip(&other.scores) {
            *sum = sum.saturating_add(*score);
        }
        for (exact, other) in self.exact.iter_mut().zip(&other.exact) {
            *exact &= other;
        }
    }

    /// Adds the candidates of `other` to this selection. A line in both keeps the higher score,
    /// which is exact if it was exact where it came from.
    pub(super) fn join(&mut self, other: &Self) {
        let ours = self.candidates.iter_mut().zip(&mut self.exact);
        let theirs = other.candidates.iter().zip(&other.exact);
        let scores = self.scores.chunks_mut(LANES);
        let words = ours.zip(theirs).zip(scores.zip(other.scores.chunks(LANES)));
        for (((candidates, exact), (new, known)), (best, scores)) in words {
            if *new == 0 {
                continue;
            }
            let better = higher(scores, best) & new | new & !*candidates;
            for (lane, (best, score)) in best.iter_mut().zip(scores).enumerate() {
                *best = if better >> lane & 1 == 1 {
                    *score
                } else {
                    *best
                };
            }
            *exact = (*exact & !better) | (known & better);
            *candidates |= new;
        }
    }

    /// Adds the lanes `lines` at `place`, which were not candidates before, with their scores or
    /// upper bounds. `exact` has a bit for each lane whose score is exact.
    pub(super) fn take_all(&mut self, place: &Place, lines: u32, scores: &Scores, exact: u32) {
        match place {
            // One pass over the whole block: for a common letter, this is most of the work.
            Place::Block(word) => {
                let slots = self.scores.chunks_mut(LANES).nth(*word);
                if let (Some(candidates), Some(known), Some(slots)) = (
                    self.candidates.get_mut(*word),
                    self.exact.get_mut(*word),
                    slots,
                ) {
                    *candidates |= lines;
                    *known &= !lines | exact;
                    for (slot, score) in slots.iter_mut().zip(scores) {
                        *slot = (*score).into();
                    }
                }
            }
            Place::Apart(places) => {
                for lane in lanes(lines) {
                    if let Some(place) = places.get(lane) {
                        self.take(*place, scores[lane].into(), exact >> lane & 1);
                    }
                }
            }
        }
    }

    /// Adds a line that was not a candidate before, given by the index of its mask word and its
    /// lane. `exact` is 1 if `score` is its score, and 0 if it is an upper bound.
    pub(super) fn take(&mut self, (word, lane): (usize, usize), score: i32, exact: u32) {
        let at = word * LANES + lane;
        if let (Some(candidates), Some(known), Some(slot)) = (
            self.candidates.get_mut(word),
            self.exact.get_mut(word),
            self.scores.get_mut(at),
        ) {
            *candidates |= 1 << lane;
            *known &= !(1 << lane) | exact << lane;
            *slot = score;
        }
    }
}

/// Compares two lists of scores, one score per lane, and returns a mask of the lanes in which the
/// first is higher.
fn higher(scores: &[i32], than: &[i32]) -> u32 {
    let lanes = scores.iter().zip(than).enumerate();
    lanes.fold(0, |higher, (lane, (score, other))| {
        higher | u32::from(score > other) << lane
    })
}

/// The lines that one fuzzy word of a query selected. A later query that contains the word, or a
/// longer version of it, can reuse them.
#[derive(Debug)]
pub(super) struct WordResult {
    pub(super) test: Test,
    /// The lines that were tested for the word.
    pub(super) tested: CandidateMask,
    pub(super) found: Selection,
}

impl WordResult {
    /// Returns those `candidates` that a longer version of the word can still match, because the
    /// word itself matches them. Returns `None` if not all candidates were tested.
    pub(super) fn remaining_of(&self, candidates: &[u32]) -> Option<CandidateMask> {
        let mut words = candidates.iter().zip(&self.tested);
        words.all(|(word, tested)| word & !tested == 0).then(|| {
            let words = candidates.iter().zip(&self.found.candidates);
            words.map(|(word, found)| word & found).collect()
        })
    }

    /// Returns the selection of the word among `candidates`, or `None` if not all of them were
    /// tested.
    pub(super) fn of(&self, candidates: &[u32]) -> Option<Selection> {
        let candidates = self.remaining_of(candidates)?;
        Some(Selection {
            candidates,
            ..self.found.clone()
        })
    }
}

/// Says which lines of the stripe are in the 32 lanes that the kernel scanned.
pub(super) enum Place<'a> {
    /// The lanes are a whole block, whose mask word has this index.
    Block(usize),
    /// The lanes are lines gathered from several blocks. Each is given by the index of its mask
    /// word and its lane there.
    Apart(&'a [(usize, usize)]),
}

/// Returns a mask with the first `count` of 32 lanes set.
pub(super) fn first_lanes(count: usize) -> u32 {
    if count >= LANES {
        u32::MAX
    } else {
        (1 << count) - 1
    }
}

/// Returns the numbers of the lanes that are set in a mask, in rising order.
pub(super) fn lanes(mut word: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = (word != 0).then(|| word.trailing_zeros() as usize)?;
        word &= word - 1;
        Some(lane)
    })
}
