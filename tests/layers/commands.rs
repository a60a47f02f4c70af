//! The command table is the only place that lists commands: a new one is a row of it, and a handler
//! where its like stand.

use super::source::{read, room, rust_files};

/// Where each command is listed with its keys, its words and its handler.
const TABLE: &str = "src/app/command.rs";

#[test]
fn no_other_file_branches_on_commands() {
    let mut branches = Vec::new();
    let rooms = ["app", "ui", "tui"].map(room);
    for file in rooms.iter().flat_map(|room| rust_files(room)) {
        if file.ends_with(TABLE) {
            continue;
        }
        let text = read(&file);
        for (line, words) in (1..).zip(text.lines()) {
            let is_arm = words.contains("Command::") && words.contains("=>");
            let goes_on = words.trim_start().starts_with("| Command::");
            // The arms that the table itself makes.
            if (is_arm || goes_on) && !words.contains("Command::$variant") {
                branches.push(format!("{}:{line}: {}", file.display(), words.trim()));
            }
        }
    }
    assert!(
        branches.is_empty(),
        "lists of commands beside the table:\n{}",
        branches.join("\n")
    );
}
