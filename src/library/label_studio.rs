//! Corrections from Label Studio: what its users changed in the quotations that an export gave them,
//! as notes on the passages.

use std::collections::BTreeMap;

use chrono::DateTime;
use serde::Deserialize;
use serde_json::Value;

use super::anchor::TextPlace;
use super::{Anchor, Change, Note, NoteId};
use crate::model::ContentKey;
use crate::text::{ByteSpan, byte_of_utf16};

/// A task in the JSON format of Label Studio, as far as it matters here.
#[derive(Deserialize)]
pub(super) struct Task {
    data: Data,
    #[serde(default)]
    predictions: Vec<Labelled>,
    #[serde(default)]
    annotations: Vec<Labelled>,
}

#[derive(Deserialize)]
struct Data {
    text: String,
    article: Box<str>,
}

/// The regions of one prediction, or of what one person made of it.
#[derive(Deserialize)]
struct Labelled {
    #[serde(default)]
    result: Vec<Part>,
    #[serde(default)]
    was_cancelled: bool,
    #[serde(default)]
    updated_at: Option<String>,
}

/// A label or a text field of one region.
#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    id: String,
    #[serde(default)]
    from_name: String,
    #[serde(default)]
    value: Value,
}

/// A passage that is labelled as a quotation.
#[derive(Clone, Debug, Default, PartialEq)]
struct Region {
    span: ByteSpan,
    kind: Option<String>,
    speaker: Option<String>,
}

impl Task {
    /// Returns a note for each quotation that a person changed, added or removed, in the order of
    /// their identifiers. A task that nobody finished has none.
    pub fn corrections(&self) -> Result<Vec<Change>, String> {
        let mut finished = self.annotations.iter().filter(|one| !one.was_cancelled);
        let Some(corrected) = finished.next_back() else {
            return Ok(Vec::new());
        };
        let before = self.predictions.last();
        let before = before.map_or_else(|| Ok(BTreeMap::new()), |p| self.regions(p))?;
        let after = self.regions(corrected)?;
        let time = corrected.updated_at.as_deref().unwrap_or_default();
        let written = DateTime::parse_from_rfc3339(time).map_or(0, |time| time.timestamp());
        let mut notes = Vec::new();
        for (id, region) in &after {
            let text = match before.get(id) {
                Some(known) => self.difference(known, region),
                None => Some(format!("added: {}", described(region))),
            };
            notes.extend(text.map(|text| self.note((id, region), &text, written)));
        }
        for (id, region) in before.iter().filter(|(id, _)| !after.contains_key(*id)) {
            notes.push(self.note((id, region), "removed: not a quotation", written));
        }
        Ok(notes)
    }

    fn regions(&self, labelled: &Labelled) -> Result<BTreeMap<String, Region>, String> {
        let mut regions: BTreeMap<String, Region> = BTreeMap::new();
        for part in &labelled.result {
            let word = |field: &str| {
                let word = part.value[field].get(0).unwrap_or(&part.value[field]);
                word.as_str().map(ToOwned::to_owned)
            };
            if !matches!(&*part.from_name, "kind" | "speaker") {
                continue;
            }
            let span = self.span(&part.value);
            let span = span.ok_or_else(|| {
                format!(
                    "region `{}` is outside the text of {}",
                    part.id, self.data.article
                )
            })?;
            let region = regions.entry(part.id.clone()).or_default();
            region.span = span;
            match &*part.from_name {
                "kind" => region.kind = word("labels"),
                _ => region.speaker = word("text").filter(|name| !name.trim().is_empty()),
            }
        }
        Ok(regions)
    }

    fn span(&self, value: &Value) -> Option<ByteSpan> {
        let byte = |field: &str| {
            let units = usize::try_from(value[field].as_u64()?).ok()?;
            byte_of_utf16(&self.data.text, units)
        };
        Some(ByteSpan::new(byte("start")?, byte("end")?))
    }

    /// Returns what is different about a quotation, if anything is.
    fn difference(&self, before: &Region, after: &Region) -> Option<String> {
        let named = |name: &Option<String>| name.clone().unwrap_or_else(|| "unknown".to_owned());
        let mut changed = Vec::new();
        for (field, before, after) in [
            ("kind", &before.kind, &after.kind),
            ("speaker", &before.speaker, &after.speaker),
        ] {
            if before != after {
                changed.push(format!("{field}: {} (was {})", named(after), named(before)));
            }
        }
        if before.span != after.span {
            let words = before.span.of(&self.data.text);
            changed.push(format!("words changed (were “{words}”)"));
        }
        (!changed.is_empty()).then(|| changed.join("; "))
    }

    fn note(&self, (id, region): (&str, &Region), text: &str, written: i64) -> Change {
        let place = Anchor {
            article: ContentKey::of(&self.data.text),
            key: self.data.article.clone(),
            span: Some(region.span),
            words: region.span.of(&self.data.text).into(),
            place: Some(TextPlace::of(&self.data.text, Some(region.span))),
        };
        // Importing the task again replaces the note.
        let id = NoteId(format!("label-studio {} {id}", place.article).into());
        let text = format!("Label Studio: {text}").into();
        Change::Note(
            id,
            Some(Note {
                place,
                text,
                written,
            }),
        )
    }
}

fn described(region: &Region) -> String {
    let kind = region.kind.as_deref().unwrap_or("quotation");
    let speaker = region.speaker.as_deref().unwrap_or("unknown speaker");
    format!("{kind}, {speaker}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the notes on a text after a person changed its one prediction.
    fn corrections(result: &Value) -> Vec<(String, String)> {
        let part = |from: &str, value: Value| serde_json::json!({"id": "q", "from_name": from, "value": value});
        let before = [
            part(
                "kind",
                serde_json::json!({"start": 4, "end": 13, "labels": ["direct"]}),
            ),
            part(
                "speaker",
                serde_json::json!({"start": 4, "end": 13, "text": ["Siti"]}),
            ),
        ];
        let task = serde_json::json!({
            "data": {"text": "💩 “Kami siap,” kata Rina.", "article": "a.txt"},
            "predictions": [{"result": before}],
            "annotations": [{"result": result, "updated_at": "1970-01-01T00:01:00Z"}],
        });
        let task: Task = serde_json::from_value(task).unwrap();
        let notes = task
            .corrections()
            .unwrap()
            .into_iter()
            .map(|change| match change {
                Change::Note(_, Some(note)) => (note.place.words.into(), note.text.into()),
                other => panic!("{other:?}"),
            });
        notes.collect()
    }

    #[test]
    fn what_a_person_changed_becomes_a_note_on_the_passage() {
        let part = |id: &str, from: &str, value: Value| serde_json::json!({"id": id, "from_name": from, "value": value});
        let kind = |id, start, end, kind| {
            part(
                id,
                "kind",
                serde_json::json!({"start": start, "end": end, "labels": [kind]}),
            )
        };
        let speaker = |id, name: &str| {
            part(
                id,
                "speaker",
                serde_json::json!({"start": 4, "end": 13, "text": [name]}),
            )
        };
        let cases = [
            (
                vec![kind("q", 4, 13, "direct"), speaker("q", "Siti")],
                vec![],
            ),
            (
                vec![kind("q", 4, 13, "direct"), speaker("q", "Rina")],
                vec![("Kami siap", "speaker: Rina (was Siti)")],
            ),
            (
                vec![kind("q", 4, 8, "fragment")],
                vec![(
                    "Kami",
                    "kind: fragment (was direct); speaker: unknown (was Siti); \
                     words changed (were “Kami siap”)",
                )],
            ),
            (
                vec![kind("new", 9, 13, "fragment")],
                vec![
                    ("siap", "added: fragment, unknown speaker"),
                    ("Kami siap", "removed: not a quotation"),
                ],
            ),
        ];
        for (result, expected) in cases {
            let result = Value::Array(result);
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(words, text)| (words.to_owned(), format!("Label Studio: {text}")))
                .collect();
            assert_eq!(corrections(&result), expected, "{result}");
        }
    }
}
