//! Groups by average likeness: the two nearest groups are put together as long as their members are
//! alike on average (UPGMA, Sokal and Michener 1958), so that neither a chain of links nor one
//! likely pair ties what does not belong together.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use rayon::prelude::*;

use super::cluster::Link;
use crate::people::Groups;

/// What is known of the things that are grouped beyond their links.
pub(super) trait Crowd: Sync {
    /// Whether two groups may be put together at all.
    fn fits(&self, a: &[u32], b: &[u32]) -> bool;
}

/// Returns groups of two or more out of `len` things, each in rising order, by their lowest member.
///
/// Two groups are put together while the mean strength between their members is at least `least`
/// and they fit; pairs without a link count as nothing, and a link below nothing speaks against.
/// The order of `links` does not matter.
pub(super) fn agglomerate(
    len: usize,
    mut links: Vec<Link>,
    least: f32,
    crowd: &impl Crowd,
) -> Vec<Vec<u32>> {
    links.par_sort_unstable_by_key(|link| (link.a, link.b));
    links.dedup_by_key(|link| (link.a, link.b));
    // No mean reaches what no pair does, so what no such pair ties together can be done apart.
    let mut tied = Groups::new(len);
    for link in links.iter().filter(|link| link.strength >= least) {
        tied.join(link.a, link.b);
    }
    let mut apart: HashMap<u32, Vec<Link>> = HashMap::new();
    for link in &links {
        let root = tied.root(link.a);
        if root == tied.root(link.b) {
            apart.entry(root).or_default().push(*link);
        }
    }
    let apart: Vec<Vec<Link>> = apart.into_values().collect();
    let groups = apart
        .par_iter()
        .flat_map_iter(|links| Agglomeration::of(links, least).run(crowd));
    let mut groups: Vec<Vec<u32>> = groups.collect();
    groups.par_sort_unstable();
    groups
}

/// Two groups that may be put together.
#[derive(Clone, Copy, PartialEq)]
struct Candidate {
    mean: f32,
    /// The one that was made first.
    a: u32,
    b: u32,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_mean = self.mean.total_cmp(&other.mean);
        by_mean.then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What is put together, step by step. A group that two others become has a number of its own, so
/// that a candidate is stale where one of its groups is gone.
struct Agglomeration {
    least: f32,
    /// By group; empty for what is part of another.
    members: Vec<Vec<u32>>,
    /// What the links between two groups sum to.
    sums: Vec<HashMap<u32, f32>>,
    heap: BinaryHeap<Candidate>,
}

impl Agglomeration {
    fn of(links: &[Link], least: f32) -> Self {
        let mut things: Vec<u32> = links.iter().flat_map(|link| [link.a, link.b]).collect();
        things.sort_unstable();
        things.dedup();
        let number = |thing: u32| things.partition_point(|other| *other < thing) as u32;
        let mut sums = vec![HashMap::new(); things.len()];
        let mut heap = BinaryHeap::new();
        for link in links {
            let (a, b) = (number(link.a), number(link.b));
            sums[a as usize].insert(b, link.strength);
            sums[b as usize].insert(a, link.strength);
            if link.strength >= least {
                let mean = link.strength;
                heap.push(Candidate {
                    mean,
                    a: a.min(b),
                    b: a.max(b),
                });
            }
        }
        Self {
            least,
            members: things.iter().map(|thing| vec![*thing]).collect(),
            sums,
            heap,
        }
    }

    fn run(mut self, crowd: &impl Crowd) -> impl Iterator<Item = Vec<u32>> {
        while let Some(Candidate { a, b, .. }) = self.heap.pop() {
            let (few, many) = (&self.members[a as usize], &self.members[b as usize]);
            if !few.is_empty() && !many.is_empty() && crowd.fits(few, many) {
                self.join((a, b));
            }
        }
        let groups = self.members.into_iter().filter(|group| group.len() > 1);
        groups.map(|mut group| {
            group.sort_unstable();
            group
        })
    }

    fn join(&mut self, (a, b): (u32, u32)) {
        let own = self.members.len() as u32;
        let mut both = std::mem::take(&mut self.members[a as usize]);
        both.append(&mut self.members[b as usize]);
        let mut sums = std::mem::take(&mut self.sums[a as usize]);
        for (other, sum) in std::mem::take(&mut self.sums[b as usize]) {
            *sums.entry(other).or_default() += sum;
        }
        sums.retain(|other, _| *other != a && *other != b);
        for (other, sum) in &sums {
            let theirs = &mut self.sums[*other as usize];
            theirs.remove(&a);
            theirs.remove(&b);
            theirs.insert(own, *sum);
            let members = &self.members[*other as usize];
            let pairs = both.len() * members.len();
            let mean = sum / pairs as f32;
            if mean >= self.least {
                self.heap.push(Candidate {
                    mean,
                    a: *other,
                    b: own,
                });
            }
        }
        self.members.push(both);
        self.sums.push(sums);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A crowd in which everything fits.
    struct Any;

    impl Crowd for Any {
        fn fits(&self, _: &[u32], _: &[u32]) -> bool {
            true
        }
    }

    fn links(list: &[(u32, u32, f32)]) -> Vec<Link> {
        let link = |&(a, b, strength)| Link { a, b, strength };
        list.iter().map(link).collect()
    }

    #[test]
    fn a_chain_is_cut_where_the_groups_are_not_alike_on_average() {
        let chain = links(&[(0, 1, 0.9), (1, 2, 0.5), (2, 3, 0.9)]);
        assert_eq!(agglomerate(4, chain, 0.3, &Any), [[0, 1], [2, 3]]);
    }

    #[test]
    fn one_more_joins_by_its_mean_without_a_link_to_each() {
        let list = links(&[
            (0, 1, 0.9),
            (0, 2, 0.9),
            (1, 2, 0.9),
            (0, 3, 0.6),
            (1, 3, 0.6),
        ]);
        assert_eq!(agglomerate(4, list, 0.3, &Any), [[0, 1, 2, 3]]);
    }

    #[test]
    fn what_speaks_against_keeps_two_groups_apart() {
        let list = links(&[(0, 1, 0.9), (2, 3, 0.9), (0, 2, 0.8), (1, 3, -1.0)]);
        assert_eq!(agglomerate(4, list, 0.1, &Any), [[0, 1], [2, 3]]);
    }

    #[test]
    fn the_order_of_links_does_not_matter() {
        let mut list = links(&[
            (0, 1, 0.5),
            (0, 2, 0.5),
            (1, 2, 0.5),
            (2, 3, 0.5),
            (3, 4, 0.4),
        ]);
        let before = agglomerate(5, list.clone(), 0.3, &Any);
        list.reverse();
        assert_eq!(agglomerate(5, list, 0.3, &Any), before);
    }
}
