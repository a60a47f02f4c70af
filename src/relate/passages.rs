//! What of an article is compared with others: its passages, its day, pairs of names in it.

use chrono::Datelike;

use super::tokens::{Gap, Token};
use crate::language::{Packs, WordLists};
use crate::model::{Article, BlockKind};
use crate::text::ByteSpan;

/// Set in the hash of a phrase. Phrases of one article alone are so many that they would drown its
/// words where its length is measured.
pub(super) const PHRASE: u32 = 1 << 31;
/// Paragraphs that make the lead: the event, who, where.
pub(super) const LEAD_PARAGRAPHS: usize = 3;

/// A term of the index.
pub(crate) type Term = u32;

/// The day of publication, counted from the common era.
pub(crate) fn day_of(article: &Article) -> Option<i32> {
    use crate::model::Precision;
    let published = article.structure.published?;
    // A bare month or year says nothing of days apart.
    (published.precision >= Precision::Day).then(|| published.date.num_days_from_ce())
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
pub(crate) fn lists_of<'a>(article: &Article, packs: &'a Packs) -> Option<&'a WordLists> {
    Some(&packs.get(article.language?)?.words)
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
