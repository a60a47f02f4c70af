//! Builds a directory from a snapshot: resolves the names of those who are heard, counts.

use std::cmp::Reverse;

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

use super::directory::{Alias, Directory, Person, PersonId, PersonKind};
use super::heard::{Heard, MAX_NAMES, Said};
use super::joins::Joins;
use super::name::NameKind;
use super::renown::Renown;
use super::resolve::{Resolver, Scope};
use super::surface::Surface;
use crate::model::{Article, ArticleId, Corpus, QuoteId};

/// What is known of a corpus beside its articles when names are resolved.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Articles of one event, within which a short name may stand for a full one. May be empty.
    pub stories: &'a [Vec<ArticleId>],
    /// What the user joined and split.
    pub joins: &'a Joins,
}

/// Told how many articles are done; says whether to go on.
pub(crate) type Watch<'a> = &'a (dyn Fn(usize) -> bool + Sync);

impl Directory {
    /// Tells who speaks in a corpus, by whom is heard in its articles; `None` once `watch` says so.
    /// Takes time linear in the number of quotations, about a second for 100,000 articles.
    pub(crate) fn build(
        corpus: &Corpus,
        heard: &Heard,
        known: Known,
        watch: Watch,
    ) -> Option<Self> {
        let Heard {
            surfaces,
            said,
            names,
            beside,
            ..
        } = heard;
        let articles: Vec<&Article> = corpus.iter().map(|(_, article)| article).collect();
        let mut resolver = Resolver::new(surfaces, known.joins, beside);
        let scopes = Scopes::of(articles.len(), known.stories, names);
        resolver.join_shortened(names.iter().chain(&scopes.names));
        resolver.join_called(said.iter().flatten().filter_map(Said::called));
        if !watch(0) {
            return None;
        }
        learn_renown(&mut resolver, heard, &articles, &scopes);
        let mut speakers: Vec<Vec<u32>> = Vec::with_capacity(said.len());
        for (at, list) in said.iter().enumerate() {
            if !watch(at) {
                return None;
            }
            let scope = scopes.of_article(at as u32);
            let far = scopes.names(scope.story);
            let resolve = |one: &Said| {
                let by_hand = resolver.resolve_by_hand(&articles[at].key, one.full);
                by_hand.unwrap_or_else(|| resolver.resolve(one.full, scope, &names[at], far))
            };
            speakers.push(list.iter().map(resolve).collect());
        }
        let mut draft = Draft::new(surfaces);
        for (at, (list, speakers)) in said.iter().zip(&speakers).enumerate() {
            for (one, speaker) in list.iter().zip(speakers) {
                draft.add(ArticleId(at as u32), *one, resolver.root(*speaker));
            }
        }
        let directory = draft.into_directory(corpus, |surface| resolver.is_left_on(surface));
        watch(articles.len()).then_some(directory)
    }
}

/// Lets the resolver know whom short names mean that nearly all of the corpus uses of one person.
fn learn_renown(
    resolver: &mut Resolver<'_>,
    heard: &Heard,
    articles: &[&Article],
    scopes: &Scopes,
) {
    let (surfaces, said) = (&heard.surfaces, &heard.said);
    let called = said.iter().map(|list| list.iter().filter_map(Said::called));
    let called = called.map(Iterator::collect);
    let people = (0..surfaces.len()).map(|full| resolver.anywhere(full as u32));
    let people: Vec<_> = people.collect();
    let renown = Renown::of(surfaces, called, &heard.offices, &people);
    let meant = heard
        .names
        .par_iter()
        .zip(articles)
        .map(|(names, article)| {
            let meant = names.iter().filter_map(|surface| {
                let short = &surfaces[*surface as usize];
                Some((*surface, renown.meant(article, short, &heard.beside)?))
            });
            meant.collect()
        });
    let meant: Vec<Vec<(u32, u32)>> = meant.collect();
    for (meant, at) in meant.into_iter().zip(0..) {
        for (surface, person) in meant {
            resolver.know(surface, scopes.of_article(at), person);
        }
    }
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
        let people: Vec<Person> = drafts.collect();
        let order = by_quotations(&people);
        let mut ranks = vec![PersonId(0); people.len()];
        for (place, rank) in order.iter().zip(0..) {
            ranks[*place as usize] = PersonId(rank);
        }
        let mut people: Vec<Option<Person>> = people.into_iter().map(Some).collect();
        let mut directory = Directory {
            people: order
                .iter()
                .filter_map(|place| people[*place as usize].take())
                .collect(),
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

/// The places of people: of those with most quotations first, then by name.
fn by_quotations(people: &[Person]) -> Vec<u32> {
    let keys = people.iter().zip(0..).map(|(person, place)| {
        let mut letters = [0; size_of::<u64>()];
        let beginning = letters.iter_mut().zip(person.name.bytes());
        beginning.for_each(|(letter, byte)| *letter = byte);
        // Tells most apart without a look at where the names are kept.
        let beginning = u64::from_be_bytes(letters);
        (Reverse(person.quotes.len()), beginning, place)
    });
    let mut keys: Vec<(Reverse<usize>, u64, u32)> = keys.collect();
    keys.par_sort_unstable_by(|x, y| {
        let (a, b) = (&people[x.2 as usize], &people[y.2 as usize]);
        let rest = || (&a.name, &a.quotes, x.2).cmp(&(&b.name, &b.quotes, y.2));
        (x.0, x.1).cmp(&(y.0, y.1)).then_with(rest)
    });
    keys.into_iter().map(|(.., place)| place).collect()
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
