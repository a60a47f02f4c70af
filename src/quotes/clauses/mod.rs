//! A sentence: its cues, and the clause that each of them reports.

pub(super) mod according;
pub(super) mod active;
pub(super) mod addressee;
pub(super) mod carrier;
pub(super) mod circumstance;
pub(super) mod clause;
pub(super) mod predicate;
pub(super) mod sentence;
pub(super) mod verb_second;
