//! The settings of the program: the user's file on top of the embedded defaults.

mod interface;
mod nearest;
mod settings;
mod theme;

pub use crate::files::{cache_folder, config_folder, library_file};
pub use interface::{Interface, Sentence};
pub use nearest::{meant, nearest};
pub use settings::{Config, KeySetting, TEMPLATE};
pub use theme::{Fault, Numbers, Role, Theme};
