//! The evaluation: how many quotations, speakers and fields of invented articles are found.
//!
//! `cargo test --test articles` prints precision and recall by language and kind, and fails where a
//! score falls below its floor; `-- --misses` lists each miss. The articles stand in the folders named
//! by their language. The header of one (`#! title: …`) says what its fields are; in its text
//! `[[D Rina Halim|Kami menunggu]]` is a direct quotation, `I` an indirect one and `F` a fragment. `/`
//! parts forms of a name that are all right, `&` several speakers, and `-` stands for none.

#![allow(clippy::unwrap_used)] // a test may fail loudly
#![allow(clippy::print_stdout)] // it prints its table

mod markup;
mod score;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kutip::ingest::Request;
use kutip::model::Article;
use kutip::work::{Engine, load_all};
use markup::Annotated;
use score::Score;

/// The lowest share of a measure that passes: language, measure, share. Only ever raised.
const FLOORS: &[(&str, &str, f64)] = &[
    ("id", "fields", 0.91),
    ("id", "direct recall", 1.00),
    ("id", "direct precision", 0.97),
    ("id", "direct speaker", 0.95),
    ("id", "indirect recall", 0.87),
    ("id", "indirect precision", 0.94),
    ("id", "indirect speaker", 0.87),
    ("id", "clean name", 0.89),
    ("en", "fields", 0.81),
    ("en", "direct recall", 0.96),
    ("en", "direct precision", 1.00),
    ("en", "direct speaker", 0.92),
    ("en", "indirect recall", 0.90),
    ("en", "indirect precision", 0.92),
    ("en", "indirect speaker", 0.97),
    ("en", "clean name", 0.87),
    ("de", "fields", 0.84),
    ("de", "direct recall", 0.95),
    ("de", "direct precision", 0.93),
    ("de", "direct speaker", 0.88),
    ("de", "indirect recall", 0.86),
    ("de", "indirect precision", 0.97),
    ("de", "indirect speaker", 0.92),
    ("de", "clean name", 0.89),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_asked =
        |argument: &String| argument.starts_with('-') || "articles".contains(&**argument);
    if arguments.iter().any(|argument| argument == "--list") || !arguments.iter().all(is_asked) {
        return ExitCode::SUCCESS;
    }
    let misses = arguments.iter().any(|argument| argument == "--misses");
    let engine = Engine::new(None).unwrap();
    let mut below = Vec::new();
    for lang in ["id", "en", "de"] {
        let mut score = Score::new(misses);
        for path in annotated_files(lang) {
            let annotated = Annotated::parse(&std::fs::read_to_string(&path).unwrap());
            let article = read(&engine, &annotated);
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            score.compare(&format!("{lang}/{name}"), &annotated, &article);
        }
        print!("{}", score.table(lang));
        let floors = FLOORS.iter().filter(|floor| floor.0 == lang);
        below.extend(floors.filter(|floor| score.share(floor.1) < floor.2));
    }
    for (lang, measure, floor) in &below {
        println!("{lang}: {measure} is below its floor of {floor:.3}");
    }
    if below.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn annotated_files(lang: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/articles")
        .join(lang);
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// What the program makes of the page without its annotation.
fn read(engine: &Engine, annotated: &Annotated) -> Article {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("annotated-article.txt");
    std::fs::write(&path, &annotated.text).unwrap();
    let loaded = load_all(engine, &Request::new([path.to_string_lossy()]));
    let article = loaded.corpus.iter().next();
    article
        .map(|(_, article)| article.clone())
        .unwrap_or_default()
}
