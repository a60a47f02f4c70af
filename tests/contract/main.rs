//! The contract with scripts: every record has the fields that `kutip schema` describes and no
//! others, ids join, and CSV is safe to open.

#![allow(clippy::unwrap_used)] // a test may fail loudly

mod csv;
mod examples;
mod exports;
mod ids;
mod joins;
mod schema;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// Runs kutip in `folder`; gives exit code, standard output, standard error.
fn kutip_in(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let ran = Command::cargo_bin("kutip")
        .unwrap()
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ran.status.code(), text(ran.stdout), text(ran.stderr))
}

/// The records that a run prints in JSON Lines.
fn records_in(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let (_, out, _) = kutip_in(folder, &[arguments, &["--format", "jsonl"]].concat());
    let records = out.lines().map(|line| serde_json::from_str(line).unwrap());
    records.collect()
}

/// The articles that are built in.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample")
}

/// A folder with these files, which may be in folders of their own.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// The string in a field.
fn text<'v>(record: &'v Value, field: &str) -> &'v str {
    record[field].as_str().unwrap()
}
