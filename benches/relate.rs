//! What a survey of a corpus costs beside its loading, step by step, and one article's related
//! ones: `KUTIP_BENCH_CORPUS=FOLDER cargo bench --bench relate`. Prints a table of one run, since a
//! corpus worth measuring takes minutes; nothing is read where the variable is not set.

#![allow(clippy::print_stdout)] // the table is what it is run for

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use kutip::ingest::Request;
use kutip::language::Packs;
use kutip::model::{ArticleId, Corpus};
use kutip::people::Joins;
use kutip::relate::{Run, Step, Survey};
use kutip::work::{Engine, load_all};

/// Articles whose related ones are asked for, spread over the corpus.
const ASKED: usize = 400;
/// Related articles that are asked for, as the reader asks.
const RELATED: usize = 100;

fn main() {
    let Ok(folder) = std::env::var("KUTIP_BENCH_CORPUS") else {
        println!("usage: KUTIP_BENCH_CORPUS=FOLDER cargo bench --bench relate");
        return;
    };
    let engine = Engine::new(None).expect("the embedded packs are right");
    let start = Instant::now();
    let loaded = load_all(&engine, &Request::new([folder]));
    let loading = start.elapsed();
    let corpus = &loaded.corpus;
    let row = |name: &str, time: Duration| {
        let ratio = time.as_secs_f64() / loading.as_secs_f64();
        println!("{name:24} {time:>10.1?} {ratio:>6.2} × loading");
    };
    println!("{} articles", corpus.len());
    row("loading", loading);
    let survey = survey(corpus, engine.packs(), &row);
    println!(
        "{} groups of copies, {} stories, {} utterances, {} speakers",
        survey.copies.groups().len(),
        survey.stories.list().len(),
        survey.variants.list().len(),
        survey.directory.people().len()
    );
    related(&survey, corpus, engine.packs());
}

/// Surveys; a step lasts from the end of the one before to its own last report.
fn survey(corpus: &Corpus, packs: &Packs, row: &impl Fn(&str, Duration)) -> Survey {
    let ends: Mutex<BTreeMap<Duration, Step>> = Mutex::default();
    let start = Instant::now();
    let progress = |step, done, all| {
        if done == all {
            let mut ends = ends.lock().expect("no report panics");
            ends.insert(start.elapsed(), step);
        }
    };
    let run = Run {
        cancel: &AtomicBool::new(false),
        progress: &progress,
    };
    let survey = Survey::make(corpus, packs, &Joins::default(), &run).expect("nobody cancels it");
    let whole = start.elapsed();
    let mut before = Duration::ZERO;
    for (end, step) in ends.into_inner().expect("no report panics") {
        row(step.name(), end.saturating_sub(before));
        before = end;
    }
    row("the rest", whole.saturating_sub(before));
    row("the whole survey", whole);
    survey
}

fn related(survey: &Survey, corpus: &Corpus, packs: &Packs) {
    let step = (corpus.len() / ASKED).max(1);
    let asked = (0..corpus.len() as u32).step_by(step).map(ArticleId);
    let mut times: Vec<Duration> = asked
        .map(|article| {
            let start = Instant::now();
            std::hint::black_box(survey.related((corpus, packs), article, RELATED));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    for (name, at) in [("median", 50), ("90 %", 90), ("99 %", 99)] {
        let time = times.get(times.len() * at / 100);
        println!(
            "related, {name:15} {:>10.1?}",
            time.copied().unwrap_or_default()
        );
    }
}
