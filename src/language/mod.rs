//! Languages as data: packs (`assets/languages/*.toml`) and what is compiled from them. Adding a
//! language means adding a file.

mod code;
mod dates;
mod marks;
mod pack;
mod page;
mod people;
mod roles;
mod speech;
mod words;

pub use code::Lang;
pub use dates::DateWords;
pub use marks::{MarkUse, Marks};
pub use pack::{Pack, PackError, Packs};
pub use page::PageWords;
pub use people::PeopleWords;
pub use roles::Roles;
pub use speech::SpeechWords;
pub use words::WordLists;
