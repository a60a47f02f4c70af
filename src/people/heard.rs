//! Who speaks in each article, as written, and the ways of writing of a corpus, numbered.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};

use super::before::Before;
use super::name::{Name, NameWords, is_letters};
use super::renown::Called;
use super::surface::Surface;
use crate::language::Packs;
use crate::model::{Article, Quote};
use crate::text::{ByteSpan, squeeze};

/// One speaker of one quotation, by the numbers of the ways of writing.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub(super) quote: u32,
    /// The fullest name in the article.
    pub(super) full: u32,
    /// The name at the verb, where that is another one.
    pub(super) mention: Option<u32>,
}

impl Said {
    pub(super) fn called(&self) -> Option<Called> {
        let (full, short) = (self.full, self.mention?);
        Some(Called { full, short })
    }
}

/// One speaker of one quotation, as written.
pub(crate) struct Written<'a> {
    quote: u32,
    full: Cow<'a, str>,
    mention: Option<Cow<'a, str>>,
    /// What stands in brackets right behind the name.
    letters: Option<&'a str>,
    before: Before,
}

/// Tells who is heard in articles.
pub(crate) struct Listener {
    beside: NameWords,
}

impl Listener {
    pub(crate) fn new(packs: &Packs) -> Self {
        Self {
            beside: NameWords::of(packs),
        }
    }

    /// Who speaks in one article, as written.
    pub(crate) fn listen<'a>(&self, article: &'a Article) -> Vec<Written<'a>> {
        speakers_in(article, &self.beside)
    }

    /// Numbers the ways of writing of all articles of a corpus; `None` once cancelled.
    pub(crate) fn number(
        self,
        written: Vec<Vec<Written>>,
        is_cancelled: impl Fn() -> bool,
    ) -> Option<Heard> {
        number(written, self.beside, is_cancelled)
    }
}

fn speakers_in<'a>(article: &'a Article, beside: &NameWords) -> Vec<Written<'a>> {
    let mut found = Vec::new();
    for (quote, number) in article.quotes.iter().zip(0..) {
        for name in quote.speakers.iter() {
            let written = squeeze(name.of(&article.text));
            if !written.is_empty() {
                found.push(Written {
                    quote: number,
                    mention: mention(article, quote).filter(|mention| *mention != written),
                    full: written,
                    letters: letters_behind(&article.text, *name),
                    before: Before::of(&article.text, *name, beside),
                });
            }
        }
    }
    found
}

/// What stands in brackets right behind a name: `KCNA` in `Korean Central News Agency (KCNA)`.
fn letters_behind(text: &str, name: ByteSpan) -> Option<&str> {
    let behind = text.get(name.end as usize..)?;
    let inside = behind.strip_prefix(" (")?.split(')').next()?;
    is_letters(inside).then_some(inside)
}

/// The name at the verb. Two who speak together share one mention, which names neither alone.
fn mention<'a>(article: &'a Article, quote: &Quote) -> Option<Cow<'a, str>> {
    let words = squeeze(quote.mention?.of(&article.text));
    let is_name = words.starts_with(char::is_uppercase) && quote.speakers.len() == 1;
    is_name.then_some(words)
}

/// The ways of writing in a corpus, and where they stand.
pub(crate) struct Heard {
    pub(super) surfaces: Vec<Surface>,
    /// By article.
    pub(super) said: Vec<Vec<Said>>,
    /// The names in each article.
    pub(super) names: Vec<Vec<u32>>,
    /// The names that stand behind an office, with that.
    pub(super) offices: Vec<(u32, Box<str>)>,
    pub(super) beside: NameWords,
}

/// Numbers the ways of writing and takes each apart once. Unreadable ones are left out.
fn number<'a>(
    written: Vec<Vec<Written<'a>>>,
    beside: NameWords,
    is_cancelled: impl Fn() -> bool,
) -> Option<Heard> {
    let mut numbers: HashMap<Cow<str>, Option<u32>> = HashMap::new();
    let mut surfaces = Vec::new();
    let mut number = |written: Cow<'a, str>| {
        if let Some(known) = numbers.get(&written) {
            return *known;
        }
        let id = Name::parse(&written, &beside).map(|name| {
            surfaces.push(Surface::new(&written, name));
            surfaces.len() as u32 - 1
        });
        numbers.insert(written, id);
        id
    };
    let mut said = Vec::with_capacity(written.len());
    let mut offices = Vec::new();
    let mut bracketed = Vec::new();
    let mut bare = Vec::new();
    let mut behind_bodies = Vec::new();
    for list in written {
        if is_cancelled() {
            return None;
        }
        let list = list.into_iter().filter_map(|one| {
            let full = number(one.full)?;
            bracketed.extend(one.letters.map(|letters| (full, letters)));
            match one.before {
                Before::Office(office) => offices.push((full, office)),
                Before::Body => behind_bodies.push(full),
                Before::Other => bare.push(full),
            }
            Some(Said {
                quote: one.quote,
                full,
                mention: one.mention.and_then(&mut number),
            })
        });
        said.push(list.collect::<Vec<_>>());
    }
    for (id, letters) in bracketed {
        surfaces[id as usize].name.add_letters(letters);
    }
    mark(&mut surfaces, bare, |surface| surface.is_bare = true);
    mark(&mut surfaces, behind_bodies, |surface| {
        surface.is_behind_body = true;
    });
    Some(Heard {
        names: said.iter().map(|said| distinct(said)).collect(),
        surfaces,
        said,
        offices,
        beside,
    })
}

fn mark(surfaces: &mut [Surface], ids: Vec<u32>, mark: impl Fn(&mut Surface)) {
    for id in ids {
        mark(&mut surfaces[id as usize]);
    }
}

/// Names of one article or story among which a short one is looked up. Far more than any report
/// has; a text of nothing but names would else cost time quadratic in its length.
pub(super) const MAX_NAMES: usize = 512;

fn distinct(said: &[Said]) -> Vec<u32> {
    let mut names: Vec<u32> = said.iter().map(|one| one.full).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MAX_NAMES);
    names
}
