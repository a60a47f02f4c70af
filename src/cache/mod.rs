//! What was parsed, kept in a folder of its own so that the next start need not parse it again.
//!
//! One folder for each corpus (its paths and how its records are read), in it immutable segments:
//! each holds the outcomes of some files with their texts, an index of them by path, length, time of
//! writing and identity, and the fingerprint of the rules by which they were made. A segment is
//! written under another name and renamed, so readers may share a folder. Nothing in it is ever
//! trusted unseen: it is read into memory first, and what fails its checksum there is parsed anew.
//!
//! Texts stay in memory within a budget. Those beyond it are moved to a file without a name, which
//! nobody else can open, and are mapped there: what is lent must not change under who reads it.

mod dir;
mod folder;
mod overflow;
mod record;
mod segment;
mod store;

pub use dir::{CacheDir, Usage};
pub use store::{Loading, Store};
