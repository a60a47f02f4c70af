//! Writers: tables, JSON Lines, CSV, Markdown, HTML, citations; and the records that they write.

mod article;
mod articles;
mod chars;
mod citation;
mod concordance;
mod document;
mod evidence;
mod file;
mod keyword;
mod page;
mod quote;
mod relation;
mod row;
mod side;
mod table;
mod tally;
mod writer;

pub use article::{ArticleParts, Part, article_row};
pub use articles::write_articles;
pub use chars::CharIndex;
pub use citation::{citation, cited_quote};
pub use concordance::{Line, Nearest, concordance};
pub use document::write_html;
pub use evidence::Evidence;
pub use file::{ENDINGS, FileKind, save};
pub use keyword::Keyword;
pub use page::page;
pub use quote::{QuoteParts, keyword_rows, quote_id, quote_rows, step_rows};
pub use relation::{Group, Relations, speaker_row};
pub use row::Row;
pub use table::{Align, Column, Shape, Table, cut};
pub use tally::{Fate, Tally};
pub use writer::{Format, Writer};
