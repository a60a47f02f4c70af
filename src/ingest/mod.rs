//! Reads corpora: discovers files, decodes them, reads their format, and detects the structure of
//! articles. This is the only module that reads a corpus.

mod catch_panic;
mod decode;
mod delivery;
mod discover;
mod exclude;
mod fields;
mod file;
pub mod formats;
mod given;
mod input;
mod keys;
mod lines;
mod links;
mod load;
mod node;
mod output;
mod own;
mod parse_cache;
mod parts;
mod repeats;
mod report;
mod request;
mod stat;
pub mod structure;
mod walk;

pub use catch_panic::{CaughtPanic, catch_panic, is_catching_panics, mark_pool_thread};
pub use discover::{Watched, watched};
pub use exclude::Exclude;
pub use fields::{FieldNames, Meaning};
pub use given::Given;
pub use input::{Contents, Input};
pub use keys::{Collisions, settle_keys};
pub use load::{Pipeline, load};
pub use own::is_own;
pub use parse_cache::{Extent, NoCache, Outcome, ParseCache, Stamp};
pub use report::{Progress, Report};
pub use request::{Links, Options, Request};

#[cfg(test)]
mod tests;
