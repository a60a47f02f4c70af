//! Tests of loading whole requests: order, keys, bad input, limits, arbitrary bytes.

use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;

use super::structure::Rules;
use super::*;
use crate::language::Packs;
use crate::model::{Article, Corpus, Fault, Issue, Skipped};

#[derive(Default)]
struct Outcome {
    articles: Vec<Article>,
    issues: Vec<Issue>,
    skipped: Vec<Skipped>,
}

impl Outcome {
    fn keys(&self) -> Vec<&str> {
        self.articles.iter().map(|article| &*article.key).collect()
    }

    fn only_issue(&self) -> &Issue {
        assert_eq!(self.issues.len(), 1, "{:?}", self.issues);
        &self.issues[0]
    }
}

fn read_with(request: &Request) -> Outcome {
    read_making(request, &|_| {}, &NoCache)
}

fn read_making(
    request: &Request,
    finish: &(dyn Fn(&mut Article) + Sync),
    parse_cache: &dyn ParseCache,
) -> Outcome {
    let outcome = Mutex::new(Outcome::default());
    let cancel = AtomicBool::new(false);
    let pipeline = Pipeline {
        rules: &Rules::new(&Packs::embedded()),
        finish,
        parse_cache,
    };
    load(request, &pipeline, &cancel, |report| {
        let mut outcome = outcome.lock().unwrap();
        match report {
            Report::Articles(articles) => outcome.articles.extend(articles),
            Report::Issue(issue) => outcome.issues.push(issue),
            Report::Skipped(skipped) => outcome.skipped.push(skipped),
            Report::Progress(_) => {}
        }
    });
    let mut outcome = outcome.into_inner().unwrap();
    let corpus = Corpus::from_articles(std::mem::take(&mut outcome.articles));
    let (corpus, _) = settle_keys(corpus);
    outcome.articles = corpus.iter().map(|(_, article)| article.clone()).collect();
    outcome
}

fn read(paths: &[&Path]) -> Outcome {
    read_with(&Request::new(
        paths.iter().map(|path| path.to_string_lossy()),
    ))
}

/// Returns a temporary folder that contains these files, each given by name and content.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn order_is_that_of_arguments_then_paths_then_records() {
    let a = folder(&[
        ("z.txt", b"z"),
        (".hidden/a.txt", b"a"),
        (".gitignore", b"*.txt"),
        (
            "m.jsonl",
            b"{\"text\":\"1\"}\n\n{\"text\":\"2\",\"id\":\"own\"}\n",
        ),
        (".git/config", b"[core]"),
    ]);
    let b = folder(&[
        ("z.txt", b"another z"),
        ("pair.json", br#"[{"text":"1"},{"isi":"2"}]"#),
    ]);
    let read = read(&[b.path(), a.path()]);
    let above = |folder: &Path| {
        let name = folder.file_name().unwrap();
        format!("{}/z.txt", name.to_string_lossy())
    };
    assert_eq!(
        read.keys(),
        [
            "pair.json#1",
            "pair.json#2",
            &above(b.path()), // there are two files `z.txt`
            ".gitignore",
            ".hidden/a.txt",
            "m.jsonl#1",
            "own",
            &above(a.path()),
        ]
    );
    assert!(read.issues.is_empty(), "{:?}", read.issues);
    assert_eq!(read.skipped.len(), 1, "version control's folder");
}

#[test]
fn a_pattern_opens_what_it_matches() {
    let a = folder(&[("x/1.txt", b"1"), ("x/2.json", b"{}"), ("y/3.txt", b"3")]);
    let read = read(&[&a.path().join("*/*.txt")]);
    assert_eq!(read.keys(), ["x/1.txt", "y/3.txt"]);
    let none = self::read(&[&a.path().join("*.md")]);
    assert_eq!(none.only_issue().fault, Fault::NamedPath);
}

#[test]
fn compression_is_seen_in_the_content() {
    let record = b"{\"text\":\"satu\"}\n{\"text\":\"dua\"}\n";
    let zst = zstd::encode_all(&record[..], 3).unwrap();
    let a = folder(&[
        ("a.jsonl.gz", &gzip(record)),
        ("b.ndjson.zst", &zst),
        ("c.txt", &gzip(b"teks")), // the ending lies
    ]);
    let read = read(&[a.path()]);
    let texts: Vec<_> = read.articles.iter().map(|article| &*article.text).collect();
    assert_eq!(texts, ["satu", "dua", "satu", "dua", "teks"]);
}

#[test]
fn json_without_a_text_is_passed_over_not_faulted() {
    let a = folder(&[
        ("a.txt", b"teks"),
        (
            "a.json",
            br#"{"id":"a","title":"T","quotes":[{"text":"kata"}]}"#,
        ),
        ("manifest.jsonl", b"{\"path\":\"a.txt\",\"outlet\":\"X\"}\n"),
    ]);
    let read = read(&[a.path()]);
    assert_eq!(read.keys(), ["a.txt"]);
    let reasons: Vec<_> = read
        .skipped
        .iter()
        .map(|skipped| &*skipped.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "the record has no text",
            "describes the file a.txt; the record itself has no text"
        ]
    );
    assert!(read.issues.is_empty());
}

#[test]
fn bad_input_is_a_clear_fault_and_the_rest_is_read() {
    let lines = "{\"text\":\"baris panjang yang diulang\"}\n".repeat(2000);
    let mut cut = gzip(lines.as_bytes());
    cut.truncate(cut.len() - 20);
    let cases: [(&str, &[u8], &str, &str); 8] = [
        ("empty.txt", b"", "the file is empty", ""),
        ("blank.txt", b" \n\n", "only white space", ""),
        ("binary.txt", &[0, 1, 2, 3, 200, 0, 5], "binary data", ""),
        ("picture.txt", b"\x89PNG\r\n\x1a\n0000", "a PNG picture", ""),
        ("cut.jsonl.gz", &cut, "truncated", ""),
        ("cut.txt.gz", &[0x1f, 0x8b, 8, 0], "truncated", ""),
        (
            "mid.jsonl",
            b"{\"text\":\"a\"}\n{\"text\": oops}\n{\"text\":\"b\"}",
            "invalid JSON",
            "#2:2",
        ),
        (
            "mid.json",
            b"[{\"text\":\"a\"},{\"text\": oops}]",
            "invalid JSON",
            "#2",
        ),
    ];
    for (name, bytes, reason, place) in cases {
        let a = folder(&[("good.txt", b"baik"), (name, bytes)]);
        let read = read(&[a.path()]);
        assert!(read.keys().contains(&"good.txt"), "{name}");
        let shown = read.only_issue().to_string();
        assert!(
            shown.contains(reason) && shown.contains(&format!("{name}{place}")),
            "{shown}"
        );
        assert_eq!(read.only_issue().fault, Fault::Record, "{name}");
    }
}

#[test]
fn what_came_before_a_fault_is_kept() {
    let mid = b"{\"text\":\"a\"}\n{\"text\": oops}\n{\"text\":\"b\"}".as_slice();
    let a = folder(&[
        ("mid.jsonl", mid),
        ("mid.json", b"[{\"text\":\"a\"},{\"text\": oops}]"),
    ]);
    assert_eq!(
        read(&[a.path()]).keys(),
        ["mid.json#1", "mid.jsonl#1", "mid.jsonl#3"]
    );
}

#[test]
fn texts_and_lines_above_the_limit_are_faults() {
    let long = "é".repeat(60);
    let a = folder(&[
        ("a.txt", long.as_bytes()),
        (
            "b.jsonl",
            format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"ok\"}}\n").as_bytes(),
        ),
        (
            "c.jsonl",
            format!(
                "{{\"text\":\"{}\"}}\n{{\"text\":\"ok\"}}\n",
                "x".repeat(300)
            )
            .as_bytes(),
        ),
    ]);
    let mut request = Request::new([a.path().to_string_lossy()]);
    request.options.text_limit = 101;
    request.options.line_limit = 200;
    let read = read_with(&request);
    let found: Vec<_> = read
        .articles
        .iter()
        .map(|a| (&*a.key, a.text.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("a.txt", 100),
            ("b.jsonl#1", 100),
            ("b.jsonl#2", 2),
            ("c.jsonl#2", 2)
        ]
    );
    assert_eq!(read.issues.len(), 3, "{:?}", read.issues);
}

#[test]
fn a_missing_path_is_the_users_concern() {
    let a = folder(&[("a.txt", b"teks")]);
    let read = read(&[&a.path().join("nope"), a.path()]);
    assert_eq!(read.only_issue().fault, Fault::NamedPath);
    assert_eq!(read.keys(), ["a.txt"]);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let a = folder(&[("a/b.txt", b"teks")]);
    std::os::unix::fs::symlink(a.path(), a.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink("nowhere", a.path().join("dangling")).unwrap();
    let read = read(&[a.path()]);
    assert_eq!(read.keys(), ["a/b.txt"]);
    let only = read.only_issue().to_string();
    assert!(only.contains("dangling: a broken symbolic link"), "{only}");
    let left: Vec<_> = read.skipped.iter().map(|skipped| &*skipped.path).collect();
    assert_eq!(left, [a.path().join("a/up").to_string_lossy()]);
}

#[cfg(unix)]
#[test]
fn links_out_of_a_folder_are_followed_only_when_asked_for() {
    use std::os::unix::fs::symlink;
    let out = folder(&[
        ("o/satu.txt", b"satu"),
        ("o/dua.txt", b"dua"),
        ("tiga.txt", b"tiga"),
    ]);
    let a = folder(&[("a/b.txt", b"b")]);
    let link = |to: &Path, from: &str| symlink(to, a.path().join(from)).unwrap();
    link(&out.path().join("o"), "folder");
    link(&out.path().join("o"), "twice");
    link(&out.path().join("tiga.txt"), "tiga.txt");
    link(&out.path().join("o/dua.txt"), "zwei.txt");
    link(&a.path().join("a/b.txt"), "inside.txt");
    link(Path::new("/dev/null"), "null");
    symlink(a.path(), out.path().join("o/back")).unwrap();
    symlink("../o", out.path().join("o/round")).unwrap();
    let inside = read(&[a.path()]);
    assert_eq!(inside.keys(), ["a/b.txt"]);
    assert!(inside.issues.is_empty(), "{:?}", inside.issues);
    let outside = inside
        .skipped
        .iter()
        .filter(|left| left.reason.contains("--follow"));
    assert_eq!(outside.count(), 4);
    let request = Request {
        links: Links::Everywhere,
        ..Request::new([a.path().to_string_lossy()])
    };
    let all = read_with(&request);
    let keys = ["a/b.txt", "folder/dua.txt", "folder/satu.txt", "tiga.txt"];
    assert_eq!(all.keys(), keys);
    assert!(all.issues.is_empty(), "{:?}", all.issues);
    // A link that is named itself is followed, also if a pattern names it.
    assert_eq!(
        read(&[&a.path().join("folder")]).keys(),
        ["dua.txt", "satu.txt"]
    );
    assert_eq!(read(&[&a.path().join("tiga.txt")]).keys(), ["tiga.txt"]);
    let matched = read(&[&a.path().join("*.txt")]);
    assert_eq!(matched.keys(), ["inside.txt", "tiga.txt", "zwei.txt"]);
    assert_eq!(
        read(&[&a.path().join("t*")]).keys(),
        ["tiga.txt", "twice/dua.txt", "twice/satu.txt"]
    );
}

#[cfg(unix)]
#[test]
fn links_that_double_in_each_folder_end() {
    let a = folder(&[("0/a.txt", b"a")]);
    let out = folder(&[("0/b.txt", b"b")]);
    for n in 1..40 {
        for root in [a.path(), out.path()] {
            let below = root.join(n.to_string());
            std::fs::create_dir(&below).unwrap();
            for name in ["x", "y"] {
                let to = format!("../{}", n - 1);
                std::os::unix::fs::symlink(to, below.join(name)).unwrap();
            }
        }
    }
    std::os::unix::fs::symlink(out.path().join("39"), a.path().join("39/out")).unwrap();
    assert_eq!(read(&[a.path()]).keys(), ["0/a.txt"]);
    let request = Request {
        links: Links::Everywhere,
        ..Request::new([a.path().to_string_lossy()])
    };
    let read = read_with(&request);
    assert_eq!(read.articles.len(), 2, "{:?}", read.issues);
    let everything = self::read(&[&a.path().join("**")]);
    assert_eq!(everything.articles.len(), 2, "{:?}", everything.keys());
}

#[cfg(unix)]
fn pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[cfg(unix)]
#[test]
fn pipes_sockets_and_devices_below_a_folder_are_told_and_left() {
    let a = folder(&[("a.txt", b"teks")]);
    let at = |name: &str| a.path().join(name);
    pipe(&at("pipe.txt"));
    std::os::unix::fs::symlink("/dev/zero", at("zero.txt")).unwrap();
    std::os::unix::fs::symlink("pipe.txt", at("link.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.txt")).unwrap();
    for path in [a.path(), &at("*.txt")] {
        let read = read(&[path]);
        assert_eq!(read.keys(), ["a.txt"]);
        let told: Vec<_> = read
            .skipped
            .iter()
            .map(|skipped| &*skipped.reason)
            .collect();
        assert_eq!(told, ["a pipe, socket or device"; 4]);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_is_read() {
    let a = folder(&[]);
    let path = a.path().join("pipe");
    pipe(&path);
    std::thread::scope(|scope| {
        scope.spawn(|| std::fs::write(&path, "teks").unwrap());
        assert_eq!(read(&[&path]).articles.len(), 1);
    });
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_a_fault() {
    use std::os::unix::fs::PermissionsExt;
    let a = folder(&[("closed.txt", b"x"), ("open.txt", b"y")]);
    let closed = a.path().join("closed.txt");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&closed).is_ok() {
        return; // The superuser may read everything: nothing to test.
    }
    let below = read(&[a.path()]);
    assert_eq!(below.only_issue().fault, Fault::Record);
    assert_eq!(below.keys(), ["open.txt"]);
    assert_eq!(read(&[&closed]).only_issue().fault, Fault::NamedPath);
}

#[test]
fn a_cancelled_loading_stops() {
    let files: Vec<_> = (0..200)
        .map(|n| (format!("{n}.txt"), b"teks".as_slice()))
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    let a = folder(&files);
    let cancel = AtomicBool::new(false);
    let read = Mutex::new(0);
    let request = Request::new([a.path().to_string_lossy()]);
    load(
        &request,
        &Pipeline {
            rules: &Rules::new(&Packs::embedded()),
            finish: &|_| {},
            parse_cache: &NoCache,
        },
        &cancel,
        |report| {
            if let Report::Articles(articles) = report {
                *read.lock().unwrap() += articles.len();
                cancel.store(true, Ordering::Relaxed);
            }
        },
    );
    assert_eq!(*read.lock().unwrap(), 64, "the first batch, and no more");
}

/// A parse cache that records the names of the files that were cached completely, and returns no
/// outcomes.
#[derive(Default)]
struct Names(Mutex<Vec<String>>);

impl ParseCache for Names {
    fn get(&self, _: Stamp) -> Option<Vec<super::Outcome>> {
        None
    }

    fn put(&self, _: Stamp, _: &[super::Outcome]) -> Option<Extent> {
        Some(Extent {
            start: 0,
            len: 0,
            checksum: 0,
        })
    }

    fn map(&self, _: &mut [&mut [super::Outcome]]) {}

    fn close(&self, file: Stamp, _: Vec<Extent>) {
        let name = Path::new(&**file.path).file_name().unwrap();
        let mut names = self.0.lock().unwrap();
        names.push(name.to_string_lossy().into_owned());
    }
}

#[test]
fn an_article_that_breaks_the_program_is_a_fault_and_the_rest_is_read() {
    let records = "{\"text\": \"Kami siap.\"}\n{\"text\": \"Rusak.\"}\n{\"text\": \"Air naik.\"}\n";
    // Above the size at which the records of a file are read in parallel.
    let filler = format!("{{\"text\": {:?}}}\n", "Ia pergi. ".repeat(900));
    let large = records.to_owned() + &filler.repeat(500);
    let a = folder(&[
        ("a.jsonl", records.as_bytes()),
        ("b.txt", b"Rusak."),
        ("c.txt", b"Kita pergi."),
        ("d.jsonl", large.as_bytes()),
    ]);
    let names = Names::default();
    let request = Request::new([a.path().to_string_lossy()]);
    let read = read_making(
        &request,
        &|article| assert!(!article.text.starts_with("Rusak"), "broken"),
        &names,
    );
    let expected = ["a.jsonl#1", "a.jsonl#3", "c.txt", "d.jsonl#1", "d.jsonl#3"];
    assert_eq!(read.keys()[..expected.len()], expected);
    assert_eq!(read.articles.len(), 5 + 500);
    let issues = read.issues.iter().map(|issue| {
        assert!(issue.reason.contains("please report (src/ingest/tests.rs:"));
        let name = Path::new(&*issue.path).file_name().unwrap();
        (name.to_str().unwrap(), issue.record.as_deref())
    });
    let expected = [
        ("a.jsonl", Some("2")),
        ("b.txt", None),
        ("d.jsonl", Some("2")),
    ];
    assert_eq!(issues.collect::<Vec<_>>(), expected);
    let names = names.0.into_inner().unwrap();
    assert_eq!(names, ["c.txt"], "what failed may not fail again");
}

/// Beginnings of files by which each format or compression is recognised.
const STARTS: &[&[u8]] = &[
    b"",
    b"{\"text\":\"",
    b"[{\"text\":",
    b"{}\n{",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_in_any_format_do_not_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        start in proptest::sample::select(STARTS),
        name in proptest::sample::select(&["a.txt", "a.json", "a.jsonl", "a.json.gz"][..]),
    ) {
        let options = Options { text_limit: 100, line_limit: 150, ..Options::default() };
        let whole = [start, &bytes].concat();
        let input = Input::open(name, &*whole, &options);
        let mut found = 0;
        let _: formats::Flow = formats::read(input, &mut |_, one| {
            if let formats::Found::Record(record) = one {
                assert!(record.text.len() <= 100);
            }
            found += 1;
            formats::Flow::Continue(())
        });
        // A text file is an article or an issue; only files of records may consist of blank lines.
        prop_assert!(found > 0 || name != "a.txt" || !start.is_empty());
    }
}

#[test]
fn very_many_records_of_one_fate_are_counted_and_not_listed() {
    let text = "teks yang cukup panjang".repeat(20);
    let bare = format!("[{}{{\"text\": \"{text}\"}}]", "1,".repeat(30_000));
    let lines = format!("{}{{\"text\": \"{text}\"}}\n", "x\n".repeat(30_000));
    let a = folder(&[
        ("bare.json", bare.as_bytes()),
        ("lines.jsonl", lines.as_bytes()),
    ]);
    let read = read(&[a.path()]);
    assert_eq!(read.articles.len(), 2);
    assert!(read.skipped.len() < 11_000 && read.issues.len() < 11_000);
    let skipped: u32 = read.skipped.iter().map(|skipped| skipped.count).sum();
    assert_eq!(skipped, 30_000);
    assert_eq!(Issue::count_all(&read.issues), 30_000);
    let last = read.issues.last().unwrap();
    assert_eq!(last.record.as_deref(), Some("10001"));
    assert!(
        last.to_string().ends_with("(and 19999 more like it)"),
        "{last}"
    );
}
