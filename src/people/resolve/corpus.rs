//! Whom the corpus means by a short name: the one whom nearly all articles call so that also have
//! the full name.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::super::name::NameKind;
use super::nodes::Nodes;

/// Articles that must call a person so, where another sign points at the person, too.
const KNOWN: usize = 5;
/// Articles that must call a person so, where nothing else does.
const FAMOUS: usize = 15;
/// Of a hundred articles that call somebody so, these must mean the one.
const OF_HUNDRED: usize = 90;
/// The same, where no other sign is needed.
const SURE_OF_HUNDRED: usize = 96;

/// Articles that must have a full name with a word that no other full name has, where another sign
/// points at the person, too.
const NAMED: usize = 3;
/// The same, where nothing else does.
const UNIQUE: usize = 8;

/// The person whom nearly all full names with a word are of, with the number of articles that name
/// them.
fn by_word<'a>(nodes: &mut Nodes<'a>) -> Vec<(&'a str, (u32, usize))> {
    let mut found: HashMap<&str, HashMap<u32, usize>> = HashMap::new();
    let table = nodes.table;
    // Only the words by which somebody speaks are asked for.
    let said = table.articles.iter().flat_map(|names| &names.said);
    let said = said
        .flat_map(|said| [Some(said.full), said.mention])
        .flatten();
    let short = said.map(|surface| &table.surfaces[surface as usize].name);
    let short = short.filter(|name| name.kind == NameKind::Short);
    let asked: HashSet<&str> = short.map(|name| &*name.key).collect();
    for (node, surface) in nodes.full() {
        let has_asked = surface
            .name
            .evened()
            .iter()
            .any(|word| asked.contains(&**word));
        if surface.name.kind != NameKind::Full || !has_asked || nodes.is_pair(&surface.name) {
            continue;
        }
        let root = nodes.root(node);
        let articles = nodes.get(node).map_or(0, |node| node.articles.len());
        let words = surface.name.evened().iter();
        for word in words.filter(|word| asked.contains(&***word)) {
            // An article may have several of somebody's names: the most frequent one counts.
            let most = found.entry(word).or_default().entry(root).or_default();
            *most = articles.max(*most);
        }
    }
    let one = found.into_iter().filter_map(|(word, of)| {
        let all: usize = of.values().sum();
        let (root, most) = of.iter().max_by_key(|(root, n)| (**n, u32::MAX - **root))?;
        let is_clear = *most * 100 >= all * SURE_OF_HUNDRED;
        (is_clear && word.chars().count() > 2).then_some((word, (*root, *most)))
    });
    one.collect()
}

/// How well the corpus knows whom a short name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Renown {
    /// Nearly always one person, so often that no other sign is needed.
    Famous,
    /// Nearly always one person, and often.
    Often,
    /// Nearly always one person, where the title or an office points there as well.
    Known,
}

/// The people whom a corpus knows by short names, by the keys of these.
pub(super) struct Renowned(HashMap<Box<str>, (u32, Renown)>);

impl Renowned {
    pub(super) fn of(nodes: &mut Nodes<'_>) -> Self {
        let table = nodes.table;
        let name = |surface: u32| &table.surfaces[surface as usize].name;
        let mut counts: HashMap<&str, HashMap<u32, usize>> = HashMap::new();
        for names in &table.articles {
            let mut seen: Vec<(u32, u32)> = names
                .said
                .iter()
                .filter_map(|said| Some((said.mention?, said.full)))
                .collect();
            seen.sort_unstable();
            seen.dedup();
            for (short, full) in seen {
                let is_short = name(short).kind == NameKind::Short
                    && name(full).kind == NameKind::Full
                    && name(short).may_shorten(name(full));
                if let Some(node) = nodes.own(full).filter(|_| is_short) {
                    let root = nodes.root(node);
                    let of = counts.entry(&name(short).key).or_default();
                    *of.entry(root).or_default() += 1;
                }
            }
        }
        let named = by_word(nodes);
        let known = counts.into_iter().filter_map(|(short, of)| {
            let all: usize = of.values().sum();
            let (root, most) = of.iter().max_by_key(|(root, n)| (**n, u32::MAX - **root))?;
            let share = most * 100 / all.max(1);
            let renown = if *most >= FAMOUS && share >= SURE_OF_HUNDRED {
                Renown::Famous
            } else if *most >= FAMOUS && share >= OF_HUNDRED {
                Renown::Often
            } else if *most >= KNOWN && share >= OF_HUNDRED {
                Renown::Known
            } else {
                return None;
            };
            Some((short.into(), (*root, renown)))
        });
        let mut all: HashMap<Box<str>, (u32, Renown)> = known.collect();
        // A word that no other full name has, though hardly anyone is heard by it.
        for (word, (root, articles)) in named {
            if articles >= NAMED {
                let renown = if articles >= UNIQUE {
                    Renown::Famous
                } else {
                    Renown::Known
                };
                all.entry(word.into()).or_insert((root, renown));
            }
        }
        Self(all)
    }

    /// Whom the corpus means by a short name, and how well it knows.
    pub(super) fn meant(&self, key: &str) -> Option<(u32, Renown)> {
        self.0.get(key).copied()
    }
}
