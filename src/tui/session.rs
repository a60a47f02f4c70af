//! The event loop: receives events, updates the state, runs effects, draws once.

use std::io;
use std::sync::mpsc::{Receiver, RecvError};

use ratatui::Terminal;
use ratatui::backend::Backend;

use crate::app::{App, Effect, Msg, Report, update};
use crate::ui;

/// An event that the loop waits for.
#[derive(Debug)]
pub enum Event {
    /// A message for the state.
    Msg(Msg),
    /// The terminal may have a new size and must be drawn again.
    Resized,
    /// The process is asked to stop until it is continued.
    Stop,
    /// The process was continued. Another program may have used the terminal meanwhile.
    Continued,
    /// A signal asks the process to end.
    Signal(i32),
    /// Keys can no longer be read.
    InputFailed(io::Error),
}

/// The reason why the session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user quit.
    Left,
    /// A signal ended the session.
    Signal(i32),
}

/// The outcome of an effect.
#[derive(Debug)]
pub enum Flow {
    /// The state need not know about it.
    Go,
    /// A report for the state.
    Tell(Report),
    /// The session ends.
    End(End),
}

/// Runs the effects that the state asks for. The methods with a default body do nothing.
pub trait EffectRunner<B: Backend> {
    /// Runs one effect.
    ///
    /// # Errors
    /// If the terminal fails.
    fn run(&mut self, effect: Effect, terminal: &mut Terminal<B>) -> io::Result<Flow>;

    /// Restores the terminal and stops the process until it is continued.
    ///
    /// # Errors
    /// If the terminal fails.
    fn stop(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Takes control of the terminal again, whatever state another program left it in.
    ///
    /// # Errors
    /// If the terminal fails.
    fn retake(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Returns the time in milliseconds since 1970 UTC.
    fn now(&self) -> i64 {
        0
    }

    /// Called before each draw.
    ///
    /// # Errors
    /// If the terminal fails.
    fn begin(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called after each draw with the addresses that are visible.
    ///
    /// # Errors
    /// If the terminal fails.
    fn link(&mut self, _links: &[ui::Link], _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called after each draw and its links.
    ///
    /// # Errors
    /// If the terminal fails.
    fn finish(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called once the screen shows everything that the user's keys have asked for.
    fn rest(&mut self) {}
}

/// Maximum number of events that are handled before the screen is drawn. The bound keeps a flood of
/// reports from delaying the screen forever.
const BATCH: usize = 256;

/// The reader on a terminal, real or simulated.
#[derive(Debug)]
pub struct Session<B: Backend, O> {
    /// The terminal that the reader is drawn on.
    pub terminal: Terminal<B>,
    /// The state of the reader.
    pub app: App,
    /// The runner of effects.
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

    /// Draws, then handles events until the session ends.
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
                Err(RecvError) => return Ok(End::Left),
            };
            if let Some(end) = self.turn(std::iter::once(first).chain(events.try_iter()))? {
                return Ok(end);
            }
        }
    }

    /// Handles the given events and draws once. Returns the reason if the session ends.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn turn(&mut self, events: impl Iterator<Item = Event>) -> io::Result<Option<End>> {
        for event in events.take(BATCH) {
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
            self.runner.rest();
        }
        Ok(end)
    }

    fn take(&mut self, msg: Msg) -> io::Result<Option<End>> {
        self.app.keeping.now = self.runner.now();
        for effect in update(&mut self.app, msg) {
            if let Some(end) = self.effect(effect)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    fn effect(&mut self, effect: Effect) -> io::Result<Option<End>> {
        match self.runner.run(effect, &mut self.terminal)? {
            Flow::Go => Ok(None),
            Flow::Tell(report) => self.take(Msg::Report(report)),
            Flow::End(end) => Ok(Some(end)),
        }
    }

    /// Draws frames until drawing produces no more effects.
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

    /// Draws one frame and returns the effects of a change of size. Only the size of the frame
    /// counts, because the terminal may have changed since any earlier message about it.
    fn draw_frame(&mut self) -> io::Result<Vec<Effect>> {
        self.runner.begin(&mut self.terminal)?;
        let now = self.runner.now();
        let app = &mut self.app;
        let mut effects = Vec::new();
        let drawn = self.terminal.draw(|frame| {
            let area = frame.area();
            if app.screen != (area.width, area.height) {
                app.keeping.now = now;
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
