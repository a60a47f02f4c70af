//! The library: everything that a user adds to a corpus, stored between runs. It holds read marks,
//! tags, marks, notes, the compare tray and collections, joins and splits of people, saved queries,
//! reading positions and the history.
//!
//! [`State`] holds these contents in memory; applying a [`Change`] to it returns the change that
//! undoes it. [`Store`] writes each change to `SQLite` at once. Entries refer to articles by the
//! [`crate::model::ContentKey`] of their text, so a moved file keeps its notes.

mod anchor;
mod change;
mod exchange;
mod label_studio;
mod state;
mod store;
mod undo;

pub use anchor::{Anchor, AnchorStatus, Note, TextPlace};
pub use change::{Change, NoteId, PersonChoice, SpeakerChoice};
pub use exchange::{ImportError, export, import};
pub use state::{ArticleState, State};
pub use store::{Access, Damage, LibraryError, Recovered, Store, recover};
pub use undo::Undo;
