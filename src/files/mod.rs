//! The files that kutip writes: where they are, how they are kept private, and how they are written
//! completely or not at all. What they contain is decided elsewhere.

mod folders;
pub mod private;
mod whole;

pub use folders::{cache_folder, config_folder, library_file};
pub use whole::{Existing, is_taken, remove_unfinished, save};
