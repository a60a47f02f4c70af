//! Rows: records as ordered lists of named values, for tables.

use serde_json::{Map, Value};

use super::Record;

/// A record as a row of a table. Its fields are in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row(Map<String, Value>);

impl Row {
    /// Returns the row of a record.
    pub fn of(record: &impl Record) -> Self {
        match serde_json::to_value(record) {
            Ok(Value::Object(fields)) => Self(fields),
            // A record is a struct, whose fields have names.
            _ => Self::default(),
        }
    }

    /// Adds a field, or replaces the value of a field with the same name.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Returns the value of a field, or null if there is no such field.
    pub fn get(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    /// Returns whether there is a field of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Returns a field as the text of a cell: a list joined by `; `, and nothing for null.
    pub fn cell(&self, name: &str) -> String {
        cell(self.get(name))
    }
}

/// Returns a value as the text of a cell: a list joined by `; `, and nothing for null.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => fields.values().map(cell).collect::<Vec<_>>().join(": "),
        other => other.to_string(),
    }
}
