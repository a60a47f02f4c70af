//! Quotations as bags of rare words, ready to be compared by the thousand.

use std::collections::HashMap;

use rayon::prelude::*;

use super::index::day_of;
use super::reading::Reading;
use super::tokens::{Gap, Token, pair};
use crate::model::{Article, ArticleId, QuoteId, QuoteKind};
use crate::text::ByteSpan;

/// Content words of a quotation that are compared: a speech printed whole has more, and is then
/// known by its beginning.
const MAX_WORDS: usize = 64;

/// One quotation, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    pub(super) quote: QuoteId,
    pub(super) day: Option<i32>,
    /// Its words.
    pub(super) own: Content,
    /// Its words and those of the sentence behind it, which may carry it on without a verb.
    pub(super) longer: Option<Content>,
}

/// Content words over one span.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) span: ByteSpan,
    /// In their order, by number.
    pub(super) stems: Box<[u32]>,
    /// Which of `stems` only carry on a name: a name of five words says no more than its rarest
    /// one. Until the stems are numbered, all but the first of a name.
    pub(super) is_tail: Box<[bool]>,
    /// `stems` by number, each once.
    pub(super) set: Box<[u32]>,
    /// Those of `set` that are tails, by number.
    pub(super) tails: Box<[u32]>,
    /// What all of `set` weighs without `tails`.
    pub(super) weight: f32,
}

/// The number of each stem, by hash.
type Numbers = HashMap<u32, u32, foldhash::fast::RandomState>;

/// All quotations of a corpus, by date.
pub(super) struct Sayings {
    pub(super) list: Vec<Saying>,
    /// How much each stem tells, by number: `ln(1 + quotations / quotations with it)`.
    pub(super) weights: Vec<f32>,
    /// In how many quotations each stem stands.
    pub(super) counts: Vec<u32>,
}

impl Sayings {
    pub(super) fn of(mut list: Vec<Saying>) -> Self {
        list.par_sort_unstable_by_key(|saying| (saying.day.is_none(), saying.day, saying.quote));
        let mut sayings = Self {
            list,
            weights: Vec::new(),
            counts: Vec::new(),
        };
        sayings.number();
        sayings
    }

    /// Numbers the stems and weighs them.
    fn number(&mut self) {
        let mut numbers = Numbers::default();
        for saying in &self.list {
            for stem in &saying.own.set {
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
        self.list.par_iter_mut().for_each(|saying| {
            saying.own.renumber(&numbers, &self.weights, lone);
            if let Some(longer) = &mut saying.longer {
                longer.renumber(&numbers, &self.weights, lone);
            }
        });
    }
}

impl Content {
    fn of(read: &Reading, span: ByteSpan) -> Self {
        let found = read.within(span);
        let text = &read.article.text;
        let carried = found.iter().enumerate().map(|(at, token)| {
            let before = at.checked_sub(1).and_then(|before| found.get(before));
            (
                token,
                before.is_some_and(|before| is_one_name(before, token)),
            )
        });
        let content = carried
            .filter(|(token, _)| !token.is_stop && !is_of_date(text, token))
            .take(MAX_WORDS);
        let (stems, is_tail): (Vec<u32>, Vec<bool>) = content
            .map(|(token, carries_on)| (token.stem, carries_on))
            .unzip();
        Self {
            span,
            set: distinct(stems.clone()),
            stems: stems.into(),
            is_tail: is_tail.into(),
            tails: Box::default(),
            weight: 0.0,
        }
    }

    /// Puts numbers in place of hashes. A stem that stands in no quotation proper (only in the
    /// sentence behind one) has no number; it weighs, but matches nothing.
    fn renumber(&mut self, numbers: &Numbers, weights: &[f32], lone: f32) {
        let number = |stem: &u32| numbers.get(stem).copied().unwrap_or(u32::MAX);
        let weigh = |stem: &u32| weights.get(*stem as usize).copied().unwrap_or(lone);
        let known = self.set.iter().map(number).filter(|stem| *stem != u32::MAX);
        let set = distinct(known.collect());
        let unknown = (self.set.len() - set.len()) as f32;
        self.set = set;
        self.stems = self.stems.iter().map(number).collect();
        self.keep_rarest_of_names(&weigh);
        let tails = self.stems.iter().zip(&self.is_tail);
        let tails = tails.filter(|(stem, is_tail)| **is_tail && **stem != u32::MAX);
        self.tails = distinct(tails.map(|(stem, _)| *stem).collect());
        let all: f32 = self.set.iter().map(weigh).sum();
        let carried: f32 = self.tails.iter().map(weigh).sum();
        self.weight = all - carried + unknown * lone;
    }

    /// Makes the rarest word of each name the one that counts.
    fn keep_rarest_of_names(&mut self, weigh: &impl Fn(&u32) -> f32) {
        let mut start = 0;
        while start < self.is_tail.len() {
            let behind = self.is_tail[start + 1..].iter();
            let end = start + 1 + behind.take_while(|is_tail| **is_tail).count();
            let rarest = (start..end).max_by(|a, b| {
                let (a, b) = (weigh(&self.stems[*a]), weigh(&self.stems[*b]));
                a.total_cmp(&b)
            });
            for at in start..end {
                self.is_tail[at] = Some(at) != rarest;
            }
            start = end;
        }
    }

    /// Hashes of each run of four content words: what makes a wording known.
    pub(super) fn shingles(&self) -> impl Iterator<Item = u32> {
        self.stems
            .windows(4)
            .filter_map(|four| four.iter().copied().reduce(pair))
    }
}

/// In rising order, each once.
fn distinct(mut stems: Vec<u32>) -> Box<[u32]> {
    stems.sort_unstable();
    stems.dedup();
    stems.into()
}

/// Whether the second of two words in a row carries on a name that the first one begins.
fn is_one_name(first: &Token, second: &Token) -> bool {
    let is_close = matches!(second.gap, Gap::Space | Gap::Hyphen);
    is_close && first.is_capital && second.is_capital && !first.is_stop
}

/// Whether a word is a number of a date that the reporter put in (`Kamis (19/6/2025)`): all reports
/// of one day have it.
fn is_of_date(text: &str, token: &Token) -> bool {
    let before = text.get(..token.span.start as usize);
    let behind = text.get(token.span.end as usize..);
    let is_beside = before.is_some_and(|before| before.ends_with(['(', '/']))
        || behind.is_some_and(|behind| behind.starts_with('/'));
    token.is_number && is_beside
}

/// The quotations of one article.
pub(super) fn sayings_in(id: ArticleId, read: &Reading) -> Vec<Saying> {
    let article = read.article;
    let day = day_of(article);
    let quotes = article.quotes.iter().zip(0..);
    // A fragment inside a reported clause is part of that clause's words.
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

/// A reported clause together with the next sentence of its paragraph, where that holds no other
/// quotation: reporters carry a thought on without another verb.
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
    // Sorted by start: the first that lies behind decides.
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
