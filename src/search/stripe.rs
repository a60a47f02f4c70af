//! A stripe: some blocks of key lines, small enough that a whole query runs over it in the
//! processor's cache. Stripes are what is spread over threads and what looks at the cancel mark.

use std::ops::Range;
use std::sync::Arc;

use super::blocks::Needle;
use super::evaluate::Tester;
use super::fold_map::in_order;
use super::index::{Chunk, Index};
use super::kernel::LANES;
use super::query::{Anchor, Node, Pattern, Term, Test};
use crate::model::ArticleId;

/// Blocks in a stripe: 2,048 lines.
const BLOCKS: usize = 64;
/// Lines of the slow path in a stripe.
const SLOW_LINES: usize = 256;
/// With fewer survivors than this in a block, they are gathered from many blocks and scored
/// together.
const FEW: u32 = 12;

/// Some lines of one chunk.
#[derive(Clone, Debug)]
pub(super) struct Stripe {
    chunk: Arc<Chunk>,
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Blocks for the kernel.
    Blocks,
    /// Lines that are not plain enough for it, 32 to a word of [`Alive`].
    Slow,
}

/// A bit for each line of a stripe that a query has not ruled out; a word for each block.
pub(super) type Alive = Vec<u32>;

/// The lines that satisfy a part of a query, and their scores (meaningless for the others).
pub(super) struct Selection {
    pub(super) alive: Alive,
    scores: Vec<i32>,
}

impl Selection {
    /// All of `alive`, with score 0.
    pub(super) fn of(alive: Alive) -> Self {
        let scores = vec![0; alive.len() * LANES];
        Self { alive, scores }
    }

    fn set(&mut self, block: usize, lane: usize, score: i64) {
        if let Some(slot) = self.scores.get_mut(block * LANES + lane) {
            *slot = score as i32;
        }
    }
}

/// The lanes of a word that are set.
fn lanes(mut word: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = (word != 0).then(|| word.trailing_zeros() as usize)?;
        word &= word - 1;
        Some(lane)
    })
}

/// All stripes of an index.
pub(super) fn stripes(index: &Index) -> Vec<Stripe> {
    let mut stripes = Vec::new();
    for chunk in index.chunks() {
        let mut cut = |len: usize, step: usize, kind| {
            for start in (0..len).step_by(step) {
                let range = start..(start + step).min(len);
                stripes.push(Stripe {
                    chunk: Arc::clone(chunk),
                    range,
                    kind,
                });
            }
        };
        cut(chunk.blocks.len(), BLOCKS, Kind::Blocks);
        cut(chunk.slow.len(), SLOW_LINES, Kind::Slow);
    }
    stripes
}

impl Stripe {
    /// Every line of the stripe.
    pub(super) fn all(&self) -> Alive {
        if self.kind == Kind::Blocks {
            return self
                .range
                .clone()
                .map(|block| self.chunk.blocks.lanes(block))
                .collect();
        }
        let full = |left: usize| {
            if left >= LANES {
                u32::MAX
            } else {
                (1 << left) - 1
            }
        };
        (0..self.range.len())
            .step_by(LANES)
            .map(|at| full(self.range.len() - at))
            .collect()
    }

    /// The selected articles with their scores. Looks at no line: they are far apart in memory.
    pub(super) fn scored<'a>(
        &'a self,
        selection: &'a Selection,
    ) -> impl Iterator<Item = (i32, ArticleId)> + 'a {
        self.lines(&selection.alive)
            .filter_map(|(block, lane, number)| {
                let score = selection.scores.get(block * LANES + lane)?;
                Some((*score, self.chunk.article(number)))
            })
    }

    fn lines<'a>(&'a self, alive: &'a [u32]) -> impl Iterator<Item = (usize, usize, u32)> + 'a {
        alive.iter().enumerate().flat_map(move |(block, word)| {
            lanes(*word).map(move |lane| (block, lane, self.number(block, lane)))
        })
    }

    /// The number of the line in a lane of the stripe's `block`th word.
    fn number(&self, block: usize, lane: usize) -> u32 {
        match self.kind {
            Kind::Blocks => self.chunk.blocks.line(self.range.start + block, lane),
            Kind::Slow => {
                let slow = self.chunk.slow.get(self.range.start + block * LANES + lane);
                slow.copied().unwrap_or(0)
            }
        }
    }

    /// Those of the `alive` lines that satisfy `node`. Scores: the sum of what must all hold, the
    /// best of alternatives, 0 for tests that only select.
    pub(super) fn select(&self, node: &Node, alive: Alive, tester: &Tester) -> Selection {
        match node {
            Node::And(nodes) => self.select_all(nodes, alive, tester),
            Node::Or(nodes) => self.select_any(nodes, &alive, tester),
            Node::Not(node) => {
                let out = self.select(node, alive.clone(), tester);
                let left = alive.iter().zip(&out.alive).map(|(all, out)| all & !out);
                Selection::of(left.collect())
            }
            Node::Term(term) => self.select_term(term, &alive, tester),
        }
    }

    fn select_all(&self, nodes: &[Node], alive: Alive, tester: &Tester) -> Selection {
        let mut sum = Selection::of(alive);
        let (cheap, dear): (Vec<_>, Vec<_>) = nodes.iter().partition(|node| is_cheap(node));
        for node in cheap.into_iter().chain(dear) {
            let next = self.select(node, sum.alive, tester);
            for (sum, score) in sum.scores.iter_mut().zip(&next.scores) {
                *sum += score;
            }
            sum.alive = next.alive;
        }
        sum
    }

    fn select_any(&self, nodes: &[Node], alive: &[u32], tester: &Tester) -> Selection {
        let mut best = Selection::of(vec![0; alive.len()]);
        for node in nodes {
            let next = self.select(node, alive.to_vec(), tester);
            for (block, word) in next.alive.iter().enumerate() {
                let Some(known) = best.alive.get_mut(block) else {
                    continue;
                };
                let scores = best.scores.iter_mut().zip(&next.scores).skip(block * LANES);
                for (lane, (best, score)) in scores.take(LANES).enumerate() {
                    let (was, is) = (*known >> lane & 1 == 1, word >> lane & 1 == 1);
                    *best = if is && (!was || score > best) {
                        *score
                    } else {
                        *best
                    };
                }
                *known |= word;
            }
        }
        best
    }

    fn select_term(&self, term: &Term, alive: &[u32], tester: &Tester) -> Selection {
        let Some(needle) = key_pattern(&term.test).and_then(|p| Needle::new(p.folded())) else {
            return self.select_singly(term, alive, tester);
        };
        if self.kind == Kind::Slow {
            return self.select_singly(term, alive, tester);
        }
        let (lines, blocks) = (&self.chunk.blocks, alive.iter().zip(self.range.clone()));
        match &term.test {
            Test::Fuzzy(pattern) => {
                let alive = blocks.map(|(alive, block)| lines.matching(block, &needle, *alive));
                let alive: Alive = alive.collect();
                let alive = if pattern.cased().is_some() {
                    self.retain(alive, |number| {
                        let line = self.chunk.line(number);
                        line.is_some_and(|(_, line)| in_order(line.text, pattern))
                    })
                } else {
                    alive
                };
                self.score(alive, &needle)
            }
            test => {
                let alive = blocks.map(|(alive, block)| lines.containing(block, &needle, *alive));
                let alive: Alive = alive.collect();
                if is_settled_by_the_line(test) {
                    Selection::of(alive)
                } else {
                    self.select_singly(term, &alive, tester)
                }
            }
        }
    }

    /// Scores the `alive` lines, whole blocks where many live, gathered ones where few do.
    fn score(&self, alive: Alive, needle: &Needle) -> Selection {
        let blocks = &self.chunk.blocks;
        let mut selection = Selection::of(alive);
        let mut few = Vec::with_capacity(LANES * 2);
        for (block, word) in selection.alive.clone().into_iter().enumerate() {
            if word.count_ones() < FEW {
                few.extend(lanes(word).map(|lane| (block, lane)));
                continue;
            }
            let scores = blocks.scores(self.range.start + block, needle);
            for (lane, score) in scores.into_iter().enumerate() {
                selection.set(block, lane, score.into());
            }
        }
        for some in few.chunks(LANES) {
            let places: Vec<_> = some
                .iter()
                .map(|(b, lane)| (self.range.start + b, *lane))
                .collect();
            let scores = blocks.gathered_scores(&places, needle);
            for ((block, lane), score) in some.iter().zip(scores) {
                selection.set(*block, *lane, score.into());
            }
        }
        selection
    }

    fn select_singly(&self, term: &Term, alive: &[u32], tester: &Tester) -> Selection {
        let mut selection = Selection::of(vec![0; alive.len()]);
        for (block, lane, number) in self.lines(alive) {
            let Some((id, line)) = self.chunk.line(number) else {
                continue;
            };
            if let Some(score) = tester.score(&term.test, id, line) {
                selection.set(block, lane, score);
                if let Some(word) = selection.alive.get_mut(block) {
                    *word |= 1 << lane;
                }
            }
        }
        selection
    }

    fn retain(&self, mut alive: Alive, keep: impl Fn(u32) -> bool) -> Alive {
        for (block, word) in alive.iter_mut().enumerate() {
            for lane in lanes(*word) {
                *word &= !(u32::from(!keep(self.number(block, lane))) << lane);
            }
        }
        alive
    }
}

/// The pattern of a test of the key line.
fn key_pattern(test: &Test) -> Option<&Pattern> {
    match test {
        Test::Fuzzy(pattern)
        | Test::Exact(pattern, _)
        | Test::Title(pattern, _)
        | Test::Outlet(pattern, _) => Some(pattern),
        _ => None,
    }
}

/// Whether every line that holds a test's words satisfies it: without a space among them, they
/// stand inside one part, since a space stands between parts.
fn is_settled_by_the_line(test: &Test) -> bool {
    match test {
        Test::Exact(pattern, Anchor::Anywhere) => {
            pattern.cased().is_none() && !pattern.folded().contains(' ')
        }
        _ => false,
    }
}

/// Whether a test needs only the key line.
fn is_cheap(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(is_cheap),
        Node::Not(node) => is_cheap(node),
        Node::Term(term) => key_pattern(&term.test).is_some(),
    }
}
