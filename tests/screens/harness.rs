//! A reader on a screen in memory, driven by keys through the real loop.

use std::fmt::Write as _;
use std::io;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use chrono::NaiveDate;
use kutip::app::key::parse_sequence;
use kutip::app::keymap::Keymap;
use kutip::app::library_data::LibraryStatus;
use kutip::app::msg::MouseMode;
use kutip::app::{App, Effect, Msg, Report, Settings};
use kutip::config::{Sentence, Theme};
use kutip::library::{Access, Change, State};
use kutip::model::{Article, Corpus};
use kutip::tui::{EffectOutcome, EffectRunner, End, Event, Session};
use kutip::work::{
    self, CompareReport, ContentKeys, Engine, Filterer, LibraryReport, SurveyReport, Watch, Work,
};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Style};

/// Long enough for the slowest machine; nothing waits for it when all is well.
const BOUND: Duration = Duration::from_secs(90);

pub struct Reader {
    pub session: Session<TestBackend, TestRunner>,
    events: Receiver<Event>,
    pub end: Option<End>,
}

/// The outside without a terminal: the real filter thread, and a clipboard to look into.
pub struct TestRunner {
    filterer: Filterer,
    /// Whether comparisons and files are asked for in vain.
    pub is_slow: bool,
    /// Whether whatever is asked of a worker fails.
    pub is_failing: bool,
    /// Whether no file is to be written, whatever is asked for.
    pub is_read_only: bool,
    pub copied: Vec<String>,
    /// What else was asked for.
    pub asked: Vec<Effect>,
    /// The time, in milliseconds.
    pub now: i64,
}

impl EffectRunner<TestBackend> for TestRunner {
    fn run(&mut self, effect: Effect, _: &mut Terminal<TestBackend>) -> io::Result<EffectOutcome> {
        if let Some(work) = worker(&effect).filter(|_| self.is_failing) {
            let failed = work::attempt(work, || panic!("broken")).map(|(): ()| ());
            return Ok(EffectOutcome::Report(Report::Failed(failed.unwrap_err())));
        }
        match effect {
            Effect::Filter(request) => self.filterer.submit(request),
            Effect::Survey(request) => {
                let none = &AtomicBool::new(false);
                let done = work::survey(engine().packs(), &request.value, (none, &|_| {}));
                let done = request.respond(done.expect("nobody cancels it"));
                return Ok(EffectOutcome::Report(Report::Survey(SurveyReport::Done(
                    done,
                ))));
            }
            Effect::Ask(question) => {
                let answered = work::answer(engine(), &question.value, &AtomicBool::new(false));
                let answered = question.respond(answered.expect("nobody cancels it"));
                return Ok(EffectOutcome::Report(Report::Survey(
                    SurveyReport::Answered(answered),
                )));
            }
            Effect::Layout(wanted) => {
                let laid = wanted.value.run();
                let laid = laid.map(|laid| Report::Layout(wanted.respond(Box::new(laid))));
                return Ok(laid.map_or(EffectOutcome::Done, EffectOutcome::Report));
            }
            Effect::Copy(words) => {
                self.copied.push(words);
                return Ok(EffectOutcome::Report(Report::Copied(Sentence::new(
                    "copied",
                    &[],
                ))));
            }
            Effect::Compare(request) if !self.is_slow => {
                let rows = request.value.run(engine().packs(), &AtomicBool::new(false));
                let rows = request.respond(rows.expect("nobody cancels it"));
                let report = CompareReport::Compared(rows);
                return Ok(EffectOutcome::Report(Report::CompareWorker(report)));
            }
            Effect::Export(request) if !self.is_slow && !self.is_read_only => {
                let watch = Watch {
                    cancel: &AtomicBool::new(false),
                    progress: &|_| {},
                };
                let report = CompareReport::Written(
                    request.respond(request.value.run(engine().packs(), watch)),
                );
                return Ok(EffectOutcome::Report(Report::CompareWorker(report)));
            }
            Effect::Quit => return Ok(EffectOutcome::End(End::Quit)),
            other => self.asked.push(other),
        }
        Ok(EffectOutcome::Done)
    }

    fn now(&self) -> i64 {
        self.now
    }
}

/// What a worker is asked for.
fn worker(effect: &Effect) -> Option<Work> {
    Some(match effect {
        Effect::Filter(request) => Work::Filter(request.generation),
        Effect::Survey(request) => Work::Survey(request.generation),
        Effect::Ask(question) => Work::Question(question.generation),
        Effect::Layout(wanted) => Work::Layout(wanted.generation),
        Effect::Compare(request) => Work::Compare(request.generation),
        Effect::Export(request) => Work::Export(request.generation),
        Effect::Count(request) => Work::Count(request.generation),
        _ => return None,
    })
}

fn engine() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(None).unwrap());
    &ENGINE
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The letter of a cell's style.
fn letter(known: &mut Vec<Style>, cell: &Cell) -> char {
    let style = cell.style();
    let at = known.iter().position(|own| *own == style);
    let at = at.unwrap_or_else(|| {
        known.push(style);
        known.len() - 1
    });
    LETTERS.chars().nth(at).unwrap_or('?')
}

/// `#a0b1c2 on default bold`.
fn in_words(style: Style) -> String {
    let color = |color: Option<Color>| match color {
        None | Some(Color::Reset) => "default".to_owned(),
        Some(color) => color.to_string().to_lowercase(),
    };
    let modifiers = format!("{:?}", style.add_modifier);
    let modifiers = modifiers
        .replace("NONE", "")
        .replace(" | ", " ")
        .to_lowercase();
    let words = format!("{} on {} {modifiers}", color(style.fg), color(style.bg));
    words.trim_end().to_owned()
}

/// The built-in sample, read once.
pub fn sample() -> Corpus {
    static SAMPLE: LazyLock<Corpus> = LazyLock::new(|| {
        let engine = work::Engine::new(None).unwrap();
        work::load_all(&engine, &kutip::ingest::Request::default()).corpus
    });
    SAMPLE.clone()
}

impl Reader {
    /// A reader in the dark theme with `corpus` loaded, at rest.
    pub fn new(width: u16, height: u16, corpus: Corpus) -> Self {
        let mut reader = Self::empty(width, height, "dark");
        reader.report(Report::Corpus(corpus));
        reader.report(Report::Loaded);
        reader
    }

    /// The same with a library that holds `state`.
    pub fn with_library(width: u16, height: u16, corpus: Corpus, state: State) -> Self {
        let mut reader = Self::empty(width, height, "dark");
        let keys = ContentKeys::of(&corpus);
        reader.session.app.library.status = LibraryStatus::Opening;
        let opened = LibraryReport::Opened(Box::new(state), Access::ReadWrite);
        reader.report(Report::LibraryWriter(opened));
        reader.report(Report::Keys(keys));
        reader.report(Report::Corpus(corpus));
        reader.report(Report::Loaded);
        reader
    }

    /// The changes that were to be kept, in order.
    pub fn kept(&self) -> Vec<Change> {
        let asked = self.session.runner.asked.iter();
        let kept = asked.filter_map(|effect| match effect {
            Effect::SaveChanges(changes) => Some(changes.clone()),
            _ => None,
        });
        kept.flatten().collect()
    }

    /// A reader that still reads, with nothing there yet.
    pub fn empty(width: u16, height: u16, theme: &str) -> Self {
        let settings = Settings {
            themes: Theme::embedded(),
            theme: theme.to_owned(),
            keymap: Keymap::default(),
            mouse: MouseMode::Full,
            today: NaiveDate::from_ymd_opt(2024, 6, 1).unwrap(),
        };
        let (send, events) = channel();
        let filterer = Filterer::start(move |filtered| {
            let report = filtered.map_or_else(Report::Failed, Report::Filtered);
            let _ = send.send(Event::Msg(Msg::Report(report)));
        });
        let runner = TestRunner {
            filterer,
            is_slow: false,
            is_failing: false,
            is_read_only: false,
            copied: Vec::new(),
            asked: Vec::new(),
            now: 0,
        };
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let app = App::new(settings, (width, height));
        let mut reader = Self {
            session: Session::new(terminal, app, runner),
            events,
            end: None,
        };
        reader.send([]);
        reader
    }

    pub fn app(&self) -> &App {
        &self.session.app
    }

    pub fn report(&mut self, report: Report) {
        self.send([Msg::Report(report)]);
    }

    pub fn send(&mut self, messages: impl IntoIterator<Item = Msg>) {
        let events = messages.into_iter().map(Event::Msg);
        self.end = self.session.turn(events).unwrap();
        while self.app().filter.is_stale() {
            let event = self.events.recv_timeout(BOUND).expect("the filter answers");
            let end = self.session.turn(std::iter::once(event)).unwrap();
            self.end = self.end.or(end);
        }
    }

    /// Presses keys, separated by spaces: `j`, `gg`, `Ctrl-d`, `Enter`; `'kim'` types letters.
    pub fn press(&mut self, words: &str) -> &mut Self {
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            let typed = word
                .strip_prefix('\'')
                .and_then(|word| word.strip_suffix('\''));
            let keys = match typed {
                Some(letters) => letters
                    .chars()
                    .map(|letter| letter.to_string().replace('_', "Space").parse().unwrap())
                    .collect(),
                None => parse_sequence(word).unwrap(),
            };
            for key in keys {
                self.send([Msg::Key(key)]);
            }
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.session.terminal.backend_mut().resize(width, height);
        self.send([Msg::Resize(width, height)]);
    }

    /// The screen drawn anew. The one that the loop draws on keeps what stood under wide letters,
    /// which no terminal does.
    pub fn buffer(&self) -> Buffer {
        let (width, height) = self.app().screen;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal
            .draw(|frame| kutip::ui::draw(self.app(), frame))
            .unwrap();
        terminal.backend().buffer().clone()
    }

    /// What is on the screen, without the spaces at the ends of rows.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let rows = buffer.content().chunks(usize::from(buffer.area.width));
        let rows = rows.map(|row| {
            let mut hidden = 0;
            let mut line = String::new();
            for cell in row {
                if hidden == 0 {
                    line.push_str(cell.symbol());
                    hidden = kutip::text::width(cell.symbol()).max(1) - 1;
                } else {
                    hidden -= 1;
                }
            }
            line.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// The screen with its styles: below each row the runs of one style, each as a letter and its
    /// length; below all of it what the letters stand for.
    pub fn styled(&self) -> String {
        let buffer = self.buffer();
        let mut known: Vec<Style> = Vec::new();
        let rows = buffer.content().chunks(usize::from(buffer.area.width));
        let mut told = String::new();
        for (line, row) in self.screen().lines().zip(rows) {
            let letters: Vec<char> = row.iter().map(|cell| letter(&mut known, cell)).collect();
            let runs = letters.chunk_by(|a, b| a == b);
            let runs: Vec<_> = runs.map(|run| format!("{}{}", run[0], run.len())).collect();
            writeln!(told, "{line}\n  ╰ {}", runs.join(" ")).unwrap();
        }
        for (letter, style) in LETTERS.chars().zip(&known) {
            writeln!(told, "{letter} {}", in_words(*style)).unwrap();
        }
        told
    }

    /// The cell on which `words` begin on the screen.
    pub fn cell(&self, words: &str) -> Cell {
        let screen = self.screen();
        let (row, line) = (0..)
            .zip(screen.lines())
            .find(|(_, line)| line.contains(words))
            .unwrap_or_else(|| panic!("`{words}` is not on the screen:\n{screen}"));
        // Runs of spaces would be squeezed.
        let before = line[..line.find(words).unwrap()].replace(' ', "x");
        let column = kutip::text::width(&before);
        self.buffer()
            .cell(Position::new(column, row))
            .unwrap()
            .clone()
    }

    /// The title of the open article.
    pub fn title(&self) -> String {
        let article = self.app().article();
        article
            .and_then(Article::title)
            .unwrap_or_default()
            .into_owned()
    }
}
