//! Quotations as bags of rare words, prepared for comparing thousands of them.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Run;
use super::passages::day_of;
use super::reading::Reading;
use super::tokens::{Gap, Token, pair};
use crate::model::{Article, ArticleId, QuoteId, QuoteKind};
use crate::text::ByteSpan;

/// Maximum number of content words of a quotation that are compared. Only a whole speech has more,
/// and its beginning identifies it.
const MAX_WORDS: usize = 64;

/// One quotation, prepared for comparison.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    pub(super) quote: QuoteId,
    pub(super) day: Option<i32>,
    /// The words of the quotation.
    pub(super) own: Content,
    /// The words of the quotation and of the next sentence, which may continue it without a verb.
    pub(super) longer: Option<Content>,
}

/// The content words of one span. Kept in a single allocation, because there are many of them.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) span: ByteSpan,
    /// The stems in text order, followed by the same stems sorted, each once. Holds numbers; before
    /// `renumber`, hashes.
    words: Box<[u32]>,
    /// Number of stems in text order at the start of `words`.
    len: u8,
    /// Number of sorted stems after those in `words`.
    distinct: u8,
    /// Bit set of the stems in text order that only continue a name: a name of five words says no
    /// more than its rarest word. Before `renumber`, all words of a name except the first.
    carrying: Bits,
    /// Bit set of the sorted stems that continue a name somewhere.
    tails: Bits,
    /// Sum of the weights of all distinct stems, without `tails`.
    pub(super) weight: f32,
}

/// A set of words of a content, which has at most [`MAX_WORDS`].
type Bits = u64;

/// Maps the hash of a stem to its number.
type Numbers = HashMap<u32, u32, foldhash::fast::RandomState>;

/// All quotations of a corpus, sorted by date.
pub(super) struct Sayings {
    pub(super) list: Vec<Saying>,
    /// Weight of each stem by number: `ln(1 + quotations / quotations with it)`.
    pub(super) weights: Vec<f32>,
    /// Number of quotations that contain each stem.
    pub(super) counts: Vec<u32>,
}

impl Sayings {
    /// Collects the quotations of all articles and numbers their stems. `read` holds the quotations
    /// of each article, `by_date` all articles by date. Returns `None` if cancelled.
    pub(super) fn of(mut read: Vec<Vec<Saying>>, by_date: &[ArticleId], run: &Run) -> Option<Self> {
        let mut list = Vec::with_capacity(read.iter().map(Vec::len).sum());
        for article in by_date {
            list.extend(
                read.get_mut(article.0 as usize)
                    .into_iter()
                    .flat_map(std::mem::take),
            );
        }
        let mut sayings = Self {
            list,
            weights: Vec::new(),
            counts: Vec::new(),
        };
        sayings.number(run)?;
        Some(sayings)
    }

    /// Numbers and weighs the stems. Returns `None` if cancelled.
    fn number(&mut self, run: &Run) -> Option<()> {
        let mut numbers = Numbers::default();
        for saying in &self.list {
            if (run.is_cancelled)() {
                return None;
            }
            for stem in saying.own.set() {
                let next = numbers.len() as u32;
                let number = *numbers.entry(*stem).or_insert(next);
                if number == next {
                    self.counts.push(0);
                }
                self.counts[number as usize] += 1;
            }
        }
        let total = self.list.len() as f32;
        let counts = self.counts.iter();
        self.weights = counts
            .map(|count| (1.0 + total / *count as f32).ln())
            .collect();
        let lone = (1.0 + total).ln();
        self.list.par_iter_mut().try_for_each(|saying| {
            if (run.is_cancelled)() {
                return None;
            }
            saying.own.renumber(&numbers, &self.weights, lone);
            if let Some(longer) = &mut saying.longer {
                longer.renumber(&numbers, &self.weights, lone);
            }
            Some(())
        })
    }
}

impl Content {
    fn of(read: &Reading, span: ByteSpan) -> Self {
        let found = read.within(span);
        let text = &read.article.text;
        let content = found.iter().enumerate();
        let content = content.filter(|(_, token)| !token.is_stop && !is_of_date(text, token));
        let (mut words, mut carrying) = (Vec::with_capacity(2 * MAX_WORDS), 0);
        for (at, token) in content.take(MAX_WORDS) {
            let before = at.checked_sub(1).and_then(|before| found.get(before));
            let is_carrying = before.is_some_and(|before| is_one_name(before, token));
            carrying |= Bits::from(is_carrying) << words.len();
            words.push(token.stem);
        }
        let len = words.len();
        let mut sorted = [0; MAX_WORDS];
        let sorted = &mut sorted[..len];
        sorted.copy_from_slice(&words);
        sorted.sort_unstable();
        words.extend(sorted.chunk_by(|a, b| a == b).map(|same| same[0]));
        Self {
            span,
            len: len as u8,
            distinct: (words.len() - len) as u8,
            words: words.as_slice().into(),
            carrying,
            tails: 0,
            weight: 0.0,
        }
    }

    /// Returns the stems in text order. A stem without a number is `u32::MAX`.
    pub(super) fn stems(&self) -> &[u32] {
        &self.words[..usize::from(self.len)]
    }

    /// Returns the stems sorted, each once, without those that have no number.
    pub(super) fn set(&self) -> &[u32] {
        &self.words[usize::from(self.len)..][..usize::from(self.distinct)]
    }

    /// Returns the stems in text order, each with whether it only continues a name.
    pub(super) fn carried(
        &self,
    ) -> impl DoubleEndedIterator<Item = (u32, bool)> + ExactSizeIterator {
        let stems = self.stems().iter().enumerate();
        stems.map(|(at, stem)| (*stem, has(self.carrying, at)))
    }

    /// Replaces hashes by numbers. A stem that occurs in no quotation itself (only in the sentence
    /// after one) has no number: it has a weight but matches nothing.
    fn renumber(&mut self, numbers: &Numbers, weights: &[f32], lone: f32) {
        let weigh = |stem: &u32| weights.get(*stem as usize).copied().unwrap_or(lone);
        let (stems, set) = self.words.split_at_mut(usize::from(self.len));
        let mut numbered = [u32::MAX; MAX_WORDS];
        for (number, hash) in numbered.iter_mut().zip(&*set) {
            *number = numbers.get(hash).copied().unwrap_or(u32::MAX);
        }
        for stem in stems {
            let at = set.binary_search(stem).ok();
            *stem = at
                .and_then(|at| numbered.get(at).copied())
                .unwrap_or(u32::MAX);
        }
        let all = set.len();
        set.copy_from_slice(&numbered[..all]);
        set.sort_unstable();
        let known = set.partition_point(|stem| *stem != u32::MAX);
        self.distinct = known as u8;
        self.keep_rarest_of_names(&weigh);
        let tails = self.carried().filter(|(_, is_tail)| *is_tail);
        let tails = tails.filter_map(|(stem, _)| self.set().binary_search(&stem).ok());
        self.tails = tails.fold(0, |tails, at| tails | 1 << at);
        let set = self.set().iter().enumerate();
        let weight: f32 = set.clone().map(|(_, stem)| weigh(stem)).sum();
        let tails = set.filter(|(at, _)| has(self.tails, *at));
        let carried: f32 = tails.map(|(_, stem)| weigh(stem)).sum();
        self.weight = weight - carried + (all - known) as f32 * lone;
    }

    /// Makes the rarest word of each name the one that counts.
    fn keep_rarest_of_names(&mut self, weigh: &impl Fn(&u32) -> f32) {
        let (len, mut start) = (self.stems().len(), 0);
        while start < len {
            let behind = (start + 1..len).take_while(|at| has(self.carrying, *at));
            let end = start + 1 + behind.count();
            let stems = self.stems();
            let rarest = (start..end).max_by(|a, b| {
                let (a, b) = (weigh(&stems[*a]), weigh(&stems[*b]));
                a.total_cmp(&b)
            });
            for at in start..end {
                let bit = 1 << at;
                if Some(at) == rarest {
                    self.carrying &= !bit;
                } else {
                    self.carrying |= bit;
                }
            }
            start = end;
        }
    }

    /// Returns the hashes of all runs of four content words, by which a wording is recognised.
    pub(super) fn shingles(&self) -> impl Iterator<Item = u32> {
        let runs = self.stems().windows(4);
        runs.filter_map(|four| four.iter().copied().reduce(pair))
    }

    /// Returns the stems that both contents have, sorted, each with whether it continues a name in
    /// both.
    pub(super) fn common(&self, other: &Self) -> Common {
        let (mut at, mut common) = (0, Common::default());
        let set = other.set();
        for (own, stem) in self.set().iter().enumerate() {
            while set.get(at).is_some_and(|other| other < stem) {
                at += 1;
            }
            if set.get(at) == Some(stem) {
                common.add(*stem, has(self.tails, own) && has(other.tails, at));
            }
        }
        common
    }
}

/// The stems that two contents share.
pub(super) struct Common {
    stems: [u32; MAX_WORDS],
    len: usize,
    carried: Bits,
}

impl Default for Common {
    fn default() -> Self {
        Self {
            stems: [0; MAX_WORDS],
            len: 0,
            carried: 0,
        }
    }
}

impl Common {
    fn add(&mut self, stem: u32, is_carried: bool) {
        if let Some(place) = self.stems.get_mut(self.len) {
            *place = stem;
            self.carried |= Bits::from(is_carried) << self.len;
            self.len += 1;
        }
    }

    /// Returns the number of shared stems.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Removes the stems that continue a name in both contents.
    pub(super) fn drop_carried(&mut self) {
        let mut kept = Self::default();
        for at in (0..self.len).filter(|at| !has(self.carried, *at)) {
            kept.add(self.stems[at], false);
        }
        *self = kept;
    }

    /// Returns the shared stems, sorted.
    pub(super) fn stems(&self) -> &[u32] {
        &self.stems[..self.len]
    }
}

fn has(bits: Bits, at: usize) -> bool {
    bits >> at & 1 == 1
}

/// Returns whether the second of two consecutive words continues a name.
fn is_one_name(first: &Token, second: &Token) -> bool {
    let is_close = matches!(second.gap, Gap::Space | Gap::Hyphen);
    is_close && first.is_capital && second.is_capital && !first.is_stop
}

/// Returns whether a word is a number of a date that the reporter inserted (`Kamis (19/6/2025)`).
/// All reports of one day contain it.
fn is_of_date(text: &str, token: &Token) -> bool {
    let before = || text.get(..token.span.start as usize);
    let behind = || text.get(token.span.end as usize..);
    token.is_number
        && (before().is_some_and(|before| before.ends_with(['(', '/']))
            || behind().is_some_and(|behind| behind.starts_with('/')))
}

/// Returns the quotations of one article, without fragments.
pub(super) fn sayings_in(id: ArticleId, read: &Reading) -> Vec<Saying> {
    let article = read.article;
    let day = day_of(article);
    let quotes = article.quotes.iter().zip(0..);
    // A fragment inside a reported clause is part of the words of that clause.
    let told = quotes.filter(|(quote, _)| quote.kind != QuoteKind::Fragment);
    told.map(|(quote, index)| {
        let longer = carried_on(article, index as usize);
        Saying {
            quote: QuoteId { article: id, index },
            day,
            own: Content::of(read, quote.span),
            longer: longer.map(|span| Content::of(read, span)),
        }
    })
    .collect()
}

/// Returns the span of a reported clause with the next sentence of its paragraph, if that sentence
/// contains no other quotation. Reporters often continue a thought without another verb.
fn carried_on(article: &Article, index: usize) -> Option<ByteSpan> {
    let quote = article.quotes.get(index)?;
    if !matches!(quote.kind, QuoteKind::Indirect | QuoteKind::Mixed) {
        return None;
    }
    let rest = article.text.get(quote.span.end as usize..)?;
    let line = rest.split('\n').next()?;
    let behind = line.strip_prefix(". ")?;
    let end = behind
        .match_indices(['.', '!', '?'])
        .map(|(at, _)| at)
        .find(|at| {
            behind[at + 1..]
                .chars()
                .next()
                .is_none_or(char::is_whitespace)
        })?;
    let sentence = &behind[..end];
    if sentence.contains(['"', '“', '”']) {
        return None;
    }
    let start = quote.span.end as usize + 2;
    let span = ByteSpan::new(start, start + end);
    let after = article.quotes.get(index + 1..).unwrap_or(&[]);
    // Quotations are sorted by start, so the first one after this clause decides.
    let next = after
        .iter()
        .find(|other| other.span.start >= quote.span.end);
    let is_free = next.is_none_or(|next| {
        let starts = [Some(next.span), next.cue, next.mention];
        starts
            .into_iter()
            .flatten()
            .all(|other| !other.overlaps(span))
    });
    is_free.then(|| quote.span.join(span))
}
