//! Chance with a seed, for what drives the reader by random keys. How much of it is set by hand:
//! `KUTIP_MONKEY_EVENTS`, `KUTIP_MONKEY_SEED`.

use proptest::prelude::RngExt;
use proptest::test_runner::{RngAlgorithm, TestRng};

pub struct Chance(TestRng);

impl Chance {
    /// By the seed that was set, else always the same.
    pub fn new() -> Self {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&set("KUTIP_MONKEY_SEED", 1).to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    /// One of `all`.
    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// Columns and rows: mostly what people have, now and then what nobody can use.
    pub fn size(&mut self, least: usize) -> (u16, u16) {
        let (width, height) = match self.below(8) {
            0 => (12, 6),
            1 => (200, 60),
            _ => (140, 50),
        };
        let mut up_to = |end| u16::try_from(least + self.below(end)).expect("it is small");
        (up_to(width), up_to(height))
    }
}

/// How many events there are: as many as were set, else `usual`.
pub fn events(usual: usize) -> usize {
    set("KUTIP_MONKEY_EVENTS", usual as u64) as usize
}

fn set(name: &str, usual: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.map_or(usual, |value| value.parse().expect("it is a number"))
}
