//! Likely joins and splits that the rules did not dare, or dared on little: for the user to decide.

use foldhash::{HashMap, HashSet};

use super::directory::{Directory, Person, PersonId};
use super::evidence::NameEvidence;
use super::kind::PersonKind;
use crate::text::{fold, words};

/// Two people who may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LikelyJoin {
    /// The one with more quotations.
    pub person: PersonId,
    /// The other one.
    pub other: PersonId,
    /// What speaks for it.
    pub evidence: NameEvidence,
}

/// A name that may be somebody else's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LikelySplit {
    /// The person.
    pub person: PersonId,
    /// The place of the name among the person's aliases.
    pub alias: usize,
}

/// People who share a word beyond this number are too many to compare.
const MAX_NAMESAKES: usize = 64;

impl Directory {
    /// Returns people who may be one, those with most quotations first: of two names one has all
    /// words of the other, or both are the same.
    pub fn likely_joins(&self, most: usize) -> Vec<LikelyJoin> {
        let names: Vec<(PersonId, Vec<String>)> = self
            .iter()
            .filter(|(_, person)| person.kind != PersonKind::Anonymous)
            .map(|(id, person)| (id, parts(&person.name)))
            .collect();
        let mut by_word: HashMap<&str, Vec<usize>> = HashMap::default();
        for (at, (_, parts)) in names.iter().enumerate() {
            for part in parts {
                by_word.entry(part).or_default().push(at);
            }
        }
        let mut found = Vec::new();
        for (at, (id, own)) in names.iter().enumerate() {
            let lists = own.iter().filter_map(|part| by_word.get(&**part));
            let Some(rarest) = lists.min_by_key(|list| list.len()) else {
                continue;
            };
            for other in rarest
                .iter()
                .take(MAX_NAMESAKES)
                .filter(|other| **other != at)
            {
                let (other_id, theirs) = &names[*other];
                let is_same = own == theirs && id < other_id;
                let is_shorter = own.len() < theirs.len() && own.iter().all(|p| theirs.contains(p));
                if is_same || is_shorter {
                    found.push(LikelyJoin {
                        person: *id.min(other_id),
                        other: *id.max(other_id),
                        evidence: if is_same {
                            NameEvidence::Written
                        } else {
                            NameEvidence::Shortened
                        },
                    });
                }
            }
        }
        // Those of whom most depends, the rarer one counting.
        let weight = |join: &LikelyJoin| self.get(join.other).map_or(0, |one| one.quotes.len());
        found.sort_by_key(|join| (std::cmp::Reverse(weight(join)), join.person, join.other));
        found.truncate(most);
        found
    }

    /// Returns names that were joined on little, those with most quotations first.
    pub fn likely_splits(&self, most: usize) -> Vec<LikelySplit> {
        let is_little = |evidence| {
            matches!(
                evidence,
                NameEvidence::Corpus
                    | NameEvidence::Office
                    | NameEvidence::Apposition
                    | NameEvidence::Spelling
                    | NameEvidence::Story
                    | NameEvidence::Shortened
            )
        };
        let people = self.iter();
        let mut found: Vec<(u32, LikelySplit)> = people
            .flat_map(|(id, person)| {
                let aliases = person.aliases.iter().enumerate();
                let little = aliases.filter(move |(_, alias)| {
                    is_little(alias.evidence) && alias.written != person.name
                });
                little.map(move |(alias, named)| (named.quotes, LikelySplit { person: id, alias }))
            })
            .collect();
        found
            .sort_by_key(|(quotes, split)| (std::cmp::Reverse(*quotes), split.person, split.alias));
        found.truncate(most);
        found.into_iter().map(|(_, split)| split).collect()
    }

    /// Returns the people with a name, which may be several.
    pub fn named(&self, name: &str) -> HashSet<PersonId> {
        self.find(name).collect()
    }
}

impl Person {
    /// Returns the name by which the person is known in texts: the one that is shown, unless the user
    /// has corrected that to one that no text has.
    pub fn known_as(&self) -> &str {
        let written = || self.aliases.iter().map(|alias| &*alias.written);
        let shown = written().find(|name| **name == *self.name);
        let full = || written().find(|name| parts(name).len() > 1);
        let any = || written().next();
        shown.or_else(full).or_else(any).unwrap_or(&self.name)
    }

    /// Returns whether the name has several words, so that the person is known by it anywhere.
    pub fn has_full_name(&self) -> bool {
        self.kind == PersonKind::Body || parts(self.known_as()).len() > 1
    }
}

fn parts(name: &str) -> Vec<String> {
    words(name).map(|word| fold(word.text)).collect()
}
