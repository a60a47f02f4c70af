//! People over a corpus: one person under many names, every alias visible. Who speaks in one
//! article is the business of `quotes`; this module tells which of these speakers are one.
//!
//! Each article is listened to (`listen`) and counted into a table (`table`); what names have in
//! common over the corpus joins them (`resolve`); the directory lists who speaks (`build`).

mod build;
mod by_hand;
mod directory;
mod evidence;
mod joins;
mod kind;
mod likely;
mod listen;
mod name;
mod name_words;
mod resolve;
mod slug;
mod spelling;
mod surface;
mod table;
#[cfg(test)]
mod tests;
mod union;

pub use build::Known;
pub use directory::{Alias, Directory, Person, PersonId};
pub use evidence::NameEvidence;
pub use joins::{Join, Joins, SaidBy};
pub use kind::PersonKind;
pub use likely::{LikelyJoin, LikelySplit};
pub(crate) use listen::Listener;
pub(crate) use table::{NameTable, Names};
pub(crate) use union::Groups;
