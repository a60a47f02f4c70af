//! The current sort of a list, as the place of each article in it.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use super::query::{Sort, SortKey};
use crate::model::{Article, ArticleId, Corpus};
use crate::text::fold;

/// Where each article stands in the current sort; decides between equal scores. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Order {
    places: Option<Arc<[u32]>>,
}

impl Order {
    /// The order in which the articles were read.
    pub fn as_read() -> Self {
        Self::default()
    }

    /// The order of `sort`; ties as read. Unknown dates, titles and outlets stand last either way.
    pub fn of(corpus: &Corpus, sort: Sort) -> Self {
        let mut ids: Vec<u32> = (0..corpus.len() as u32).collect();
        let value = |id: &u32| corpus.get(ArticleId(*id));
        match sort.key {
            SortKey::Path if !sort.descending => return Self::as_read(),
            SortKey::Path => ids.reverse(),
            SortKey::Date => arrange(&mut ids, sort, |id| {
                let published = value(id)?.structure.published?;
                Some((published.date, published.time))
            }),
            SortKey::Title => arrange(&mut ids, sort, |id| value(id)?.title().map(|t| fold(&t))),
            SortKey::Outlet => arrange(&mut ids, sort, |id| value(id)?.outlet().map(fold)),
            SortKey::Quotes => arrange(&mut ids, sort, |id| Some(value(id)?.quotes.len())),
            SortKey::Length => arrange(&mut ids, sort, |id| value(id).map(length)),
        }
        Self::from_ids(&ids)
    }

    /// The order in which `ids` stand; those that are missing come last, as read.
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

    /// The place of an article; one that came after the order was made stands behind all others.
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
