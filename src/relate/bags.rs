//! Counts, numbers and weighs the terms of all articles in a corpus. The terms take most of the
//! memory of a survey in progress, so every pass over them reads memory in order.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::passages::{LEAD_PARAGRAPHS, PHRASE, Term, name_pairs};
use super::ranks::Ranks;
use super::reading::Reading;
use super::tokens::{Gap, Token, pair};
use super::{Run, Step};

/// Maximum number of terms kept per article, among those that other articles have too. More would
/// cost memory and time, and blur the ranking with words that many articles share.
const MAX_TERMS: usize = 96;
/// Weight of two consecutive capitalised words. They are (part of) a name, and a name says more
/// about an article than a word of the same rarity.
const NAME_WEIGHT: f32 = 3.0;
/// Weight of a single capitalised word inside a sentence: often a name, sometimes only a title.
const CAPITAL_WEIGHT: f32 = 2.0;
/// Weight of two consecutive content words (`bertukar surat`). They are rarer than each word, but
/// the words already count.
const PHRASE_WEIGHT: f32 = 0.7;
/// Weight of the title and the first paragraphs. A report tells the event first (the inverted
/// pyramid); the background further down is shared with reports of other events.
const LEAD_WEIGHT: f32 = 3.0;

/// A term hash and its count, weighted by position and capitalisation.
type Counted = (u32, f32);

/// The weighted terms of an article, sorted by term.
pub(super) type Vector = Box<[(Term, f32)]>;

/// Number of articles in a batch: enough to read one part of their terms in one go.
const TOGETHER: usize = 512;

/// The terms of all articles of a corpus.
#[derive(Default)]
pub(super) struct Bags(Vec<Batch>);

impl Bags {
    /// Appends the bags of the next articles, in which terms are hashes.
    pub(super) fn add(&mut self, bags: &[&[Counted]]) {
        self.0.extend(bags.chunks(TOGETHER).map(Batch::of));
    }

    /// Numbers and weighs the terms. Returns, for each part, the hashes of the terms that occur in
    /// at least two articles, or `None` if cancelled.
    ///
    /// Replaces each hash in the bags by the number of the term within its part, and each count by
    /// the term's weight in the article. A word or name of only one article becomes [`LONE`]; a
    /// phrase of only one article also gets weight zero.
    pub(super) fn number(&mut self, run: &Run) -> Option<Vec<Vec<u32>>> {
        let articles = self.articles();
        let done = AtomicUsize::new(0);
        let known = self.parts().into_par_iter().map(|part| {
            if (run.is_cancelled)() {
                return None;
            }
            let known = number_part(part, articles as f32);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            (run.progress)(Step::Terms, articles * done / PARTS, articles);
            Some(known)
        });
        known.collect()
    }

    /// Returns the terms with the highest weights for each article, given the numbered terms.
    /// Returns `None` if cancelled.
    pub(super) fn into_vectors(self, known: &[Vec<u32>], run: &Run) -> Option<Vec<Vector>> {
        let ends = known.iter().scan(0, |end, part| {
            let first = *end;
            *end += part.len() as Term;
            Some(first)
        });
        let firsts: Vec<Term> = ends.collect();
        // Each batch is freed at once, so that its vectors can reuse the memory.
        let batches = self.0.into_par_iter();
        let vectors = batches
            .map(|batch| (!(run.is_cancelled)()).then(|| batch.vectors(&firsts)))
            .collect::<Option<Vec<_>>>()?;
        Some(vectors.into_iter().flatten().collect())
    }

    fn articles(&self) -> usize {
        self.0.iter().map(|batch| batch.articles).sum()
    }

    /// Returns the terms of each part, with one slice per batch.
    fn parts(&mut self) -> Vec<Vec<&mut [Counted]>> {
        let mut parts: Vec<Vec<_>> = (0..PARTS).map(|_| Vec::new()).collect();
        for batch in &mut self.0 {
            for (part, own) in parts.iter_mut().zip(batch.parts()) {
                part.push(own);
            }
        }
        parts
    }
}

/// The terms of some articles, grouped by part and, within a part, by article. A pass over all
/// terms of one part then reads memory in order.
struct Batch {
    terms: Vec<Counted>,
    /// Number of terms of each article, part by part.
    lengths: Vec<u32>,
    articles: usize,
}

impl Batch {
    fn of(bags: &[&[Counted]]) -> Self {
        let mut rest = bags.to_vec();
        let mut batch = Self {
            terms: Vec::with_capacity(bags.iter().map(|bag| bag.len()).sum()),
            lengths: Vec::with_capacity(bags.len() * PARTS),
            articles: bags.len(),
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

    fn parts(&mut self) -> impl Iterator<Item = &mut [Counted]> {
        let mut rest = &mut *self.terms;
        self.lengths.chunks(self.articles).map(move |lengths| {
            let length: u32 = lengths.iter().sum();
            let (own, behind) = std::mem::take(&mut rest).split_at_mut(length as usize);
            rest = behind;
            own
        })
    }

    /// Returns the terms with the highest weights for each article, once the terms are numbered
    /// within their parts. `firsts` are the first term numbers of the parts.
    fn vectors(mut self, firsts: &[Term]) -> Vec<Vector> {
        let lengths = std::mem::take(&mut self.lengths);
        let mut parts: Vec<(Term, &[Counted])> = {
            let terms = firsts.iter().copied();
            let starts = lengths.chunks(self.articles).scan(0, |start, lengths| {
                let from = *start;
                *start += lengths.iter().sum::<u32>() as usize;
                self.terms.get(from..*start)
            });
            terms.zip(starts).collect()
        };
        let mut bag = Vec::new();
        let vectors = (0..self.articles).map(|article| {
            bag.clear();
            for (part, (first, rest)) in parts.iter_mut().enumerate() {
                let length = lengths[part * self.articles + article] as usize;
                let (own, behind) = rest.split_at(length);
                *rest = behind;
                bag.extend(own.iter().map(|(term, weight)| match *term {
                    LONE => (LONE, *weight),
                    rank => (*first + rank, *weight),
                }));
            }
            vector(&bag)
        });
        vectors.collect()
    }
}

/// Returns the bag of one article: its terms as hashes, with weighted counts.
pub(super) fn bag(read: &Reading) -> Box<[Counted]> {
    // A word is a term by itself, and half of a phrase or a name with each neighbour.
    let mut terms = Vec::with_capacity(2 * read.words());
    let mut paragraphs = 0;
    for (kind, found) in read.passages() {
        paragraphs += usize::from(kind.is_body());
        let is_lead = !kind.is_body() || paragraphs <= LEAD_PARAGRAPHS;
        let place = if is_lead { LEAD_WEIGHT } else { 1.0 };
        terms.extend(terms_in(found).map(|(term, weight)| (term, weight * place)));
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

/// Number of leading hash bits by which terms are distributed before sorting: enough to leave few
/// terms of an article in each bucket.
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

/// Returns the terms of one passage: the stems of its content words, each pair of consecutive
/// content words, and each pair of consecutive capitalised words. Pairs and not whole runs, so that
/// `Presiden Rusia Vladimir Putin` and `Vladimir Putin` share a name.
fn terms_in(found: &[Token]) -> impl Iterator<Item = (u32, f32)> {
    let words = found.iter().filter(|token| !token.is_stop).map(|token| {
        let is_name = token.is_capital && token.gap != Gap::Opens;
        (
            token.stem & !PHRASE,
            if is_name { CAPITAL_WEIGHT } else { 1.0 },
        )
    });
    let names = name_pairs(found);
    let names = names.map(|(first, second)| (pair(first.word, second.word) & !PHRASE, NAME_WEIGHT));
    let phrases = found.windows(2).filter_map(|two| {
        let [first, second] = two else { return None };
        let follows = second.gap == Gap::Space && !first.is_stop && !second.is_stop;
        let phrase = (pair(first.stem, second.stem) | PHRASE, PHRASE_WEIGHT);
        (follows && !(first.is_capital && second.is_capital)).then_some(phrase)
    });
    words.chain(names).chain(phrases)
}

/// Number of leading hash bits that select a part. The terms of one part and their lookup table
/// then fit in a processor cache.
const PART_BITS: u32 = 5;
const PARTS: usize = 1 << PART_BITS;
/// Replaces the number of a term that only one article has.
const LONE: Term = Term::MAX;

/// Numbers and weighs the terms of one part, as [`Bags::number`] does. Returns the hashes of the
/// numbered terms.
fn number_part(part: Vec<&mut [Counted]>, articles: f32) -> Vec<u32> {
    let rarity_of = |count: usize| (1.0 + articles / count as f32).ln();
    let lone = rarity_of(1);
    let mut hashes = Vec::with_capacity(part.iter().map(|own| own.len()).sum());
    for own in &part {
        hashes.extend(own.iter().map(|(hash, _)| *hash));
    }
    hashes.sort_unstable();
    let several = hashes.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
    let several = several.map(|same| (same[0], rarity_of(same.len())));
    let (several, rarity): (Vec<u32>, Vec<f32>) = several.unzip();
    drop(hashes);
    let ranks = Ranks::of(several.iter().map(|hash| hash << PART_BITS).collect());
    for (term, weight) in part.into_iter().flatten() {
        let is_phrase = *term & PHRASE != 0;
        (*term, *weight) = match ranks.get(*term << PART_BITS) {
            Some(rank) => (rank, often(*weight) * rarity[rank as usize]),
            None if is_phrase => (LONE, 0.0),
            None => (LONE, often(*weight) * lone),
        };
    }
    several
}

/// Returns the weight of a term that occurs `count` times.
fn often(count: f32) -> f32 {
    if count <= 1.0 {
        return 1.0;
    }
    1.0 + count.ln().max(0.0)
}

/// Splits a bag after its leading terms, those of `part`.
fn cut(bag: &[Counted], part: u32) -> (&[Counted], &[Counted]) {
    let is_own = |(hash, _): &&Counted| hash >> (u32::BITS - PART_BITS) == part;
    let count = bag.iter().take_while(is_own).count();
    bag.split_at(count)
}

/// Returns the terms of an article with the highest weights, normalised. Terms that no other
/// article has count in the length, because they set the article apart, but are not kept.
fn vector(bag: &[(Term, f32)]) -> Vector {
    let (mut kept, mut lone) = (Vec::with_capacity(bag.len()), 0.0_f32);
    for (term, weight) in bag {
        if *term == LONE {
            lone += weight.powi(2);
        } else {
            kept.push((*term, *weight));
        }
    }
    let by_weight = |a: &(Term, f32), b: &(Term, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if kept.len() > MAX_TERMS {
        kept.select_nth_unstable_by(MAX_TERMS, by_weight);
        kept.truncate(MAX_TERMS);
    }
    kept.sort_unstable_by(by_weight);
    let length = (lone + kept.iter().map(|(_, w)| w * w).sum::<f32>()).sqrt();
    for (_, weight) in &mut kept {
        *weight /= length;
    }
    kept.sort_unstable_by_key(|(term, _)| *term);
    // A copy: to cut `kept` short would leave memory in pieces.
    kept.as_slice().into()
}
