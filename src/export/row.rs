//! One record for output: named values in order.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// One record: its fields in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row(Vec<(&'static str, Value)>);

impl Row {
    /// A record without fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field; one of the same name is replaced where it stands.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
        self
    }

    /// The fields in order.
    pub fn fields(&self) -> &[(&'static str, Value)] {
        &self.0
    }

    /// The value of a field; null where there is none.
    pub fn get(&self, name: &str) -> &Value {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map_or(&Value::Null, |(_, value)| value)
    }

    /// A field as one string for a table's or CSV's cell: a list joined by `; `, a list
    /// of lists or records as JSON, nothing for null.
    pub fn cell(&self, name: &str) -> String {
        cell(self.get(name))
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        // Records within a record stay readable for a program.
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
