//! Languages as data: the language packs (`assets/languages/*.toml`), and what the program compiles
//! from them. To add a language, add a file.

mod code;
mod dates;
mod detect;
mod marks;
mod name_patterns;
mod pack;
mod page;
mod people;
mod roles;
mod rule_files;
mod speech;
mod words;

pub use code::Lang;
pub use dates::{Calendar, DateWords, DayMonth, Reading, WrittenDate};
pub use marks::{MarkUse, Marks};
pub use name_patterns::{NameFound, NamePattern, NamePatterns, WordShape};
pub use pack::{Pack, Packs};
pub use page::{Cue, PageWords};
pub use people::PeopleWords;
pub use roles::Roles;
pub use rule_files::{PackError, RuleFiles};
pub use speech::SpeechWords;
pub use words::WordLists;
