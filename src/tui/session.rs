//! The event loop: receives events, updates the state, runs effects, draws once.

use std::io;
use std::sync::mpsc::{Receiver, RecvError};

use ratatui::Terminal;
use ratatui::backend::Backend;

use crate::app::{App, Effect, Msg, Report, update};
use crate::ui;

/// An event that the event loop waits for.
#[derive(Debug)]
pub enum Event {
    /// A message for the state of the reader.
    Msg(Msg),
    /// The terminal may have a new size and must be drawn again.
    Resized,
    /// A signal asks the process to stop, as on Ctrl-Z, until it is continued.
    Stop,
    /// The process was continued. Another program may have used the terminal meanwhile.
    Continued,
    /// A signal asks the process to end. Holds the number of the signal.
    Signal(i32),
    /// Keys can no longer be read, because of this error.
    InputFailed(io::Error),
}

/// The reason why the session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user quit the program.
    Quit,
    /// A signal ended the session. Holds the number of the signal.
    Signal(i32),
}

/// The outcome of running an effect.
#[derive(Debug)]
pub enum EffectOutcome {
    /// The effect is done, and there is nothing to report.
    Done,
    /// The effect has produced a report for the state.
    Report(Report),
    /// The effect has ended the session, for the given reason.
    End(End),
}

/// Runs the effects that the state of the reader asks for. The methods with a default body do
/// nothing.
pub trait EffectRunner<B: Backend> {
    /// Runs one effect and returns its outcome.
    ///
    /// # Errors
    /// If the terminal fails.
    fn run(&mut self, effect: Effect, terminal: &mut Terminal<B>) -> io::Result<EffectOutcome>;

    /// Restores the terminal and stops the process until it is continued.
    ///
    /// # Errors
    /// If the terminal fails.
    fn stop(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Takes control of the terminal again after the process was continued, whatever state another
    /// program left the terminal in.
    ///
    /// # Errors
    /// If the terminal fails.
    fn retake(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Returns the current time, in milliseconds since 1970 UTC.
    fn now(&self) -> i64 {
        0
    }

    /// Called before each frame is drawn.
    ///
    /// # Errors
    /// If the terminal fails.
    fn begin(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called after each frame is drawn, with the web addresses that are visible in it.
    ///
    /// # Errors
    /// If the terminal fails.
    fn link(&mut self, _links: &[ui::Link], _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called after each frame and its links are drawn.
    ///
    /// # Errors
    /// If the terminal fails.
    fn finish(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called once all of the user's keys are handled and the screen shows the result.
    fn on_idle(&mut self) {}
}

/// Maximum number of events that are handled before the screen is drawn, so that many reports
/// cannot delay the screen.
const MAX_EVENTS: usize = 256;

/// The running reader: a terminal (real or simulated), the state, and the runner of effects.
#[derive(Debug)]
pub struct Session<B: Backend, O> {
    /// The terminal that the reader is drawn on.
    pub terminal: Terminal<B>,
    /// The state of the reader.
    pub app: App,
    /// The runner of the effects that the state asks for.
    pub runner: O,
}

impl<B: Backend, O: EffectRunner<B>> Session<B, O>
where
    B::Error: Send + Sync + 'static,
{
    /// Creates a session. Nothing is drawn yet.
    pub fn new(terminal: Terminal<B>, app: App, runner: O) -> Self {
        Self {
            terminal,
            app,
            runner,
        }
    }

    /// Draws the screen, then handles events until the session ends. Returns the reason why it
    /// ended.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn run(&mut self, events: &Receiver<Event>) -> io::Result<End> {
        if let Some(end) = self.draw()? {
            return Ok(end);
        }
        loop {
            let first = match events.recv() {
                Ok(event) => event,
                Err(RecvError) => return Ok(End::Quit),
            };
            if let Some(end) = self.turn(std::iter::once(first).chain(events.try_iter()))? {
                return Ok(end);
            }
        }
    }

    /// Handles the given events, at most `MAX_EVENTS`, and draws once. Returns the reason if the
    /// session ends, else `None`.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn turn(&mut self, events: impl Iterator<Item = Event>) -> io::Result<Option<End>> {
        for event in events.take(MAX_EVENTS) {
            let end = match event {
                Event::Msg(msg) => self.take(msg)?,
                Event::Resized => None,
                Event::Stop => {
                    self.runner.stop(&mut self.terminal)?;
                    None
                }
                Event::Continued => {
                    self.runner.retake(&mut self.terminal)?;
                    None
                }
                Event::Signal(signal) => Some(End::Signal(signal)),
                Event::InputFailed(error) => return Err(error),
            };
            if end.is_some() {
                return Ok(end);
            }
        }
        let end = self.draw()?;
        if !self.app.filter.awaits_words() {
            self.runner.on_idle();
        }
        Ok(end)
    }

    fn take(&mut self, msg: Msg) -> io::Result<Option<End>> {
        self.app.library.now = self.runner.now();
        for effect in update(&mut self.app, msg) {
            if let Some(end) = self.effect(effect)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    fn effect(&mut self, effect: Effect) -> io::Result<Option<End>> {
        match self.runner.run(effect, &mut self.terminal)? {
            EffectOutcome::Done => Ok(None),
            EffectOutcome::Report(report) => self.take(Msg::Report(report)),
            EffectOutcome::End(end) => Ok(Some(end)),
        }
    }

    /// Draws frames and runs the effects of drawing, until there are no more. Returns the reason if
    /// the session ends.
    fn draw(&mut self) -> io::Result<Option<End>> {
        loop {
            let effects = self.draw_frame()?;
            if effects.is_empty() {
                return Ok(None);
            }
            for effect in effects {
                if let Some(end) = self.effect(effect)? {
                    return Ok(Some(end));
                }
            }
        }
    }

    /// Draws one frame, and returns the effects of a change of size. Only the size of the frame
    /// counts, because the terminal may have changed since any earlier message about its size.
    fn draw_frame(&mut self) -> io::Result<Vec<Effect>> {
        self.runner.begin(&mut self.terminal)?;
        let now = self.runner.now();
        let app = &mut self.app;
        let mut effects = Vec::new();
        let drawn = self.terminal.draw(|frame| {
            let area = frame.area();
            if app.screen != (area.width, area.height) {
                app.library.now = now;
                effects = update(app, Msg::Resize(area.width, area.height));
            }
            ui::draw(app, frame);
        });
        let links = ui::links(app, drawn.map_err(io::Error::other)?.buffer);
        self.runner.link(&links, &mut self.terminal)?;
        self.runner.finish(&mut self.terminal)?;
        Ok(effects)
    }
}
