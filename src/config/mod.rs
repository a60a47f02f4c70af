//! Settings: the user's file over the embedded defaults.

mod folders;
mod nearest;
mod theme;

pub use folders::{config_folder, library_file};
pub use nearest::nearest;
pub use theme::{Fault, Numbers, Role, Theme};
