//! The plain data that all modules share: articles, quotations, speakers, the corpus. The data is
//! immutable once loaded. Nothing here reads, parses or draws.

mod article;
mod content;
mod corpus;
mod format;
mod issue;
mod published;
mod quote;
mod rule;
mod text;

pub use article::{
    Article, Block, BlockKind, Caption, Dateline, Excerpt, Outlet, Structure, Title,
};
pub use content::{ContentKey, sha256};
pub use corpus::{ArticleId, Corpus, QuoteId, Segment};
pub use format::Format;
pub use issue::{Fault, Issue, Skipped};
pub use published::{NumberOrder, Origin, Precision, Published};
pub use quote::{Confidence, Quote, QuoteKind};
pub use rule::Rule;
pub use text::{SharedText, Text};
