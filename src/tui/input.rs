//! The thread that waits for keys.

use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::events::translate;
use super::session::Event;
use crate::work::enter_foreground;

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

    /// Whether the reading thread may read.
    pub fn is_open(&self) -> bool {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) == GateState::Open
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
pub fn read_keys(gate: Arc<Gate>, events: Sender<Event>) {
    std::thread::spawn(move || {
        let read = || read_until_failure(&gate, &events);
        // Without keys the program could not be left.
        let error = std::panic::catch_unwind(AssertUnwindSafe(read))
            .unwrap_or_else(|_| io::Error::other("the reading of keys failed"));
        // Where the loop has ended, nobody needs to know.
        let _ = events.send(Event::InputFailed(error));
    });
}

fn read_until_failure(gate: &Gate, events: &Sender<Event>) -> io::Error {
    loop {
        gate.pass();
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
