//! What a loading tells.

use crate::model::{Article, Issue, Skipped};

/// What a loading has to tell.
#[derive(Debug)]
pub enum Report {
    /// The next articles, in the order of arguments, paths and records.
    Articles(Vec<Article>),
    /// A fault; the rest goes on.
    Issue(Issue),
    /// Something that is no article.
    Skipped(Skipped),
    /// How far it is.
    Progress(Progress),
}

/// How far a loading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files found so far.
    pub found: usize,
    /// Files read so far.
    pub read: usize,
    /// Whether more files may be found.
    pub walking: bool,
}
