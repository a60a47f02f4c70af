//! Every format that users have: what a reader of the corpus sees of it, and what is told of
//! damage.

#![allow(clippy::unwrap_used, clippy::format_collect)] // a test may fail loudly

mod faulty;
mod parquet;
mod samples;

use std::sync::atomic::AtomicBool;
use std::sync::{LazyLock, Mutex};

use kutip::ingest::structure::Rules;
use kutip::ingest::{NoCache, Options, Pipeline, Report, Request, load};
use kutip::language::Packs;
use kutip::model::{Article, BlockKind, Issue, Skipped};
use samples::{
    FIRST, SECOND, THIRD, atom, gzip, json_feed, mail, mhtml, page, rss, table, tar, warc_record,
    zip,
};

#[derive(Default)]
struct Outcome {
    articles: Vec<Article>,
    issues: Vec<Issue>,
    skipped: Vec<Skipped>,
}

impl Outcome {
    fn only(&self) -> &Article {
        assert_eq!(self.articles.len(), 1, "{:?}", self.issues);
        &self.articles[0]
    }

    fn keys(&self) -> Vec<&str> {
        self.articles.iter().map(|article| &*article.key).collect()
    }

    fn reasons(&self) -> String {
        let reasons: Vec<_> = self.issues.iter().map(ToString::to_string).collect();
        reasons.join("\n")
    }
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::new(&Packs::embedded()));

/// Reads one file of that name.
fn read(name: &str, bytes: &[u8]) -> Outcome {
    read_with(name, bytes, Options::default())
}

fn read_with(name: &str, bytes: &[u8], options: Options) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read_path(&path, options)
}

fn read_path(path: &std::path::Path, options: Options) -> Outcome {
    let mut request = Request::new([path.to_string_lossy()]);
    request.options = options;
    let outcome = Mutex::new(Outcome::default());
    load(
        &request,
        &Pipeline {
            rules: &RULES,
            finish: &|_| {},
            parse_cache: &NoCache,
        },
        &AtomicBool::new(false),
        |report| {
            let mut outcome = outcome.lock().unwrap();
            match report {
                Report::Articles(articles) => outcome.articles.extend(articles),
                Report::Issue(issue) => outcome.issues.push(issue),
                Report::Skipped(skipped) => outcome.skipped.push(skipped),
                Report::Progress(_) => {}
            }
        },
    );
    outcome.into_inner().unwrap()
}

fn words_of(article: &Article, kind: BlockKind) -> Vec<String> {
    article
        .blocks(kind)
        .map(|span| article.words(span).into_owned())
        .collect()
}

#[test]
fn a_saved_page_arrives_with_its_parts() {
    let outcome = read("berita.html", page().as_bytes());
    let article = outcome.only();
    assert_eq!(article.title().as_deref(), Some("Jembatan Kenanga Ditutup"));
    assert_eq!(words_of(article, BlockKind::Byline), ["Dewi Lestiana"]);
    assert_eq!(
        words_of(article, BlockKind::Date),
        ["2024-05-06T08:15:00+07:00"]
    );
    assert_eq!(words_of(article, BlockKind::Subhead), ["Biaya perbaikan"]);
    assert_eq!(
        words_of(article, BlockKind::Caption),
        ["Jembatan Kenanga pada Senin pagi. Foto: Dewi Lestiana"]
    );
    let body = words_of(article, BlockKind::Paragraph);
    assert_eq!(body.len(), 4, "{body:#?}");
    assert_eq!(&body[..3], [FIRST, SECOND, THIRD]);
    assert!(outcome.issues.is_empty(), "{}", outcome.reasons());
}

#[test]
fn a_page_declares_its_older_encoding() {
    let page = "<html><head><meta charset=\"windows-1251\"></head><body><article><p>Мэр города Зареченска закрыл старый мост для всех машин.</p></article></body></html>";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(page);
    assert!(read("a.html", &bytes).only().text.contains("Мэр города"));
}

/// Pages that abort or stall common parsers. Each must leave text or a fault, never the process.
#[test]
fn a_hostile_page_is_a_fault_at_most() {
    let attributes = (0..200_000).map(|n| format!("a{n} ")).collect::<String>();
    let distinct = (0..400).map(|n| format!("<b id={n}>")).collect::<String>();
    let half = page();
    let pages = [
        ("nested div", "<div>".repeat(200_000) + "Isi di dalam."),
        ("unclosed b", "<b>kata ".repeat(20_000)),
        ("distinct b", distinct + &"<p>kata ".repeat(50_000)),
        (
            "nested tables",
            "<table><tr><td>".repeat(3_000) + "Isi di dalam.",
        ),
        ("entities", format!("<p>Isi {}", "&amp;".repeat(2_000_000))),
        ("one text node", format!("<p>{}", "kata ".repeat(4_000_000))),
        (
            "long attribute",
            format!("<p title=\"{}\">Isi.</p>", "x".repeat(10_000_000)),
        ),
        ("many attributes", format!("<p {attributes}>Isi.</p>")),
        ("half a page", half[..half.len() / 2].to_owned()),
        ("NULs", half.replace(' ', "\0")),
        (
            "deep JSON-LD",
            format!(
                "<script type=\"application/ld+json\">{}</script><p>Isi.",
                "{\"a\":[".repeat(50_000)
            ),
        ),
        ("lists", "<ul><li>".repeat(30_000) + "Isi."),
        ("brackets", format!("Isi {}", "<".repeat(1_000_000))),
        ("closing tags", "</div>".repeat(300_000) + "Isi."),
    ];
    for (name, page) in pages {
        let outcome = read("a.html", format!("<html>{page}").as_bytes());
        let has_text = outcome
            .articles
            .iter()
            .any(|article| !article.text.trim().is_empty());
        assert!(has_text || !outcome.issues.is_empty(), "{name}");
    }
    read(
        "a.html",
        &(0..2_000_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect::<Vec<_>>(),
    );
}

#[test]
fn a_tables_columns_are_understood_by_name() {
    for (name, text) in [
        ("a.csv", table()),
        ("a.dat", table()),
        (
            "b.csv",
            table()
                .replace("judul,isi,tanggal,sumber", "judul;isi;tanggal;sumber")
                .replace("Satu,", "Satu;")
                .replace(",2024-05-06,", ";2024-05-06;")
                .replace("Dua,", "Dua;"),
        ),
    ] {
        let outcome = read(name, text.as_bytes());
        assert_eq!(
            outcome.keys(),
            [format!("{name}#1"), format!("{name}#2")],
            "{}",
            outcome.reasons()
        );
        assert_eq!(&*outcome.articles[0].text, format!("{FIRST}\n\n{SECOND}"));
    }
    let strange = read("a.csv", b"kolom1,kolom2\na,b\n");
    assert!(
        strange.reasons().contains("--field text="),
        "{}",
        strange.reasons()
    );
    let unclosed = read(
        "a.csv",
        format!("isi,judul\n\"{FIRST}\n{THIRD}\n").as_bytes(),
    );
    assert!(
        unclosed.reasons().contains("never closed"),
        "{}",
        unclosed.reasons()
    );
}

#[test]
fn a_mark_that_never_closes_costs_no_other_row() {
    let row = |n: u32| format!("{n},Jembatan nomor {n} ditutup sampai akhir pekan.\n");
    let mut text = "id,isi\n1,\"Wali kota belum menjawab.\n".to_owned();
    text.extend((2..=1002).map(row));
    for (name, text) in [("a.csv", text.clone()), ("a.tsv", text.replace(',', "\t"))] {
        let outcome = read(name, text.as_bytes());
        assert_eq!(outcome.articles.len(), 1002, "{name}");
        assert_eq!(&*outcome.articles[0].text, "\"Wali kota belum menjawab.");
        let [issue] = outcome.issues.as_slice() else {
            panic!("{name}: {}", outcome.reasons());
        };
        assert_eq!((issue.record.as_deref(), issue.line), (Some("1"), Some(2)));
        assert!(issue.reason.contains("never closed"), "{issue}");
    }
    let marked: String = (1..=1000)
        .map(|n| format!("{n}\t\"Jembatan {n} ditutup.\n"))
        .collect();
    let outcome = read("a.tsv", format!("id\tisi\n{marked}").as_bytes());
    assert_eq!(outcome.articles.len(), 1000);
    let long = format!("{FIRST}\n\n").repeat(20_000);
    let whole = format!("id,isi\n1,\"{long}\"\n2,Pendek sekali.\n");
    let outcome = read("a.csv", whole.as_bytes());
    assert_eq!(outcome.articles.len(), 2, "{}", outcome.reasons());
    assert_eq!(&*outcome.articles[0].text, long);
    assert!(outcome.issues.is_empty());
}

#[test]
fn columns_that_mean_nothing_are_not_looked_at() {
    let names: String = (0..500).map(|n| format!("kolom{n},")).collect();
    let values: String = (0..500).map(|n| format!("{n},")).collect();
    let text = format!("{names}isi,{names}judul,isi\n{values}Isi.,{values}Judul,Lain.\n");
    let outcome = read("a.csv", text.as_bytes());
    assert_eq!(&*outcome.only().text, "Isi.");
    assert_eq!(outcome.only().title().as_deref(), Some("Judul"));
}

#[test]
fn a_format_can_be_asked_for() {
    let options = Options::default().with_format_of(".LST", "csv").unwrap();
    let outcome = read_with("a.lst", b"isi\nSebuah berita pendek.\n", options);
    assert_eq!(&*outcome.only().text, "Sebuah berita pendek.");
    assert!(
        Options::default()
            .with_format_of("lst", "xls")
            .is_err_and(|error| error.contains("warc"))
    );
}

#[test]
fn an_archives_members_are_read_in_place() {
    let page = page();
    let members: &[(&str, &[u8])] = &[
        ("a/satu.txt", FIRST.as_bytes()),
        ("../../dua.html", page.as_bytes()),
        ("foto.jpg", b"\xff\xd8\xff"),
        (
            "tiga.jsonl",
            b"{\"text\": \"Berita ketiga.\"}\n{\"text\": \"Berita keempat.\"}\n",
        ),
    ];
    let expected = |name: &str| {
        [
            "a/satu.txt",
            "../../dua.html",
            "tiga.jsonl#1",
            "tiga.jsonl#2",
        ]
        .map(|member| format!("{name}#{member}"))
    };
    let zst = zstd::encode_all(&*tar(members), 1).unwrap();
    let cases = [
        ("a.zip", zip(members)),
        ("a.tar", tar(members)),
        ("a.tar.gz", gzip(&tar(members))),
        ("a.tar.zst", zst),
    ];
    for (name, bytes) in cases {
        let outcome = read(name, &bytes);
        assert_eq!(outcome.keys(), expected(name), "{}", outcome.reasons());
        let formats: Vec<_> = outcome.articles.iter().map(|a| a.format.name()).collect();
        assert_eq!(formats, ["text", "html", "jsonl", "jsonl"]);
        assert_eq!(outcome.skipped.len(), 1, "the picture");
        let cut = read(name, &bytes[..bytes.len() * 2 / 3]);
        assert!(
            !cut.issues.is_empty(),
            "{name}: a truncated archive says so"
        );
    }
}

#[test]
fn archives_within_archives_end_somewhere() {
    let text = zip(&[("a.txt", FIRST.as_bytes())]);
    let twice = zip(&[("b.zip", &text)]);
    assert_eq!(read("c.zip", &twice).keys(), ["c.zip#b.zip#a.txt"]);
    let four = zip(&[("d.zip", &zip(&[("c.zip", &twice)]))]);
    assert!(read("e.zip", &four).reasons().contains("not read"));
    let bomb = zip(&[("a.txt", &vec![b'a'; 64 << 20])]);
    let outcome = read("bom.zip", &bomb);
    assert!(outcome.articles.is_empty() && outcome.reasons().contains("250-fold"));
    let small = vec![b'a'; 4 << 20];
    let names: Vec<_> = (0..40).map(|n| format!("{n}.jpg")).collect();
    let many: Vec<_> = names.iter().map(|name| (&**name, &*small)).collect();
    assert!(
        read("banyak.zip", &zip(&many))
            .reasons()
            .contains("as a whole")
    );
}

#[test]
fn what_grows_as_no_text_does_is_not_read_to_its_end() {
    let record = format!("{{\"text\": \"{FIRST}\"}}\n").into_bytes();
    let bomb = [record, vec![b' '; 40 << 20]].concat();
    let zst = zstd::encode_all(&*bomb, 3).unwrap();
    for (name, bytes) in [("a.jsonl.gz", gzip(&bomb)), ("a.jsonl.zst", zst)] {
        let outcome = read(name, &bytes);
        assert_eq!(&*outcome.only().text, FIRST, "what came before is read");
        assert!(
            outcome.reasons().contains("250-fold"),
            "{}",
            outcome.reasons()
        );
    }
}

#[test]
fn a_feeds_items_are_articles_whatever_its_encoding() {
    let utf16 = |to_bytes: fn(u16) -> [u8; 2], mark: bool| {
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{}", rss())
            .encode_utf16()
            .flat_map(to_bytes)
            .collect::<Vec<u8>>()
    };
    let cases = [
        ("as declared", rss().into_bytes()),
        ("with a mark", format!("\u{feff}{}", rss()).into_bytes()),
        (
            "wrongly declared",
            rss().replace("UTF-8", "UTF-16").into_bytes(),
        ),
        ("UTF-16BE", utf16(u16::to_be_bytes, true)),
        ("UTF-16LE without a mark", utf16(u16::to_le_bytes, false)),
    ];
    for (name, bytes) in cases {
        let outcome = read("a.xml", &bytes);
        assert_eq!(outcome.keys(), ["a.xml#1"], "{name}: {}", outcome.reasons());
        assert_eq!(
            &*outcome.only().text,
            format!("{FIRST}\n\n{SECOND}"),
            "{name}"
        );
        assert_eq!(outcome.skipped.len(), 1, "{name}: an item without text");
    }
    let unclosed = rss().split("]]>").next().unwrap().to_owned();
    assert!(!read("a.xml", unclosed.as_bytes()).issues.is_empty());
}

#[test]
fn atom_and_json_feeds_are_feeds() {
    for (name, text) in [("a.atom", atom()), ("a.json", json_feed())] {
        let outcome = read(name, text.as_bytes());
        assert_eq!(&*outcome.only().text, FIRST, "{name}");
    }
}

#[test]
fn a_list_of_feeds_leads_to_files_beside_it_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("daftar");
    std::fs::create_dir_all(below.join("b")).unwrap();
    std::fs::write(below.join("b/kabar.xml"), rss()).unwrap();
    std::fs::write(below.join("satu.txt"), FIRST).unwrap();
    std::fs::write(folder.path().join("rahasia.txt"), SECOND).unwrap();
    let absolute = below.join("satu.txt");
    let list = format!(
        "<?xml version=\"1.0\"?><opml version=\"2.0\"><body><outline text=\"a\"><outline type=\"rss\" xmlUrl=\"b/kabar.xml\"/></outline>
<outline url='file://{}'/><outline xmlUrl=\"https://kabarfiktif.example/rss\"/><outline xmlUrl=\"../rahasia.txt\"/><outline xmlUrl=\"daftar.opml\"/></body></opml>",
        absolute.display()
    );
    let path = below.join("daftar.opml");
    let list = list.replace("daftar.opml", "lain.opml");
    std::fs::write(&path, list).unwrap();
    let back = "<opml><body><outline xmlUrl=\"daftar.opml\"/></body></opml>";
    std::fs::write(below.join("lain.opml"), back).unwrap();
    let outcome = read_path(&path, Options::default());
    let texts: Vec<_> = outcome.articles.iter().map(|a| &*a.text).collect();
    assert_eq!(texts, [&format!("{FIRST}\n\n{SECOND}"), FIRST]);
    assert_eq!(outcome.articles[0].format.name(), "feed");
    let reasons = outcome.reasons();
    for reason in ["nothing is downloaded", "outside", "another file"] {
        assert!(reasons.contains(reason), "{reason}: {reasons}");
    }
}

#[test]
fn a_list_that_names_itself_or_others_without_end_ends() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("kabar.xml"), rss()).unwrap();
    let names = ["a.opml", "b.opml", "kabar.xml"];
    for name in ["a.opml", "b.opml"] {
        let outlines: String = (0..3000)
            .map(|n| format!("<outline xmlUrl=\"{}\"/>", names[n % 3]))
            .collect();
        let list = format!("<opml version=\"2.0\"><body>{outlines}</body></opml>");
        std::fs::write(folder.path().join(name), list).unwrap();
    }
    let outcome = read_path(&folder.path().join("a.opml"), Options::default());
    assert_eq!(outcome.articles.len(), 1, "{}", outcome.reasons());
    assert_eq!(outcome.issues.len(), 2, "{}", outcome.reasons());
    // Where the folder is read as a whole, its files are there already.
    let outcome = read_path(folder.path(), Options::default());
    assert_eq!(outcome.keys(), ["kabar.xml#1"]);
    assert!(outcome.issues.is_empty(), "{}", outcome.reasons());
}

#[test]
fn markdown_loses_its_marks_and_keeps_its_front_matter() {
    let text = format!(
        "---\ntitle: \"Jembatan Ditutup\"\ndate: 2024-05-06\nauthors:\n  - Dewi Lestiana\n---\n\n{FIRST}\n\n## Biaya\n\n**Kepala dinas** [menjawab](https://x.example).\n"
    );
    let outcome = read("a.md", text.as_bytes());
    let article = outcome.only();
    assert_eq!(article.title().as_deref(), Some("Jembatan Ditutup"));
    assert_eq!(words_of(article, BlockKind::Subhead), ["Biaya"]);
    assert_eq!(
        words_of(article, BlockKind::Paragraph),
        [FIRST, "Kepala dinas menjawab."]
    );
}

#[test]
fn messages_and_pages_saved_as_messages_are_read() {
    assert!(read("a.eml", mail().as_bytes()).only().text.contains(FIRST));
    let outcome = read("a.mhtml", mhtml().as_bytes());
    assert_eq!(
        outcome.only().title().as_deref(),
        Some("Jembatan Kenanga Ditutup")
    );
    assert_eq!(
        words_of(outcome.only(), BlockKind::Subhead),
        ["Biaya perbaikan"]
    );
}

#[test]
fn a_crawls_pages_are_read_plain_and_packed() {
    let records = [
        warc_record("request", ""),
        warc_record("response", &page()),
        warc_record("response", &page()),
    ];
    let plain = records.concat();
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in [("a.warc", plain.clone()), ("a.warc.gz", packed)] {
        let outcome = read(name, &bytes);
        assert_eq!(
            outcome.keys(),
            [format!("{name}#2"), format!("{name}#3")],
            "{}",
            outcome.reasons()
        );
    }
    let cut = read("a.warc", &plain[..plain.len() - 200]);
    assert!(
        cut.reasons().contains("ends in the middle"),
        "{}",
        cut.reasons()
    );
    let wrong = String::from_utf8(plain)
        .unwrap()
        .replace("Content-Length: ", "Content-Length: 1");
    assert!(!read("a.warc", wrong.as_bytes()).issues.is_empty());
}

#[test]
fn what_is_not_read_says_so() {
    let epub = zip(&[("mimetype", b"application/epub+zip")]);
    let cases: [(&str, &[u8], &str); 3] = [
        ("a.pdf", b"%PDF-1.7\n", "PDF"),
        ("a.epub", &epub, "EPUB"),
        ("a.txt", b"%PDF-1.4\n", "PDF"),
    ];
    for (name, bytes, word) in cases {
        assert!(read(name, bytes).reasons().contains(word), "{name}");
    }
}
