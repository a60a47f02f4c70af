//! The interface of the parse cache, with which files that have not changed since an earlier load
//! need not be parsed again. The `cache` module decides where their outcomes are stored.

use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::model::{Article, Issue, Skipped};

/// The state of a file when it was found, which is enough to detect a change.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// Path of the file: as the user wrote it or, for a file that a walk found, beginning with the
    /// folder as the user wrote it.
    pub path: &'a Arc<str>,
    /// Length in bytes.
    pub len: u64,
    /// Time of the last write.
    pub modified: SystemTime,
    /// Digest of further attributes that distinguish states of a file: the inode, and the time of
    /// its last change. 0 if the system does not provide them.
    pub identity: u64,
}

/// What became of one record of a file.
#[derive(Debug)]
pub enum Outcome {
    /// The record is an article. Holds it, without its key, and the identifier that the record
    /// gives itself.
    Article(Box<Article>, Option<Box<str>>),
    /// The record could not be read, or only in part.
    Issue(Issue),
    /// The record is not an article.
    Skipped(Skipped),
}

/// The location of consecutive outcomes in a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Position of the first byte in the cache.
    pub start: u64,
    /// Length in bytes.
    pub len: u32,
    /// CRC-32 checksum of the bytes.
    pub checksum: u32,
}

impl Extent {
    /// Returns the position after the last byte of the outcomes.
    pub fn end(self) -> u64 {
        self.start.saturating_add(self.len.into())
    }
}

/// A cache of the outcomes of files. Its methods are called from several threads.
pub trait ParseCache: Sync {
    /// Returns all outcomes of a file, in order. Returns `None` if the file has changed or is not
    /// in the cache. The paths in the outcomes are the path of `file`.
    fn get(&self, file: Stamp) -> Option<Vec<Outcome>>;

    /// Stores consecutive outcomes of a file, and returns where they are. Returns `None` if they
    /// cannot be stored.
    fn put(&self, file: Stamp, outcomes: &[Outcome]) -> Option<Extent>;

    /// Receives outcomes that are about to be delivered. May move their texts out of memory to a
    /// mapped file, if there are too many.
    fn map(&self, outcomes: &mut [&mut [Outcome]]);

    /// Marks a file as complete: `extents` contain all of its outcomes, in order.
    fn close(&self, file: Stamp, extents: Vec<Extent>);
}

/// A cache that stores nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCache;

impl ParseCache for NoCache {
    fn get(&self, _: Stamp) -> Option<Vec<Outcome>> {
        None
    }

    fn put(&self, _: Stamp, _: &[Outcome]) -> Option<Extent> {
        None
    }

    fn map(&self, _: &mut [&mut [Outcome]]) {}

    fn close(&self, _: Stamp, _: Vec<Extent>) {}
}
