//! A reader killed in the middle of its writes loses nothing that it was told is kept.
//!
//! The test starts itself again as the process to be killed.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use kutip::library::{Change, Store};
use kutip::model::ContentKey;

const WRITES: u32 = 200;

fn article(number: u32) -> ContentKey {
    ContentKey::of(&number.to_string())
}

/// Writes one change after another, and says each only when it is kept.
fn write_until_killed(path: &str) {
    let mut store = Store::open(path.as_ref()).expect("the library opens");
    for number in 0..WRITES {
        store
            .keep(&[Change::Read(article(number), true)])
            .expect("the change is kept");
        writeln!(std::io::stdout(), "kept {number}").expect("the parent listens");
    }
}

#[test]
fn a_kill_at_any_point_loses_no_acknowledged_change() {
    if let Ok(path) = std::env::var("KUTIP_TEST_LIBRARY") {
        return write_until_killed(&path);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    for kill_after in [0, 1, 2, 3, 7, 20, 63, 150, WRITES - 1] {
        let path = folder.path().join(format!("{kill_after}.db"));
        let mut child = Command::new(std::env::current_exe().expect("this test has a path"))
            .args([
                "--exact",
                "a_kill_at_any_point_loses_no_acknowledged_change",
                "--nocapture",
            ])
            .env("KUTIP_TEST_LIBRARY", &path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the test starts itself");
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
        let state = Store::open(&path)
            .expect("the library opens")
            .load()
            .expect("it is whole");
        let lost: Vec<_> = (0..kept)
            .filter(|number| !state.is_read(article(*number)))
            .collect();
        assert!(
            kept > kill_after && lost.is_empty(),
            "of {kept} kept, {lost:?} are lost"
        );
    }
}
