//! The library on the command line: its owner's alone, checked whenever it is read, saved where it
//! is damaged; and the files that are written beside it.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// A folder for the user's files and the corpus.
struct User {
    folder: tempfile::TempDir,
}

impl User {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kutip"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .stdin(Stdio::null());
        command
    }

    fn kutip(&self, arguments: &[&str]) -> Ran {
        let ran = self.command(arguments).output().expect("kutip starts");
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Ran {
            code: ran.status.code(),
            out: text(ran.stdout),
            err: text(ran.stderr),
        }
    }

    /// Takes so many saved queries into the user's library.
    fn keep(&self, count: usize) -> String {
        let lines = (0..count).map(|number| {
            format!("{{\"kind\":\"query\",\"entry\":[\"cari {number:03}\",\"title:feri{number:03}\"]}}\n")
        });
        let lines: String = lines.collect();
        fs::write(self.path("in.jsonl"), &lines).expect("it is written");
        let ran = self.kutip(&["library", "import", "in.jsonl"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        lines
    }

    fn library(&self) -> PathBuf {
        self.path("data/kutip/library.db")
    }

    /// Flips one bit of the words, wherever they stand in the library.
    fn flip(&self, words: &str) {
        let mut bytes = fs::read(self.library()).expect("it is there");
        let places = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(words.as_bytes()));
        let places: Vec<_> = places.collect();
        assert!(!places.is_empty());
        for at in places {
            bytes[at] ^= 2;
        }
        fs::write(self.library(), bytes).expect("it is written");
    }
}

fn mode(path: &Path) -> u32 {
    let data = fs::metadata(path).expect("it is there");
    data.permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn the_library_is_its_owners_alone() {
    let user = User::new();
    user.keep(3);
    let (folder, library) = (user.path("data/kutip"), user.library());
    let backup = user.path("data/kutip/library.db.backup");
    let modes = || [&folder, &library, &backup].map(|path| mode(path));
    assert_eq!(modes(), [0o700, 0o600, 0o600]);
    set_mode(&folder, 0o755);
    set_mode(&library, 0o644);
    set_mode(&backup, 0o664);
    assert_eq!(user.kutip(&["library", "export"]).code, Some(0));
    assert_eq!(modes(), [0o700, 0o600, 0o600], "what is laxer is tightened");
    // A folder of a project is not kutip's.
    let project = user.path("project");
    fs::create_dir(&project).expect("a folder");
    set_mode(&project, 0o755);
    let named = [
        "library",
        "import",
        "in.jsonl",
        "--library",
        "project/notes.db",
    ];
    assert_eq!(user.kutip(&named).code, Some(0));
    assert_eq!(mode(&project), 0o755);
    assert_eq!(mode(&project.join("notes.db")), 0o600);
}

#[test]
fn nothing_is_written_through_a_link() {
    let user = User::new();
    user.keep(1);
    let theirs = user.path("theirs");
    fs::create_dir(&theirs).expect("a folder");
    symlink(theirs.join("x.db"), user.path("link.db")).expect("a link");
    let ran = user.kutip(&["library", "import", "in.jsonl", "--library", "link.db"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("is a symbolic link"), "{}", ran.err);
    fs::rename(user.path("data/kutip"), user.path("moved")).expect("it is ours");
    symlink(&theirs, user.path("data/kutip")).expect("a link");
    let ran = user.kutip(&["library", "import", "in.jsonl"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("is a symbolic link"), "{}", ran.err);
    assert_eq!(fs::read_dir(&theirs).expect("a folder").count(), 0);
}

#[test]
fn a_broken_row_costs_one_entry_and_is_told() {
    let user = User::new();
    let lines = user.keep(100);
    let check = user.kutip(&["library", "check"]);
    assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);
    assert!(
        check.out.contains("no damage, 100 entries"),
        "{}",
        check.out
    );
    user.flip("title:feri042");
    let damaged = fs::read(user.library()).expect("it is there");
    let told = "1 of 100 entries cannot be read";

    let ran = user.kutip(&["library", "export"]);
    let rest = lines.split_inclusive('\n');
    let rest = rest.filter(|line| !line.contains("042")).collect();
    assert_eq!((ran.code, ran.out), (Some(3), rest));
    assert!(
        ran.err.contains(told) && ran.err.contains("query cari 042"),
        "{}",
        ran.err
    );
    let ran = user.kutip(&["library", "check"]);
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.out.contains(told) && ran.out.contains("query cari 042"),
        "{}",
        ran.out
    );
    for (arguments, code) in [(&["notes"][..], 3), (&["library", "import", "in.jsonl"], 2)] {
        let ran = user.kutip(arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}");
        assert!(ran.err.contains(told), "{arguments:?}: {}", ran.err);
    }
    fs::write(user.path("a.txt"), "Satu.").expect("it is written");
    let named = user.library();
    let named = named.to_str().expect("plain");
    let ran = user.kutip(&["articles", "a.txt", "--library", named]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(
        ran.out.contains("a.txt") && ran.err.contains(told),
        "{}",
        ran.err
    );

    let ran = user.kutip(&["library", "recover", named, "--to", "new.db"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("99 entries saved"), "{}", ran.out);
    assert!(
        ran.out.contains("from the backup: query cari 042"),
        "{}",
        ran.out
    );
    let ran = user.kutip(&["library", "export", "--library", "new.db"]);
    assert_eq!((ran.code, ran.out), (Some(0), lines));
    let ran = user.kutip(&["library", "recover", named, "--to", "new.db"]);
    assert_eq!(ran.code, Some(2), "what is there is not overwritten");

    fs::remove_file(user.path("data/kutip/library.db.backup")).expect("it is there");
    let ran = user.kutip(&["library", "recover", named, "--to", "less.db"]);
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.out.contains("1 lost") && ran.out.contains("lost: query cari 042"),
        "{}",
        ran.out
    );
    let left = fs::read(user.library()).expect("it is there");
    assert!(left == damaged, "it is left as it is");
}

#[test]
fn a_library_that_was_emptied_comes_back_from_its_backup() {
    let user = User::new();
    let lines = user.keep(5);
    fs::write(user.library(), "").expect("it is ours");
    assert_eq!(user.kutip(&["library", "export"]).code, Some(3));
    let named = user.library();
    let named = named.to_str().expect("plain");
    user.kutip(&["library", "recover", named, "--to", "new.db"]);
    let ran = user.kutip(&["library", "export", "--library", "new.db"]);
    assert_eq!(ran.out, lines);
}

#[test]
fn a_backup_is_made_at_most_once_a_day_and_never_of_a_damaged_library() {
    let user = User::new();
    let backup = user.path("data/kutip/library.db.backup");
    let backup_name = backup.to_str().expect("plain").to_owned();
    let backed_up = || {
        user.kutip(&["library", "export", "--library", &backup_name])
            .out
    };
    let first = user.keep(3);
    assert_eq!(backed_up(), first);
    user.keep(4);
    assert_eq!(backed_up(), first, "the day has not gone by");
    let file = fs::File::options()
        .write(true)
        .open(&backup)
        .expect("it is there");
    let yesterday = std::time::SystemTime::now() - std::time::Duration::from_hours(25);
    file.set_modified(yesterday).expect("its time is set");
    let second = user.keep(5);
    assert_eq!(backed_up(), second);
    let left = fs::read_dir(user.path("data/kutip")).expect("a folder");
    assert_eq!(left.count(), 2, "the library and its backup");
}

#[test]
fn an_export_has_nothing_hidden_in_it_and_gives_it_back() {
    let user = User::new();
    let name = "a\u{202e}b\u{200b}c\u{200d}d\u{2066}e\u{feff}f";
    let line = serde_json::json!({ "kind": "query", "entry": [name, "title:x"] }).to_string();
    fs::write(user.path("in.jsonl"), &line).expect("it is written");
    assert_eq!(user.kutip(&["library", "import", "in.jsonl"]).code, Some(0));
    let ran = user.kutip(&["library", "export"]);
    assert!(ran.out.is_ascii(), "{}", ran.out);
    let back: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(back["entry"][0], name);
}

#[test]
fn a_file_that_is_there_is_replaced_by_force_only_and_keeps_its_mode() {
    let user = User::new();
    user.keep(2);
    fs::write(
        user.path("a.txt"),
        "Menteri tiba. “Kami setuju,” kata Budi.",
    )
    .expect("it is written");
    let commands: [(&str, &[&str]); 2] = [
        ("x.md", &["export", "a.txt", "--to", "x.md"]),
        ("x.jsonl", &["library", "export", "x.jsonl"]),
    ];
    for (name, arguments) in commands {
        let path = user.path(name);
        fs::write(&path, "lama").expect("it is written");
        set_mode(&path, 0o640);
        let ran = user.kutip(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.err.contains("--force replaces it"), "{}", ran.err);
        assert_eq!(fs::read(&path).expect("it is there"), b"lama");
        let forced = user.kutip(&[arguments, &["--force"]].concat());
        assert_eq!(forced.code, Some(0), "{}", forced.err);
        assert_ne!(fs::read(&path).expect("it is there"), b"lama");
        assert_eq!(mode(&path), 0o640);
    }
}

/// Whether this process, and so every program that it starts, ignores a signal: what a shell runs in
/// the background, or under `nohup`, does.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

#[test]
fn a_signal_leaves_nothing_half_written() {
    use std::os::unix::process::ExitStatusExt;
    let user = User::new();
    let text = "Menteri tiba. “Kami setuju,” kata Budi. ".repeat(10);
    let lines = (0..1_500).map(|number| {
        let record = serde_json::json!({ "id": number.to_string(), "text": text });
        format!("{record}\n")
    });
    fs::write(user.path("in.jsonl"), lines.collect::<String>()).expect("it is written");
    let parts = |folder: &Path| {
        let files = fs::read_dir(folder).expect("a folder").flatten();
        let endings = files.map(|file| file.path().extension().map(ToOwned::to_owned));
        let part = Some("part".into());
        endings.filter(|ending| *ending == part).count()
    };
    for (name, number) in [("-TERM", 15), ("-INT", 2), ("-HUP", 1)] {
        if is_ignored(number) {
            continue;
        }
        // On a machine that is fast enough, the file is whole before the signal: then again.
        let is_cut_short = (0..20).any(|_| {
            let _ = fs::remove_file(user.path("out.jsonl"));
            let mut child = user
                .command(&["export", "in.jsonl", "--no-cache", "--to", "out.jsonl"])
                .stderr(Stdio::null())
                .spawn()
                .expect("kutip starts");
            while parts(user.folder.path()) == 0 && child.try_wait().expect("ours").is_none() {
                std::thread::yield_now();
            }
            let process = child.id().to_string();
            let _ = Command::new("kill").args([name, &process]).output();
            let status = child.wait().expect("it ends");
            assert_eq!(parts(user.folder.path()), 0, "{name}");
            status.signal() == Some(number) && !user.path("out.jsonl").exists()
        });
        assert!(is_cut_short, "{name} never came in time");
    }
}
