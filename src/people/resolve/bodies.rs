//! Joins the names of bodies: letters, long forms, agencies.

use foldhash::{HashMap, HashMapExt};

use super::super::evidence::NameEvidence;
use super::super::name::NameKind;
use super::nodes::Nodes;
use crate::quotes::AlsoCalled;

/// Of ten articles that write out some letters, these must mean one body.
const OF_TEN: usize = 8;

impl Nodes<'_> {
    /// Joins `KCNA` and `Korean Central News Agency (KCNA)`, where nearly all articles that write
    /// the letters out mean one body.
    pub(super) fn join_letters(&mut self) {
        let mut meant: HashMap<Box<str>, HashMap<u32, usize>> = HashMap::new();
        let surfaces = &self.table.surfaces;
        let name = |id: u32| &surfaces[id as usize].name;
        for names in &self.table.articles {
            for (long, letters, how) in &names.also {
                let is_letters = name(*letters).kind == NameKind::Institution
                    && name(*letters).parts.len() == 1
                    && *how == AlsoCalled::Bracketed;
                let is_body = name(*long).kind == NameKind::Institution
                    || name(*long).is_spelled_by(&name(*letters).key);
                if let Some(node) = self.own(*long).filter(|_| is_letters && is_body) {
                    let of = meant.entry(name(*letters).key.clone()).or_default();
                    *of.entry(node).or_default() += 1;
                }
            }
        }
        for surface in surfaces {
            if let Some(letters) = &surface.name.letters {
                let node = self.node(self.key(surface));
                let of = meant.entry(letters.clone()).or_default();
                *of.entry(node).or_default() += 1;
            }
        }
        let mut meant: Vec<_> = meant.into_iter().collect();
        meant.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (letters, of) in meant {
            let mut of: Vec<(u32, usize)> = of.into_iter().collect();
            of.sort_unstable();
            let most = of
                .iter()
                .max_by_key(|(node, count)| (*count, u32::MAX - node));
            let Some((one, _)) = most.copied() else {
                continue;
            };
            // Long forms that the letters spell as well are the same name with a slip or without a
            // word.
            let like = |node: u32| self.are_alike(one, node);
            let same: Vec<u32> = of
                .iter()
                .map(|(node, _)| *node)
                .filter(|n| like(*n))
                .collect();
            let counted = |nodes: &[u32]| -> usize {
                let own = of.iter().filter(|(node, _)| nodes.contains(node));
                own.map(|(_, count)| count).sum()
            };
            let all: usize = of.iter().map(|(_, count)| count).sum();
            if counted(&same) * 10 >= all * OF_TEN {
                let letters = self.node(letters);
                for node in same {
                    self.join(letters, node, NameEvidence::Letters);
                }
            }
        }
    }

    /// Whether two long forms of the same letters have a word in common that is not only a kind of
    /// body.
    fn are_alike(&self, a: u32, b: u32) -> bool {
        let parts = |node: u32| {
            let surface = self.get(node).and_then(|node| node.surface);
            surface.map_or(&[][..], |id| &self.table.surfaces[id as usize].name.parts)
        };
        let (a_parts, b_parts) = (parts(a), parts(b));
        let shared = a_parts.iter().filter(|part| b_parts.contains(part)).count();
        a == b || shared * 2 >= a_parts.len().max(b_parts.len()) || shared >= 2
    }

    /// Joins `kantor berita Korut KCNA` and `KCNA`.
    pub(super) fn join_agencies(&mut self) {
        for surface in &self.table.surfaces {
            if let Some(agency) = &surface.name.agency {
                let own = self.node(self.key(surface));
                let agency = self.node(agency.clone());
                self.join(own, agency, NameEvidence::Letters);
            }
        }
    }
}
