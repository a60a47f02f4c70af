//! Benchmarks loading a folder against a bare parallel read of the same files, and the steps after
//! it: `cargo bench --bench load -- FOLDER [WORD]`. Prints a table. Reads are medians of several
//! rounds with warm file caches.

#![allow(clippy::print_stdout)] // the table is what it is run for

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use kutip::cache::CacheDir;
use kutip::ingest::{Report, Request};
use kutip::language::Packs;
use kutip::model::Corpus;
use kutip::search::{Context, Filter, Index, NoFacts, Order, Query, Terms};
use kutip::work::{Engine, SurveyRequest, survey};
use rayon::prelude::*;

const ROUNDS: usize = 3;
/// Number of articles for which related articles are requested.
const RELATED: usize = 100;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with('-'));
    let Some(folder) = args.next() else {
        println!("usage: cargo bench --bench load -- FOLDER [WORD]");
        return;
    };
    let word = args.next().unwrap_or_else(|| "presiden".to_owned());
    let files = files(Path::new(&folder));
    let (bytes, bare) = bare_read(&files);
    println!("{} files, {:.1} MB", files.len(), bytes as f64 / 1e6);
    let row = |name: &str, time: Duration| {
        let ratio = time.as_secs_f64() / bare.as_secs_f64();
        println!("{name:34} {time:>10.1?} {ratio:>7.2} × bare read");
    };
    row("bare parallel read", bare);
    let before = resident();
    let engine = || Engine::new(None).expect("the embedded packs are right");
    let loaded = load(&engine(), &folder);
    row("first articles readable", loaded.first);
    row("all articles readable", loaded.all);
    let corpus = &loaded.corpus;
    let in_memory = |name: &str, bytes: usize| {
        let ratio = bytes as f64 / text_bytes(corpus).max(1) as f64;
        println!(
            "{name:34} {:>8.1} MB {ratio:>6.2} × text",
            bytes as f64 / 1e6
        );
    };
    in_memory("memory of the articles", resident().saturating_sub(before));
    let start = Instant::now();
    let index = Index::of(corpus);
    row("key lines", start.elapsed());
    let (first, rest) = typed(corpus, &index);
    row("  a key, first hundred, median", median(first.clone()));
    row("  a key, first hundred, 95 %", most(first));
    row("  and all the others, median", median(rest));
    let start = Instant::now();
    let terms = Terms::of(corpus);
    row("term index", start.elapsed());
    in_memory("memory of the terms", terms.bytes());
    in_memory("memory of everything", resident().saturating_sub(before));
    let by_terms = search(corpus, &index, &word, Some(&terms));
    let by_looking = search(corpus, &index, &word, None);
    assert_eq!(
        by_terms.0, by_looking.0,
        "the index finds what a look finds"
    );
    println!("text:{word} {} articles", by_terms.0);
    row("  by terms", by_terms.1);
    row("  by looking", by_looking.1);
    match ripgrep(&folder, &word) {
        Some(time) => row("  ripgrep -lFi", time),
        None => println!("  ripgrep is not installed"),
    }
    drop((index, terms));
    relate(corpus, engine().packs(), &row);
    drop(loaded);
    let [first, second] = reopen(engine(), &folder);
    row("first opening, cache written", first.all);
    row("second opening, first articles", second.first);
    row("second opening, all articles", second.all);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    let below = |path: PathBuf| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    };
    paths.into_iter().flat_map(below).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn bare_read(files: &[PathBuf]) -> (u64, Duration) {
    let mut total = 0;
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let read = files
            .par_iter()
            .map(|path| std::fs::read(path).map_or(0, |b| b.len() as u64));
        total = read.sum();
        start.elapsed()
    });
    let times = times.collect();
    (total, median(times))
}

struct Loaded {
    corpus: Corpus,
    first: Duration,
    all: Duration,
}

/// Measures the first opening, which fills the cache, and the second, which uses it.
fn reopen(engine: Engine, folder: &str) -> [Loaded; 2] {
    let cache = tempfile::tempdir().expect("a temporary folder");
    let engine = engine.with_cache(CacheDir::new(cache.path().to_owned()));
    [0, 1].map(|_| load(&engine, folder))
}

fn load(engine: &Engine, folder: &str) -> Loaded {
    let start = Instant::now();
    let first = OnceLock::new();
    let corpus = Mutex::new(Corpus::default());
    let request = Request::new([folder]);
    engine.load(&request, &AtomicBool::new(false), |report| {
        if let Report::Articles(articles) = report {
            first.get_or_init(|| start.elapsed());
            let mut corpus = corpus.lock().expect("no panic");
            *corpus = corpus.with(articles);
        }
    });
    Loaded {
        all: start.elapsed(),
        first: first.get().copied().unwrap_or_default(),
        corpus: corpus.into_inner().expect("no panic"),
    }
}

fn text_bytes(corpus: &Corpus) -> usize {
    corpus.iter().map(|(_, article)| article.text.len()).sum()
}

/// Returns the bytes of memory in use, if the system reports it.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// Returns the 95th percentile.
fn most(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times
        .get(times.len() * 95 / 100)
        .copied()
        .unwrap_or_default()
}

/// Returns, for each key of some words, the time until the first hundred articles are known and
/// from there until all are sorted.
fn typed(corpus: &Corpus, index: &Index) -> (Vec<Duration>, Vec<Duration>) {
    let (order, cancel) = (Order::as_read(), AtomicBool::new(false));
    let context = Context {
        facts: &NoFacts,
        order: &order,
        cancel: &cancel,
        terms: None,
    };
    let mut filter = Filter::default();
    // Lays out the lines, as the app does before anyone types.
    filter.run(&Query::default(), corpus, index, &context);
    let words = ["kim", "prabow", "presiden", "putin", "surat"];
    let typed = words
        .iter()
        .flat_map(|word| (1..=word.len()).filter_map(|end| word.get(..end)));
    let times = typed.map(|typed| {
        let query = Query::parse(typed, NaiveDate::default()).unwrap_or_default();
        let start = Instant::now();
        filter.best(&query, corpus, index, &context);
        let first = start.elapsed();
        std::hint::black_box(filter.all(corpus, &context));
        let rest = start.elapsed().saturating_sub(first);
        // The app does this between two keys.
        filter.narrow(&context);
        (first, rest)
    });
    times.unzip()
}

fn search(corpus: &Corpus, index: &Index, word: &str, terms: Option<&Terms>) -> (usize, Duration) {
    let query = Query::parse(&format!("text:{word}"), NaiveDate::default()).unwrap_or_default();
    let (order, cancel) = (Order::as_read(), AtomicBool::new(false));
    let context = Context {
        facts: &NoFacts,
        order: &order,
        cancel: &cancel,
        terms,
    };
    let mut found = 0;
    let times = (0..ROUNDS).map(|_| {
        let mut filter = Filter::default();
        // Lays out the lines; the app does this long before anyone types.
        filter.run(&Query::default(), corpus, index, &context);
        let start = Instant::now();
        let hits = filter.run(&query, corpus, index, &context);
        found = hits.map_or(0, |hits| hits.ids().len());
        start.elapsed()
    });
    let times = times.collect();
    cancel.store(true, Ordering::Relaxed);
    (found, median(times))
}

/// Measures the survey of the corpus, and related articles: the slowest and the median of a sample.
fn relate(corpus: &Corpus, packs: &Packs, row: &dyn Fn(&str, Duration)) {
    let start = Instant::now();
    let request = SurveyRequest {
        corpus: corpus.clone(),
        joins: Arc::default(),
    };
    // Runs in threads of its own, like the app: the memory that these must tidy up then delays no
    // query.
    let survey = survey(packs, &request, (&AtomicBool::new(false), &|_| {}));
    let survey = survey.expect("nobody cancels it");
    row("stories, copies and variants", start.elapsed());
    let step = (corpus.len() / RELATED).max(1);
    let times = corpus.iter().step_by(step).map(|(id, _)| {
        let start = Instant::now();
        std::hint::black_box(survey.related((corpus, packs), id, 50));
        start.elapsed()
    });
    let times: Vec<_> = times.collect();
    row(
        "  related articles of one, slowest",
        times.iter().max().copied().unwrap_or_default(),
    );
    row("  related articles of one, median", median(times));
}

fn ripgrep(folder: &str, word: &str) -> Option<Duration> {
    let run = || {
        let start = Instant::now();
        let mut command = Command::new("rg");
        let command = command.args(["-lFi", "--no-messages", word, folder]);
        command.stdout(Stdio::null()).status().ok()?;
        Some(start.elapsed())
    };
    (0..ROUNDS)
        .map(|_| run())
        .collect::<Option<_>>()
        .map(median)
}
