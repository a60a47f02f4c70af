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
mod signals;

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::{Arc, mpsc};

use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::app::keeping::Library;
use crate::app::{App, Effect, Msg, Report, Tone};
use crate::config::{Fault, Sentence};
use crate::files;
use crate::ingest::{self, Request};
use crate::ui;
use crate::work::{
    self, CompareWorker, Engine, Failed, FileWatch, Filterer, LibraryWriter, Loader, Reloader,
    Surveyor,
};
use guard::Guard;
use input::Gate;
use layouts::Layouts;
use signals::Signals;

pub use session::{EffectRunner, End, Event, Flow, Session};
pub use settings::Start;

/// Bytes that are gathered before they are written to the terminal: about one full screen.
const OUTPUT: usize = 1 << 16;

/// Opens the reader on the terminal and reads what `request` names meanwhile. Keys come from the
/// terminal also where the corpus comes from standard input.
///
/// # Errors
/// Where the terminal cannot be read or written.
pub fn run(engine: Arc<Engine>, request: Request, start: Start) -> io::Result<End> {
    let (send, receive) = mpsc::channel();
    let (settings, faults) = settings::from_environment(&start);
    let backend = CrosstermBackend::new(BufWriter::with_capacity(OUTPUT, io::stdout()));
    let terminal = Terminal::new(backend)?;
    let size = terminal.size()?;
    let mut app = App::new(settings, (size.width, size.height));
    app.configure(&start.config);
    app.view.interface = settings::interface(&start.config);
    greet(&mut app, &start.faults, &faults);
    // First, so that no signal finds the terminal taken and nobody to give it back.
    let gate = Arc::new(Gate::default());
    let signals = Signals::watch(Arc::clone(&gate), send.clone())?;
    let guard = Guard::enter(app.view.mouse)?;
    let watch = watch(&mut app, &request, &start, send.clone());
    input::read_keys(Arc::clone(&gate), send.clone());
    let library_writer = start.library.map(|path| {
        app.keeping.library = Library::Opening;
        LibraryWriter::start(path, tell(&send, Report::LibraryWriter))
    });
    let filterer = Filterer::start(answer(&send, Report::Filtered));
    let compare_worker = CompareWorker::start(&engine, tell(&send, Report::CompareWorker));
    let surveyor = Surveyor::start(&engine, tell(&send, Report::Survey));
    let layouts = Layouts::start(answer(&send, Report::LaidOut));
    let reports = send.clone();
    let indexer = filterer.indexer();
    let reloader = reloader(&engine, &request, send.clone());
    let loader = Loader::start(engine, request, move |report| {
        indexer.hear(&report);
        let _ = send.send(Event::Msg(Msg::Report(translate(report))));
    });
    let runner = TerminalRunner {
        compare_worker,
        knows_links: links::are_known(|name| std::env::var(name).ok()),
        guard,
        filterer,
        library_writer,
        gate,
        reports,
        surveyor,
        layouts,
        reloader,
        signals,
        _watch: watch,
    };
    let mut session = Session::new(terminal, app, runner);
    let end = session.run(&receive);
    // The screen is the user's again before anything is waited for.
    session.runner.guard.leave();
    session.runner.signals.close();
    loader.cancel();
    // Whoever writes one has no time to end it.
    files::remove_unfinished();
    // The key that ended it is answered: what pauses for it may end.
    work::leave_foreground();
    leave(session, loader);
    end
}

/// Waits for what must come to its end: the library, and for a moment the loading. All else ends
/// with the process.
fn leave(session: Session<Backend, TerminalRunner>, loader: Loader) {
    let Session {
        terminal,
        app,
        runner,
    } = session;
    drop(runner);
    drop(loader);
    // It would show the cursor once more, and panic where neither it nor the fault can be written.
    std::mem::forget(terminal);
    // To give back the memory of a large corpus takes longer than to end the process.
    std::mem::forget(app);
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

/// What hands a worker's responses to the event loop, or that it failed.
fn answer<T: 'static>(
    events: &mpsc::Sender<Event>,
    report: fn(T) -> Report,
) -> impl Fn(Result<T, Failed>) + Clone + Send + Sync + 'static {
    let events = events.clone();
    move |told| {
        let report = told.map_or_else(Report::Failed, report);
        let _ = events.send(Event::Msg(Msg::Report(report)));
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

type Backend = CrosstermBackend<BufWriter<Stdout>>;
type Screen = Terminal<Backend>;

/// The real outside: terminal, clipboard, threads.
struct TerminalRunner {
    compare_worker: CompareWorker,
    knows_links: bool,
    guard: Guard,
    filterer: Filterer,
    library_writer: Option<LibraryWriter>,
    gate: Arc<Gate>,
    reports: mpsc::Sender<Event>,
    surveyor: Surveyor,
    layouts: Layouts,
    /// `None` where what was read cannot be read twice.
    reloader: Option<Reloader>,
    signals: Signals,
    _watch: Option<FileWatch>,
}

impl TerminalRunner {
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

impl EffectRunner<Backend> for TerminalRunner {
    fn run(&mut self, effect: Effect, terminal: &mut Screen) -> io::Result<Flow> {
        match effect {
            Effect::Filter(request) => self.filterer.submit(request),
            Effect::Survey(request) => self.surveyor.survey(request),
            Effect::Ask(question) => self.surveyor.submit(question),
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
                if let Some(library_writer) = &self.library_writer {
                    library_writer.write(changes);
                }
            }
            Effect::Reload(request) => match &self.reloader {
                Some(reloader) => reloader.submit(request),
                None => return Ok(Flow::Tell(Report::Reload(Err(ONCE.to_owned())))),
            },
            Effect::Index(corpus) => self.filterer.indexer().index(corpus),
            Effect::Discard(large) => work::drop_in_background(large),
            Effect::Count(request) => work::count(request, answer(&self.reports, Report::Counts)),
            Effect::Edit(path, line) => {
                return self.hand_over(terminal, || programs::edit(&path, line));
            }
            Effect::Pipe(command, words) => {
                return self.hand_over(terminal, || programs::pipe(&command, words));
            }
            Effect::Browse(url) => return Ok(Flow::Tell(Report::Told(programs::browse(&url)))),
            Effect::Compare(request) => self.compare_worker.compare(request),
            Effect::Export(request) => self.compare_worker.export(request),
            Effect::Stop => self.compare_worker.stop(),
            Effect::Mouse(mode) => self.guard.set_mouse(mode)?,
            Effect::Redraw => wipe(terminal)?,
            Effect::Suspend => suspend(),
            Effect::Quit => return Ok(Flow::End(End::Left)),
        }
        Ok(Flow::Go)
    }

    fn stop(&mut self, terminal: &mut Screen) -> io::Result<()> {
        self.guard.leave();
        self.signals.stop();
        self.guard.enter_again()?;
        wipe(terminal)
    }

    fn retake(&mut self, terminal: &mut Screen) -> io::Result<()> {
        self.guard.retake()?;
        wipe(terminal)
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
        work::leave_foreground();
    }
}

/// Forgets what is on the screen. Not by `Terminal::clear`: that asks the terminal where its cursor
/// is, and the answer would go to the thread that reads keys.
fn wipe(terminal: &mut Screen) -> io::Result<()> {
    let size = terminal.size()?;
    terminal.resize(size.into())
}

/// Asks the whole process group to stop, as the terminal itself does on Ctrl-Z; this process, too,
/// hears of it by the signal.
fn suspend() {
    use rustix::process::{Signal, kill_current_process_group};
    // Where it is not allowed, the program goes on.
    let _ = kill_current_process_group(Signal::TSTP);
}
