//! A reader killed in the middle of its writes loses nothing that it was told is kept, and two that
//! write at once do not overwrite one another.
//!
//! The tests start themselves again as the processes that write.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use kutip::library::{Change, Store};
use kutip::model::ContentKey;

const WRITES: u32 = 200;

fn article(number: u32) -> ContentKey {
    ContentKey::of(&number.to_string())
}

/// The library that this process is to write as the child of a test, and from which number on.
fn task() -> Option<(String, u32)> {
    let path = std::env::var("KUTIP_TEST_LIBRARY").ok()?;
    let first = std::env::var("KUTIP_TEST_FIRST").ok()?.parse().ok()?;
    Some((path, first))
}

/// Starts the test of that name again, as a process that writes `WRITES` changes.
fn start(test: &str, path: &Path, first: u32) -> Child {
    Command::new(std::env::current_exe().expect("this test has a path"))
        .args(["--exact", test, "--nocapture"])
        .env("KUTIP_TEST_LIBRARY", path)
        .env("KUTIP_TEST_FIRST", first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the test starts itself")
}

/// Writes one change after another, and says each only when it is kept.
fn write((path, first): (String, u32)) {
    let mut store = Store::open(path.as_ref()).expect("the library opens");
    for number in first..first + WRITES {
        store
            .keep(&[Change::Read(article(number), true)])
            .expect("the change is kept");
        writeln!(std::io::stdout(), "kept {number}").expect("the parent listens");
    }
}

/// Which of the first `count` articles are not marked as read.
fn lost(path: &Path, count: u32) -> Vec<u32> {
    let store = Store::open(path).expect("the library opens");
    let state = store.load().expect("it is whole");
    (0..count)
        .filter(|number| !state.is_read(article(*number)))
        .collect()
}

#[test]
fn a_kill_at_any_point_loses_no_acknowledged_change() {
    if let Some(task) = task() {
        return write(task);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    for kill_after in [0, 1, 2, 3, 7, 20, 63, 150, WRITES - 1] {
        let path = folder.path().join(format!("{kill_after}.db"));
        let mut child = start("a_kill_at_any_point_loses_no_acknowledged_change", &path, 0);
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let mut kept = 0;
        for line in lines.map_while(Result::ok) {
            // The runner prints the test's name before the first line.
            if line.contains("kept ") {
                kept += 1;
            }
            if kept > kill_after {
                break;
            }
        }
        child.kill().expect("it is ours");
        child.wait().expect("it ends");
        let lost = lost(&path, kept);
        assert!(
            kept > kill_after && lost.is_empty(),
            "of {kept} kept, {lost:?} are lost"
        );
    }
}

#[test]
fn two_processes_write_at_once_and_neither_loses() {
    if let Some(task) = task() {
        return write(task);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("library.db");
    let children = [0, WRITES].map(|first| {
        start(
            "two_processes_write_at_once_and_neither_loses",
            &path,
            first,
        )
    });
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success());
    }
    let lost = lost(&path, 2 * WRITES);
    assert!(lost.is_empty(), "{lost:?} are lost");
}
