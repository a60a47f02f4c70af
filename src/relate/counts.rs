//! How many documents hold a term, by window of time and language. What is rare is rare among what
//! was written then: the counts of a window do not depend on what else is loaded. Counts are sums,
//! so those of windows that were counted apart can be put together.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::language::Lang;

/// Documents that a window is taken to hold beyond its own: until it has more, its counts say little.
const PRIOR: f32 = 16.0;
/// The least share of these that are taken to hold a term, whatever the corpus says.
const PRIOR_SHARE: f32 = 0.01;

/// A window: a month of one language. Undated documents of a language share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct WindowKey {
    pub(super) lang: Option<Lang>,
    /// Months from the common era on.
    pub(super) month: Option<i32>,
}

impl WindowKey {
    pub(super) fn of(lang: Option<Lang>, day: Option<i32>) -> Self {
        let date = day.and_then(NaiveDate::from_num_days_from_ce_opt);
        let month = date.map(|date| date.year() * 12 + date.month0().cast_signed());
        Self { lang, month }
    }
}

/// A window's place in [`Windows`].
pub(super) type Window = u32;

/// The windows of a corpus, each with how many documents it holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Windows {
    ids: HashMap<WindowKey, Window>,
    sizes: Vec<u32>,
    /// By window, the number of its language.
    languages: Vec<u32>,
    /// By language, how many documents are in it.
    in_language: Vec<u32>,
}

impl Windows {
    /// Counts some documents into a window.
    pub(super) fn add(&mut self, key: WindowKey, documents: u32) -> Window {
        let next = self.sizes.len() as Window;
        let id = *self.ids.entry(key).or_insert(next);
        if id == next {
            let mut known = self.ids.iter().filter(|(other, _)| other.lang == key.lang);
            let same = known.find_map(|(_, id)| self.languages.get(*id as usize).copied());
            let language = same.unwrap_or(self.in_language.len() as u32);
            if same.is_none() {
                self.in_language.push(0);
            }
            self.languages.push(language);
            self.sizes.push(0);
        }
        self.sizes[id as usize] += documents;
        self.in_language[self.languages[id as usize] as usize] += documents;
        id
    }

    /// How much a term tells in each window that has it, by window: the less likely it is that a
    /// document of the window holds it, the more. `counts` are the documents with the term.
    pub(super) fn rarities(&self, counts: &[(Window, u32)]) -> impl Iterator<Item = (Window, f32)> {
        counts.iter().map(|(window, count)| {
            let language = self.language(*window);
            let same = counts
                .iter()
                .filter(|(other, _)| self.language(*other) == language);
            let all: u32 = same.map(|(_, count)| count).sum();
            (*window, self.rarity(*window, *count, all))
        })
    }

    /// How much a term tells that one document of a window has, and no other document.
    pub(super) fn lone(&self, window: Window) -> f32 {
        self.rarity(window, 1, 1)
    }

    fn language(&self, window: Window) -> u32 {
        self.languages.get(window as usize).copied().unwrap_or(0)
    }

    /// `-ln` of the share of documents with a term, of which `count` are of the window and `all` of
    /// its language: that of the window, smoothed by that of the language.
    fn rarity(&self, window: Window, count: u32, all: u32) -> f32 {
        let size = self.sizes.get(window as usize).map_or(1, |size| *size) as f32;
        let language = self.in_language.get(self.language(window) as usize);
        let language = language.map_or(1, |size| (*size).max(1)) as f32;
        let share = (all as f32 + PRIOR * PRIOR_SHARE) / (language + PRIOR);
        let held = count as f32 + PRIOR * share.max(PRIOR_SHARE);
        ((size + PRIOR) / held).ln().max(0.0)
    }
}

/// Counts sorted keys: how often each occurs, in order.
pub(super) fn counted<K: PartialEq + Copy>(sorted: &[K]) -> Vec<(K, u32)> {
    let same = sorted.chunk_by(|a, b| a == b);
    same.filter_map(|same| Some((*same.first()?, same.len() as u32)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(month: i32) -> WindowKey {
        WindowKey {
            lang: None,
            month: Some(month),
        }
    }

    #[test]
    fn what_is_common_in_one_month_is_rare_in_another() {
        let mut windows = Windows::default();
        let (dry, wet) = (windows.add(month(1), 500), windows.add(month(2), 500));
        let told: Vec<_> = windows.rarities(&[(dry, 2), (wet, 100)]).collect();
        assert!(told[0].1 > 2.0 * told[1].1, "{told:?}");
    }

    #[test]
    fn a_full_window_hardly_heeds_what_else_is_loaded() {
        let mut windows = Windows::default();
        let own = windows.add(month(1), 1_000);
        let before: Vec<_> = windows.rarities(&[(own, 20)]).collect();
        let far = windows.add(month(90), 100_000);
        let after: Vec<_> = windows.rarities(&[(own, 20), (far, 9)]).collect();
        assert!(
            (before[0].1 - after[0].1).abs() < 0.05,
            "{before:?} {after:?}"
        );
    }

    #[test]
    fn windows_counted_in_two_parts_are_as_counted_at_once() {
        let (mut parts, mut whole) = (Windows::default(), Windows::default());
        parts.add(month(1), 300);
        parts.add(month(1), 200);
        whole.add(month(1), 500);
        let of = |windows: &Windows| windows.rarities(&[(0, 7)]).collect::<Vec<_>>();
        assert_eq!(of(&parts), of(&whole));
    }

    #[test]
    fn what_all_documents_hold_tells_little_even_among_few() {
        let mut windows = Windows::default();
        let few = windows.add(month(1), 5);
        let told: Vec<_> = windows.rarities(&[(few, 5)]).map(|(_, r)| r).collect();
        let lone: Vec<_> = windows.rarities(&[(few, 1)]).map(|(_, r)| r).collect();
        assert!(told[0] * 2.0 < lone[0], "{told:?} {lone:?}");
    }
}
