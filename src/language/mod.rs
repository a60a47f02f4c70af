//! Languages as data: packs (`assets/languages/*.toml`) and what is compiled from them. Adding a
//! language means adding a file.

mod code;
mod pack;
mod words;

pub use code::Lang;
pub use pack::{Pack, PackError, Packs};
pub use words::WordLists;
