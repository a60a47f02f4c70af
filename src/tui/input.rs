//! Threads that wait for keys and for signals.

use std::io;
use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};

use super::Event;
use super::events::translate;

/// Reads the terminal until the program ends. The thread is never waited for: it sits in a read
/// that only a key ends.
pub fn read_keys(events: Sender<Event>) {
    std::thread::spawn(move || {
        loop {
            let event = match crossterm::event::read() {
                Ok(event) => match translate(event) {
                    Some(msg) => Event::Msg(msg),
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
