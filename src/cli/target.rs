//! Output files of a command: an existing file is replaced only if the user wants it, and a signal
//! leaves no unfinished file.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use super::outcome::Error;
use crate::files::{Existing, is_taken};
use crate::text::printable;

/// Arguments that say whether a file may be replaced.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct ForceArgs {
    /// Replace a file that exists already; without it, the terminal asks
    #[arg(long)]
    force: bool,
}

impl ForceArgs {
    /// Decides whether a file at `path` may be replaced, before any work is done for it. From then
    /// on, signals that end the program also remove unfinished files.
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

/// Asks whether to replace a file. Returns false if there is no terminal to ask.
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
    Error::Usage(format!("{path}: exists already; --force replaces it"))
}

/// Returns the error for a file that could not be written.
pub(super) fn not_written(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::AlreadyExists => there(path),
        io::ErrorKind::NotFound => {
            let folder = path.parent().unwrap_or(path).display();
            let path = path.display();
            Error::Usage(format!(
                "{path}: there is no folder {folder}; create it first"
            ))
        }
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
            // Apply the default action, so that the parent process sees how the program ended.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
    Ok(())
}

/// Returns whether the parent process set a signal to be ignored, as `nohup` does. Known on Linux
/// only.
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
