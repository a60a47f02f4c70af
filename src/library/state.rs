//! The contents of the library, held in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Anchor, Change, Note, NoteId, PersonChoice, SpeakerChoice};
use crate::model::ContentKey;
use crate::people::{Join, Joins, PersonKind};

/// What the library holds about one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleState {
    /// Whether the user has read the article.
    pub read: bool,
    /// The tags that the user gave the article.
    pub tags: BTreeSet<Box<str>>,
    /// Where the user stopped reading, as a byte offset in the text.
    pub position: Option<u32>,
    /// When the user last opened the article, in seconds since 1970 UTC.
    pub visited: Option<i64>,
}

/// Passages, each with its position in the order that the user gave them.
type Passages = BTreeMap<Anchor, u32>;

/// The contents of the library in memory. Only [`State::apply`] changes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    articles: HashMap<ContentKey, ArticleState>,
    marks: BTreeMap<char, Anchor>,
    notes: BTreeMap<NoteId, Note>,
    tray: Passages,
    collections: BTreeMap<Box<str>, Passages>,
    people: BTreeMap<Box<str>, PersonChoice>,
    called: BTreeMap<Box<str>, Box<str>>,
    sorts: BTreeMap<Box<str>, PersonKind>,
    speakers: BTreeMap<Anchor, SpeakerChoice>,
    queries: BTreeMap<Box<str>, Box<str>>,
}

impl State {
    /// Applies `change` and returns the change that undoes it.
    pub fn apply(&mut self, change: &Change) -> Change {
        match change {
            Change::Read(article, read) => {
                let old = std::mem::replace(&mut self.article_mut(*article).read, *read);
                Change::Read(*article, old)
            }
            Change::Tag(article, tag, on) => {
                let tags = &mut self.article_mut(*article).tags;
                let had = if *on {
                    !tags.insert(tag.clone())
                } else {
                    tags.remove(tag)
                };
                Change::Tag(*article, tag.clone(), had)
            }
            Change::Position(article, position) => {
                let kept = &mut self.article_mut(*article).position;
                Change::Position(*article, std::mem::replace(kept, *position))
            }
            Change::Visit(article, at) => {
                let kept = &mut self.article_mut(*article).visited;
                Change::Visit(*article, std::mem::replace(kept, *at))
            }
            Change::Mark(letter, place) => {
                Change::Mark(*letter, put(&mut self.marks, letter, place.as_ref()))
            }
            Change::Note(id, note) => {
                Change::Note(id.clone(), put(&mut self.notes, id, note.as_ref()))
            }
            Change::Tray(place, at) => {
                Change::Tray(place.clone(), put(&mut self.tray, place, at.as_ref()))
            }
            Change::Collected(name, place, at) => {
                let collection = self.collections.entry(name.clone()).or_default();
                let old = put(collection, place, at.as_ref());
                self.collections.retain(|_, places| !places.is_empty());
                Change::Collected(name.clone(), place.clone(), old)
            }
            Change::Person(name, choice) => {
                Change::Person(name.clone(), put(&mut self.people, name, choice.as_ref()))
            }
            Change::Called(name, other) => {
                Change::Called(name.clone(), put(&mut self.called, name, other.as_ref()))
            }
            Change::Sort(name, kind) => {
                Change::Sort(name.clone(), put(&mut self.sorts, name, kind.as_ref()))
            }
            Change::Speaker(place, choice) => Change::Speaker(
                place.clone(),
                put(&mut self.speakers, place, choice.as_ref()),
            ),
            Change::Query(name, query) => {
                Change::Query(name.clone(), put(&mut self.queries, name, query.as_ref()))
            }
        }
    }

    /// Returns what the library holds about one article, or the default if it holds nothing.
    pub fn article(&self, article: ContentKey) -> ArticleState {
        self.articles.get(&article).cloned().unwrap_or_default()
    }

    /// Returns whether the user has read the article. Costs one look-up.
    pub fn is_read(&self, article: ContentKey) -> bool {
        self.articles.get(&article).is_some_and(|kept| kept.read)
    }

    /// Returns the tags of the article in alphabetical order.
    pub fn tags(&self, article: ContentKey) -> impl Iterator<Item = &str> {
        self.articles
            .get(&article)
            .into_iter()
            .flat_map(|kept| kept.tags.iter().map(|tag| &**tag))
    }

    /// Returns every tag in use, with the number of articles that have it.
    pub fn all_tags(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for tag in self.articles.values().flat_map(|kept| &kept.tags) {
            *counts.entry(&**tag).or_default() += 1;
        }
        counts
    }

    /// Returns the marks: for each letter the passage that the user marked with it.
    pub fn marks(&self) -> &BTreeMap<char, Anchor> {
        &self.marks
    }

    /// Returns the notes by their identifiers, which sort in the order in which they were first
    /// written.
    pub fn notes(&self) -> &BTreeMap<NoteId, Note> {
        &self.notes
    }

    /// Returns the passages on the compare tray, in the user's order.
    pub fn tray(&self) -> Vec<&Anchor> {
        in_order(&self.tray)
    }

    /// Returns the names of the collections, in alphabetical order.
    pub fn collections(&self) -> impl Iterator<Item = &str> {
        self.collections.keys().map(|name| &**name)
    }

    /// Returns the passages of one collection, in the user's order; none if there is no such
    /// collection.
    pub fn collection(&self, name: &str) -> Vec<&Anchor> {
        self.collections.get(name).map(in_order).unwrap_or_default()
    }

    /// Returns the user's decisions about which names are one person, in the form that the
    /// directory of speakers takes.
    pub fn joins(&self) -> Joins {
        let decided = self.people.iter().map(|(name, choice)| match choice {
            PersonChoice::Join(other) => Join::Same {
                a: name.clone(),
                b: other.clone(),
            },
            PersonChoice::Split(other) => Join::Apart {
                a: name.clone(),
                b: other.clone(),
            },
        });
        let called = self.called.iter().map(|(person, name)| Join::Called {
            person: person.clone(),
            name: name.clone(),
        });
        let sorts = self.sorts.iter().map(|(person, kind)| Join::Sort {
            person: person.clone(),
            kind: *kind,
        });
        Joins(decided.chain(called).chain(sorts).collect())
    }

    /// Returns the user's decisions about the speakers of quotations, by passage.
    pub fn speakers(&self) -> &BTreeMap<Anchor, SpeakerChoice> {
        &self.speakers
    }

    /// Returns the names by which the user wants people to be shown.
    pub fn called(&self) -> &BTreeMap<Box<str>, Box<str>> {
        &self.called
    }

    /// Returns the user's decisions about which names are one person, keyed by the name that each
    /// is about.
    pub fn people(&self) -> &BTreeMap<Box<str>, PersonChoice> {
        &self.people
    }

    /// Returns the texts of the saved queries, keyed by their names.
    pub fn queries(&self) -> &BTreeMap<Box<str>, Box<str>> {
        &self.queries
    }

    /// Returns the articles that the user has opened, with the time of each in seconds since 1970
    /// UTC, the latest first.
    pub fn visited(&self) -> Vec<(ContentKey, i64)> {
        let visits = self
            .articles
            .iter()
            .filter_map(|(key, kept)| Some((*key, kept.visited?)));
        let mut visits: Vec<_> = visits.collect();
        visits.sort_by_key(|(key, at)| (std::cmp::Reverse(*at), *key));
        visits
    }

    /// Returns the whole contents as changes: applied to an empty state, they make this one. Sorted
    /// by the name of the entry.
    pub fn entries(&self) -> Vec<Change> {
        let mut entries = Vec::new();
        for (article, kept) in &self.articles {
            entries.extend(kept.read.then_some(Change::Read(*article, true)));
            entries.extend(
                kept.tags
                    .iter()
                    .map(|tag| Change::Tag(*article, tag.clone(), true)),
            );
            entries.extend(kept.position.map(|at| Change::Position(*article, Some(at))));
            entries.extend(kept.visited.map(|at| Change::Visit(*article, Some(at))));
        }
        entries.extend(
            self.marks
                .iter()
                .map(|(l, place)| Change::Mark(*l, Some(place.clone()))),
        );
        entries.extend(
            self.notes
                .iter()
                .map(|(id, n)| Change::Note(id.clone(), Some(n.clone()))),
        );
        entries.extend(
            self.tray
                .iter()
                .map(|(p, at)| Change::Tray(p.clone(), Some(*at))),
        );
        for (name, places) in &self.collections {
            let collected =
                |(p, at): (&Anchor, &u32)| Change::Collected(name.clone(), p.clone(), Some(*at));
            entries.extend(places.iter().map(collected));
        }
        entries.extend(
            self.people
                .iter()
                .map(|(n, c)| Change::Person(n.clone(), Some(c.clone()))),
        );
        let called = self.called.iter();
        entries.extend(called.map(|(n, o)| Change::Called(n.clone(), Some(o.clone()))));
        let sorts = self.sorts.iter();
        entries.extend(sorts.map(|(n, kind)| Change::Sort(n.clone(), Some(*kind))));
        let speakers = self.speakers.iter();
        entries.extend(speakers.map(|(p, c)| Change::Speaker(p.clone(), Some(c.clone()))));
        entries.extend(
            self.queries
                .iter()
                .map(|(n, q)| Change::Query(n.clone(), Some(q.clone()))),
        );
        entries.sort_by_cached_key(Change::entry);
        entries
    }

    fn article_mut(&mut self, article: ContentKey) -> &mut ArticleState {
        self.articles.entry(article).or_default()
    }
}

/// Sets the value of a key in a map, or removes it if `value` is `None`. Returns the old value.
fn put<K: Ord + Clone, V: Clone>(
    map: &mut BTreeMap<K, V>,
    key: &K,
    value: Option<&V>,
) -> Option<V> {
    match value {
        Some(value) => map.insert(key.clone(), value.clone()),
        None => map.remove(key),
    }
}

fn in_order(passages: &Passages) -> Vec<&Anchor> {
    let mut places: Vec<_> = passages.iter().map(|(place, at)| (*at, place)).collect();
    places.sort();
    places.into_iter().map(|(_, place)| place).collect()
}
