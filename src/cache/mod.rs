//! What was parsed, kept in a folder of its own so that the next start need not parse it again.
//!
//! One folder for each corpus (its paths and how its records are read), in it immutable segments:
//! each holds the outcomes of some files with their texts, an index of them by path, length and
//! time of writing, and the fingerprint of the rules by which they were made. A segment is written
//! under another name and renamed, so readers may share a folder. Nothing in it is ever trusted
//! unseen: what fails its checksum is parsed anew.
//!
//! Texts are lent from where they stand, by a segment that was found as by one that is being
//! written: what is kept need not stay in memory.

mod mapping;
mod place;
mod record;
mod segment;
mod store;

pub use place::{Place, Usage};
pub use store::{Loading, Store};
