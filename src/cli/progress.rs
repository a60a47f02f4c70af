//! The progress of long steps, on standard error where that is a terminal.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::outcome::Verbosity;
use crate::relate::{self, Step};
use crate::work::LoadProgress;

/// Time after which progress is shown. A command that ends sooner draws nothing.
const SHORT: Duration = Duration::from_millis(400);

/// A bar that shows what is being done, how much of it is done, and how long the rest takes.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
}

impl Progress {
    /// Shows the progress of a load while `work` runs.
    pub fn of_files<R>(work: impl FnOnce(LoadProgress) -> R) -> R {
        let bar = Self::new();
        let result = work(&|files, articles| {
            let total = (!files.walking).then_some(files.found);
            bar.show("reading files", files.read, total);
            // One file may hold all articles.
            bar.bar.set_prefix(format!("({articles} articles)"));
        });
        bar.bar.finish_and_clear();
        result
    }

    /// Shows the progress of a survey while `work` runs.
    pub fn of_survey<R>(work: impl FnOnce(relate::Progress) -> R) -> R {
        let bar = Self::new();
        let latest = Mutex::new(Step::People);
        let result = work(&|step, done, total| {
            // Steps overlap; the bar does not go back to an earlier one.
            let mut latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
            if step < *latest {
                return;
            }
            *latest = step;
            bar.show(&format!("finding {}", step.name()), done, Some(total));
        });
        bar.bar.finish_and_clear();
        result
    }

    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self {
            bar,
            started: Instant::now(),
        }
    }

    /// Shows that `done` items of `what` are done, of `total` if their number is known.
    fn show(&self, what: &str, done: usize, total: Option<usize>) {
        if self.bar.is_hidden() {
            if !self.is_due() {
                return;
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if self.bar.message() != what || (done as u64) < self.bar.position() {
            // The time left is that of this step.
            self.bar.reset_eta();
            self.bar.set_message(what.to_owned());
        }
        let is_known = self.bar.length().is_some();
        if let Some(total) = total {
            self.bar.set_length(total as u64);
        } else if is_known {
            self.bar.unset_length();
        }
        if is_known != total.is_some() || done == 0 {
            self.bar.set_style(style(total));
        }
        self.bar.set_position(done as u64);
    }

    fn is_due(&self) -> bool {
        let is_shown = std::io::stderr().is_terminal()
            && std::env::var_os("TERM").is_none_or(|name| name != "dumb");
        match Verbosity::get() {
            Verbosity::Quiet => false,
            Verbosity::Usual => is_shown && self.started.elapsed() >= SHORT,
            Verbosity::Verbose => is_shown,
        }
    }
}

fn style(total: Option<usize>) -> ProgressStyle {
    let template = match total {
        Some(_) => "{msg} [{wide_bar}] {human_pos} of {human_len}, {eta} left {prefix}",
        None => "{msg} {spinner} {human_pos} {prefix}",
    };
    let style = ProgressStyle::with_template(template).expect("the template is tested");
    style.progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_templates_are_valid() {
        for total in [None, Some(3)] {
            let _ = style(total);
        }
    }
}
