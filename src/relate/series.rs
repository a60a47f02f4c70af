//! Titles as forms. A service piece appears under one heading day after day (`Ramalan Zodiak 10
//! Juni`, `Harga Emas Hari Ini`) or gathers the stories of the day (`Top 3`): it is as like the next
//! one as reports of one event are, and what tells them apart is the slot in which titles differ.

use rayon::prelude::*;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Run;
use super::Step;
use super::passages::{day_of, lists_of};
use super::tokens::{Token, hash, pair, tokens_of};
use crate::language::Packs;
use crate::model::{Article, ArticleId};
use crate::text::{ByteSpan, fold};

/// Minimum number of days on which a pair of title words must occur to count as part of a recurring
/// heading. An event may still be in the paper of the next day; a series continues.
const DAYS: usize = 3;
/// Days before and after a piece in which the heading of its series is looked for.
const REACH_DAYS: i32 = 45;
/// The share of a title's pairs that such headings make up; names alone recur, too, but are the
/// lesser part of a headline.
const SHARE: f32 = 0.6;
/// The share of the longer title that two titles of one form have in common.
const FRAME: f32 = 0.6;
/// Words that make a form.
const MIN_FRAME: usize = 3;

/// One content word of a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    root: u32,
    letters: u32,
    is_number: bool,
}

impl Word {
    /// The word as part of a form: a number is any number.
    fn masked(self) -> u32 {
        if self.is_number {
            hash(b"0")
        } else {
            self.root
        }
    }
}

/// One title.
#[derive(Debug, Default)]
struct Title {
    words: Box<[Word]>,
    is_roundup: bool,
    is_serial: bool,
}

/// The titles of all articles, by article.
#[derive(Debug, Default)]
pub(super) struct Titles(Vec<Title>);

/// A pair of title words and the day of its article: for undated ones, what stands for it.
type PairOfDay = (u32, bool, i32);

impl Titles {
    pub(super) fn of(articles: &[&Article], packs: &Packs, run: &Run) -> Option<Self> {
        let mut titles = run.map(Step::Terms, articles, |article| Title::of(article, packs))?;
        let held = articles.par_iter().zip(&titles);
        let days = held.flat_map_iter(|(article, title)| title.pairs_of_day(day_of(article)));
        let mut days: Vec<PairOfDay> = days.collect();
        days.par_sort_unstable();
        days.dedup();
        let held = articles.par_iter().zip(&mut titles);
        held.for_each(|(article, title)| {
            let pairs = title.pairs_of_day(day_of(article));
            let recurring = pairs.iter().filter(|pair| recurs(&days, **pair)).count();
            title.is_serial =
                title.is_roundup || recurring > 1 && recurring as f32 >= SHARE * pairs.len() as f32;
        });
        Some(Self(titles))
    }

    /// Whether an article is a piece of a series, of no event of its own.
    pub(super) fn is_serial(&self, article: ArticleId) -> bool {
        let title = self.0.get(article.0 as usize);
        title.is_some_and(|title| title.is_serial)
    }

    /// Whether an article gathers other stories, or serves every day anew.
    pub(super) fn is_roundup(&self, article: ArticleId) -> bool {
        let title = self.0.get(article.0 as usize);
        title.is_some_and(|title| title.is_roundup)
    }

    /// Whether both titles begin with a number.
    pub(super) fn are_lists(&self, a: ArticleId, b: ArticleId) -> bool {
        let first = |id: ArticleId| self.0.get(id.0 as usize)?.words.first().copied();
        [a, b]
            .into_iter()
            .all(|id| first(id).is_some_and(|word| word.is_number))
    }

    /// Whether two titles are one form filled in with other things: another number in one place, or,
    /// of one outlet, another word. An outlet that writes of one event again finds another headline.
    pub(super) fn differ_in_slot(
        &self,
        (a, b): (ArticleId, ArticleId),
        is_same_outlet: bool,
    ) -> bool {
        let words = |id: ArticleId| {
            self.0
                .get(id.0 as usize)
                .map_or(&[][..], |title| &title.words)
        };
        let (a, b) = (words(a), words(b));
        let masked = |words: &[Word]| words.iter().map(|word| word.masked()).collect::<Vec<_>>();
        let (mut shared, mut is_replaced, mut has_other_number) = (0, false, false);
        for op in capture_diff_slices(Algorithm::Myers, &masked(a), &masked(b)) {
            match op {
                DiffOp::Equal {
                    old_index,
                    new_index,
                    len,
                } => {
                    shared += len;
                    let own = a.get(old_index..old_index + len).unwrap_or(&[]);
                    let other = b.get(new_index..new_index + len).unwrap_or(&[]);
                    let mut two = own.iter().zip(other);
                    has_other_number |= two.any(|(a, b)| a.is_number && a.letters != b.letters);
                }
                DiffOp::Replace { .. } => is_replaced = true,
                DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
            }
        }
        let longer = a.len().max(b.len());
        let is_form = shared >= MIN_FRAME && shared as f32 >= FRAME * longer as f32;
        is_form && (has_other_number || is_replaced && is_same_outlet)
    }
}

/// Whether a pair of title words appears on enough days around that of its article.
fn recurs(days: &[PairOfDay], (pair, is_dated, day): PairOfDay) -> bool {
    let (from, to) = if is_dated {
        (day - REACH_DAYS, day + REACH_DAYS)
    } else {
        (i32::MIN, i32::MAX)
    };
    let first = days.partition_point(|other| *other < (pair, is_dated, from));
    let near = days.get(first..).unwrap_or(&[]).iter();
    let near = near.take_while(|other| **other <= (pair, is_dated, to));
    near.take(DAYS).count() == DAYS
}

impl Title {
    fn of(article: &Article, packs: &Packs) -> Self {
        let Some(title) = article.title() else {
            return Self::default();
        };
        let lists = lists_of(article, packs);
        let found = tokens_of(&title, ByteSpan::new(0, title.len()), lists);
        let words = found
            .iter()
            .filter(|token| !token.is_stop)
            .map(|token| Word {
                root: token.root,
                letters: token.word,
                is_number: token.is_number,
            });
        Self {
            words: words.collect(),
            is_roundup: lists.is_some_and(|lists| lists.is_roundup(&beginning(&title, &found))),
            is_serial: false,
        }
    }

    fn pairs_of_day(&self, day: Option<i32>) -> Vec<PairOfDay> {
        // Where no date is known, the numbers in the title tell one day's piece from another's.
        let numbers = self.words.iter().filter(|word| word.is_number);
        let numbers = numbers.map(|word| word.letters).reduce(pair).unwrap_or(0);
        let stands = (numbers >> 1).cast_signed();
        let pairs = self.words.windows(2).filter_map(|two| {
            let [first, second] = two else { return None };
            Some((
                pair(first.masked(), second.masked()),
                day.is_some(),
                day.unwrap_or(stands),
            ))
        });
        let mut pairs: Vec<PairOfDay> = pairs.collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

/// Number of words at the start of a title that may mark a roundup.
const BEGINNING: usize = 6;

/// Returns the first words of a title, folded, with `#` for each number.
fn beginning(title: &str, found: &[Token]) -> String {
    let words = found.iter().take(BEGINNING).map(|token| {
        if token.is_number {
            "#".to_owned()
        } else {
            fold(token.span.of(title))
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
