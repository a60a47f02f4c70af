//! The interface in other languages: no command without its words, no words that nothing shows.

#![allow(clippy::unwrap_used)] // a test may fail loudly

use std::collections::BTreeSet;
use std::path::Path;

use kutip::app::command::COMMANDS;
use kutip::config::Interface;

/// All source text of the screens.
fn source(folder: &Path, text: &mut String) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source(&path, text);
        } else {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_command_has_its_words_and_no_other() {
    let known: BTreeSet<&str> = COMMANDS.iter().map(|info| info.name).collect();
    for code in Interface::codes() {
        let interface = Interface::named(code).unwrap();
        let told: BTreeSet<&str> = interface.entries().1.collect();
        assert_eq!(told, known, "{code}.toml");
    }
}

#[test]
fn what_is_translated_is_shown() {
    let mut text = String::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in [
        "app", "ui", "tui", "work", "export", "model", "people", "relate", "search",
    ] {
        source(&root.join(room), &mut text);
    }
    for code in Interface::codes() {
        let interface = Interface::named(code).unwrap();
        for (english, _) in interface.entries().0 {
            let literal = format!("\"{english}\"");
            assert!(
                text.contains(&literal),
                "{code}.toml: nothing says {literal}"
            );
        }
    }
}

#[test]
fn what_is_said_is_translated() {
    let said = r#"\b(?:fill|tr|notify|notify_with|greet|Sentence::new|let words =)\(?\s*"((?:[^"\\]|\\.)*)""#;
    let said = regex::Regex::new(said).unwrap();
    let mut text = String::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in ["app", "ui", "tui", "work"] {
        source(&root.join(room), &mut text);
    }
    let english: BTreeSet<&str> = said
        .captures_iter(&text)
        .filter_map(|found| Some(found.get(1)?.as_str()))
        // Signs and places alone are the same in every language.
        .filter(|words| {
            words
                .replace("{0}", "")
                .contains(|c: char| c.is_alphabetic())
        })
        .collect();
    for code in Interface::codes() {
        let interface = Interface::named(code).unwrap();
        let known: BTreeSet<&str> = interface.entries().0.map(|(english, _)| english).collect();
        let missing: Vec<_> = english.difference(&known).collect();
        assert!(missing.is_empty(), "{code}.toml lacks {missing:#?}");
    }
}

#[test]
fn what_stands_for_a_date_fits_its_column() {
    for code in Interface::codes() {
        let interface = Interface::named(code).unwrap();
        assert!(kutip::text::width(interface.tr("undated")) <= 11, "{code}");
    }
}
