//! Files that a command writes: what is there already is replaced only where that is wanted, and
//! nothing is left of one that a signal cuts short.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use super::outcome::Error;
use crate::files::{Existing, is_taken};
use crate::text::printable;

/// Whether a file may be replaced.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct ForceArgs {
    /// Replace a file that is there already; without it, a terminal is asked
    #[arg(long)]
    force: bool,
}

impl ForceArgs {
    /// What becomes of a file at `path`, before any work is done for it. From now on, signals that
    /// end the program have what is half written removed.
    pub fn decide(self, path: &Path) -> Result<Existing, Error> {
        remove_unfinished_on_signals()?;
        if self.force || (is_taken(path) && is_wanted(path)?) {
            return Ok(Existing::Replace);
        }
        if is_taken(path) {
            return Err(there(path));
        }
        Ok(Existing::Keep)
    }
}

/// Asks whether a file is to be replaced, where somebody can answer.
fn is_wanted(path: &Path) -> io::Result<bool> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(false);
    }
    let mut out = io::stderr().lock();
    let shown = path.display().to_string();
    write!(out, "kutip: {}: replace it? [y/N] ", printable(&shown))?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(&*answer.trim().to_lowercase(), "y" | "yes"))
}

fn there(path: &Path) -> Error {
    let path = path.display();
    Error::Usage(format!("{path}: is there already; --force replaces it"))
}

/// Why a file was not written.
pub(super) fn not_written(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::AlreadyExists => there(path),
        _ => Error::Usage(format!("{}: cannot be written: {error}", path.display())),
    }
}

#[cfg(unix)]
fn remove_unfinished_on_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ends = [SIGHUP, SIGINT, SIGTERM];
    let heard = ends.into_iter().filter(|signal| !is_ignored(*signal));
    let mut signals = signal_hook::iterator::Signals::new(heard)?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            crate::files::remove_unfinished();
            // What the signal was sent for; whoever waits sees how the program ended.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
    Ok(())
}

/// Whether a signal is ignored by the wish of whoever started the program, as `nohup` has it.
/// Known on Linux only.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

#[cfg(not(unix))]
fn remove_unfinished_on_signals() -> io::Result<()> {
    Ok(())
}
