//! Writers: tables, JSON Lines, CSV, Markdown, HTML, citations; and the records that they write.

mod article;
mod quote;
mod row;
mod table;
mod writer;

pub use article::{ArticleParts, Part, article_row};
pub use quote::{QuoteParts, quote_id, quote_rows};
pub use row::Row;
pub use table::{Align, Column, Table, cut};
pub use writer::{Format, Writer};
