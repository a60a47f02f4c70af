//! Export: the records of articles, quotations and their relations, and the writers for tables,
//! JSON Lines, CSV, Markdown, HTML and citations.

mod article;
mod articles;
mod chars;
mod citation;
mod concordance;
mod document;
mod evidence;
mod file;
mod keyword;
mod markup;
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
pub use file::{ENDINGS, FileKind};
pub use keyword::Keyword;
pub use page::page;
pub use quote::{QuoteParts, keyword_rows, quote_id, quote_rows};
pub use relation::{Group, Relations, speaker_row};
pub use row::Row;
pub use table::{Align, Column, Shape, Table};
pub use tally::{Fate, Tally};
pub use writer::{Format, Writer};
