//! Runs the reader on the terminal: guard, input, event loop and effects.

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

use crate::app::library_data::LibraryStatus;
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

pub use session::{EffectOutcome, EffectRunner, End, Event, Session};
pub use settings::Start;

/// Size of the output buffer of the terminal in bytes, which holds about one full screen.
const OUTPUT_BUFFER: usize = 1 << 16;

/// Opens the reader on the terminal and loads the corpus of `request` in the background. Keys are
/// read from the terminal even if the corpus is read from standard input.
///
/// # Errors
/// If the terminal cannot be read or written.
pub fn run(engine: Arc<Engine>, request: Request, start: Start) -> io::Result<End> {
    let (send, receive) = mpsc::channel();
    let (settings, faults) = settings::from_environment(&start);
    let backend = CrosstermBackend::new(BufWriter::with_capacity(OUTPUT_BUFFER, io::stdout()));
    let terminal = Terminal::new(backend)?;
    let size = terminal.size()?;
    let mut app = App::new(settings, (size.width, size.height));
    app.view.signs = settings::signs();
    app.configure(&start.config);
    app.view.interface = settings::interface(&start.config);
    greet(&mut app, &start.faults, &faults);
    // Signals are watched before the terminal is taken, so that every signal finds a handler that
    // restores it.
    let gate = Arc::new(Gate::default());
    let signals = Signals::watch(Arc::clone(&gate), send.clone())?;
    let guard = Guard::enter(app.view.mouse)?;
    let watch = watch(&mut app, &request, &start, send.clone());
    input::read_keys(Arc::clone(&gate), send.clone());
    let library_writer = start.library.map(|path| {
        app.library.status = LibraryStatus::Opening;
        LibraryWriter::start(path, forward(&send, Report::LibraryWriter))
    });
    let filterer = Filterer::start(forward_result(&send, Report::Filtered));
    let compare_worker = CompareWorker::start(&engine, forward(&send, Report::CompareWorker));
    let surveyor = Surveyor::start(&engine, forward(&send, Report::Survey));
    let layouts = Layouts::start(forward_result(&send, Report::Layout));
    let reports = send.clone();
    let indexer = filterer.indexer();
    let reloader = reloader(&engine, &request, send.clone());
    let loader = Loader::start(engine, request, move |report| {
        indexer.observe(&report);
        let _ = send.send(Event::Msg(Msg::Report(translate(report))));
    });
    let runner = TerminalRunner {
        compare_worker,
        supports_links: links::are_supported(|name| std::env::var(name).ok()),
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
    // Restores the screen for the user before anything is waited for.
    session.runner.guard.leave();
    session.runner.signals.close();
    loader.cancel();
    // Threads that still write a file have no time to finish it.
    files::remove_unfinished();
    // The user's last key has been answered, so work that pauses for the foreground may end.
    work::leave_foreground();
    leave(session, loader);
    end
}

/// Waits until the library is written and, for a short time, until the loader has ended. All other
/// work ends with the process.
fn leave(session: Session<Backend, TerminalRunner>, loader: Loader) {
    let Session {
        terminal,
        app,
        runner,
    } = session;
    drop(runner);
    drop(loader);
    // Dropping the terminal would show the cursor once more, and panic if neither that nor the
    // error can be written.
    std::mem::forget(terminal);
    // Freeing the memory of a large corpus takes longer than ending the process.
    std::mem::forget(app);
}

/// Returns a callback for a worker. The callback converts its argument with `report` and sends the
/// result to the event loop. Results are discarded once the loop has ended.
fn forward<T: 'static>(
    events: &mpsc::Sender<Event>,
    report: fn(T) -> Report,
) -> impl Fn(T) + Clone + Send + Sync + 'static {
    let events = events.clone();
    move |outcome| {
        let _ = events.send(Event::Msg(Msg::Report(report(outcome))));
    }
}

/// Returns a callback for a worker, which sends its argument to the event loop: a response, made
/// into a report by `report`, or a failure.
fn forward_result<T: 'static>(
    events: &mpsc::Sender<Event>,
    report: fn(T) -> Report,
) -> impl Fn(Result<T, Failed>) + Clone + Send + Sync + 'static {
    let events = events.clone();
    move |outcome| {
        let report = outcome.map_or_else(Report::Failed, report);
        let _ = events.send(Event::Msg(Msg::Report(report)));
    }
}

/// The error message for a request to reload a corpus that was read from standard input.
const STDIN_ONCE: &str = "standard input cannot be read twice";

/// Starts the worker that reloads the corpus. Returns `None` if part of the corpus comes from
/// standard input.
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

/// Watches the files of the corpus for changes, if `start` asks for it. If that fails, shows a
/// notice and returns `None`.
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

/// Shows the errors in settings files and in key bindings to the user.
fn greet(app: &mut App, files: &[String], keys: &[Fault]) {
    let keys = keys
        .iter()
        .map(|fault| format!("config.toml:{}: {}", fault.line, fault.reason));
    app.report_settings_faults(files.iter().cloned().chain(keys).collect());
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

/// Runs effects on the real terminal, clipboard and worker threads.
struct TerminalRunner {
    compare_worker: CompareWorker,
    supports_links: bool,
    guard: Guard,
    filterer: Filterer,
    library_writer: Option<LibraryWriter>,
    gate: Arc<Gate>,
    reports: mpsc::Sender<Event>,
    surveyor: Surveyor,
    layouts: Layouts,
    /// The worker that reloads the corpus. `None` if part of the corpus comes from standard input,
    /// which cannot be read twice.
    reloader: Option<Reloader>,
    signals: Signals,
    _watch: Option<FileWatch>,
}

impl TerminalRunner {
    /// Restores the terminal, calls `run` to run another program, and takes control of the terminal
    /// again.
    fn run_outside(
        &mut self,
        terminal: &mut Screen,
        run: impl FnOnce() -> Result<Sentence, Sentence>,
    ) -> io::Result<EffectOutcome> {
        self.gate.close();
        self.guard.leave();
        let outcome = run();
        let entered = self.guard.enter_again();
        self.gate.open();
        entered?;
        wipe(terminal)?;
        Ok(EffectOutcome::Report(Report::ProgramEnded(outcome)))
    }
}

impl EffectRunner<Backend> for TerminalRunner {
    fn run(&mut self, effect: Effect, terminal: &mut Screen) -> io::Result<EffectOutcome> {
        match effect {
            Effect::Filter(request) => self.filterer.submit(request),
            Effect::Survey(request) => self.surveyor.survey(request),
            Effect::Ask(question) => self.surveyor.submit(question),
            Effect::Layout(wanted) => self.layouts.submit(wanted),
            Effect::Copy(words) => {
                let sent = clipboard::copy(&words, terminal.backend_mut())?;
                let reports = self.reports.clone();
                let outcome = clipboard::copy_by_program(words, sent, move |outcome| {
                    let _ = reports.send(Event::Msg(Msg::Report(Report::Copied(outcome))));
                });
                return Ok(outcome.map_or(EffectOutcome::Done, |outcome| {
                    EffectOutcome::Report(Report::Copied(outcome))
                }));
            }
            Effect::SaveChanges(changes) => {
                if let Some(library_writer) = &self.library_writer {
                    library_writer.write(changes);
                }
            }
            Effect::Reload(request) => match &self.reloader {
                Some(reloader) => reloader.submit(request),
                None => {
                    return Ok(EffectOutcome::Report(Report::Reload(Err(
                        STDIN_ONCE.to_owned()
                    ))));
                }
            },
            Effect::Index(corpus) => self.filterer.indexer().index(corpus),
            Effect::Discard(large) => work::drop_in_background(large),
            Effect::Count(request) => {
                work::count(request, forward_result(&self.reports, Report::Counts));
            }
            Effect::Edit(path, line) => {
                return self.run_outside(terminal, || programs::edit(&path, line));
            }
            Effect::Pipe(command, words) => {
                return self.run_outside(terminal, || programs::pipe(&command, words));
            }
            Effect::Browse(url) => {
                return Ok(EffectOutcome::Report(Report::ProgramEnded(
                    programs::browse(&url),
                )));
            }
            Effect::Compare(request) => self.compare_worker.compare(request),
            Effect::Export(request) => self.compare_worker.export(request),
            Effect::Stop => self.compare_worker.stop(),
            Effect::Mouse(mode) => self.guard.set_mouse(mode)?,
            Effect::Redraw => wipe(terminal)?,
            Effect::Suspend => suspend(),
            Effect::Quit => return Ok(EffectOutcome::End(End::Quit)),
        }
        Ok(EffectOutcome::Done)
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
        if self.supports_links {
            links::write(links, terminal.backend_mut())?;
        }
        Ok(())
    }

    fn finish(&mut self, terminal: &mut Screen) -> io::Result<()> {
        crossterm::queue!(terminal.backend_mut(), EndSynchronizedUpdate)?;
        terminal.backend_mut().flush()
    }

    fn on_idle(&mut self) {
        work::leave_foreground();
    }
}

/// Makes the next draw write every cell of the screen, by discarding what is known of it.
/// `Terminal::clear` is not used: it asks the terminal for the cursor position, and the thread that
/// reads keys would receive the answer.
fn wipe(terminal: &mut Screen) -> io::Result<()> {
    let size = terminal.size()?;
    terminal.resize(size.into())
}

/// Asks the whole process group to stop, as the terminal does on Ctrl-Z. This process receives the
/// signal too, and stops when it handles it.
fn suspend() {
    use rustix::process::{Signal, kill_current_process_group};
    // If this is not allowed, the program continues.
    let _ = kill_current_process_group(Signal::TSTP);
}
