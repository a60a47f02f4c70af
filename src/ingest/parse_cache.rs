//! What a loading remembers from earlier ones: files that have not changed need not be parsed
//! again. Where it is kept is the cache's matter.

use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::model::{Article, Issue, Skipped};

/// A file as it stood when it was found: enough to tell whether it has changed.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// As the user named it, or as it was found below what was named.
    pub path: &'a Arc<str>,
    /// Its length in bytes.
    pub len: u64,
    /// When it was last written.
    pub modified: SystemTime,
    /// A digest of what else tells one state of a file from another: its inode, and when that was
    /// last changed. 0 where the system does not tell.
    pub identity: u64,
}

/// What one record of a file became.
#[derive(Debug)]
pub enum Outcome {
    /// An article, without its key, and the identifier that the record itself gives.
    Article(Box<Article>, Option<Box<str>>),
    /// A fault.
    Issue(Issue),
    /// Something that is no article.
    Skipped(Skipped),
}

/// The place of some outcomes in a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// First byte.
    pub start: u64,
    /// Length in bytes.
    pub len: u32,
    /// Their checksum.
    pub checksum: u32,
}

impl Extent {
    /// The byte behind the last one.
    pub fn end(self) -> u64 {
        self.start.saturating_add(self.len.into())
    }
}

/// What remembers the outcomes of files. Called from several threads.
pub trait ParseCache: Sync {
    /// What the file became when it was last read, whole and in order; `None` where it has changed
    /// since or is not known. Paths in it are those of `file`.
    fn get(&self, file: Stamp) -> Option<Vec<Outcome>>;

    /// Takes down some consecutive outcomes of a file; `None` where that cannot be done.
    fn put(&self, file: Stamp, outcomes: &[Outcome]) -> Option<Extent>;

    /// Hears of outcomes that are about to be handed on: texts that are too many for memory are put
    /// elsewhere.
    fn map(&self, outcomes: &mut [&mut [Outcome]]);

    /// All outcomes of the file stand in these parts.
    fn close(&self, file: Stamp, extents: Vec<Extent>);
}

/// Remembers nothing.
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
