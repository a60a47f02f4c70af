//! Benchmarks the survey of a corpus step by step, and the related articles of one article:
//! `KUTIP_BENCH_CORPUS=FOLDER cargo bench --bench relate`. Prints a table of a single run, because
//! a corpus worth measuring takes minutes. Does nothing if the variable is not set. A digest of all
//! results shows whether two builds find the same.

#![allow(clippy::print_stdout)] // the table is what it is run for

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::hash::{BuildHasher, Hasher};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

use kutip::ingest::Request;
use kutip::language::Packs;
use kutip::model::{ArticleId, Corpus};
use kutip::people::Joins;
use kutip::relate::{Run, Step, Survey};
use kutip::work::{Engine, load_all};

/// Number of articles, spread over the corpus, for which related articles are requested.
const ASKED: usize = 400;
/// Number of related articles per request, as in the app.
const RELATED: usize = 100;

fn main() {
    let Ok(folder) = std::env::var("KUTIP_BENCH_CORPUS") else {
        println!("usage: KUTIP_BENCH_CORPUS=FOLDER cargo bench --bench relate");
        return;
    };
    let engine = Engine::new(None).expect("the embedded packs are right");
    let start = Spent::now();
    let loaded = load_all(&engine, &Request::new([folder]));
    let loading = Spent::now().since(start);
    let corpus = &loaded.corpus;
    let row = |name: &str, spent: Spent| {
        let Spent { time, work } = spent;
        let ratio = time.as_secs_f64() / loading.time.as_secs_f64();
        println!("{name:24} {time:>10.1?} {work:>10.1?} {ratio:>6.2} × loading");
    };
    println!(
        "{} articles: time, and time of all processors",
        corpus.len()
    );
    row("loading", loading);
    let survey = survey(corpus, engine.packs(), &row);
    println!("most memory              {:>9} MB", peak() / 1_000_000);
    println!(
        "{} groups of copies, {} stories, {} utterances, {} speakers",
        survey.copies.groups().len(),
        survey.stories.list().len(),
        survey.variants.list().len(),
        survey.directory.people().len()
    );
    related(&survey, corpus, engine.packs());
    digest(
        "survey",
        &(
            &survey.directory,
            survey.copies.pairs(),
            survey.stories.list(),
            survey.variants.list(),
        ),
    );
}

/// The time spent since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spent {
    /// Elapsed time.
    time: Duration,
    /// Processor time of all threads, if the system reports it. This is the comparable figure on a
    /// machine with other load.
    work: Duration,
}

impl Spent {
    fn now() -> Self {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields = stat.rsplit(')').next().unwrap_or_default();
        let ticks = fields.split_whitespace().skip(11).take(2);
        let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Self {
            time: START.elapsed(),
            work: Duration::from_millis(ticks * 10),
        }
    }

    fn since(self, before: Self) -> Self {
        Self {
            time: self.time.saturating_sub(before.time),
            work: self.work.saturating_sub(before.work),
        }
    }
}

/// Runs the survey. A step lasts from the end of the previous one to its own last report.
fn survey(corpus: &Corpus, packs: &Packs, row: &impl Fn(&str, Spent)) -> Survey {
    let ends: Mutex<BTreeMap<Spent, Step>> = Mutex::default();
    let start = Spent::now();
    let progress = |step, done, all| {
        if done == all {
            let mut ends = ends.lock().expect("no report panics");
            ends.insert(Spent::now(), step);
        }
    };
    let run = Run {
        is_cancelled: &|| false,
        progress: &progress,
    };
    let survey = Survey::make(corpus, packs, &Joins::default(), &run).expect("nobody cancels it");
    let whole = Spent::now();
    let mut before = start;
    for (end, step) in ends.into_inner().expect("no report panics") {
        row(step.name(), end.since(before));
        before = end;
    }
    row("the rest", whole.since(before));
    row("the whole survey", whole.since(start));
    survey
}

/// Prints a hash of the results, which is the same in every run.
fn digest(name: &str, found: &impl Debug) {
    let mut hasher = foldhash::quality::FixedState::with_seed(0).build_hasher();
    hasher.write(format!("{found:?}").as_bytes());
    println!("digest of {name:14} {:>10x}", hasher.finish());
}

/// Returns the peak memory use in bytes, if the system reports it.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
    kilobytes.unwrap_or(0) * 1024
}

fn related(survey: &Survey, corpus: &Corpus, packs: &Packs) {
    let step = (corpus.len() / ASKED).max(1);
    let asked = (0..corpus.len() as u32).step_by(step).map(ArticleId);
    let answers = asked.map(|article| {
        let start = Instant::now();
        let related = survey.related((corpus, packs), article, RELATED);
        (start.elapsed(), related)
    });
    let (mut times, related): (Vec<Duration>, Vec<_>) = answers.unzip();
    digest("related", &related);
    println!(
        "related, first           {:>10.1?}",
        times.first().copied().unwrap_or_default()
    );
    times.sort_unstable();
    for (name, at) in [("median", 50), ("90 %", 90), ("99 %", 99), ("slowest", 100)] {
        let time = times.get((times.len() * at / 100).min(times.len() - 1));
        println!(
            "related, {name:15} {:>10.1?}",
            time.copied().unwrap_or_default()
        );
    }
}
