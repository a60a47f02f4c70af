//! Caches parsed files on disk, so that the next start need not parse them again.
//!
//! Each corpus (its paths and the options for reading its records) has a folder with immutable
//! segments. A segment holds the outcomes of some files with their texts, an index of the files by
//! path, length, time of writing and identity, and the fingerprint of the rules that were used. A
//! segment is written under another name and then renamed, so several readers may share a folder.
//! Nothing on disk is trusted: every part is read into memory first, and a file whose part fails
//! its checksum is parsed again.
//!
//! Texts stay in memory up to a budget. Those beyond it are moved to a file without a name, which
//! no other program can open, and are mapped from there: a mapped text must not change while it is
//! in use.

mod dir;
mod folder;
mod overflow;
mod record;
mod segment;
mod store;

pub use dir::{CacheDir, Usage};
pub use store::{Loading, Store};
