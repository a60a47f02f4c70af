//! Which names are one speaker. Full names join anywhere; a short one (`Kim`) where the full name
//! stands in the same article, or else in the same story, or where the whole corpus knows one such
//! person by the office; a decision by hand beats all.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::Groups;
use super::joins::{Join, Joins};
use super::name::{Name, NameKind, NameWords};
use super::renown::Called;
use super::surface::Surface;

/// So many names with one last word (`Wijaya`) are too many to tell by it who is meant.
const MAX_NAMESAKES: usize = 256;

/// The key of a name, and of what is left of it without a word that is none of its own.
type Rest = (Box<str>, Box<str>);

/// Where a short name stands: its article, and the story that the article is part of.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) article: u32,
    pub(super) story: Option<u32>,
}

impl Scope {
    /// Where a short name is one person's: the story, else the article.
    fn place(self, key: &str) -> (bool, u32, Box<str>) {
        match self.story {
            Some(story) => (false, story, key.into()),
            None => (true, self.article, key.into()),
        }
    }
}

/// What was decided by hand, by keys of names.
#[derive(Default)]
struct ByHand {
    same: Vec<(Box<str>, Box<str>)>,
    apart: Vec<(Box<str>, Box<str>)>,
    here: HashMap<(Box<str>, Box<str>), Box<str>>,
    /// Ways of writing that share a key with a name that they are kept apart from.
    own: HashSet<Box<str>>,
}

impl ByHand {
    fn read(joins: &Joins, beside: &NameWords) -> Self {
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
            }
        }
        hand
    }

    /// Puts down what holds between two names, in place of what held before.
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

    fn keeps_apart(&self, a: &str, b: &str) -> bool {
        let mut pairs = self.apart.iter();
        pairs.any(|(x, y)| (&**x, &**y) == (a.min(b), a.max(b)))
    }
}

/// Puts ways of writing together into speakers.
pub(super) struct Resolver<'a> {
    surfaces: &'a [Surface],
    hand: ByHand,
    groups: Groups,
    /// The speaker of every name that is known anywhere, by key.
    everywhere: HashMap<Box<str>, u32>,
    /// The same by surface, for those that are enough to know a speaker by.
    own: Vec<Option<u32>>,
    /// The speaker of each name that is known in one article or story only.
    local: HashMap<(bool, u32, Box<str>), u32>,
    /// Whom a short name stands for that no full name is near, by its place as in `local`.
    renowned: HashMap<(bool, u32, Box<str>), u32>,
    /// Keys of names on which an office or a body has left a word.
    left_on: HashSet<Box<str>>,
    /// Every word of every full name, evened: a short name among them is somebody's.
    parts: HashSet<Box<str>>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(surfaces: &'a [Surface], joins: &Joins, beside: &NameWords) -> Self {
        let mut resolver = Self {
            surfaces,
            hand: ByHand::read(joins, beside),
            groups: Groups::new(0),
            everywhere: HashMap::new(),
            own: Vec::with_capacity(surfaces.len()),
            local: HashMap::new(),
            renowned: HashMap::new(),
            left_on: HashSet::new(),
            parts: HashSet::new(),
        };
        for surface in surfaces {
            let is_enough = matches!(surface.name.kind, NameKind::Full | NameKind::Institution);
            let own = is_enough.then(|| resolver.everywhere(resolver.key(surface)));
            resolver.own.push(own);
            if surface.name.kind == NameKind::Full {
                resolver.parts.extend(surface.name.parts.iter().cloned());
            }
        }
        resolver.join_by_hand();
        resolver.join_letters();
        resolver.join_agencies();
        resolver.join_ends();
        resolver.join_behind_offices();
        resolver
    }

    /// The key of a way of writing: that of its name, unless it was split from it by hand.
    fn key(&self, surface: &Surface) -> Box<str> {
        if self.hand.own.contains(&surface.written) {
            return format!("{}\u{1}{}", surface.name.key, surface.written).into();
        }
        surface.name.key.clone()
    }

    fn everywhere(&mut self, key: Box<str>) -> u32 {
        let groups = &mut self.groups;
        *self.everywhere.entry(key).or_insert_with(|| groups.add())
    }

    /// Puts two speakers together, unless that would join two who were split by hand.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.groups.root(a), self.groups.root(b));
        for (x, y) in &self.hand.apart {
            if let (Some(&x), Some(&y)) = (self.everywhere.get(x), self.everywhere.get(y)) {
                let split = (self.groups.root(x), self.groups.root(y));
                if split == (a, b) || split == (b, a) {
                    return;
                }
            }
        }
        self.groups.join(a, b);
    }

    fn join_by_hand(&mut self) {
        for (a, b) in self.hand.same.clone() {
            let (a, b) = (self.everywhere(a), self.everywhere(b));
            self.groups.join(a, b);
        }
    }

    /// Joins `KCNA` and `Korean Central News Agency (KCNA)`, where the letters stand for one name.
    fn join_letters(&mut self) {
        let mut meant: HashMap<&str, HashSet<Box<str>>> = HashMap::new();
        let surfaces = self.surfaces;
        for surface in surfaces {
            if let Some(letters) = &surface.name.letters {
                let names = meant.entry(letters).or_default();
                names.insert(self.key(surface));
            }
        }
        for (letters, names) in meant {
            let mut names = names.into_iter();
            if let (Some(name), None) = (names.next(), names.next()) {
                let (name, letters) = (self.everywhere(name), self.everywhere(letters.into()));
                self.join(name, letters);
            }
        }
    }

    /// Joins `kantor berita Korut KCNA` and `KCNA`.
    fn join_agencies(&mut self) {
        for surface in self.surfaces {
            if let Some(agency) = &surface.name.agency {
                let own = self.everywhere(self.key(surface));
                let agency = self.everywhere(agency.clone());
                self.join(own, agency);
            }
        }
    }

    /// Joins names that stand only behind an office with what is left without their first words
    /// (`Menteri Luar Negeri Merrin Nora Selwyn`), where that stands alone, too, and these words
    /// stand before several such names, end that of a body (`Kementerian Luar Negeri Merrin`) or go
    /// on with one (`Kepala Badan Perencanaan Lutfi Amarang`): so they are the office's.
    fn join_behind_offices(&mut self) {
        let mut left_on: HashMap<Box<str>, Vec<Rest>> = HashMap::new();
        let known = self.full_names();
        let bodies = self.surfaces.iter().map(|one| &one.name);
        let bodies = bodies.filter(|name| name.kind == NameKind::Institution);
        let ends: HashSet<&Box<str>> = bodies.filter_map(|name| name.parts.last()).collect();
        let mut same = Vec::new();
        for surface in self.surfaces.iter().filter(|one| !one.is_bare) {
            let name = &surface.name;
            for words in 1..name.parts.len().saturating_sub(1) {
                let rest = name.key_behind(words);
                if !known.contains(&*rest) {
                    continue;
                }
                let last = name.parts.get(words - 1);
                if surface.is_behind_body || last.is_some_and(|last| ends.contains(last)) {
                    same.push((self.key(surface), rest));
                } else {
                    let first = name.parts.iter().take(words);
                    let first = first.map(|part| &**part).collect::<Vec<_>>().join(" ");
                    let names = left_on.entry(first.into()).or_default();
                    names.push((self.key(surface), rest));
                }
            }
        }
        let several = left_on.into_values();
        let several = several.filter(|names| names.iter().any(|(_, rest)| *rest != names[0].1));
        same.extend(several.flatten());
        self.join_rests(same);
    }

    fn full_names(&self) -> HashSet<&'a str> {
        let full = self.surfaces.iter();
        let full = full.filter(|one| one.name.kind == NameKind::Full && !one.name.is_place);
        full.map(|one| &*one.name.key).collect()
    }

    /// Joins names with what is left of them without a word that is none of theirs.
    fn join_rests(&mut self, mut same: Vec<Rest>) {
        same.sort_unstable();
        same.dedup();
        for (long, rest) in same {
            self.left_on.insert(long.clone());
            let (long, rest) = (self.everywhere(long), self.everywhere(rest));
            self.join(long, rest);
        }
    }

    /// Whether an office or a body has left a word on a name.
    pub(super) fn is_left_on(&self, surface: &Surface) -> bool {
        self.left_on.contains(&surface.name.key)
    }

    /// Joins a name with what is left of it from the word on by which its article calls the speaker
    /// (`Universitas Selayung Meutia Randakila`, then `Meutia`), where that stands alone elsewhere.
    /// `called` are such names with the forms that follow them.
    pub(super) fn join_called(&mut self, called: impl Iterator<Item = Called>) {
        let known = self.full_names();
        let mut same = Vec::new();
        for Called { full, short } in called {
            let surface = &self.surfaces[full as usize];
            let [form] = &self.surfaces[short as usize].name.parts[..] else {
                continue;
            };
            let mut parts = surface.name.parts.iter().skip(1);
            let rest = parts.position(|part| part == form);
            let rest = rest.map(|words| surface.name.key_behind(words + 1));
            if let Some(rest) = rest.filter(|rest| known.contains(&**rest)) {
                same.push((self.key(surface), rest));
            }
        }
        self.join_rests(same);
    }

    /// Joins full names that differ in the middle or by initials, where only one can be meant.
    fn join_ends(&mut self) {
        let mut by_last: HashMap<&str, Vec<(&Name, u32)>> = HashMap::new();
        for (surface, own) in self.surfaces.iter().zip(&self.own) {
            let name = &surface.name;
            if let (NameKind::Full, Some(last), Some(own)) = (name.kind, name.parts.last(), own) {
                by_last.entry(last).or_default().push((name, *own));
            }
        }
        let mut same: Vec<(u32, u32)> = Vec::new();
        for namesakes in by_last.values().filter(|list| list.len() <= MAX_NAMESAKES) {
            for (short, own) in namesakes {
                let is_fuller = |full: &Name| short.has_ends_of(full) && short.may_shorten(full);
                let fuller = namesakes.iter().filter(|(full, _)| is_fuller(full));
                let mut fuller = fuller.map(|(_, id)| *id);
                if let Some(one) = fuller.next()
                    && fuller.all(|other| other == one)
                {
                    same.push((*own, one));
                }
            }
        }
        // In rising order, so that the outcome does not hang on the order of a hash table.
        same.sort_unstable();
        for (a, b) in same {
            self.join(a, b);
        }
    }

    /// Joins full names of which one begins or ends the other (`Listyo Sigit`, `Listyo Sigit
    /// Prabowo`) where some article or story has both and none says otherwise.
    pub(super) fn join_shortened<'b>(&mut self, scopes: impl Iterator<Item = &'b Vec<u32>>) {
        let mut fuller: HashMap<u32, HashSet<u32>> = HashMap::new();
        for names in scopes {
            for short in names {
                if self.surfaces[*short as usize].name.kind != NameKind::Full {
                    continue;
                }
                let own = self.anywhere(*short);
                let meant = self.fuller_of(*short, names);
                if let (Some(own), [one]) = (own, &meant[..]) {
                    fuller.entry(own).or_default().insert(*one);
                }
            }
        }
        let mut same: Vec<(u32, u32)> = fuller
            .into_iter()
            .filter(|(_, meant)| meant.len() == 1)
            .flat_map(|(own, meant)| meant.into_iter().map(move |one| (own, one)))
            .collect();
        same.sort_unstable();
        for (a, b) in same {
            self.join(a, b);
        }
    }

    /// The speaker of a full name, if it is known.
    pub(super) fn anywhere(&mut self, surface: u32) -> Option<u32> {
        let key = || self.key(&self.surfaces[surface as usize]);
        let id = self.own[surface as usize].or_else(|| self.everywhere.get(&key()).copied())?;
        Some(self.groups.root(id))
    }

    /// The speakers among `names` whose full names this one may shorten, each once.
    fn fuller_of(&mut self, short: u32, names: &[u32]) -> Vec<u32> {
        let surfaces = self.surfaces;
        let short = &surfaces[short as usize].name;
        let mut meant: Vec<u32> = names
            .iter()
            .filter(|id| {
                let full = &surfaces[**id as usize].name;
                let longer = full.kind == NameKind::Full && short.may_shorten(full);
                longer && !self.hand.keeps_apart(&short.key, &full.key)
            })
            .copied()
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|id| self.anywhere(id))
            .collect();
        meant.sort_unstable();
        meant.dedup();
        meant
    }

    /// The speaker that a name stands for in its article: `near` are the names of the article,
    /// `far` those of its story.
    pub(super) fn resolve(&mut self, surface: u32, scope: Scope, near: &[u32], far: &[u32]) -> u32 {
        let name = &self.surfaces[surface as usize].name;
        match (name.kind, self.own[surface as usize]) {
            (_, Some(own)) => own,
            (NameKind::Short, None) => {
                if let Some(id) = self.everywhere.get(&name.key) {
                    // Joined by hand, or the letters of an institution.
                    return *id;
                }
                let mut is_ambiguous = false;
                for names in [near, far] {
                    match self.fuller_of(surface, names)[..] {
                        [one] => return one,
                        [] => {}
                        _ => is_ambiguous = true,
                    }
                }
                let known = self.renowned.get(&scope.place(&name.key));
                match known.filter(|_| !is_ambiguous) {
                    Some(known) => *known,
                    None => self.unresolved(scope, name),
                }
            }
            (_, None) => self.in_article(scope, &name.key),
        }
    }

    /// Overrules [`Resolver::resolve`] where the user said who is meant in this article.
    pub(super) fn resolve_by_hand(&mut self, article: &str, surface: u32) -> Option<u32> {
        if self.hand.here.is_empty() {
            return None;
        }
        let name = self.surfaces[surface as usize].name.key.clone();
        let person = self.hand.here.get(&(article.into(), name)).cloned()?;
        Some(self.everywhere(person))
    }

    /// Takes down whom a short name stands for in its article or story, where no full one is near.
    pub(super) fn know(&mut self, surface: u32, scope: Scope, person: u32) {
        let name = &self.surfaces[surface as usize].name;
        if !self.is_split(&name.key, person) {
            let place = scope.place(&name.key);
            self.renowned.entry(place).or_insert(person);
        }
    }

    /// Whether a name was split from a person by hand.
    fn is_split(&mut self, key: &str, person: u32) -> bool {
        let person = self.groups.root(person);
        let others = self.hand.apart.iter().filter_map(|(a, b)| {
            let other = if &**a == key { b } else { a };
            (&**a == key || &**b == key).then_some(other)
        });
        let mut others = others.filter_map(|other| self.everywhere.get(other).copied());
        others.any(|other| self.groups.root(other) == person)
    }

    fn in_article(&mut self, scope: Scope, key: &str) -> u32 {
        let place = Scope {
            story: None,
            ..scope
        }
        .place(key);
        self.at_place(place)
    }

    fn at_place(&mut self, place: (bool, u32, Box<str>)) -> u32 {
        let groups = &mut self.groups;
        *self.local.entry(place).or_insert_with(|| groups.add())
    }

    /// A short name without its full one. If it is a word of somebody's full name, it may be anyone
    /// of that name, so it stays in its story; else it is all the name there is (`Kremlin`).
    fn unresolved(&mut self, scope: Scope, name: &Name) -> u32 {
        if name.parts.iter().any(|part| self.parts.contains(part)) {
            self.at_place(scope.place(&name.key))
        } else {
            self.at_place((false, u32::MAX, name.key.clone()))
        }
    }

    /// Who stands for a speaker once all are joined.
    pub(super) fn root(&mut self, speaker: u32) -> u32 {
        self.groups.root(speaker)
    }
}
