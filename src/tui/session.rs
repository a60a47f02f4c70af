//! The event loop: take what came in, change the state, run effects, draw once.

use std::io;
use std::sync::mpsc::{Receiver, RecvError};

use ratatui::Terminal;
use ratatui::backend::Backend;

use crate::app::{App, Effect, Msg, Report, update};
use crate::ui;

/// Something that the loop waits for.
#[derive(Debug)]
pub enum Event {
    /// Something for the state.
    Msg(Msg),
    /// The terminal may have another size: it is drawn anew.
    Resized,
    /// The process is asked to stop until it is continued.
    Stop,
    /// The process was continued: meanwhile the terminal was somebody else's.
    Continued,
    /// The process is asked to end.
    Signal(i32),
    /// Keys can no longer be read.
    InputFailed(io::Error),
}

/// How the reader ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user left.
    Left,
    /// A signal asked for the end.
    Signal(i32),
}

/// What an effect led to.
#[derive(Debug)]
pub enum Flow {
    /// Nothing that the state must know.
    Go,
    /// Something that the state must know.
    Tell(Report),
    /// The program ends.
    End(End),
}

/// Where effects are run.
pub trait EffectRunner<B: Backend> {
    /// Runs one effect.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn run(&mut self, effect: Effect, terminal: &mut Terminal<B>) -> io::Result<Flow>;

    /// Stops the process until it is continued; the terminal is given back meanwhile.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn stop(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Takes the terminal again, whatever became of it.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn retake(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// The time in milliseconds since 1970 UTC.
    fn now(&self) -> i64 {
        0
    }

    /// Called before each draw.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn begin(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called after each draw with the addresses that are to be seen.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn link(&mut self, _links: &[ui::Link], _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called after each draw.
    ///
    /// # Errors
    /// Where the terminal fails.
    fn finish(&mut self, _terminal: &mut Terminal<B>) -> io::Result<()> {
        Ok(())
    }

    /// Called once all that keys have asked for is to be seen.
    fn rest(&mut self) {}
}

/// Messages that are taken together before the screen is drawn. A bound, so that a flood of
/// reports never keeps the screen from being drawn.
const BATCH: usize = 256;

/// A reader on a terminal, real or not.
#[derive(Debug)]
pub struct Session<B: Backend, O> {
    /// Where it is drawn.
    pub terminal: Terminal<B>,
    /// Its state.
    pub app: App,
    /// Where effects are run.
    pub runner: O,
}

impl<B: Backend, O: EffectRunner<B>> Session<B, O>
where
    B::Error: Send + Sync + 'static,
{
    /// A reader that nothing has happened to.
    pub fn new(terminal: Terminal<B>, app: App, runner: O) -> Self {
        Self {
            terminal,
            app,
            runner,
        }
    }

    /// Draws, and takes events until the end.
    ///
    /// # Errors
    /// Where the terminal fails.
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

    /// Takes events that are there, and draws once.
    ///
    /// # Errors
    /// Where the terminal fails.
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

    /// Draws until the size of the screen asks for nothing more.
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

    /// Draws one frame, and returns what its size asks of the outside. The only size that counts is
    /// that of the frame: the terminal may have changed since any earlier message about it.
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
