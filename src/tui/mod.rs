//! The terminal: guard, input, event loop, effects.

mod clipboard;
mod events;
mod guard;
mod input;
mod layouts;
mod links;
mod programs;
mod session;
mod settings;

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::app::keeping::Library;
use crate::app::{App, Effect, Msg, Report, Tone};
use crate::config::{Fault, Sentence};
use crate::ingest::{self, Request};
use crate::ui;
use crate::work::{
    self, Collator, Engine, FileWatch, Filterer, Keeper, Loader, Reloader, Surveyor,
};
use guard::Guard;
use input::Gate;
use layouts::Layouts;

pub use session::{End, Event, Flow, Outside, Session};
pub use settings::Start;

/// Bytes that are gathered before they are written to the terminal: about one full screen.
const OUTPUT: usize = 1 << 16;

/// How long a suspended program waits to be stopped. A shell without job control never stops it.
const STOP: Duration = Duration::from_millis(300);

/// Opens the reader on the terminal and reads what `request` names meanwhile. Keys come from the
/// terminal also where the corpus comes from standard input.
///
/// # Errors
/// Where the terminal cannot be read or written.
pub fn run(engine: Arc<Engine>, request: Request, start: Start) -> io::Result<End> {
    let (send, receive) = mpsc::channel();
    let (settings, faults) = settings::from_environment(&start);
    let mut app = App::new(settings, crossterm::terminal::size()?);
    app.configure(&start.config);
    app.view.interface = settings::interface(&start.config);
    greet(&mut app, &start.faults, &faults);
    let guard = Guard::enter(app.view.mouse)?;
    let watch = watch(&mut app, &request, &start, send.clone());
    let signals = input::watch_signals(send.clone())?;
    let gate = input::read_keys(send.clone());
    let keeper = start.library.map(|path| {
        app.keeping.library = Library::Opening;
        Keeper::start(path, tell(&send, Report::Keeper))
    });
    let filterer = Filterer::start(tell(&send, Report::Filtered));
    let collator = Collator::start(&engine, tell(&send, Report::Collator));
    let surveyor = Surveyor::start(&engine, tell(&send, Report::Survey));
    let layouts = Layouts::start(tell(&send, Report::LaidOut));
    let reports = send.clone();
    let indexer = filterer.indexer();
    let reloader = reloader(&engine, &request, send.clone());
    let loader = Loader::start(engine, request, move |report| {
        indexer.hear(&report);
        let _ = send.send(Event::Msg(Msg::Report(translate(report))));
    });
    let backend = CrosstermBackend::new(BufWriter::with_capacity(OUTPUT, io::stdout()));
    let outside = Outdoors {
        collator,
        knows_links: links::are_known(|name| std::env::var(name).ok()),
        guard,
        filterer,
        keeper,
        gate,
        reports,
        surveyor,
        layouts,
        reloader,
        _watch: watch,
    };
    let mut session = Session::new(Terminal::new(backend)?, app, outside);
    let end = session.run(&receive);
    // The screen is the user's again before threads are waited for.
    session.outside.guard.leave();
    signals.close();
    loader.cancel();
    // The key that ended it is answered: what pauses for it may end.
    work::hand_back_precedence();
    end
}

/// What hands a worker's reports to the event loop. Where that has ended, nobody needs them.
fn tell<T: 'static>(
    events: &mpsc::Sender<Event>,
    report: fn(T) -> Report,
) -> impl Fn(T) + Clone + Send + Sync + 'static {
    let events = events.clone();
    move |told| {
        let _ = events.send(Event::Msg(Msg::Report(report(told))));
    }
}

/// What a user is told who asks for standard input again.
const ONCE: &str = "standard input cannot be read twice";

/// What reads everything anew; `None` where part of it comes from standard input.
fn reloader(
    engine: &Arc<Engine>,
    request: &Request,
    reports: mpsc::Sender<Event>,
) -> Option<Reloader> {
    if request.paths.iter().any(|path| path == "-") {
        return None;
    }
    let on = move |report| {
        let _ = reports.send(Event::Msg(Msg::Report(Report::Reload(Ok(report)))));
    };
    Some(Reloader::start(Arc::clone(engine), request.clone(), on))
}

/// Watches the files, where that is wanted; where it cannot be done, says so.
fn watch(
    app: &mut App,
    request: &Request,
    start: &Start,
    reports: mpsc::Sender<Event>,
) -> Option<FileWatch> {
    if !start.watch {
        return None;
    }
    let places = ingest::watched(&request.paths);
    let on = move || {
        let _ = reports.send(Event::Msg(Msg::Report(Report::Changed)));
    };
    match FileWatch::start(&places, start.library.clone(), on) {
        Ok(watch) => Some(watch),
        Err(reason) => {
            app.greet(reason, Tone::Fault);
            None
        }
    }
}

/// Tells the faults of the settings.
fn greet(app: &mut App, files: &[String], keys: &[Fault]) {
    let keys = keys
        .iter()
        .map(|fault| format!("config.toml:{}: {}", fault.line, fault.reason));
    app.fault_settings(files.iter().cloned().chain(keys).collect());
}

fn translate(report: work::Report) -> Report {
    match report {
        work::Report::Keys(keys) => Report::Keys(keys),
        work::Report::Corpus(corpus) => Report::Corpus(corpus),
        work::Report::Issue(issue) => Report::Issue(issue),
        work::Report::Skipped(skipped) => Report::Skipped(skipped),
        work::Report::Progress(progress) => {
            let found = (!progress.walking).then_some(progress.found);
            Report::Progress(progress.read, found)
        }
        work::Report::Done => Report::Loaded,
    }
}

type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// The real outside: terminal, clipboard, threads.
struct Outdoors {
    collator: Collator,
    knows_links: bool,
    guard: Guard,
    filterer: Filterer,
    keeper: Option<Keeper>,
    gate: Arc<Gate>,
    reports: mpsc::Sender<Event>,
    surveyor: Surveyor,
    layouts: Layouts,
    /// `None` where what was read cannot be read twice.
    reloader: Option<Reloader>,
    _watch: Option<FileWatch>,
}

impl Outdoors {
    /// Gives the terminal to another program, and takes it again.
    fn hand_over(
        &mut self,
        terminal: &mut Screen,
        run: impl FnOnce() -> Result<Sentence, Sentence>,
    ) -> io::Result<Flow> {
        self.gate.close();
        self.guard.leave();
        let told = run();
        let entered = self.guard.enter_again();
        self.gate.open();
        entered?;
        wipe(terminal)?;
        Ok(Flow::Tell(Report::Told(told)))
    }
}

impl Outside<CrosstermBackend<BufWriter<Stdout>>> for Outdoors {
    fn run(&mut self, effect: Effect, terminal: &mut Screen) -> io::Result<Flow> {
        match effect {
            Effect::Filter(request) => self.filterer.ask(request),
            Effect::Survey(request) => self.surveyor.survey(request),
            Effect::Ask(question) => self.surveyor.ask(question),
            Effect::LayOut(wanted) => self.layouts.ask(wanted),
            Effect::Copy(words) => {
                let sent = clipboard::copy(&words, terminal.backend_mut())?;
                let reports = self.reports.clone();
                let told = clipboard::copy_by_program(words, sent, move |told| {
                    let _ = reports.send(Event::Msg(Msg::Report(Report::Copied(told))));
                });
                return Ok(told.map_or(Flow::Go, |told| Flow::Tell(Report::Copied(told))));
            }
            Effect::Keep(changes) => {
                if let Some(keeper) = &self.keeper {
                    keeper.keep(changes);
                }
            }
            Effect::Reload(request) => match &self.reloader {
                Some(reloader) => reloader.ask(request),
                None => return Ok(Flow::Tell(Report::Reload(Err(ONCE.to_owned())))),
            },
            Effect::Index(corpus) => self.filterer.indexer().index(corpus),
            Effect::Discard(large) => work::let_go(large),
            Effect::Count(request) => {
                let reports = self.reports.clone();
                work::count(request, move |counts| {
                    let _ = reports.send(Event::Msg(Msg::Report(Report::Counts(counts))));
                });
            }
            Effect::Edit(path, line) => {
                return self.hand_over(terminal, || programs::edit(&path, line));
            }
            Effect::Pipe(command, words) => {
                return self.hand_over(terminal, || programs::pipe(&command, words));
            }
            Effect::Browse(url) => return Ok(Flow::Tell(Report::Told(programs::browse(&url)))),
            Effect::Compare(request) => self.collator.compare(request),
            Effect::Export(request) => self.collator.export(request),
            Effect::Stop => self.collator.stop(),
            Effect::Mouse(mode) => self.guard.set_mouse(mode)?,
            Effect::Redraw => wipe(terminal)?,
            Effect::Suspend => {
                self.guard.leave();
                stop();
                self.guard.enter_again()?;
                wipe(terminal)?;
                let (width, height) = crossterm::terminal::size()?;
                return Ok(Flow::Resized(width, height));
            }
            Effect::Quit => return Ok(Flow::End(End::Left)),
        }
        Ok(Flow::Go)
    }

    fn now(&self) -> i64 {
        chrono::Utc::now().timestamp_millis()
    }

    fn begin(&mut self, terminal: &mut Screen) -> io::Result<()> {
        crossterm::queue!(terminal.backend_mut(), BeginSynchronizedUpdate)
    }

    fn link(&mut self, links: &[ui::Link], terminal: &mut Screen) -> io::Result<()> {
        if self.knows_links {
            links::write(links, terminal.backend_mut())?;
        }
        Ok(())
    }

    fn finish(&mut self, terminal: &mut Screen) -> io::Result<()> {
        crossterm::queue!(terminal.backend_mut(), EndSynchronizedUpdate)?;
        terminal.backend_mut().flush()
    }

    fn rest(&mut self) {
        work::hand_back_precedence();
    }
}

/// Forgets what is on the screen. Not by `Terminal::clear`: that asks the terminal where its cursor
/// is, and the answer would go to the thread that reads keys.
fn wipe(terminal: &mut Screen) -> io::Result<()> {
    let size = terminal.size()?;
    terminal.resize(size.into())
}

/// Stops the whole process group, as the terminal itself does on Ctrl-Z, and waits to go on.
fn stop() {
    use rustix::process::{Signal, kill_current_process_group};
    if kill_current_process_group(Signal::TSTP).is_ok() {
        // The signal may reach another thread first; SIGCONT unparks this one.
        std::thread::park_timeout(STOP);
    }
}
