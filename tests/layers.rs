//! Imports point down only: fails on any `crate::` path that climbs the layers of DESIGN.

use std::path::{Path, PathBuf};

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
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut climbs = Vec::new();
    for (layer, names) in LAYERS.iter().enumerate() {
        for importer in *names {
            for file in rust_files(&source.join(importer)) {
                let text = std::fs::read_to_string(&file).expect("a source file is readable");
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
fn every_room_has_a_layer() {
    let lib = include_str!("../src/lib.rs");
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

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let (folders, files): (Vec<_>, Vec<_>) = paths.partition(|path| path.is_dir());
    let mut found: Vec<_> = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect();
    found.extend(folders.iter().flat_map(|folder| rust_files(folder)));
    found
}
