//! What each article is about, as weighted terms, and which articles share a term. Names and rare
//! words count; what the pack calls a stop word does not.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::Datelike;
use rayon::prelude::*;

use super::ranks::Ranks;
use super::reading::Reading;
use super::series::serial;
use super::tokens::{Gap, Token, pair};
use super::{Run, Step};
use crate::language::{Calendar, Packs};
use crate::model::{Article, ArticleId, BlockKind, Corpus};
use crate::text::ByteSpan;

/// Terms that are kept of an article, of those that others have, too: more cost memory and time
/// and blur the ranking with words that many articles share.
const MAX_TERMS: usize = 96;
/// Set in the hash of a phrase. Phrases of one article alone are so many that they would drown its
/// words where its length is measured.
const PHRASE: u32 = 1 << 31;
/// Two capitalised words in a row are (part of) a name, and a name says more of what an article is
/// about than a word of the same rarity.
const NAME_WEIGHT: f32 = 3.0;
/// A single capitalised word inside a sentence: often a name, sometimes a mere title.
const CAPITAL_WEIGHT: f32 = 2.0;
/// Two content words in a row (`bertukar surat`): rarer than its words, but said by them, too.
const PHRASE_WEIGHT: f32 = 0.7;
/// A report tells the event first (the inverted pyramid) and its background further down, which
/// reports of other events share. So the title and the first paragraphs weigh more.
const LEAD_WEIGHT: f32 = 3.0;
/// Paragraphs that make the lead: the event, who, where.
const LEAD_PARAGRAPHS: usize = 3;

/// Days between a report and the event that it tells of; a day further off is background.
const RECENT_DAYS: i32 = 7;

/// A term of the index.
pub(crate) type Term = u32;

/// What related articles, stories and variants ask of an index. Kept narrow, so that another index
/// over the same corpus can take the place of this one.
pub(crate) trait TermIndex: Sync {
    /// The number of articles.
    fn len(&self) -> usize;
    /// The weighted terms of one article, by term; the weights' squares sum to at most one.
    fn terms(&self, article: ArticleId) -> &[(Term, f32)];
    /// The articles that hold a term, by date and then by identifier, as places in `by_date`.
    fn postings(&self, term: Term) -> &[u32];
    /// All articles by date of publication, the undated ones last.
    fn by_date(&self) -> &[ArticleId];
    /// An article's place in `by_date`.
    fn place(&self, article: ArticleId) -> u32;
    /// The term of a stem or a pair of names, by its hash; `None` where no two articles have it.
    fn term(&self, hash: u32) -> Option<Term>;
    /// The day of publication, counted from an epoch; `None` where it is not known.
    fn day(&self, article: ArticleId) -> Option<i32>;
    /// The day of the event, as the lead names it; `None` where it names none.
    fn event_day(&self, article: ArticleId) -> Option<i32>;
    /// Whether an article is a piece of a series, of no event of its own.
    fn is_serial(&self, article: ArticleId) -> bool;
}

/// A term index in memory: about a kilobyte for each article.
#[derive(Debug, Default)]
pub(crate) struct Index {
    vectors: Vec<Box<[(Term, f32)]>>,
    postings: Vec<u32>,
    /// Where the postings of each term begin; one more than there are terms.
    starts: Vec<u32>,
    by_date: Vec<ArticleId>,
    places: Vec<u32>,
    days: Vec<Option<i32>>,
    events: Vec<Option<i32>>,
    serial: Vec<bool>,
    numbers: Ranks,
}

impl TermIndex for Index {
    fn len(&self) -> usize {
        self.vectors.len()
    }

    fn terms(&self, article: ArticleId) -> &[(Term, f32)] {
        self.vectors.get(article.0 as usize).map_or(&[], |v| v)
    }

    fn postings(&self, term: Term) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        let range = bound(term as usize)..bound(term as usize + 1);
        self.postings.get(range).unwrap_or(&[])
    }

    fn by_date(&self) -> &[ArticleId] {
        &self.by_date
    }

    fn place(&self, article: ArticleId) -> u32 {
        self.places.get(article.0 as usize).copied().unwrap_or(0)
    }

    fn term(&self, hash: u32) -> Option<Term> {
        self.numbers.get(hash & !PHRASE)
    }

    fn day(&self, article: ArticleId) -> Option<i32> {
        self.days.get(article.0 as usize).copied().flatten()
    }

    fn event_day(&self, article: ArticleId) -> Option<i32> {
        self.events.get(article.0 as usize).copied().flatten()
    }

    fn is_serial(&self, article: ArticleId) -> bool {
        self.serial.get(article.0 as usize) == Some(&true)
    }
}

impl Index {
    /// Indexes a corpus by the bags of its articles; `None` where the run was cancelled.
    pub(super) fn build(
        (corpus, packs): (&Corpus, &Packs),
        mut bags: Bags,
        run: &Run,
    ) -> Option<Self> {
        let articles: Vec<&Article> = corpus.iter().map(|(_, article)| article).collect();
        let known = number(&mut bags, run)?;
        let ends = known.iter().scan(0, |end, part| {
            let first = *end;
            *end += part.len() as Term;
            Some(first)
        });
        let firsts: Vec<Term> = ends.collect();
        // Let go of one by one, so that the vectors take their place in memory.
        let vectors = bags.0.into_par_iter().map(|batch| batch.vectors(&firsts));
        let vectors: Vec<Vec<_>> = vectors.collect();
        let known = known.concat();
        let days: Vec<Option<i32>> = articles.iter().map(|article| day_of(article)).collect();
        let calendar = Calendar::new(packs);
        let events = articles.par_iter();
        let events = events.map(|article| event_day(article, packs, &calendar));
        let terms = known.len();
        let mut index = Self {
            vectors: vectors.into_iter().flatten().collect(),
            numbers: Ranks::of(known),
            days,
            ..Self::default()
        };
        index.sort_by_date();
        let ((), (events, serial)) = rayon::join(
            || index.invert(terms),
            || (events.collect(), serial(&articles, packs, run)),
        );
        (index.events, index.serial) = (events, serial?);
        Some(index)
    }

    fn sort_by_date(&mut self) {
        self.by_date = (0..self.vectors.len() as u32).map(ArticleId).collect();
        let days = &self.days;
        self.by_date.sort_by_key(|id| {
            let day = days.get(id.0 as usize).copied().flatten();
            (day.is_none(), day)
        });
        self.places = vec![0; self.by_date.len()];
        for (place, id) in self.by_date.iter().enumerate() {
            self.places[id.0 as usize] = place as u32;
        }
    }

    fn invert(&mut self, terms: usize) {
        let mut starts = vec![0_u32; terms + 1];
        for (term, _) in self.vectors.iter().flat_map(|vector| vector.iter()) {
            starts[*term as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        self.postings = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for (place, id) in self.by_date.iter().enumerate() {
            for (term, _) in &self.vectors[id.0 as usize] {
                let at = &mut next[*term as usize];
                self.postings[*at as usize] = place as u32;
                *at += 1;
            }
        }
        self.starts = starts;
    }
}

/// The day of publication, counted from the common era.
pub(crate) fn day_of(article: &Article) -> Option<i32> {
    use crate::model::Precision;
    let published = article.structure.published?;
    // A bare month or year says nothing of days apart.
    (published.precision >= Precision::Day).then(|| published.date.num_days_from_ce())
}

/// The first day that the lead of a report names, where it is near the day of publication. The lead
/// tells when and where; the days of what went before come further down.
fn event_day(article: &Article, packs: &Packs, calendar: &Calendar) -> Option<i32> {
    let published = day_of(article)?;
    let order = packs.get(article.language?)?.dates.order;
    let lead = passages(article).into_iter();
    let lead = lead
        .filter(|(kind, _)| kind.is_body())
        .take(LEAD_PARAGRAPHS);
    let dates = lead.flat_map(|(_, span)| calendar.read(span.of(&article.text), order));
    let mut days = dates
        .filter(|written| written.has_day)
        .map(|written| written.date.num_days_from_ce());
    days.find(|day| (published - day).abs() <= RECENT_DAYS)
}

/// The passages that tell what an article is about: title, standfirst, body; all of the text where
/// its structure is not known.
pub(crate) fn passages(article: &Article) -> Vec<(BlockKind, ByteSpan)> {
    let told = article.structure.blocks.iter().filter(|block| {
        block.kind.is_body() || matches!(block.kind, BlockKind::Title | BlockKind::Standfirst)
    });
    let passages: Vec<_> = told.map(|block| (block.kind, block.span)).collect();
    if passages.is_empty() {
        return vec![(BlockKind::Paragraph, ByteSpan::new(0, article.text.len()))];
    }
    passages
}

/// The words of a language's pack, where there is one.
pub(crate) fn lists_of<'a>(
    article: &Article,
    packs: &'a Packs,
) -> Option<&'a crate::language::WordLists> {
    Some(&packs.get(article.language?)?.words)
}

/// A term, by its hash, and how often it occurs, weighted by where and how it is written.
type Counted = (u32, f32);

/// Articles whose terms are kept together: enough for a part of them to be read in one go.
const TOGETHER: usize = 512;

/// The terms of all articles.
#[derive(Default)]
pub(super) struct Bags(Vec<Batch>);

impl Bags {
    /// Adds those of the next articles, by hash.
    pub(super) fn add(&mut self, bags: &[&[Counted]]) {
        self.0.extend(bags.chunks(TOGETHER).map(Batch::of));
    }

    fn articles(&self) -> usize {
        self.0.iter().map(|batch| batch.articles).sum()
    }

    /// The terms of each part, a slice for each batch.
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

/// The terms of some articles, part by part, and in each part one article after the other: what is
/// done with all terms of a part then walks through memory in its order.
struct Batch {
    terms: Vec<Counted>,
    /// How many of the terms are of each article, part by part.
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

    /// The weightiest terms of each article, once they are numbered part by part; `firsts` are the
    /// numbers with which the parts begin.
    fn vectors(mut self, firsts: &[Term]) -> Vec<Box<[(Term, f32)]>> {
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

/// The bag of one article: its terms, by hash.
pub(super) fn bag(read: &Reading) -> Box<[Counted]> {
    // A word is a term, and half of a phrase or a name with each of its neighbours.
    let mut counts: HashMap<u32, f32, foldhash::fast::RandomState> =
        HashMap::with_capacity_and_hasher(read.words(), foldhash::fast::RandomState::default());
    let mut paragraphs = 0;
    for (kind, found) in read.passages() {
        paragraphs += usize::from(kind.is_body());
        let is_lead = !kind.is_body() || paragraphs <= LEAD_PARAGRAPHS;
        let place = if is_lead { LEAD_WEIGHT } else { 1.0 };
        for (term, weight) in terms_in(found) {
            *counts.entry(term).or_default() += weight * place;
        }
    }
    let mut bag: Box<[_]> = counts.into_iter().collect();
    bag.sort_unstable_by_key(|(term, _)| *term);
    bag
}

/// The terms of one passage: stems of its content words, each two of them in a row, and each two
/// capitalised words in a row. Pairs rather than whole runs, because `Presiden Rusia Vladimir Putin` and `Vladimir Putin` are
/// then still seen to share a name.
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

/// Each two capitalised words in a row that are no stop words.
pub(crate) fn name_pairs(found: &[Token]) -> impl Iterator<Item = (&Token, &Token)> {
    found.windows(2).filter_map(|two| {
        let [first, second] = two else { return None };
        let is_name = match second.gap {
            Gap::Hyphen => first.is_capital,
            Gap::Space => first.is_capital && second.is_capital,
            Gap::Opens | Gap::Sign => false,
        };
        (is_name && !first.is_stop && !second.is_stop).then_some((first, second))
    })
}

/// Leading bits of a hash that tell its part: the terms of one part and where to find them are then
/// few enough to stay in a processor's own memory.
const PART_BITS: u32 = 5;
const PARTS: usize = 1 << PART_BITS;
/// In place of a term that only one article has.
const LONE: Term = Term::MAX;

/// The terms that occur in two articles or more, by hash, of each part. Of each bag puts the terms,
/// numbered within their part, and what they weigh in its article in place of the hashes and how
/// often they occur. Words and names of one article alone are [`LONE`] there, and phrases of one
/// weigh nothing.
fn number(bags: &mut Bags, run: &Run) -> Option<Vec<Vec<u32>>> {
    let articles = bags.articles();
    let done = AtomicUsize::new(0);
    let parts = bags.parts().into_par_iter();
    let known = parts.map(|part| {
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

/// Does so for one part, of which it gives the terms.
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

/// What a term counts that occurs so often.
fn often(count: f32) -> f32 {
    if count <= 1.0 {
        return 1.0;
    }
    1.0 + count.ln().max(0.0)
}

/// Cuts a bag behind the terms of a part, with which it begins.
fn cut(bag: &[Counted], part: u32) -> (&[Counted], &[Counted]) {
    let is_own = |(hash, _): &&Counted| hash >> (u32::BITS - PART_BITS) == part;
    let count = bag.iter().take_while(is_own).count();
    bag.split_at(count)
}

/// An article's weightiest terms. Words and names of no other article count in the length, since
/// they are what sets it apart, but are not kept.
fn vector(bag: &[(Term, f32)]) -> Box<[(Term, f32)]> {
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

/// The product of two vectors of terms, both by term.
pub(crate) fn product(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let (mut at, mut sum) = (0, 0.0);
    for (term, weight) in a {
        while b.get(at).is_some_and(|(other, _)| other < term) {
            at += 1;
        }
        if let Some((_, other)) = b.get(at).filter(|(other, _)| other == term) {
            sum += weight * other;
        }
    }
    sum
}
