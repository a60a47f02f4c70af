//! Quotations as statements, ready to be compared by the thousand: their content words in order, each
//! with how much it tells, and which of them are negated, numbers, names or open a sentence.

use std::collections::HashMap;

use rayon::prelude::*;

use super::counts::{Window, WindowKey, Windows, counted};
use super::passages::day_of;
use super::reading::Reading;
use super::tokens::{Gap, Token, hash, pair_of_keys};
use super::{Run, Step, Stories, StoryId};
use crate::language::{Lang, Packs, Roles};
use crate::model::{Article, ArticleId, QuoteId, QuoteKind};
use crate::text::{ByteSpan, fold};

/// Content words of a quotation that are compared: a speech printed whole has more, and is then
/// known by its beginning.
const MAX_WORDS: usize = 64;
/// Quotations that a story is taken to hold beyond its own, before its own words count as common.
const STORY_PRIOR: f32 = 8.0;
/// Steps of a weight within one unit of information, so that it is kept in one byte.
const STEPS: f32 = 16.0;
/// What a word weighs that only carries on a name: a name of five words says little more than one.
const TAIL: f32 = 0.5;

/// Content words of a reported clause that says so little that the next sentence may carry it on.
const BARE: usize = 5;

/// Which of the words of a quotation, of which there are [`MAX_WORDS`] at most.
pub(super) type Bits = u64;

/// One quotation, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct QuoteFeatures {
    pub(super) quote: QuoteId,
    pub(super) kind: QuoteKind,
    pub(super) span: ByteSpan,
    pub(super) day: Option<i32>,
    window: WindowKey,
    pub(super) story: Option<StoryId>,
    /// The stems of its content words in rising order, each once.
    stems: Box<[u32]>,
    /// The place in `stems` of each content word, in the order of the text; then what each stem
    /// tells in its window, then, in a story, what it tells there.
    bytes: Box<[u8]>,
    /// How many content words there are.
    words: u8,
    /// By place in the text.
    pub(super) flags: Flags,
}

/// What is known of single words, by their place in the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    /// Those with a negation before them.
    pub(super) negated: Bits,
    /// Numbers.
    pub(super) numbers: Bits,
    /// Those written like a name.
    pub(super) names: Bits,
    /// Those that carry on a name.
    tails: Bits,
    /// Those that open a sentence, the first aside.
    opens: Bits,
}

/// The words of each language that negate what follows them, by hash.
pub(super) struct Negations(HashMap<Lang, Vec<u32>>);

impl Negations {
    pub(super) fn of(packs: &Packs) -> Self {
        let of_one = |pack: &crate::language::Pack| {
            let entries = pack.speech.entries.iter();
            let negating = entries.filter(|(_, roles)| roles.any(Roles::NEGATION));
            let words = negating.map(|(form, _)| hash(fold(form).replace('\'', "").as_bytes()));
            (pack.lang, words.collect())
        };
        Self(packs.iter().map(of_one).collect())
    }

    fn of_language(&self, lang: Option<Lang>) -> &[u32] {
        lang.and_then(|lang| self.0.get(&lang))
            .map_or(&[], |words| words)
    }
}

/// Returns the quotations of one article; one that says little twice, the second time with the
/// sentence behind it.
pub(super) fn quotes_in(
    id: ArticleId,
    read: &Reading,
    negations: &Negations,
) -> Vec<QuoteFeatures> {
    let article = read.article;
    let day = day_of(article);
    let window = WindowKey::of(article.language, day);
    let negations = negations.of_language(article.language);
    let quotes = article.quotes.iter().zip(0..);
    // A fragment inside a reported clause is part of that clause's words.
    let told = quotes.filter(|(quote, _)| quote.kind != QuoteKind::Fragment);
    let told = told.flat_map(|(quote, index)| {
        let features = |span: ByteSpan| {
            let words = Words::of(&read.within(span), &article.text, negations);
            let (stems, places) = words.sorted();
            QuoteFeatures {
                quote: QuoteId { article: id, index },
                kind: quote.kind,
                span,
                day,
                window,
                story: None,
                stems,
                words: places.len() as u8,
                bytes: places,
                flags: words.flags,
            }
        };
        let own = features(quote.span);
        let is_bare = own.stems.len() <= BARE;
        let longer = is_bare
            .then(|| carried_on(article, index as usize))
            .flatten();
        [Some(own), longer.map(features)].into_iter().flatten()
    });
    told.collect()
}

/// A reported clause together with the next sentence of its paragraph, where that holds no other
/// quotation: reporters carry a thought on without another verb.
fn carried_on(article: &Article, index: usize) -> Option<ByteSpan> {
    let quote = article.quotes.get(index)?;
    if !matches!(quote.kind, QuoteKind::Indirect | QuoteKind::Mixed) {
        return None;
    }
    let rest = article.text.get(quote.span.end as usize..)?;
    let behind = rest.split('\n').next()?.strip_prefix(". ")?;
    let mut ends = behind.match_indices(['.', '!', '?']).map(|(at, _)| at);
    let is_end = |at: &usize| {
        let next = behind.get(at + 1..).and_then(|rest| rest.chars().next());
        next.is_none_or(char::is_whitespace)
    };
    let end = ends.find(is_end)?;
    if behind.get(..end)?.contains(['"', '“', '”']) {
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

/// The content words of a quotation in their order.
struct Words {
    stems: Vec<u32>,
    flags: Flags,
}

impl Words {
    fn of(found: &[Token], text: &str, negations: &[u32]) -> Self {
        let mut words = Self {
            stems: Vec::new(),
            flags: Flags::default(),
        };
        let (mut is_negated, mut opens) = (false, false);
        for (at, token) in found.iter().enumerate() {
            opens |= token.gap == Gap::Opens && at > 0;
            let negates = negations.contains(&token.word);
            if token.is_stop || negates || is_of_date(text, token) {
                // What negates an earlier sentence does not negate this one.
                is_negated = negates || is_negated && token.gap != Gap::Opens;
                continue;
            }
            if words.stems.len() == MAX_WORDS {
                break;
            }
            let before = at.checked_sub(1).and_then(|before| found.get(before));
            let is_name = token.is_capital && token.gap != Gap::Opens && !token.is_number;
            let is_tail = before.is_some_and(|before| is_one_name(before, token));
            words.push(
                token.stem,
                [is_negated, token.is_number, is_name, is_tail, opens],
            );
            (is_negated, opens) = (false, false);
        }
        words
    }

    fn push(&mut self, stem: u32, [negated, number, name, tail, opens]: [bool; 5]) {
        let at = self.stems.len();
        let flags = &mut self.flags;
        flags.negated |= Bits::from(negated) << at;
        flags.numbers |= Bits::from(number) << at;
        flags.names |= Bits::from(name) << at;
        flags.tails |= Bits::from(tail) << at;
        flags.opens |= Bits::from(opens && at > 0) << at;
        self.stems.push(stem);
    }

    /// The stems in rising order, each once, and the place among these of each word.
    fn sorted(&self) -> (Box<[u32]>, Box<[u8]>) {
        let mut stems = self.stems.clone();
        stems.sort_unstable();
        stems.dedup();
        let places = self
            .stems
            .iter()
            .map(|stem| stems.partition_point(|other| other < stem) as u8);
        let places = places.collect();
        (stems.as_slice().into(), places)
    }
}

/// Whether the second of two words in a row carries on a name that the first one begins.
fn is_one_name(first: &Token, second: &Token) -> bool {
    let is_close = matches!(second.gap, Gap::Space | Gap::Hyphen);
    is_close && first.is_capital && second.is_capital && !first.is_stop
}

/// Whether a word is a number of a date that the reporter put in (`Kamis (19/6/2025)`): all reports
/// of one day have it.
fn is_of_date(text: &str, token: &Token) -> bool {
    let before = || text.get(..token.span.start as usize);
    let behind = || text.get(token.span.end as usize..);
    token.is_number
        && (before().is_some_and(|before| before.ends_with(['(', '/']))
            || behind().is_some_and(|behind| behind.starts_with('/')))
}

/// How much the words of two quotations tell: as said in their story, where it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Story,
    Window,
}

impl QuoteFeatures {
    /// The stems in rising order, each once.
    pub(super) fn stems(&self) -> &[u32] {
        &self.stems
    }

    /// The places in [`QuoteFeatures::stems`] of its words in the order of the text.
    fn places(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.words)).unwrap_or(&[])
    }

    /// The stems in the order of the text.
    pub(super) fn in_order(&self) -> impl Iterator<Item = u32> {
        let stem = |place: &u8| self.stems.get(usize::from(*place)).copied();
        self.places().iter().filter_map(stem)
    }

    /// What each of the stems tells.
    pub(super) fn weights(&self, scope: Scope) -> impl Iterator<Item = f32> {
        let distinct = self.stems.len();
        let order = usize::from(self.words);
        let start = match scope {
            Scope::Story if self.story.is_some() => order + distinct,
            Scope::Story | Scope::Window => order,
        };
        let weights = self.bytes.get(start..start + distinct).unwrap_or(&[]);
        weights.iter().map(|weight| f32::from(*weight) / STEPS)
    }

    /// For each stem, in which of its sentences it stands.
    pub(super) fn sentences(&self) -> Vec<Bits> {
        let mut within = vec![0; self.stems.len()];
        let mut sentence = 0_u32;
        for (at, place) in self.places().iter().enumerate() {
            sentence += u32::from(has(self.flags.opens, at));
            if let Some(bits) = within.get_mut(usize::from(*place)) {
                *bits |= 1 << sentence.min(Bits::BITS - 1);
            }
        }
        within
    }

    /// The places of the words of one sentence.
    pub(super) fn words_of(&self, sentence: usize) -> Bits {
        let (mut at, mut within) = (0, 0);
        for place in 0..self.places().len() {
            at += usize::from(has(self.flags.opens, place));
            within |= Bits::from(at == sentence) << place;
        }
        within
    }

    /// Hashes of each run of four content words: what makes a wording known.
    pub(super) fn shingles(&self) -> impl Iterator<Item = u64> {
        let stems: Vec<u32> = self.in_order().collect();
        let runs = stems.windows(4).map(|four| {
            four.iter()
                .fold(0, |sum, stem| pair_of_keys(sum, u64::from(*stem)))
        });
        runs.collect::<Vec<_>>().into_iter()
    }

    /// Whether stems, by their places among all, are the words of one name.
    pub(super) fn are_one_name(&self, stems: &[usize]) -> bool {
        let places = self.places().iter().enumerate();
        let shared = places.filter(|(_, place)| stems.contains(&usize::from(**place)));
        let mut at: Vec<usize> = shared.map(|(at, _)| at).collect();
        at.dedup();
        let is_run = at
            .windows(2)
            .all(|two| matches!(two, [a, b] if a + 1 == *b));
        is_run && at.iter().skip(1).all(|at| has(self.flags.tails, *at))
    }

    /// Stems that only carry on a name, by place.
    fn tails(&self) -> Bits {
        let tails = self.places().iter().enumerate();
        let tails = tails.filter(|(at, _)| has(self.flags.tails, *at));
        tails.fold(0, |bits, (_, place)| bits | 1 << place)
    }

    /// Adds what each of the stems tells; `weight_of` is given whether one only carries on a name.
    fn weigh(&mut self, weight_of: impl Fn(u32, bool) -> f32) {
        let tails = self.tails();
        let weights = self.stems.iter().enumerate().map(|(at, stem)| {
            let weight = weight_of(*stem, has(tails, at)) * STEPS;
            step(weight)
        });
        let weights: Vec<u8> = weights.collect();
        let mut bytes = Vec::with_capacity(self.bytes.len() + weights.len());
        bytes.extend_from_slice(&self.bytes);
        bytes.extend(weights);
        self.bytes = bytes.as_slice().into();
    }
}

/// A weight in steps, as one byte.
#[allow(clippy::cast_sign_loss)] // it is clamped to what a byte holds
fn step(weight: f32) -> u8 {
    weight.round().clamp(0.0, f32::from(u8::MAX)) as u8
}

pub(super) fn has(bits: Bits, at: usize) -> bool {
    bits >> at & 1 == 1
}

/// All quotations of a corpus, by date.
pub(super) struct Quotes {
    pub(super) list: Vec<QuoteFeatures>,
}

impl Quotes {
    /// `read` are those of each article, `by_date` all articles by date; `None` once cancelled.
    pub(super) fn of(
        mut read: Vec<Vec<QuoteFeatures>>,
        (by_date, stories): (&[ArticleId], &Stories),
        run: &Run,
    ) -> Option<Self> {
        let mut list = Vec::with_capacity(read.iter().map(Vec::len).sum());
        for article in by_date {
            let own = read.get_mut(article.0 as usize);
            list.extend(own.into_iter().flat_map(std::mem::take));
        }
        let mut quotes = Self { list };
        quotes.weigh_by_window(run)?;
        quotes.weigh_by_story(stories, run)?;
        Some(quotes)
    }

    /// Weighs each stem by how many quotations of its window have it.
    fn weigh_by_window(&mut self, run: &Run) -> Option<()> {
        let mut windows = Windows::default();
        let own = self.list.iter().map(|quote| windows.add(quote.window, 1));
        let own: Vec<Window> = own.collect();
        if (run.is_cancelled)() {
            return None;
        }
        let held = self.list.par_iter().zip(&own);
        let keys = held.flat_map_iter(|(quote, window)| {
            quote
                .stems
                .iter()
                .map(|stem| u64::from(*stem) << u32::BITS | u64::from(*window))
        });
        let mut keys: Vec<u64> = keys.collect();
        keys.par_sort_unstable();
        let counts = counted(&keys);
        drop(keys);
        let mut rarities: Vec<(u64, f32)> = Vec::with_capacity(counts.len());
        let stem = |key: u64| key >> u32::BITS;
        let mut held = Vec::new();
        for same in counts.chunk_by(|(a, _), (b, _)| stem(*a) == stem(*b)) {
            held.clear();
            held.extend(same.iter().map(|(key, count)| (*key as Window, *count)));
            let keys = same.iter().map(|(key, _)| *key);
            rarities.extend(keys.zip(windows.rarities(&held).map(|(_, rarity)| rarity)));
        }
        drop(counts);
        self.list
            .par_iter_mut()
            .zip(&own)
            .try_for_each(|(quote, window)| {
                quote.weigh(|stem, is_tail| {
                    let key = u64::from(stem) << u32::BITS | u64::from(*window);
                    let at = rarities.binary_search_by_key(&key, |(key, _)| *key).ok();
                    let rarity = at
                        .and_then(|at| rarities.get(at))
                        .map_or(0.0, |(_, rarity)| *rarity);
                    if is_tail { rarity * TAIL } else { rarity }
                });
                (!(run.is_cancelled)()).then_some(())
            })
    }

    /// Weighs each stem by how many quotations of its story have it as well: what is said often there
    /// tells no statement from another.
    fn weigh_by_story(&mut self, stories: &Stories, run: &Run) -> Option<()> {
        let mut groups: HashMap<StoryId, Vec<&mut QuoteFeatures>> = HashMap::new();
        for quote in &mut self.list {
            if let Some(story) = stories.of(quote.quote.article) {
                groups.entry(story).or_default().push(quote);
            }
        }
        let groups: Vec<(StoryId, Vec<&mut QuoteFeatures>)> = groups.into_iter().collect();
        groups.into_par_iter().try_for_each(|(story, quotes)| {
            run.tell(Step::Variants, 0, 1);
            weigh_in_story(story, quotes);
            (!(run.is_cancelled)()).then_some(())
        })
    }
}

fn weigh_in_story(story: StoryId, quotes: Vec<&mut QuoteFeatures>) {
    let mut counts: HashMap<u32, f32> = HashMap::new();
    for stem in quotes.iter().flat_map(|quote| &*quote.stems) {
        *counts.entry(*stem).or_default() += 1.0;
    }
    let all = quotes.len() as f32 + STORY_PRIOR;
    for quote in quotes {
        let by_window: HashMap<u32, f32> = quote
            .stems
            .iter()
            .copied()
            .zip(quote.weights(Scope::Window))
            .collect();
        quote.weigh(|stem, _| {
            let before = by_window.get(&stem).copied().unwrap_or(0.0);
            let held = counts.get(&stem).copied().unwrap_or(0.0) + STORY_PRIOR * (-before).exp();
            (all / held).ln().clamp(0.0, before)
        });
        quote.story = Some(story);
    }
}
