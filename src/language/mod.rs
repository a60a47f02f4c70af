//! Languages as data: packs (`assets/languages/*.toml`) and what is compiled from them. Adding a
//! language means adding a file.

mod code;
mod dates;
mod detect;
mod pack;
mod page;
mod people;
mod rule_files;
mod speech;
mod words;

pub use code::Lang;
pub use dates::{Calendar, DateWords, DayMonth, Reading, WrittenDate};
pub use pack::{Pack, Packs};
pub use page::{Cue, PageWords};
pub use people::PeopleWords;
pub use rule_files::{PackError, load_tables};
pub use speech::SpeechWords;
pub use words::WordLists;
