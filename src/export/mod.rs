//! Export: the records of articles, quotations and their relations, and the writers for tables,
//! JSON Lines, CSV, Markdown, HTML and citations.

mod annotation;
mod array;
mod article;
mod articles;
mod chars;
mod chart;
mod citation;
mod csv;
mod document;
mod evidence;
mod file;
mod markup;
mod page;
mod picked;
mod quote;
mod record;
mod reference;
mod relation;
mod row;
mod side;
mod table;
mod tally;
mod transcript;
mod writer;

pub use article::{ArticleParts, Part, article_record};
pub use articles::write_articles;
pub use chars::CharIndex;
pub use chart::{MatrixTable, TimelineTable};
pub use citation::{citation, cited_quote};
pub use document::write_html;
pub use evidence::Evidence;
pub use file::{ARTICLE_ENDINGS, ENDINGS, FileKind};
pub use page::page;
pub use picked::{Picked, Surveyed};
pub use quote::{QuoteParts, keyword_records, quote_id, quote_records, step_records};
pub use record::{
    ArticleRecord, CONTRACT, CellRecord, ComparedRecord, CopiesRecord, CopyLine, CopyRecord,
    EvidenceRecord, FaultRecord, Grouped, KeyRecord, NameRecord, NoteRecord, NoteStanding,
    PassageLine, PassageRecord, PersonRecord, Printed, QuoteRecord, ReasonRecord, Record,
    RelatedRecord, SkippedRecord, SpeakerRecord, StatementRecord, StepRecord, StoryRecord,
    TallyRecord, VariantLine, VariantRecord, WordingRecord, contract, schema_of,
};
pub use relation::{Relations, speaker_record};
pub use row::Row;
pub use table::{Align, Column, Shape, Table};
pub use tally::{Fate, Tally};
pub use writer::{Format, Mark, Writer};
