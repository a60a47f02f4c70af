//! Builds a directory from a table of names: resolves the names of those who speak, counts.

use std::cmp::Reverse;

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

use super::directory::{Alias, Directory, Person, PersonId};
use super::evidence::NameEvidence;
use super::joins::Joins;
use super::kind::PersonKind;
use super::listen::Listener;
use super::name::{Name, NameKind};
use super::resolve::{Resolver, Scope};
use super::slug::Slugs;
use super::surface::Surface;
use super::table::{ArticleNames, MAX_NAMES, Names, Said};
use crate::model::{ArticleId, Corpus, QuoteId};

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
    /// Tells who speaks in a corpus, by the table of its names; `None` once `watch` says so. Takes
    /// time linear in the number of names, and does not depend on the order in which parts of the
    /// table were merged.
    pub(crate) fn build(
        corpus: &Corpus,
        (table, listener): (&Names, &Listener),
        known: Known,
        watch: Watch,
    ) -> Option<Self> {
        let scopes = Scopes::of(corpus.len(), known.stories, &table.articles);
        let goes_on = || watch(0);
        let stories = table.articles.iter().map(|names| scopes.story_of(names.id));
        let by = (stories.collect(), known.joins);
        let mut resolver = Resolver::new((table, &listener.beside), by, &goes_on)?;
        let mut speakers = Vec::with_capacity(table.articles.len());
        for (names, at) in table.articles.iter().zip(0..) {
            if !watch(names.id.0 as usize) {
                return None;
            }
            let Some(article) = corpus.get(names.id) else {
                continue;
            };
            let story = scopes.story_of(names.id);
            let scope = Scope {
                at,
                article,
                names,
                story,
                far: scopes.names(story),
            };
            let is_name = |said: &&Said| !table.surfaces[said.full as usize].name.key.is_empty();
            let said = names.said.iter().filter(is_name);
            let people = said.map(|said| (*said, resolver.resolve(*said, scope)));
            speakers.push((names.id, people.collect::<Vec<_>>()));
        }
        let mut draft = Draft::new(&table.surfaces);
        for (article, list) in speakers {
            for (said, (speaker, evidence)) in list {
                draft.add(article, said, (resolver.root(speaker), evidence));
            }
        }
        let mut directory = draft.into_directory(corpus, &resolver);
        directory.check(corpus, &known.joins.checked());
        watch(corpus.len()).then_some(directory)
    }
}

/// The stories of the articles and the names in each.
struct Scopes {
    story_of: Vec<Option<u32>>,
    names: Vec<Vec<u32>>,
}

impl Scopes {
    fn of(articles: usize, stories: &[Vec<ArticleId>], table: &[ArticleNames]) -> Self {
        let mut story_of = vec![None; articles];
        for (story, number) in stories.iter().zip(0..) {
            for id in story {
                if let Some(place) = story_of.get_mut(id.0 as usize) {
                    *place = Some(number);
                }
            }
        }
        let mut names = vec![Vec::new(); stories.len()];
        for one in table {
            let story = story_of.get(one.id.0 as usize).copied().flatten();
            if let Some(all) = story.and_then(|story| names.get_mut(story as usize)) {
                all.extend_from_slice(&one.named);
            }
        }
        for all in &mut names {
            all.sort_unstable();
            all.dedup();
            all.truncate(MAX_NAMES);
        }
        Self { story_of, names }
    }

    fn story_of(&self, article: ArticleId) -> Option<u32> {
        self.story_of.get(article.0 as usize).copied().flatten()
    }

    fn names(&self, story: Option<u32>) -> &[u32] {
        story.map_or(&[], |story| &self.names[story as usize])
    }
}

/// How a speaker is written somewhere, and what tells that it is them.
type Form = (u32, NameEvidence);

/// A directory in the making.
struct Draft<'a> {
    surfaces: &'a [Surface],
    /// Places in `people`, by speaker.
    places: HashMap<u32, u32>,
    /// The quotations of each, and the ways in which the speaker is written, once for each.
    people: Vec<(Vec<QuoteId>, Vec<Form>)>,
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

    fn add(&mut self, article: ArticleId, said: Said, (speaker, evidence): (u32, NameEvidence)) {
        let next = self.people.len() as u32;
        let place = *self.places.entry(speaker).or_insert(next);
        if place == next {
            self.people.push((Vec::new(), Vec::new()));
        }
        let quote = QuoteId {
            article,
            index: said.quote,
        };
        let names_same = |mention: &u32| self.names_same(*mention, said.full);
        let form = said.mention.filter(names_same);
        let (quotes, forms) = &mut self.people[place as usize];
        quotes.push(quote);
        forms.push((said.full, evidence));
        forms.extend(form.map(|form| (form, NameEvidence::Article)));
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

    fn into_directory(self, corpus: &Corpus, resolver: &Resolver<'_>) -> Directory {
        let drafts = self
            .people
            .into_par_iter()
            .map(|(quotes, forms)| person((self.surfaces, resolver), quotes, forms));
        let people: Vec<Person> = drafts.collect();
        let order = by_quotations(&people);
        let mut ranks = vec![PersonId(0); people.len()];
        for (place, rank) in order.iter().zip(0..) {
            ranks[*place as usize] = PersonId(rank);
        }
        let mut people: Vec<Option<Person>> = people.into_iter().map(Some).collect();
        let mut slugs = Slugs::with_capacity(people.len());
        let in_order = order
            .iter()
            .filter_map(|place| people[*place as usize].take());
        let mut directory = Directory {
            people: in_order
                .map(|person| Person {
                    id: slugs.next(&person.name),
                    ..person
                })
                .collect(),
            ..Directory::default()
        };
        // Two names of one person who speaks (`Rina Halim; Nana`) are one speaker.
        let mut spoken = self.spoken;
        spoken.dedup();
        let mut spoken = spoken.into_iter().peekable();
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
    (surfaces, resolver): (&[Surface], &Resolver<'_>),
    quotes: Vec<QuoteId>,
    mut forms: Vec<Form>,
) -> Person {
    forms.sort_unstable();
    let same = forms.chunk_by(|a, b| a.0 == b.0);
    let aliases = same.map(|same| {
        let (id, nearest) = same[0];
        let evidence = resolver.evidence(id).unwrap_or(nearest);
        (&surfaces[id as usize], same.len() as u32, evidence)
    });
    let mut aliases: Vec<(&Surface, u32, NameEvidence)> = aliases.collect();
    aliases.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.written.cmp(&b.0.written)));
    let best = best(&aliases, |surface| resolver.is_left_on(surface));
    let kind = match best.map(|surface| surface.name.kind) {
        Some(NameKind::Institution) => PersonKind::Body,
        Some(NameKind::Description) | None => PersonKind::Anonymous,
        Some(NameKind::Full | NameKind::Short) => PersonKind::Person,
    };
    // By hand, under any name that is not shared with others.
    let is_best = |surface: &Surface| best.is_some_and(|best| std::ptr::eq(best, surface));
    let own = |surface: &&Surface| surface.name.parts.len() > 1 || is_best(surface);
    let named = aliases.iter().map(|(surface, ..)| *surface).filter(own);
    let keys: Vec<&str> = named.map(|surface| &*surface.name.key).collect();
    let name = keys.iter().find_map(|key| resolver.called(key));
    let name = name.or_else(|| best.map(|best| best.written.clone()));
    let kind = keys
        .iter()
        .find_map(|key| resolver.sort(key))
        .unwrap_or(kind);
    Person {
        id: Box::default(),
        name: name.unwrap_or_default(),
        kind,
        aliases: aliases
            .into_iter()
            .map(|(surface, quotes, evidence)| Alias {
                written: surface.written.clone(),
                quotes,
                evidence,
            })
            .collect(),
        quotes,
        articles: 0,
        outlets: Vec::new(),
        first: None,
        last: None,
    }
}

/// The name of a person: the most complete one that is in use, the most frequent of equals.
fn best<'a>(
    aliases: &[(&'a Surface, u32, NameEvidence)],
    is_left_on: impl Fn(&Surface) -> bool,
) -> Option<&'a Surface> {
    /// A name in use stands beside at least one of so many quotations of the most frequent form.
    const IN_USE: u32 = 8;
    let is_clean = |surface: &Surface, evidence: NameEvidence| {
        let is_full = surface.name.parts.len() > 1 && surface.name.kind != NameKind::Description;
        let is_slip = matches!(evidence, NameEvidence::Spelling | NameEvidence::Glued);
        let is_full = is_full && surface.name.agency.is_none();
        is_full && !is_slip && !is_left_on(surface) && surface.name.is_as_written(&surface.written)
    };
    let clean = |one: &&(&Surface, u32, NameEvidence)| is_clean(one.0, one.2);
    let most = aliases
        .iter()
        .filter(clean)
        .map(|one| one.1)
        .max()
        .unwrap_or_default();
    let words = |name: &Name| name.parts.len();
    let ranked = aliases
        .iter()
        .rev()
        .max_by_key(|(surface, count, evidence)| {
            let is_clean = is_clean(surface, *evidence);
            let is_known = surface.articles > 1 || most < IN_USE;
            let is_used = is_clean && is_known && count * IN_USE >= most;
            let is_named = surface.name.kind != NameKind::Description;
            let length = if is_used { words(&surface.name) } else { 0 };
            (is_used, is_clean, is_named, length, *count)
        });
    ranked.map(|(surface, ..)| *surface)
}
