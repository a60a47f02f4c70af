//! The sources, and what of them is no test and no comment.

use std::path::{Path, PathBuf};

/// The folder of a room; that of all sources where `name` is empty.
pub fn room(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name)
}

/// The text of a source file.
pub fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("a source file is readable")
}

/// A text without its comments of whole lines and without the tests at its end.
pub fn code(text: &str) -> String {
    let lines = untested(text).lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A text without the tests at its end.
pub fn untested(text: &str) -> &str {
    let text = text.split("\n#[cfg(test)]\nmod tests {").next();
    text.unwrap_or_default()
}

/// All source files below a folder.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
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
