//! Key and value in one integer, for sorting by the million.

/// A key and what it is the key of. Wide keys, so that the keys of any corpus stay apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Keyed {
    key: u64,
    of: u32,
}

impl Keyed {
    pub(super) fn new(key: u64, of: u32) -> Self {
        Self { key, of }
    }

    pub(super) fn key(self) -> u64 {
        self.key
    }

    /// Returns the value.
    pub(super) fn of(self) -> u32 {
        self.of
    }
}
