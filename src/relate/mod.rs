//! Finds what belongs together: related articles, stories, copies, variants of one utterance, and
//! passages side by side. [`Survey::make`] computes everything that needs the whole corpus; the
//! rest is computed on demand from the survey. Attribution is left to `quotes` and `people`.

mod align;
mod bags;
mod cluster;
mod compare;
mod copies;
mod days;
mod headings;
mod hues;
mod index;
mod keyed;
mod matrix;
mod passages;
mod ranks;
mod reading;
mod related;
mod run;
mod sayings;
mod series;
mod stories;
mod survey;
mod timeline;
mod tokens;
mod variants;
mod words;

pub use align::{Slot, align};
pub use compare::{
    Column, Marked, Passage, Row, Side, Standing, compare_articles, compare_passages, compare_sides,
};
pub use copies::{Copies, Copy};
pub use days::UsualDays;
pub use headings::Heading;
pub use hues::Hues;
pub use matrix::Cell;
pub use related::{Reason, Related};
pub use run::{Progress, Run, Step, to_the_end, to_the_end_with};
pub use stories::{Stories, Story, StoryId};
pub use survey::{SpeakersIn, Survey};
pub use timeline::{Grain, Timeline, timeline};
pub use variants::{Member, Variant, VariantId, Variants};
pub use words::{
    KeyWord, Line, LineOrder, MAX_LINES, Spread, SpreadOf, SpreadRow, TextScope, Whose,
    WordQuestion, WordsFound, find_words, log_likelihood,
};
