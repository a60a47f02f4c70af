//! Decides which names belong to one speaker. Full names are joined across the corpus. A short name
//! (`Kim`) is joined to a full name in the same article, else in the same story, or to a person
//! whom the whole corpus knows by that name. Decisions of the user take precedence.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::Groups;
use super::joins::{Join, Joins};
use super::name::{Name, NameKind, NameWords};
use super::renown::Called;
use super::surface::Surface;

/// Maximum number of names with one last word (`Wijaya`) at which this word can still identify a
/// person.
const MAX_NAMESAKES: usize = 256;

/// The key of a name, and the key of the rest of the name after a word is removed that does not
/// belong to it.
type Rest = (Box<str>, Box<str>);

/// The place of a short name: its article, and the story of the article.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) article: u32,
    pub(super) story: Option<u32>,
}

impl Scope {
    /// Returns the place within which a short name means one person: the story, else the article.
    fn place(self, key: &str) -> (bool, u32, Box<str>) {
        match self.story {
            Some(story) => (false, story, key.into()),
            None => (true, self.article, key.into()),
        }
    }
}

/// The decisions of the user, by the keys of names.
#[derive(Default)]
struct ByHand {
    same: Vec<(Box<str>, Box<str>)>,
    apart: Vec<(Box<str>, Box<str>)>,
    here: HashMap<(Box<str>, Box<str>), Box<str>>,
    /// Surfaces that have the same key as a name from which the user has split them.
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

    /// Records the decision about two names. It replaces an earlier one.
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

/// Joins surfaces into speakers.
pub(super) struct Resolver<'a> {
    surfaces: &'a [Surface],
    hand: ByHand,
    groups: Groups,
    /// The speaker of each name that identifies a person anywhere, by key.
    everywhere: HashMap<Box<str>, u32>,
    /// The speaker of each surface that identifies a person by itself.
    own: Vec<Option<u32>>,
    /// The speaker of each name that identifies a person only in one article or story.
    local: HashMap<(bool, u32, Box<str>), u32>,
    /// The speaker of each short name that has no full name nearby, by the same place as in
    /// `local`.
    renowned: HashMap<(bool, u32, Box<str>), u32>,
    /// Keys of names that still contain a word of an office or a body.
    left_on: HashSet<Box<str>>,
    /// The unified spelling of every word of every full name. A short name among them may be a part
    /// of such a name.
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

    /// Returns the key of a surface: that of its name, unless the user has split it from that name.
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

    /// Joins two speakers, unless the user has split them.
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

    /// Joins abbreviations with full names, such as `KCNA` with `Korean Central News Agency
    /// (KCNA)`, if the abbreviation stands for only one name.
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

    /// Joins the descriptions of news agencies with their names, such as `kantor berita Korut KCNA`
    /// with `KCNA`.
    fn join_agencies(&mut self) {
        for surface in self.surfaces {
            if let Some(agency) = &surface.name.agency {
                let own = self.everywhere(self.key(surface));
                let agency = self.everywhere(agency.clone());
                self.join(own, agency);
            }
        }
    }

    /// Joins names that occur only after an office with what remains without their first words
    /// (`Menteri Luar Negeri Merrin Nora Selwyn`). The rest must also occur alone, and the removed
    /// words must precede several such names, end the name of a body (`Kementerian Luar Negeri
    /// Merrin`) or continue one (`Kepala Badan Perencanaan Lutfi Amarang`). In that case they
    /// belong to the office.
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

    /// Joins names with what remains of them after a word is removed that does not belong to them.
    fn join_rests(&mut self, mut same: Vec<Rest>) {
        same.sort_unstable();
        same.dedup();
        for (long, rest) in same {
            self.left_on.insert(long.clone());
            let (long, rest) = (self.everywhere(long), self.everywhere(rest));
            self.join(long, rest);
        }
    }

    /// Returns whether a name still contains a word of an office or a body.
    pub(super) fn is_left_on(&self, surface: &Surface) -> bool {
        self.left_on.contains(&surface.name.key)
    }

    /// Joins a name with its rest that begins with the word by which its article calls the speaker
    /// (`Universitas Selayung Meutia Randakila`, later `Meutia`), if that rest occurs alone
    /// elsewhere. `called` holds such names with their short forms.
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

    /// Joins full names that differ only in the middle or by initials, if only one person can be
    /// meant.
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

    /// Joins full names if one begins or ends the other (`Listyo Sigit`, `Listyo Sigit Prabowo`),
    /// some article or story contains both, and nothing contradicts it.
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

    /// Returns the speaker of a full name, if it is known.
    pub(super) fn anywhere(&mut self, surface: u32) -> Option<u32> {
        let key = || self.key(&self.surfaces[surface as usize]);
        let id = self.own[surface as usize].or_else(|| self.everywhere.get(&key()).copied())?;
        Some(self.groups.root(id))
    }

    /// Returns the speakers among `names` whose full names this name may shorten, each once.
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

    /// Returns the speaker that a name means in its article. `near` are the names of the article,
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

    /// Returns the speaker that the user has chosen for a name in this article, if any. Takes
    /// precedence over [`Resolver::resolve`].
    pub(super) fn resolve_by_hand(&mut self, article: &str, surface: u32) -> Option<u32> {
        if self.hand.here.is_empty() {
            return None;
        }
        let name = self.surfaces[surface as usize].name.key.clone();
        let person = self.hand.here.get(&(article.into(), name)).cloned()?;
        Some(self.everywhere(person))
    }

    /// Records the person that a short name means in its article or story if there is no full name
    /// nearby.
    pub(super) fn know(&mut self, surface: u32, scope: Scope, person: u32) {
        let name = &self.surfaces[surface as usize].name;
        if !self.is_split(&name.key, person) {
            let place = scope.place(&name.key);
            self.renowned.entry(place).or_insert(person);
        }
    }

    /// Returns whether the user has split a name from a person.
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

    /// Returns the speaker of a short name without a full one. If it is a word of a full name, it
    /// may be anyone of that name and is known only in its story; otherwise it is a complete name
    /// (`Kremlin`).
    fn unresolved(&mut self, scope: Scope, name: &Name) -> u32 {
        if name.parts.iter().any(|part| self.parts.contains(part)) {
            self.at_place(scope.place(&name.key))
        } else {
            self.at_place((false, u32::MAX, name.key.clone()))
        }
    }

    /// Returns the representative of a speaker after all joins.
    pub(super) fn root(&mut self, speaker: u32) -> u32 {
        self.groups.root(speaker)
    }
}
