//! Detects service pieces: articles under a heading that recurs day after day (`Ramalan Zodiak 10
//! Juni`, `Harga Emas Hari Ini`), and roundups of the stories of the day (`Top 3`). They resemble
//! each other, or the stories they collect, as much as reports of one event do, but report no
//! event.

use rayon::prelude::*;

use super::Run;
use super::Step;
use super::passages::{day_of, lists_of};
use super::tokens::{Token, hash, pair, tokens_of};
use crate::language::Packs;
use crate::model::Article;
use crate::text::{ByteSpan, fold};

/// Minimum number of days on which a pair of title words must occur to count as part of a recurring
/// heading. An event may still be in the paper of the next day; a series continues.
const DAYS: usize = 3;
/// Minimum share of a title's pairs that recur. Names recur too, but make up less of a headline.
const SHARE: f32 = 0.6;

/// The word pairs of one title, and its day or a substitute.
#[derive(Default)]
struct Heading {
    pairs: Vec<u32>,
    day: u32,
    is_roundup: bool,
}

/// Returns which of `articles` are pieces of a series, or `None` if cancelled.
pub(super) fn serial(articles: &[&Article], packs: &Packs, run: &Run) -> Option<Vec<bool>> {
    let headings = run.map(Step::Terms, articles, |article| heading(article, packs))?;
    let days = headings.par_iter();
    let days = days.flat_map_iter(|heading| heading.pairs.iter().map(|two| (*two, heading.day)));
    let mut days: Vec<(u32, u32)> = days.collect();
    days.par_sort_unstable();
    days.dedup();
    let recurring = days.chunk_by(|a, b| a.0 == b.0);
    let recurring = recurring
        .filter(|days| days.len() >= DAYS)
        .map(|days| days[0].0);
    let recurring: Vec<u32> = recurring.collect();
    let is_heading = |two: &&u32| recurring.binary_search(two).is_ok();
    let is_serial = |heading: &Heading| {
        let known = heading.pairs.iter().filter(is_heading).count();
        heading.is_roundup || known > 1 && known as f32 >= SHARE * heading.pairs.len() as f32
    };
    Some(headings.par_iter().map(is_serial).collect())
}

fn heading(article: &Article, packs: &Packs) -> Heading {
    let Some(title) = article.title() else {
        return Heading::default();
    };
    let found = tokens_of(
        &title,
        ByteSpan::new(0, title.len()),
        lists_of(article, packs),
    );
    // All numbers count as one: `10 Juni` and `11 Juni` are the same heading.
    let masked = found.iter().filter(|token| !token.is_stop).map(|token| {
        if token.is_number {
            hash(b"0")
        } else {
            token.stem
        }
    });
    let masked: Vec<u32> = masked.collect();
    let pairs = masked.windows(2).map(|two| match two {
        [first, second] => pair(*first, *second),
        _ => 0,
    });
    let mut pairs: Vec<u32> = pairs.collect();
    pairs.sort_unstable();
    pairs.dedup();
    // Without a date, the numbers in the title distinguish the pieces of different days.
    let numbers = found.iter().filter(|token| token.is_number);
    let numbers = numbers.map(|token| token.word).reduce(pair);
    let day = day_of(article).map(|day| hash(&day.to_le_bytes()));
    Heading {
        pairs,
        day: day.or(numbers).unwrap_or(0),
        is_roundup: lists_of(article, packs)
            .is_some_and(|lists| lists.is_roundup(&beginning(&title, &found))),
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
