//! Work in the background that a key has started: a comparison, an export, counts.

use super::msg::Effect;
use crate::config::Interface;
use crate::relate::Row;
use crate::work::{CompareRequest, CountRequest, Counts, ExportRequest, Requests, Tagged};

/// The state of the work in the background that the user has started.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    comparisons: Requests,
    files: Requests,
    /// The number of items of the export that are written, and the number of all its items.
    written: (usize, usize),
    counts: Requests,
}

impl Tasks {
    /// Returns the effect that computes a comparison.
    pub(super) fn compare(&mut self, request: CompareRequest) -> Effect {
        Effect::Compare(self.comparisons.send(request))
    }

    /// Returns the rows of a comparison, or `None` if they are no longer wanted.
    pub(super) fn compared(&mut self, rows: Tagged<Vec<Row>>) -> Option<Vec<Row>> {
        self.comparisons.receive(rows)
    }

    /// Returns whether a comparison is being computed.
    pub fn is_comparing(&self) -> bool {
        self.comparisons.is_waiting()
    }

    /// Stops waiting for the comparison with this request number, which failed.
    pub(super) fn give_up_comparing(&mut self, generation: u64) {
        self.comparisons.fail(generation);
    }

    /// Stops waiting for the export with this request number, which failed.
    pub(super) fn give_up_writing(&mut self, generation: u64) {
        self.files.fail(generation);
    }

    /// Stops waiting for the counts with this request number, which failed. Returns whether this
    /// was the newest request for counts.
    pub(super) fn give_up_counting(&mut self, generation: u64) -> bool {
        self.counts.fail(generation)
    }

    /// Stops waiting for the comparison, whose result will be ignored.
    pub(super) fn stop_comparing(&mut self) {
        self.comparisons.cancel();
    }

    /// Returns the effect that writes an export to a file.
    pub(super) fn write(&mut self, request: ExportRequest) -> Effect {
        self.written = (0, request.what.len());
        Effect::Export(self.files.send(Box::new(request)))
    }

    /// Records the number of items of the export that are written so far.
    pub(super) fn wrote(&mut self, done: &Tagged<usize>) {
        if self.files.awaits(done) {
            self.written.0 = done.value;
        }
    }

    /// Returns the outcome of writing an export, or `None` if it is no longer wanted.
    pub(super) fn finished<T>(&mut self, outcome: Tagged<T>) -> Option<T> {
        self.files.receive(outcome)
    }

    /// Returns whether an export is being written.
    pub fn is_writing(&self) -> bool {
        self.files.is_waiting()
    }

    /// Returns the effect that counts the articles that queries select.
    pub(super) fn count(&mut self, request: CountRequest) -> Effect {
        Effect::Count(self.counts.send(request))
    }

    /// Returns the counts of queries, or `None` if they are no longer wanted.
    pub(super) fn counted(&mut self, counts: Tagged<Counts>) -> Option<Counts> {
        self.counts.receive(counts)
    }

    /// Returns words that describe the running export or comparison and its progress, or `None` if
    /// neither is running.
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
