//! What kutip writes: where it stands, and that it is its owner's alone. Knows nothing of what is in
//! the files.

mod folders;
pub mod private;

pub use folders::{cache_folder, config_folder, library_file};
