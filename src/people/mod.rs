//! Identifies people across a corpus: one person may have many names, and every alias is kept. The
//! speakers of a single article are found by `quotes`; this module decides which of these speakers
//! are one person.

mod before;
mod build;
mod directory;
mod heard;
mod joins;
mod name;
mod renown;
mod resolve;
mod surface;
#[cfg(test)]
mod tests;
mod union;

pub use build::Known;
pub use directory::{Alias, Directory, Person, PersonId, PersonKind};
pub(crate) use heard::{Heard, Listener};
pub use joins::{Join, Joins};
pub(crate) use union::Groups;
