//! The files that kutip writes: where they are, that they are private, and that they are written
//! completely or not at all. Knows nothing of their contents.

mod folders;
pub mod private;
mod whole;

pub use folders::{cache_folder, config_folder, library_file};
pub use whole::{Existing, is_taken, remove_unfinished, save};
