//! A record that is faulty takes no other with it, and its fault names it.

use kutip::ingest::Options;

use super::{
    FIRST, Outcome, SECOND, THIRD, gzip, json_feed, mail, mhtml, page, read, read_with, rss,
    tar as archive, warc_record, zip,
};

/// The texts of a file and the records that faults name.
fn told(outcome: &Outcome) -> (Vec<&str>, Vec<&str>) {
    let texts = outcome.articles.iter().map(|article| &*article.text);
    let records = outcome.issues.iter();
    let records = records.map(|issue| issue.record.as_deref().unwrap_or("-"));
    (texts.collect(), records.collect())
}

#[test]
fn a_faulty_value_takes_no_other_of_its_file() {
    // What stands in the middle of three records, the text that it has, and the record that a
    // fault names.
    let cases: &[(&str, Option<&str>, Option<&str>)] = &[
        (
            r#"{"judul": "B", "isi": "Isi.", "skor": NaN}"#,
            Some("Isi."),
            None,
        ),
        (r#"{"judul": "B", "isi": "Isi.",}"#, Some("Isi."), None),
        (
            r#"{"judul": "B", "isi": "Hari Jum\'at."}"#,
            Some("Hari Jum'at."),
            Some("2"),
        ),
        (
            "{\"judul\": \"B\", \"isi\": \"Kolom\tdua.\"}",
            Some("Kolom\tdua."),
            Some("2"),
        ),
        (
            r#"{"judul": "B", "isi": "Isi \ud83d."}"#,
            Some("Isi \u{fffd}."),
            Some("2"),
        ),
        (r#"{"judul": "B", "isi": tidak}"#, None, Some("2")),
        (
            r#"{"judul": "B", "kutipan": [{"judul": "x", "isi": "y"}, {"judul": "x", "isi": "z"}], "isi": tidak}"#,
            None,
            Some("2"),
        ),
        (r#"{"judul": "B", "isi": "Tanpa akhir}"#, None, Some("2")),
        (r#"{"judul": "B", "isi": "Isi.""#, None, Some("2")),
        (r#"{"judul": "B", "isi": ["Isi."}"#, None, Some("2")),
        (r#"{"judul": "B"]"#, None, Some("2")),
        ("oops: 3", None, Some("2")),
    ];
    let record = |title: &str, text: &str| format!(r#"{{"judul": "{title}", "isi": "{text}"}}"#);
    let (first, last) = (record("A", "Satu."), record("C", "Tiga."));
    for (middle, text, fault) in cases {
        let files = [
            ("a.json", format!("[{first},\n{middle},\n{last}]")),
            ("a.jsonl", format!("{first}\n{middle}\n{last}\n")),
            (
                "b.json",
                format!("{{\"articles\": [{first}, {middle}, {last}], \"total\": 3}}"),
            ),
        ];
        for (name, file) in files {
            let outcome = read(name, file.as_bytes());
            let (texts, faults) = told(&outcome);
            let expected: Vec<_> = ["Satu."]
                .into_iter()
                .chain(*text)
                .chain(["Tiga."])
                .collect();
            assert_eq!(texts, expected, "{name}: {middle}: {}", outcome.reasons());
            let (line, record) = (2, fault.is_some());
            assert_eq!(!faults.is_empty(), record, "{name}: {middle}");
            if let Some(issue) = outcome.issues.first() {
                assert_eq!(issue.record.as_deref(), *fault, "{name}: {middle}: {issue}");
                if name == "a.json" {
                    assert_eq!(issue.line, Some(line), "{middle}: {issue}");
                }
            }
        }
    }
}

#[test]
fn what_ends_too_early_says_so() {
    let whole = format!(r#"[{{"isi": "{FIRST}"}}, {{"isi": "{THIRD}"}}"#);
    for cut in [whole.len() - 10, whole.len()] {
        let outcome = read("a.json", &whole.as_bytes()[..cut]);
        assert_eq!(&*outcome.articles[0].text, FIRST);
        assert_eq!(outcome.issues.len(), 1, "{}", outcome.reasons());
    }
    let pair = format!(r#"{{"isi": "{FIRST}"}} {{"isi": oops}} {{"isi": "{THIRD}"}}"#);
    let outcome = read("a.json", pair.as_bytes());
    assert_eq!(told(&outcome).0, [FIRST, THIRD], "{}", outcome.reasons());
    assert_eq!(outcome.issues.len(), 1);
}

#[test]
fn a_faulty_item_takes_no_other_of_its_feed() {
    let rss = |item: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>R & D</title>\n<item><title>A</title><description>Satu.</description></item>\n{item}\n<item><title>C</title><description>Tiga.</description></item></channel></rss>"
        )
    };
    let atom = |entry: &str| {
        let entry = entry
            .replace("item>", "entry>")
            .replace("description>", "summary>");
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>R & D</title>\n\n<entry><title>A</title><summary>Satu.</summary></entry>\n{entry}\n<entry><title>C</title><summary>Tiga.</summary></entry></feed>"
        )
    };
    let item =
        |words: &str| format!("<item><title>B</title><description>{words}</description></item>");
    let cases = [
        (item("Pasar Air & Batu."), Some("Pasar Air & Batu.")),
        (item("Suhu < 5 derajat."), Some("Suhu < 5 derajat.")),
        (item("Suhu &#0; derajat."), Some("Suhu \u{fffd} derajat.")),
        (item("Baris.<br>Lagi."), Some("Baris.\nLagi.")),
        (item("<p>Isi."), Some("Isi.")),
        (
            "<item><title>B</title><description>Isi.</item>".to_owned(),
            None,
        ),
        (
            "<item><title>B</title><description><![CDATA[Isi.</description></item>".to_owned(),
            Some("Isi."),
        ),
    ];
    for (item, text) in cases {
        for (name, file) in [("a.xml", rss(&item)), ("a.atom", atom(&item))] {
            let outcome = read(name, file.as_bytes());
            let (texts, faults) = told(&outcome);
            let expected: Vec<_> = ["Satu."].into_iter().chain(text).chain(["Tiga."]).collect();
            assert_eq!(texts, expected, "{name}: {item}: {}", outcome.reasons());
            assert_eq!(faults, ["2"], "{name}: {item}: {}", outcome.reasons());
            assert_eq!(outcome.issues[0].line, Some(4), "{name}: {item}");
            let outlet = outcome.articles[0].outlet();
            assert_eq!(outlet, Some("R & D"), "{name}: {item}");
        }
    }
    let broken = json_feed().replace("\"items\"", "\"x\": oops, \"items\"");
    assert_eq!(told(&read("a.json", broken.as_bytes())).0, [FIRST]);
}

#[test]
fn what_a_feed_says_of_all_items_is_short() {
    let title = "Kabar ".repeat(200_000);
    let items = "<item><description>Isi.</description></item>".repeat(2000);
    let feed =
        format!("<rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>");
    let outcome = read("a.xml", feed.as_bytes());
    assert_eq!(outcome.articles.len(), 2000);
    let outlets = outcome.articles.iter().map(|article| article.outlet());
    let longest = outlets.map(|outlet| outlet.unwrap_or_default().len()).max();
    assert!(longest <= Some(1024), "{longest:?}");
}

#[test]
fn members_of_one_name_are_all_read() {
    let members: [(&str, &[u8]); 3] = [
        ("a.txt", FIRST.as_bytes()),
        ("b.txt", SECOND.as_bytes()),
        ("c.txt", THIRD.as_bytes()),
    ];
    let renamed = |bytes: Vec<u8>| {
        let mut bytes = bytes;
        while let Some(at) = bytes.windows(5).position(|name| name == b"b.txt") {
            bytes[at] = b'a';
        }
        bytes
    };
    let outcome = read("a.zip", &renamed(zip(&members)));
    assert_eq!(
        told(&outcome).0,
        [FIRST, SECOND, THIRD],
        "{}",
        outcome.reasons()
    );
    assert!(outcome.issues.is_empty());
    // A directory that breaks off names what it has named before.
    let mut broken = zip(&members);
    let at = broken
        .windows(4)
        .rposition(|mark| mark == b"PK\x01\x02")
        .unwrap();
    broken[at] = b'X';
    let outcome = read("a.zip", &broken);
    assert_eq!(told(&outcome), (vec![FIRST, SECOND], vec!["member 3"]));
}

#[test]
fn a_message_is_read_with_all_its_parts() {
    let part = |kind: &str, body: &str| format!("--B\r\nContent-Type: {kind}\r\n\r\n{body}\r\n");
    let message = |kind: &str, parts: &[String]| {
        let parts = parts.concat();
        format!(
            "From: Dewi <d@kabarfiktif.example>\r\nSubject: S\r\nDate: Mon, 06 May 2024 08:15:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=\"B\"\r\n\r\n{parts}--B--\r\n"
        )
    };
    let (plain, html) = ("text/plain; charset=utf-8", "text/html; charset=utf-8");
    let tagged = format!("<p>{SECOND}</p>");
    let mixed = message(
        "mixed",
        &[
            part(plain, FIRST),
            part(html, &tagged),
            part(plain, THIRD),
            part("image/png; name=\"foto.png\"", "x"),
            part("message/rfc822", &mail()),
        ],
    );
    let outcome = read("a.eml", mixed.as_bytes());
    let (texts, _) = told(&outcome);
    assert_eq!(texts[0].trim(), format!("{FIRST}\n\n{SECOND}\n\n{THIRD}"));
    assert!(texts[1].contains(FIRST), "{texts:?}");
    assert_eq!(outcome.articles[1].record.as_deref(), Some("2"));
    let reasons: Vec<_> = outcome
        .skipped
        .iter()
        .map(|skipped| &*skipped.reason)
        .collect();
    assert_eq!(reasons, ["an attachment: foto.png"]);
    let alternative = message("alternative", &[part(plain, FIRST), part(html, &tagged)]);
    assert_eq!(
        told(&read("a.eml", alternative.as_bytes())).0[0].trim(),
        FIRST
    );
    let alone = message("alternative", &[part(html, &tagged)]);
    assert_eq!(told(&read("a.eml", alone.as_bytes())).0, [SECOND]);
    let broken = format!("{plain}\r\nContent-Transfer-Encoding: base64");
    let broken = message(
        "mixed",
        &[
            part(plain, FIRST),
            part(&broken, "#%&!"),
            part(plain, THIRD),
        ],
    );
    let outcome = read("a.eml", broken.as_bytes());
    assert_eq!(told(&outcome).0[0].trim(), format!("{FIRST}\n\n{THIRD}"));
    assert_eq!(told(&outcome).1, ["1"], "{}", outcome.reasons());
}

#[test]
fn the_limit_of_a_text_holds_in_every_format() {
    let files = [
        ("a.txt", format!("{FIRST}\n\n{THIRD}").into_bytes()),
        ("a.json", format!("[{{\"isi\": \"{FIRST}\"}}]").into_bytes()),
        ("a.csv", format!("id,isi\n1,\"{FIRST}\"\n").into_bytes()),
        ("a.html", page().into_bytes()),
        ("a.xml", rss().into_bytes()),
        ("a.eml", mail().into_bytes()),
        ("a.mhtml", mhtml().into_bytes()),
        ("a.md", format!("# J\n\n{FIRST}\n").into_bytes()),
        ("a.warc", warc_record("response", &page())),
        ("a.zip", zip(&[("a.eml", mail().as_bytes())])),
    ];
    for (name, bytes) in files {
        let mut options = Options::default();
        options.text_limit = 100;
        let outcome = read_with(name, &bytes, options);
        let article = outcome.only();
        assert!(article.text.len() <= 100, "{name}: {}", article.text.len());
        let blocks = article.structure.blocks.iter();
        assert!(
            blocks
                .into_iter()
                .all(|block| article.text.get(block.span.range()).is_some())
        );
        assert!(
            outcome.reasons().contains("longer than"),
            "{name}: {}",
            outcome.reasons()
        );
    }
}

/// A member of a TAR of which nothing is kept but its length.
fn hollow(len: u64) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_path("berita.jsonl").unwrap();
    header.set_entry_type(tar::EntryType::GNUSparse);
    header.set_size(512);
    let number = |field: &mut [u8; 12], value: u64| {
        *field = [0; 12];
        field[0] = 0x80;
        field[4..].copy_from_slice(&value.to_be_bytes());
    };
    let gnu = header.as_gnu_mut().unwrap();
    number(&mut gnu.realsize, len);
    number(&mut gnu.sparse[0].offset, 0);
    number(&mut gnu.sparse[0].numbytes, 512);
    number(&mut gnu.sparse[1].offset, len);
    number(&mut gnu.sparse[1].numbytes, 0);
    header.set_cksum();
    let text = format!("{{\"isi\": \"{FIRST}\"}}\n");
    let mut builder = tar::Builder::new(Vec::new());
    builder
        .append(&header, format!("{text:512}").as_bytes())
        .unwrap();
    builder.into_inner().unwrap()
}

#[test]
fn holes_are_not_read_to_their_end() {
    let outcome = read("a.tar", &hollow(1_000_000_000_000_000_000));
    assert!(
        outcome.reasons().contains("berita.jsonl"),
        "{}",
        outcome.reasons()
    );
    assert!(
        outcome.reasons().contains("250-fold"),
        "{}",
        outcome.reasons()
    );
    assert_eq!(told(&read("a.tar", &hollow(4096))).0, [FIRST]);
}

#[test]
fn bodies_that_grow_as_no_page_does_are_cut() {
    let record = |page: &[u8]| {
        let http = [
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n",
            page,
        ]
        .concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            http.len()
        );
        [head.as_bytes(), &http, b"\r\n\r\n"].concat()
    };
    let good = record(&gzip(page().as_bytes()));
    let bomb = format!("<html><p>{FIRST}</p><!--{}", " ".repeat(20 << 20));
    let bomb = record(&gzip(bomb.as_bytes()));
    let file = [good.clone(), bomb.repeat(9), good].concat();
    let outcome = read("a.warc", &file);
    assert_eq!(outcome.articles.len(), 11, "{}", outcome.reasons());
    let grown = outcome.issues.iter();
    let grown = grown.filter(|issue| issue.reason.contains("decompression bomb"));
    let records: Vec<_> = grown.filter_map(|issue| issue.record.as_deref()).collect();
    assert_eq!(records, ["2", "3", "4", "5", "6", "7", "8", "9", "10"]);
}

#[test]
fn a_name_of_any_length_is_not_held() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_path("././@LongLink").unwrap();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(8 << 20);
    header.set_cksum();
    let name = vec![b'a'; 8 << 20];
    builder.append(&header, &*name).unwrap();
    let bytes = [
        archive(&[("satu.txt", FIRST.as_bytes())]),
        builder.into_inner().unwrap(),
    ];
    // The first archive's end is not the end of what is appended to it.
    let first = &bytes[0][..bytes[0].len() - 1024];
    let outcome = read("a.tar", &[first, &bytes[1]].concat());
    assert_eq!(told(&outcome).0, [FIRST]);
    assert!(
        outcome.reasons().contains("too long"),
        "{}",
        outcome.reasons()
    );
}
