//! Key and value in one integer, for sorting by the million.

/// A key and a value packed into one `u64`, which sorts faster than a pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Keyed(u64);

impl Keyed {
    pub(super) fn new(key: u32, of: u32) -> Self {
        Self(u64::from(key) << u32::BITS | u64::from(of))
    }

    pub(super) fn key(self) -> u32 {
        (self.0 >> u32::BITS) as u32
    }

    /// Returns the value.
    pub(super) fn of(self) -> u32 {
        self.0 as u32
    }
}
