//! Finds what belongs together: related articles, stories, copies, variants of one utterance, and
//! passages side by side. [`Survey::make`] computes everything that needs the whole corpus; the
//! rest is computed on demand from the survey. Attribution is left to `quotes` and `people`.

mod agglomerate;
mod align;
mod bags;
mod candidates;
mod cluster;
mod compare;
mod copies;
mod counts;
mod days;
mod events;
mod follow_ups;
mod headings;
mod histogram;
mod hues;
mod index;
mod keyed;
mod lineage;
mod matrix;
mod pair_scorer;
mod passages;
mod quote_features;
mod ranks;
mod reading;
mod related;
mod run;
mod series;
mod stories;
mod survey;
mod timeline;
mod tokens;
mod trends;
mod variants;
mod voices;
mod words;

pub use align::{Slot, align};
pub use compare::{
    Column, Marked, Passage, Row, Side, Standing, compare_articles, compare_passages, compare_sides,
};
pub use copies::{Copies, Copy};
pub use days::CorpusDays;
pub use headings::Heading;
pub use histogram::{Bin, Counts, Histogram, SERIES, Scope, Stack};
pub use hues::Hues;
pub use lineage::{Change, Descent, Source, lineage};
pub use matrix::{Cell, Grid, GridColumn, GridRow, GridScope};
pub use related::{Reason, Related};
pub use run::{Progress, Run, Step, to_the_end, to_the_end_with};
pub use stories::{Stories, Story, StoryId};
pub use survey::{SpeakersIn, Survey};
pub use timeline::{Grain, Timeline, timeline};
pub use trends::{KINDS, Outlet, PARTS, Trend, Trends};
pub use variants::{Member, Variant, VariantId, Variants};
pub use words::{
    KeyWord, Line, LineOrder, MAX_LINES, Spread, SpreadOf, SpreadRow, TextScope, Whose,
    WordQuestion, WordsFound, find_words, log_likelihood,
};
