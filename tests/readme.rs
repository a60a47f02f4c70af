//! The README's table of keys is the one of the program. `KUTIP_UPDATE_README=1 cargo test --test
//! readme` writes it anew.

use std::fmt::Write as _;

use kutip::app::command::COMMANDS;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const BEGIN: &str = "<!-- keys:begin -->\n";
const END: &str = "<!-- keys:end -->";

fn key_table() -> String {
    let mut table = String::from("| keys | where | what it does |\n|-|-|-|\n");
    for info in COMMANDS {
        // Places that share their keys share a row.
        let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
        for (contexts, keys) in info.keys {
            let places = contexts.iter().map(|context| context.name());
            match rows.iter_mut().find(|(known, _)| known == keys) {
                Some((_, known)) => known.extend(places),
                None => rows.push((*keys, places.collect())),
            }
        }
        for (keys, places) in rows {
            let keys: Vec<_> = keys.split(' ').map(code).collect();
            let (keys, places) = (keys.join(" "), places.join(", "));
            writeln!(table, "| {keys} | {places} | {} |", info.summary).expect("a string grows");
        }
    }
    table
}

/// A key as code in a table cell.
fn code(key: &str) -> String {
    match key {
        key if key.contains('`') => format!("`` {key} ``"),
        key => format!("`{}`", key.replace('|', "\\|")),
    }
}

#[test]
fn the_table_of_keys_is_the_programs() {
    let readme = std::fs::read_to_string(PATH).expect("the README is there");
    let (before, rest) = readme.split_once(BEGIN).expect("it has the opening marker");
    let (table, after) = rest.split_once(END).expect("it has the closing marker");
    if std::env::var_os("KUTIP_UPDATE_README").is_some() {
        let fresh = format!("{before}{BEGIN}{}{END}{after}", key_table());
        std::fs::write(PATH, fresh).expect("the README can be written");
    } else {
        assert_eq!(
            table,
            key_table(),
            "write it anew with KUTIP_UPDATE_README=1"
        );
    }
}
