//! How the sources hang together. Imports point down only: fails on any `crate::` path that climbs
//! the layers of DESIGN. Files import one another in no circle, functions are short, and commands
//! are listed in one place.

mod circles;
mod commands;
mod functions;
mod source;

use source::{code, read, room, rust_files};

/// The layers from the bottom up; what stands in one row may not import its neighbours, but for
/// the pairs of `SIDEWAYS`.
const LAYERS: &[&[&str]] = &[
    &["text", "files"],
    &["language"],
    &["model"],
    &["ingest", "quotes", "people", "relate", "search"],
    &["library", "cache", "config"],
    &["export"],
    &["work"],
    &["app"],
    &["ui"],
    &["tui"],
    &["cli"],
];

/// (importer, imported) within one layer.
const SIDEWAYS: &[(&str, &str)] = &[
    ("people", "quotes"),
    ("relate", "people"),
    ("relate", "quotes"),
    ("relate", "search"),
];

#[test]
fn imports_point_down_only() {
    let mut climbs = Vec::new();
    for (layer, names) in LAYERS.iter().enumerate() {
        for importer in *names {
            for file in rust_files(&room(importer)) {
                let text = read(&file);
                for imported in imports(&text) {
                    if !is_allowed(layer, importer, &imported) {
                        climbs.push(format!("{}: crate::{imported}", file.display()));
                    }
                }
            }
        }
    }
    assert!(
        climbs.is_empty(),
        "imports that do not point down:\n{}",
        climbs.join("\n")
    );
}

#[test]
fn the_state_knows_no_thread_clock_or_file() {
    let foreign = [
        "thread::",
        "_in_background",
        "std::fs",
        "Instant",
        "SystemTime",
    ];
    for file in rust_files(&room("app")) {
        let text = code(&read(&file));
        let found = foreign.iter().find(|word| text.contains(**word));
        assert_eq!(found, None, "{}", file.display());
    }
}

#[test]
fn the_state_has_no_more_parts_than_one_can_hold_in_mind() {
    let text = read(&room("app").join("state.rs"));
    let (_, app) = text
        .split_once("pub struct App {")
        .expect("it is defined there");
    let (fields, _) = app.split_once("\n}").expect("it ends");
    let fields = fields
        .lines()
        .filter(|line| line.trim_start().starts_with("pub "));
    assert!(fields.count() <= 15);
}

#[test]
fn every_room_has_a_layer() {
    let lib = include_str!("../../src/lib.rs");
    for line in lib.lines() {
        if let Some(room) = line.strip_prefix("pub mod ") {
            let room = room.trim_end_matches(';');
            assert!(
                LAYERS.iter().any(|layer| layer.contains(&room)),
                "{room} has no layer"
            );
        }
    }
}

fn is_allowed(layer: usize, importer: &str, room: &str) -> bool {
    if importer == room || SIDEWAYS.contains(&(importer, room)) {
        return true;
    }
    LAYERS
        .iter()
        .position(|names| names.contains(&room))
        .is_some_and(|other| other < layer)
}

/// The room behind every `crate::` of a file, also inside `crate::{a::…, b::…}`.
fn imports(text: &str) -> Vec<String> {
    let room = |rest: &str| {
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        rest[..end].to_owned()
    };
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = code.collect::<Vec<_>>().join("\n");
    let mut rooms = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut at_start) = (0_usize, true);
            for (index, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => at_start = true,
                    c if at_start && !c.is_whitespace() => {
                        rooms.push(room(&group[index..]));
                        at_start = false;
                    }
                    _ => {}
                }
            }
        } else {
            rooms.push(room(rest));
        }
    }
    rooms
}
