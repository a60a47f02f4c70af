//! The minimap at the edge of the text: where in the article are quotations, matches, notes and the
//! part that is visible.

use std::collections::HashMap;
use std::ops::Range;

use super::App;
use super::page::{Row, RowKind, Spot};
use super::panes::Pane;
use super::reader::Open;
use crate::model::Article;
use crate::text::ByteSpan;

/// Maximum number of stretches of quotations that one cell of the minimap looks at. In a very long
/// article a cell stands for a chapter, and its first quotations are enough.
const MAX_STRETCHES: usize = 32;

/// One cell of the minimap, which stands for a few rows of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MapCell {
    /// The utterance that has most of the words of these rows that are quoted, as an index into
    /// `Utterances::all`.
    pub utterance: Option<usize>,
    /// What else is in these rows.
    pub mark: Option<MapMark>,
    /// Whether some of these rows are visible.
    pub is_visible: bool,
}

/// What a cell of the minimap marks beside quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapMark {
    /// A passage with a note.
    Note,
    /// A match of the search in the text or of the filter.
    Match,
}

/// The number of quotations of the open article in the text before the visible part, in it and after
/// it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuotesAround {
    /// Quotations that begin before the visible part.
    pub above: usize,
    /// Quotations that begin in the visible part.
    pub here: usize,
    /// Quotations that begin after the visible part.
    pub below: usize,
}

impl App {
    /// Returns the cells of the minimap from top to bottom, `height` of them, or none if the whole
    /// page is visible. Time does not depend on the length of the article, except for its notes.
    pub fn minimap(&self, height: u16) -> Vec<MapCell> {
        let (Some(open), Some(article)) = (&self.reader.open, self.article()) else {
            return Vec::new();
        };
        let (count, page) = (open.page.rows.len(), self.height(Pane::Text));
        let cells = usize::from(height);
        if count <= page || cells == 0 {
            return Vec::new();
        }
        let notes = self.library.note_spans(open.id, article);
        let map = Map {
            app: self,
            open,
            article,
            notes,
            visible: open.top..open.top + page,
        };
        let rows = |cell: usize| cell * count / cells;
        (0..cells)
            .map(|cell| map.cell(rows(cell)..rows(cell + 1).max(rows(cell) + 1)))
            .collect()
    }

    /// Returns how many quotations of the open article are before, in and after the visible part,
    /// for users who do not see the minimap.
    pub fn quotes_around(&self) -> QuotesAround {
        let Some(open) = &self.reader.open else {
            return QuotesAround::default();
        };
        let marks = &open.page.marks;
        let visible = open.page.rows.iter().skip(open.top);
        let visible = visible.take(self.height(Pane::Text));
        let Some(span) = text_span(
            visible,
            self.article().map_or(0, |article| article.text.len()),
        ) else {
            return QuotesAround::default();
        };
        let before = |at: u32| marks.partition_point(|mark| mark.at < at as usize);
        let (above, upto) = (before(span.start), before(span.end));
        QuotesAround {
            above,
            here: upto - above,
            below: marks.len() - upto,
        }
    }
}

/// What the cells of a minimap are made from.
struct Map<'a> {
    app: &'a App,
    open: &'a Open,
    article: &'a Article,
    /// The passages with notes.
    notes: Vec<ByteSpan>,
    /// The visible rows of the page.
    visible: Range<usize>,
}

impl Map<'_> {
    fn cell(&self, rows: Range<usize>) -> MapCell {
        let own = self.open.page.rows.get(rows.clone()).unwrap_or(&[]);
        let span = text_span(own.iter(), self.article.text.len());
        MapCell {
            utterance: span.and_then(|span| self.utterance(span)),
            mark: span.and_then(|span| self.mark(span, &rows)),
            is_visible: rows.start < self.visible.end && self.visible.start < rows.end,
        }
    }

    fn utterance(&self, span: ByteSpan) -> Option<usize> {
        let stretches = &self.open.utterances.stretches;
        let from = stretches.partition_point(|stretch| stretch.span.end <= span.start);
        let own = stretches.iter().skip(from).take(MAX_STRETCHES);
        let own = own.take_while(|stretch| stretch.span.start < span.end);
        let mut shares: HashMap<usize, u32> = HashMap::new();
        for stretch in own {
            let (start, end) = (stretch.span.start, stretch.span.end);
            let share = end.min(span.end).saturating_sub(start.max(span.start));
            *shares.entry(stretch.utterance).or_default() += share;
        }
        let most = shares
            .into_iter()
            .max_by_key(|(at, share)| (*share, std::cmp::Reverse(*at)));
        most.map(|(at, _)| at)
    }

    fn mark(&self, span: ByteSpan, rows: &Range<usize>) -> Option<MapMark> {
        let begins = |other: &ByteSpan| (span.start..span.end).contains(&other.start);
        if self.notes.iter().any(begins) {
            return Some(MapMark::Note);
        }
        let spot = |row: usize| {
            let is_inside = row < self.open.page.rows.len();
            is_inside.then(|| self.open.page.spot_of_row(row))
        };
        let found = &self.app.reader.find.found;
        let before = |end: Option<Spot>| {
            end.map_or(found.len(), |end| {
                found.partition_point(|(at, _)| *at < end)
            })
        };
        let is_found = before(spot(rows.start)) < before(spot(rows.end));
        is_found.then_some(MapMark::Match)
    }
}

/// Returns the span of the article's text, which is `len` bytes long, that rows of its body show.
fn text_span<'a>(rows: impl Iterator<Item = &'a Row>, len: usize) -> Option<ByteSpan> {
    let rows = rows.filter(|row| row.kind == RowKind::Words && (row.span.end as usize) <= len);
    rows.map(|row| row.span).reduce(ByteSpan::join)
}
