//! Real files of every format with bytes changed, parts cut off and parts put in elsewhere: none
//! makes the reader panic, and every span that it gives lies in its text.
//!
//! `PROPTEST_CASES=5000 cargo test --test formats damage` tries more than a usual run does.

use kutip::model::{Article, Excerpt};
use proptest::prelude::*;

use super::{
    FIRST, SECOND, atom, gzip, json_feed, mail, mhtml, page, read, rss, table, tar, warc_record,
    zip,
};

/// Cases of a usual run, for each format.
const CASES: u32 = 24;

fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(CASES),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// One way of harming a file; places are shares of its length.
#[derive(Clone, Debug)]
enum Harm {
    /// One byte becomes another.
    Flip(u16, u8),
    /// The end is cut off.
    Cut(u16),
    /// What lies between two places is put in at a third.
    Splice(u16, u16, u16),
    /// What lies between two places is taken out.
    Drop(u16, u16),
    /// A few bytes are put in many times over.
    Repeat(u16, Vec<u8>, u16),
}

fn harm() -> impl Strategy<Value = Harm> {
    let mark = prop_oneof![Just(b'"'), Just(b'<'), Just(0), Just(0xff), any::<u8>()];
    let piece = prop::collection::vec(prop_oneof![Just(b'<'), Just(b'['), any::<u8>()], 1..6);
    prop_oneof![
        6 => (any::<u16>(), mark).prop_map(|(at, byte)| Harm::Flip(at, byte)),
        1 => any::<u16>().prop_map(Harm::Cut),
        1 => any::<(u16, u16, u16)>().prop_map(|(from, to, at)| Harm::Splice(from, to, at)),
        1 => any::<(u16, u16)>().prop_map(|(from, to)| Harm::Drop(from, to)),
        1 => (any::<u16>(), piece, 1..600_u16).prop_map(|(at, piece, n)| Harm::Repeat(at, piece, n)),
    ]
}

fn damage(bytes: &[u8], harms: &[Harm]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for harm in harms {
        let place = |at: u16| usize::from(at) * bytes.len() / usize::from(u16::MAX);
        match harm {
            Harm::Flip(at, value) => {
                let at = place(*at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = *value;
                }
            }
            Harm::Cut(at) => bytes.truncate(place(*at)),
            Harm::Splice(from, to, at) => {
                let (from, to, at) = (place(*from.min(to)), place(*from.max(to)), place(*at));
                let part = bytes[from..to].to_vec();
                bytes.splice(at..at, part);
            }
            Harm::Drop(from, to) => {
                let (from, to) = (place(*from.min(to)), place(*from.max(to)));
                bytes.drain(from..to);
            }
            Harm::Repeat(at, piece, count) => {
                let at = place(*at);
                bytes.splice(at..at, piece.repeat(usize::from(*count)));
            }
        }
    }
    bytes
}

/// Whether every span lies in the text, on character boundaries.
fn is_sound(article: &Article) -> bool {
    let structure = &article.structure;
    let blocks = structure.blocks.iter().map(|block| block.span);
    let excerpts = structure
        .reporters
        .iter()
        .chain(&structure.editors)
        .chain(&structure.credits)
        .chain(structure.captions.iter().map(|caption| &caption.text))
        .chain(structure.title.iter().map(|title| &title.text));
    let spans = excerpts.filter_map(|excerpt| match excerpt {
        Excerpt::Span(span) => Some(*span),
        Excerpt::Given(_) => None,
    });
    blocks
        .chain(spans)
        .all(|span| article.text.get(span.range()).is_some())
}

macro_rules! formats {
    ($($(#[$only:meta])? $test:ident $name:literal $bytes:expr;)*) => {
        $(
            $(#[$only])?
            #[test]
            fn $test() {
                let whole: Vec<u8> = $bytes.into();
                let sound = read($name, &whole);
                assert!(
                    !sound.articles.is_empty() || !sound.issues.is_empty() || !sound.skipped.is_empty(),
                    "the whole file is read"
                );
                proptest!(config(), |(harms in prop::collection::vec(harm(), 1..10))| {
                    let outcome = read($name, &damage(&whole, &harms));
                    prop_assert!(outcome.articles.iter().all(is_sound));
                });
            }
        )*
    };
}

fn lines() -> String {
    let line = |title: &str, text: &str| {
        let record = serde_json::json!({"judul": title, "isi": text, "meta": {"penulis": ["Dewi Lestiana"]}});
        format!("{record}\n")
    };
    line("Satu", FIRST) + &line("Dua", SECOND)
}

fn plain() -> String {
    format!(
        "KABAR FIKTIF\nSenin, 6 Mei 2024 | 08:15 WIB\n\nJembatan Kenanga Ditutup\n\nOleh: Dewi Lestiana\n\nSURAPATI, Kabar Fiktif - {FIRST}\n\n{SECOND}\n\n(dl/rw)\n"
    )
}

fn markdown() -> String {
    format!(
        "---\ntitle: T\ndate: 2024-05-06\n---\n# J\n\n{FIRST}\n\n- a\n- b\n\n> c\n\n| a | b |\n|-|-|\n"
    )
}

fn opml() -> String {
    "<opml version=\"2.0\"><body><outline text=\"a\"><outline xmlUrl=\"b.xml\"/><outline url='file:///c.xml'/></outline></body></opml>".to_owned()
}

fn members() -> [(&'static str, &'static [u8]); 3] {
    [
        ("a.txt", FIRST.as_bytes()),
        ("b.html", b"<html><p>Isi.</p>"),
        ("c.jsonl", b"{\"text\": \"Berita.\"}\n"),
    ]
}

formats! {
    damaged_text "a.txt" plain();
    damaged_json "a.json" format!("[{}]", lines().trim().replace('\n', ","));
    damaged_json_lines "a.jsonl" lines();
    damaged_html "a.html" page();
    damaged_csv "a.csv" table();
    damaged_tsv "a.tsv" table().replace(',', "\t");
    damaged_zip "a.zip" zip(&members());
    damaged_zip_in_zip "a.zip" zip(&[("b.zip", &zip(&members()))]);
    damaged_tar "a.tar" tar(&members());
    damaged_tar_gz "a.tar.gz" gzip(&tar(&members()));
    damaged_tar_zst "a.tar.zst" zstd::encode_all(&*tar(&members()), 1).unwrap();
    damaged_gz "a.jsonl.gz" gzip(lines().as_bytes());
    damaged_zst "a.html.zst" zstd::encode_all(page().as_bytes(), 1).unwrap();
    damaged_rss "a.xml" rss();
    damaged_atom "a.atom" atom();
    damaged_json_feed "a.json" json_feed();
    damaged_opml "a.opml" opml();
    damaged_markdown "a.md" markdown();
    damaged_mail "a.eml" mail();
    damaged_mhtml "a.mhtml" mhtml();
    #[cfg(feature = "parquet")]
    damaged_parquet "a.parquet" super::parquet::table();
    damaged_warc "a.warc" [warc_record("request", ""), warc_record("response", &page())].concat();
    damaged_warc_gz "a.warc.gz" gzip(&warc_record("response", &page()));
}
