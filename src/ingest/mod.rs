//! Reads corpora: discovers files, decodes them, reads their format, and detects the structure of
//! articles. This is the only module that reads a corpus.

mod catch_panic;
mod decode;
mod delivery;
mod discover;
mod fields;
mod file;
pub mod formats;
mod given;
mod input;
mod lines;
mod links;
mod load;
mod node;
mod parse_cache;
mod parts;
mod repeats;
mod report;
mod request;
mod stat;
pub mod structure;
mod walk;

pub use catch_panic::{Failure, catch_panic, is_catching_panics, mark_pool_thread};
pub use discover::{Watched, watched};
pub use fields::{FieldNames, Meaning};
pub use given::Given;
pub use input::{Input, Whole};
pub use load::{Pipeline, load};
pub use parse_cache::{Extent, NoCache, Outcome, ParseCache, Stamp};
pub use report::{Progress, Report};
pub use request::{Links, Options, Request};

#[cfg(test)]
mod tests;
