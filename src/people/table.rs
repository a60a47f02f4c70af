//! The table of names: everything that identity needs of a corpus. It is counted article by
//! article, so that tables of parts of a corpus can be merged, in any order.

use std::borrow::Cow;

use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};

use super::listen::{Before, Listener, Told, Written};
use super::name::Name;
use super::surface::Surface;
use crate::model::{Article, ArticleId};
use crate::quotes::AlsoCalled;

/// One speaker of one quotation, by the numbers of the surfaces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) quote: u32,
    /// The fullest name in the article.
    pub(super) full: u32,
    /// The name at the verb, if it is another one.
    pub(super) mention: Option<u32>,
}

/// What one article tells of names, by the numbers of the surfaces.
#[derive(Clone, Debug)]
pub(super) struct ArticleNames {
    pub(super) id: ArticleId,
    /// The day of publication.
    pub(super) day: Option<NaiveDate>,
    pub(super) said: Vec<Said>,
    /// The full names of those who speak, each once, in rising order.
    pub(super) speakers: Vec<u32>,
    /// All names in the article, each once, in rising order.
    pub(super) named: Vec<u32>,
    /// Offices, by number, with their bearers.
    pub(super) offices: Vec<(u32, u32)>,
    /// Short forms of offices in brackets, with the long ones.
    pub(super) short_offices: Vec<(u32, u32)>,
    /// Names that the article says are of one person or body.
    pub(super) also: Vec<(u32, u32, AlsoCalled)>,
}

/// Everything that identity needs of a corpus: the surfaces with their scopes, who else is called
/// how, who held which office on which day.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameTable {
    pub(super) surfaces: Vec<Surface>,
    /// Offices by number.
    pub(super) offices: Vec<Box<str>>,
    pub(super) articles: Vec<ArticleNames>,
    numbers: HashMap<Box<str>, Option<u32>>,
    office_numbers: HashMap<Box<str>, u32>,
}

/// Names of one article or story among which a short one is looked up. Far more than any report
/// has; a text of nothing but names would else cost time quadratic in its length.
pub(super) const MAX_NAMES: usize = 512;

impl NameTable {
    /// Adds what an article tells. An article must be added once only.
    pub(crate) fn add(&mut self, (id, article): (ArticleId, &Article), told: Told, by: &Listener) {
        let mut names = ArticleNames {
            id,
            day: article.structure.published.map(|published| published.date),
            said: Vec::with_capacity(told.spoken.len()),
            speakers: Vec::new(),
            named: Vec::new(),
            offices: Vec::new(),
            short_offices: Vec::new(),
            also: Vec::new(),
        };
        self.add_spoken(&mut names, told.spoken, by);
        for (a, b, how) in told.also {
            let pair = (self.number(a, by), self.number(b, by));
            if let (Some(a), Some(b)) = pair {
                names.also.push((a, b, how));
            }
        }
        for (office, name) in told.offices {
            let Some(name) = self.number(name, by) else {
                continue;
            };
            let forms = by.beside.offices(&office).into_iter();
            let forms: Vec<u32> = forms.map(|form| self.office(form)).collect();
            names.offices.extend(forms.iter().map(|form| (*form, name)));
            if let [long, short] = forms[..] {
                names.short_offices.push((short, long));
            }
        }
        let surfaces = told.named.into_iter();
        names
            .named
            .extend(surfaces.filter_map(|name| self.number(name, by)));
        names.named.extend_from_slice(&names.speakers);
        names.speakers = distinct(&names.speakers);
        names.named = distinct(&names.named);
        names.offices.sort_unstable();
        names.offices.dedup();
        for name in &names.named {
            self.surfaces[*name as usize].articles += 1;
        }
        self.articles.push(names);
    }

    fn add_spoken(&mut self, names: &mut ArticleNames, spoken: Vec<Written>, by: &Listener) {
        for one in spoken {
            let Some(full) = self.number(one.full, by) else {
                continue;
            };
            if let Some(surface) = self.surfaces.get_mut(full as usize) {
                surface.speaks = true;
                surface.is_bare |= one.before == Before::Other;
                surface.is_behind_body |= one.before == Before::Body;
            }
            let mention = one.mention.and_then(|mention| self.number(mention, by));
            names.speakers.push(full);
            names.said.push(Said {
                quote: one.quote,
                full,
                mention,
            });
        }
    }

    /// Merges the table of another part of the same corpus into this one.
    pub(crate) fn merge(&mut self, other: Self) {
        let surfaces: Vec<u32> = other.surfaces.iter().map(|one| self.take(one)).collect();
        let offices: Vec<u32> = other.offices.into_iter().map(|o| self.office(o)).collect();
        self.articles
            .extend(other.articles.into_iter().map(|mut names| {
                names.renumber(&surfaces, &offices);
                names
            }));
    }

    /// Puts the table in an order that does not depend on how its parts were merged.
    pub(crate) fn sort(&mut self) {
        let surfaces = ranks(&self.surfaces, |a, b| a.written.cmp(&b.written));
        let offices = ranks(&self.offices, Ord::cmp);
        permute(&mut self.surfaces, &surfaces);
        permute(&mut self.offices, &offices);
        for names in &mut self.articles {
            names.renumber(&surfaces, &offices);
        }
        self.articles.sort_by_key(|names| names.id);
        self.numbers.clear();
        self.office_numbers.clear();
    }

    fn number(&mut self, written: Cow<str>, by: &Listener) -> Option<u32> {
        if let Some(known) = self.numbers.get(&*written) {
            return *known;
        }
        let id = Name::parse(&written, &by.beside).map(|name| {
            self.surfaces.push(Surface::new(&written, name));
            self.surfaces.len() as u32 - 1
        });
        self.numbers.insert(written.into(), id);
        id
    }

    fn take(&mut self, other: &Surface) -> u32 {
        let known = self.numbers.get(&other.written).copied().flatten();
        if let Some(known) = known {
            self.surfaces[known as usize].add(other);
            return known;
        }
        let id = self.surfaces.len() as u32;
        self.numbers.insert(other.written.clone(), Some(id));
        self.surfaces.push(other.clone());
        id
    }

    fn office(&mut self, office: Box<str>) -> u32 {
        let next = self.offices.len() as u32;
        if let Some(known) = self.office_numbers.get(&office) {
            return *known;
        }
        self.office_numbers.insert(office.clone(), next);
        self.offices.push(office);
        next
    }
}

impl ArticleNames {
    fn renumber(&mut self, surfaces: &[u32], offices: &[u32]) {
        let new = |id: &mut u32| *id = surfaces[*id as usize];
        for one in &mut self.said {
            new(&mut one.full);
            one.mention.as_mut().map(new);
        }
        self.speakers.iter_mut().for_each(new);
        self.named.iter_mut().for_each(new);
        for (office, name) in &mut self.offices {
            *office = offices[*office as usize];
            new(name);
        }
        for (short, long) in &mut self.short_offices {
            *short = offices[*short as usize];
            *long = offices[*long as usize];
        }
        for (a, b, _) in &mut self.also {
            new(a);
            new(b);
        }
        self.speakers.sort_unstable();
        self.named.sort_unstable();
        self.offices.sort_unstable();
    }
}

/// The first names of a list, each once, in rising order.
fn distinct(names: &[u32]) -> Vec<u32> {
    let mut seen = HashSet::default();
    let first = names.iter().copied().filter(|name| seen.insert(*name));
    let mut first: Vec<u32> = first.take(MAX_NAMES).collect();
    first.sort_unstable();
    first
}

/// The place of each item once all are in order.
fn ranks<T: Sync>(items: &[T], order: impl Fn(&T, &T) -> std::cmp::Ordering + Sync) -> Vec<u32> {
    use rayon::prelude::*;
    let mut places: Vec<u32> = (0..items.len() as u32).collect();
    places.par_sort_unstable_by(|a, b| order(&items[*a as usize], &items[*b as usize]));
    let mut ranks = vec![0; items.len()];
    for (rank, place) in places.into_iter().enumerate() {
        ranks[place as usize] = rank as u32;
    }
    ranks
}

fn permute<T>(items: &mut Vec<T>, ranks: &[u32]) {
    let mut placed: Vec<(u32, T)> = ranks.iter().copied().zip(items.drain(..)).collect();
    placed.sort_unstable_by_key(|(rank, _)| *rank);
    items.extend(placed.into_iter().map(|(_, item)| item));
}
