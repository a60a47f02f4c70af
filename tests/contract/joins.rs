//! Ids of one record occur in the others to the letter.

use std::collections::HashMap;

use serde_json::Value;

use super::{folder, records_in, sample, text};

#[test]
fn every_id_has_its_partner() {
    let corpus = sample();
    let records = |command| records_in(&corpus, &[command, "."]);
    let by_id = |records: Vec<Value>| -> HashMap<String, Value> {
        let pair = |record: Value| (text(&record, "id").to_owned(), record);
        records.into_iter().map(pair).collect()
    };
    let articles = by_id(records("articles"));
    let quotes = by_id(records("quotes"));
    let stories = by_id(records("stories"));
    let variants = records("variants");
    assert!(!stories.is_empty() && !variants.is_empty());
    for quote in quotes.values() {
        let article = &articles[text(quote, "article")];
        for field in [
            "outlet",
            "published",
            "published_at",
            "lang",
            "title",
            "url",
            "story",
        ] {
            assert_eq!(quote[field], article[field], "{field}");
        }
        if let Some(outer) = quote["within"].as_str() {
            assert!(quotes.contains_key(outer), "{outer}");
        }
    }
    for (id, story) in &stories {
        for member in story["articles"].as_array().unwrap() {
            assert_eq!(articles[member.as_str().unwrap()]["story"], **id);
        }
    }
    let told = articles
        .values()
        .filter(|article| !article["story"].is_null());
    let told: Vec<_> = told.map(|article| text(article, "story")).collect();
    assert!(told.iter().all(|story| stories.contains_key(*story)));
    for variant in &variants {
        for member in variant["members"].as_array().unwrap() {
            let quote = &quotes[text(member, "quote")];
            for field in ["article", "start", "end", "text", "outlet", "published_at"] {
                assert_eq!(quote[field], member[field], "{field}");
            }
        }
        assert!(quotes.contains_key(text(variant, "id")));
    }
    for cell in records("matrix") {
        assert!(stories.contains_key(text(&cell, "story")));
    }
    for statement in records("timeline") {
        let quote = &quotes[text(&statement, "quote")];
        for field in ["published_at", "speaker", "people"] {
            assert_eq!(quote[field], statement[field], "{field}");
        }
    }
}

#[test]
fn every_person_who_speaks_is_a_speaker_with_these_quotations() {
    let corpus = sample();
    // A query does not change who somebody is.
    for query in ["", "speaker:a", "said:a"] {
        let records = |command| records_in(&corpus, &[command, ".", "--query", query]);
        let mut left = HashMap::new();
        for speaker in records("speakers") {
            let names = speaker["names"].as_array().unwrap();
            let aliases: Vec<_> = names.iter().map(|name| name["name"].clone()).collect();
            assert_eq!(speaker["aliases"], Value::from(aliases));
            let key = (
                text(&speaker, "id").to_owned(),
                text_of(&speaker["name"]).to_owned(),
            );
            let is_new = left.insert(key, speaker["quotes"].as_u64().unwrap());
            assert_eq!(is_new, None, "an id is of one speaker");
        }
        assert!(!left.is_empty(), "{query}");
        let key = |person: &Value| {
            (
                text(person, "id").to_owned(),
                text(person, "name").to_owned(),
            )
        };
        for command in ["variants", "matrix", "timeline"] {
            let listed = records(command);
            let people = listed
                .iter()
                .flat_map(|record| record["people"].as_array().unwrap());
            let mut people = people.peekable();
            assert!(people.peek().is_some(), "{command} {query}");
            assert!(!query.is_empty() || people.all(|person| left.contains_key(&key(person))));
        }
        let quotes = records("quotes");
        for quote in &quotes {
            let people = quote["people"].as_array().unwrap();
            assert_eq!(quote["speaker"].is_null(), people.is_empty(), "{quote}");
            for person in people {
                // With several speakers, a query may ask for one of them.
                if let Some(count) = left.get_mut(&key(person)) {
                    *count -= 1;
                } else {
                    assert!(!query.is_empty() && people.len() > 1, "{person}");
                }
            }
        }
        left.retain(|_, count| *count > 0);
        assert!(left.is_empty(), "{query}: {left:?} have no such quotations");
    }
}

#[test]
fn without_a_survey_nobody_is_known_in_the_corpus() {
    for (command, fields) in [
        ("quotes", &["people", "by_hand", "story"][..]),
        ("articles", &["copy_of", "story"]),
    ] {
        let corpus = sample();
        let with = records_in(&corpus, &[command, "."]);
        let without = records_in(&corpus, &[command, ".", "--no-survey"]);
        for (with, mut without) in with.into_iter().zip(without) {
            for field in fields {
                assert!(without.get(*field).is_none(), "{field}");
                without[*field] = with[*field].clone();
            }
            assert_eq!(with, without);
        }
    }
}

#[test]
fn a_wording_that_goes_on_keeps_the_place_of_its_quotation() {
    let report = |date: &str, words: &str| {
        serde_json::json!({ "date": date, "text": words }).to_string() + "\n"
    };
    let short = "Bupati Surapati mengatakan bahwa Jembatan Kenanga ditutup. Truk pengangkut semen \
                 wajib memutar lewat Pasar Lareng.";
    let long = "Bupati Surapati mengatakan bahwa Jembatan Kenanga ditutup dan truk pengangkut semen \
                wajib memutar lewat Pasar Lareng.";
    let folder = folder(&[(
        "a.jsonl",
        &(report("2024-03-05T10:30:00+07:00", short) + &report("2024-03-05T11:30", long)),
    )]);
    let variants = records_in(folder.path(), &["variants", "a.jsonl"]);
    let quotes = records_in(folder.path(), &["quotes", "a.jsonl"]);
    let members = variants[0]["members"].as_array().unwrap();
    let continued: Vec<_> = members
        .iter()
        .map(|member| text_of(&member["continued"]))
        .collect();
    let sentence = "Truk pengangkut semen wajib memutar lewat Pasar Lareng";
    assert_eq!(
        continued,
        [sentence, ""],
        "the wording was compared with its next sentence"
    );
    for member in members {
        let same = quotes.iter().find(|quote| quote["id"] == member["quote"]);
        let same = same.unwrap();
        assert_eq!(
            (&same["end"], &same["text"]),
            (&member["end"], &member["text"])
        );
    }
}

#[test]
fn a_copy_leads_to_the_article_that_came_first() {
    let text = "Wali Kota Surapati menutup Jembatan Kenanga pada Senin pagi karena retak. "
        .repeat(3)
        + "Warga Lareng diminta memutar lewat Pasar Baru sampai perbaikan selesai pekan depan. "
        + "Dinas Pekerjaan Umum memeriksa tiang kedua dan ketiga bersama tim dari kampus.";
    let line = |id: &str, date: &str| {
        serde_json::json!({ "id": id, "date": date, "text": text }).to_string() + "\n"
    };
    let lines = line("late", "2024-03-06") + &line("undated", "") + &line("early", "2024-03-05");
    let folder = folder(&[("a.jsonl", &lines)]);
    let articles = records_in(folder.path(), &["articles", "a.jsonl"]);
    let copies = articles
        .iter()
        .map(|a| (text_of(&a["id"]), text_of(&a["copy_of"])));
    assert_eq!(
        copies.collect::<Vec<_>>(),
        [("late", "early"), ("undated", "early"), ("early", "")]
    );
    assert_eq!(articles[0]["sha256"], articles[2]["sha256"]);
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn a_time_without_zone_stays_in_published_and_utc_has_one_form() {
    let line = |id: &str, date: &str| {
        serde_json::json!({ "id": id, "date": date, "text": "Air naik di Lareng." }).to_string()
            + "\n"
    };
    let cases = [
        (
            "zone",
            "2024-03-05T10:30:00+07:00",
            "2024-03-05T10:30:00+07:00",
            "2024-03-05T03:30:00Z",
        ),
        (
            "utc",
            "2024-03-05T10:30:00Z",
            "2024-03-05T10:30:00+00:00",
            "2024-03-05T10:30:00Z",
        ),
        ("no zone", "2024-03-05 10:30", "2024-03-05T10:30", ""),
        ("day", "2024-03-05", "2024-03-05", ""),
        ("none", "", "", ""),
    ];
    let lines: String = cases.iter().map(|(id, date, ..)| line(id, date)).collect();
    let folder = folder(&[("a.jsonl", &lines)]);
    let articles = records_in(folder.path(), &["articles", "a.jsonl"]);
    for (article, (id, _, published, utc)) in articles.iter().zip(cases) {
        let times = (
            text_of(&article["published"]),
            text_of(&article["published_at"]),
        );
        assert_eq!(times, (published, utc), "{id}");
    }
}
