//! What is being done beside the reader because a key asked for it: a comparison, a file.

use crate::config::Interface;

/// What is under way.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    comparing: Option<u64>,
    writing: Option<Writing>,
    asked: u64,
}

/// A file that is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Writing {
    done: usize,
    total: usize,
}

impl Tasks {
    /// A comparison is asked for; its number comes back with the answer.
    pub(super) fn compare(&mut self) -> u64 {
        self.asked += 1;
        self.comparing = Some(self.asked);
        self.asked
    }

    /// Whether an answer is the one that is waited for.
    pub(super) fn compared(&mut self, generation: u64) -> bool {
        self.comparing.take_if(|own| *own == generation).is_some()
    }

    /// Whether a comparison is waited for.
    pub fn is_comparing(&self) -> bool {
        self.comparing.is_some()
    }

    /// A file of so many things is asked for.
    pub(super) fn write(&mut self, total: usize) {
        self.writing = Some(Writing { done: 0, total });
    }

    /// So many things are written.
    pub(super) fn wrote(&mut self, done: usize) {
        if let Some(writing) = &mut self.writing {
            writing.done = done;
        }
    }

    /// The file is written, or is not.
    pub(super) fn written(&mut self) {
        self.writing = None;
    }

    /// Whether a file is being written.
    pub fn is_writing(&self) -> bool {
        self.writing.is_some()
    }

    /// A comparison is no longer wanted.
    pub(super) fn stop_comparing(&mut self) {
        self.comparing = None;
    }

    /// What is being done, and how far it is; `None` where nothing is.
    pub fn progress(&self, interface: &Interface) -> Option<String> {
        match (self.writing, self.comparing) {
            (Some(Writing { done, total }), _) => {
                let percent = done.saturating_mul(100) / total.max(1);
                Some(interface.fill("writing {0}%", &[&percent.to_string()]))
            }
            (None, Some(_)) => Some(interface.tr("comparing").to_owned()),
            (None, None) => None,
        }
    }
}
