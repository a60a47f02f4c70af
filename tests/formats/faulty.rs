//! A record that is faulty takes no other with it, and its fault names it.

use super::{FIRST, Outcome, THIRD, read};

/// The texts of a file and the records that faults name.
fn told(outcome: &Outcome) -> (Vec<&str>, Vec<&str>) {
    let texts = outcome.articles.iter().map(|article| &*article.text);
    let records = outcome.issues.iter();
    let records = records.map(|issue| issue.record.as_deref().unwrap_or("-"));
    (texts.collect(), records.collect())
}

#[test]
fn a_faulty_value_takes_no_other_of_its_file() {
    // What stands in the middle of three records, the text that it has, and the record that a
    // fault names.
    let cases: &[(&str, Option<&str>, Option<&str>)] = &[
        (
            r#"{"judul": "B", "isi": "Isi.", "skor": NaN}"#,
            Some("Isi."),
            None,
        ),
        (r#"{"judul": "B", "isi": "Isi.",}"#, Some("Isi."), None),
        (
            r#"{"judul": "B", "isi": "Hari Jum\'at."}"#,
            Some("Hari Jum'at."),
            Some("2"),
        ),
        (
            "{\"judul\": \"B\", \"isi\": \"Kolom\tdua.\"}",
            Some("Kolom\tdua."),
            Some("2"),
        ),
        (
            r#"{"judul": "B", "isi": "Isi \ud83d."}"#,
            Some("Isi \u{fffd}."),
            Some("2"),
        ),
        (r#"{"judul": "B", "isi": tidak}"#, None, Some("2")),
        (
            r#"{"judul": "B", "kutipan": [{"judul": "x", "isi": "y"}, {"judul": "x", "isi": "z"}], "isi": tidak}"#,
            None,
            Some("2"),
        ),
        (r#"{"judul": "B", "isi": "Tanpa akhir}"#, None, Some("2")),
        (r#"{"judul": "B", "isi": "Isi.""#, None, Some("2")),
        (r#"{"judul": "B", "isi": ["Isi."}"#, None, Some("2")),
        (r#"{"judul": "B"]"#, None, Some("2")),
        ("oops: 3", None, Some("2")),
    ];
    let record = |title: &str, text: &str| format!(r#"{{"judul": "{title}", "isi": "{text}"}}"#);
    let (first, last) = (record("A", "Satu."), record("C", "Tiga."));
    for (middle, text, fault) in cases {
        let files = [
            ("a.json", format!("[{first},\n{middle},\n{last}]")),
            ("a.jsonl", format!("{first}\n{middle}\n{last}\n")),
            (
                "b.json",
                format!("{{\"articles\": [{first}, {middle}, {last}], \"total\": 3}}"),
            ),
        ];
        for (name, file) in files {
            let outcome = read(name, file.as_bytes());
            let (texts, faults) = told(&outcome);
            let expected: Vec<_> = ["Satu."]
                .into_iter()
                .chain(*text)
                .chain(["Tiga."])
                .collect();
            assert_eq!(texts, expected, "{name}: {middle}: {}", outcome.reasons());
            let (line, record) = (2, fault.is_some());
            assert_eq!(!faults.is_empty(), record, "{name}: {middle}");
            if let Some(issue) = outcome.issues.first() {
                assert_eq!(issue.record.as_deref(), *fault, "{name}: {middle}: {issue}");
                if name == "a.json" {
                    assert_eq!(issue.line, Some(line), "{middle}: {issue}");
                }
            }
        }
    }
}

#[test]
fn what_ends_too_early_says_so() {
    let whole = format!(r#"[{{"isi": "{FIRST}"}}, {{"isi": "{THIRD}"}}"#);
    for cut in [whole.len() - 10, whole.len()] {
        let outcome = read("a.json", whole[..cut].as_bytes());
        assert_eq!(&*outcome.articles[0].text, FIRST);
        assert_eq!(outcome.issues.len(), 1, "{}", outcome.reasons());
    }
    let pair = format!(r#"{{"isi": "{FIRST}"}} {{"isi": oops}} {{"isi": "{THIRD}"}}"#);
    let outcome = read("a.json", pair.as_bytes());
    assert_eq!(told(&outcome).0, [FIRST, THIRD], "{}", outcome.reasons());
    assert_eq!(outcome.issues.len(), 1);
}
