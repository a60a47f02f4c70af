//! Work in the background that a key has started: a comparison, an export, counts.

use super::msg::Effect;
use crate::config::Interface;
use crate::relate::Row;
use crate::work::{CompareRequest, CountRequest, Counts, ExportRequest, Requests, Tagged};

/// The work that is running.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    comparisons: Requests,
    files: Requests,
    /// The number of items written to the file, and the number of all items.
    written: (usize, usize),
    counts: Requests,
}

impl Tasks {
    /// Requests a comparison.
    pub(super) fn compare(&mut self, request: CompareRequest) -> Effect {
        Effect::Compare(self.comparisons.send(request))
    }

    /// Accepts the rows of the comparison that is awaited.
    pub(super) fn compared(&mut self, rows: Tagged<Vec<Row>>) -> Option<Vec<Row>> {
        self.comparisons.receive(rows)
    }

    /// Returns whether a comparison is awaited.
    pub fn is_comparing(&self) -> bool {
        self.comparisons.is_waiting()
    }

    /// Stops waiting for a comparison that failed.
    pub(super) fn give_up_comparing(&mut self, generation: u64) {
        self.comparisons.fail(generation);
    }

    /// Stops waiting for a file that could not be written because of a failure.
    pub(super) fn give_up_writing(&mut self, generation: u64) {
        self.files.fail(generation);
    }

    /// Waits no longer for counts that failed; returns whether those were the newest.
    pub(super) fn give_up_counting(&mut self, generation: u64) -> bool {
        self.counts.fail(generation)
    }

    /// Cancels the comparison.
    pub(super) fn stop_comparing(&mut self) {
        self.comparisons.cancel();
    }

    /// Requests the writing of a file.
    pub(super) fn write(&mut self, request: ExportRequest) -> Effect {
        self.written = (0, request.what.len());
        Effect::Export(self.files.send(Box::new(request)))
    }

    /// Records the number of items written so far.
    pub(super) fn wrote(&mut self, done: &Tagged<usize>) {
        if self.files.awaits(done) {
            self.written.0 = done.value;
        }
    }

    /// Accepts the outcome of writing the file that is awaited.
    pub(super) fn finished<T>(&mut self, told: Tagged<T>) -> Option<T> {
        self.files.receive(told)
    }

    /// Returns whether a file is being written.
    pub fn is_writing(&self) -> bool {
        self.files.is_waiting()
    }

    /// Requests the counts of queries.
    pub(super) fn count(&mut self, request: CountRequest) -> Effect {
        Effect::Count(self.counts.send(request))
    }

    /// Accepts the counts that are awaited.
    pub(super) fn counted(&mut self, counts: Tagged<Counts>) -> Option<Counts> {
        self.counts.receive(counts)
    }

    /// Describes the running work and its progress. Returns `None` if there is none.
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
