//! Records: ordered lists of named values, for output.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// A record. Its fields are in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row(Vec<(&'static str, Value)>);

impl Row {
    /// Creates a record without fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field, or replaces the value of a field with the same name.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
        self
    }

    /// Returns the fields in order.
    pub fn fields(&self) -> &[(&'static str, Value)] {
        &self.0
    }

    /// Returns the value of a field, or null if there is no such field.
    pub fn get(&self, name: &str) -> &Value {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map_or(&Value::Null, |(_, value)| value)
    }

    /// Returns a field as the text of a cell in a table or CSV: a list joined by `; `, a list of
    /// lists or records as JSON, and nothing for null.
    pub fn cell(&self, name: &str) -> String {
        cell(self.get(name))
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        // As JSON, nested records can still be parsed by a program.
        Value::Array(values) if values.iter().any(is_nested) => value.to_string(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

impl From<Row> for Value {
    fn from(row: Row) -> Self {
        let fields = row.0.into_iter();
        Self::Object(
            fields
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
