//! What kutip writes: where it stands, that it is its owner's alone, and that it is whole. Knows
//! nothing of what is in the files.

mod folders;
pub mod private;
mod whole;

pub use folders::{cache_folder, config_folder, library_file};
pub use whole::{Existing, is_taken, remove_unfinished, save};
