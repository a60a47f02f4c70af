//! Finds articles: the query language, fuzzy matching over key lines, and full text.
//!
//! [`Query::parse`] parses what a user typed. [`Index`] holds the key line of every article and
//! grows as segments arrive. [`filter()`] runs a query over the index. [`highlights`] computes
//! where an article matches, and [`complete()`] proposes fields and values. This module has no
//! clock and no library state: both are passed in as plain data ([`Query::parse`]'s `today`,
//! [`Facts`]).

mod blocks;
mod complete;
mod evaluate;
mod filter;
mod fold_map;
mod highlight;
mod hits;
mod index;
mod kernel;
mod key_line;
mod keyword;
mod needle;
mod order;
mod passages;
mod processor;
mod query;
mod selection;
mod speakers;
mod stripe;
mod subsumption;
mod terms;

pub use complete::{Completion, Vocabulary, complete};
pub use evaluate::{Facts, NoFacts};
pub use filter::{Context, Filter, filter};
pub use highlight::{Highlights, highlights, line_highlights};
pub use hits::{Best, Hits};
pub use index::Index;
pub use key_line::{KeyLine, Part};
pub use keyword::Keyword;
pub use order::{Arranger, Order, Sort, SortKey};
pub use passages::passages;
pub use query::{Anchor, DateRange, Fault, Field, Has, Is, Node, Pattern, Query, Term, Test};
pub use speakers::{QuoteTest, Speakers};
pub use terms::{SegmentTerms, Terms, article_terms};
