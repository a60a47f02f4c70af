//! The JSON Schema of a record, made from its type.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::Value;

/// A record: a type whose fields are known, described and written by name.
pub trait Record: Serialize + JsonSchema {}

impl<T: Serialize + JsonSchema> Record for T {}

/// Returns the JSON Schema (draft 2020-12) of a record. It allows no field that the type does not
/// have. A field that is not required is written only when it is asked for.
pub fn schema_of<R: JsonSchema>() -> Value {
    let close = |schema: &mut Schema| {
        if schema.get("properties").is_some() {
            schema.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
    };
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with(|settings| settings.inline_subschemas = true);
    let settings = settings.with_transform(RecursiveTransform(close));
    let schema = settings.into_generator().into_root_schema_for::<R>();
    schema.to_value()
}
