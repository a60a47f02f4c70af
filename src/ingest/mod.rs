//! Reading corpora: discover → decode → read one format → find the structure. The only code that
//! reads a corpus.

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
mod memory;
mod node;
mod parts;
mod repeats;
mod report;
mod request;
mod shield;
mod stat;
pub mod structure;
mod walk;

pub use discover::{Watched, watched};
pub use fields::{FieldNames, Meaning};
pub use given::Given;
pub use input::{Input, Whole};
pub use load::{Making, load};
pub use memory::{Memory, NoMemory, Outcome, Part, Stamp};
pub use report::{Progress, Report};
pub use request::{Links, Options, Request};
pub use shield::{Failure, guarded, is_shielded, shield_pool_thread};

#[cfg(test)]
mod tests;
