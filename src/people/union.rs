//! Union-find: merges elements into disjoint groups.

/// Disjoint groups of the elements `0..len`. Each is represented by its lowest member.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    /// Creates `len` groups of one element.
    pub(crate) fn new(len: usize) -> Self {
        Self {
            parent: (0..len as u32).collect(),
        }
    }

    /// Adds an element in a group of its own and returns its number.
    pub(crate) fn add(&mut self) -> u32 {
        let id = self.parent.len() as u32;
        self.parent.push(id);
        id
    }

    /// Returns the representative of the group of an element, or the element itself if it is
    /// unknown.
    pub(crate) fn root(&mut self, of: u32) -> u32 {
        let mut at = of;
        while let Some(&up) = self.parent.get(at as usize) {
            if up == at {
                break;
            }
            // Halve the path, so that later walks are short.
            let above = self.parent.get(up as usize).copied().unwrap_or(up);
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    /// Merges the groups of two elements.
    pub(crate) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parent.get_mut(a.max(b) as usize) {
            *parent = a.min(b);
        }
    }

    /// Returns the groups of at least two elements, each in rising order, by their lowest member.
    pub(crate) fn several(mut self) -> Vec<Vec<u32>> {
        let len = self.parent.len();
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); len];
        for id in 0..len as u32 {
            let root = self.root(id);
            members[root as usize].push(id);
        }
        members.retain(|group| group.len() > 1);
        members
    }
}
