//! Joins nicknames and other second names with the names that texts give beside them.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::super::evidence::NameEvidence;
use super::super::name::{Name, NameKind};
use super::super::name_words::NameWords;
use super::fuller::NameIndex;
use super::nodes::Nodes;
use crate::quotes::AlsoCalled;

/// How much speaks for a pair of names.
#[derive(Clone, Copy, Default)]
struct Tie {
    /// The weights of all articles that have the pair.
    weight: usize,
    articles: usize,
}

/// What must speak for a second name before it counts anywhere.
const ENOUGH: usize = 3;
/// Of ten that speak for a second name, these must speak for the one.
const OF_TEN: usize = 9;

impl<'a> Nodes<'a> {
    /// Joins second names (`Gus Ipul`, `Jokowi`) with the one person whom texts call so.
    pub(super) fn join_nicknames(&mut self, index: &NameIndex<'a>, beside: &NameWords) {
        let mut ties = self.ties(beside);
        let mut others: Vec<u32> = ties.keys().copied().collect();
        others.sort_unstable();
        for other in others {
            let Some(of) = ties.remove(&other) else {
                continue;
            };
            let name = &self.table.surfaces[other as usize].name;
            if self.is_someones(name, index, beside, &of) {
                continue;
            }
            let mut by_root: HashMap<u32, Tie> = HashMap::new();
            for (node, tie) in &of {
                let root = self.root(*node);
                let sum = by_root.entry(root).or_default();
                sum.weight += tie.weight;
                sum.articles += tie.articles;
            }
            let all: usize = by_root.values().map(|tie| tie.weight).sum();
            let most = by_root
                .iter()
                .max_by_key(|(root, tie)| (tie.weight, u32::MAX - **root));
            let Some((_, tie)) = most.filter(|(_, tie)| tie.weight * 10 >= all * OF_TEN) else {
                continue;
            };
            if tie.weight >= ENOUGH {
                let (root, _) = most.unwrap_or((&0, &Tie::default()));
                let root = *root;
                let node = self.node(self.key(&self.table.surfaces[other as usize]));
                self.join(node, root, NameEvidence::Apposition);
            }
        }
    }

    /// The pairs that texts give: by the second name, whose it is.
    fn ties(&self, beside: &NameWords) -> HashMap<u32, HashMap<u32, Tie>> {
        let surfaces = &self.table.surfaces;
        let mut by_key: HashMap<&str, u32> = HashMap::new();
        let mut ties: HashMap<u32, HashMap<u32, Tie>> = HashMap::new();
        for names in &self.table.articles {
            let mut here: HashMap<(u32, u32), usize> = HashMap::new();
            let also = names
                .also
                .iter()
                .map(|(full, other, how)| (*full, *other, Some(*how)));
            let called = names.said.iter();
            let called = called.filter_map(|said| Some((said.full, said.mention?, None)));
            for (full, other, how) in also.chain(called) {
                let (name, second) = (
                    &surfaces[full as usize].name,
                    &surfaces[other as usize].name,
                );
                let Some(node) = self.own(full) else {
                    continue;
                };
                let worth = worth(name, second, how, beside);
                if worth > 0 {
                    let other = *by_key.entry(&second.key).or_insert(other);
                    let most = here.entry((other, node)).or_default();
                    *most = (*most).max(worth);
                }
            }
            for ((other, node), worth) in here {
                let tie = ties.entry(other).or_default().entry(node).or_default();
                tie.weight += worth;
                tie.articles += 1;
            }
        }
        ties
    }

    /// Whether a second name may be that of somebody else: a common given name, or a word of the
    /// names of others.
    fn is_someones(
        &self,
        name: &Name,
        index: &NameIndex<'a>,
        beside: &NameWords,
        of: &HashMap<u32, Tie>,
    ) -> bool {
        let [word] = &name.parts[..] else {
            // `Gus Ipul`: a name that stands for itself, unless as many articles have it alone.
            return false;
        };
        let roots: HashSet<u32> = of.keys().copied().collect();
        let own: usize = of.values().map(|tie| tie.articles).sum();
        let evened = name.evened().first().map_or("", |word| &**word);
        let others = index
            .with(evened)
            .filter(|(node, full)| full.kind == NameKind::Full && !roots.contains(node));
        let others: usize = others
            .map(|(node, _)| self.get(node).map_or(0, |node| node.articles.len()))
            .sum();
        beside.given.contains(word) || others > own
    }
}

/// What a text's pair of names is worth; nothing if the second is no name of its own.
fn worth(full: &Name, second: &Name, how: Option<AlsoCalled>, beside: &NameWords) -> usize {
    let is_person = full.kind == NameKind::Full;
    let is_name = matches!(second.kind, NameKind::Short | NameKind::Full);
    // Two letters hide a suspect's name as often as they shorten a known one.
    let is_letters = second.kind == NameKind::Institution
        && second.key.chars().count() > 2
        && full.is_spelled_by(&second.key);
    let is_place = beside.place.contains(&*second.parts.join(" "));
    let is_part = second.may_shorten(full) || full.may_shorten(second) || second.key == full.key;
    if !is_person || !(is_name || is_letters) || is_place || is_part {
        return 0;
    }
    let resembles = is_letters || resembles(full, second);
    match how {
        Some(AlsoCalled::Nicknamed) => 3,
        Some(AlsoCalled::Or) if second.kind == NameKind::Short || resembles => 3,
        Some(AlsoCalled::Bracketed) if resembles => 3,
        Some(AlsoCalled::Bracketed) => 2,
        None if resembles => 2,
        // `Or` may name a choice of two: `Rina Halim atau Bima Sakti`.
        Some(AlsoCalled::Described | AlsoCalled::Or) | None => 1,
    }
}

/// Whether a second name is made of the letters of the first, in order and from the start of a word
/// (`Jokowi` of `Joko Widodo`).
fn resembles(full: &Name, second: &Name) -> bool {
    let Some(word) = second.evened().last() else {
        return false;
    };
    full.evened().iter().enumerate().any(|(at, first)| {
        let letters = full.evened()[at..].iter().flat_map(|part| part.chars());
        let mut letters = letters;
        first.chars().next() == word.chars().next()
            && word.chars().all(|c| letters.any(|other| other == c))
    })
}
