//! A stripe: some blocks of key lines, small enough that a whole query runs over it in the
//! processor's cache. Stripes are what is spread over threads and what looks at the cancel mark.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::evaluate::Tester;
use super::index::{Chunk, Index};
use super::kernel::{Column, LANES, Scores};
use super::needle::Needle;
use super::query::{Anchor, Node, Pattern, Term, Test};
use crate::model::ArticleId;

/// Blocks in a stripe: 2,048 lines.
const BLOCKS: usize = 64;
/// Lines of the slow path in a stripe.
const SLOW_LINES: usize = 256;
/// To walk over a block for so many letters costs about as much as to gather one line.
const LETTERS_TO_GATHER: usize = 3;
/// To score a block costs about as much as to gather this many lines from anywhere.
const FEW_TO_SCORE: usize = 16;

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

/// The lines that satisfy a part of a query, with their scores or what those are not above
/// (meaningless for other lines).
#[derive(Debug)]
pub(super) struct Selection {
    pub(super) alive: Alive,
    /// The lines whose score is just what is said.
    exact: Alive,
    scores: Vec<i32>,
}

impl Selection {
    /// All of `alive`, with score 0.
    pub(super) fn of(alive: Alive) -> Self {
        Self {
            exact: vec![u32::MAX; alive.len()],
            scores: vec![0; alive.len() * LANES],
            alive,
        }
    }

    /// Those of `chosen` whose scores are known, and those whose scores are not.
    pub(super) fn parted(&self, chosen: &[u32]) -> (Alive, Alive) {
        let words = chosen.iter().zip(&self.exact);
        words
            .map(|(word, exact)| (word & exact, word & !exact))
            .unzip()
    }

    /// Those with a score within `scores`.
    pub(super) fn within(&self, scores: &RangeInclusive<i32>) -> Alive {
        let blocks = self.alive.iter().zip(self.scores.chunks(LANES));
        let words = blocks.map(|(alive, block)| {
            if *alive == 0 {
                0
            } else {
                let lanes = block.iter().enumerate();
                let within = lanes.fold(0, |within, (lane, score)| {
                    within | u32::from(scores.contains(score)) << lane
                });
                alive & within
            }
        });
        words.collect()
    }

    /// The scores of all that are alive.
    pub(super) fn alive_scores(&self) -> impl Iterator<Item = i32> {
        let blocks = self.alive.iter().zip(self.scores.chunks(LANES));
        blocks.flat_map(|(alive, block)| lanes(*alive).filter_map(|lane| block.get(lane).copied()))
    }

    fn add(&mut self, other: &Self) {
        for (sum, score) in self.scores.iter_mut().zip(&other.scores) {
            *sum = sum.saturating_add(*score);
        }
        for (exact, other) in self.exact.iter_mut().zip(&other.exact) {
            *exact &= other;
        }
    }

    /// Takes in what is alive in `other`, with the better score.
    fn join(&mut self, other: &Self) {
        let scores = self.scores.chunks_mut(LANES);
        let words = self.alive.iter().zip(&other.alive);
        for ((best, scores), (known, new)) in scores.zip(other.scores.chunks(LANES)).zip(words) {
            for lane in lanes(*new) {
                if known >> lane & 1 == 0 || scores[lane] > best[lane] {
                    best[lane] = scores[lane];
                }
            }
        }
        let exact = self.exact.iter_mut().zip(&self.alive);
        for ((exact, alive), (theirs, new)) in exact.zip(other.exact.iter().zip(&other.alive)) {
            *exact = (*exact | !alive) & (theirs | !new);
        }
        for (known, word) in self.alive.iter_mut().zip(&other.alive) {
            *known |= word;
        }
    }

    /// Takes in lines that were not alive, with scores or bounds, and a bit for each that is exact.
    fn take_all(&mut self, place: &Place, lines: u32, scores: &Scores, exact: u32) {
        match place {
            // At once: of a common letter, this is most of the work.
            Place::Block(word) => {
                let slots = self.scores.chunks_mut(LANES).nth(*word);
                if let (Some(alive), Some(known), Some(slots)) =
                    (self.alive.get_mut(*word), self.exact.get_mut(*word), slots)
                {
                    *alive |= lines;
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
    fn take(&mut self, (word, lane): (usize, usize), score: i32, exact: u32) {
        let at = word * LANES + lane;
        if let (Some(alive), Some(known), Some(slot)) = (
            self.alive.get_mut(word),
            self.exact.get_mut(word),
            self.scores.get_mut(at),
        ) {
            *alive |= 1 << lane;
            *known &= !(1 << lane) | exact << lane;
            *slot = score;
        }
    }
}

/// Where lines that a kernel has walked over side by side stand in a stripe.
enum Place<'a> {
    /// In a block: in the lanes of this word.
    Block(usize),
    /// Each in a word and a lane of its own.
    Apart(&'a [(usize, usize)]),
}

/// A word of which the first lanes are set.
fn first_lanes(count: usize) -> u32 {
    if count >= LANES {
        u32::MAX
    } else {
        (1 << count) - 1
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
        (0..self.range.len())
            .step_by(LANES)
            .map(|at| first_lanes(self.range.len() - at))
            .collect()
    }

    /// Selected articles with their scores. Looks at no line: they are far apart in memory.
    pub(super) fn scored<'a>(
        &'a self,
        alive: &'a [u32],
        selection: &'a Selection,
    ) -> impl Iterator<Item = (i32, ArticleId)> + 'a {
        self.lines(alive).filter_map(|(block, lane, number)| {
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

    /// Those of the `alive` lines that satisfy `node`, each with a number that its score, as
    /// [`Self::score`] gives it, is not above. Scores: the sum of what must all hold, the best of
    /// alternatives, 0 for tests that only select.
    pub(super) fn select(&self, node: &Node, alive: Alive, tester: &Tester) -> Selection {
        match node {
            Node::And(nodes) => self.select_all(nodes, alive, tester),
            Node::Or(nodes) => best_of(nodes, &alive, |node, alive| {
                self.select(node, alive, tester)
            }),
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
            let next = self.select(node, std::mem::take(&mut sum.alive), tester);
            sum.add(&next);
            sum.alive = next.alive;
        }
        sum
    }

    fn select_term(&self, term: &Term, alive: &[u32], tester: &Tester) -> Selection {
        let Some(needle) = self.needle(&term.test) else {
            return self.select_singly(term, alive, tester);
        };
        let mut found = Selection::of(vec![0; alive.len()]);
        let able = self.able(alive, &needle);
        let few = 1 + needle.len() / LETTERS_TO_GATHER;
        if let Test::Fuzzy(_) = &term.test {
            self.walk(&able, few, |columns, lines, place| {
                let matching = lines & needle.matching(columns);
                if matching != 0 {
                    let bounds = needle.bounds(columns);
                    found.take_all(place, matching, &bounds.scores, bounds.exact);
                }
            });
            return found;
        }
        self.walk(&able, few, |columns, lines, place| {
            let holding = lines & needle.containing(columns);
            found.take_all(place, holding, &[0; LANES], u32::MAX);
        });
        if is_settled_by_the_line(&term.test) {
            found
        } else {
            self.select_singly(term, &found.alive, tester)
        }
    }

    /// The pattern for the kernel, where the lines and the test are for it.
    fn needle<'a>(&self, test: &'a Test) -> Option<Needle<'a>> {
        let pattern = key_pattern(test).filter(|_| self.kind == Kind::Blocks)?;
        Needle::new(pattern)
    }

    /// Those of the `alive` lines that hold the letters of the pattern in any order.
    fn able(&self, alive: &[u32], needle: &Needle) -> Alive {
        if !needle.is_plain() {
            return vec![0; alive.len()];
        }
        let words = alive.iter().zip(self.range.clone());
        let able = words.map(|(word, block)| self.chunk.blocks.able(block, needle, *word));
        able.collect()
    }

    /// Hands the `alive` lines on side by side: whole blocks, but lines gathered from many where no
    /// more than `few` are alive. `on` is given the lines, a bit for each that is alive, and where
    /// each stands: in which word of [`Alive`], and in which lane of it.
    fn walk(&self, alive: &[u32], few: usize, mut on: impl FnMut(&[Column], u32, &Place)) {
        let mut apart = Vec::new();
        for (word, lines) in alive.iter().enumerate() {
            if lines.count_ones() as usize <= few {
                apart.extend(lanes(*lines).map(|lane| (word, lane)));
            } else {
                let columns = self.chunk.blocks.columns(self.range.start + word);
                on(columns, *lines, &Place::Block(word));
            }
        }
        for some in apart.chunks(LANES) {
            let places = some
                .iter()
                .map(|(word, lane)| (self.range.start + word, *lane));
            let columns = self.chunk.gathered(&places.collect::<Vec<_>>());
            on(&columns, first_lanes(some.len()), &Place::Apart(some));
        }
    }

    /// The scores of the `alive` lines, all of which satisfy `node`.
    pub(super) fn score(&self, node: &Node, alive: Alive, tester: &Tester) -> Selection {
        match node {
            Node::And(nodes) => {
                let mut sum = Selection::of(alive);
                for node in nodes {
                    let next = self.score(node, sum.alive.clone(), tester);
                    sum.add(&next);
                }
                sum
            }
            Node::Or(nodes) => best_of(nodes, &alive, |node, alive| {
                let selected = self.select(node, alive, tester);
                self.score(node, selected.alive, tester)
            }),
            Node::Not(_) => Selection::of(alive),
            Node::Term(term) => match (&term.test, self.needle(&term.test)) {
                (Test::Fuzzy(_), Some(needle)) => self.score_by_kernel(&alive, &needle),
                (Test::Fuzzy(_) | Test::Text(_), _) => self.select_singly(term, &alive, tester),
                _ => Selection::of(alive),
            },
        }
    }

    fn score_by_kernel(&self, alive: &[u32], needle: &Needle) -> Selection {
        let mut found = Selection::of(vec![0; alive.len()]);
        self.walk(alive, FEW_TO_SCORE, |columns, lines, place| {
            found.take_all(place, lines, &needle.scores(columns), u32::MAX);
        });
        found
    }

    fn select_singly(&self, term: &Term, alive: &[u32], tester: &Tester) -> Selection {
        let mut selection = Selection::of(vec![0; alive.len()]);
        for (block, lane, number) in self.lines(alive) {
            let Some((id, line)) = self.chunk.line(number) else {
                continue;
            };
            if let Some(score) = tester.score(&term.test, id, line) {
                selection.take((block, lane), score as i32, 1);
            }
        }
        selection
    }
}

/// What satisfies one of `nodes` by `select`, with the best of the scores.
fn best_of(nodes: &[Node], alive: &[u32], select: impl Fn(&Node, Alive) -> Selection) -> Selection {
    let mut best = Selection::of(vec![0; alive.len()]);
    for node in nodes {
        best.join(&select(node, alive.to_vec()));
    }
    best
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
