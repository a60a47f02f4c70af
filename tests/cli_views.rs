//! The views' twins for scripts, over the built-in sample: exit code, standard output and standard
//! error; and over the annotated seeds, where the folder `../shared` exists (skipped elsewhere).

#![allow(clippy::unwrap_used)] // a test may fail loudly

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample");

/// Runs kutip; gives exit code, standard output, standard error.
fn kutip(arguments: &[&str]) -> (Option<i32>, String, String) {
    let ran = Command::cargo_bin("kutip")
        .unwrap()
        .args(arguments)
        .env("COLUMNS", "80")
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ran.status.code(), text(ran.stdout), text(ran.stderr))
}

/// The records of a run that finds something and has nothing to complain of.
fn records(arguments: &[&str]) -> Vec<Value> {
    let arguments = [arguments, &["--format", "jsonl"]].concat();
    let (code, out, err) = kutip(&arguments);
    assert_eq!((code, &*err), (Some(0), ""), "{arguments:?}");
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn fields(record: &Value) -> String {
    let names = record.as_object().unwrap().keys().map(String::as_str);
    names.collect::<Vec<_>>().join(" ")
}

/// The sample's texts by article.
fn texts(arguments: &[&str]) -> BTreeMap<String, Vec<char>> {
    let articles = records(&[&["articles", SAMPLE, "--text"], arguments].concat());
    let pair = |a: &Value| {
        let text = a["text"].as_str().unwrap().chars().collect();
        (a["id"].as_str().unwrap().to_owned(), text)
    };
    articles.iter().map(pair).collect()
}

#[test]
fn every_view_has_the_fields_of_the_contract() {
    let first = records(&["articles", SAMPLE, "--limit", "1"]);
    let of = first[0]["id"].as_str().unwrap();
    let second = &records(&["articles", SAMPLE, "--limit", "2"])[1];
    let other = second["id"].as_str().unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["keys"], "command keys context group summary"),
        (
            &["speakers", SAMPLE],
            "id name kind aliases names quotes articles outlets first last",
        ),
        (&["related", SAMPLE, "--of", of], "article score reasons"),
        (
            &["stories", SAMPLE],
            "id title articles outlets first last independent_texts follows followed_by",
        ),
        (
            &["variants", SAMPLE],
            "id speaker people members shared differing",
        ),
        (&["matrix", SAMPLE], "story outlet speaker people quotes"),
        (
            &["timeline", SAMPLE],
            "published published_at quote article outlet speaker people text",
        ),
        (
            &["compare", SAMPLE, "--of", of, "--of", other],
            "passage members shared",
        ),
    ];
    for (arguments, expected) in cases {
        let records = records(arguments);
        assert!(!records.is_empty(), "{arguments:?}");
        for record in &records {
            assert_eq!(fields(record), *expected, "{arguments:?}");
        }
        let (code, table, _) = kutip(arguments);
        assert_eq!(code, Some(0));
        let mut lines = table.lines();
        let names: Vec<_> = lines.next().unwrap().split('\t').collect();
        assert!(names.len() >= 3, "{arguments:?}: {table}");
        let first = lines.next().unwrap();
        assert!(!first.starts_with('\t'), "{arguments:?}: {first}");
        for line in lines {
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), names.len(), "{arguments:?}: {line}");
            assert!(!line.contains('…'), "{arguments:?}: {line}");
        }
    }
}

#[test]
fn members_stand_where_they_say() {
    let texts = texts(&[]);
    let variants = records(&["variants", SAMPLE]);
    let of = |at: usize| variants[0]["members"][at]["quote"].as_str().unwrap();
    let compared = records(&["compare", SAMPLE, "--of", of(0), "--of", of(1)]);
    assert_eq!(compared.len(), 1, "quotations are one row");
    for (groups, expected) in [
        (
            &variants,
            "quote article outlet published published_at start end text continued",
        ),
        (&compared, "article quote start end text"),
    ] {
        for member in groups.iter().flat_map(|g| g["members"].as_array().unwrap()) {
            assert_eq!(fields(member), expected);
            let text = &texts[member["article"].as_str().unwrap()];
            let at = |name: &str| usize::try_from(member[name].as_u64().unwrap()).unwrap();
            let words: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(member["text"], words);
        }
    }
    for variant in &variants {
        let articles = variant["members"].as_array().unwrap().iter();
        let mut articles: Vec<_> = articles.map(|m| m["article"].as_str()).collect();
        articles.sort_unstable();
        articles.dedup();
        assert!(articles.len() >= 2, "an utterance is in two articles");
    }
}

#[test]
fn a_query_narrows_every_view() {
    let outlet = "Merculaut";
    let query = format!("outlet:{outlet}");
    let articles = records(&["articles", SAMPLE, "--query", &query]);
    assert!(articles.iter().all(|a| a["outlet"] == outlet));
    assert!(articles.len() < records(&["articles", SAMPLE]).len());
    let timeline = records(&["timeline", SAMPLE, "--query", &query]);
    assert!(timeline.iter().all(|t| t["outlet"] == outlet));
    let speaker = records(&["speakers", SAMPLE])[0]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    let quotes = records(&[
        "quotes",
        SAMPLE,
        "--query",
        &format!("speaker:\"{speaker}\""),
    ]);
    for quote in &quotes {
        let name = quote["speaker"].as_str().unwrap();
        assert!(name.contains(&speaker), "{name}");
    }
    let newest = records(&["articles", SAMPLE, "--query", "has:date sort:-date"]);
    let days: Vec<_> = newest
        .iter()
        .map(|a| &a["published"].as_str().unwrap()[..10])
        .collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    for view in [
        "articles", "quotes", "stories", "variants", "speakers", "matrix", "timeline",
    ] {
        let (code, out, err) = kutip(&[view, SAMPLE, "--query", "outlet:tidakada"]);
        assert_eq!((code, &*out, &*err), (Some(1), "", ""), "{view}");
    }
}

#[test]
fn faults_of_use_say_what_and_where() {
    let cases: &[(&[&str], &str)] = &[
        (
            &["articles", SAMPLE, "--query", "oulet:kompas"],
            "did you mean `outlet`?\n\n  oulet:kompas\n  ^^^^^",
        ),
        (
            &["articles", SAMPLE, "--format-of", "dat=xls"],
            "`xls` is not a format",
        ),
        (
            &["articles", SAMPLE, "--format-of", "dat"],
            "write it as EXT=FORMAT",
        ),
        (&["compare", SAMPLE, "--of", "01"], "name two or more"),
        (&["compare", SAMPLE, "--of", "a@1-2"], "name two or more"),
        (&["completions", "tcsh"], "possible values"),
    ];
    for (arguments, expected) in cases {
        let (code, out, err) = kutip(arguments);
        assert_eq!((code, &*out), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
    }
}

#[test]
fn a_format_can_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dat");
    std::fs::write(&path, "id,text\nx,Satu kalimat.\ny,Dua kalimat.\n").unwrap();
    let path = path.to_str().unwrap();
    let ids = |arguments: &[&str]| {
        let articles = records(&[&["articles", path], arguments].concat());
        articles
            .iter()
            .map(|a| a["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--format-of", "dat=csv"]), ["x", "y"]);
    assert_eq!(ids(&["--format-of", ".DAT=text"]), ["a.dat"]);
}

#[test]
fn an_export_shows_wordings_side_by_side_with_their_sources() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    let (code, _, err) = kutip(&["export", SAMPLE, "--to", path.to_str().unwrap()]);
    assert_eq!((code, &*err), (Some(0), ""));
    let page = std::fs::read_to_string(path).unwrap();
    let wordings: usize = records(&["variants", SAMPLE])
        .iter()
        .map(|v| v["members"].as_array().unwrap().len())
        .sum();
    let articles = records(&["articles", SAMPLE]).len();
    assert_eq!(page.matches("<figure").count(), wordings);
    assert_eq!(
        page.matches("<p class=\"source\">").count(),
        wordings + articles
    );
    assert!(page.contains("<mark class=\"own\">"));
}

#[test]
fn the_man_page_and_completions_know_every_subcommand() {
    let (code, man, err) = kutip(&["man"]);
    assert_eq!((code, &*err), (Some(0), ""));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (code, script, err) = kutip(&["completions", shell]);
        assert_eq!((code, &*err), (Some(0), ""));
        for name in ["articles", "variants", "matrix", "completions"] {
            assert!(script.contains(name), "{shell}: {name}");
            assert!(man.contains(&format!("\\fB{name}\\fR")), "{name}");
        }
    }
    assert!(man.contains("next\\-quote") || man.contains("next-quote"));
}

fn seeds() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    Some(shared.join("seeds")).filter(|seeds| seeds.is_dir())
}

#[test]
fn on_the_seeds_one_event_is_one_story_and_comes_first() {
    let Some(seeds) = seeds() else { return };
    let seeds = seeds.to_str().unwrap();
    let stories = records(&["stories", seeds]);
    let told: Vec<_> = stories
        .iter()
        .map(|s| s["articles"].as_array().unwrap())
        .collect();
    let number = |id: &Value| id.as_str().unwrap()[..3].to_owned();
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].iter().map(number).collect::<Vec<_>>(),
        ["003", "004"]
    );
    for (of, first) in [("003", "004"), ("004", "003")] {
        let related = records(&["related", seeds, "--of", of]);
        assert_eq!(related.len(), 4, "all pairs are returned");
        assert_eq!(number(&related[0]["article"]), first);
        assert_eq!(related[0]["reasons"][0]["kind"], "utterance");
    }
    assert!(records(&["variants", seeds]).len() >= 2);
}

#[test]
fn a_named_library_lends_its_tags_and_its_joined_names() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let library = library.to_str().unwrap();
    let before = records(&["speakers", SAMPLE]);
    let [one, other] = [0, 1].map(|at| before[at]["name"].as_str().unwrap().to_owned());
    let join = folder.path().join("join.jsonl");
    let line = serde_json::json!({"kind": "person", "entry": [one, {"join": other}]});
    std::fs::write(&join, format!("{line}\n")).unwrap();
    let (code, _, err) = kutip(&[
        "library",
        "import",
        join.to_str().unwrap(),
        "--library",
        library,
    ]);
    assert_eq!((code, &*err), (Some(0), ""));
    let after = records(&["speakers", SAMPLE, "--library", library]);
    assert_eq!(after.len(), before.len() - 1, "two names are one person");
    let (code, _, err) = kutip(&["speakers", SAMPLE, "--library", "missing.db"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("there is no library at missing.db"), "{err}");
}
