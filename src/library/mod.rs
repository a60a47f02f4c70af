//! What a user adds to a corpus, kept between runs: read marks, tags, marks, notes, the compare
//! tray and collections, joins and splits of people, saved queries, places and history.
//!
//! [`State`] holds it in memory and tells what undoes a [`Change`]; [`Store`] writes each change at
//! once to `SQLite`. Everything hangs on the [`crate::model::ContentKey`] of a text, so a moved file
//! keeps its notes.

mod anchor;
mod change;
mod exchange;
mod state;
mod store;
mod undo;

pub use anchor::{Anchor, AnchorStatus, Note};
pub use change::{Change, NoteId, PersonChoice};
pub use exchange::{ImportError, export, import};
pub use state::{ArticleState, State};
pub use store::{Access, Damage, LibraryError, Recovered, Store, recover};
pub use undo::Undo;
