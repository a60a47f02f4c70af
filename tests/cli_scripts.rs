//! The command line as scripts use it: misuses and their messages, the examples of README and
//! `--help`, piped tables, lists of files, what is left out, and the manual.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test may fail loudly

mod terminal;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use terminal::Terminal;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample");
const PROGRAM: &str = env!("CARGO_BIN_EXE_kutip");
/// Two articles of the sample, and a quotation of the first.
const A: &str = "01-merculaut-larangan-dua-radar.txt";
const B: &str = "02-pasangcom-feri-radar-rusak.txt";
const QUOTE: &str = "01-merculaut-larangan-dua-radar.txt@868-1052";

/// A folder with the sample as `corpus`, in which kutip runs with files of its own.
struct Desk(tempfile::TempDir);

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.copy_sample("corpus");
        desk
    }

    fn copy_sample(&self, to: &str) {
        fs::create_dir(self.path(to)).unwrap();
        for file in fs::read_dir(SAMPLE).unwrap() {
            let file = file.unwrap();
            fs::write(
                self.path(to).join(file.file_name()),
                fs::read(file.path()).unwrap(),
            )
            .unwrap();
        }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.0.path()).stdin(Stdio::null());
        for name in ["XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, self.path(name));
        }
        command
    }

    fn kutip(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(PROGRAM);
        command.args(arguments).output().unwrap().into()
    }

    /// Runs a line of the shell, in which `kutip` is the program.
    fn shell(&self, line: &str) -> Ran {
        let mut command = self.command("bash");
        let script = format!("set -o pipefail\nkutip() {{ {PROGRAM} \"$@\"; }}\n{line}\n");
        command.args(["-c", &script]).output().unwrap().into()
    }

    fn ids(&self, arguments: &[&str]) -> Vec<String> {
        let ran = self.kutip(&[arguments, &["--format", "jsonl"]].concat());
        let id = |line: &str| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            record["id"].as_str().unwrap().to_owned()
        };
        ran.out.lines().map(id).collect()
    }
}

/// Arguments, the exit code, and what the message names: the wrong thing, and what to do.
type Misuse = (&'static [&'static str], i32, [&'static str; 2]);

const MISUSES: &[Misuse] = &[
    (
        &["quotes"],
        2,
        ["the path is missing", "name a file, a folder"],
    ),
    (
        &["quotes", ""],
        2,
        ["a path is empty", "is a variable of your script not set?"],
    ),
    (
        &["quots", "corpus"],
        2,
        ["`quots`", "did you mean `kutip quotes`?"],
    ),
    (
        &["quots", "corpus", "--format", "csv"],
        2,
        ["`quots`", "did you mean `kutip quotes`?"],
    ),
    (
        &["semangka", "corpus"],
        2,
        ["`semangka`", "`kutip help` lists the commands"],
    ),
    (
        &["help", "quots"],
        2,
        ["`quots`", "did you mean `kutip quotes`?"],
    ),
    (
        &["corpus", "quotes"],
        2,
        ["a command comes first", "`kutip quotes corpus`"],
    ),
    (
        &["quotes", "corpsu"],
        2,
        ["corpsu: no such file", "did you mean `corpus`?"],
    ),
    (
        &["corpsu.txt", "tidak/ada"],
        2,
        ["corpsu.txt: no such file", "tidak/ada: no such file"],
    ),
    (
        &["quotes", "corpus/*.xyz"],
        2,
        ["corpus/*.xyz", "no file matches this pattern"],
    ),
    (
        &["quotes", "empty"],
        1,
        ["empty: there is no file", "name a folder or files"],
    ),
    (
        &["quotes", "corpus/pictures"],
        1,
        ["1 record passed over", "`kutip check --skipped`"],
    ),
    (
        &["quotes", "corpus", "--query", "oulet:laut"],
        2,
        ["`oulet:`", "did you mean `outlet`?"],
    ),
    (
        &["quotes", "corpus", "--kind", "direkt"],
        2,
        ["'direkt'", "a similar value exists: 'direct'"],
    ),
    (
        &["quotes", "corpus", "--format", "xml"],
        2,
        ["'xml'", "[possible values: table, jsonl, csv]"],
    ),
    (
        &["quotes", "corpus", "--fromat", "csv"],
        2,
        ["'--fromat'", "a similar argument exists: '--format'"],
    ),
    (
        &["quotes", "corpus", "--limit", "many"],
        2,
        ["'many'", "write a whole number"],
    ),
    (
        &["articles", "corpus", "--field", "texts=isi"],
        2,
        ["`texts`", "text, title"],
    ),
    (
        &["articles", "corpus", "--format-of", "dat=xls"],
        2,
        ["`xls` is not a format", "csv"],
    ),
    (
        &["quotes", "corpus", "--exclude", "a[b"],
        2,
        ["`a[b`", "missing ']'"],
    ),
    (
        &["quotes", "--files-from", "nolist"],
        2,
        ["nolist", "No such file"],
    ),
    (
        &["quotes", "--files-from", "empty.list"],
        1,
        ["empty.list", "the list names no file"],
    ),
    (
        &["quotes", "--files-from", "nul.list"],
        2,
        ["nul.list", "add --null"],
    ),
    (
        &["quotes", "-", "--files-from", "-"],
        2,
        ["standard input cannot be both", "save one of them"],
    ),
    (&["show", "corpus"], 2, ["--of <ARTICLE>", "'--help'"]),
    (
        &["show", "corpus", "--of", "radar"],
        2,
        ["`radar` names 3 articles", B],
    ),
    (
        &["show", "corpus", "--of", "samodro"],
        2,
        ["`samodro`", "05-samodra-laporan-pendahuluan.txt"],
    ),
    (&["related", "corpus", "--of", "xyzzy"], 2, ["`xyzzy`", A]),
    (
        &[
            "show",
            "corpus",
            "--of",
            "corpus/11-arsip-surat-laut-andaru.jsonl",
        ],
        2,
        ["names 2 articles", "12-pasangcom-bukan-untuk-koran"],
    ),
    (
        &["compare", "corpus", "--of", A],
        2,
        ["name two or more", "--of A --of B"],
    ),
    (
        &[
            "compare",
            "corpus",
            "--of",
            "01-merculaut-larangan-dua-radar.txt@1-2",
            "--of",
            B,
        ],
        2,
        ["@1-2", QUOTE],
    ),
    (
        &["compare", "corpus", "--of", QUOTE, "--of", B],
        2,
        [B, "name articles or quotations only"],
    ),
    (&["export", "corpus"], 2, ["--to <FILE>", "'--help'"]),
    (
        &["export", "corpus", "--to", "a.xyz"],
        2,
        ["a.xyz", "ends in .jsonl"],
    ),
    (
        &["export", "corpus", "--to", "taken.md"],
        2,
        ["taken.md: exists already", "--force replaces it"],
    ),
    (
        &["export", "corpus", "--to", "none/a.md"],
        2,
        ["there is no folder none", "create it first"],
    ),
    (
        &["speakers", "corpus", "--library", "no.db"],
        2,
        ["no library at no.db", "`--library no.db`"],
    ),
    (
        &["corpus"],
        2,
        ["the reader needs a terminal", "`kutip quotes PATH`"],
    ),
    (
        &["completions", "tcsh"],
        2,
        ["'tcsh'", "possible values: bash"],
    ),
    (&["man", "quots"], 2, ["`quots`", "`kutip help`"]),
];

#[test]
fn a_misuse_is_told_with_what_is_wrong_and_what_to_do() {
    let desk = Desk::new();
    fs::create_dir(desk.path("empty")).unwrap();
    fs::create_dir(desk.path("corpus/pictures")).unwrap();
    for (name, text) in [
        ("taken.md", ""),
        ("empty.list", "\n"),
        ("nul.list", "corpus\0"),
        ("corpus/pictures/a.png", "x"),
    ] {
        desk.write(name, text);
    }
    for (arguments, code, told) in MISUSES {
        let ran = desk.kutip(arguments);
        assert_eq!(ran.code, Some(*code), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
        for part in told {
            assert!(ran.err.contains(part), "{arguments:?}: {}", ran.err);
        }
    }
}

#[test]
fn a_folder_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let secret = desk.path("corpus/secret.txt");
    fs::write(&secret, "Sebuah kalimat.").unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(&secret).is_ok() {
        return; // the superuser may read everything
    }
    for (path, code) in [("corpus", 3), ("corpus/secret.txt", 2)] {
        let ran = desk.kutip(&["quotes", path]);
        assert_eq!(ran.code, Some(code));
        assert!(
            ran.err.contains("secret.txt: permission denied"),
            "{}",
            ran.err
        );
    }
}

/// The examples in a `--help`: lines that begin with two blanks, below their heading.
fn examples(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let commands = lines.filter(|line| !line.starts_with("   "));
    commands.map(|line| line.trim().to_owned()).collect()
}

/// The names of all subcommands, nested ones too, as `--help` lists them.
fn subcommands(desk: &Desk, above: &[&str]) -> Vec<String> {
    let help = desk.kutip(&[above, &["--help"]].concat()).out;
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    // A line that goes on has more blanks.
    let lines = lines.filter(|line| !line.starts_with("   "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    let names: Vec<_> = names.filter(|name| *name != "help").collect();
    let mut all = Vec::new();
    for name in names {
        let own = [above, &[name]].concat();
        all.push(own.join(" "));
        all.extend(subcommands(desk, &own));
    }
    all
}

/// Runs an example in a shell. One that opens the reader is run on a terminal instead, and left.
fn run_example(desk: &Desk, line: &str) {
    let line = line.replace("ARTICLE", A);
    let line = line.replace("--of A ", &format!("--of {A} "));
    let line = line.replace("--of B", &format!("--of {B}"));
    let line = line.trim();
    let arguments = line.strip_prefix("kutip");
    let is_reader = arguments.is_some_and(|all| all.is_empty() || all.starts_with(" corpus/"));
    if is_reader {
        let arguments: Vec<_> = line.split(' ').skip(1).collect();
        let mut terminal = Terminal::start_in(desk.0.path(), (24, 80), &arguments, &[]);
        terminal.wait_for("1/14");
        terminal.press("qq");
        assert!(terminal.end().success(), "{line}");
        return;
    }
    let line = line.replace("man -l -", "cat");
    let ran = desk.shell(&line);
    // There are no notes yet.
    let code = i32::from(line.starts_with("kutip notes"));
    assert_eq!(ran.code, Some(code), "{line}: {}", ran.err);
}

/// What examples expect to find beside the corpus: a library with one entry, and its export.
fn fill(desk: &Desk) {
    desk.copy_sample("pages");
    let query = serde_json::json!({"kind": "query", "entry": ["laut", "title:laut"]});
    desk.write("notes.jsonl", &format!("{query}\n"));
    let ran = desk.kutip(&["library", "import", "notes.jsonl", "--library", "notes.db"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn every_example_of_help_runs() {
    let desk = Desk::new();
    let mut names = subcommands(&desk, &[]);
    assert!(names.len() > 20, "{names:?}");
    names.push(String::new());
    for name in names {
        let words: Vec<_> = name.split_whitespace().collect();
        let help = desk.kutip(&[&words[..], &["--help"]].concat());
        assert_eq!(help.code, Some(0));
        let examples = examples(&help.out);
        assert!(!examples.is_empty(), "kutip {name} --help has no example");
        for line in examples {
            assert!(
                line.contains(format!("kutip {name}").trim()),
                "{name}: {line}"
            );
            let desk = Desk::new();
            fill(&desk);
            if line.contains("--force") {
                desk.write("quotes.html", "");
            }
            if line.contains("library export notes.jsonl") {
                fs::remove_file(desk.path("notes.jsonl")).unwrap();
            }
            run_example(&desk, &line);
        }
    }
}

#[test]
fn every_command_of_the_readme_runs() {
    let readme = include_str!("../README.md");
    let desk = Desk::new();
    fill(&desk);
    fs::remove_file(desk.path("notes.jsonl")).unwrap();
    let blocks = readme.split("```sh\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap().lines());
    let lines: Vec<_> = lines
        .map(|line| line.split("  #").next().unwrap().trim())
        .filter(|line| line.contains("kutip ") && !line.contains("cargo"))
        .collect();
    assert!(lines.len() > 20, "{lines:?}");
    for line in lines {
        run_example(&desk, line);
    }
}

#[test]
fn a_table_is_fitted_to_a_terminal_and_complete_elsewhere() {
    let desk = Desk::new();
    let piped = desk.kutip(&["quotes", "corpus"]).out;
    let whole = "Tidak ada yang kebal,";
    assert!(
        piped
            .lines()
            .any(|line| line.ends_with(&format!("\t{whole}")))
    );
    let records = desk.ids(&["quotes", "corpus"]).len();
    assert_eq!(piped.lines().count(), records + 1);
    let mut terminal = Terminal::start_in(
        desk.0.path(),
        (80, 60),
        &["quotes", "corpus", "--limit", "20"],
        &[],
    );
    assert!(terminal.end().success());
    let screen = terminal.screen.screen().contents();
    assert!(
        screen.contains('…') && screen.contains("SPEAKER"),
        "{screen}"
    );
    let lines = screen.lines().filter(|line| !line.is_empty());
    assert_eq!(
        lines.count(),
        21,
        "each record is one line of the screen:\n{screen}"
    );
    // Each line of a group is complete.
    let variants = desk.kutip(&["variants", "corpus"]).out;
    for line in variants.lines() {
        assert_eq!(line.split('\t').count(), 5, "{line}");
    }
    let leads = variants
        .lines()
        .filter(|line| line.starts_with("Ratna"))
        .count();
    assert!(leads >= 2, "{variants}");
}

#[test]
fn files_come_from_a_list_and_others_are_left_out() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("corpus/draf/dalam")).unwrap();
    desk.write("corpus/draf/a.txt", "Sebuah kalimat.");
    desk.write("corpus/draf/dalam/a b.txt", "Sebuah kalimat lain.");
    let all = desk.ids(&["articles", "corpus"]).len();
    assert_eq!(all, 16);
    let left = |patterns: &[&str]| {
        let patterns = patterns.iter().flat_map(|pattern| ["--exclude", pattern]);
        let arguments: Vec<_> = ["articles", "corpus"].into_iter().chain(patterns).collect();
        desk.ids(&arguments)
    };
    assert_eq!(left(&["draf"]).len(), 14);
    assert_eq!(left(&["draf/*.txt"]).len(), 15);
    assert_eq!(left(&["*.txt"]).len(), 2);
    assert_eq!(left(&["0*", "1*"]), ["draf/a.txt", "draf/dalam/a b.txt"]);
    let told = desk
        .kutip(&["check", "corpus", "--exclude", "draf", "--skipped"])
        .out;
    assert!(
        told.contains("corpus/draf\t\t\tleft out by `--exclude`"),
        "{told}"
    );

    desk.write("list", "corpus/draf/a.txt\r\n\ncorpus/draf/dalam\n");
    assert_eq!(
        desk.ids(&["articles", "--files-from", "list"]),
        ["a.txt", "a b.txt"]
    );
    let named = desk.ids(&[
        "articles",
        "corpus/01-merculaut-larangan-dua-radar.txt",
        "--files-from",
        "list",
    ]);
    assert_eq!(named.len(), 3);
    let ran = desk.shell(
        "find corpus/draf -name '*.txt' -print0 | sort -z | kutip articles --files-from - --null --exclude 'a b*'",
    );
    assert_eq!(
        (ran.code, ran.out.lines().count()),
        (Some(0), 2),
        "{}",
        ran.err
    );
}

/// All commands that write records, with the articles that some of them need.
fn recording() -> Vec<Vec<&'static str>> {
    let mut commands: Vec<Vec<_>> = [
        "articles", "quotes", "speakers", "stories", "variants", "matrix", "timeline", "check",
    ]
    .into_iter()
    .map(|name| vec![name, "corpus"])
    .collect();
    commands.push(vec!["quotes", "corpus", "--match", "laut"]);
    commands.push(vec!["quotes", "corpus", "--trace"]);
    commands.push(vec!["check", "corpus", "--summary"]);
    commands.push(vec!["check", "corpus", "none.jsonl", "--skipped"]);
    commands.push(vec!["related", "corpus", "--of", A]);
    commands.push(vec!["compare", "corpus", "--of", A, "--of", B]);
    commands.push(vec!["keys"]);
    commands
}

#[test]
fn what_kutip_wrote_into_a_corpus_is_passed_over() {
    let desk = Desk::new();
    desk.write(
        "none.jsonl",
        "{\"path\": \"a.txt\"}\n{\"path\": \"b.txt\"}\n",
    );
    let before = desk.ids(&["articles", "corpus"]);
    let mut written = Vec::new();
    for (number, command) in recording().iter().enumerate() {
        for format in ["jsonl", "csv", "table"] {
            let out = desk
                .kutip(&[&command[..], &["--format", format]].concat())
                .out;
            written.push((format!("{number}-{}.{format}", command[0]), out));
        }
    }
    for ending in ["csv", "md", "html", "ris", "label-studio.json", "txt"] {
        let out = desk
            .kutip(&["export", "corpus", "--to", "-", "--as", ending])
            .out;
        written.push((format!("export.{ending}"), out));
    }
    assert_eq!(desk.ids(&["articles", "corpus"]), before);
    let marked = desk.shell("kutip export corpus --to - --as csv --bom").out;
    written.push(("excel.csv".to_owned(), marked));
    for (name, text) in &written {
        if name.starts_with("7-check") {
            continue; // there is no fault, and so no record
        }
        let name = if name.ends_with("table") {
            name.replace("table", "txt")
        } else {
            name.clone()
        };
        assert!(text.lines().count() > 1, "{name}: {text}");
        desk.write(&format!("corpus/{name}"), text);
        let ran = desk.kutip(&["articles", "corpus", "--format", "jsonl"]);
        assert_eq!(
            ran.out.lines().count(),
            before.len(),
            "{name} is read as articles"
        );
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        assert!(
            ran.err.contains("that kutip itself wrote") && ran.err.contains(&name),
            "{name}: {}",
            ran.err
        );
        let quiet = desk.kutip(&["articles", "corpus", "--quiet"]);
        assert_eq!((quiet.code, &*quiet.err), (Some(0), ""));
        fs::remove_file(desk.path(&format!("corpus/{name}"))).unwrap();
    }
    // These have no text that could be read, whoever wrote them.
    for ending in ["csl.json", "jsonld"] {
        let to = format!("corpus/export.{ending}");
        assert_eq!(desk.kutip(&["export", "corpus", "--to", &to]).code, Some(0));
        assert_eq!(desk.ids(&["articles", "corpus"]), before, "{ending}");
    }
}

#[test]
fn what_kutip_wrote_is_read_if_it_is_named_or_has_a_text() {
    let desk = Desk::new();
    for (file, command) in [
        ("corpus/quotes.jsonl", "kutip quotes corpus --format jsonl"),
        (
            "texts/texts.jsonl",
            "kutip articles corpus --text --format jsonl",
        ),
        (
            "texts/bodies.csv",
            "kutip articles corpus --body --format csv",
        ),
    ] {
        fs::create_dir_all(desk.path("texts")).unwrap();
        assert_eq!(desk.shell(&format!("{command} > {file}")).code, Some(0));
    }
    let quotes = desk.ids(&["articles", "corpus/quotes.jsonl"]).len();
    assert!(quotes > 50, "{quotes}");
    // The same file, once in its folder and once by name, whatever the cache holds.
    for _ in 0..2 {
        let both = desk
            .ids(&["articles", "corpus", "corpus/quotes.jsonl"])
            .len();
        assert_eq!(both, 14 + quotes);
    }
    assert_eq!(desk.ids(&["articles", "texts"]).len(), 28);
}

#[test]
fn messages_can_be_fewer_or_more() {
    let desk = Desk::new();
    desk.write("corpus/bad.jsonl", "{oops\n");
    let err = |options: &[&str]| desk.kutip(&[&["quotes", "corpus"], options].concat()).err;
    assert!(err(&[]).contains("bad.jsonl#1:1: invalid JSON"));
    assert_eq!(err(&["--quiet"]), "");
    let told = err(&["-v"]);
    assert!(
        told.contains("read 14 articles") && told.contains("1 fault"),
        "{told}"
    );
    let ran = desk.kutip(&["quotes", "-q", "nope"]);
    assert_eq!(
        (ran.code, &*ran.err),
        (Some(2), "kutip: nope: no such file or folder\n")
    );
}

#[test]
fn progress_is_drawn_on_a_terminal_and_nowhere_else() {
    let desk = Desk::new();
    // With --verbose it is drawn from the start.
    let arguments = ["variants", "corpus", "--verbose"];
    let size = portable_pty::PtySize {
        rows: 24,
        cols: 100,
        ..portable_pty::PtySize::default()
    };
    let pair = portable_pty::native_pty_system().openpty(size).unwrap();
    let mut command = portable_pty::CommandBuilder::new(PROGRAM);
    command.args(arguments);
    command.cwd(desk.0.path());
    command.env("TERM", "xterm-256color");
    command.env("XDG_CACHE_HOME", desk.path("cache"));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut drawn = Vec::new();
    // A terminal that its last program has left ends with an error.
    let _ = pair
        .master
        .try_clone_reader()
        .unwrap()
        .read_to_end(&mut drawn);
    assert!(child.wait().unwrap().success());
    let drawn = String::from_utf8_lossy(&drawn);
    for told in ["reading files", "finding ", " of 14, ", "read 14 articles"] {
        assert!(drawn.contains(told), "{told}: {drawn}");
    }
    let piped = desk.kutip(&arguments).err;
    assert_eq!(piped.lines().count(), 1, "{piped}");
}

#[test]
fn an_export_can_go_to_standard_output() {
    let desk = Desk::new();
    for (ending, start) in [
        (None, "{\"id\":"),
        (Some("csv"), "id,article,"),
        (Some(".md"), "<!-- kutip -->"),
        (Some("ris"), "TY  - NEWS"),
        (Some(".csl.json"), "[\n{\"id\":"),
        (Some("jsonld"), "{\"@context\":"),
        (Some("label-studio.json"), "[\n{\"data\":"),
        (Some("txt"), "Source: "),
        (Some("html"), "<!DOCTYPE html>"),
    ] {
        let ending = ending.map(|ending| ["--as", ending]);
        let arguments = [
            &["export", "corpus", "--to", "-"][..],
            ending.as_ref().map_or(&[], |e| &e[..]),
        ];
        let ran = desk.kutip(&arguments.concat());
        assert_eq!((ran.code, &*ran.err), (Some(0), ""));
        assert!(ran.out.starts_with(start), "{:.80}", ran.out);
    }
    assert!(!desk.path("-").exists());
    assert_eq!(
        desk.shell("kutip export corpus --to - | head -n 1 > first")
            .code,
        Some(0)
    );
}

#[test]
fn every_command_has_a_man_page_with_all_sections() {
    let desk = Desk::new();
    assert_eq!(desk.kutip(&["man", "--to", "man1"]).code, Some(0));
    let names = fs::read_dir(desk.path("man1")).unwrap();
    let pages: BTreeSet<_> = names
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected = subcommands(&desk, &[]);
    let expected = expected
        .iter()
        .map(|name| format!("kutip-{}.1", name.replace(' ', "-")));
    let expected: BTreeSet<_> = expected.chain(["kutip.1".to_owned()]).collect();
    assert_eq!(pages, expected);
    for page in &pages {
        let text = fs::read_to_string(desk.path("man1").join(page)).unwrap();
        for section in [
            "NAME",
            "SYNOPSIS",
            "EXAMPLES",
            "FILES",
            "ENVIRONMENT",
            "\"EXIT STATUS\"",
            "\"SEE ALSO\"",
        ] {
            let is_there = text.contains(&format!(".SH {section}\n"))
                || text.contains(&format!(".SH \"{section}\"\n"));
            assert!(is_there, "{page} has no {section}");
        }
    }
    let own = fs::read_to_string(desk.path("man1/kutip-library-export.1")).unwrap();
    assert_eq!(desk.kutip(&["man", "library", "export"]).out, own);
}

#[test]
fn the_query_language_is_in_help_and_manual() {
    let desk = Desk::new();
    let readme = include_str!("../README.md");
    let (_, fields) = readme.split_once("| field | selects by |").unwrap();
    let fields = fields.split("\n\n").next().unwrap();
    let fields: BTreeSet<_> = fields.split('`').skip(1).step_by(2).collect();
    let fields = fields.iter().filter_map(|field| field.split_once(':'));
    let fields: BTreeSet<_> = fields.map(|(name, _)| format!("{name}:")).collect();
    assert!(fields.len() >= 14, "{fields:?}");
    for arguments in [
        &["--help"][..],
        &["quotes", "--help"],
        &["man"],
        &["man", "related"],
    ] {
        let out = desk.kutip(arguments).out;
        for field in &fields {
            assert!(out.contains(field.as_str()), "{arguments:?}: {field}");
        }
        assert!(out.contains("AND OR NOT"), "{arguments:?}");
    }
    // A short help stays short.
    assert!(!desk.kutip(&["quotes", "-h"]).out.contains("outlet:"));
}

#[test]
fn the_version_tells_the_features() {
    let desk = Desk::new();
    let sign = if cfg!(feature = "parquet") { '+' } else { '-' };
    let out = desk.kutip(&["--version"]).out;
    assert!(out.contains(&format!("features: {sign}parquet")), "{out}");
    assert_eq!(desk.kutip(&["-V"]).out.lines().count(), 1);
}

#[test]
fn the_package_carries_the_manual_and_the_completions() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Value =
        toml::from_str(&fs::read_to_string(root.join("Cargo.toml")).unwrap()).unwrap();
    let assets = manifest["package"]["metadata"]["deb"]["assets"]
        .as_array()
        .unwrap();
    let places: Vec<_> = assets
        .iter()
        .map(|asset| asset[1].as_str().unwrap())
        .collect();
    for place in [
        "usr/share/man/man1/",
        "usr/share/bash-completion/completions/kutip",
        "usr/share/zsh/vendor-completions/_kutip",
        "usr/share/fish/vendor_completions.d/kutip.fish",
    ] {
        assert!(places.contains(&place), "{place}");
    }
}
