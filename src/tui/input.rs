//! Reads the keys of the terminal on a thread of its own, which can be paused.

use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::events::translate;
use super::session::Event;
use crate::work::enter_foreground;

/// A gate that pauses the thread that reads keys, so that another program can read the terminal.
#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum GateState {
    #[default]
    Open,
    /// The reading thread has been asked to pause.
    Closing,
    /// The reading thread is paused.
    Closed,
}

/// How long to wait for the reading thread after each wake-up signal, and how many signals to send
/// at most.
const WAKE_UP: (Duration, usize) = (Duration::from_millis(100), 10);

impl Gate {
    /// Pauses the thread that reads keys. Returns once it is paused, or after the last wake-up
    /// signal (see `WAKE_UP`) has timed out.
    pub fn close(&self) {
        use rustix::process::{Signal, getpid, kill_process};
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = GateState::Closing;
        for _ in 0..WAKE_UP.1 {
            // The signal for a change of size ends the blocking read without a key.
            let _ = kill_process(getpid(), Signal::WINCH);
            let waited = self.changed.wait_timeout(state, WAKE_UP.0);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if *state == GateState::Closed {
                return;
            }
        }
    }

    /// Resumes the thread that reads keys.
    pub fn open(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = GateState::Open;
        self.changed.notify_all();
    }

    /// Returns whether the gate is open, so that the thread that reads keys may read.
    pub fn is_open(&self) -> bool {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) == GateState::Open
    }

    fn wait_until_open(&self) {
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

/// Starts a thread that reads the terminal until the program ends, and sends what it reads to
/// `events`. The thread is never joined, because it blocks in a read that only a key ends.
pub fn read_keys(gate: Arc<Gate>, events: Sender<Event>) {
    std::thread::spawn(move || {
        let read = || read_until_failure(&gate, &events);
        // A panic is reported as an error: without keys the user could not quit.
        let error = std::panic::catch_unwind(AssertUnwindSafe(read))
            .unwrap_or_else(|_| io::Error::other("the reading of keys failed"));
        // If the event loop has ended, nobody needs the error.
        let _ = events.send(Event::InputFailed(error));
    });
}

fn read_until_failure(gate: &Gate, events: &Sender<Event>) -> io::Error {
    loop {
        gate.wait_until_open();
        match crossterm::event::read().map(translate) {
            Ok(Some(msg)) => {
                enter_foreground();
                if events.send(Event::Msg(msg)).is_err() {
                    return io::ErrorKind::BrokenPipe.into();
                }
            }
            Ok(None) => {}
            Err(error) => return error,
        }
    }
}
