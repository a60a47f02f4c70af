//! A stripe is a range of blocks of key lines that fits into the processor cache. Threads work on
//! stripes, and cancellation is checked before each.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::blocks::Blocks;
use super::evaluate::Tester;
use super::index::{Chunk, Index};
use super::kernel::{Column, LANES};
use super::needle::Needle;
use super::query::{Anchor, Node, Pattern, Term, Test};
use super::selection::{CandidateMask, Place, Selection, WordResult, first_lanes, lanes};
use super::subsumption::is_longer;
use crate::model::ArticleId;

/// Number of blocks in a stripe: 2,048 lines, which fit into the processor cache.
const BLOCKS_PER_STRIPE: usize = 64;
/// Number of lines in a stripe of lines that do not fit in blocks and are matched one by one.
const SLOW_LINES_PER_STRIPE: usize = 256;
/// Number of pattern letters for which scanning a block costs about as much as copying one line out
/// of it. With fewer candidate lines in a block, they are copied instead of scanning it all.
const LETTERS_TO_GATHER: usize = 3;
/// Number of lines whose copying costs about as much as scoring a whole block. With no more
/// candidates than this in a block, only they are copied and scored.
const FEW_TO_SCORE: usize = 16;

/// A range of the lines of one chunk of the index, small enough for the processor cache.
#[derive(Clone, Debug)]
pub(super) struct Stripe {
    chunk: Arc<Chunk>,
    lines: Lines,
    /// The range of the stripe in `lines`: of blocks, or of entries in the list of slow lines.
    range: Range<usize>,
}

/// The list of lines of which a stripe is a range.
#[derive(Clone, Debug)]
enum Lines {
    /// Lines in blocks, for the kernel.
    Blocks(Arc<Blocks>),
    /// Numbers of the lines that do not fit in blocks, 32 to a word of [`CandidateMask`].
    Slow(Arc<Vec<u32>>),
}

/// What a run of a query on one stripe needs and what it leaves for the next query.
pub(super) struct Run<'a> {
    pub(super) tester: &'a Tester<'a>,
    /// The results of the fuzzy words of the previous query on the same stripe.
    pub(super) before: &'a [WordResult],
    /// Receives the results of the fuzzy words of this query, if they are wanted.
    pub(super) now: Option<&'a mut Vec<WordResult>>,
}

/// Cuts all lines of an index into stripes.
pub(super) fn stripes(index: &Index) -> Vec<Stripe> {
    let mut stripes = Vec::new();
    for chunk in index.chunks() {
        let blocks = Lines::Blocks(Arc::clone(&chunk.blocks));
        cut(&mut stripes, chunk, &blocks);
        cut(&mut stripes, chunk, &Lines::Slow(Arc::clone(&chunk.slow)));
    }
    stripes
}

fn cut(stripes: &mut Vec<Stripe>, chunk: &Arc<Chunk>, lines: &Lines) {
    let (len, step) = match lines {
        Lines::Blocks(blocks) => (blocks.len(), BLOCKS_PER_STRIPE),
        Lines::Slow(numbers) => (numbers.len(), SLOW_LINES_PER_STRIPE),
    };
    stripes.extend((0..len).step_by(step).map(|start| Stripe {
        chunk: Arc::clone(chunk),
        lines: lines.clone(),
        range: start..(start + step).min(len),
    }));
}

/// Builds stripes that hold only the selected lines, or returns `None` if `cancel` is set. Takes
/// time for copying these lines into new blocks.
pub(super) fn narrowed(
    stripes: &[Stripe],
    selections: &[Selection],
    cancel: &AtomicBool,
) -> Option<Vec<Stripe>> {
    let stripes: Vec<_> = stripes.iter().zip(selections).collect();
    let chunks: Vec<_> = stripes
        .chunk_by(|(one, _), (other, _)| Arc::ptr_eq(&one.chunk, &other.chunk))
        .collect();
    let narrow = |stripes: &&[(&Stripe, &Selection)]| {
        let (first, _) = stripes.first()?;
        let (mut quick, mut slow) = (Vec::new(), Vec::new());
        for (stripe, selection) in *stripes {
            if cancel.load(Ordering::Relaxed) {
                return None;
            }
            let numbers = stripe
                .lines(&selection.candidates)
                .map(|(.., number)| number);
            match &stripe.lines {
                Lines::Blocks(_) => quick.extend(numbers),
                Lines::Slow(_) => slow.extend(numbers),
            }
        }
        let mut narrow = Vec::new();
        let quick = Arc::new(first.chunk.blocks_of(&quick));
        cut(&mut narrow, &first.chunk, &Lines::Blocks(quick));
        cut(&mut narrow, &first.chunk, &Lines::Slow(Arc::new(slow)));
        Some(narrow)
    };
    let narrow = chunks.par_iter().map(narrow).collect::<Option<Vec<_>>>()?;
    Some(narrow.concat())
}

impl Stripe {
    /// Returns the mask of all lines in the stripe.
    pub(super) fn all(&self) -> CandidateMask {
        match &self.lines {
            Lines::Blocks(blocks) => {
                let range = self.range.clone();
                range.map(|block| blocks.lanes(block)).collect()
            }
            Lines::Slow(_) => (0..self.range.len())
                .step_by(LANES)
                .map(|at| first_lanes(self.range.len() - at))
                .collect(),
        }
    }

    /// Returns the article of each of the `candidates`, with its score from `selection`. Does not
    /// read the lines, which are far apart in memory.
    pub(super) fn scored<'a>(
        &'a self,
        candidates: &'a [u32],
        selection: &'a Selection,
    ) -> impl Iterator<Item = (i32, ArticleId)> + 'a {
        self.lines(candidates).filter_map(|(block, lane, number)| {
            let score = selection.score(block, lane)?;
            Some((score, self.chunk.article(number)))
        })
    }

    fn lines<'a>(
        &'a self,
        candidates: &'a [u32],
    ) -> impl Iterator<Item = (usize, usize, u32)> + 'a {
        candidates
            .iter()
            .enumerate()
            .flat_map(move |(block, word)| {
                lanes(*word).map(move |lane| (block, lane, self.number(block, lane)))
            })
    }

    /// Returns the number in the chunk of the line that has this lane in the mask word with index
    /// `block`.
    fn number(&self, block: usize, lane: usize) -> u32 {
        match &self.lines {
            Lines::Blocks(blocks) => blocks.line(self.range.start + block, lane),
            Lines::Slow(numbers) => {
                let number = numbers.get(self.range.start + block * LANES + lane);
                number.copied().unwrap_or(0)
            }
        }
    }

    /// Returns the `candidates` that satisfy `node`, each with its score, as [`Self::score`]
    /// defines it, or with an upper bound. `And` adds scores, `Or` takes the best one, and a test
    /// without a score counts as 0.
    pub(super) fn select(
        &self,
        node: &Node,
        candidates: CandidateMask,
        run: &mut Run,
    ) -> Selection {
        match node {
            Node::And(nodes) => self.select_all(nodes, candidates, run),
            Node::Or(nodes) => best_of(nodes, &candidates, |node, candidates| {
                self.select(node, candidates, run)
            }),
            Node::Not(node) => {
                let out = self.select(node, candidates.clone(), run);
                let left = candidates
                    .iter()
                    .zip(&out.candidates)
                    .map(|(all, out)| all & !out);
                Selection::of(left.collect())
            }
            Node::Term(term) => self.select_term(term, &candidates, run),
        }
    }

    fn select_all(&self, nodes: &[Node], candidates: CandidateMask, run: &mut Run) -> Selection {
        let mut sum = Selection::of(candidates);
        let (cheap, dear): (Vec<_>, Vec<_>) = nodes.iter().partition(|node| is_cheap(node));
        for node in cheap.into_iter().chain(dear) {
            let next = self.select(node, std::mem::take(&mut sum.candidates), run);
            sum.add(&next);
            sum.candidates = next.candidates;
        }
        sum
    }

    fn select_term(&self, term: &Term, candidates: &[u32], run: &mut Run) -> Selection {
        let Some(needle) = self.needle(&term.test) else {
            return self.select_singly(term, candidates, run.tester);
        };
        if let Test::Fuzzy(_) = &term.test {
            let mut same = run.before.iter().filter(|known| known.test == term.test);
            let found = same.find_map(|known| known.of(candidates));
            let found = found.unwrap_or_else(|| {
                let shorter = run.before.iter();
                let mut shorter = shorter.filter(|known| is_longer(&term.test, &known.test));
                let left = shorter.find_map(|known| known.remaining_of(candidates));
                self.select_fuzzy(&needle, left.as_deref().unwrap_or(candidates))
            });
            if let Some(now) = &mut run.now {
                now.push(WordResult {
                    test: term.test.clone(),
                    tested: candidates.to_vec(),
                    found: found.clone(),
                });
            }
            return found;
        }
        let mut found = Selection::of(vec![0; candidates.len()]);
        self.scan(candidates, &needle, |columns, lines, place| {
            let holding = lines & needle.containing(columns);
            found.take_all(place, holding, &[0; LANES], u32::MAX);
        });
        if is_settled_by_the_line(&term.test) {
            found
        } else {
            self.select_singly(term, &found.candidates, run.tester)
        }
    }

    fn select_fuzzy(&self, needle: &Needle, candidates: &[u32]) -> Selection {
        let mut found = Selection::of(vec![0; candidates.len()]);
        self.scan(candidates, needle, |columns, lines, place| {
            let matching = lines & needle.matching(columns);
            if matching != 0 {
                let bounds = needle.bounds(columns);
                found.take_all(place, matching, &bounds.scores, bounds.exact);
            }
        });
        found
    }

    /// Returns the pattern of a test prepared for the kernel, or `None` if the lines or the test do
    /// not suit the kernel.
    fn needle<'a>(&self, test: &'a Test) -> Option<Needle<'a>> {
        self.blocks()?;
        Needle::new(key_pattern(test)?)
    }

    fn blocks(&self) -> Option<&Blocks> {
        match &self.lines {
            Lines::Blocks(blocks) => Some(blocks),
            Lines::Slow(_) => None,
        }
    }

    /// Returns those `candidates` that contain the letters of the pattern in any order.
    fn prefilter(&self, candidates: &[u32], needle: &Needle) -> CandidateMask {
        let Some(blocks) = self.blocks().filter(|_| needle.is_plain()) else {
            return vec![0; candidates.len()];
        };
        let words = candidates.iter().zip(self.range.clone());
        let prefilter = words.map(|(word, block)| blocks.prefilter(block, needle, *word));
        prefilter.collect()
    }

    /// Calls `on`, as [`Self::walk`] does, for the `candidates` that may contain the pattern.
    fn scan(&self, candidates: &[u32], needle: &Needle, on: impl FnMut(&[Column], u32, &Place)) {
        let few = 1 + needle.len() / LETTERS_TO_GATHER;
        self.walk(&self.prefilter(candidates, needle), few, on);
    }

    /// Calls `on` for groups of at most 32 `candidates`. A block is passed as a whole if it has
    /// more than `few` candidates; the remaining lines are gathered from many blocks. `on` receives
    /// the columns, a mask of the candidate lanes, and the position of each lane in
    /// [`CandidateMask`].
    fn walk(&self, candidates: &[u32], few: usize, mut on: impl FnMut(&[Column], u32, &Place)) {
        let Some(blocks) = self.blocks() else {
            return;
        };
        let mut apart = Vec::new();
        for (word, lines) in candidates.iter().enumerate() {
            if lines.count_ones() as usize <= few {
                apart.extend(lanes(*lines).map(|lane| (word, lane)));
            } else {
                let columns = blocks.columns(self.range.start + word);
                on(columns, *lines, &Place::Block(word));
            }
        }
        for some in apart.chunks(LANES) {
            let numbers = some.iter().map(|(word, lane)| self.number(*word, *lane));
            let columns = self.chunk.gathered(numbers);
            on(&columns, first_lanes(some.len()), &Place::Apart(some));
        }
    }

    /// Returns the scores of `candidates`, all of which must satisfy `node`.
    pub(super) fn score(
        &self,
        node: &Node,
        candidates: CandidateMask,
        tester: &Tester,
    ) -> Selection {
        match node {
            Node::And(nodes) => {
                let mut sum = Selection::of(candidates);
                for node in nodes {
                    let next = self.score(node, sum.candidates.clone(), tester);
                    sum.add(&next);
                }
                sum
            }
            Node::Or(nodes) => best_of(nodes, &candidates, |node, candidates| {
                let mut run = Run {
                    tester,
                    before: &[],
                    now: None,
                };
                let selected = self.select(node, candidates, &mut run);
                self.score(node, selected.candidates, tester)
            }),
            Node::Not(_) => Selection::of(candidates),
            Node::Term(term) => match (&term.test, self.needle(&term.test)) {
                (Test::Fuzzy(_), Some(needle)) => self.score_by_kernel(&candidates, &needle),
                (Test::Fuzzy(_) | Test::Text(_), _) => {
                    self.select_singly(term, &candidates, tester)
                }
                _ => Selection::of(candidates),
            },
        }
    }

    fn score_by_kernel(&self, candidates: &[u32], needle: &Needle) -> Selection {
        let mut found = Selection::of(vec![0; candidates.len()]);
        self.walk(candidates, FEW_TO_SCORE, |columns, lines, place| {
            found.take_all(place, lines, &needle.scores(columns), u32::MAX);
        });
        found
    }

    fn select_singly(&self, term: &Term, candidates: &[u32], tester: &Tester) -> Selection {
        let mut selection = Selection::of(vec![0; candidates.len()]);
        for (block, lane, number) in self.lines(candidates) {
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

/// Selects the lines that satisfy at least one of `nodes`, each with its best score.
fn best_of(
    nodes: &[Node],
    candidates: &[u32],
    mut select: impl FnMut(&Node, CandidateMask) -> Selection,
) -> Selection {
    let mut best = Selection::of(vec![0; candidates.len()]);
    for node in nodes {
        best.join(&select(node, candidates.to_vec()));
    }
    best
}

/// Returns the pattern of a test that looks only at the key line, or `None` for any other test.
fn key_pattern(test: &Test) -> Option<&Pattern> {
    match test {
        Test::Fuzzy(pattern)
        | Test::Exact(pattern, _)
        | Test::Title(pattern, _)
        | Test::Outlet(pattern, _) => Some(pattern),
        _ => None,
    }
}

/// Returns whether every line that contains the words of `test` satisfies it. This holds for words
/// without a space: they cannot span two parts of the line, because parts are joined by a space.
fn is_settled_by_the_line(test: &Test) -> bool {
    match test {
        Test::Exact(pattern, Anchor::Anywhere) => {
            pattern.cased().is_none() && !pattern.folded().contains(' ')
        }
        _ => false,
    }
}

/// Returns whether a node of a query can be tested on the key line alone, which is cheap.
fn is_cheap(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(is_cheap),
        Node::Not(node) => is_cheap(node),
        Node::Term(term) => key_pattern(&term.test).is_some(),
    }
}
