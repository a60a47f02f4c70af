//! Files of every format with bits flipped, parts cut out, put in elsewhere and repeated, and
//! lengths and numbers changed: none makes the reader panic, whether that is caught or not, every
//! span lies in its text, what comes out is bounded, and nothing is lost in silence.
//!
//! `KUTIP_MUTATIONS=20000 KUTIP_MUTATION_SEED=1 cargo test --release --test mutate` tries more than
//! a usual run does; a failure names the seed with which it comes again.

#![allow(clippy::unwrap_used)] // a test may fail loudly

#[path = "../formats/samples.rs"]
mod samples;

use std::path::Path;
use std::sync::{LazyLock, Mutex, Once};

use kutip::ingest::Request;
use kutip::model::{Article, Excerpt};
use kutip::text::ByteSpan;
use kutip::work::{Engine, Loaded, load_all};

use samples::{
    atom, gzip, json_feed, lines, mail, markdown, members, mhtml, opml, page, plain, rss, table,
    tar, warc_record, zip,
};

/// Mutated files of a usual run, over all formats.
const MUTATIONS: u64 = 400;
/// Bytes of text that may come of one mutated file: compressed ones may still grow.
const MOST_TEXT: usize = 64 << 20;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(None).unwrap());

/// The places of panics, those that were caught among them.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Takes down every panic of the program. The first reading puts the program's own hook in place.
fn watch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let folder = tempfile::tempdir().unwrap();
        read(folder.path(), "a.xml", rss().as_bytes());
        read(folder.path(), "a.html", page().as_bytes());
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(ToString::to_string);
            let place = place.unwrap_or_default();
            if place.contains("tests/mutate") {
                before(panic);
            } else {
                PANICS.lock().unwrap().push(place);
            }
        }));
    });
}

fn read(folder: &Path, name: &str, bytes: &[u8]) -> Loaded {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    load_all(&ENGINE, &Request::new([path.to_string_lossy()]))
}

/// Numbers that come again with their seed (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// Two places in a text of that length, in order.
    fn range(&mut self, len: usize) -> std::ops::Range<usize> {
        let (one, other) = (self.below(len + 1), self.below(len + 1));
        one.min(other)..one.max(other)
    }
}

/// Bytes that mean something to one format or another.
const MARKS: &[u8] = b"\"'<>&\\{}[],:;\t\r\n\0\xff\xc3\x1f=-#";

/// Harms a file in one way.
fn harm(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len());
    match random.below(10) {
        0..=2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        3 | 4 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = MARKS[random.below(MARKS.len())];
            }
        }
        5 => {
            let range = random.range(bytes.len());
            bytes.drain(range);
        }
        6 => {
            let range = random.range(bytes.len());
            let part = bytes[range].to_vec();
            bytes.splice(at..at, part);
        }
        7 => {
            let end = (at + 1 + random.below(8)).min(bytes.len());
            let count = 1 + random.below(600);
            let part = bytes[at.min(end)..end].repeat(count);
            bytes.splice(at..at, part);
        }
        8 => change_number(bytes, at, random),
        _ => bytes.truncate(at),
    }
}

/// Changes the first number behind a place: one that is written, or else one in four bytes.
fn change_number(bytes: &mut Vec<u8>, from: usize, random: &mut Random) {
    const VALUES: [&str; 6] = [
        "0",
        "1",
        "77777777777",
        "4294967295",
        "18446744073709551615",
        "-1",
    ];
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let written = bytes
        .iter()
        .skip(from)
        .position(is_digit)
        .map(|at| from + at);
    let value = VALUES[random.below(VALUES.len())];
    match written {
        Some(start) if random.below(2) == 0 => {
            let len = bytes[start..]
                .iter()
                .take_while(|byte| is_digit(byte))
                .count();
            bytes.splice(start..start + len, value.bytes());
        }
        _ => {
            let value = value.parse::<u64>().unwrap_or(u64::MAX) as u32;
            if let Some(field) = bytes.get_mut(from..from + 4) {
                field.copy_from_slice(&value.to_le_bytes());
            }
        }
    }
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
    let quotes = article.quotes.iter().flat_map(|quote| {
        let named = [quote.cue, quote.mention, quote.via, quote.addressee];
        let speakers = quote.speakers.iter().copied();
        named
            .into_iter()
            .flatten()
            .chain([quote.span])
            .chain(speakers)
    });
    let is_in_text = |span: ByteSpan| article.text.get(span.range()).is_some();
    blocks.chain(spans).chain(quotes).all(is_in_text)
}

/// What is wrong with the outcome of a file that is not empty.
fn fault_of(loaded: &Loaded) -> Option<String> {
    let panics = std::mem::take(&mut *PANICS.lock().unwrap());
    if !panics.is_empty() {
        return Some(format!("panics at {}", panics.join(", ")));
    }
    let articles = || loaded.corpus.iter().map(|(_, article)| article);
    if let Some(article) = articles().find(|article| !is_sound(article)) {
        return Some(format!("a span outside its text: {article:?}"));
    }
    let text: usize = articles().map(|article| article.text.len()).sum();
    if text > MOST_TEXT {
        return Some(format!("{text} bytes of text"));
    }
    let told = articles().count() + loaded.issues.len() + loaded.skipped.len();
    (told == 0).then(|| "nothing is told of it".to_owned())
}

/// The files of all formats, each as it is and packed in every way.
fn files() -> Vec<(String, Vec<u8>)> {
    let plain: Vec<(&str, Vec<u8>)> = vec![
        ("a.txt", plain().into()),
        (
            "a.json",
            format!("[{}]", lines().trim().replace('\n', ",")).into(),
        ),
        ("a.jsonl", lines().into()),
        ("a.csv", table().into()),
        ("a.tsv", table().replace(',', "\t").into()),
        ("a.html", page().into()),
        ("a.xml", rss().into()),
        ("a.atom", atom().into()),
        ("b.json", json_feed().into()),
        ("a.md", markdown().into()),
        ("a.eml", mail().into()),
        ("a.mhtml", mhtml().into()),
        (
            "a.warc",
            [warc_record("request", ""), warc_record("response", &page())].concat(),
        ),
        ("a.opml", opml().into()),
        #[cfg(feature = "parquet")]
        ("a.parquet", samples::parquet_table()),
    ];
    let mut files: Vec<_> = vec![
        ("b.zip".to_owned(), zip(&[("b.zip", &zip(&members()))])),
        ("b.tar.gz".to_owned(), gzip(&tar(&members()))),
    ];
    for (name, bytes) in plain {
        let zst = zstd::encode_all(&*bytes, 1).unwrap();
        files.push((format!("{name}.gz"), gzip(&bytes)));
        files.push((format!("{name}.zst"), zst));
        files.push((format!("{name}.zip"), zip(&[(name, &bytes)])));
        files.push((format!("{name}.tar"), tar(&[(name, &bytes)])));
        files.push((name.to_owned(), bytes));
    }
    files
}

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn no_mutated_file_breaks_the_reader_or_is_lost_in_silence() {
    watch_panics();
    let files = files();
    let seed = asked("KUTIP_MUTATION_SEED").unwrap_or(1);
    let mutations = asked("KUTIP_MUTATIONS").unwrap_or(MUTATIONS);
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &files {
        let loaded = read(folder.path(), name, bytes);
        assert_eq!(fault_of(&loaded), None, "{name} as it is");
    }
    for number in 0..mutations {
        // Each mutation has a seed of its own, so that it comes again alone.
        let seed = seed.wrapping_add(number);
        let mut random = Random(seed);
        let (name, whole) = &files[random.below(files.len())];
        let mut bytes = whole.clone();
        for _ in 0..=random.below(8) {
            harm(&mut bytes, &mut random);
        }
        let loaded = read(folder.path(), name, &bytes);
        let fault = fault_of(&loaded);
        assert_eq!(
            fault, None,
            "{name}: KUTIP_MUTATIONS=1 KUTIP_MUTATION_SEED={seed}"
        );
    }
}
