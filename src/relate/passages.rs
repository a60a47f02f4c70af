//! The parts of an article that are compared, its language's words, and its days.

use chrono::Datelike;

use crate::language::{Calendar, Packs, WordLists};
use crate::model::{Article, BlockKind, Precision};
use crate::text::ByteSpan;

/// Paragraphs that make the lead: the event, who, where.
pub(super) const LEAD_PARAGRAPHS: usize = 3;

/// Days between a report and the event that it tells of; a day further off is background.
const RECENT_DAYS: i32 = 7;

/// Returns the day of publication, counted from the common era; `None` where it is not known to the
/// day: a bare month or year says nothing of days apart.
pub(crate) fn day_of(article: &Article) -> Option<i32> {
    let published = article.structure.published?;
    (published.precision >= Precision::Day).then(|| published.date.num_days_from_ce())
}

/// Returns the first day that the lead of a report names, where it is near the day of publication.
/// The lead tells when and where; the days of what went before come further down.
pub(super) fn event_day(article: &Article, packs: &Packs, calendar: &Calendar) -> Option<i32> {
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

/// Returns the passages that tell what an article is about: title, standfirst, body; all of the text
/// where its structure is not known.
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

/// Returns the words of the pack of an article's language, where there is one.
pub(crate) fn lists_of<'a>(article: &Article, packs: &'a Packs) -> Option<&'a WordLists> {
    Some(&packs.get(article.language?)?.words)
}
