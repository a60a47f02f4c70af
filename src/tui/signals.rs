//! Handles the signals that end, stop or continue the process or report a new terminal size. Also
//! detects the end of the terminal, which no signal may report.

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

/// Signals that end the process by default and that may be sent from outside.
const ENDING_SIGNALS: [i32; 11] = [
    SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF,
    SIGXCPU,
];

/// The handle of the thread that watches signals.
#[derive(Debug)]
pub struct Signals {
    handle: Handle,
    /// Whether the event loop has been asked to stop the process and has not done so yet.
    is_stop_pending: Arc<AtomicBool>,
}

impl Signals {
    /// Starts a thread that turns signals into events of the event loop. A closed `gate` tells it
    /// that another program uses the terminal.
    ///
    /// # Errors
    /// If the signal handlers cannot be installed.
    pub fn watch(gate: Arc<Gate>, events: Sender<Event>) -> io::Result<Self> {
        let others = [SIGTSTP, SIGCONT, SIGWINCH];
        let mut signals = iterator::Signals::new(ENDING_SIGNALS.iter().chain(&others))?;
        let handle = signals.handle();
        let is_stop_pending = Arc::new(AtomicBool::new(false));
        let heard = SignalHandler {
            gate,
            is_stop_pending: Arc::clone(&is_stop_pending),
        };
        watch_hangup(events.clone());
        std::thread::spawn(move || {
            for signal in &mut signals {
                let is_sent = heard
                    .event(signal)
                    .is_none_or(|event| events.send(event).is_ok());
                if !is_sent {
                    return;
                }
            }
        });
        Ok(Self {
            handle,
            is_stop_pending,
        })
    }

    /// Stops the process, as Ctrl-Z does. Returns once the process is continued, or at once if no
    /// shell could continue it.
    pub fn stop(&self) {
        stop();
        self.is_stop_pending.store(false, Ordering::SeqCst);
    }

    /// Ends the thread that watches signals.
    pub fn close(&self) {
        self.handle.close();
    }
}

/// Stops the process by SIGTTOU. SIGTSTP has a handler here, and SIGSTOP would also stop a process
/// that no shell can continue. In that case the system discards SIGTTOU, as it does SIGTSTP.
fn stop() {
    // The signal is sent to this thread, which has stopped before the call returns.
    let _ = raise(SIGTTOU);
}

/// Decides which event a signal is turned into, if any.
struct SignalHandler {
    gate: Arc<Gate>,
    is_stop_pending: Arc<AtomicBool>,
}

impl SignalHandler {
    fn event(&self, signal: i32) -> Option<Event> {
        // If the gate is closed, another program uses the terminal and the loop waits for it to
        // end.
        let is_handed_over = !self.gate.is_open();
        match signal {
            SIGWINCH => {
                enter_foreground();
                Some(Event::Resized)
            }
            SIGCONT => Some(Event::Continued),
            // Stops at once: the shell waits for the whole group to stop.
            SIGTSTP if is_handed_over => {
                stop();
                None
            }
            SIGTSTP if self.is_stop_pending.swap(true, Ordering::SeqCst) => None,
            SIGTSTP => Some(Event::Stop),
            // The key was meant for the other program.
            SIGINT | SIGQUIT if is_handed_over => None,
            signal => Some(Event::Signal(signal)),
        }
    }
}

/// Starts a thread that waits for the end of the terminal and reports it as SIGHUP. The system
/// sends that signal only to the foreground of the terminal's own session, and a thread that reads
/// keys would spin.
fn watch_hangup(events: Sender<Event>) {
    std::thread::spawn(move || {
        let terminal = io::stdout();
        // No flags are needed: a hangup is always reported, and nothing else is of interest.
        let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
        while let Err(error) = poll(&mut watched, None) {
            if error != rustix::io::Errno::INTR {
                return;
            }
        }
        // If the event loop has ended, nobody needs the event.
        let _ = events.send(Event::Signal(SIGHUP));
    });
}
