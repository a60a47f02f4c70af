//! Benchmarks the time from a key to the finished frame in each view of the reader:
//! `KUTIP_BENCH_CORPUS=FOLDER cargo bench --bench keys`, without a folder over the built-in sample.
//! Prints for each view how long a key and its frame took: half of them at most, 95 of 100 at most,
//! and the longest. What a worker counts is not part of it, but given apart.

#![allow(clippy::print_stdout)] // the table is what it is run for

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use kutip::app::key::parse_sequence;
use kutip::app::keymap::Keymap;
use kutip::app::msg::MouseMode;
use kutip::app::{App, Effect, Msg, Report, Settings, update};
use kutip::config::Theme;
use kutip::ingest::Request;
use kutip::model::Corpus;
use kutip::work::{self, Engine, Filtered, Filterer, SurveyReport, Tagged, load_all};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// The size of the screen: the largest at which views are looked at.
const SCREEN: (u16, u16) = (200, 50);
/// Number of times that the keys of a view are pressed.
const ROUNDS: usize = 40;

/// The views, each with the keys that open it and those that are then pressed again and again.
const VIEWS: [(&str, &str, &str); 8] = [
    ("list", "", "j j k Ctrl-d"),
    ("text", "Enter", "j Ctrl-d k ]q"),
    ("timeline", "gD", "j l Ctrl-d o s d k"),
    ("timeline, brushed", "gD v", "l l j h"),
    ("matrix", "gM w", "j l s a Ctrl-d h"),
    ("speakers", "gS", "j Ctrl-d k G gg"),
    ("stories", "ge", "j Ctrl-d k G gg"),
    ("outlets", "go", "j k G gg"),
];

struct Reader {
    app: App,
    terminal: Terminal<TestBackend>,
    engine: Engine,
    filterer: Filterer,
    filtered: Receiver<Tagged<Filtered>>,
    /// The time that workers took.
    counted: Duration,
}

impl Reader {
    /// Opens a view on the whole corpus.
    fn open(engine: Engine, corpus: &Corpus) -> Self {
        let settings = Settings {
            themes: Theme::embedded(),
            theme: "dark".to_owned(),
            keymap: Keymap::default(),
            mouse: MouseMode::Full,
            today: NaiveDate::default(),
        };
        let (send, filtered) = channel();
        let filters = Filterer::start(move |done| {
            if let Some(done) = done.ok().filter(|done| !done.value.is_beginning()) {
                let _ = send.send(done);
            }
        });
        let backend = TestBackend::new(SCREEN.0, SCREEN.1);
        let mut reader = Self {
            app: App::new(settings, SCREEN),
            terminal: Terminal::new(backend).expect("a screen in memory"),
            engine,
            filterer: filters,
            filtered,
            counted: Duration::ZERO,
        };
        reader.send(Msg::Report(Report::Corpus(corpus.clone())));
        reader.send(Msg::Report(Report::Loaded));
        reader
    }

    /// Handles a message and draws the frame. Returns the time of both. Then answers what was asked
    /// of the workers.
    fn send(&mut self, msg: Msg) -> Duration {
        let start = Instant::now();
        let effects = update(&mut self.app, msg);
        let drawn = self
            .terminal
            .draw(|frame| kutip::ui::draw(&self.app, frame));
        let spent = start.elapsed();
        drawn.expect("a screen in memory");
        let start = Instant::now();
        let reports: Vec<Report> = effects.into_iter().filter_map(|e| self.answer(e)).collect();
        self.counted += start.elapsed();
        for report in reports {
            self.send(Msg::Report(report));
        }
        spent
    }

    fn answer(&self, effect: Effect) -> Option<Report> {
        let never = AtomicBool::new(false);
        Some(match effect {
            Effect::Filter(request) => {
                self.filterer.submit(request);
                Report::Filtered(self.filtered.recv().ok()?)
            }
            Effect::Survey(request) => {
                let packs = self.engine.packs();
                let survey = work::survey(packs, &request.value, (&never, &|_| {}))?;
                Report::Survey(SurveyReport::Done(request.respond(survey)))
            }
            Effect::Ask(question) => {
                let answer = work::answer(&self.engine, &question.value, &never)?;
                Report::Survey(SurveyReport::Answered(question.respond(answer)))
            }
            _ => return None,
        })
    }

    fn press(&mut self, keys: &str) -> Vec<Duration> {
        let keys = keys.split(' ').filter(|key| !key.is_empty());
        let keys = keys.flat_map(|key| parse_sequence(key).expect("a key"));
        keys.map(|key| self.send(Msg::Key(key))).collect()
    }
}

fn main() {
    let folder = std::env::var("KUTIP_BENCH_CORPUS").ok();
    let engine = Engine::new(None).expect("the embedded packs are right");
    let request = folder.map_or_else(Request::default, |folder| Request::new([folder]));
    let corpus = load_all(&engine, &request).corpus;
    let mut reader = Reader::open(engine, &corpus);
    println!(
        "{} articles, {} speakers, {} × {}: key to frame in milliseconds",
        corpus.len(),
        reader
            .app
            .surveyed()
            .map_or(0, |survey| survey.directory.people().len()),
        SCREEN.0,
        SCREEN.1
    );
    println!(
        "{:20} {:>8} {:>8} {:>8} {:>8}  counted",
        "", "50 %", "95 %", "longest", "opened"
    );
    let empty = reader.app.clone();
    for (name, open, keys) in VIEWS {
        reader.app = empty.clone();
        reader.counted = Duration::ZERO;
        let opened = reader.press(open).into_iter().max().unwrap_or_default();
        let counted = reader.counted;
        let mut spent: Vec<Duration> = (0..ROUNDS).flat_map(|_| reader.press(keys)).collect();
        spent.sort_unstable();
        let at = |percent: usize| spent.get((spent.len() * percent / 100).min(spent.len() - 1));
        let ms = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e3);
        println!(
            "{name:20} {:>8.2} {:>8.2} {:>8.2} {:>8.2}  {:.2}",
            ms(at(50)),
            ms(at(95)),
            ms(spent.last()),
            ms(Some(&opened)),
            ms(Some(&counted))
        );
    }
}
