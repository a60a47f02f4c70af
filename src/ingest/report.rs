//! What a load reports while it runs: articles, problems, skipped files and its progress.

use crate::model::{Article, Issue, Skipped};

/// What a load reports while it runs.
#[derive(Debug)]
pub enum Report {
    /// The next articles, in the order of the arguments, of the paths below them, and of the
    /// records in a file.
    Articles(Vec<Article>),
    /// A file or record that cannot be read. The load continues.
    Issue(Issue),
    /// A file or record that is not an article.
    Skipped(Skipped),
    /// How many files were found and read so far.
    Progress(Progress),
}

/// How far a load has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Number of files found so far.
    pub found: usize,
    /// Number of files read so far.
    pub read: usize,
    /// Whether folders are still being walked, so that more files may be found.
    pub walking: bool,
}
