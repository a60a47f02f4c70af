//! The names that are enough to know somebody by anywhere, as nodes that are joined into groups,
//! with what joined them.

use foldhash::{HashMap, HashMapExt};

use super::super::Groups;
use super::super::by_hand::ByHand;
use super::super::evidence::NameEvidence;
use super::super::name::NameKind;
use super::super::surface::Surface;
use super::super::table::Names;

/// A name under which somebody is known anywhere. Surfaces of one key share a node.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// A surface with this key, if the corpus has one.
    pub(super) surface: Option<u32>,
    /// The articles that have the name, by their place in the table, in rising order.
    pub(super) articles: Vec<u32>,
    /// The offices that stand beside the name, each once, in rising order.
    pub(super) offices: Vec<u32>,
    /// Whether it speaks somewhere.
    pub(super) speaks: bool,
}

/// All nodes with their groups.
pub(super) struct Nodes<'a> {
    pub(super) table: &'a Names,
    /// The story of each article of the table.
    pub(super) story_of: Vec<Option<u32>>,
    pub(super) hand: ByHand,
    pub(super) groups: Groups,
    by_key: HashMap<Box<str>, u32>,
    by_id: HashMap<u32, Node>,
    /// The node of each surface that is enough to know somebody by.
    own: Vec<Option<u32>>,
    /// What joined the name of a node to others, by the node.
    why: HashMap<u32, NameEvidence>,
    /// The keys of nodes that were split by hand, with theirs.
    apart: Vec<(Box<str>, Box<str>)>,
}

impl<'a> Nodes<'a> {
    pub(super) fn new(table: &'a Names, story_of: Vec<Option<u32>>, hand: ByHand) -> Self {
        let mut nodes = Self {
            table,
            story_of,
            groups: Groups::new(0),
            by_key: HashMap::new(),
            by_id: HashMap::new(),
            own: Vec::with_capacity(table.surfaces.len()),
            why: HashMap::new(),
            apart: hand.apart.clone(),
            hand,
        };
        for (surface, id) in table.surfaces.iter().zip(0..) {
            let is_enough = matches!(surface.name.kind, NameKind::Full | NameKind::Institution);
            let own = is_enough.then(|| nodes.node(nodes.key(surface)));
            if let Some(own) = own {
                let node = nodes.by_id.entry(own).or_default();
                node.surface.get_or_insert(id);
                node.speaks |= surface.speaks;
            }
            nodes.own.push(own);
        }
        nodes.fill();
        nodes
    }

    /// Takes down in which articles and beside which offices each node stands.
    fn fill(&mut self) {
        let own = |surface: u32| self.own.get(surface as usize).copied().flatten();
        for (names, at) in self.table.articles.iter().zip(0..) {
            for node in names.named.iter().filter_map(|name| own(*name)) {
                let articles = &mut self.by_id.entry(node).or_default().articles;
                if articles.last() != Some(&at) {
                    articles.push(at);
                }
            }
            for (office, name) in &names.offices {
                if let Some(node) = own(*name) {
                    self.by_id.entry(node).or_default().offices.push(*office);
                }
            }
        }
        for node in self.by_id.values_mut() {
            node.offices.sort_unstable();
            node.offices.dedup();
        }
    }

    /// The key of a surface: that of its name, unless it was split from it by hand.
    pub(super) fn key(&self, surface: &Surface) -> Box<str> {
        if self.hand.own.contains(&surface.written) {
            return format!("{}\u{1}{}", surface.name.key, surface.written).into();
        }
        surface.name.key.clone()
    }

    /// The node of a key; a new one if there is none.
    pub(super) fn node(&mut self, key: Box<str>) -> u32 {
        let groups = &mut self.groups;
        *self.by_key.entry(key).or_insert_with(|| groups.add())
    }

    /// The node of a key, if there is one.
    pub(super) fn find(&self, key: &str) -> Option<u32> {
        self.by_key.get(key).copied()
    }

    pub(super) fn get(&self, node: u32) -> Option<&Node> {
        self.by_id.get(&node)
    }

    /// The node of a surface, if the surface is enough to know somebody by.
    pub(super) fn own(&self, surface: u32) -> Option<u32> {
        self.own.get(surface as usize).copied().flatten()
    }

    /// The node of a surface, if its name is known anywhere.
    pub(super) fn anywhere(&self, surface: u32) -> Option<u32> {
        let key = || self.key(&self.table.surfaces[surface as usize]);
        self.own(surface).or_else(|| self.find(&key()))
    }

    pub(super) fn root(&mut self, node: u32) -> u32 {
        self.groups.root(node)
    }

    /// Joins a node with the one that it is another name of, unless that would join two that were
    /// split by hand.
    pub(super) fn join(&mut self, other: u32, name: u32, evidence: NameEvidence) {
        let (x, y) = (self.root(other), self.root(name));
        if x == y || self.is_split(x, y) {
            return;
        }
        self.groups.join(x, y);
        self.why.entry(other).or_insert(evidence);
    }

    fn is_split(&mut self, a: u32, b: u32) -> bool {
        for (x, y) in &self.apart {
            if let (Some(&x), Some(&y)) = (self.by_key.get(x), self.by_key.get(y)) {
                let split = (self.groups.root(x), self.groups.root(y));
                if split == (a, b) || split == (b, a) {
                    return true;
                }
            }
        }
        false
    }

    /// What joined a name to the others of its person.
    pub(super) fn evidence(&self, surface: u32) -> Option<NameEvidence> {
        let node = self.anywhere(surface)?;
        self.why.get(&node).copied()
    }

    /// Joins what the user joined, whatever else holds.
    pub(super) fn join_by_hand(&mut self) {
        for (a, b) in self.hand.same.clone() {
            let (a, b) = (self.node(a), self.node(b));
            self.groups.join(a, b);
            for node in [a, b] {
                self.why.insert(node, NameEvidence::ByHand);
            }
        }
    }

    /// The names of several words of people and bodies, with their nodes, by node.
    pub(super) fn full(&self) -> Vec<(u32, &'a Surface)> {
        let mut full: Vec<_> = self
            .by_id
            .iter()
            .filter_map(|(node, known)| {
                let surface = &self.table.surfaces[known.surface? as usize];
                (surface.name.parts.len() > 1).then_some((*node, surface))
            })
            .collect();
        full.sort_unstable_by_key(|(node, _)| *node);
        full
    }
}
