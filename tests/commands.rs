//! The command table is the only place that lists commands: a new one is a row of it, and a handler
//! where its like stand.

use std::path::{Path, PathBuf};

/// Where each command is listed with its keys, its words and its handler.
const TABLE: &str = "src/app/command.rs";

#[test]
fn no_other_file_branches_on_commands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut branches = Vec::new();
    let rooms = ["app", "ui", "tui"].map(|room| root.join("src").join(room));
    for file in rooms.iter().flat_map(|room| rust_files(room)) {
        if file.ends_with(TABLE) {
            continue;
        }
        let text = std::fs::read_to_string(&file).expect("a source file is readable");
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

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of sources is readable");
    let paths = entries.map(|entry| entry.expect("an entry is readable").path());
    let (folders, files): (Vec<_>, Vec<_>) = paths.partition(|path| path.is_dir());
    let mut found: Vec<_> = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect();
    found.extend(folders.iter().flat_map(|folder| rust_files(folder)));
    found
}
