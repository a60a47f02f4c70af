//! The contract: the schema of every record, by the command that prints it.

use serde_json::{Map, Value, json};

use super::{
    ArticleRecord, CellRecord, ComparedRecord, CopiesRecord, EvidenceRecord, FaultRecord,
    KeyRecord, NoteRecord, PassageRecord, QuoteRecord, RelatedRecord, SkippedRecord, SpeakerRecord,
    StatementRecord, StepRecord, StoryRecord, TallyRecord, VariantRecord, schema_of,
};

/// The records that a command prints in JSON Lines, or that the reader writes to a file.
#[derive(Clone, Copy)]
pub struct Printed {
    /// The name by which `kutip schema` finds it.
    pub name: &'static str,
    /// What prints it.
    by: &'static str,
    schema: fn() -> Value,
}

impl Printed {
    /// Returns the JSON Schema of the record.
    pub fn schema(&self) -> Value {
        let mut schema = (self.schema)();
        schema["title"] = self.by.into();
        schema
    }
}

const fn printed(name: &'static str, by: &'static str, schema: fn() -> Value) -> Printed {
    Printed { name, by, schema }
}

/// All records that are printed.
pub const CONTRACT: &[Printed] = &[
    printed(
        "articles",
        "kutip articles",
        schema_of::<ArticleRecord<usize>>,
    ),
    printed("quotes", "kutip quotes", schema_of::<QuoteRecord>),
    printed(
        "quotes-trace",
        "kutip quotes --trace",
        schema_of::<StepRecord>,
    ),
    printed("speakers", "kutip speakers", schema_of::<SpeakerRecord>),
    printed("related", "kutip related", schema_of::<RelatedRecord>),
    printed("stories", "kutip stories", schema_of::<StoryRecord>),
    printed("copies", "kutip copies", schema_of::<CopiesRecord>),
    printed("variants", "kutip variants", schema_of::<VariantRecord>),
    printed(
        "compare",
        "kutip compare",
        schema_of::<PassageRecord<ComparedRecord>>,
    ),
    printed("matrix", "kutip matrix", schema_of::<CellRecord>),
    printed("timeline", "kutip timeline", schema_of::<StatementRecord>),
    printed(
        "export",
        "kutip export --to FILE.jsonl",
        schema_of::<ArticleRecord<Vec<QuoteRecord>>>,
    ),
    printed("check", "kutip check", schema_of::<FaultRecord>),
    printed(
        "check-skipped",
        "kutip check --skipped",
        schema_of::<SkippedRecord>,
    ),
    printed(
        "check-summary",
        "kutip check --summary",
        schema_of::<TallyRecord>,
    ),
    printed("keys", "kutip keys", schema_of::<KeyRecord>),
    printed("notes", "kutip notes", schema_of::<NoteRecord>),
    printed(
        "evidence",
        "the reader, for passages that are written to FILE.jsonl",
        schema_of::<PassageRecord<EvidenceRecord>>,
    ),
];

/// Returns one JSON Schema with those of all records as its definitions.
pub fn contract() -> Value {
    let schemas = CONTRACT.iter().map(|printed| {
        let mut schema = printed.schema();
        let dialect = schema.as_object_mut().and_then(|s| s.remove("$schema"));
        (printed.name.to_owned(), schema, dialect)
    });
    let mut definitions = Map::new();
    let mut dialect = None;
    for (name, schema, known) in schemas {
        definitions.insert(name, schema);
        dialect = dialect.or(known);
    }
    json!({
        "$schema": dialect,
        "title": "The records of kutip",
        "description": "One definition for each command that prints records in JSON Lines. CSV has \
            the same fields as columns; where a record lists others, it has a line for each \
            (`variants`, `copies`, `compare`) or a column for each of their fields (`reasons.kind`).",
        "$defs": definitions,
    })
}
