//! Builds a directory from a snapshot: gathers who speaks, resolves the names, counts.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

use super::before::Before;
use super::directory::{Alias, Directory, Person, PersonId, PersonKind};
use super::joins::Joins;
use super::name::{Name, NameKind, NameWords, is_letters};
use super::renown::{Called, Renown};
use super::resolve::{Resolver, Scope, Surface};
use crate::language::Packs;
use crate::model::{Article, ArticleId, Corpus, Quote, QuoteId};
use crate::text::{ByteSpan, squeeze};

/// What is known of a corpus beside its articles when names are resolved.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Articles of one event, within which a short name may stand for a full one. May be empty.
    pub stories: &'a [Vec<ArticleId>],
    /// What the user joined and split.
    pub joins: &'a Joins,
}

/// One speaker of one quotation, by the numbers of the ways of writing.
#[derive(Clone, Copy)]
struct Said {
    quote: u32,
    /// The fullest name in the article.
    full: u32,
    /// The name at the verb, where that is another one.
    mention: Option<u32>,
}

impl Said {
    fn called(&self) -> Option<Called> {
        let (full, short) = (self.full, self.mention?);
        Some(Called { full, short })
    }
}

/// As [`Said`], before the ways of writing are numbered.
struct Written<'a> {
    quote: u32,
    full: Cow<'a, str>,
    mention: Option<Cow<'a, str>>,
    /// What stands in brackets right behind the name.
    letters: Option<&'a str>,
    before: Before,
}

impl Directory {
    /// Tells who speaks in a corpus. Takes time linear in the number of quotations, about a second
    /// for 100,000 articles.
    pub fn build(corpus: &Corpus, packs: &Packs, known: Known) -> Self {
        let beside = NameWords::of(packs);
        let articles: Vec<&Article> = corpus.iter().map(|(_, article)| article).collect();
        let written: Vec<Vec<Written>> = {
            let speakers = articles.par_iter().map(|a| speakers_in(a, &beside));
            speakers.collect()
        };
        let Numbered {
            surfaces,
            said,
            offices,
        } = number(written, &beside);
        let mut resolver = Resolver::new(&surfaces, known.joins, &beside);
        let names: Vec<Vec<u32>> = said.iter().map(|said| distinct(said)).collect();
        let scopes = Scopes::of(articles.len(), known.stories, &names);
        resolver.join_shortened(names.iter().chain(&scopes.names));
        resolver.join_called(said.iter().flatten().filter_map(Said::called));
        let called = said.iter().map(|list| list.iter().filter_map(Said::called));
        let called = called.map(Iterator::collect);
        let people = (0..surfaces.len()).map(|full| resolver.anywhere(full as u32));
        let people: Vec<_> = people.collect();
        let renown = Renown::of(&surfaces, called, &offices, &people);
        for (at, names) in names.iter().enumerate() {
            for surface in names {
                let short = &surfaces[*surface as usize];
                if let Some(person) = renown.meant(articles[at], short, &beside) {
                    resolver.know(*surface, scopes.of_article(at as u32), person);
                }
            }
        }
        let mut speakers: Vec<Vec<u32>> = Vec::with_capacity(said.len());
        for (at, list) in said.iter().enumerate() {
            let scope = scopes.of_article(at as u32);
            let far = scopes.names(scope.story);
            let resolve = |one: &Said| {
                let by_hand = resolver.resolve_by_hand(&articles[at].key, one.full);
                by_hand.unwrap_or_else(|| resolver.resolve(one.full, scope, &names[at], far))
            };
            speakers.push(list.iter().map(resolve).collect());
        }
        let mut draft = Draft::new(&surfaces);
        for (at, (list, speakers)) in said.iter().zip(&speakers).enumerate() {
            for (one, speaker) in list.iter().zip(speakers) {
                draft.add(ArticleId(at as u32), *one, resolver.root(*speaker));
            }
        }
        draft.into_directory(corpus, |surface| resolver.is_left_on(surface))
    }
}

/// Who speaks in one article, as written.
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
struct Numbered {
    surfaces: Vec<Surface>,
    /// By article.
    said: Vec<Vec<Said>>,
    /// The names that stand behind an office, with that.
    offices: Vec<(u32, Box<str>)>,
}

/// Numbers the ways of writing and takes each apart once. Unreadable ones are left out.
fn number<'a>(written: Vec<Vec<Written<'a>>>, beside: &NameWords) -> Numbered {
    let mut numbers: HashMap<Cow<str>, Option<u32>> = HashMap::new();
    let mut surfaces = Vec::new();
    let mut number = |written: Cow<'a, str>| {
        if let Some(known) = numbers.get(&written) {
            return *known;
        }
        let id = Name::parse(&written, beside).map(|name| {
            surfaces.push(Surface {
                written: (&*written).into(),
                name,
                is_bare: false,
                is_behind_body: false,
            });
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
        said.push(list.collect());
    }
    for (id, letters) in bracketed {
        surfaces[id as usize].name.add_letters(letters);
    }
    for id in bare {
        surfaces[id as usize].is_bare = true;
    }
    for id in behind_bodies {
        surfaces[id as usize].is_behind_body = true;
    }
    Numbered {
        surfaces,
        said,
        offices,
    }
}

/// Names of one article or story among which a short one is looked up. Far more than any report
/// has; a text of nothing but names would else cost time quadratic in its length.
const MAX_NAMES: usize = 512;

fn distinct(said: &[Said]) -> Vec<u32> {
    let mut names: Vec<u32> = said.iter().map(|one| one.full).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MAX_NAMES);
    names
}

/// The stories of the articles and the names in each.
struct Scopes {
    story_of: Vec<Option<u32>>,
    names: Vec<Vec<u32>>,
}

impl Scopes {
    fn of(articles: usize, stories: &[Vec<ArticleId>], names: &[Vec<u32>]) -> Self {
        let mut story_of = vec![None; articles];
        let mut in_story = Vec::with_capacity(stories.len());
        for (story, number) in stories.iter().zip(0..) {
            let mut all = Vec::new();
            for id in story {
                if let Some(place) = story_of.get_mut(id.0 as usize) {
                    *place = Some(number);
                    all.extend_from_slice(&names[id.0 as usize]);
                }
            }
            all.sort_unstable();
            all.dedup();
            all.truncate(MAX_NAMES);
            in_story.push(all);
        }
        Self {
            story_of,
            names: in_story,
        }
    }

    fn of_article(&self, article: u32) -> Scope {
        Scope {
            article,
            story: self.story_of.get(article as usize).copied().flatten(),
        }
    }

    fn names(&self, story: Option<u32>) -> &[u32] {
        story.map_or(&[], |story| &self.names[story as usize])
    }
}

/// A directory in the making.
struct Draft<'a> {
    surfaces: &'a [Surface],
    /// Places in `people`, by speaker.
    places: HashMap<u32, u32>,
    /// The quotations of each, and the ways in which the speaker is written, once for each.
    people: Vec<(Vec<QuoteId>, Vec<u32>)>,
    spoken: Vec<(QuoteId, u32)>,
}

impl<'a> Draft<'a> {
    fn new(surfaces: &'a [Surface]) -> Self {
        Self {
            surfaces,
            places: HashMap::new(),
            people: Vec::new(),
            spoken: Vec::new(),
        }
    }

    fn add(&mut self, article: ArticleId, said: Said, speaker: u32) {
        let next = self.people.len() as u32;
        let place = *self.places.entry(speaker).or_insert(next);
        if place == next {
            self.people.push((Vec::new(), Vec::new()));
        }
        let quote = QuoteId {
            article,
            index: said.quote,
        };
        let form = said
            .mention
            .filter(|mention| self.names_same(*mention, said.full));
        let (quotes, aliases) = &mut self.people[place as usize];
        quotes.push(quote);
        aliases.push(said.full);
        aliases.extend(form);
        self.spoken.push((quote, place));
    }

    /// Whether the words at the verb are a form of the name, not a description of the person.
    fn names_same(&self, mention: u32, full: u32) -> bool {
        let (mention, full) = (
            &self.surfaces[mention as usize].name,
            &self.surfaces[full as usize].name,
        );
        let is_letters = full.letters.as_ref() == Some(&mention.key);
        mention.key == full.key || is_letters || mention.may_shorten(full)
    }

    fn into_directory(
        self,
        corpus: &Corpus,
        left_on: impl Fn(&Surface) -> bool + Sync,
    ) -> Directory {
        let surfaces = self.surfaces;
        let drafts = self
            .people
            .into_par_iter()
            .map(|(quotes, aliases)| person((surfaces, &left_on), quotes, aliases));
        let drafts = drafts
            .enumerate()
            .map(|(place, person)| (place as u32, person));
        let mut people: Vec<(u32, Person)> = drafts.collect();
        people.par_sort_by(|(_, a), (_, b)| {
            let order = b.quotes.len().cmp(&a.quotes.len());
            order.then_with(|| (&a.name, &a.quotes).cmp(&(&b.name, &b.quotes)))
        });
        let mut ranks = vec![PersonId(0); people.len()];
        for ((place, _), rank) in people.iter().zip(0..) {
            ranks[*place as usize] = PersonId(rank);
        }
        let mut directory = Directory {
            people: people.into_iter().map(|(_, person)| person).collect(),
            ..Directory::default()
        };
        let mut spoken = self.spoken.into_iter().peekable();
        for (id, article) in corpus.iter() {
            directory.articles.push(directory.starts.len() as u32);
            for index in 0..article.quotes.len() as u32 {
                directory.starts.push(directory.speakers.len() as u32);
                let quote = QuoteId { article: id, index };
                while let Some((_, place)) = spoken.next_if(|(at, _)| *at == quote) {
                    directory.speakers.push(ranks[place as usize]);
                }
            }
        }
        directory.starts.push(directory.speakers.len() as u32);
        directory.fill(corpus);
        directory
    }
}

fn person(
    (surfaces, left_on): (&[Surface], impl Fn(&Surface) -> bool),
    quotes: Vec<QuoteId>,
    mut aliases: Vec<u32>,
) -> Person {
    aliases.sort_unstable();
    let aliases = aliases.chunk_by(|a, b| a == b);
    let aliases = aliases.map(|same| (&surfaces[same[0] as usize], same.len() as u32));
    let mut aliases: Vec<(&Surface, u32)> = aliases.collect();
    aliases.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.written.cmp(&b.0.written)));
    // The most frequent of the fullest kind; the first of equals, for the order to decide.
    let best = aliases.iter().rev().max_by_key(|(surface, count)| {
        let is_full = surface.name.parts.len() > 1 && surface.name.kind != NameKind::Description;
        (is_full && !left_on(surface), *count)
    });
    let kind = match best.map(|(surface, _)| surface.name.kind) {
        Some(NameKind::Institution) => PersonKind::Institution,
        Some(NameKind::Description) | None => PersonKind::Description,
        Some(NameKind::Full | NameKind::Short) => PersonKind::Person,
    };
    Person {
        name: best
            .map(|(surface, _)| surface.written.clone())
            .unwrap_or_default(),
        kind,
        aliases: aliases
            .into_iter()
            .map(|(surface, quotes)| Alias {
                written: surface.written.clone(),
                quotes,
            })
            .collect(),
        quotes,
        articles: 0,
        outlets: Vec::new(),
        first: None,
        last: None,
    }
}
