//! Writers: tables, JSON Lines, CSV, Markdown, HTML, citations; and the records that they write.

mod article;
mod citation;
mod document;
mod keyword;
mod page;
mod quote;
mod row;
mod table;
mod writer;

pub use article::{ArticleParts, Part, article_row};
pub use citation::{citation, cited_quote};
pub use document::{write_html, write_markdown};
pub use keyword::Keyword;
pub use page::page;
pub use quote::{QuoteParts, keyword_rows, quote_id, quote_rows};
pub use row::Row;
pub use table::{Align, Column, Table, cut};
pub use writer::{Format, Writer};
