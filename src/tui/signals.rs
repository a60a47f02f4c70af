//! Signals: those that end the process, the one that stops it and the one that continues it, the one
//! that tells of another size; and the end of the terminal, of which no signal may tell.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGTTOU,
    SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU,
};
use signal_hook::iterator::{self, Handle};
use signal_hook::low_level::raise;

use super::Event;
use super::input::Gate;
use crate::work::enter_foreground;

/// Signals that end a process which does nothing about them, and that may come from outside.
const ENDING: [i32; 11] = [
    SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF,
    SIGXCPU,
];

/// The watch over signals.
#[derive(Debug)]
pub struct Signals {
    handle: Handle,
    /// Whether the loop has been asked to stop the process, and has not yet done so.
    is_stop_pending: Arc<AtomicBool>,
}

impl Signals {
    /// Turns signals into events of the loop.
    ///
    /// # Errors
    /// Where the system has no room for another handler.
    pub fn watch(gate: Arc<Gate>, events: Sender<Event>) -> io::Result<Self> {
        let others = [SIGTSTP, SIGCONT, SIGWINCH];
        let mut signals = iterator::Signals::new(ENDING.iter().chain(&others))?;
        let handle = signals.handle();
        let is_stop_pending = Arc::new(AtomicBool::new(false));
        let heard = Heard {
            gate,
            is_stop_pending: Arc::clone(&is_stop_pending),
        };
        watch_hangup(events.clone());
        std::thread::spawn(move || {
            for signal in &mut signals {
                let is_heard = heard
                    .event(signal)
                    .is_none_or(|event| events.send(event).is_ok());
                if !is_heard {
                    return;
                }
            }
        });
        Ok(Self {
            handle,
            is_stop_pending,
        })
    }

    /// Stops the process; returns once it is continued, or at once where nobody could continue it.
    pub fn stop(&self) {
        stop();
        self.is_stop_pending.store(false, Ordering::SeqCst);
    }

    /// Ends the watch.
    pub fn close(&self) {
        self.handle.close();
    }
}

/// Not by SIGTSTP, which has a handler here, and not by SIGSTOP, which also stops a process that no
/// shell can continue: the system discards this one then, as it does SIGTSTP.
fn stop() {
    // Sent to this thread, which has stopped before the call returns.
    let _ = raise(SIGTTOU);
}

/// What decides on the meaning of a signal.
struct Heard {
    gate: Arc<Gate>,
    is_stop_pending: Arc<AtomicBool>,
}

impl Heard {
    fn event(&self, signal: i32) -> Option<Event> {
        // Another program has the terminal, and the loop waits for its end.
        let is_mapped = !self.gate.is_open();
        match signal {
            SIGWINCH => {
                enter_foreground();
                Some(Event::Resized)
            }
            SIGCONT => Some(Event::Continued),
            // The shell waits for the whole group to stop.
            SIGTSTP if is_mapped => {
                stop();
                None
            }
            SIGTSTP if self.is_stop_pending.swap(true, Ordering::SeqCst) => None,
            SIGTSTP => Some(Event::Stop),
            // A key that was pressed for the other program.
            SIGINT | SIGQUIT if is_mapped => None,
            signal => Some(Event::Signal(signal)),
        }
    }
}

/// Waits for the end of the terminal and treats it as the signal of its name: only the foreground
/// of the terminal's own session is sent that one. A thread that reads keys would spin.
fn watch_hangup(events: Sender<Event>) {
    std::thread::spawn(move || {
        let terminal = io::stdout();
        // No flags: a hangup is told always, and nothing else is of interest.
        let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
        while let Err(error) = poll(&mut watched, None) {
            if error != rustix::io::Errno::INTR {
                return;
            }
        }
        // Where the loop has ended, nobody needs to know.
        let _ = events.send(Event::Signal(SIGHUP));
    });
}
