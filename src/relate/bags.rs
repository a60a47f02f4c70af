//! Counts, numbers and weighs the terms of all articles in a corpus. The terms take most of the
//! memory of a survey in progress, so every pass over them reads memory in order.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::counts::{Window, WindowKey, Windows, counted};
use super::ranks::Ranks;
use super::reading::Reading;
use super::tokens::{Gap, Token};
use super::{Run, Step};
use crate::model::BlockKind;

/// A term of the index.
pub(crate) type Term = u32;

/// Set in the hash of a name, which is a term beside its word.
pub(super) const NAME: u32 = 1 << 31;

/// Terms that are kept of an article, of those that others have, too: more cost memory and time
/// and blur the ranking with words that many articles share.
const MAX_TERMS: usize = 160;
/// What a number weighs beside a word: the same figure stands in reports of anything.
const NUMBER_WEIGHT: f32 = 0.5;
/// A report tells the event first (the inverted pyramid) and its background further down, which
/// reports of other events share. So its title and its first words weigh more.
const LEAD_WEIGHT: f32 = 2.0;
/// Words of the lead.
const LEAD_WORDS: usize = 120;

/// A term hash and its count, weighted by position and capitalisation.
type Counted = (u32, f32);

/// The weighted terms of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Vector {
    /// The weightiest, by term. The squares of the weights of all its terms sum to one.
    pub(super) terms: Box<[(Term, f32)]>,
    /// What the squares of its words sum to, names left out.
    pub(super) words: f32,
}

/// Number of articles in a batch: enough to read one part of their terms in one go.
const TOGETHER: usize = 512;

/// The terms of all articles of a corpus.
#[derive(Default)]
pub(super) struct Bags {
    batches: Vec<Batch>,
    windows: Windows,
}

impl Bags {
    /// Adds those of the next articles, by hash, each with its window.
    pub(super) fn add(&mut self, bags: &[(&[Counted], WindowKey)]) {
        for some in bags.chunks(TOGETHER) {
            let windows = some.iter().map(|(_, key)| self.windows.add(*key, 1));
            let windows = windows.collect();
            self.batches.push(Batch::of(some, windows));
        }
    }

    /// Returns the terms that occur in two articles or more, by hash, of each part; `None` once
    /// cancelled. In each bag it puts the terms, numbered within their part, and what they weigh in
    /// its article in place of the hashes and how often they occur. Terms of one article alone are
    /// [`LONE`] there.
    pub(super) fn number(&mut self, run: &Run) -> Option<Vec<Vec<u32>>> {
        let articles: usize = self.batches.iter().map(|batch| batch.windows.len()).sum();
        let done = AtomicUsize::new(0);
        let windows = &self.windows;
        let parts = parts(&mut self.batches).into_par_iter();
        let known = parts.map(|part| {
            if (run.is_cancelled)() {
                return None;
            }
            let known = number_part(part, windows);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            (run.progress)(Step::Terms, articles * done / PARTS, articles);
            Some(known)
        });
        known.collect()
    }

    /// Returns the weightiest terms of each article, by all that are numbered; `None` once cancelled.
    pub(super) fn into_vectors(self, known: &[Vec<u32>], run: &Run) -> Option<Vec<Vector>> {
        let ends = known.iter().scan(0, |end, part| {
            let first = *end;
            *end += part.len() as Term;
            Some(first)
        });
        let firsts: Vec<Term> = ends.collect();
        // Each batch is let go of at once, so that the vectors take its place in memory.
        let batches = self.batches.into_par_iter();
        let vectors = batches
            .map(|batch| (!(run.is_cancelled)()).then(|| batch.vectors(&firsts)))
            .collect::<Option<Vec<_>>>()?;
        Some(vectors.into_iter().flatten().collect())
    }
}

/// The number of the first name: the terms of the parts that hold names follow those of words.
pub(super) fn first_name(known: &[Vec<u32>]) -> Term {
    let words = known.iter().take(PARTS / 2);
    words.map(|part| part.len() as Term).sum()
}

/// Returns the terms of each part, a piece for each batch.
fn parts(batches: &mut [Batch]) -> Vec<Vec<Piece<'_>>> {
    let mut parts: Vec<Vec<_>> = (0..PARTS).map(|_| Vec::new()).collect();
    for batch in batches {
        for (part, own) in parts.iter_mut().zip(batch.parts()) {
            part.push(own);
        }
    }
    parts
}

/// The terms of some articles, grouped by part and, within a part, by article. A pass over all
/// terms of one part then reads memory in order.
struct Batch {
    terms: Vec<Counted>,
    /// Number of terms of each article, part by part.
    lengths: Vec<u32>,
    /// By article.
    windows: Vec<Window>,
}

/// The terms of one part in one batch.
struct Piece<'a> {
    terms: &'a mut [Counted],
    /// How many of them are of each article.
    lengths: &'a [u32],
    /// By article.
    windows: &'a [Window],
}

impl Piece<'_> {
    /// The terms, each with the window of its article.
    fn in_windows(&self) -> impl Iterator<Item = (u32, Window)> {
        let windows = self.windows.iter().zip(self.lengths);
        let windows = windows.flat_map(|(window, length)| (0..*length).map(move |_| *window));
        let hashes = self.terms.iter().map(|(hash, _)| *hash);
        hashes.zip(windows)
    }

    /// The terms, to be changed, each with the window of its article.
    fn in_windows_mut(&mut self) -> impl Iterator<Item = (&mut Counted, Window)> {
        let windows = self.windows.iter().zip(self.lengths);
        let windows = windows.flat_map(|(window, length)| (0..*length).map(move |_| *window));
        self.terms.iter_mut().zip(windows)
    }
}

impl Batch {
    fn of(bags: &[(&[Counted], WindowKey)], windows: Vec<Window>) -> Self {
        let mut rest: Vec<&[Counted]> = bags.iter().map(|(bag, _)| *bag).collect();
        let mut batch = Self {
            terms: Vec::with_capacity(rest.iter().map(|bag| bag.len()).sum()),
            lengths: Vec::with_capacity(rest.len() * PARTS),
            windows,
        };
        for part in 0..PARTS as u32 {
            for bag in &mut rest {
                let (own, behind) = cut(bag, part);
                batch.terms.extend_from_slice(own);
                batch.lengths.push(own.len() as u32);
                *bag = behind;
            }
        }
        batch
    }

    fn parts(&mut self) -> impl Iterator<Item = Piece<'_>> {
        let mut rest = &mut *self.terms;
        let windows = &*self.windows;
        self.lengths
            .chunks(windows.len().max(1))
            .map(move |lengths| {
                let length: u32 = lengths.iter().sum();
                let (terms, behind) = std::mem::take(&mut rest).split_at_mut(length as usize);
                rest = behind;
                Piece {
                    terms,
                    lengths,
                    windows,
                }
            })
    }

    /// Returns the weightiest terms of each article, once they are numbered part by part; `firsts`
    /// are the numbers with which the parts begin.
    fn vectors(mut self, firsts: &[Term]) -> Vec<Vector> {
        let lengths = std::mem::take(&mut self.lengths);
        let articles = self.windows.len();
        let mut parts: Vec<(Term, &[Counted])> = {
            let terms = firsts.iter().copied();
            let starts = lengths.chunks(articles.max(1)).scan(0, |start, lengths| {
                let from = *start;
                *start += lengths.iter().sum::<u32>() as usize;
                self.terms.get(from..*start)
            });
            terms.zip(starts).collect()
        };
        let mut bag = Vec::new();
        let vectors = (0..articles).map(|article| {
            bag.clear();
            let mut words = 0;
            for (part, (first, rest)) in parts.iter_mut().enumerate() {
                if part == PARTS / 2 {
                    words = bag.len();
                }
                let length = lengths[part * articles + article] as usize;
                let (own, behind) = rest.split_at(length);
                *rest = behind;
                bag.extend(own.iter().map(|(term, weight)| match *term {
                    LONE => (LONE, *weight),
                    rank => (*first + rank, *weight),
                }));
            }
            vector(&bag, words)
        });
        vectors.collect()
    }
}

/// The bag of one article: its terms, by hash. Its words are terms by their roots; what stands inside
/// a sentence with a capital is a name as well, to the letter, so that names weigh more than words of
/// their rarity.
pub(super) fn bag(read: &Reading) -> Box<[Counted]> {
    let mut terms = Vec::with_capacity(2 * read.words());
    let mut before = 0;
    for (kind, found) in read.passages() {
        for token in found {
            before += 1;
            let is_lead = !kind.is_body() || before <= LEAD_WORDS;
            let place = if is_lead { LEAD_WEIGHT } else { 1.0 };
            terms.extend(terms_of(token, kind).map(|(term, weight)| (term, weight * place)));
        }
    }
    let mut bag = by_hash(&terms);
    bag.dedup_by(|(other, weight), (term, sum)| {
        let is_same = other == term;
        if is_same {
            *sum += *weight;
        }
        is_same
    });
    bag.as_slice().into()
}

/// The terms that a word is: none where it carries only grammar.
fn terms_of(token: &Token, kind: BlockKind) -> impl Iterator<Item = Counted> {
    let word = word_of(token).map(|word| {
        let weight = if token.is_number { NUMBER_WEIGHT } else { 1.0 };
        (word, weight)
    });
    let is_name = is_name(token, kind);
    let name = word
        .filter(|_| is_name)
        .map(|(_, weight)| (token.word | NAME, weight));
    word.into_iter().chain(name)
}

/// The hash of the term that a word is; `None` where it carries only grammar.
pub(super) fn word_of(token: &Token) -> Option<u32> {
    (!token.is_stop).then_some(token.root & !NAME)
}

/// Whether a word is (part of) a name by how it is written; a title capitalises what it likes.
fn is_name(token: &Token, kind: BlockKind) -> bool {
    token.is_capital && token.gap != Gap::Opens && !token.is_number && kind != BlockKind::Title
}

/// Leading bits of a hash by which terms are parted before they are sorted: so many of them that
/// few terms of an article are left together.
const SORT_BITS: u32 = 10;

/// Sorts terms by hash. Terms with equal hashes keep their order.
fn by_hash(terms: &[Counted]) -> Vec<Counted> {
    let place = |hash: u32| (hash >> (u32::BITS - SORT_BITS)) as usize;
    let mut next = [0_usize; 1 << SORT_BITS];
    for (hash, _) in terms {
        next[place(*hash)] += 1;
    }
    let mut start = 0;
    for next in &mut next {
        start += std::mem::replace(next, start);
    }
    let mut sorted = vec![(0, 0.0); terms.len()];
    for term in terms {
        let next = &mut next[place(term.0)];
        sorted[*next] = *term;
        *next += 1;
    }
    // The next free position of a bucket is now the end of the bucket.
    let mut rest = &mut *sorted;
    let mut start = 0;
    for end in next {
        let (alike, behind) = rest.split_at_mut(end - start);
        alike.sort_by_key(|(hash, _)| *hash);
        (rest, start) = (behind, end);
    }
    sorted
}

/// Leading bits of a hash that tell its part: the terms of one part and where to find them are then
/// few enough to stay in a processor's own memory. The first of them tells names from words.
const PART_BITS: u32 = 5;
const PARTS: usize = 1 << PART_BITS;
/// Replaces the number of a term that only one article has.
const LONE: Term = Term::MAX;

/// Numbers the terms of one part and weighs them, as [`Bags::number`] does; returns those that it
/// numbers.
fn number_part(mut part: Vec<Piece>, windows: &Windows) -> Vec<u32> {
    let mut keys = Vec::with_capacity(part.iter().map(|own| own.terms.len()).sum());
    for own in &part {
        let held = own.in_windows();
        keys.extend(held.map(|(hash, window)| u64::from(hash) << u32::BITS | u64::from(window)));
    }
    keys.sort_unstable();
    let counts = counted(&keys);
    drop(keys);
    let hash = |key: u64| (key >> u32::BITS) as u32;
    let same = counts.chunk_by(|(a, _), (b, _)| hash(*a) == hash(*b));
    let (mut several, mut starts, mut rarities) = (Vec::new(), vec![0_usize], Vec::new());
    let mut held = Vec::new();
    for same in same {
        let [(key, count), others @ ..] = same else {
            continue;
        };
        if others.is_empty() && *count == 1 {
            continue;
        }
        held.clear();
        held.extend(same.iter().map(|(key, count)| (*key as Window, *count)));
        several.push(hash(*key));
        rarities.extend(windows.rarities(&held));
        starts.push(rarities.len());
    }
    drop(counts);
    let ranks = Ranks::of(several.iter().map(|hash| hash << PART_BITS).collect());
    let rarity = |rank: u32, window: Window| {
        let bound = |rank: u32| starts.get(rank as usize).copied().unwrap_or(0);
        let held = rarities.get(bound(rank)..bound(rank + 1)).unwrap_or(&[]);
        let at = held.partition_point(|(other, _)| *other < window);
        held.get(at).map_or(0.0, |(_, rarity)| *rarity)
    };
    for own in &mut part {
        for ((term, weight), window) in own.in_windows_mut() {
            let (rank, rarity) = match ranks.get(*term << PART_BITS) {
                Some(rank) => (rank, rarity(rank, window)),
                None => (LONE, windows.lone(window)),
            };
            (*term, *weight) = (rank, often(*weight) * rarity);
        }
    }
    several
}

/// Returns the weight of a term that occurs `count` times.
fn often(count: f32) -> f32 {
    if count <= 1.0 {
        return count;
    }
    1.0 + count.ln()
}

/// Splits a bag after its leading terms, those of `part`.
fn cut(bag: &[Counted], part: u32) -> (&[Counted], &[Counted]) {
    let is_own = |(hash, _): &&Counted| hash >> (u32::BITS - PART_BITS) == part;
    let count = bag.iter().take_while(is_own).count();
    bag.split_at(count)
}

/// An article's weightiest terms; the first `words` of its bag are words, the others names. What no
/// other article has counts in the length, since it is what sets the article apart, but is not kept.
fn vector(bag: &[(Term, f32)], words: usize) -> Vector {
    let squares = |terms: &[(Term, f32)]| terms.iter().map(|(_, w)| w * w).sum::<f32>();
    let (of_words, of_names) = bag.split_at(words.min(bag.len()));
    let (of_words, of_names) = (squares(of_words), squares(of_names));
    let all = (of_words + of_names).max(f32::MIN_POSITIVE);
    let mut kept: Vec<(Term, f32)> = bag
        .iter()
        .filter(|(term, _)| *term != LONE)
        .copied()
        .collect();
    let by_weight = |a: &(Term, f32), b: &(Term, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if kept.len() > MAX_TERMS {
        kept.select_nth_unstable_by(MAX_TERMS, by_weight);
        kept.truncate(MAX_TERMS);
    }
    let length = all.sqrt();
    for (_, weight) in &mut kept {
        *weight /= length;
    }
    kept.sort_unstable_by_key(|(term, _)| *term);
    Vector {
        // A copy: to cut `kept` short would leave memory in pieces.
        terms: kept.as_slice().into(),
        words: of_words / all,
    }
}
