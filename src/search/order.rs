//! The sort orders of a list, and the place of each article in the current order.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use rayon::prelude::*;

use crate::model::{Article, ArticleId, Corpus};
use crate::text::fold;

/// A sort order: a key and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The property by which the list is sorted.
    pub key: SortKey,
    /// Whether the largest comes first: the newest date, the end of the alphabet.
    pub descending: bool,
}

/// A property of articles by which a list can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// The order in which the articles were loaded: by argument, path and place in the file.
    Path,
    /// The date of publication. Unknown dates come last in either direction.
    Date,
    /// The title of the article, ignoring case and accents.
    Title,
    /// The name of the outlet, ignoring case and accents.
    Outlet,
    /// The number of quotations in the article.
    Quotes,
    /// The length of the article's text in bytes.
    Length,
}

impl SortKey {
    /// All sort keys, each with the word that the user types after `sort:`.
    pub const ALL: [(&'static str, Self); 6] = [
        ("path", Self::Path),
        ("date", Self::Date),
        ("title", Self::Title),
        ("outlet", Self::Outlet),
        ("quotes", Self::Quotes),
        ("length", Self::Length),
    ];

    /// The sort orders that the sort command steps through, each in its more useful direction.
    pub const IN_TURN: [Sort; 4] = [
        Sort::newest_first(),
        Sort::by(Self::Outlet, false),
        Sort::by(Self::Title, false),
        Sort::by(Self::Quotes, true),
    ];
}

impl Sort {
    const fn by(key: SortKey, descending: bool) -> Self {
        Self { key, descending }
    }

    /// Returns the default order of a list.
    pub const fn newest_first() -> Self {
        Self::by(SortKey::Date, true)
    }
}

/// Keeps the order of a list up to date while articles are being loaded.
#[derive(Debug, Default)]
pub struct Arranger {
    /// The articles sorted by date of publication, and the sort order for which this was done.
    dated: Option<(Sort, Vec<Dated>)>,
}

/// The publication date and time of an article, if known, and the article's number.
type Dated = (Option<(NaiveDate, Option<NaiveTime>)>, u32);

impl Arranger {
    /// Returns the order of `sort`, like [`Order::of`]. If only new articles have arrived since the
    /// last call and the sort is by date, this costs little more than sorting the new ones.
    pub fn order(&mut self, corpus: &Corpus, sort: Sort) -> Order {
        if sort.key != SortKey::Date {
            self.dated = None;
            return Order::of(corpus, sort);
        }
        let dated = self.dated.take().filter(|(known, _)| *known == sort);
        let (_, mut dated) = dated.unwrap_or((sort, Vec::new()));
        let new = dated.len() as u32..corpus.len() as u32;
        let mut new: Vec<Dated> = new.map(|id| (published(corpus, id), id)).collect();
        let before = |(one, _): &Dated, (other, _): &Dated| {
            let order = one.cmp(other);
            let order = if sort.descending {
                order.reverse()
            } else {
                order
            };
            one.is_none().cmp(&other.is_none()).then(order)
        };
        new.par_sort_by(before);
        // Both halves are sorted: the stable sort detects that and merges them in one pass.
        dated.append(&mut new);
        dated.sort_by(before);
        let ids: Vec<_> = dated.iter().map(|(_, id)| *id).collect();
        self.dated = Some((sort, dated));
        Order::from_ids(&ids)
    }
}

fn published(corpus: &Corpus, id: u32) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let published = corpus.get(ArticleId(id))?.structure.published?;
    Some((published.date, published.time))
}

/// The place of each article in the current sort order. It decides between articles with equal
/// scores. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Order {
    places: Option<Arc<[u32]>>,
}

impl Order {
    /// Returns the order in which the articles were loaded.
    pub fn as_read() -> Self {
        Self::default()
    }

    /// Sorts the articles of `corpus`. Ties keep the order in which the articles were loaded.
    /// Articles without a date, title or outlet come last in either direction.
    pub fn of(corpus: &Corpus, sort: Sort) -> Self {
        let mut ids: Vec<u32> = (0..corpus.len() as u32).collect();
        let value = |id: &u32| corpus.get(ArticleId(*id));
        match sort.key {
            SortKey::Path if !sort.descending => return Self::as_read(),
            SortKey::Path => ids.reverse(),
            SortKey::Date => arrange(&mut ids, sort, |id| published(corpus, *id)),
            SortKey::Title => arrange(&mut ids, sort, |id| value(id)?.title().map(|t| fold(&t))),
            SortKey::Outlet => arrange(&mut ids, sort, |id| value(id)?.outlet().map(fold)),
            SortKey::Quotes => arrange(&mut ids, sort, |id| Some(value(id)?.quotes.len())),
            SortKey::Length => arrange(&mut ids, sort, |id| value(id).map(length)),
        }
        Self::from_ids(&ids)
    }

    /// Creates an order from a list of article numbers. Articles that are missing in it come last,
    /// in the order in which they were loaded.
    pub fn from_ids(ids: &[u32]) -> Self {
        let len = ids.iter().max().map_or(0, |last| *last as usize + 1);
        let mut places = vec![u32::MAX; len];
        for (place, id) in ids.iter().enumerate() {
            if let Some(slot) = places.get_mut(*id as usize) {
                *slot = place as u32;
            }
        }
        Self {
            places: Some(places.into()),
        }
    }

    /// Returns the place of an article in the order, counted from 0. An article that arrived after
    /// the order was computed gets the last place.
    pub fn place(&self, id: ArticleId) -> u32 {
        match &self.places {
            None => id.0,
            Some(places) => places.get(id.0 as usize).copied().unwrap_or(u32::MAX),
        }
    }
}

fn length(article: &Article) -> usize {
    article.text.len()
}

fn arrange<K: Ord + Send>(ids: &mut [u32], sort: Sort, key: impl Fn(&u32) -> Option<K> + Sync) {
    if sort.descending {
        ids.par_sort_by_cached_key(|id| {
            let key = key(id);
            (key.is_none(), Reverse(key))
        });
    } else {
        ids.par_sort_by_cached_key(|id| {
            let key = key(id);
            (key.is_none(), key)
        });
    }
}
