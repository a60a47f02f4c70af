//! Which names are one person or body. Full names join anywhere; a short one (`Kim`) leads to
//! whom its article means, else its story, else the office beside it, else nearly the whole corpus.
//! A decision by hand beats all.

mod bodies;
mod corpus;
mod fuller;
mod left_on;
mod nicknames;
mod nodes;
mod offices;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::by_hand::ByHand;
use super::evidence::NameEvidence;
use super::joins::Joins;
use super::kind::PersonKind;
use super::name::NameKind;
use super::name_words::NameWords;
use super::surface::Surface;
use super::table::{ArticleNames, Names, Said};
use crate::model::Article;
use crate::text::{ByteSpan, fold};
use corpus::{Renown, Renowned};
use fuller::NameIndex;
use left_on::LeftOn;
use nodes::Nodes;
use offices::Holders;

/// Where a short name without its full one is one person's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Place {
    Article(u32, Box<str>),
    Story(u32, Box<str>),
    Office(u32, Box<str>),
    Corpus(Box<str>),
}

/// An article whose names are to be resolved.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Its place in the table.
    pub(super) at: u32,
    pub(super) article: &'a Article,
    pub(super) names: &'a ArticleNames,
    pub(super) story: Option<u32>,
    /// The names in all articles of the story.
    pub(super) far: &'a [u32],
}

/// Puts names together into people and bodies.
pub(super) struct Resolver<'a> {
    nodes: Nodes<'a>,
    beside: &'a NameWords,
    holders: Holders,
    renowned: Renowned,
    telling: HashSet<u32>,
    /// For names that identify somebody within one article or story only: the speaker whom the name
    /// means there, by name and place.
    local: HashMap<Place, u32>,
    left_on: LeftOn,
    /// How many articles have a full name with a word, by the word.
    parts: HashMap<Box<str>, u32>,
    /// How many articles have a single word as a speaker's whole name, by its key.
    alone: HashMap<Box<str>, u32>,
}

impl<'a> Resolver<'a> {
    /// Joins all names that are known anywhere. Returns `None` once `goes_on` says so.
    pub(super) fn new(
        (table, beside): (&'a Names, &'a NameWords),
        (story_of, joins): (Vec<Option<u32>>, &Joins),
        goes_on: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let mut nodes = Nodes::new(table, story_of, ByHand::read(joins, beside));
        let mut left_on = LeftOn::default();
        nodes.join_by_hand();
        nodes.join_letters();
        nodes.join_agencies();
        goes_on().then_some(())?;
        let index = NameIndex::of(&nodes);
        let telling = nodes.telling_offices();
        nodes.join_glued(&index, beside);
        nodes.join_misspelt(&index, &telling);
        goes_on().then_some(())?;
        nodes.join_shortened(&index, &telling);
        nodes.join_behind_offices(&mut left_on);
        nodes.join_behind_bodies(&mut left_on, beside);
        nodes.join_called(&mut left_on);
        goes_on().then_some(())?;
        nodes.join_nicknames(&index, beside);
        let holders = Holders::of(&mut nodes);
        let renowned = Renowned::of(&mut nodes);
        let (parts, alone) = counts(table);
        goes_on().then_some(Self {
            nodes,
            beside,
            holders,
            renowned,
            telling,
            local: HashMap::new(),
            left_on,
            parts,
            alone,
        })
    }

    /// Whether an office or a body has left a word on a name.
    pub(super) fn is_left_on(&self, surface: &Surface) -> bool {
        self.left_on.contains(&surface.name.key)
    }

    /// The name by which the user wants the person with a name to be shown.
    pub(super) fn called(&self, key: &str) -> Option<Box<str>> {
        self.nodes.hand.called.get(key).cloned()
    }

    /// What the bearer of a name is by the user's decision.
    pub(super) fn sort(&self, key: &str) -> Option<PersonKind> {
        self.nodes.hand.sorts.get(key).copied()
    }

    /// What joined a name to the others of its person over the whole corpus.
    pub(super) fn evidence(&self, surface: u32) -> Option<NameEvidence> {
        self.nodes.evidence(surface)
    }

    /// Who stands for a speaker once all are joined.
    pub(super) fn root(&mut self, speaker: u32) -> u32 {
        self.nodes.root(speaker)
    }

    /// Returns the speaker of a quotation, and what tells that the name is theirs.
    pub(super) fn resolve(&mut self, said: Said, scope: Scope) -> (u32, NameEvidence) {
        let surface = said.full;
        if let Some(person) = self.by_hand(scope, surface) {
            return (person, NameEvidence::ByHand);
        }
        if let Some(person) = self.famous_namesake(said, scope) {
            return (person, NameEvidence::Office);
        }
        let name = &self.nodes.table.surfaces[surface as usize].name;
        match (name.kind, self.nodes.own(surface)) {
            (_, Some(own)) => (own, NameEvidence::Written),
            (NameKind::Short, None) => self.short(surface, scope),
            (_, None) => self.described(surface, scope),
        }
    }

    /// Whom the user said is meant in this article.
    fn by_hand(&mut self, scope: Scope, surface: u32) -> Option<u32> {
        let hand = &self.nodes.hand;
        if hand.here.is_empty() {
            return None;
        }
        let name = self.nodes.table.surfaces[surface as usize].name.key.clone();
        let person = hand.here.get(&(scope.article.key.clone(), name)).cloned()?;
        Some(self.nodes.node(person))
    }

    /// The famous one whom the words at the verb name, where the article's fullest name with this word
    /// is of another, but the article has the famous one's full name or office as well: `Prabowo`
    /// after `Presiden Prabowo` is not `Listyo Sigit Prabowo`.
    fn famous_namesake(&mut self, said: Said, scope: Scope) -> Option<u32> {
        let mention = said.mention?;
        let name = &self.nodes.table.surfaces[mention as usize].name;
        let (famous, renown) = self.renowned.meant(&name.key)?;
        let own = self.nodes.own(said.full)?;
        let (own, famous) = (self.nodes.root(own), self.nodes.root(famous));
        if renown == Renown::Known || own == famous {
            return None;
        }
        let same = |surface: u32| self.nodes.table.surfaces[surface as usize].name.key == name.key;
        let mut offices = scope.names.offices.iter().filter(|(_, who)| same(*who));
        let is_by_office = offices.any(|(office, _)| {
            self.holders.bears(*office, famous) && !self.holders.bears(*office, own)
        });
        let mut named = scope.names.named.iter();
        let is_named = named.any(|surface| {
            let node = self.nodes.own(*surface);
            node.is_some_and(|node| self.nodes.root(node) == famous)
        });
        (is_by_office || is_named || self.points(mention, famous, scope)).then_some(famous)
    }

    /// The speaker whom a single word names in its article.
    fn short(&mut self, surface: u32, scope: Scope) -> (u32, NameEvidence) {
        let name = &self.nodes.table.surfaces[surface as usize].name;
        // Joined by hand, or a nickname, or the letters of a body.
        let known = self.nodes.find(&name.key);
        let known = known.map(|node| (node, self.nodes.evidence(surface)));
        if let Some((node, Some(NameEvidence::ByHand))) = known {
            return (node, NameEvidence::ByHand);
        }
        let mut is_ambiguous = false;
        for (names, evidence) in [
            (&scope.names.speakers[..], NameEvidence::Article),
            (&scope.names.named[..], NameEvidence::Article),
            (scope.far, NameEvidence::Story),
        ] {
            match self.fuller_of(surface, names)[..] {
                [one] => return (one, evidence),
                [] => {}
                _ => {
                    is_ambiguous = true;
                    break;
                }
            }
        }
        if let Some((node, evidence)) = known {
            return (node, evidence.unwrap_or(NameEvidence::Written));
        }
        let found = self.by_office(surface, scope);
        let found = found.or_else(|| {
            let (person, renown) = self.renowned.meant(&name.key).filter(|_| !is_ambiguous)?;
            let is_meant = renown == Renown::Famous || self.points(surface, person, scope);
            (is_meant && !self.is_split(&name.key, person))
                .then_some((person, NameEvidence::Corpus))
        });
        found.unwrap_or_else(|| (self.unresolved(surface, scope), NameEvidence::Written))
    }

    /// The speakers among `names` whose full names this one may shorten, each once.
    fn fuller_of(&mut self, short: u32, names: &[u32]) -> Vec<u32> {
        let surfaces = &self.nodes.table.surfaces;
        let short = &surfaces[short as usize].name;
        let mut meant = Vec::new();
        for id in names {
            let full = &surfaces[*id as usize].name;
            let longer = full.kind == NameKind::Full && short.may_shorten(full);
            let hand = &self.nodes.hand;
            if longer
                && !hand.keeps_apart(&short.key, &full.key)
                && let Some(node) = self.nodes.own(*id)
            {
                meant.push(self.nodes.root(node));
            }
        }
        meant.sort_unstable();
        meant.dedup();
        meant
    }

    /// The one bearer of the office that stands beside a short name in its article.
    fn by_office(&mut self, surface: u32, scope: Scope) -> Option<(u32, NameEvidence)> {
        let name = &self.nodes.table.surfaces[surface as usize].name;
        let beside = self.offices_of(surface, scope);
        let bearer = beside.into_iter().find_map(|office| {
            self.holders
                .bearer_called(office, scope.names.day, (name, &self.nodes))
        });
        let bearer = bearer.map(|bearer| self.nodes.root(bearer))?;
        (!self.is_split(&name.key, bearer)).then_some((bearer, NameEvidence::Office))
    }

    /// The telling offices beside a name in its article.
    fn offices_of(&self, surface: u32, scope: Scope) -> Vec<u32> {
        let key = |id: u32| &self.nodes.table.surfaces[id as usize].name.key;
        let own = scope.names.offices.iter();
        let own =
            own.filter(|(office, who)| self.telling.contains(office) && key(*who) == key(surface));
        own.map(|(office, _)| *office).collect()
    }

    /// Whether the title has a short name, or the text has it behind an office of the one whom the
    /// corpus means by it.
    fn points(&mut self, surface: u32, person: u32, scope: Scope) -> bool {
        // One made of the first sentence is no headline.
        let title = scope.article.structure.title.as_ref();
        let title = title.filter(|title| !title.derived);
        let title = title.map(|title| scope.article.excerpt(&title.text));
        let short = &self.nodes.table.surfaces[surface as usize];
        if stands_in(&title.unwrap_or_default(), &short.written) {
            return true;
        }
        let person = self.nodes.root(person);
        let key = |id: u32| &self.nodes.table.surfaces[id as usize].name.key;
        let mut own = scope.names.offices.iter();
        own.any(|(office, who)| *key(*who) == short.name.key && self.holders.bears(*office, person))
    }

    /// Whether a name was split from a person by hand.
    fn is_split(&mut self, key: &str, person: u32) -> bool {
        let person = self.nodes.root(person);
        let others: Vec<u32> = self
            .nodes
            .hand
            .apart_from(key)
            .filter_map(|other| self.nodes.find(other))
            .collect();
        others
            .into_iter()
            .any(|other| self.nodes.root(other) == person)
    }

    /// A speaker without a name: the one who holds an office that stands alone, else somebody who
    /// is known in this article only.
    fn described(&mut self, surface: u32, scope: Scope) -> (u32, NameEvidence) {
        let described = &self.nodes.table.surfaces[surface as usize];
        let key = described.name.key.clone();
        let by_key = self.nodes.find(&key);
        if let Some(node) = by_key.filter(|_| !self.nodes.hand.same.is_empty()) {
            return (node, NameEvidence::ByHand);
        }
        let office: Vec<Box<str>> = crate::text::words(&described.written)
            .map(|word| fold(word.text).into())
            .collect();
        let office = self.beside.without_home(&office).join(" ");
        match self.holders.holder(&office, scope.names.day) {
            Some(holder) if !self.is_split(&key, holder) => (holder, NameEvidence::Office),
            _ => (
                self.at_place(Place::Article(scope.at, key)),
                NameEvidence::Written,
            ),
        }
    }

    /// A short name without its full one. It is one person's in its article and story, and behind
    /// a telling office. If nobody else may be called so, it is all the name there is (`Kremlin`).
    fn unresolved(&mut self, surface: u32, scope: Scope) -> u32 {
        let name = &self.nodes.table.surfaces[surface as usize].name;
        let key = name.key.clone();
        let own = self.at_place(Place::Article(scope.at, key.clone()));
        let mut places: Vec<Place> = self
            .offices_of(surface, scope)
            .into_iter()
            .filter(|office| self.holders.is_telling(*office, self.nodes.table))
            .map(|office| Place::Office(office, key.clone()))
            .collect();
        places.extend(scope.story.map(|story| Place::Story(story, key.clone())));
        if self.is_whole(surface) {
            places.push(Place::Corpus(key));
        }
        for place in places {
            let other = self.at_place(place);
            self.nodes.groups.join(own, other);
        }
        own
    }

    /// Whether a single word is all the name there is: no common given name, and hardly any full
    /// name has it.
    fn is_whole(&self, surface: u32) -> bool {
        /// How much more often such a word stands alone than in a full name.
        const OFTEN: u32 = 5;
        let name = &self.nodes.table.surfaces[surface as usize].name;
        let is_given = name
            .parts
            .iter()
            .any(|part| self.beside.given.contains(part));
        let parts = name.evened().iter().filter_map(|part| self.parts.get(part));
        let others: u32 = parts.sum();
        let alone = self.alone.get(&name.key).copied().unwrap_or_default();
        // Initials hide a name.
        let is_initials = name.key.chars().count() <= 2;
        !is_given && !is_initials && others * OFTEN <= alone
    }

    fn at_place(&mut self, place: Place) -> u32 {
        let groups = &mut self.nodes.groups;
        *self.local.entry(place).or_insert_with(|| groups.add())
    }
}

/// Counts the words of full names, and the single words that are speakers' whole names.
fn counts(table: &Names) -> (HashMap<Box<str>, u32>, HashMap<Box<str>, u32>) {
    let mut parts: HashMap<Box<str>, u32> = HashMap::new();
    let mut alone: HashMap<Box<str>, u32> = HashMap::new();
    for surface in &table.surfaces {
        match surface.name.kind {
            NameKind::Full => {
                for part in surface.name.evened() {
                    *parts.entry(part.clone()).or_default() += surface.articles;
                }
            }
            NameKind::Short if surface.speaks => {
                *alone.entry(surface.name.key.clone()).or_default() += surface.articles;
            }
            _ => {}
        }
    }
    (parts, alone)
}

/// Whether a word stands in a text by itself.
fn stands_in(text: &str, word: &str) -> bool {
    let found = memchr::memmem::find_iter(text.as_bytes(), word);
    let mut spans = found.map(|at| ByteSpan::new(at, at + word.len()));
    spans.any(|span| {
        let before = text.get(..span.start as usize).unwrap_or("");
        let behind = text.get(span.end as usize..).unwrap_or("");
        !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric)
    })
}
