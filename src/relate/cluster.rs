//! Clusters items by weighted links. The strongest links are followed first, and two clusters are
//! merged only if they belong together as wholes. So a chain of medium links does not join a whole
//! corpus.

use crate::people::Groups;

/// A link between two items, given by number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// The lower number.
    pub(crate) a: u32,
    /// The higher number.
    pub(crate) b: u32,
    /// Strength of the link, in 0..=1.
    pub(crate) strength: f32,
}

/// Maximum number of members of the larger cluster that count for each member of the smaller one.
/// An item is linked only to its nearest items, so a large cluster is never fully linked.
const ASKED: usize = 6;

/// Returns the clusters of at least two out of `len` items, ordered by their lowest member, with
/// members in rising order.
///
/// Two clusters are merged if at least the fraction `density` of the possible links between them
/// exists and `fits` accepts their members. The order of `links` does not matter.
pub(crate) fn cluster(
    len: usize,
    mut links: Vec<Link>,
    density: f32,
    fits: impl Fn(&[u32], &[u32]) -> bool,
) -> Vec<Vec<u32>> {
    links.sort_unstable_by(|x, y| {
        y.strength
            .total_cmp(&x.strength)
            .then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    links.dedup_by_key(|link| (link.a, link.b));
    let near = Neighbours::of(len, &links);
    let mut groups = Groups::new(len);
    let mut members: Vec<Vec<u32>> = (0..len as u32).map(|id| vec![id]).collect();
    for link in &links {
        let (a, b) = (groups.root(link.a), groups.root(link.b));
        if a == b {
            continue;
        }
        let is_less = members[a as usize].len() < members[b as usize].len();
        let (small, large) = if is_less { (a, b) } else { (b, a) };
        let (few, many) = (&members[small as usize], &members[large as usize]);
        let asked = few.len() * many.len().min(ASKED);
        let linked = few
            .iter()
            .flat_map(|id| near.of_one(*id))
            .filter(|other| groups.root(**other) == large)
            .count();
        if (linked as f32) < density * asked as f32 || !fits(few, many) {
            continue;
        }
        let mut both = std::mem::take(&mut members[a as usize]);
        both.append(&mut members[b as usize]);
        groups.join(a, b);
        members[a.min(b) as usize] = both;
    }
    groups.several()
}

/// Adjacency lists: the linked items of each item.
struct Neighbours {
    starts: Vec<u32>,
    others: Vec<u32>,
}

impl Neighbours {
    fn of(len: usize, links: &[Link]) -> Self {
        let mut starts = vec![0_u32; len + 1];
        for link in links {
            starts[link.a as usize + 1] += 1;
            starts[link.b as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut others = vec![0; links.len() * 2];
        for link in links {
            for (from, to) in [(link.a, link.b), (link.b, link.a)] {
                others[next[from as usize] as usize] = to;
                next[from as usize] += 1;
            }
        }
        Self { starts, others }
    }

    fn of_one(&self, id: u32) -> &[u32] {
        &self.others[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(list: &[(u32, u32, f32)]) -> Vec<Link> {
        let link = |&(a, b, strength)| Link { a, b, strength };
        list.iter().map(link).collect()
    }

    #[test]
    fn a_chain_of_links_is_no_cluster() {
        let chain = links(&[(0, 1, 0.9), (1, 2, 0.5), (2, 3, 0.9)]);
        assert_eq!(cluster(4, chain, 0.5, |_, _| true), [[0, 1], [2, 3]]);
    }

    #[test]
    fn the_order_of_links_does_not_matter() {
        let mut list = links(&[(0, 1, 0.5), (0, 2, 0.5), (1, 2, 0.5), (2, 3, 0.5)]);
        let before = cluster(4, list.clone(), 0.5, |_, _| true);
        list.reverse();
        assert_eq!(cluster(4, list, 0.5, |_, _| true), before);
    }
}
