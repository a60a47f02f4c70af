//! The lines of a stripe that a query selects, with their scores or what those are not above.

use std::ops::RangeInclusive;

use super::kernel::{LANES, Scores};
use super::query::Test;

/// A bit for each line of a stripe that a query has not ruled out; a word for each block.
pub(super) type CandidateMask = Vec<u32>;

/// The lines that satisfy a part of a query, with their scores or what those are not above
/// (meaningless for other lines).
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) candidates: CandidateMask,
    /// The lines whose score is just what is said.
    exact: CandidateMask,
    scores: Vec<i32>,
}

impl Selection {
    /// All of `candidates`, with score 0.
    pub(super) fn of(candidates: CandidateMask) -> Self {
        Self {
            exact: vec![u32::MAX; candidates.len()],
            scores: vec![0; candidates.len() * LANES],
            candidates,
        }
    }

    /// All of `candidates`, with scores of which nothing is known.
    pub(super) fn unknown(candidates: CandidateMask) -> Self {
        Self {
            exact: vec![0; candidates.len()],
            scores: vec![i32::MAX; candidates.len() * LANES],
            candidates,
        }
    }

    /// The score of a line, by its word and lane.
    pub(super) fn score(&self, word: usize, lane: usize) -> Option<i32> {
        self.scores.get(word * LANES + lane).copied()
    }

    /// Those of `chosen` whose scores are known, and those whose scores are not.
    pub(super) fn parted(&self, chosen: &[u32]) -> (CandidateMask, CandidateMask) {
        let words = chosen.iter().zip(&self.exact);
        words
            .map(|(word, exact)| (word & exact, word & !exact))
            .unzip()
    }

    /// Those with a score within `scores`.
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

    /// The scores of all that are alive.
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

    /// Takes in what is alive in `other`, with the better score: that is known where the one that
    /// it comes from is.
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

    /// Takes in lines that were not alive, with scores or bounds, and a bit for each that is exact.
    pub(super) fn take_all(&mut self, place: &Place, lines: u32, scores: &Scores, exact: u32) {
        match place {
            // At once: of a common letter, this is most of the work.
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

    /// Takes in a line that was not alive: its place, its score or bound, and 1 where that is exact.
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

/// The lanes whose score is higher than that of the other lines, as a bit each.
fn higher(scores: &[i32], than: &[i32]) -> u32 {
    let lanes = scores.iter().zip(than).enumerate();
    lanes.fold(0, |higher, (lane, (score, other))| {
        higher | u32::from(score > other) << lane
    })
}

/// What one fuzzy word of a query selected: of use to a later query that still has the word.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) test: Test,
    /// The lines that were asked.
    pub(super) asked: CandidateMask,
    pub(super) found: Selection,
}

impl Known {
    /// Those of `candidates` that a longer word may select; `None` where not all of these were asked.
    pub(super) fn left_of(&self, candidates: &[u32]) -> Option<CandidateMask> {
        let mut words = candidates.iter().zip(&self.asked);
        words.all(|(word, asked)| word & !asked == 0).then(|| {
            let words = candidates.iter().zip(&self.found.candidates);
            words.map(|(word, found)| word & found).collect()
        })
    }

    /// What the word selects of `candidates`; `None` where not all of these were asked.
    pub(super) fn of(&self, candidates: &[u32]) -> Option<Selection> {
        let candidates = self.left_of(candidates)?;
        Some(Selection {
            candidates,
            ..self.found.clone()
        })
    }
}

/// Where lines that a kernel has walked over side by side stand in a stripe.
pub(super) enum Place<'a> {
    /// In a block: in the lanes of this word.
    Block(usize),
    /// Each in a word and a lane of its own.
    Apart(&'a [(usize, usize)]),
}

/// A word of which the first lanes are set.
pub(super) fn first_lanes(count: usize) -> u32 {
    if count >= LANES {
        u32::MAX
    } else {
        (1 << count) - 1
    }
}

/// The lanes of a word that are set.
pub(super) fn lanes(mut word: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = (word != 0).then(|| word.trailing_zeros() as usize)?;
        word &= word - 1;
        Some(lane)
    })
}
