//! Settings: the user's file over the embedded defaults.

mod nearest;
mod theme;

pub use nearest::nearest;
pub use theme::{Fault, Numbers, Role, Theme};
