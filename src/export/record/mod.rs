//! The records that commands print: one type for each, with the meaning and the unit of every
//! field. `kutip schema` is made from these types, so it cannot differ from what is printed.
//!
//! A field is added to a record in two places: in the type here, and where the record is made
//! (`article_record`, `quote_records`, `Relations`, or the command itself).

mod article;
mod contract;
mod listing;
mod person;
mod quote;
mod relation;
mod schema;

pub use article::ArticleRecord;
pub use contract::{CONTRACT, Printed, contract};
pub use listing::{
    FaultRecord, KeyRecord, NoteRecord, NoteStanding, SkippedRecord, StatementRecord, TallyRecord,
};
pub use person::PersonRecord;
pub use quote::{QuoteRecord, StepRecord};
pub use relation::{
    CellRecord, ComparedRecord, CopiesRecord, CopyLine, CopyRecord, EvidenceRecord, NameRecord,
    PassageLine, PassageRecord, ReasonRecord, RelatedRecord, SpeakerRecord, StoryRecord,
    VariantLine, VariantRecord, WordingRecord,
};
pub use schema::{Record, schema_of};

/// A record with members. In JSON, the members are a field of the record; in a table and in CSV,
/// each member is a line.
pub trait Grouped: Record {
    /// The record of one member, with what the whole record says of all of them.
    type Line: Record;

    /// Returns one record for each member, in order.
    fn lines(self) -> Vec<Self::Line>;
}
