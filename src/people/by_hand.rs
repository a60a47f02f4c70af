//! What was decided by hand, by the keys of names.

use foldhash::{HashMap, HashSet};

use super::joins::{Join, Joins};
use super::kind::PersonKind;
use super::name::Name;
use super::name_words::NameWords;

/// Decisions about names, by their keys.
#[derive(Default)]
pub(super) struct ByHand {
    pub(super) same: Vec<(Box<str>, Box<str>)>,
    pub(super) apart: Vec<(Box<str>, Box<str>)>,
    /// Whom a name stands for, by the article's key and the name's.
    pub(super) here: HashMap<(Box<str>, Box<str>), Box<str>>,
    /// Ways of writing that share a key with a name that they are kept apart from.
    pub(super) own: HashSet<Box<str>>,
    /// The names by which people are shown.
    pub(super) called: HashMap<Box<str>, Box<str>>,
    /// What the bearers of names are.
    pub(super) sorts: HashMap<Box<str>, PersonKind>,
}

impl ByHand {
    pub(super) fn read(joins: &Joins, beside: &NameWords) -> Self {
        let key = |written: &str| Name::parse(written, beside).map(|name| name.key);
        let mut hand = Self::default();
        for join in &joins.0 {
            match join {
                Join::Same { a, b } | Join::Apart { a, b } => {
                    let (Some(key_a), Some(key_b)) = (key(a), key(b)) else {
                        continue;
                    };
                    let is_same = matches!(join, Join::Same { .. });
                    hand.set_pair((a, key_a), (b, key_b), is_same);
                }
                Join::Here {
                    article,
                    name,
                    person,
                } => {
                    if let (Some(name), Some(person)) = (key(name), key(person)) {
                        hand.here.insert((article.clone(), name), person);
                    }
                }
                Join::Called { person, name } => {
                    hand.called
                        .extend(key(person).map(|key| (key, name.clone())));
                }
                Join::Sort { person, kind } => {
                    hand.sorts.extend(key(person).map(|key| (key, *kind)));
                }
                // What the article tells was changed by it before.
                Join::Said { .. } => {}
            }
        }
        hand
    }

    /// Sets what holds between two names, in place of what held before.
    fn set_pair(&mut self, a: (&str, Box<str>), b: (&str, Box<str>), is_same: bool) {
        if a.1 == b.1 {
            // One key: only the way of writing can tell the two apart.
            if is_same {
                self.own.remove(b.0);
            } else {
                self.own.insert(b.0.into());
            }
            return;
        }
        let pair = (a.1.clone().min(b.1.clone()), a.1.max(b.1));
        self.same.retain(|other| *other != pair);
        self.apart.retain(|other| *other != pair);
        let list = if is_same {
            &mut self.same
        } else {
            &mut self.apart
        };
        list.push(pair);
    }

    /// Returns whether two keys were split from one another.
    pub(super) fn keeps_apart(&self, a: &str, b: &str) -> bool {
        let mut pairs = self.apart.iter();
        pairs.any(|(x, y)| (&**x, &**y) == (a.min(b), a.max(b)))
    }

    /// Returns the keys that were split from this one.
    pub(super) fn apart_from<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.apart.iter().filter_map(move |(a, b)| {
            let other = if &**a == key { b } else { a };
            (&**a == key || &**b == key).then_some(&**other)
        })
    }
}
