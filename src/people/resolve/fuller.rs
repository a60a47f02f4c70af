//! Joins full names of which one is a shorter form, a misspelling or a glued form of the other.

use std::cmp::Reverse;
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt, HashSet};

use super::super::evidence::NameEvidence;
use super::super::name::{Name, NameKind};
use super::super::name_words::NameWords;
use super::nodes::Nodes;

/// Names that share a word (`Wijaya`) beyond this number are too many to tell by it who is meant.
const MAX_NAMESAKES: usize = 1024;
/// Of ten articles with a fuller name, these must name the one.
const OF_TEN: usize = 9;
/// Distinct bearers of an office, by their first names, above which it tells nobody apart.
const MAX_BEARERS: usize = 8;

/// Names of several words by their words.
pub(super) struct NameIndex<'a> {
    names: Vec<(u32, &'a Name)>,
    by_word: HashMap<&'a str, Vec<u32>>,
}

impl<'a> NameIndex<'a> {
    pub(super) fn of(nodes: &Nodes<'a>) -> Self {
        let mut index = Self {
            names: Vec::new(),
            by_word: HashMap::new(),
        };
        let names = nodes.full().into_iter();
        let names = names.filter(|(_, surface)| !nodes.is_pair(&surface.name));
        for ((node, surface), place) in names.zip(0..) {
            index.names.push((node, &surface.name));
            for word in surface.name.evened() {
                let places = index.by_word.entry(word).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        index
    }

    /// The names that have one of the words of `name`: the word that fewest names have.
    fn near<'b>(&'b self, name: &Name) -> impl Iterator<Item = (u32, &'a Name)> + use<'a, 'b> {
        let lists = name
            .evened()
            .iter()
            .filter_map(|word| self.by_word.get(&**word));
        let rarest = lists
            .filter(|list| list.len() > 1)
            .min_by_key(|list| list.len());
        let rarest = rarest.filter(|list| list.len() <= MAX_NAMESAKES);
        let places = rarest.map_or(&[][..], Vec::as_slice).iter();
        places.map(|place| self.names[*place as usize])
    }

    /// The names with this word.
    pub(super) fn with<'b>(
        &'b self,
        word: &str,
    ) -> impl Iterator<Item = (u32, &'a Name)> + use<'a, 'b> {
        let places = self.by_word.get(word).map_or(&[][..], Vec::as_slice).iter();
        places.map(|place| self.names[*place as usize])
    }

    fn count(&self, word: &str) -> usize {
        self.by_word.get(word).map_or(0, Vec::len)
    }
}

impl<'a> Nodes<'a> {
    fn weight(&self, node: u32) -> usize {
        self.get(node).map_or(0, |node| node.articles.len())
    }

    /// The offices that tell their few bearers from others.
    pub(super) fn telling_offices(&self) -> HashSet<u32> {
        let mut bearers: HashMap<u32, Vec<&str>> = HashMap::new();
        for names in &self.table.articles {
            for (office, name) in &names.offices {
                let name = &self.table.surfaces[*name as usize].name;
                let list = bearers.entry(*office).or_default();
                if let Some(first) = name.evened().first()
                    && list.len() <= MAX_BEARERS
                    && !list.contains(&&**first)
                {
                    list.push(first);
                }
            }
        }
        let tells = |(office, list): (u32, Vec<&str>)| {
            let words = self.table.offices[office as usize].split(' ').count();
            (list.len() <= MAX_BEARERS && words > 1 || list.len() == 1).then_some(office)
        };
        bearers.into_iter().filter_map(tells).collect()
    }

    /// Whether an article has both names, or both stand beside one telling office.
    fn meet(&self, a: u32, b: u32, telling: &HashSet<u32>) -> Option<NameEvidence> {
        let (a, b) = (self.get(a)?, self.get(b)?);
        if share(&a.articles, &b.articles, |_| true) {
            return Some(NameEvidence::Article);
        }
        let stories = |of: &[u32]| -> Vec<u32> {
            let stories = of.iter().filter_map(|at| *self.story_of.get(*at as usize)?);
            let mut stories: Vec<u32> = stories.collect();
            stories.sort_unstable();
            stories
        };
        let few = a.articles.len().min(b.articles.len()) <= RARE * OFTEN;
        if few && share(&stories(&a.articles), &stories(&b.articles), |_| true) {
            return Some(NameEvidence::Story);
        }
        share(&a.offices, &b.offices, |office| telling.contains(&office))
            .then_some(NameEvidence::Office)
    }

    /// Joins names that begin or end a fuller one (`Listyo Sigit`, `Listyo Sigit Prabowo`), where
    /// nearly all fuller names are of one person, and an article or an office has both.
    pub(super) fn join_shortened(&mut self, index: &NameIndex<'a>, telling: &HashSet<u32>) {
        let mut all: Vec<(u32, &Name)> = index.names.clone();
        // The longest first: what they are joined with counts as one for the shorter ones.
        all.sort_by_key(|(node, name)| (Reverse(name.parts.len()), *node));
        for (node, short) in all {
            if short.kind != NameKind::Full {
                continue;
            }
            let is_fuller = |(other, full): &(u32, &Name)| {
                *other != node
                    && full.kind == NameKind::Full
                    && short.may_shorten(full)
                    && !self.hand.keeps_apart(&short.key, &full.key)
            };
            let fuller: Vec<(u32, &Name)> = index.near(short).filter(is_fuller).collect();
            let found = self.foremost(&fuller);
            let Some((one, full)) = found.or_else(|| self.by_office(node, &fuller, telling)) else {
                continue;
            };
            let ends = short.has_ends_of(full) && fuller.iter().all(|(_, f)| short.has_ends_of(f));
            let of_one: Vec<u32> = fuller.iter().map(|(n, _)| *n).collect();
            let met = of_one
                .into_iter()
                .filter(|other| self.root(*other) == self.root(one))
                .collect::<Vec<_>>()
                .into_iter()
                .find_map(|other| self.meet(node, other, telling));
            match met {
                Some(met) => {
                    let evidence = match met {
                        NameEvidence::Office => NameEvidence::Office,
                        _ => NameEvidence::Shortened,
                    };
                    self.join(node, one, evidence);
                }
                None if ends => self.join(node, one, NameEvidence::Shortened),
                None => {}
            }
        }
    }

    /// Whether a name is that of two people (`Rina Halim-Bima Sakti`).
    pub(super) fn is_pair(&self, name: &Name) -> bool {
        let words = name.evened();
        let is_known = |part: &[Box<str>]| {
            let known = self
                .find(&part.concat())
                .and_then(|node| self.get(node)?.surface);
            known.is_some_and(|id| self.table.surfaces[id as usize].name.kind == NameKind::Full)
        };
        (2..words.len().saturating_sub(1)).any(|at| {
            let (first, second) = words.split_at(at);
            is_known(first) && is_known(second)
        })
    }

    /// The name behind letters that the page has glued to its first word (`RIHidayat Wahid`).
    fn behind_letters(&self, node: u32, name: &Name) -> Option<u32> {
        let surface = self.get(node)?.surface?;
        let written = &self.table.surfaces[surface as usize].written;
        let capitals = written.chars().take_while(|c| c.is_uppercase()).count();
        let first = name.evened().first()?;
        let glued = capitals.checked_sub(1).filter(|glued| *glued >= 2)?;
        let (at, _) = first.char_indices().nth(glued)?;
        let rest = name.evened().get(1..)?.concat();
        let found = self.find(&format!("{}{rest}", first.get(at..)?))?;
        (found != node && self.get(found)?.surface.is_some()).then_some(found)
    }

    /// The one of several fuller names that stands beside a telling office of the short one.
    fn by_office<'b>(
        &mut self,
        short: u32,
        fuller: &[(u32, &'b Name)],
        telling: &HashSet<u32>,
    ) -> Option<(u32, &'b Name)> {
        let own = self.get(short)?.offices.clone();
        let bears = |node: u32| {
            let offices = self.get(node).map_or(&[][..], |node| &node.offices);
            share(&own, offices, |office| telling.contains(&office))
        };
        let beside: Vec<_> = fuller
            .iter()
            .copied()
            .filter(|(node, _)| bears(*node))
            .collect();
        let (first, rest) = beside.split_first()?;
        let root = self.root(first.0);
        let is_one = rest.iter().all(|(node, _)| self.groups.root(*node) == root);
        is_one.then_some(*first)
    }

    /// The one whom nearly all of these names are of, by the number of their articles.
    fn foremost<'b>(&mut self, names: &[(u32, &'b Name)]) -> Option<(u32, &'b Name)> {
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for (node, _) in names {
            let root = self.root(*node);
            *counts.entry(root).or_default() += self.weight(*node);
        }
        let all: usize = counts.values().sum();
        let (root, most) = counts
            .iter()
            .max_by_key(|(root, n)| (**n, Reverse(**root)))?;
        let (root, most) = (*root, *most);
        let is_clear = most * 10 >= all * OF_TEN;
        let of_one = names
            .iter()
            .filter(|(node, _)| self.groups.root(*node) == root);
        let of_one: Vec<_> = of_one.copied().collect();
        let best = of_one
            .into_iter()
            .max_by_key(|(node, _)| (self.weight(*node), Reverse(*node)));
        best.filter(|_| is_clear)
    }

    /// Joins rare names with a frequent one that they differ from by one letter or by the last
    /// letters (`Sri Mulyani Indrawat`).
    pub(super) fn join_misspelt(&mut self, index: &NameIndex<'a>, telling: &HashSet<u32>) {
        let alike = Alike::of(&index.names);
        for (node, name) in &index.names {
            let own = self.weight(*node);
            if own > RARE {
                continue;
            }
            let mut best: Option<(usize, u32)> = None;
            for (other, right) in alike.near(name) {
                let weight = self.weight(other);
                let often = if is_cut_off(name, right) { 1 } else { OFTEN };
                let is_slip = other != *node
                    && weight >= own * often
                    && slip(name, right).is_some_and(|word| index.count(word) <= own.max(1));
                if !is_slip || best.is_some_and(|best| best >= (weight, other)) {
                    continue;
                }
                let rest = name.parts.len() - 1;
                if rest >= 2 || self.meet(*node, other, telling).is_some() {
                    best = Some((weight, other));
                }
            }
            if let Some((_, right)) = best {
                self.join(*node, right, NameEvidence::Spelling);
            }
        }
    }

    /// Joins names to whose last word the page has glued others (`Bobby Nasutionbertemu`) with the
    /// name before the glue, where that is more frequent.
    pub(super) fn join_glued(&mut self, index: &NameIndex<'a>, beside: &NameWords) {
        /// Letters of a word, and of what is glued to it, at least.
        const SHORTEST: usize = 3;
        /// Letters of a word at most.
        const LONGEST: usize = 64;
        for (node, name) in index.names.clone() {
            let own = self.weight(node);
            // The words of the glue are nobody's name.
            if name
                .evened()
                .iter()
                .all(|word| index.count(word) > own.max(2))
            {
                continue;
            }
            if name.kind == NameKind::Institution {
                continue;
            }
            let words = name.evened();
            let mut right = None;
            for at in 1..words.len() {
                let before = words[..at].concat();
                let word = &words[at];
                let cuts = word.char_indices().map(|(cut, _)| cut).take(LONGEST);
                for cut in cuts.filter(|cut| *cut >= SHORTEST && word.len() - cut >= SHORTEST) {
                    let key = format!("{before}{}", &word[..cut]);
                    let found = self.find(&key).filter(|found| *found != node);
                    right = right.or(found.filter(|found| {
                        let known = self.get(*found).and_then(|known| known.surface);
                        let is_whole = known.is_some_and(|id| {
                            self.table.surfaces[id as usize].name.parts.len() == at + 1
                        });
                        let is_glue = beside.is_small_word(&word[cut..])
                            || own <= RARE && self.weight(*found) >= own * OFTEN;
                        is_whole && is_glue
                    }));
                }
            }
            right = right.or_else(|| self.behind_letters(node, name));
            if let Some(right) = right {
                self.join(node, right, NameEvidence::Glued);
            }
        }
    }
}

/// Names by what is left of them without one word: those that differ in one word share that.
struct Alike<'a> {
    names: &'a [(u32, &'a Name)],
    by_rest: HashMap<u64, Vec<u32>>,
    hasher: FixedState,
}

impl<'a> Alike<'a> {
    fn of(names: &'a [(u32, &'a Name)]) -> Self {
        let mut alike = Self {
            names,
            by_rest: HashMap::with_capacity(names.len() * 3),
            hasher: FixedState::default(),
        };
        for ((_, name), place) in names.iter().zip(0..) {
            for rest in alike.rests(name) {
                alike.by_rest.entry(rest).or_default().push(place);
            }
        }
        alike
    }

    /// The hashes of a name without one of its words, for each word that is long enough to hold a
    /// slip.
    fn rests(&self, name: &Name) -> Vec<u64> {
        let words = name.evened();
        let without = |at: usize| {
            let mut hasher = self.hasher.build_hasher();
            (at, words.len()).hash(&mut hasher);
            let rest = words.iter().enumerate().filter(|(other, _)| *other != at);
            rest.for_each(|(_, word)| word.hash(&mut hasher));
            hasher.finish()
        };
        let long = (0..words.len()).filter(|at| words[*at].len() >= SHORTEST);
        long.map(without).collect()
    }

    fn near(&self, name: &Name) -> impl Iterator<Item = (u32, &'a Name)> {
        let lists = self
            .rests(name)
            .into_iter()
            .filter_map(|rest| self.by_rest.get(&rest));
        let few = lists.filter(|list| list.len() <= MAX_NAMESAKES);
        few.flatten().map(|place| self.names[*place as usize])
    }
}

/// Letters of a word in which a slip is told from another word.
const SHORTEST: usize = 6;
/// Articles that a misspelling has at most.
const RARE: usize = 2;
/// How much more often the right name stands than a misspelling.
const OFTEN: usize = 3;

/// The word of `wrong` that differs from `right` by a slip, if nothing else differs.
fn slip<'a>(wrong: &'a Name, right: &Name) -> Option<&'a str> {
    let (a, b) = (wrong.evened(), right.evened());
    if a.len() != b.len() || wrong.kind != right.kind {
        return None;
    }
    let mut differing = a.iter().zip(b).filter(|(x, y)| x != y);
    let (x, y) = differing.next()?;
    let is_only = differing.next().is_none();
    let is_slip =
        x.len().min(y.len()) >= SHORTEST && (is_cut_off(wrong, right) || is_one_slip(x, y));
    (is_only && is_slip).then_some(x)
}

/// Whether a name lacks the last letters of another.
fn is_cut_off(cut: &Name, whole: &Name) -> bool {
    let (cut, whole) = (cut.evened().concat(), whole.evened().concat());
    let missing = whole.strip_prefix(&*cut).map_or(0, str::len);
    (1..=2).contains(&missing)
}

/// Whether two words differ by one letter: another, one more, one less, or two in turn.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let both = left.iter().zip(&right);
    let start = both.take_while(|(one, other)| one == other).count();
    let (left, right) = (&left[start..], &right[start..]);
    let ends = left.iter().rev().zip(right.iter().rev());
    let end = ends.take_while(|(one, other)| one == other).count();
    let (left, right) = (&left[..left.len() - end], &right[..right.len() - end]);
    match (left, right) {
        ([one, two], [first, second]) => one == second && two == first,
        _ => left.len().max(right.len()) <= 1,
    }
}

/// Whether two lists in rising order share an item that counts.
fn share(a: &[u32], b: &[u32], counts: impl Fn(u32) -> bool) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter()
        .any(|item| counts(*item) && many.binary_search(item).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter() {
        for (a, b, slip) in [
            ("pemberantasan", "pemeberantasan", true),
            ("indrawati", "indrawat", true),
            ("sulistio", "sulisito", true),
            ("sulistio", "sulistio", true),
            ("bandung", "banduk", false),
            ("santoso", "santosa", true),
            ("wanara", "winari", false),
        ] {
            assert_eq!(is_one_slip(a, b), slip, "{a} and {b}");
        }
    }
}
