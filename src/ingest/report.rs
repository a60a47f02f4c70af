//! Reports of a load.

use crate::model::{Article, Issue, Skipped};

/// A report of a load.
#[derive(Debug)]
pub enum Report {
    /// The next articles, in the order of arguments, paths and records.
    Articles(Vec<Article>),
    /// A problem. The load continues.
    Issue(Issue),
    /// An input that is not an article.
    Skipped(Skipped),
    /// Progress of the load.
    Progress(Progress),
}

/// Progress of a load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files found so far.
    pub found: usize,
    /// Files read so far.
    pub read: usize,
    /// Whether the walk may find more files.
    pub walking: bool,
}
