//! A sorted table that maps hashes to their ranks. Holds millions of hashes in half the memory of a
//! hash table, and is built without single insertions.

/// Distinct hashes, each identified by its rank.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranks {
    hashes: Vec<u32>,
    /// Start in `hashes` of each value of the leading bits, with one more entry for the end. The
    /// number of leading bits leaves two to four hashes per value, because each step of a binary
    /// search waits for memory.
    starts: Vec<u32>,
    /// Number of bits that are not leading bits.
    trailing: u32,
}

impl Ranks {
    /// Creates the table. `hashes` must be sorted and distinct.
    pub(super) fn of(hashes: Vec<u32>) -> Self {
        let leading = hashes
            .len()
            .checked_ilog2()
            .map_or(1, |bits| bits.clamp(2, 32) - 1);
        let trailing = u32::BITS - leading;
        let mut starts = vec![0_u32; (1 << leading) + 1];
        for hash in &hashes {
            starts[(hash >> trailing) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self {
            hashes,
            starts,
            trailing,
        }
    }

    /// Returns the rank of a hash, or `None` if the table lacks it.
    pub(super) fn get(&self, hash: u32) -> Option<u32> {
        let leading = (hash >> self.trailing) as usize;
        let (from, to) = (*self.starts.get(leading)?, *self.starts.get(leading + 1)?);
        let alike = self.hashes.get(from as usize..to as usize)?;
        let at = alike.binary_search(&hash).ok()?;
        Some(from + at as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hash_has_its_rank_and_no_other_has_one() {
        let ranks = Ranks::of(vec![0, 7, 65_536, u32::MAX - 1, u32::MAX]);
        let found = [0, 1, 7, 65_536, u32::MAX - 1, u32::MAX].map(|hash| ranks.get(hash));
        assert_eq!(found, [Some(0), None, Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(Ranks::default().get(3), None);
    }
}
