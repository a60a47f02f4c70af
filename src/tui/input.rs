//! Threads that wait for keys and for signals.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};

use super::events::translate;
use super::session::Event;
use crate::work::take_precedence;

/// Lets another program read the terminal for a while.
#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum GateState {
    #[default]
    Open,
    /// The reading thread is to wait.
    Closing,
    /// It waits.
    Closed,
}

/// How long one nudge may take to reach the reading thread, and how many are given.
const NUDGE: (Duration, usize) = (Duration::from_millis(100), 10);

impl Gate {
    /// Makes the reading thread wait; returns once it does.
    pub fn close(&self) {
        use rustix::process::{Signal, getpid, kill_process};
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = GateState::Closing;
        for _ in 0..NUDGE.1 {
            // A change of size, as the terminal tells it, ends the read without a key.
            let _ = kill_process(getpid(), Signal::WINCH);
            let waited = self.changed.wait_timeout(state, NUDGE.0);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if *state == GateState::Closed {
                return;
            }
        }
    }

    /// Lets it go on.
    pub fn open(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = GateState::Open;
        self.changed.notify_all();
    }

    fn pass(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while *state != GateState::Open {
            *state = GateState::Closed;
            self.changed.notify_all();
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Reads the terminal until the program ends. The thread is never waited for: it sits in a read
/// that only a key ends.
pub fn read_keys(events: Sender<Event>) -> Arc<Gate> {
    let gate = Arc::new(Gate::default());
    let ours = Arc::clone(&gate);
    std::thread::spawn(move || {
        loop {
            ours.pass();
            let event = match crossterm::event::read() {
                Ok(event) => match translate(event) {
                    Some(msg) => {
                        take_precedence();
                        Event::Msg(msg)
                    }
                    None => continue,
                },
                Err(error) => {
                    let _ = events.send(Event::InputFailed(error));
                    return;
                }
            };
            if events.send(event).is_err() {
                return;
            }
        }
    });
    gate
}

/// Turns signals into events: those that end the program, and the one after which it goes on.
///
/// # Errors
/// Where the system has no room for another handler.
pub fn watch_signals(events: Sender<Event>) -> io::Result<Handle> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT])?;
    let handle = signals.handle();
    let main = std::thread::current();
    std::thread::spawn(move || {
        for signal in &mut signals {
            let event = if signal == SIGCONT {
                main.unpark();
                Event::Redraw
            } else {
                Event::Signal(signal)
            };
            if events.send(event).is_err() {
                return;
            }
        }
    });
    Ok(handle)
}
