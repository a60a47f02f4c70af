//! The table of names: everything that identity needs of a corpus. It is counted article by
//! article, so that tables of parts of a corpus can be merged, in any order.

use std::borrow::Cow;

use chrono::NaiveDate;
use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

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
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    surfaces: Vec<Surface>,
    offices: Vec<Box<str>>,
    articles: Vec<ArticleNames>,
    numbers: HashMap<Box<str>, u32>,
    office_numbers: HashMap<Box<str>, u32>,
}

/// The table of a whole corpus, with its names taken apart, in an order that does not depend on how
/// its parts were merged.
#[derive(Debug)]
pub(crate) struct Names {
    pub(super) surfaces: Vec<Surface>,
    /// Offices by number.
    pub(super) offices: Vec<Box<str>>,
    /// The articles in the order of the corpus.
    pub(super) articles: Vec<ArticleNames>,
}

/// Names of one article or story among which a short one is looked up. Far more than any report
/// has; a text of nothing but names would else cost time quadratic in its length.
pub(super) const MAX_NAMES: usize = 512;

impl NameTable {
    /// Adds what an article tells. An article must be added once only.
    pub(crate) fn add(&mut self, (id, article): (ArticleId, &Article), told: Told) {
        let mut names = ArticleNames {
            id,
            day: article.structure.published.map(|published| published.date),
            said: Vec::with_capacity(told.spoken.len()),
            speakers: Vec::new(),
            named: Vec::with_capacity(told.named.len()),
            offices: Vec::with_capacity(told.offices.len()),
            short_offices: Vec::new(),
            also: Vec::with_capacity(told.also.len()),
        };
        self.add_spoken(&mut names, told.spoken);
        for (a, b, how) in told.also {
            let pair = (self.number(a), self.number(b));
            names.also.push((pair.0, pair.1, how));
        }
        for (office, name) in told.offices {
            let pair = (self.office(office), self.number(name));
            names.offices.push(pair);
        }
        for name in told.named {
            let name = self.number(name);
            names.named.push(name);
        }
        names.named.extend_from_slice(&names.speakers);
        names.speakers = distinct(&names.speakers);
        names.named = distinct(&names.named);
        for name in &names.named {
            self.surfaces[*name as usize].articles += 1;
        }
        self.articles.push(names);
    }

    fn add_spoken(&mut self, names: &mut ArticleNames, spoken: Vec<Written>) {
        for one in spoken {
            let full = self.number(one.full);
            let surface = &mut self.surfaces[full as usize];
            surface.speaks = true;
            surface.is_bare |= one.before == Before::Other;
            surface.is_behind_body |= one.before == Before::Body;
            let mention = one.mention.map(|mention| self.number(mention));
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
        let surfaces = other.surfaces.into_iter().map(|one| self.take(one));
        let surfaces: Vec<u32> = surfaces.collect();
        let offices = other
            .offices
            .into_iter()
            .map(|one| self.office(Cow::Owned(one.into())));
        let offices: Vec<u32> = offices.collect();
        let articles = other.articles.into_iter().map(|mut names| {
            names.renumber(&surfaces, &offices);
            names
        });
        self.articles.extend(articles);
    }

    /// Takes the names of the whole corpus apart, and puts everything in order.
    pub(crate) fn finish(mut self, by: &Listener) -> Names {
        let beside = &by.beside;
        let surfaces = ranks(&self.surfaces, |a, b| a.written.cmp(&b.written));
        let offices = ranks(&self.offices, Ord::cmp);
        permute(&mut self.surfaces, &surfaces);
        permute(&mut self.offices, &offices);
        self.articles.par_sort_unstable_by_key(|names| names.id);
        self.surfaces.par_iter_mut().for_each(|surface| {
            let name = Name::parse(&surface.written, beside);
            surface.name = name.unwrap_or_default();
        });
        // Every way of writing an office, by the numbers of its forms.
        let forms: Vec<Vec<Box<str>>> = self
            .offices
            .par_iter()
            .map(|office| beside.offices(office))
            .collect();
        let mut numbers: HashMap<Box<str>, u32> = HashMap::default();
        let mut keys = Vec::new();
        let numbered = forms.into_iter().map(|forms| {
            let number = |form: Box<str>| {
                *numbers.entry(form).or_insert_with_key(|form| {
                    keys.push(form.clone());
                    keys.len() as u32 - 1
                })
            };
            forms.into_iter().map(number).collect::<Vec<u32>>()
        });
        let numbered: Vec<Vec<u32>> = numbered.collect();
        self.articles.par_iter_mut().for_each(|names| {
            names.renumber(&surfaces, &offices);
            names.spell_out(&numbered);
        });
        Names {
            surfaces: self.surfaces,
            offices: keys,
            articles: self.articles,
        }
    }

    fn number(&mut self, written: Cow<str>) -> u32 {
        if let Some(known) = self.numbers.get(&*written) {
            return *known;
        }
        let written: Box<str> = written.into();
        let id = self.surfaces.len() as u32;
        self.surfaces.push(Surface::new(written.clone()));
        self.numbers.insert(written, id);
        id
    }

    fn take(&mut self, other: Surface) -> u32 {
        if let Some(known) = self.numbers.get(&other.written) {
            self.surfaces[*known as usize].add(&other);
            return *known;
        }
        let id = self.surfaces.len() as u32;
        self.numbers.insert(other.written.clone(), id);
        self.surfaces.push(other);
        id
    }

    fn office(&mut self, office: Cow<str>) -> u32 {
        if let Some(known) = self.office_numbers.get(&*office) {
            return *known;
        }
        let office: Box<str> = office.into();
        let id = self.offices.len() as u32;
        self.office_numbers.insert(office.clone(), id);
        self.offices.push(office);
        id
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
        for (a, b, _) in &mut self.also {
            new(a);
            new(b);
        }
        self.speakers.sort_unstable();
        self.named.sort_unstable();
    }

    /// Puts the forms of each office in its place.
    fn spell_out(&mut self, forms: &[Vec<u32>]) {
        let written = std::mem::take(&mut self.offices);
        for (office, name) in written {
            let forms = &forms[office as usize];
            self.offices.extend(forms.iter().map(|form| (*form, name)));
            if let [long, short] = forms[..] {
                self.short_offices.push((short, long));
            }
        }
        self.offices.sort_unstable();
        self.offices.dedup();
    }
}

/// The first names of a list, each once, in rising order.
fn distinct(names: &[u32]) -> Vec<u32> {
    let mut first = names.to_vec();
    if first.len() > MAX_NAMES {
        let mut seen = HashSet::default();
        first.retain(|name| seen.insert(*name));
        first.truncate(MAX_NAMES);
    }
    first.sort_unstable();
    first.dedup();
    first
}

/// The place of each item once all are in order.
fn ranks<T: Sync>(items: &[T], order: impl Fn(&T, &T) -> std::cmp::Ordering + Sync) -> Vec<u32> {
    let mut places: Vec<u32> = (0..items.len() as u32).collect();
    places.par_sort_unstable_by(|a, b| order(&items[*a as usize], &items[*b as usize]));
    let mut ranks = vec![0; items.len()];
    for (rank, place) in places.into_iter().enumerate() {
        ranks[place as usize] = rank as u32;
    }
    ranks
}

fn permute<T: Send>(items: &mut Vec<T>, ranks: &[u32]) {
    let mut placed: Vec<(u32, T)> = ranks.iter().copied().zip(items.drain(..)).collect();
    placed.par_sort_unstable_by_key(|(rank, _)| *rank);
    items.extend(placed.into_iter().map(|(_, item)| item));
}
