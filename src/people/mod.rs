//! People over a corpus: one person under many names, every alias visible. Who speaks in one
//! article is the business of `quotes`; this room tells which of these speakers are one.

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
