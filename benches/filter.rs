//! Benchmarks the filter over a file of titles, one per line, and its peers in the same run: `cargo
//! bench --bench filter -- TITLES [QUERY…]`. Prints a table with the best time of several rounds,
//! which reduces the influence of other load.

#![allow(clippy::print_stdout)] // the table is what it is run for

use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use kutip::model::{Article, ArticleId, Corpus, Excerpt, Title};
use kutip::search::{Context, Filter, Index, NoFacts, Order, Query, filter};
use rayon::prelude::*;

const QUERIES: [&str; 9] = [
    "a",
    "kim",
    "prabow",
    "presidenputi",
    "kim surat",
    "'kim",
    "Kim",
    "kim|putin",
    "zq",
];
const ROUNDS: usize = 9;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with('-'));
    let Some(path) = args.next() else {
        println!("usage: cargo bench --bench filter -- TITLES [QUERY…] (one title a line)");
        return;
    };
    let mut queries: Vec<_> = args.collect();
    if queries.is_empty() {
        queries = QUERIES.map(str::to_owned).into();
    }
    let titles = std::fs::read_to_string(&path).expect("the file of titles is readable");
    let start = Instant::now();
    let corpus = corpus(&titles);
    println!(
        "{} titles, model built in {:.0?}",
        corpus.len(),
        start.elapsed()
    );
    let start = Instant::now();
    let index = Index::of(&corpus);
    println!("key lines laid out in {:.0?}", start.elapsed());
    println!(
        "{:14} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "query", "hits", "cold", "the rest", "a key", "its work", "naive", "on left", "fzf"
    );
    for text in &queries {
        let before = text.get(..text.len() - 1).unwrap_or("");
        let (count, cold, rest) = cold(text, &corpus, &index);
        let (further, computed) = further(before, text, &corpus, &index);
        let lines: Vec<_> = titles.lines().collect();
        let left = survivors(before, &corpus, &index);
        let left: Vec<_> = left
            .iter()
            .filter_map(|id| lines.get(id.0 as usize).copied())
            .collect();
        let (naive, naive_further) = (naive(text, &lines), naive(text, &left));
        let fzf = fzf(text, &path);
        println!(
            "{text:14} {count:>8} {cold:>9.1?} {rest:>9.1?} {further:>9.1?} {computed:>9.1?} {naive:>9.1?} {naive_further:>9.1?} {fzf:>9.1?}"
        );
    }
}

fn corpus(titles: &str) -> Corpus {
    let article = |title: &str| {
        let mut article = Article::default();
        article.structure.title = Some(Title {
            text: Excerpt::Given(title.into()),
            derived: false,
        });
        article
    };
    let titles: Vec<_> = titles.lines().collect();
    let segments = titles
        .chunks(4096)
        .map(|some| some.iter().map(|t| article(t)).collect());
    segments.fold(Corpus::default(), |corpus, some| corpus.with(some))
}

fn parse(text: &str) -> Query {
    Query::parse(text, NaiveDate::default()).unwrap_or_default()
}

fn best(times: impl IntoIterator<Item = Duration>) -> Duration {
    times.into_iter().min().unwrap_or_default()
}

fn context<'a>(order: &'a Order, cancel: &'a AtomicBool) -> Context<'a> {
    Context {
        facts: &NoFacts,
        terms: None,
        order,
        cancel,
    }
}

fn cold(text: &str, corpus: &Corpus, index: &Index) -> (usize, Duration, Duration) {
    let (cancel, order) = (AtomicBool::new(false), Order::as_read());
    let context = context(&order, &cancel);
    let mut filter = Filter::default();
    let (mut times, mut rest, mut count) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        // The next query is not subsumed by this one, so the kept result is of no use to it.
        filter.best(&parse("NOT zzzzzz"), corpus, index, &context);
        let start = Instant::now();
        let hits = filter
            .best(&parse(text), corpus, index, &context)
            .unwrap_or_default();
        times.push(start.elapsed());
        count = hits.count;
        let start = Instant::now();
        let all = filter.all(corpus, &context).unwrap_or_default();
        rest.push(start.elapsed());
        assert_eq!(all.best(), hits.ids, "the first are the first of all");
    }
    (count, best(times), best(rest))
}

fn further(before: &str, text: &str, corpus: &Corpus, index: &Index) -> (Duration, Duration) {
    let (cancel, order) = (AtomicBool::new(false), Order::as_read());
    let context = context(&order, &cancel);
    let mut filter = Filter::default();
    let times = (0..ROUNDS).map(|_| {
        filter.best(&parse(before), corpus, index, &context);
        // The app does this between two keys.
        filter.narrow(&context);
        let (start, before) = (Instant::now(), computed());
        std::hint::black_box(filter.best(&parse(text), corpus, index, &context));
        (start.elapsed(), computed().saturating_sub(before))
    });
    let (times, computed): (Vec<_>, Vec<_>) = times.unzip();
    (best(times), best(computed))
}

fn survivors(text: &str, corpus: &Corpus, index: &Index) -> Vec<ArticleId> {
    let (cancel, order) = (AtomicBool::new(false), Order::as_read());
    let context = context(&order, &cancel);
    let hits = filter(&parse(text), corpus, index, &context);
    hits.unwrap_or_default().ids().to_vec()
}

fn naive(text: &str, lines: &[&str]) -> Duration {
    let matcher = SkimMatcherV2::default().ignore_case();
    let words: Vec<_> = text
        .split(['|', ' '])
        .map(|word| word.trim_matches('\''))
        .collect();
    let times = (0..2).map(|_| {
        let start = Instant::now();
        let scores = lines.par_iter().filter_map(|line| {
            let scores = words.iter().map(|word| matcher.fuzzy_match(line, word));
            scores.sum::<Option<i64>>()
        });
        std::hint::black_box(scores.collect::<Vec<_>>());
        start.elapsed()
    });
    best(times)
}

/// Returns the processor time of all threads so far, if the system reports it. It depends less on
/// other load than the clock does.
fn computed() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten();
    let of = |task: std::io::Result<std::fs::DirEntry>| {
        let told = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        told.split(' ')
            .next()?
            .parse()
            .ok()
            .map(Duration::from_nanos)
    };
    tasks.filter_map(of).sum()
}

/// Returns the time of `fzf --bench`, or `None` if this fzf lacks it (it came with 0.59).
fn fzf(text: &str, path: &str) -> Option<Duration> {
    let input = std::fs::File::open(path).ok()?;
    let mut command = Command::new("fzf");
    command
        .args(["--filter", text, "--bench", "2s"])
        .stdin(input)
        .stderr(Stdio::null());
    let output = command
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let told = String::from_utf8(output.stdout).ok()?;
    let figure = told.split("avg: ").nth(1)?.split_once("ms")?.0;
    figure
        .trim()
        .parse()
        .ok()
        .map(|ms: f64| Duration::from_secs_f64(ms / 1000.0))
}
