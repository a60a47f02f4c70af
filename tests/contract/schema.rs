//! Every record of every command against the schema that `kutip schema` prints for it.

use std::path::Path;

use serde_json::{Map, Value};

use super::{folder, kutip_in, records_in, sample, text};

/// The schema that `kutip schema` prints.
fn schema(of: &[&str]) -> Value {
    let (code, out, err) = kutip_in(&sample(), &[&["schema"], of].concat());
    assert_eq!((code, &*err), (Some(0), ""), "{of:?}");
    serde_json::from_str(&out).unwrap()
}

/// Fails unless `value` is what `schema` allows: type, constants, and just the described fields.
fn check(value: &Value, schema: &Value, place: &str) {
    if let Some(options) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        let is_known = |option: &Value| {
            option["const"] == *value
                || (option["type"] == "null" && value.is_null())
                || option["oneOf"]
                    .as_array()
                    .is_some_and(|options| options.iter().any(|option| option["const"] == *value))
        };
        assert!(options.iter().any(is_known), "{place}: {value} in {schema}");
        return;
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allowed = &schema["type"];
    let is_allowed = *allowed == kind
        || allowed
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|k| k == kind));
    assert!(is_allowed, "{place}: {value} is no {allowed}");
    if let Some(known) = schema["enum"].as_array() {
        assert!(known.contains(value), "{place}: {value}");
    }
    for item in value.as_array().into_iter().flatten() {
        check(item, &schema["items"], &format!("{place}[]"));
    }
    if let Some(fields) = value.as_object() {
        check_fields(fields, schema, place);
    }
}

fn check_fields(fields: &Map<String, Value>, schema: &Value, place: &str) {
    assert_eq!(schema["additionalProperties"], false, "{place}");
    let described = schema["properties"].as_object().unwrap();
    for (name, value) in fields {
        let place = format!("{place}.{name}");
        let schema = described.get(name);
        let schema = schema.unwrap_or_else(|| panic!("{place} is not described"));
        check(value, schema, &place);
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        assert!(fields.contains_key(name), "{place}.{name} is missing");
    }
}

/// Fails unless every field below `schema` says what it means, and every number its unit.
fn check_words(schema: &Value, place: &str) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let place = format!("{place}.{name}");
        let words = field["description"].as_str().unwrap_or_default();
        assert!(words.ends_with('.'), "{place}: {words:?}");
        let kind = field["type"].to_string();
        if kind.contains("integer") || kind.contains("number") {
            assert!(field["unit"].is_string(), "{place} has no unit");
        }
        check_words(field, &place);
        check_words(&field["items"], &format!("{place}[]"));
    }
}

#[test]
fn every_field_has_a_meaning_and_every_number_a_unit() {
    let all = schema(&[]);
    for (name, schema) in all["$defs"].as_object().unwrap() {
        assert!(schema["properties"].is_object(), "{name}");
        check_words(schema, name);
    }
    let (code, _, err) = kutip_in(&sample(), &["schema", "article"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("articles"), "{err}");
}

#[test]
fn every_record_has_just_the_described_fields() {
    let corpus = sample();
    let first = records_in(&corpus, &["articles", ".", "--limit", "2"]);
    let (one, other) = (text(&first[0], "id"), text(&first[1], "id"));
    let cases: &[(&str, &[&str])] = &[
        ("articles", &["articles", "."]),
        ("articles", &["articles", ".", "--body", "--text"]),
        ("articles", &["articles", ".", "--no-survey"]),
        ("quotes", &["quotes", "."]),
        ("quotes", &["quotes", ".", "--no-survey"]),
        ("quotes", &["quotes", ".", "--explain", "--match", "laut"]),
        ("quotes-trace", &["quotes", ".", "--trace"]),
        ("speakers", &["speakers", "."]),
        ("related", &["related", ".", "--of", one]),
        ("stories", &["stories", "."]),
        ("variants", &["variants", "."]),
        ("compare", &["compare", ".", "--of", one, "--of", other]),
        ("matrix", &["matrix", "."]),
        ("timeline", &["timeline", "."]),
        ("check-summary", &["check", ".", "--summary"]),
        ("keys", &["keys"]),
    ];
    for (name, arguments) in cases {
        check_all(name, &records_in(&corpus, arguments));
    }
    let faulty = folder(&[
        ("a.jsonl", "{\"text\": \"a\"}\n{oops\n"),
        ("b.json", "{\"path\": \"x.txt\"}"),
    ]);
    let faulty = faulty.path();
    check_all("check", &records_in(faulty, &["check", "."]));
    check_all(
        "check-skipped",
        &records_in(faulty, &["check", ".", "--skipped"]),
    );
    check_all("notes", &notes(&corpus));
    check_all("export", &exported(&corpus));
}

fn check_all(name: &str, records: &[Value]) {
    assert!(!records.is_empty(), "{name}");
    let schema = schema(&[name]);
    for record in records {
        check(record, &schema, name);
    }
}

fn notes(corpus: &Path) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let article = &records_in(corpus, &["articles", ".", "--limit", "1", "--text"])[0];
    let words: String = text(article, "text").chars().take(9).collect();
    let place = serde_json::json!({
        "article": text(article, "sha256")[..32],
        "key": article["id"],
        "span": {"start": 0, "end": words.len()},
        "words": words,
    });
    let note = serde_json::json!({"place": place, "text": "Lihat.", "written": 0});
    let line = serde_json::json!({"kind": "note", "entry": ["1", note]});
    std::fs::write(folder.path().join("in.jsonl"), line.to_string()).unwrap();
    let (code, _, err) = kutip_in(folder.path(), &["library", "import", "in.jsonl"]);
    assert_eq!(code, Some(0), "{err}");
    let found = records_in(folder.path(), &["notes", corpus.to_str().unwrap()]);
    assert_eq!(found[0]["standing"], "here", "{found:?}");
    found
}

fn exported(corpus: &Path) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let to = file.to_str().unwrap();
    let (code, _, err) = kutip_in(corpus, &["export", ".", "--to", to]);
    assert_eq!((code, &*err), (Some(0), ""));
    let lines = std::fs::read_to_string(&file).unwrap();
    let records = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    records.collect()
}
