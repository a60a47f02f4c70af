//! What is being done beside the reader because a key asked for it: a comparison, a file, counts.

use super::msg::Effect;
use crate::config::Interface;
use crate::relate::Row;
use crate::work::{CompareRequest, CountRequest, Counts, ExportRequest, Requests, Tagged};

/// What is under way.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    comparisons: Requests,
    files: Requests,
    /// Things that are written of the file, and all of them.
    written: (usize, usize),
    counts: Requests,
}

impl Tasks {
    /// Asks for a comparison.
    pub(super) fn compare(&mut self, request: CompareRequest) -> Effect {
        Effect::Compare(self.comparisons.send(request))
    }

    /// Takes the rows of the comparison that is waited for.
    pub(super) fn compared(&mut self, rows: Tagged<Vec<Row>>) -> Option<Vec<Row>> {
        self.comparisons.receive(rows)
    }

    /// Whether a comparison is waited for.
    pub fn is_comparing(&self) -> bool {
        self.comparisons.is_waiting()
    }

    /// Waits no longer for a comparison that failed.
    pub(super) fn give_up_comparing(&mut self, generation: u64) {
        self.comparisons.fail(generation);
    }

    /// Waits no longer for a file whose writing failed.
    pub(super) fn give_up_writing(&mut self, generation: u64) {
        self.files.fail(generation);
    }

    /// Waits no longer for counts that failed; returns whether those were the newest.
    pub(super) fn give_up_counting(&mut self, generation: u64) -> bool {
        self.counts.fail(generation)
    }

    /// A comparison is no longer wanted.
    pub(super) fn stop_comparing(&mut self) {
        self.comparisons.cancel();
    }

    /// Asks for a file.
    pub(super) fn write(&mut self, request: ExportRequest) -> Effect {
        self.written = (0, request.what.len());
        Effect::Export(self.files.send(Box::new(request)))
    }

    /// So many things are written.
    pub(super) fn wrote(&mut self, done: &Tagged<usize>) {
        if self.files.awaits(done) {
            self.written.0 = done.value;
        }
    }

    /// The file is written, or is not: takes what is said of it.
    pub(super) fn finished<T>(&mut self, told: Tagged<T>) -> Option<T> {
        self.files.receive(told)
    }

    /// Whether a file is being written.
    pub fn is_writing(&self) -> bool {
        self.files.is_waiting()
    }

    /// Asks for the counts of queries.
    pub(super) fn count(&mut self, request: CountRequest) -> Effect {
        Effect::Count(self.counts.send(request))
    }

    /// Takes the counts that are waited for.
    pub(super) fn counted(&mut self, counts: Tagged<Counts>) -> Option<Counts> {
        self.counts.receive(counts)
    }

    /// What is being done, and how far it is; `None` where nothing is.
    pub fn progress(&self, interface: &Interface) -> Option<String> {
        let (done, total) = self.written;
        if self.is_writing() {
            let percent = done.saturating_mul(100) / total.max(1);
            return Some(interface.fill("writing {0}%", &[&percent.to_string()]));
        }
        let comparing = || interface.tr("comparing").to_owned();
        self.is_comparing().then(comparing)
    }
}
