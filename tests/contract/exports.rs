//! Exported files that other programs read: citations, annotations, transcripts.

use serde_json::Value;

use super::{folder, kutip_in, records_in, sample, text};

/// What `kutip export` writes of the sample to a file with this ending.
fn exported(ending: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("a{ending}"));
    let to = file.to_str().unwrap();
    let (code, _, err) = kutip_in(&sample(), &["export", ".", "--to", to]);
    assert_eq!((code, &*err), (Some(0), ""), "{ending}");
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn citations_have_what_the_articles_say() {
    let articles = records_in(&sample(), &["articles", "."]);
    let items: Vec<Value> = serde_json::from_str(&exported(".csl.json")).unwrap();
    let ris = exported(".ris");
    let entries: Vec<_> = ris.split("ER  - \r\n").collect();
    assert_eq!(
        (items.len(), entries.len() - 1),
        (articles.len(), articles.len())
    );
    for ((article, item), entry) in articles.iter().zip(&items).zip(entries) {
        assert_eq!(item["type"], "article-newspaper");
        assert_eq!(item["id"], article["id"]);
        let lines: Vec<_> = entry.trim_start().split("\r\n").collect();
        assert_eq!(lines[0], "TY  - NEWS");
        for (field, csl, tag) in [
            ("title", "title", "TI"),
            ("outlet", "container-title", "T2"),
        ] {
            assert_eq!(item.get(csl).unwrap_or(&Value::Null), &article[field]);
            let line = article[field]
                .as_str()
                .map(|words| format!("{tag}  - {words}"));
            assert!(line.is_none_or(|line| lines.contains(&&*line)), "{entry}");
        }
        let authors = article["reporters"].as_array().unwrap();
        let literal = item["author"].as_array().map_or(0, Vec::len);
        let tags = lines
            .iter()
            .filter(|line| line.starts_with("AU  - "))
            .count();
        assert_eq!((literal, tags), (authors.len(), authors.len()));
        let published = article["published"].as_str().unwrap_or_default();
        let parts = item["issued"]["date-parts"][0].as_array();
        let day = parts.map(|parts| {
            let parts = parts
                .iter()
                .map(|part| format!("{:02}", part.as_u64().unwrap()));
            parts.collect::<Vec<_>>().join("-")
        });
        assert!(published.starts_with(&day.unwrap_or_default()), "{item}");
    }
}

#[test]
fn annotations_lie_on_the_words_of_their_quotations() {
    let quotes = records_in(&sample(), &["quotes", "."]);
    let collection: Value = serde_json::from_str(&exported(".jsonld")).unwrap();
    assert_eq!(collection["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = collection["first"]["items"].as_array().unwrap();
    assert_eq!(items.len(), quotes.len());
    for (item, quote) in items.iter().zip(&quotes) {
        let [words, place] = item["target"]["selector"].as_array().unwrap().as_slice() else {
            panic!("{item}");
        };
        assert_eq!(words["exact"], quote["text"]);
        assert_eq!(
            (&place["start"], &place["end"]),
            (&quote["start"], &quote["end"])
        );
        let tags = item["body"].as_array().unwrap();
        let speaker = tags.iter().find(|body| body["purpose"] == "identifying");
        assert_eq!(
            speaker.map_or(&Value::Null, |body| &body["value"]),
            &quote["speaker"]
        );
    }
}

#[test]
fn a_transcript_has_one_label_for_each_person() {
    let transcript = exported(".txt");
    let quotes = records_in(&sample(), &["quotes", "."]);
    let speakers = records_in(&sample(), &["speakers", "."]);
    let mut lines = 0;
    for line in transcript.lines() {
        let (label, words) = line.split_once(": ").unwrap();
        assert!(!words.is_empty());
        if label != "Source" {
            lines += 1;
            let is_known = speakers.iter().any(|speaker| {
                let name = text(speaker, "name");
                label.split("; ").any(|one| one == name)
            });
            assert!(is_known || label == "Speaker unknown", "{label}");
        }
    }
    assert_eq!(lines, quotes.len());
}

#[test]
fn a_query_keeps_the_same_quotations_in_every_file() {
    let said = |query: &str| {
        let quotes = records_in(&sample(), &["quotes", ".", "--query", query]);
        quotes
            .iter()
            .map(|quote| text(quote, "text").to_owned())
            .collect::<Vec<_>>()
    };
    let all = said("");
    let kept = said("said:laut");
    assert!(!kept.is_empty() && kept.len() < all.len());
    let written = |ending: &str| {
        let arguments = [
            "export",
            ".",
            "--query",
            "said:laut",
            "--to",
            "-",
            "--as",
            ending,
        ];
        kutip_in(&sample(), &arguments).1
    };
    let annotations: Value = serde_json::from_str(&written("jsonld")).unwrap();
    let tasks: Vec<Value> = serde_json::from_str(&written("label-studio.json")).unwrap();
    let articles = written("jsonl");
    let articles: Vec<Value> = articles
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let quotes = articles
        .iter()
        .flat_map(|article| article["quotes"].as_array().unwrap());
    let regions = tasks
        .iter()
        .flat_map(|task| task["predictions"][0]["result"].as_array().unwrap());
    let regions = regions.filter(|region| region["from_name"] == "kind");
    let transcript = written("txt");
    let lines = transcript
        .lines()
        .filter(|line| !line.starts_with("Source: "));
    let counts = [
        csv::Reader::from_reader(written("csv").as_bytes())
            .records()
            .count(),
        written("md")
            .lines()
            .filter(|line| line.starts_with("> "))
            .count(),
        annotations["first"]["items"].as_array().unwrap().len(),
        quotes.count(),
        regions.count(),
        lines.count(),
    ];
    assert_eq!(counts, [kept.len(); 6]);
}

#[test]
fn corrections_from_label_studio_come_back_as_notes() {
    let mut tasks: Value = serde_json::from_str(&exported(".label-studio.json")).unwrap();
    let task = &mut tasks.as_array_mut().unwrap()[0];
    let units: Vec<u16> = text(&task["data"], "text").encode_utf16().collect();
    let mut result = task["predictions"][0]["result"].clone();
    for part in result.as_array().unwrap() {
        let value = &part["value"];
        let at = |field: &str| usize::try_from(value[field].as_u64().unwrap()).unwrap();
        if part["from_name"] == "kind" {
            let words = String::from_utf16(&units[at("start")..at("end")]).unwrap();
            assert_eq!(value["text"], words);
        }
    }
    let speaker = result.as_array_mut().unwrap().iter_mut();
    let speaker = speaker
        .into_iter()
        .find(|part| part["from_name"] == "speaker")
        .unwrap();
    let before = speaker["value"]["text"][0].as_str().unwrap().to_owned();
    speaker["value"]["text"] = serde_json::json!(["Rina Halim"]);
    task["annotations"] = serde_json::json!([{ "result": result, "was_cancelled": false }]);
    let folder = folder(&[("tasks.json", &tasks.to_string())]);
    let corpus = sample();
    let (code, _, err) = kutip_in(folder.path(), &["library", "import", "tasks.json"]);
    assert_eq!(code, Some(0), "{err}");
    for _ in 0..2 {
        let notes = records_in(folder.path(), &["notes", corpus.to_str().unwrap()]);
        assert_eq!(notes.len(), 1, "{notes:?}");
        let note = format!("Label Studio: speaker: Rina Halim (was {before})");
        assert_eq!(
            (text(&notes[0], "note"), text(&notes[0], "standing")),
            (&*note, "here")
        );
        kutip_in(folder.path(), &["library", "import", "tasks.json"]);
    }
}
